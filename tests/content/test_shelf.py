"""The kit finds its files wherever it was installed, and importing it is cheap."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

from trivsel.content import place
from trivsel.content.shelf import files

SOURCE = Path(__file__).resolve().parents[2] / "src" / "trivsel"


def test_files_are_found_in_a_checkout() -> None:
    assert place("steps", "goals.toml").is_file()
    for folder in ("notebooks", "facilitator_guide", "data_templates"):
        assert place(folder) == SOURCE.parents[1] / folder
        assert place(folder).is_dir()


def test_files_are_found_in_a_wheel(tmp_path: Path) -> None:
    """In a wheel the folders beside ``src`` lie inside the package."""
    installed = tmp_path / "trivsel"
    shutil.copytree(SOURCE, installed, ignore=shutil.ignore_patterns("__pycache__"))
    (installed / "_files" / "notebooks").mkdir(parents=True)
    code = (
        "from trivsel.content import place, programmes, say\n"
        "print(place('notebooks'), place('texts', 'words.toml').is_file(), len(programmes()), say('da').language)"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n{code}"],
        capture_output=True, text=True, check=True, cwd=tmp_path,
    )  # fmt: skip
    assert done.stdout.split() == [str(installed / "_files" / "notebooks"), "True", "2", "da"]


def test_the_kits_files_come_before_a_trainers(tmp_path: Path) -> None:
    (tmp_path / "steps").mkdir()
    (tmp_path / "steps" / "a.toml").touch()
    found = list(files("steps", ".toml", tmp_path))
    assert found[-1] == tmp_path / "steps" / "a.toml"
    assert len(found) == 9


def test_importing_the_content_loads_neither_babel_nor_rapidfuzz_nor_pandas() -> None:
    code = "import sys, trivsel.content as c; c.programmes(); c.initiatives(); c.say('da')('choice.size_small')"
    check = f"{code}; print(sorted({{m.split('.')[0] for m in sys.modules}} & {{'babel', 'rapidfuzz', 'pandas'}}))"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
