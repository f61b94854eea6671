"""A QR code as a drawing that fills the place it is given: the way into the room, or onto its Wi-Fi."""

from __future__ import annotations

from itertools import count, groupby

from jinja2 import Environment

QUIET = 4
"""White squares around the code; with fewer, some phones do not see it."""

_ESCAPED = str.maketrans({mark: f"\\{mark}" for mark in '\\;,:"'})
_DRAWING = Environment(autoescape=True).from_string(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {{ side }} {{ side }}" role="img" aria-label="{{ label }}"'
    ' shape-rendering="crispEdges"><title>{{ label }}</title><path fill="#fff" d="M0 0h{{ side }}v{{ side }}H0z"/>'
    '<path fill="#000" d="{{ ink }}"/></svg>'
)


def qr_svg(text: str, label: str) -> str:
    """``text`` as inline SVG, named ``label`` for those who cannot see it.

    About 2,300 bytes is what a code can hold; raises ``ValueError`` for more.
    """
    import segno  # only where a door is looked at: each open page is a process of its own

    # A character outside ASCII is sent as UTF-8, which phones guess more often than the standard's Latin-1.
    squares = segno.make_qr(text, error="m", encoding=None if text.isascii() else "utf-8").matrix
    ink = "".join(map(_row, count(QUIET), squares))
    return _DRAWING.render(side=len(squares) + 2 * QUIET, label=label, ink=ink)


def wifi_qr(name: str, password: str, label: str) -> str:
    """What lets a phone's camera join a Wi-Fi network: one with a password (WPA), or an open one without."""
    return qr_svg(wifi(name, password), label)


def wifi(name: str, password: str) -> str:
    """The text of such a code. Marks that part its fields are escaped wherever they stand in a name or a password."""
    called = f"S:{name.translate(_ESCAPED)};"
    return f"WIFI:T:WPA;{called}P:{password.translate(_ESCAPED)};;" if password else f"WIFI:T:nopass;{called};"


def _row(y: int, squares: bytearray) -> str:
    """One row's dark runs as a path."""
    drawn, x = "", QUIET
    for dark, run in groupby(squares):
        width = len(list(run))
        drawn += f"M{x} {y}h{width}v1H{x}z" if dark else ""
        x += width
    return drawn
