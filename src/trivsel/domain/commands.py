"""What a person can ask of a workshop. Whether it may happen is for ``rules.decide`` to say."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from trivsel.domain.events import Document, Value
from trivsel.domain.programme import Programme, State
from trivsel.domain.things import Committee, Thing
from trivsel.domain.words import Text


class Command(Struct, frozen=True):
    """The base of all commands."""


class StartWorkshop(Command, frozen=True):
    """Begin a workshop. ``day`` is ISO 8601; ``people`` is how many work there."""

    programme: Programme
    language: str
    day: str
    title: str
    workplace: str = ""
    people: int | None = None
    committee: Committee = "none"
    leads: str = ""


class MoveRoom(Command, frozen=True):
    """Take the room to ``place``. ``was`` is where the one who asks saw it, so that two presses move it once."""

    place: str
    was: str


class PlanActivity(Command, frozen=True):
    """Put an activity in the meeting, make it an extra, or leave it for after the meeting."""

    place: str
    state: State


class StartTimer(Command, frozen=True):
    """Start a clock for the activity: ``phase`` is alone, pairs or break; ``seconds`` is 10 to 7,200."""

    place: str
    phase: str
    seconds: int


class StopTimer(Command, frozen=True):
    """Stop the clock of the activity."""

    place: str


class Add(Command, frozen=True):
    """Bring one or more things into the workshop."""

    place: str
    things: tuple[Thing, ...]


class Change(Command, frozen=True):
    """Make a field ``now``. Refused with both texts if it is no longer ``was``."""

    place: str
    id: str
    field: str
    was: Value
    now: Value


class Remove(Command, frozen=True):
    """Take a thing out."""

    place: str
    id: str


class Gather(Command, frozen=True):
    """Lay a card on another card or in a heap; on a loose card, or on itself, it begins a new
    heap with the id ``heap``."""

    place: str
    card: str
    onto: str
    heap: str


class TickCard(Command, frozen=True):
    """Make a card a chosen goal, with the id ``goal``: the way on when grouping was skipped."""

    place: str
    card: str
    goal: str


class Undo(Command, frozen=True):
    """Take back the newest change made in the activity from the shared screen."""

    place: str


class Redo(Command, frozen=True):
    """Do again what was last taken back in the activity."""

    place: str


class CloseMeeting(Command, frozen=True):
    """End the meeting on ``day`` (ISO 8601)."""

    day: str


class ReopenMeeting(Command, frozen=True):
    """Take the meeting up again."""


class ImportDocument(Command, frozen=True):
    """Fill an empty workshop with what a file holds."""

    document: Document


AnyCommand = (
    StartWorkshop | MoveRoom | PlanActivity | StartTimer | StopTimer | Add | Change | Remove | Gather | TickCard
    | Undo | Redo | CloseMeeting | ReopenMeeting | ImportDocument
)  # fmt: skip


class Refusal(Struct, frozen=True):
    """Why something may not happen: the key of a message that both languages have, and what to put in it."""

    key: str
    about: dict[str, str] = {}


def written(text: str, language: str) -> Text:
    """A text as somebody typed it, on one line: control characters and doubled blanks are left out."""
    kept = "".join(c if c.isprintable() or unicodedata.category(c) == "Cf" else " " for c in text)
    return Text(language, " ".join(kept.split()))
