"""Several lines pasted at once become several things, in one command that is taken back with one press."""

from __future__ import annotations

import pytest

from tests.widgets.browserless import Hand, press
from trivsel.domain.things import Card, Goal, Initiative
from trivsel_widgets.reading import read_lines

LIST = "- Ro til at tænke\r\n\n  • Bedre vagtplan  \n* Mere\tluft\t2"


@pytest.mark.parametrize(
    ("pasted", "lines"),
    [
        ("Ro", ["Ro"]),
        ("- Ro", ["- Ro"]),
        ("", [""]),
        ("  \n ", ["  \n "]),
        ("Ro\nTid", ["Ro", "Tid"]),
        ("Ro\n\n\nTid\n", ["Ro", "Tid"]),
        ("- Ro\n– Tid\n— Luft\n• Lys", ["Ro", "Tid", "Luft", "Lys"]),
        ("1) Ro\n2) Tid", ["Ro", "Tid"]),
        ("1. sal mangler en lift\n2. sal mangler to", ["1. sal mangler en lift", "2. sal mangler to"]),
        ("-5 grader\n*vigtigt*", ["-5 grader", "*vigtigt*"]),
        ("Ro\n-\nTid", ["Ro", "Tid"]),
        ("Mål\tPrikker\nRo\t5\n", ["Mål\tPrikker", "Ro\t5"]),
    ],
)
def test_pasted_text_is_a_line_for_each_thing(pasted: str, lines: list[str]) -> None:
    assert read_lines(pasted) == lines


@pytest.mark.parametrize(
    ("place", "deed", "kind"),
    [
        ("goals.collect", "add_card", Card),
        ("goals.prioritise", "add_goal", Goal),
        ("initiatives.collect", "add_initiative", Initiative),
    ],
)
def test_each_line_is_one_thing_and_one_press_takes_them_all_back(
    hand: Hand, place: str, deed: str, kind: type
) -> None:
    hand.look(place)
    made = hand.done(deed, text=LIST).of(kind)
    texts = [one.text.text if isinstance(one, Card) else one.title.text for one in made]
    assert texts == ["Ro til at tænke", "Bedre vagtplan", "Mere luft 2"]
    assert hand.done("undo").of(kind) == []
    assert len(hand.done("redo").of(kind)) == 3


@pytest.mark.parametrize(("language", "told"), [("da", "3 er kommet med"), ("en", "3 added")])
def test_it_is_said_how_many_there_were(hand: Hand, language: str, told: str) -> None:
    hand.done("language", language=language)
    hand.look("goals.collect")
    assert said(hand, LIST).startswith(told)
    assert said(hand, "Kun én linje") == ""


def said(hand: Hand, text: str) -> str:
    """What the page says about cards that were added."""
    assert hand.do("add_card", text=text) is None
    answer = hand.page.screen.comm.sent[-1]["content"]
    told: str = answer["told"]
    return told


def test_a_line_that_is_too_long_is_refused_with_its_limit_and_nothing_is_stored(hand: Hand) -> None:
    hand.look("goals.collect")
    refused = hand.do("add_card", text=f"Ro\n{'x' * 281}\nTid")
    assert refused is not None
    assert refused["key"] == "text_too_long"
    assert "281" in refused["text"]
    assert hand.page.session.snapshot.of(Card) == []
    assert hand.page.screen.comm.sent[-1]["content"]["told"] == ""


def test_what_is_pasted_where_one_thing_belongs_stays_one(hand: Hand) -> None:
    hand.look("anchoring.routines")
    hand.done("add_forum", text="Fredags\nmøde")
    assert press(hand.page.screen, {"do": "look", "re": "m1", "place": "anchoring.routines"}) is None
    assert any("Fredags møde" in forum[1] for forum in hand.data["forums"])
