"""Workshops to make reports of: the worked example, one that has barely begun, and one full of what people may type."""

from __future__ import annotations

import datetime as dt
from functools import cache

from msgspec.structs import replace

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
        Goal(
            "g",
            said[1],
            pulls="g2",
            chosen=True,
            dots=5,
            sign=said[2],
            indicator=said[3],
            unit=said[0],
            now=1,
            target=2,
        ),
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


_AIMS = (
    ("Mere ro til at blive færdig med det, vi er i gang med", "Vi går hjem med færdige notater og færre løse ender."),
    ("Vi taler pænt til hinanden og om hinanden hele dagen", "Man hører flere tak og færre suk ved overlapningen."),
    ("Kroppen skal kunne holde til arbejdet hele livet", "Liften er der, når vi skal bruge den, og den er ladet op."),
)
_TRIALS = (
    ("Fokustid uden telefoner og afbrydelser mellem klokken 13 og 14", "leader", "Tavlemødet i stueetagen"),
    ("Liften på plads og ladet op ved hvert vagtskifte", "amo", "AMO-møde"),
    ("Makkerordning for nye kolleger i de første tre måneder", "leader", "Personalemøde"),
    ("Gåmøder, når vi er to, og vejret er til det", "ourselves", "Tavlemødet i stueetagen"),
    ("Fælles frokost uden skærme og arbejdssnak hver torsdag", "ourselves", "Personalemøde"),
)
_PEOPLE = ("Anne-Marie Kristoffersen", "Muhammed Abdirahman Yusuf", "Kirsten Bjerregaard-Sørensen", "Ole", "Fatima")


def busy(language: str = "da", initiatives: int = 5) -> Snapshot:
    """A workshop that came far: long names, many initiatives, a legal duty, two promises, and few who have said yes."""
    goals = [
        Goal(f"g{n}", text(title), chosen=True, dots=9 - n, gains=("employee", "workplace"), sign=text(sign),
             indicator=text("Dage om ugen, hvor det lykkedes, talt på tavlemødet"), unit=text("dage"),
             now=1, target=4, due="2027-06-11")
        for n, (title, sign) in enumerate(_AIMS)
    ]  # fmt: skip
    things: list[Thing] = [*goals, Forum("AMO-møde", text("AMO-møde"))]
    things += [Forum(name, text(name), "week") for name in ("Tavlemødet i stueetagen", "Personalemøde")]
    for n in range(initiatives):
        title, approver, forum = _TRIALS[n % 5]
        who = (text(_PEOPLE[n % 5]), text(_PEOPLE[(n + 1) % 5]))
        things += [
            Initiative(f"i{n}", text(title), goals=("g1",), decision="yes", approver=approver),  # type: ignore[arg-type]
            Anchor(f"a{n}", f"i{n}", forum, f"2027-01-{11 + n}", *who, responsible_agreed=n == 0),
        ]
    things += [
        Initiative("d", text("Gennemgang af løft og hjælpemidler i alle seks afdelinger"), decision="must", duty="yes",
                   duty_who=text("Centerlederen og arbejdsmiljørepræsentanten"), duty_when="2027-04-05"),
        Commitment("p0", "time", text("Jeg sørger for, at én tager telefonen for de andre mellem 13 og 14."),
                   text("Centerlederen"), "2027-01-11"),
        Commitment("p1", "money", text("Jeg sætter 12.000 kr. af til liften og tager det med på næste AMO-møde."),
                   text("Områdelederen"), "2026-11-26"),
        Review("r0", "2027-02-22", "six_weeks"),
        Review("r1", "2027-04-12", "three_months"),
    ]  # fmt: skip
    meeting = begun(language, title="Et godt arbejdsliv i hverdagen", workplace="Plejehjemmet Solgården")
    snapshot = meeting.snapshot
    return replace(snapshot, things={**snapshot.things, **{thing.id: thing for thing in things}})
