"""Who cannot join, effect against effort, and the self-check, done together on the shared screen without phones."""

from __future__ import annotations

import pytest

from tests.widgets.browserless import Hand, Plain
from trivsel.domain.things import Check, Initiative


def ideas(hand: Hand, number: int) -> list[str]:
    """Write ideas; their ids."""
    hand.look("initiatives.collect")
    for n in range(number):
        hand.done("add_initiative", text=f"Idé {n}")
    return [one.id for one in hand.page.session.snapshot.of(Initiative)]


def row(data: Plain, id: str) -> Plain:
    (found,) = (one for one in data["rows"] if one["id"] == id)
    return dict(found)


# --- who cannot join ------------------------------------------------------------------------------------------------


def test_what_keeps_somebody_out_is_ticked_and_what_is_done_about_it_is_written(hand: Hand) -> None:
    (id,) = ideas(hand, 1)
    hand.look("initiatives.barriers")
    assert not row(hand.data, id)["asked"]
    assert hand.change(row(hand.data, id)["barriers"], ["night", "home"]) is None
    assert hand.change(row(hand.data, id)["alternative"], "Hold den også kl. 22") is None
    shown = row(hand.data, id)
    assert shown["asked"]
    assert shown["barriers"]["value"] == ["night", "home"]
    assert shown["alternative"]["value"] == "Hold den også kl. 22"


@pytest.mark.parametrize(("number", "many"), [(6, False), (7, True)])
def test_more_than_six_ideas_are_given_dots_first(hand: Hand, number: int, many: bool) -> None:
    ids = ideas(hand, number)
    hand.look("initiatives.barriers")
    assert (hand.data["many"], hand.data["dotted"]) == (many, False)
    (last,) = (one for one in hand.data["ideas"] if one["id"] == ids[-1])
    assert hand.change(last["dots"], 3) is None
    assert hand.data["dotted"]
    assert hand.data["rows"][0]["id"] == ids[-1]
    assert hand.data["rows"][0]["dots"] == "3 prikker"
    assert len(hand.data["rows"]) == 6


def test_what_works_already_is_not_asked_about(hand: Hand) -> None:
    ideas(hand, 1)
    hand.done("add_initiative", text="Morgenkaffe", works=True)
    hand.look("initiatives.barriers")
    assert [one["title"] for one in hand.data["rows"]] == ["Idé 0"]


# --- effect against effort ------------------------------------------------------------------------------------------


def test_an_idea_gets_its_place_and_is_said_in_words_without_a_number(hand: Hand) -> None:
    (id,) = ideas(hand, 1)
    hand.look("initiatives.rate")
    assert row(hand.data, id)["place"] == ""
    for field, value in (("effect", 4.5), ("effort", 1.5)):
        hand.done("change", id=id, field=field, was=None, now=value)
    shown = row(hand.data, id)
    assert (shown["effect"], shown["effort"]) == (4.5, 1.5)
    assert shown["place"] == "hjælper meget, kræver lidt"


@pytest.mark.parametrize("value", [0, 5.5, -1, True])
def test_a_place_outside_the_field_is_refused(hand: Hand, value: object) -> None:
    (id,) = ideas(hand, 1)
    hand.look("initiatives.rate")
    assert hand.do("change", id=id, field="effect", was=None, now=value) is not None
    assert row(hand.data, id)["effect"] is None


def test_an_idea_can_be_taken_out_of_the_field_again(hand: Hand) -> None:
    (id,) = ideas(hand, 1)
    hand.look("initiatives.rate")
    hand.done("change", id=id, field="effect", was=None, now=3)
    hand.done("change", id=id, field="effect", was=3, now=None)
    assert row(hand.data, id)["effect"] is None


def test_the_corners_of_the_box_lie_inside_the_field(hand: Hand) -> None:
    hand.look("initiatives.rate")
    box = hand.data["box"]
    assert 0 < box["left"] < box["right"] < 1
    assert 0 < box["top"] < box["bottom"] < 1


# --- the self-check -------------------------------------------------------------------------------------------------


def levels(hand: Hand) -> dict[str, int | None]:
    return {one["lever"]: one["level"] for one in hand.data["rows"]}


def test_each_lever_has_a_level_that_can_be_changed_and_taken_back(hand: Hand) -> None:
    hand.look("anchoring.selfcheck")
    assert set(levels(hand).values()) == {None}
    hand.done("check", lever="both_sides", level=0)
    assert levels(hand)["both_sides"] == 0
    hand.done("check", lever="both_sides", level=2)
    hand.done("check", lever="looked_at", level=1)
    assert levels(hand) == {"found_together": None, "both_sides": 2, "fixed_item": None, "looked_at": 1}
    hand.done("check", lever="both_sides", level=None)
    assert levels(hand)["both_sides"] is None
    assert [check.id for check in hand.page.session.snapshot.of(Check)] == ["check-both_sides", "check-looked_at"]


def test_a_level_that_was_undone_can_be_set_anew(hand: Hand) -> None:
    hand.look("anchoring.selfcheck")
    hand.done("check", lever="fixed_item", level=1)
    hand.done("undo")
    assert levels(hand)["fixed_item"] is None
    hand.done("check", lever="fixed_item", level=2)
    assert levels(hand)["fixed_item"] == 2


@pytest.mark.parametrize(
    ("lever", "level"), [("luck", 1), ("both_sides", 3), ("both_sides", True), ("both_sides", "2")]
)
def test_a_lever_or_level_that_does_not_exist_is_refused(hand: Hand, lever: str, level: object) -> None:
    hand.look("anchoring.selfcheck")
    assert hand.do("check", lever=lever, level=level) is not None
    assert hand.page.session.snapshot.of(Check) == []
