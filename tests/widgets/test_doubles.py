"""The board points out doubles and the catalogue goal a heap is like, and one press is enough."""

from __future__ import annotations

import pytest

from tests.widgets.browserless import Hand
from trivsel.domain.things import Goal, Initiative

GROUP = "goals.group"


@pytest.fixture
def board(hand: Hand) -> Hand:
    """A page at the board with four cards, two of them doubles."""
    hand.look("goals.collect")
    for words in ("Mindre stress", "Mere ro", "mere ro!", "Kaffe"):
        hand.done("add_card", text=words)
    hand.look(GROUP)
    return hand


def heap_of(board: Hand, *words: str, name: str = "") -> None:
    ids = {card["text"]["value"]: card["id"] for card in board.data["loose"]}
    for word in words:
        board.done("gather", card=ids[word], onto=ids[words[0]], heap="heap-1")
    if name:
        assert board.change(board.data["heaps"][0]["name"], name) is None


def test_doubles_are_pointed_out_and_laid_together_with_one_press(board: Hand) -> None:
    (double,) = board.data["doubles"]
    assert double["text"] == "2 kort siger ”Mere ro”."
    board.done("merge_cards", cards=double["cards"])
    assert board.data["doubles"] == []
    assert [len(heap["cards"]) for heap in board.data["heaps"]] == [2]
    board.done("undo")
    assert board.data["heaps"] == []


def test_a_heap_is_offered_the_goal_its_name_is_like(board: Hand) -> None:
    heap_of(board, "Kaffe", name="Vi vil have mindre stress")
    offer = board.data["heaps"][0]["offer"]
    assert offer["text"] == "Er det ”Mindre stress”?"
    board.done("match_heap", heap="heap-1", entry=offer["entry"])
    (goal,) = board.page.session.snapshot.of(Goal)
    assert goal.title.text == "Vi vil have mindre stress"
    assert goal.entry is not None
    assert goal.entry.id == "G16"
    assert board.data["heaps"][0]["offer"] is None


def test_a_heap_without_a_name_is_offered_what_most_of_its_cards_are_like(board: Hand) -> None:
    heap_of(board, "Mindre stress")
    assert board.data["heaps"][0]["offer"]["entry"] == "G16"


@pytest.mark.parametrize("name", ["Kaffe til alle", "God tone"])
def test_no_goal_is_offered_where_none_is_like_it(board: Hand, name: str) -> None:
    heap_of(board, "Kaffe", name=name)
    assert board.data["heaps"][0]["offer"] is None


def test_a_goal_that_is_taken_is_not_offered_again(board: Hand) -> None:
    board.done("take_goal", entry="G16")
    heap_of(board, "Mindre stress")
    assert board.data["heaps"][0]["offer"] is None


def test_two_goals_become_one_and_initiatives_follow(hand: Hand) -> None:
    hand.look("goals.prioritise")
    hand.done("add_goal", text="Mere ro\nRo på")
    one, other = hand.data["goals"]
    assert one["twins"] == [[other["id"], "Ro på"]]
    assert hand.change(other["chosen"], True) is None
    hand.look("initiatives.collect")
    hand.done("add_initiative", text="Fokustid")
    hand.look("goals.prioritise")
    hand.done("merge_goals", goal=other["id"], into=one["id"])
    snapshot = hand.page.session.snapshot
    assert [goal.title.text for goal in snapshot.chosen()] == ["Mere ro"]
    assert snapshot.of(Initiative)[0].goals == (one["id"],)
    hand.done("undo")
    assert [goal.title.text for goal in hand.page.session.snapshot.chosen()] == ["Ro på"]
