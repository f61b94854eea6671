"""What a person installs is what the project says: conda file, lock, wheel, clone, every Python found here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
import urllib.request
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

from tests.kit import Kit, own_environment
from tests.project.house_rules import ROOT

CARD = ("jupyterlab", "ipywidgets", "voila", "pandas", "nbconvert")
SYSTEMS = ("linux", "darwin", "win32")
PYTHONS = ("3.11", "3.12", "3.13", "3.14")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def requirements(lines: list[str]) -> dict[str, Requirement]:
    return {one.name.lower(): one for one in map(Requirement, lines)}


def locked() -> dict[str, list[Requirement]]:
    """Each package of the lock with its lines (one for each case of a marker)."""
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    lines = re.findall(r"^([a-z0-9][^\\\n]*?)\s*\\$", text, re.MULTILINE)
    found: dict[str, list[Requirement]] = {}
    for line in lines:
        requirement = Requirement(line)
        found.setdefault(requirement.name, []).append(requirement)
    return found


# --- conda and Binder


def test_the_conda_file_names_python_pip_the_five_packages_and_the_project() -> None:
    conda = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))
    plain = requirements([line for line in conda["dependencies"] if isinstance(line, str)])
    pip = [line for line in conda["dependencies"] if isinstance(line, dict)]
    assert set(plain) == {"python", "pip", *CARD}
    assert pip == [{"pip": ["-e ."]}]
    wanted = requirements(PROJECT["dependencies"])
    assert {name: plain[name].specifier for name in CARD} == {name: wanted[name].specifier for name in CARD}
    assert plain["python"].specifier.contains("3.11")
    assert not plain["python"].specifier.contains("3.10")
    assert plain["python"].specifier & SpecifierSet(PROJECT["requires-python"]) == plain["python"].specifier


# --- the lock


def test_the_lock_has_hashes_and_no_address() -> None:
    text = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*-(?!-hash=sha256:)", text, re.MULTILINE)
    pinned = re.findall(r"^[a-z0-9][a-z0-9.-]*==\S+.*$", text, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S.*\\\n    --hash=sha256:", text, re.MULTILINE)) > 100


def test_the_lock_fits_pyproject() -> None:
    lock = locked()
    for line in (*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]):
        wanted = Requirement(line)
        assert wanted.name in lock, f"{wanted.name} is not locked: make lock"
        for have in lock[wanted.name]:
            version = str(have.specifier).removeprefix("==")
            assert wanted.specifier.contains(version), f"{have} does not fit {wanted}: make lock"


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("python", PYTHONS)
def test_the_lock_gives_each_system_and_python_one_version(system: str, python: str) -> None:
    names = {"linux": ("posix", "Linux"), "darwin": ("posix", "Darwin"), "win32": ("nt", "Windows")}[system]
    here = {"sys_platform": system, "os_name": names[0], "platform_system": names[1], "python_version": python}
    here |= {"python_full_version": f"{python}.9", "implementation_name": "cpython", "extra": ""}
    here["platform_python_implementation"] = "CPython"
    chosen = {name: [one for one in lines if fits(one.marker, here)] for name, lines in locked().items()}
    assert not [name for name, lines in chosen.items() if len(lines) > 1]
    assert bool(chosen["tzdata"]) or system != "win32"
    assert {bool(chosen[name]) for name in ("colorama", "pywinpty")} == {system == "win32"}
    assert bool(chosen["appnope"]) == (system == "darwin")


def fits(marker: Marker | None, here: dict[str, str]) -> bool:
    return marker is None or marker.evaluate(here)


# --- the Makefile


def test_make_says_what_it_can_do() -> None:
    told = make("help").stdout
    for target in ("run", "test", "check", "lab", "lint", "format", "bench", "lock"):
        assert re.search(rf"^make {target} ", told, re.MULTILINE), target


def test_make_without_python_says_so(tmp_path: Path) -> None:
    for file in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy(ROOT / file, tmp_path)
    done = make("run", "PYTHON=", folder=tmp_path)
    assert done.returncode == 2
    assert "needs Python 3.11 or newer" in done.stderr


def test_ci_calls_make_test_and_hides_nothing() -> None:
    script = (ROOT / ".ci/run").read_text(encoding="utf-8")
    assert "set -euo pipefail" in script
    assert script.rstrip().endswith("exec make test")
    assert os.access(ROOT / ".ci/run", os.X_OK)


def make(*arguments: str, folder: Path = ROOT) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}
    return subprocess.run(
        ["make", "--no-print-directory", *arguments], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )


# --- slow: what lands on another machine


def uv(*arguments: object, folder: Path = ROOT) -> str:
    """Run uv with the index that pip is set up with, and never let it bring a Python of its own."""
    index = subprocess.run(
        [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, check=False
    ).stdout.strip()
    more = {"UV_DEFAULT_INDEX": index} if index and "UV_DEFAULT_INDEX" not in os.environ else {}
    done = subprocess.run(
        [Path(sys.executable).with_name("uv"), *map(str, arguments)],
        cwd=folder,
        env=os.environ | more | {"UV_PYTHON_DOWNLOADS": "never"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def fresh_environment(folder: Path, python: str) -> Path:
    """A new environment with exactly what the lock says; its Python."""
    uv("venv", "--quiet", "--python", python, folder)
    found = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    uv("pip", "install", "--quiet", "--python", found, "--require-hashes", "-r", ROOT / "requirements.lock")
    return found


def tracked(*folders: str) -> set[str]:
    listed = subprocess.run(["git", "ls-files", "-z", *folders], cwd=ROOT, capture_output=True, text=True, check=True)
    return {line for line in listed.stdout.split("\0") if line}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    uv("build", "--quiet", "--wheel", "--out-dir", folder, ROOT)
    (built,) = folder.glob("*.whl")
    return built


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_the_wheel_holds_every_file_of_the_kit(wheel: Path) -> None:
    inside = set(zipfile.ZipFile(wheel).namelist())
    wanted = {path.removeprefix("src/").removeprefix("widgets/") for path in tracked("src", "widgets")}
    wanted |= {f"trivsel/_files/{path}" for path in tracked("notebooks", "facilitator_guide", "data_templates")}
    assert {path for path in wanted if not path.endswith(".keep")} <= inside
    assert any(path.endswith("LICENSE") for path in inside)


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_the_wheel_works_in_a_fresh_environment(wheel: Path, tmp_path: Path) -> None:
    python = fresh_environment(tmp_path / "venv", sys.executable)
    uv("pip", "install", "--quiet", "--python", python, "--no-deps", wheel)
    store = f"sqlite:///{(tmp_path / 'trivsel.sqlite').as_posix()}"
    environment = own_environment(tmp_path, TRIVSEL_DATABASE=store)

    def trivsel(*arguments: str) -> str:
        command = [str(python.with_name("trivsel")), *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "serve" in trivsel("--help")
    workshop = trivsel("example", "--language", "da").splitlines()[-1].strip()
    trivsel("export", workshop, "--to", "html", "--out", "report.html")
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_a_fresh_clone_runs(tmp_path: Path) -> None:
    clone = tmp_path / "trivsel"
    subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
    done = make("setup", folder=clone)
    assert done.returncode == 0, done.stderr
    assert make("--question", "setup", folder=clone).returncode == 0, "a second start sets everything up again"
    with Kit(tmp_path, checkout=clone) as kit, urllib.request.urlopen(f"{kit.url}/health", timeout=10) as response:
        assert response.status == 200


def pythons_here() -> dict[str, str]:
    """The supported Pythons of this machine by version: the one that runs the tests, those on PATH, and pyenv's."""
    found = {f"{sys.version_info.major}.{sys.version_info.minor}": sys.executable}
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for version in PYTHONS:
        for program in (shutil.which(f"python{version}"), *map(str, kept.glob(f"{version}.*/bin/python"))):
            if program and subprocess.run([program, "-c", ""], capture_output=True, check=False).returncode == 0:
                found.setdefault(version, program)
    return found


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("python", list(pythons_here()))
def test_every_python_found_here_works(python: str, tmp_path: Path) -> None:
    own = fresh_environment(tmp_path / "venv", pythons_here()[python])
    uv("pip", "install", "--quiet", "--python", own, "--no-deps", "-e", ROOT)
    done = subprocess.run(
        [own, "-m", "pytest", "-m", "not slow and not browser", "-p", "no:cacheprovider"],
        cwd=ROOT,
        env=own_environment(tmp_path),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
