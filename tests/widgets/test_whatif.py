"""Does it still happen if …? One question for each initiative, where it is weakest, in both languages."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widgets.browserless import Hand, Plain

PLACE = "anchoring.whatif"


@pytest.fixture
def trying(hand: Hand) -> Hand:
    """A page at the activity, with one initiative that is tried and costs nothing."""
    hand.look("initiatives.collect")
    hand.done("add_initiative", text="Gåmøder")
    (row,) = hand.look("initiatives.decide")["rows"]
    assert hand.change(row["decision"], "yes") is None
    hand.look(PLACE)
    return hand


def only(hand: Hand) -> Plain:
    (row,) = hand.look(PLACE)["rows"]
    return dict(row)


def stand_in(hand: Hand) -> None:
    (row,) = hand.look("anchoring.routines")["rows"]
    assert hand.change(row["deputy"], "Ali") is None
    (row,) = hand.look("anchoring.routines")["rows"]
    assert hand.change(row["deputy_agreed"], True) is None


def test_without_a_deputy_it_is_asked_what_happens_when_somebody_leaves(
    trying: Hand, open_page: Callable[..., Hand]
) -> None:
    assert only(trying)["test"] == "… den ansvarlige får nyt job?"
    assert only(trying)["why"] == "Der er ingen stedfortræder, der har sagt ja."
    english = open_page(trying.page.session.id, PLACE, "en")
    assert only(english)["test"] == "… whoever is responsible gets a new job?"
    assert english.data["answers"] == [["yes", "Yes"], ["partly", "Partly"], ["no", "No"]]


def test_an_answer_keeps_its_question_and_can_be_taken_away(trying: Hand) -> None:
    assert trying.change(only(trying)["holds"], "no") is None
    assert trying.view["head"]["undo"] == "om det stadig sker"
    stand_in(trying)
    assert only(trying)["test"] == "… den ansvarlige får nyt job?"
    assert only(trying)["why"] == ""
    assert trying.change(only(trying)["holds"], "") is None
    assert only(trying)["test"] == "… I får ekstra travlt i to måneder?"


def test_what_you_do_then_is_written_and_kept(trying: Hand) -> None:
    assert trying.change(only(trying)["safeguard"], "To kan det") is None
    assert only(trying)["safeguard"]["value"] == "To kan det"
    assert only(trying)["test"] == "… den ansvarlige får nyt job?"


def test_before_anything_is_decided_there_is_nothing_to_ask(hand: Hand) -> None:
    assert hand.look(PLACE)["rows"] == []
