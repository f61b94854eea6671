"""Two pages on one workshop show each other's changes, in one process and across two."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.widgets.browserless import Hand
from trivsel.kit import Kit
from trivsel_widgets.notebook import Shown
from trivsel_widgets.page import Page

SOON = 0.5


def seen_within(shown: Shown, look: Callable[[Page], bool], seconds: float = SOON) -> float:
    """Wait for a page to show something; how long it took."""
    page = shown.page
    assert page is not None
    came = threading.Event()
    page.screen.observe(lambda _: came.set() if look(page) else None, "view")
    began = time.monotonic()
    if not look(page):
        assert came.wait(seconds), f"the page did not show it within {seconds} s"
    return time.monotonic() - began


@pytest.fixture
def other_process(database: str) -> Iterator[Kit]:
    """The kit as another process would have it: it meets ours in the database alone."""
    with ExitStack() as stack:
        kit = Kit(database)
        stack.callback(kit.close)
        yield kit


def cards(page: Page) -> list[str]:
    return [one["text"]["value"] for one in page.screen.view["data"].get("cards", [])]


def test_a_page_shows_what_another_page_of_its_process_does(open_notebook: Callable[..., Shown], workshop: str) -> None:
    one, other = (open_notebook(workshop, "goals.collect") for _ in range(2))
    assert one.page is not None
    Hand(one.page).done("add_card", text="Ro")
    assert cards(one.page) == ["Ro"]
    seen_within(other, lambda page: cards(page) == ["Ro"])


def test_a_page_shows_what_another_process_does(
    open_notebook: Callable[..., Shown], workshop: str, other_process: Kit
) -> None:
    shown = open_notebook(workshop, "goals.collect")
    Hand(Page(other_process.session(workshop), place="goals.collect", language=None, report=None)).done(
        "add_card", text="Ro"
    )
    seen_within(shown, lambda page: cards(page) == ["Ro"])


def test_a_page_stays_where_it_is_when_the_room_moves(open_notebook: Callable[..., Shown], workshop: str) -> None:
    one, other = (open_notebook(workshop) for _ in range(2))
    assert one.page is not None
    Hand(one.page).done("room", place="goals.collect", was="welcome.welcome")
    seen_within(other, lambda page: page.screen.view["strip"] is not None)
    assert other.page is not None
    assert other.page.screen.view["place"] == "welcome.welcome"


def test_a_page_opened_later_shows_everything(open_notebook: Callable[..., Shown], hand: Hand) -> None:
    hand.look("goals.collect")
    hand.done("add_card", text="Ro")
    later = open_notebook(hand.page.session.id, "goals.collect").page
    assert later is not None
    assert cards(later) == ["Ro"]


def test_nothing_is_drawn_anew_when_nothing_has_changed(hand: Hand) -> None:
    drawn: list[object] = []
    hand.page.screen.observe(drawn.append, "view")
    hand.page.show()
    assert drawn == []
