"""A small programme with every kind of activity, and short ways to say what happens in a workshop that follows it."""

from __future__ import annotations

from typing import cast, get_args

from trivsel.domain import commands as c
from trivsel.domain import things as t
from trivsel.domain.commands import Refusal
from trivsel.domain.events import Event, Record
from trivsel.domain.programme import Activity, GoalEntry, InitiativeEntry, Kind, Option, Programme, State, Step
from trivsel.domain.rules import decide
from trivsel.domain.words import Text
from trivsel.domain.workshop import FACILITATOR, Builder, Snapshot

AT = "2026-11-23T09:00:00.000+00:00"

_OPTIONS: dict[str, tuple[Option, ...]] = {
    "allocate": (
        Option("small", {"da": "Lille", "en": "Small"}, hours=10, money=0),
        Option("medium", {"da": "Mellem", "en": "Medium"}, hours=40, money=5_000),
        Option("large", {"da": "Stor", "en": "Large"}, hours=120, money=25_000),
    ),
    "anchor": (
        Option("staff", {"da": "Personalemøde", "en": "Staff meeting"}, rhythm="month"),
        Option("committee", {"da": "AMO-møde", "en": "Committee meeting"}, rhythm="quarter"),
    ),
}


_ANSWERS = {
    "welcome": ("bike", "foot"),
    "barriers": ("night", "language"),
    "selfcheck": ("together", "again"),
}


_STATES: dict[str, State] = {"connect": "extra", "frame": "after", "how": "after"}
"""Where an activity belongs, if not in the meeting."""


def _activity(kind: str) -> Activity:
    words = {"da": kind, "en": kind}
    answers = tuple(Option(key, {"da": key, "en": key}) for key in _ANSWERS.get(kind, ()))
    options = _OPTIONS.get(kind, ())
    state = _STATES.get(kind, "meeting")
    return Activity(kind, cast(Kind, kind), words, words, words, 5, state, options=options, answers=answers)


def _step(key: str, *kinds: str, interlude: bool = False) -> Step:
    return Step(key, {"da": key, "en": key}, tuple(map(_activity, kinds)), interlude=interlude)


PROGRAMME = Programme(
    "sample",
    {"da": "Prøve", "en": "Sample"},
    (
        _step("welcome", "welcome", interlude=True),
        _step("goals", "collect", "group", "connect", "prioritise", "measure"),
        _step("initiatives", "ideas", "barriers", "rate", "decide"),
        _step("pause", "break", interlude=True),
        _step("resources", "allocate", "frame"),
        _step("anchoring", "anchor", "whatif", "commit", "selfcheck", "wheel"),
        _step("evaluation", "how", "plan", "close"),
    ),
)
assert {activity.kind for _, _, activity in PROGRAMME.places()} == set(get_args(Kind))
PLACES = tuple(place for place, _, _ in PROGRAMME.places())
COLLECT, GROUP, PRIORITISE, MEASURE, IDEAS, DECIDE = (
    "goals.collect",
    "goals.group",
    "goals.prioritise",
    "goals.measure",
    "initiatives.ideas",
    "initiatives.decide",
)
ALLOCATE, ANCHOR, COMMIT, PLAN = "resources.allocate", "anchoring.anchor", "anchoring.commit", "evaluation.plan"

START = c.StartWorkshop(PROGRAMME, "da", "2026-11-23", "Et godt arbejdsliv", "Skolen", 34, "amo")


def text(words: str) -> Text:
    return Text("da", words)


def card(id: str, words: str = "Mere ro") -> t.Card:
    return t.Card(id, COLLECT, text(words))


def goal(id: str, title: str = "Ro", **fields: object) -> t.Goal:
    return t.Goal(id, text(title), **fields)  # type: ignore[arg-type]


def initiative(id: str, title: str = "En stille time", **fields: object) -> t.Initiative:
    return t.Initiative(id, text(title), **fields)  # type: ignore[arg-type]


def add(*things: t.Thing, place: str = COLLECT) -> c.Add:
    return c.Add(place, things)


def change(id: str, field: str, was: object, now: object, place: str = COLLECT) -> c.Change:
    return c.Change(place, id, field, was, now)  # type: ignore[arg-type]


def goal_entry(id: str, *, never: bool = False, smallest: int = 1) -> GoalEntry:
    words = {"da": id, "en": id}
    return GoalEntry(id, words, words, words, "up", words, never, smallest, "")


def initiative_entry(
    id: str, *, duty: str = "no", approval: str = "group", goals: tuple[str, ...] = ()
) -> InitiativeEntry:
    words = {"da": id, "en": id}
    return InitiativeEntry(
        id, words, words, words, ("G", "O"), "high", "low", "medium", "low", goals,
        duty, approval, "practice", False, "",
    )  # type: ignore[arg-type]  # fmt: skip


class Meeting:
    """A workshop in memory: what is done is decided, numbered and folded as the store would do it."""

    def __init__(self, *commands: c.Command) -> None:
        self.records: list[Record] = []
        self.builder = Builder()
        self.number = 0
        for command in commands:
            self.must(command)

    @property
    def snapshot(self) -> Snapshot:
        snapshot = self.builder.snapshot()
        assert snapshot is not None
        return snapshot

    def try_(self, command: c.Command, actor: str = FACILITATOR, at: str = AT) -> list[Event] | Refusal:
        decision = decide(self.builder.snapshot(), command)
        if isinstance(decision, Refusal):
            return decision
        self.number += 1
        for event in decision:
            record = Record(len(self.records) + 1, at, actor, f"command-{self.number}", event)
            self.records.append(record)
            self.builder.fold([record])
        return decision

    def must(self, command: c.Command, actor: str = FACILITATOR) -> list[Event]:
        decision = self.try_(command, actor)
        assert not isinstance(decision, Refusal), decision
        return decision

    def refused(self, command: c.Command) -> str:
        decision = self.try_(command)
        assert isinstance(decision, Refusal), decision
        return decision.key
