"""Workshops to make reports of: the worked example, one that has barely begun, and one full of what people may type."""

from __future__ import annotations

import datetime as dt
from functools import cache

from trivsel.content import goals, programme
from trivsel.domain.commands import Add, CloseMeeting, StartWorkshop
from trivsel.domain.programme import GoalEntry
from trivsel.domain.things import (
    Anchor,
    Card,
    Commitment,
    Forum,
    Goal,
    Heap,
    Initiative,
    Resource,
    Review,
    Thing,
)
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.example import commands
from trivsel.example.meeting import Meeting

DAY = dt.date(2026, 11, 12)
PLACE = "goals.collect"

HOSTILE = (
    "<script>alert(1)</script>",
    "</template><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "=1+1",
    "![bild](http://example.com/x.png)",
    "$e^{i\\pi}$ & <b>fed</b>",
    "👩🏽‍🔧🌈",
    "שלום עולם",
    '"><svg onload=alert(1)>',
    "</style><title>x</title>",
)


@cache
def example(language: str) -> Snapshot:
    """The worked example as it is when the meeting is over."""
    meeting = Meeting()
    for command in commands(language, DAY):
        meeting.do(command)
    return meeting.snapshot


def begun(language: str = "da", people: int | None = 17, key: str = "five_questions", **about: str) -> Meeting:
    """A workshop that has just begun."""
    meeting = Meeting()
    meeting.do(
        StartWorkshop(
            programme(key), language, DAY.isoformat(), about.get("title", "Trivsel"), about.get("workplace", ""), people
        )
    )
    return meeting


def holding(*things: Thing, language: str = "da", people: int | None = 17) -> Snapshot:
    """A workshop with these things in it, its meeting over."""
    meeting = begun(language, people)
    if things:
        meeting.do(Add(PLACE, things))
    meeting.do(CloseMeeting(DAY.isoformat()))
    return meeting.snapshot


def text(words: str) -> Text:
    return Text("da", words)


def catalogue_goal(id: str) -> GoalEntry:
    return next(goal for goal in goals() if goal.id == id)


def hostile(language: str = "da") -> Snapshot:
    """Every kind of thing, and in every text of it something that wants to be more than text."""
    said = [text(words) for words in HOSTILE]
    things: list[Thing] = [Card(f"c{n}", PLACE, one, "h" if n % 2 else None) for n, one in enumerate(said)]
    things += [
        Heap("h", PLACE, said[0]),
        Goal("g", said[1], chosen=True, dots=5, sign=said[2], indicator=said[3], unit=said[0], now=1, target=2),
        Goal("g2", said[4], dots=2),
        Initiative("i", said[5], note=said[6], goals=("g",), decision="yes"),
        Initiative("i2", said[7], decision="no", reason=said[8]),
        Initiative("i3", said[9], decision="later", reason=said[0]),
        Initiative("i4", said[0], note=said[1], works=True),
        Initiative("i5", said[1], duty="yes", duty_who=said[2]),
        Resource("r", "i", hours=3, money=4, missing=said[8], who=said[9]),
        Forum("f", said[0]),
        Anchor("a", "i", "f", "2027-01-11", said[1], said[2]),
        Commitment("p", "lead", said[4], said[5], "2027-01-11"),
        Review("v", "2027-02-22", "<b>"),
    ]
    meeting = begun(language, title=HOSTILE[0], workplace=HOSTILE[1])
    meeting.do(Add(PLACE, tuple(things)))
    meeting.change(PLACE, "workplace", limits=said[1], keeper=said[0], readers=said[8])
    meeting.do(CloseMeeting(DAY.isoformat()))
    meeting.change(PLACE, "i", title=said[0])
    return meeting.snapshot
