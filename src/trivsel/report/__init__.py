"""What a workshop leaves behind: figures for screen and paper, and the report as one file that anybody can open.

The figures are light and can be used alone. nbconvert is imported when a report is made, not before.
"""

from __future__ import annotations

from trivsel.domain.workshop import Snapshot


def html(snapshot: Snapshot, language: str) -> str:
    """The report as one HTML file that needs nothing else: no script, no request to any host, ready for A4."""
    from trivsel.report.file import html as made

    return made(snapshot, language)
