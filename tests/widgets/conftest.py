"""Pages on a real session and a real SQLite file, in one process and without a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import comm
import pytest

from tests.widgets.browserless import Chooser, Hand, wire
from trivsel.kit import Kit
from trivsel_widgets.address import Address
from trivsel_widgets.notebook import Shown
from trivsel_widgets.page import Page


@pytest.fixture(autouse=True)
def wires(monkeypatch: pytest.MonkeyPatch) -> None:
    """``comm`` is made to be given another way to the browser: ours ends here."""
    monkeypatch.setattr(comm, "create_comm", wire)


@pytest.fixture
def kit(database: str) -> Iterator[Kit]:
    kit = Kit(database)
    yield kit
    kit.close()


@pytest.fixture
def workshop(kit: Kit) -> str:
    """A new Danish workshop at a workplace of twelve with a work-environment committee."""
    return kit.start(title="Et godt arbejdsliv", workplace="Værkstedet", people=12, committee="amo")


@pytest.fixture
def open_page(kit: Kit) -> Callable[..., Hand]:
    """Open a page on a workshop, at a place and in a language if they are given."""

    def make(id: str, place: str | None = None, language: str | None = None, only: str | None = None) -> Hand:
        page = Page(kit.session(id), place=place, language=language, only=only, report=None)
        return Hand(page)

    return make


@pytest.fixture
def hand(open_page: Callable[..., Hand], workshop: str) -> Hand:
    """A page on the new workshop."""
    return open_page(workshop)


@pytest.fixture
def open_notebook(kit: Kit) -> Callable[..., Shown]:
    """What stands in a notebook's output, opened by its address."""

    def make(id: str | None = None, step: str | None = None, only: str | None = None, language: str = "da") -> Shown:
        shown = Shown(kit, Address(workshop=id, step=step, language=language), only, language)
        shown.open(id)
        return shown

    return make


@pytest.fixture
def chooser(open_notebook: Callable[..., Shown]) -> Chooser:
    return Chooser(open_notebook())
