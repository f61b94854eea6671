"""What a meeting consists of: a programme of steps, each with its activities, and the catalogue entries taken."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from msgspec import Struct

from trivsel.domain.words import Words

State = Literal["meeting", "extra", "after"]
"""Where an activity belongs: in the meeting, extra (off until somebody adds it), or a task after the meeting."""

Kind = Literal[
    "welcome", "collect", "group", "connect", "prioritise", "measure", "ideas", "barriers", "rate", "decide", "break",
    "allocate", "frame", "anchor", "whatif", "commit", "selfcheck", "wheel", "how", "plan", "close",
]  # fmt: skip
"""What sort of thing the group does; every kind has its rules here and its work area on the shared screen."""

Level = Literal["I", "G", "L", "O"]
"""IGLO: individual, group, leadership, organisation (field notes, section 6)."""

Duty = Literal["no", "part", "yes"]
"""Whether the law already asks it of the employer: not at all, in part, or wholly."""

Approver = Literal["ourselves", "leader", "amo", "su", "top"]
"""Who must say yes: ourselves, our leader, the work-environment committee, SU/MED, or top management."""

Rating = Literal["low", "medium", "high"]


class Option(Struct, frozen=True, omit_defaults=True):
    """A preset of an activity: a fixed meeting, a kind of promise, a size, a review date, a ground rule."""

    key: str
    label: Words
    text: Words = {}
    rhythm: str = ""
    hours: float | None = None
    money: float | None = None
    weeks: int | None = None
    months: int | None = None


class Activity(Struct, frozen=True, omit_defaults=True):
    """One thing the group does. Minutes are those planned; ``if_skipped`` says what the next step gets instead."""

    key: str
    kind: Kind
    label: Words
    question: Words
    why: Words
    minutes: int
    state: State = "meeting"
    if_skipped: Words = {}
    task: Words = {}
    new: Words = {}
    """What the field for something new is called, where "New goal" would be the wrong word."""
    add: Words = {}
    alone: int | None = None
    """Minutes of thinking alone before anybody speaks."""
    pairs: int | None = None
    """Minutes of talking in pairs."""
    options: tuple[Option, ...] = ()
    cards: int | None = None
    """How many cards each phone has."""
    dots: int | None = None
    """How many dots each phone has."""
    ask: Words = {}
    """What phones are asked, where it is not the question on the screen: the harmless test of the welcome."""
    answers: tuple[Option, ...] = ()
    """What a phone can choose among or tick, or the levers of a self-check."""


class Step(Struct, frozen=True, omit_defaults=True):
    """Activities that answer one question. An interlude (welcome, break) has no tab and no mark."""

    key: str
    title: Words
    activities: tuple[Activity, ...]
    purpose: Words = {}
    colour: str = "goals"
    interlude: bool = False


class Programme(Struct, frozen=True, dict=True):
    """An ordered list of steps that a workshop runs through."""

    key: str
    title: Words
    steps: tuple[Step, ...]
    description: Words = {}

    def places(self) -> Iterator[tuple[str, Step, Activity]]:
        """Every activity in order with its place, ``step.activity``."""
        for step in self.steps:
            for activity in step.activities:
                yield f"{step.key}.{activity.key}", step, activity

    def find(self, place: str) -> tuple[Step, Activity] | None:
        """The step and activity at ``place``, or None where the programme has no such place."""
        return self._by_place.get(place)

    @cached_property
    def _by_place(self) -> dict[str, tuple[Step, Activity]]:
        return {place: (step, activity) for place, step, activity in self.places()}

    def step(self, key: str) -> Step | None:
        """The step with that key, or None."""
        return next((step for step in self.steps if step.key == key), None)

    def kinds(self, kind: Kind) -> list[str]:
        """The places of every activity of a kind, in order."""
        return [place for place, _, activity in self.places() if activity.kind == kind]


class GoalEntry(Struct, frozen=True):
    """A goal of the catalogue. ``smallest_group`` is the fewest people its figure may be shown for;
    ``never_in_the_room`` means that the figure is never shown or asked for on a shared screen."""

    id: str
    title: Words
    indicator: Words
    unit: Words
    direction: Literal["up", "down"]
    data_source: Words
    never_in_the_room: bool
    smallest_group: int
    source: str


class InitiativeEntry(Struct, frozen=True):
    """An initiative of the catalogue. The four ratings and the goal links are the kit's own judgement."""

    id: str
    category: Words
    title: Words
    description: Words
    levels: tuple[Level, ...]
    time: Rating
    competence: Rating
    money: Rating
    facilities: Rating
    goals: tuple[str, ...]
    legal_duty: Duty
    approval: Literal["group", "leader", "committee"]
    evidence: Literal["research", "trial", "authority", "sector_tool", "practice", "own_proposal"]
    verified: bool
    source: str
