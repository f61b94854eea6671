"""Desk work that can be done on the shared screen too: how you follow up, and what management has set aside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widgets.browserless import Hand, Plain
from trivsel.domain.standing import Mark, activity_mark

HOW, FRAME = "evaluation.how", "resources.frame"


@pytest.fixture
def trying(hand: Hand) -> Hand:
    """A page on a workshop in which one initiative is tried."""
    hand.look("initiatives.collect")
    hand.done("add_initiative", text="Gåmøder")
    (row,) = hand.look("initiatives.decide")["rows"]
    assert hand.change(row["decision"], "yes") is None
    return hand


def mark(hand: Hand, place: str) -> Mark:
    return activity_mark(hand.page.session.snapshot, place)


def row(hand: Hand) -> Plain:
    (only,) = hand.look(HOW)["rows"]
    return dict(only)


def test_a_talk_at_the_fixed_meeting_is_preset(trying: Hand, open_page: Callable[..., Hand]) -> None:
    assert row(trying)["how"]["value"] == "talk"
    assert mark(trying, HOW) == "empty"
    english = open_page(trying.page.session.id, HOW, "en")
    assert [label for _, label in english.data["ways"]] == [
        "A talk at the regular meeting",
        "A few questions to everybody",
        "Figures you have already",
    ]


def test_another_way_and_a_rule_for_stopping_are_kept(trying: Hand) -> None:
    assert trying.change(row(trying)["how"], "survey") is None
    assert trying.view["head"]["undo"] == "hvordan I følger op"
    assert mark(trying, HOW) == "begun"
    assert trying.change(row(trying)["stop"], "ingen bruger det") is None
    assert (row(trying)["how"]["value"], row(trying)["stop"]["value"]) == ("survey", "ingen bruger det")
    assert mark(trying, HOW) == "ready"
    refused = trying.change(row(trying)["how"], "guess")
    assert refused is not None
    assert refused["key"] == "not_a_choice"


def test_the_fixed_meeting_stands_beside_it(trying: Hand) -> None:
    (held,) = trying.look("anchoring.routines")["rows"]
    forum, label = trying.data["forums"][0]
    assert trying.change(held["forum"], forum) is None
    assert row(trying)["forum"] == label


def test_an_unknown_frame_is_said_until_it_is_known(trying: Hand) -> None:
    shown = trying.look(FRAME)
    assert shown["unknown"].startswith("Rammen er ikke oplyst.")
    assert shown["figure"] == ""
    assert mark(trying, FRAME) == "empty"
    assert trying.change(shown["hours"], "60") is None
    assert trying.data["unknown"] == ""
    assert "sat af: 60 timer" in trying.data["figure"]
    assert mark(trying, FRAME) == "ready"


def test_what_is_not_possible_is_only_a_beginning(hand: Hand) -> None:
    shown = hand.look(FRAME)
    assert hand.change(shown["limits"], "Ingen nye stillinger") is None
    assert mark(hand, FRAME) == "begun"
    assert hand.change(shown["money"], "12.500,50") is None
    assert hand.data["money"]["value"] == "12.500,5"
    assert hand.data["figure"] == ""
    assert hand.data["unknown"] == ""


@pytest.mark.parametrize("typed", ["mange", "-5", "900.000"])
def test_hours_nobody_can_mean_are_refused_in_words(hand: Hand, typed: str) -> None:
    refused = hand.change(hand.look(FRAME)["hours"], typed)
    assert refused is not None
    assert refused["text"].endswith(".")
    assert hand.data["hours"]["value"] == ""
