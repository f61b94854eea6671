"""What the kit has suggested is told apart from what the group has settled, until somebody changes it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widgets.browserless import Hand, Plain
from trivsel.content import initiatives


@pytest.fixture
def trying(hand: Hand) -> Hand:
    """A page on a workshop that tries one idea from the catalogue."""
    entry = next(entry for entry in initiatives() if entry.legal_duty == "no")
    hand.look("initiatives.collect")
    hand.done("take_initiative", entry=entry.id)
    hand.look("initiatives.decide")
    assert hand.change(hand.data["rows"][0]["decision"], "yes") is None
    return hand


def suggested(row: Plain) -> set[str]:
    """The fields of a row that carry the word for a suggestion."""
    return {name for name, field in row.items() if isinstance(field, dict) and field.get("suggested")}


@pytest.mark.parametrize(("language", "word"), [("da", "forslag"), ("en", "suggested")])
def test_what_is_preset_is_called_a_suggestion(trying: Hand, language: str, word: str) -> None:
    trying.done("language", language=language)
    assert trying.data["rows"][0]["approver"]["suggested"] == word
    (row,) = trying.look("resources.needs")["rows"]
    assert suggested(row) == {"size", "hours", "money"}
    assert row["hours"]["suggested"] == word


def test_who_must_say_yes_is_no_suggestion_once_it_is_chosen(trying: Hand) -> None:
    row = trying.data["rows"][0]
    assert trying.change(row["approver"], "top") is None
    assert suggested(trying.data["rows"][0]) == set()
    assert trying.change(trying.data["rows"][0]["approver"], row["approver"]["was"]) is None
    assert suggested(trying.data["rows"][0]) == set()


def test_a_figure_that_is_written_is_no_suggestion_and_undo_makes_it_one_again(trying: Hand) -> None:
    (row,) = trying.look("resources.needs")["rows"]
    assert trying.change(row["hours"], "11") is None
    assert suggested(trying.data["rows"][0]) == {"size", "money"}
    trying.done("undo")
    assert suggested(trying.data["rows"][0]) == {"size", "hours", "money"}


def test_figures_that_only_follow_the_size_are_still_suggestions(trying: Hand) -> None:
    (row,) = trying.look("resources.needs")["rows"]
    other = "large" if row["size"]["value"] != "large" else "small"
    assert trying.change(row["size"], other) is None
    assert suggested(trying.data["rows"][0]) == {"hours", "money"}


def test_what_nobody_has_preset_is_no_suggestion(trying: Hand, open_page: Callable[..., Hand]) -> None:
    page = open_page(trying.page.session.id, "resources.needs")
    assert {"missing", "who"} & suggested(page.data["rows"][0]) == set()
    assert suggested(page.look("anchoring.routines")["rows"][0]) == set()
