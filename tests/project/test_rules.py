"""The code keeps the house rules, and each rule catches what it is there for."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

import pytest

from tests.project import house_rules as rules

CODE = ("src", "widgets", "notebooks")
SHOWN = (".py", ".ipynb", ".js", ".css", ".html", ".j2", ".svg", ".toml")


def name(path: Path) -> str:
    return path.relative_to(rules.ROOT).as_posix()


def complaints(paths: Iterable[Path], rule: Callable[..., Iterable[str]]) -> list[str]:
    return [f"{name(path)} {what}" for path in paths for what in rule(ast.parse(rules.source(path)))]


def test_no_html_is_put_together_by_hand() -> None:
    assert complaints(rules.files(*CODE, suffixes=(".py", ".ipynb")), rules.html_by_hand) == []


@pytest.mark.parametrize(
    "code",
    [
        'HTML(f"{x}")',
        'widgets.HTML(f"{x}")',
        'Markup(f"{x}")',
        'f"<b>{x}</b>"',
        'f"a {x} </p> b"',
        'f"<a href={x}>"',
        '"<b>" + x',
        'x + "</b>"',
        '"<b>%s</b>" % x',
        '"<li>{}</li>".format(x)',
        '"<br>".join(x)',
    ],
)
def test_html_by_hand_is_caught(code: str) -> None:
    assert list(rules.html_by_hand(ast.parse(code)))


@pytest.mark.parametrize(
    "code",
    [
        'f"(?P<day>{x})"',
        're.compile(f"<p>{x}")',
        'f"{x} < {y}"',
        'f"{x} <= 3"',
        '"<b>"',
        'f"step {x}"',
        "HTML(template)",
        '"a" + x',
    ],
)
def test_other_text_is_left_alone(code: str) -> None:
    assert not list(rules.html_by_hand(ast.parse(code)))


def test_no_icon_comes_from_a_font() -> None:
    assert complaints(rules.files(*CODE, suffixes=(".py", ".ipynb")), rules.font_icons) == []


def test_a_font_icon_is_caught() -> None:
    assert list(rules.font_icons(ast.parse('Button(description="Add", icon="plus")')))


def test_nothing_is_fetched_from_another_host() -> None:
    found = [
        f"{name(path)} {what}"
        for path in rules.files(*CODE, suffixes=SHOWN)
        for what in rules.outside_addresses(path.read_text(encoding="utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        '<script src="https://cdn.jsdelivr.net/npm/x"></script>',
        '<link rel="stylesheet" href="https://example.org/a.css">',
        "@import url('https://example.org/a.css');",
        "background: url(//example.org/a.png)",
        'import x from "https://esm.sh/x"',
        'import x from "https://example.org/x.js"',
        'const x = await import("https://example.org/x.js")',
        'fetch("https://example.org/x")',
        'new WebSocket("wss://example.org")',
        '<img src="http://example.org/a.png">',
        "family=Roboto fonts.googleapis.com",
    ],
)
def test_an_outside_address_is_caught(line: str) -> None:
    assert list(rules.outside_addresses(line))


@pytest.mark.parametrize(
    "line",
    [
        '<svg xmlns="http://www.w3.org/2000/svg">',
        'source = "https://nfa.dk/"',
        '<a href="https://example.org/">',
        'fetch("http://127.0.0.1:8866/health")',
        'import { keyed } from "./keyed.js"',
    ],
)
def test_an_address_that_nothing_fetches_is_left_alone(line: str) -> None:
    assert not list(rules.outside_addresses(line))


def test_every_module_says_what_it_is_for() -> None:
    assert complaints(rules.files("src", "widgets", "tests"), rules.first_line) == []


@pytest.mark.parametrize("code", ["", "import x", '"""Rules."""'])
def test_a_silent_module_is_caught(code: str) -> None:
    assert list(rules.first_line(ast.parse(code)))


def test_no_module_is_a_drawer() -> None:
    found = [
        f"{name(path)}: {what}"
        for path in rules.files("src", "widgets", "tests", "notebooks", suffixes=(".py", ".js", ".ipynb"))
        for what in rules.drawer(PurePosixPath(name(path)))
    ]
    assert found == []


@pytest.mark.parametrize("path", ["src/trivsel/utils.py", "tests/helpers.py", "src/trivsel/common/text.py"])
def test_a_drawer_is_caught(path: str) -> None:
    assert list(rules.drawer(PurePosixPath(path)))


def test_no_test_sleeps() -> None:
    assert complaints(rules.files("tests"), rules.sleeping) == []


@pytest.mark.parametrize(
    "code", ["time.sleep(1)", "asyncio.sleep(1)", "page.wait_for_timeout(5)", "from time import sleep"]
)
def test_a_sleeping_test_is_caught(code: str) -> None:
    assert list(rules.sleeping(ast.parse(code)))


def test_the_domain_imports_msgspec_and_the_standard_library_only() -> None:
    allowed = sys.stdlib_module_names | {"msgspec", "trivsel"}
    found = [
        f"{name(path)} line {line}: {module}"
        for path in rules.files("src/trivsel/domain")
        for line, module in rules.outer_imports(ast.parse(rules.source(path)))
        if module.split(".")[0] not in allowed or (module.startswith("trivsel") and not inside(module))
    ]
    assert found == []


def inside(module: str) -> bool:
    return module == "trivsel.domain" or module.startswith("trivsel.domain.")


def test_every_package_has_its_place_in_the_import_rules() -> None:
    settings = tomllib.loads((rules.ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = next(c for c in settings["tool"]["importlinter"]["contracts"] if c["id"] == "layers")["layers"]
    placed = {part.strip(" ()") for layer in layers for part in layer.split("|")}
    parts = (path for path in (rules.ROOT / "src/trivsel").iterdir() if path.suffix == ".py" or path.is_dir())
    found = {f"trivsel.{path.stem}" for path in parts if not path.name.startswith(("_", "."))}
    assert found <= placed


def test_what_a_kernel_loads_is_light() -> None:
    code = "import sys, trivsel_widgets; print(*{'pandas', 'nbconvert', 'nbformat', 'matplotlib'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("src/trivsel/domain/things.py", "import sqlalchemy"),
        ("src/trivsel/domain/things.py", "import trivsel.store"),
        ("src/trivsel/store/__init__.py", "import tornado"),
        ("src/trivsel/store/__init__.py", "import trivsel.web"),
        ("src/trivsel/content/__init__.py", "import sqlalchemy"),
        ("src/trivsel/content/__init__.py", "import pandas"),
        ("src/trivsel/report/__init__.py", "import ipywidgets"),
        ("widgets/trivsel_widgets/__init__.py", "import trivsel.web"),
        ("widgets/trivsel_widgets/__init__.py", "import voila"),
    ],
)
def test_the_import_rules_catch_a_wrong_import(module: str, line: str, tmp_path: Path) -> None:
    for folder in ("src", "widgets"):
        shutil.copytree(rules.ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(rules.ROOT / "pyproject.toml", tmp_path)
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = lint_imports(tmp_path)
    importer = ".".join(PurePosixPath(module).parts[1:]).removesuffix(".py").removesuffix(".__init__")
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{importer} -> {line.removeprefix('import ')}" in done.stdout


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    path = f"{folder / 'src'}:{folder / 'widgets'}"
    return subprocess.run(
        [program, "--no-cache", "--no-logo"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
