"""What every figure is drawn with: the colours of the kit, its templates, and lines that fit their width."""

from __future__ import annotations

from pathlib import Path
from textwrap import wrap
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

INK = "#1c2a33"
SOFT_INK = "#3d4a53"
LINE = "#d9d2c6"
TRACK = "#e9e2d7"
GOALS = "#0b6e6e"
INITIATIVES = "#3d4fa3"
RESOURCES = "#8a5300"
ANCHORING = "#17456b"
EVALUATION = "#7a2f6b"
"""The tokens of shared screen, phones, presenter page and report; every colour is also told by shape and words."""

_environment = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)
_environment.globals.update(
    INK=INK,
    SOFT_INK=SOFT_INK,
    LINE=LINE,
    TRACK=TRACK,
    GOALS=GOALS,
    INITIATIVES=INITIATIVES,
    RESOURCES=RESOURCES,
    ANCHORING=ANCHORING,
    EVALUATION=EVALUATION,
)


def template(name: str) -> Template:
    """The drawing of that name. People's text is escaped wherever it is put."""
    return _environment.get_template(f"{name}.svg.j2")


def draw(drawing: Template, prefix: str, **about: Any) -> str:
    """The figure as markup; ``prefix`` begins every id in it."""
    return drawing.render(id=prefix, **about).strip()


def lines(text: str, width: int, most: int = 2) -> list[str]:
    """``text`` in lines of at most ``width`` characters; what does not fit ``most`` lines ends in an ellipsis."""
    if len(text) <= width:
        return [text]
    folded = wrap(text, width, break_on_hyphens=False)
    if len(folded) <= most:
        return folded
    last = folded[most - 1]
    return [*folded[: most - 1], (last if len(last) < width else last[: width - 1]).rstrip(" ,.;:–-") + "…"]
