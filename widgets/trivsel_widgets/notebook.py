"""What a notebook calls: the shared screen of one workshop, or a list to choose one from."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

import ipywidgets
from IPython.display import display

from trivsel.content import languages, say
from trivsel.domain.workshop import Snapshot
from trivsel.errors import TrivselError, UnknownWorkshop
from trivsel.kit import Kit
from trivsel_widgets.address import Address, pooled, read_address
from trivsel_widgets.page import Page
from trivsel_widgets.screen import Screen
from trivsel_widgets.warming import warm

log = logging.getLogger(__name__)


def workshop(step: str | None = None, id: str | None = None, language: str | None = None) -> None:
    """Show the shared screen: all steps, or the one called ``step``.

    In Voilà the page's address says which workshop. In JupyterLab it is ``id``, else a list to choose from.
    """
    if pooled():
        warm()
    address = read_address()
    shown = Shown(Kit(None), address, step, language or address.language)
    shown.open(id or address.workshop)
    display(shown.box)  # type: ignore[no-untyped-call]


class Shown:
    """What stands in the notebook's output: a page on a workshop, or the list of workshops."""

    def __init__(self, kit: Kit, address: Address, step: str | None, language: str | None) -> None:
        self.kit, self.address, self.step = kit, address, step
        self.language = language if language in languages() else languages()[0]
        self.box = ipywidgets.VBox()
        self.box.add_class("trivsel-page")
        self.page: Page | None = None
        self.chooser: Screen | None = None

    def open(self, id: str | None) -> None:
        """Show a workshop, or the list with the reason why it cannot be shown."""
        problem = ""
        if id:
            try:
                return self._show(id)
            except UnknownWorkshop as error:
                problem = error.message(say(self.language))
        self.choose(problem)
        return None

    def _show(self, id: str) -> None:
        session = self.kit.session(id)
        place = self.address.step if self.address.workshop == id else None
        if place and self.address.activity:
            place = f"{place}.{self.address.activity}"
        report = f"/report/{id}.html" if self.address.url else None
        page = Page(session, place=place, language=self.address.language, only=self.step, report=report)
        loop = _loop()
        self.kit.feed.watch(id, lambda snapshot: loop(partial(_arrived, page, snapshot)))
        self.page = page
        self.box.children = (page.screen,)

    def choose(self, problem: str = "") -> None:
        """Show the list of workshops."""
        voice = say(self.language)
        listed = [
            {
                "id": one.id,
                "title": one.workplace or one.title,
                "note": f"{voice.long_date(one.day.isoformat())} · {one.standing}",
            }
            for one in self.kit.workshops(self.language)
        ]
        view: dict[str, Any] = {
            "kind": "choose", "language": self.language, "place": "", "workshop": "", "problem": problem,
            "workshops": listed, "title": voice("screen.choose_title"),
        }  # fmt: skip
        if self.chooser is None:
            self.chooser = Screen(view, voice.words("screen"), self._chosen)
        self.chooser.view = view
        self.box.children = (self.chooser,)

    def _chosen(self, message: dict[str, Any]) -> None:
        refused = None
        voice = say(self.language)
        try:
            if message["do"] == "open":
                self.open(str(message["workshop"]))
            elif message["do"] == "example":
                self.open(self.kit.example(self.language))
            elif message["do"] == "start":
                self.open(self._start(str(message["title"])))
            else:
                raise KeyError(message["do"])
        except TrivselError as error:
            refused = {"key": error.key, "text": error.message(voice)}
        except Exception:
            log.exception("Could not carry out %s", message.get("do"))
            refused = {"key": "went_wrong", "text": voice("view.went_wrong")}
        if self.chooser is not None:
            self.chooser.answer(str(message.get("re", "")), refused)

    def _start(self, title: str) -> str:
        return self.kit.start(title=title, language=self.language)


def _arrived(page: Page, snapshot: Snapshot) -> None:
    page.session.refresh()
    page.show(snapshot)


def _loop() -> Callable[[Callable[[], None]], None]:
    """A way back from the feed's thread to the one that the widgets live in."""
    from IPython import get_ipython

    shell = get_ipython()
    kernel = getattr(shell, "kernel", None)
    if kernel is None:
        return lambda call: call()
    back: Callable[[Callable[[], None]], None] = kernel.io_loop.add_callback
    return back
