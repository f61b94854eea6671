"""A page on the shared screen without a browser: messages go in as over the wire, and what is sent is kept."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from comm.base_comm import BaseComm

from trivsel.domain.workshop import Snapshot
from trivsel_widgets.notebook import Shown
from trivsel_widgets.page import Page
from trivsel_widgets.screen import Screen

Plain = dict[str, Any]


class Wire(BaseComm):
    """The link to a browser that is not there. Whatever goes over it must be JSON."""

    def __init__(self, **opening: Any) -> None:
        self.sent: list[Plain] = []
        super().__init__(**opening)

    def publish_msg(self, msg_type: str, data: Any = None, metadata: Any = None, **more: Any) -> None:
        self.sent.append(json.loads(json.dumps(data or {}, allow_nan=False)))


def wire(**opening: Any) -> BaseComm:
    """What ipywidgets calls to reach a browser."""
    return Wire(**opening)


def press(screen: Screen, message: object) -> Plain | None:
    """Send a message as the browser would: why it was refused, or None if it was done."""
    link = screen.comm
    assert isinstance(link, Wire)
    before = len(link.sent)
    link.handle_msg({"content": {"data": {"method": "custom", "content": message}}, "buffers": []})
    answers = [one["content"] for one in link.sent[before:] if one.get("method") == "custom" and "re" in one["content"]]
    assert len(answers) == 1, f"{message} was answered {len(answers)} times"
    refused: Plain | None = answers[0]["refused"]
    return refused


class Hand:
    """Somebody at a page: presses things, and reads what it shows."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def do(self, what: str, **more: object) -> Plain | None:
        """Press something; why it was refused, or None if it was done."""
        return press(self.page.screen, {"do": what, "re": "m1", "place": self.page.place, **more})

    def done(self, what: str, **more: object) -> Snapshot:
        """Press something that must succeed; the workshop afterwards."""
        refused = self.do(what, **more)
        assert refused is None, refused
        return self.page.session.snapshot

    def look(self, place: str) -> Plain:
        """Go to an activity; its work area."""
        assert press(self.page.screen, {"do": "look", "re": "m1", "place": place}) is None
        return self.data

    @property
    def view(self) -> Plain:
        """What the page shows, as the browser has it."""
        shown: Plain = json.loads(json.dumps(self.page.screen.view))
        return shown

    @property
    def data(self) -> Plain:
        """The work area of the activity."""
        work: Plain = self.view["data"]
        return work

    def change(self, field: Plain, now: object) -> Plain | None:
        """Fill in a field as it is shown; why it was refused, or None."""
        return self.do("change", id=field["id"], field=field["field"], was=field["was"], now=now)


class Chooser:
    """Somebody at the list of workshops."""

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    def do(self, what: str, **more: object) -> Plain | None:
        assert self.shown.chooser is not None
        return press(self.shown.chooser, {"do": what, "re": "m1", **more})

    @property
    def view(self) -> Plain:
        (child,) = self.shown.box.children
        view: Plain = child.view
        return view


def strings(value: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a view, with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from strings(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from strings(inner, f"{path}[{index}]")
