"""The report as one file: the notebook through nbconvert with a template of our own, and everything in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode

from trivsel.domain.workshop import Snapshot
from trivsel.report.notebook import notebook


def html(snapshot: Snapshot, language: str) -> str:
    """The report of a workshop as HTML, in a language."""
    body, _ = _exporter().from_notebook_node(notebook(snapshot, language))
    return str(body)


class Exporter(HTMLExporter):
    """nbconvert with our template. Its preprocessors are for code and Markdown, which a report does not have."""

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> Any:
        """The page and its resources. ``HTMLExporter`` would parse and rewrite the page to look for pictures."""
        return super(HTMLExporter, self).from_notebook_node(nb, resources, **kw)


@cache
def _exporter() -> Exporter:
    return Exporter(  # type: ignore[no-untyped-call]
        template_name="trivsel_report",
        extra_template_basedirs=[str(Path(__file__).parent / "template")],
        default_preprocessors=[],
    )
