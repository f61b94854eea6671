"""The widget that is the shared screen: it draws what a page shows and sends back what people do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

_HERE = Path(__file__).parent
PARTS = (
    *("vendor/preact", "base", "frame", "cards", "goals", "connect"),
    *("initiatives", "plan", "whatif", "how", "answers", "door", "screen"),
)
"""The parts of the one ES module, in order; they share one scope, so that no bundler is needed."""


STYLES = ("tokens", "screen", "phones", "later")


def _module() -> str:
    return "\n".join((_HERE / f"{part}.js").read_text(encoding="utf-8") for part in PARTS)


def _styles() -> str:
    return "\n".join((_HERE / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)


class Screen(anywidget.AnyWidget):
    """``view`` is what the page shows and ``words`` its words, both plain data; nothing else is kept here.

    What people do comes as messages ``{"do": …, "re": id, …}`` to ``on_do``; each is answered with
    ``{"re": id, "refused": None | {"key", "text"}, "told": text}`` by :meth:`answer`.
    """

    _esm = _module()
    _css = _styles()
    view = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)

    def __init__(self, view: dict[str, Any], words: dict[str, str], on_do: Callable[[dict[str, Any]], None]) -> None:
        super().__init__(view=view, words=words)
        self._on_do = on_do
        self.on_msg(self._received)

    def _received(self, _widget: Any, message: Any, _buffers: Any) -> None:
        self._on_do(message if isinstance(message, dict) else {})

    def answer(self, re: str, refused: dict[str, str] | None, told: str = "") -> None:
        """Tell the browser that what it asked has been done, or why not, and what there is to say about it."""
        self.send({"re": re, "refused": refused, "told": told})

    def hand_over(self, name: str, text: str) -> None:
        """Give the browser a file to keep."""
        self.send({"report": text, "name": name})
