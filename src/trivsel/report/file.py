"""The report as one file: the notebook through nbconvert with a template of our own, and everything in it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from nbconvert.exporters import HTMLExporter

from trivsel.domain.workshop import Snapshot
from trivsel.report.notebook import notebook


def html(snapshot: Snapshot, language: str) -> str:
    """The report of a workshop as HTML, in a language."""
    body, _ = _exporter().from_notebook_node(notebook(snapshot, language))
    return str(body)


@cache
def _exporter() -> HTMLExporter:
    """nbconvert with our template. Its preprocessors are for code and Markdown, which a report does not have."""
    return HTMLExporter(  # type: ignore[no-untyped-call]
        template_name="trivsel_report",
        extra_template_basedirs=[str(Path(__file__).parent / "template")],
        default_preprocessors=[],
    )
