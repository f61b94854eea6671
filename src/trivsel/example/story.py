"""The story of the worked example, told as a room would live it: from the welcome to the last word."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from itertools import chain, zip_longest
from pathlib import Path
from typing import Any

from trivsel.content import calendar, goals, initiatives, programme
from trivsel.content.tables import read_toml
from trivsel.domain import commands as c
from trivsel.domain.calendar import later, review_presets
from trivsel.domain.events import Value
from trivsel.domain.presets import in_languages
from trivsel.domain.tasks import asked, task_id
from trivsel.domain.things import WORKPLACE, Card, Commitment, Goal, Initiative, Review, Task
from trivsel.domain.words import Text, pick
from trivsel.example.meeting import Meeting

Told = dict[str, Any]

_TEXTS = (
    "title",
    "name",
    "note",
    "reason",
    "missing",
    "who",
    "sign",
    "indicator",
    "unit",
    "decide",
    "limits",
    "role",
    "alternative",
    "safeguard",
    "stop",
)
_DUTY_WEEKS = 12


def hold(meeting: Meeting, language: str, day: dt.date) -> None:
    """Hold the whole meeting on ``day``."""
    told = read_toml(Path(__file__).parent / "solgaarden.toml")
    _welcome(meeting, told, language, day)
    _goals(meeting, told, language, day)
    _initiatives(meeting, told, language, day)
    _resources(meeting, told, language)
    _anchoring(meeting, told, language, day)
    _evaluation(meeting, told, language, day)


def start(day: dt.date, weeks: int = 0) -> dt.date:
    """The Monday on which something can begin: about four weeks on, past Christmas and July, then ``weeks`` later."""
    first = _monday(day + dt.timedelta(weeks=4))
    if (first.month, first.day) >= (12, 10):
        first = _monday(dt.date(first.year + 1, 1, 8))
    elif (first.month, first.day) < (1, 8):
        first = _monday(dt.date(first.year, 1, 8))
    monday = first + dt.timedelta(weeks=weeks)
    while calendar().why_away(monday):
        monday += dt.timedelta(weeks=1)
    return monday


def _monday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=-day.weekday() % 7)


def _text(words: Mapping[str, str], language: str) -> Text:
    return in_languages(dict(words), language)


def _fields(told: Told, language: str, *names: str) -> dict[str, Value]:
    """The named fields of what is told, its texts in the language of the workshop with the others beside them."""
    return {n: _text(told[n], language) if n in _TEXTS else _value(told[n]) for n in names if n in told}


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _welcome(meeting: Meeting, told: Told, language: str, day: dt.date) -> None:
    meeting.do(
        c.StartWorkshop(
            programme=programme("five_questions"),
            language=language,
            day=day.isoformat(),
            title=pick(told["title"], language),
            workplace=pick(told["workplace"], language),
            people=told["people"],
            committee=told["committee"],
            leads=pick(told["leads"], language),
        )
    )
    place = "welcome.welcome"
    whole = {"title": told["title"], "name": told["workplace"], "leads": told["leads"]}
    meeting.change(place, WORKPLACE, **{field: _text(words, language) for field, words in whole.items()})
    meeting.change(place, WORKPLACE, **_fields(told, language, "hours", "money", "decide", "limits", "end"))


def _goals(meeting: Meeting, told: Told, language: str, day: dt.date) -> None:
    heaps: dict[str, Told] = told["heap"]
    place = "goals.collect"
    meeting.move(place)
    # One card from each in turn: the order in which they come in says nothing about what belongs together.
    mixed = chain.from_iterable(zip_longest(*[[(key, w) for w in heap["cards"]] for key, heap in heaps.items()]))
    named = [(key, words) for pair in mixed if pair is not None for key, words in [pair]]
    named += [("", words) for words in told["loose"]["cards"]]
    cards = [
        (key, Card(f"card-{n:02}", place, Text(language, pick(words, language))))
        for n, (key, words) in enumerate(named)
    ]
    for _, card in cards:
        meeting.do(c.Add(place, (card,)))
    place = "goals.group"
    meeting.move(place)
    for key, heap in heaps.items():
        first, *others = [card.id for of, card in cards if of == key]
        for other in others:
            meeting.do(c.Gather(place, other, first, f"heap-{key}"))
        if "catalogue" in heap:
            entry = next(goal for goal in goals() if goal.id == heap["catalogue"])
            title = _text(heap["name"], language)
            meeting.do(c.Add(place, (Goal(f"goal-heap-{key}", title, origin=f"heap-{key}", entry=entry),)))
        meeting.change(place, f"heap-{key}", name=_text(heap["name"], language))
    place = "goals.connect"
    meeting.do(c.PlanActivity(place, "meeting"))
    meeting.move(place)
    for key, heap in heaps.items():
        if "pulls" in heap:
            meeting.change(place, f"goal-heap-{key}", pulls=f"goal-heap-{heap['pulls']}")
    place = "goals.prioritise"
    meeting.move(place)
    for key, heap in heaps.items():
        meeting.change(place, f"goal-heap-{key}", dots=heap["dots"])
    for key in told["goal"]:
        meeting.change(place, f"goal-heap-{key}", chosen=True)
    place = "goals.measure"
    meeting.move(place)
    for key, goal in told["goal"].items():
        fields = _fields(goal, language, "gains", "sign", "indicator", "unit", "now", "target")
        due = calendar().working_day(later(start(day), 0, goal["months"])).isoformat()
        meeting.change(place, f"goal-heap-{key}", **fields, due=due)


def _initiatives(meeting: Meeting, told: Told, language: str, day: dt.date) -> None:
    place = "initiatives.collect"
    meeting.move(place)
    for idea in told["idea"]:
        entry = next((entry for entry in initiatives() if entry.id == idea.get("catalogue")), None)
        title = idea.get("title") or (entry.title if entry else {})
        meeting.do(
            c.Add(
                place,
                (
                    Initiative(
                        id=f"idea-{idea['id']}",
                        title=_text(title, language),
                        note=_text(idea["note"], language) if "note" in idea else None,
                        entry=entry,
                        goals=tuple(f"goal-heap-{key}" for key in idea.get("goals", ())),
                        levels=tuple(idea.get("levels", ())),
                        works=idea.get("works", False),
                    ),
                ),
            )
        )
    for place in ("initiatives.barriers", "initiatives.rate"):
        meeting.move(place)
        for idea in told["idea"]:
            fields = ("barriers", "alternative") if place.endswith("barriers") else ("effect", "effort")
            meeting.change(place, f"idea-{idea['id']}", **_fields(idea, language, *fields))
    place = "initiatives.decide"
    meeting.move(place)
    for idea in told["idea"]:
        id = f"idea-{idea['id']}"
        if idea.get("must"):
            when = calendar().working_day(start(day) + dt.timedelta(weeks=_DUTY_WEEKS)).isoformat()
            meeting.change(place, id, duty="yes")
            meeting.change(place, id, duty_who=_text(idea["who"], language), duty_when=when)
        else:
            meeting.change(place, id, **_fields(idea, language, "decision", "reason"))


def _resources(meeting: Meeting, told: Told, language: str) -> None:
    meeting.move("break.break")
    place = "resources.needs"
    meeting.move(place)
    for idea in told["idea"]:
        if idea.get("decision") == "yes":
            fields = _fields(idea, language, "size", "hours", "money", "missing", "who")
            meeting.change(place, f"resource-idea-{idea['id']}", **fields)


def _anchoring(meeting: Meeting, told: Told, language: str, day: dt.date) -> None:
    place = "anchoring.routines"
    meeting.move(place)
    tried = [idea for idea in told["idea"] if idea.get("decision") == "yes"]
    for week, idea in enumerate(tried):
        id = f"anchor-idea-{idea['id']}"
        first = start(day, week).isoformat()
        meeting.change(place, id, forum=f"forum-{idea['forum']}", first=first)
        meeting.change(place, id, responsible=_text(idea["responsible"], language), responsible_agreed=True)
        meeting.change(place, id, deputy=_text(idea["deputy"], language), deputy_agreed=True)
    place = "anchoring.whatif"
    meeting.move(place)
    for idea in tried:
        meeting.change(place, f"anchor-idea-{idea['id']}", **_fields(idea, language, "holds", "safeguard"))
    place = "anchoring.commitments"
    meeting.move(place)
    days = {"start": start(day), "soon": calendar().working_day(day + dt.timedelta(weeks=2))}
    for number, promise in enumerate(told["promise"], 1):
        said = Commitment(
            id=f"promise-{number}",
            sort=promise["sort"],
            text=_text(promise["text"], language),
            role=_text(promise["role"], language),
            date=days[promise["when"]].isoformat(),
        )
        meeting.do(c.Add(place, (said,)))
    meeting.move("anchoring.wheel")


def _evaluation(meeting: Meeting, told: Told, language: str, day: dt.date) -> None:
    place = "evaluation.when"
    meeting.move(place)
    for option, when in review_presets(meeting.snapshot, calendar()):
        meeting.do(c.Add(place, (Review(f"review-{option.key}", when, option.key),)))
    for idea in told["idea"]:
        meeting.change("evaluation.how", f"idea-{idea['id']}", **_fields(idea, language, "how", "stop"))
    place = "evaluation.close"
    meeting.move(place)
    closing = {"keeper": _text(told["keeper"], language), "readers": _text(told["readers"], language)}
    meeting.change(place, WORKPLACE, calendar_sent=True, **closing)
    for task in asked(meeting.snapshot):
        meeting.do(c.Add(place, (Task(task_id(task), task, done=True),)))
    meeting.do(c.CloseMeeting(day.isoformat()))
