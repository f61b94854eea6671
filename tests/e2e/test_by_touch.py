"""Cards are laid together with a finger: rest on a card, and draw it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import CDPSession, Locator, expect

from tests.e2e.room import Room
from trivsel.domain.things import Card
from trivsel.domain.words import Text

CARDS = ["Ro", "Stilhed", "Kaffe"]


@pytest.fixture
def board(open_room: Callable[..., Room], workshop: str, put: Callable[..., None]) -> Room:
    """A board with three cards, on a screen that is touched."""
    put(
        workshop,
        "goals.collect",
        *(Card(f"card-{n}", "goals.collect", Text("da", text)) for n, text in enumerate(CARDS)),
    )
    return open_room(workshop, "goals.group", has_touch=True)


def middle(target: Locator) -> dict[str, float]:
    box = target.bounding_box()
    assert box is not None
    return {"x": box["x"] + box["width"] / 2, "y": box["y"] + box["height"] / 2}


@contextmanager
def finger(room: Room, on: Locator) -> Iterator[Callable[[dict[str, float]], None]]:
    """A finger that rests on something, is drawn elsewhere and lifted."""
    session: CDPSession = room.page.context.new_cdp_session(room.page)

    def touch(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    touch("touchStart", middle(on))
    yield lambda to: touch("touchMove", to)
    touch("touchEnd")


def test_a_card_is_laid_on_another_with_a_finger(board: Room) -> None:
    ro, stilhed, _ = (board.button(text) for text in CARDS)
    goal = middle(stilhed)
    with finger(board, ro) as draw:
        expect(board.page.locator(".lifted")).to_have_count(1)
        start = middle(ro)
        for part in (0.3, 0.6, 1.0):
            draw({axis: start[axis] + (goal[axis] - start[axis]) * part for axis in start})
        expect(board.page.locator(".ghost")).to_have_count(1)
    board.is_saved()
    heap = board.main.locator("[data-heap]").first
    for text in CARDS[:2]:
        expect(board.button(text, heap)).to_be_visible()
    expect(board.page.locator(".ghost")).to_have_count(0)


def test_a_quick_stroke_scrolls_and_moves_nothing(board: Room) -> None:
    ro, stilhed, _ = (board.button(text) for text in CARDS)
    with finger(board, ro) as draw:
        draw(middle(stilhed))
    expect(board.page.locator(".ghost")).to_have_count(0)
    expect(
        board.main.get_by_role("region", name=board.w["loose_cards"]).get_by_role("button", name="Ro")
    ).to_be_visible()
    assert board.field(board.w["name_heap"]).count() == 0


def test_a_tap_opens_the_card_and_says_where_it_can_go(board: Room) -> None:
    board.button("Ro").tap()
    targets = board.group(board.w["lay_it_in"])
    expect(targets).to_be_visible()
    board.button(board.w["new_heap"], targets).tap()
    expect(board.field(board.w["name_heap"])).to_be_visible()
