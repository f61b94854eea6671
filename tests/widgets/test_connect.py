"""Which goal helps which along, chosen on the shared screen: one choice for each goal, and the picture it makes."""

from __future__ import annotations

import pytest

from tests.widgets.browserless import Hand

TITLES = ("Mere ro", "Færre fejl", "Bedre humør")


@pytest.fixture
def goals(hand: Hand) -> Hand:
    """A page at the activity, with three goals."""
    hand.look("goals.prioritise")
    hand.done("add_goal", text="\n".join(TITLES))
    hand.look("goals.connect")
    return hand


def choose(hand: Hand, title: str, other: str | None) -> dict[str, str] | None:
    row = next(row for row in hand.data["rows"] if row["title"] == title)
    ids = {name: id for id, name in row["others"]}
    return hand.change(row["pulls"], ids[other] if other else None)


def test_each_goal_can_help_any_other_but_itself(goals: Hand) -> None:
    rows = goals.data["rows"]
    assert [row["title"] for row in rows] == list(TITLES)
    assert [[name for _, name in row["others"]] for row in rows] == [
        ["Færre fejl", "Bedre humør"],
        ["Mere ro", "Bedre humør"],
        ["Mere ro", "Færre fejl"],
    ]
    assert rows[0]["label"] == "Mere ro trækker … med"
    assert goals.data["figure"] == ""


def test_a_choice_is_an_arrow_on_the_map_and_can_be_undone(goals: Hand) -> None:
    assert choose(goals, "Mere ro", "Færre fejl") is None
    assert "Mere ro trækker Færre fejl med." in goals.data["figure"]
    assert goals.view["head"]["undo"] == "hvilket mål der trækker"
    goals.done("undo")
    assert goals.data["figure"] == ""


def test_a_circle_is_refused_in_words(goals: Hand) -> None:
    assert choose(goals, "Mere ro", "Færre fejl") is None
    refused = choose(goals, "Færre fejl", "Mere ro")
    assert refused is not None
    assert refused["text"].startswith("Så går pilene i ring: ”Mere ro” trækker allerede ”Færre fejl” med.")


def test_nothing_is_drawn_where_there_is_nothing_to_connect(hand: Hand) -> None:
    assert hand.look("goals.connect") == {"rows": [], "figure": ""}
