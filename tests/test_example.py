"""The worked example: a whole workshop, by the same commands as a real one, with nothing left to mend."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import msgspec
import pytest

from trivsel.content import calendar
from trivsel.domain.advice import findings
from trivsel.domain.standing import activity_mark, not_reached
from trivsel.domain.things import Anchor, Card, Goal, Heap, Initiative, Review
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.example import commands
from trivsel.example.meeting import Meeting

DAY = dt.date(2026, 11, 12)


def held(language: str, day: dt.date = DAY) -> Snapshot:
    meeting = Meeting()
    for command in commands(language, day):
        meeting.do(command)  # raises where it is refused
    return meeting.snapshot


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_plan_needs_no_advice(language: str) -> None:
    snapshot = held(language)
    assert findings(snapshot, calendar(), whole=True) == []
    assert not_reached(snapshot) == []
    places = [place for place, _, _ in snapshot.path()]
    assert {place: activity_mark(snapshot, place) for place in places} == dict.fromkeys(places, "ready")


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_shows_every_kind_of_decision(language: str) -> None:
    snapshot = held(language)
    decisions = Counter(one.decision for one in snapshot.of(Initiative))
    assert decisions == {"yes": 3, "later": 2, "": 2, "no": 1, "must": 1}
    assert [one.works for one in snapshot.of(Initiative) if not one.decision] == [True, True]
    assert {one.approver for one in snapshot.tried()} == {"leader", "amo", "ourselves"}
    assert all(one.reason for one in snapshot.of(Initiative) if one.decision in ("no", "later"))
    assert [(bool(duty.duty_who), bool(duty.duty_when), duty.approver) for duty in snapshot.duties()] == [
        (True, True, "amo")
    ]
    assert sum(one.entry is not None for one in snapshot.of(Initiative)) >= 4
    assert any(goal.entry for goal in snapshot.chosen())


@pytest.mark.parametrize("language", ["da", "en"])
def test_everybody_named_has_said_yes(language: str) -> None:
    for anchor in held(language).of(Anchor):
        assert anchor.forum
        assert anchor.first
        assert anchor.responsible
        assert anchor.deputy
        assert anchor.responsible != anchor.deputy
        assert anchor.responsible_agreed
        assert anchor.deputy_agreed


@pytest.mark.parametrize("language", ["da", "en"])
def test_it_is_as_big_as_a_real_one(language: str) -> None:
    snapshot = held(language)
    assert len(snapshot.of(Card)) == 24
    assert len(snapshot.of(Heap)) == 5
    assert sum(goal.dots for goal in snapshot.of(Goal)) == 3 * (snapshot.workplace.people or 0)
    assert all(thing.lang == language for thing in texts(snapshot))


def texts(value: Any) -> list[Text]:
    """Every text of people in a workshop."""
    if isinstance(value, Text):
        return [value]
    if isinstance(value, Snapshot):
        return [text for thing in value.things.values() for text in texts(thing)]
    if isinstance(value, msgspec.Struct) and hasattr(value, "entry"):
        return [text for name in value.__struct_fields__ if name != "entry" for text in texts(getattr(value, name))]
    if isinstance(value, msgspec.Struct):
        return [text for name in value.__struct_fields__ for text in texts(getattr(value, name))]
    return []


def test_both_languages_tell_the_same_story() -> None:
    danish, english = held("da"), held("en")
    assert list(danish.things) == list(english.things)
    one, other = (
        [(type(t).__name__, *(bool(getattr(t, f)) for f in t.__struct_fields__)) for t in s.things.values()]
        for s in (danish, english)
    )
    assert one == other
    assert [type(c) for c in commands("da", DAY)] == [type(c) for c in commands("en", DAY)]
    assert danish.workplace.title.read("en") == english.workplace.title.text


def test_the_same_day_gives_the_same_commands() -> None:
    assert commands("da", DAY) == commands("da", DAY)


@pytest.mark.parametrize("month", range(1, 13))
def test_it_can_be_held_on_any_day_of_the_year(month: int) -> None:
    for day in (1, 15, 28):
        held_on = dt.date(2027, month, day)
        snapshot = held("da", held_on)
        firsts = [dt.date.fromisoformat(anchor.first or "") for anchor in snapshot.of(Anchor)]
        assert all(first.weekday() == 0 and first > held_on and first.month != 7 for first in firsts)
        assert all(dt.date.fromisoformat(review.date) > max(firsts) for review in snapshot.of(Review))
        assert findings(snapshot, calendar(), whole=True) == []
