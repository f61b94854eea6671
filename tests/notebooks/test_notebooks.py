"""Every notebook is thin, says in both languages what to do, and runs as it stands."""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from tests.kit import own_environment
from trivsel.content import programme
from trivsel.kit import Kit

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STEPS = [step.key for step in programme("five_questions").steps if not step.interlude]
Plain = dict[str, Any]


@pytest.fixture
def run(database: str, tmp_path: Path) -> Callable[[Any], Plain]:
    """Run a notebook in a kernel with a database of its own; what its screen shows."""

    def execute(notebook: Any) -> Plain:
        client = NotebookClient(notebook, timeout=60, kernel_name="python3", store_widget_state=True)
        client.execute(env=own_environment(tmp_path, TRIVSEL_DATABASE=database))
        models = notebook.metadata.widgets["application/vnd.jupyter.widget-state+json"]["state"].values()
        views: list[Plain] = [one["state"]["view"] for one in models if "view" in one["state"]]
        assert len(views) == 1
        return views[0]

    return execute


def read(path: Path) -> Any:
    return nbformat.read(path, as_version=4)  # type: ignore[no-untyped-call]


def source_of(path: Path, kind: str) -> str:
    (cell,) = [cell for cell in read(path).cells if cell.cell_type == kind]
    return str(cell.source)


def test_there_is_one_notebook_for_everything_and_one_for_each_step() -> None:
    named = {f"{number}_{step}.ipynb" for number, step in enumerate(STEPS, start=1)}
    assert {"workshop.ipynb", *named} <= {path.name for path in NOTEBOOKS}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_thin(path: Path) -> None:
    notebook = read(path)
    assert [cell.cell_type for cell in notebook.cells] == ["markdown", "code"]
    code = source_of(path, "code")
    assert len(code.splitlines()) <= 3
    imported, call = ast.parse(code).body
    assert isinstance(imported, ast.ImportFrom)
    assert imported.module == "trivsel_widgets"
    assert isinstance(call, ast.Expr)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_tells_its_reader_in_both_languages(path: Path) -> None:
    said = source_of(path, "markdown")
    assert said.startswith("# ")
    assert "**Dansk.**" in said
    assert "**English.**" in said


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_carries_no_output_and_no_one_s_machine(path: Path) -> None:
    (cell,) = [cell for cell in read(path).cells if cell.cell_type == "code"]
    assert (cell.outputs, cell.execution_count) == ([], None)
    assert set(json.loads(path.read_text(encoding="utf-8"))["metadata"]) <= {"kernelspec", "language_info"}


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_and_lets_one_choose(path: Path, run: Callable[[Any], Plain], database: str) -> None:
    kit = Kit(database)
    workshop = kit.start(title="Et godt arbejdsliv")
    kit.close()
    view = run(read(path))
    assert view["kind"] == "choose"
    assert [one["id"] for one in view["workshops"]] == [workshop]


def test_a_step_is_opened_on_a_workshop_by_its_id(run: Callable[[Any], Plain], database: str) -> None:
    kit = Kit(database)
    workshop = kit.example("da")
    kit.close()
    notebook = read(ROOT / "notebooks" / "3_resources.ipynb")
    code = notebook.cells[1]
    code.source = code.source.replace('("resources")', f'("resources", id="{workshop}")')
    view = run(notebook)
    assert view["kind"] == "allocate"
    assert len(view["data"]["rows"]) > 1
