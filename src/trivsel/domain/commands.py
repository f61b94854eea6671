"""What a person can ask of a workshop. Whether it may happen is for ``rules.decide`` to say."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from trivsel.domain.asking import Role, Verdict, Wish
from trivsel.domain.events import Document, Value
from trivsel.domain.programme import Programme, State
from trivsel.domain.things import Committee, Goal, Thing
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
    """Take the room to ``place``. ``was`` is where the one who asks saw it, so that two presses move it once;
    ``hand`` is which page asks, where one of several facilitators leads."""

    place: str
    was: str
    hand: str = ""


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


class MergeCards(Command, frozen=True):
    """Lay cards that say the same in one heap: one they lie in already, else a new one with the id ``heap``."""

    place: str
    cards: tuple[str, ...]
    heap: str


class MergeGoals(Command, frozen=True):
    """Make two goals one: ``goal`` goes, and all that was said of it and pointed at it goes over to ``into``."""

    place: str
    goal: str
    into: str


class MatchHeap(Command, frozen=True):
    """Make a heap's goal one of the catalogue's: ``goal`` is new and carries the catalogue entry."""

    place: str
    heap: str
    goal: Goal


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


class OpenDoor(Command, frozen=True):
    """Let phones in on ``day``, with ``code`` unless there is one for that day already. With ``begin``
    a workshop that has not begun begins at its first question; without, it stays where it is."""

    code: str
    day: str
    begin: bool = True


class CloseDoor(Command, frozen=True):
    """Let no more phones in. Those who are in go on."""


class RemoveSeat(Command, frozen=True):
    """Take a phone out, by a pseudonym that is used for nothing else."""

    seat: str


class FromPhone(Command, frozen=True):
    """The base of what phones ask for. ``seat`` is their pseudonym in this activity."""

    place: str
    seat: str


class SendCard(FromPhone, frozen=True):
    """Send a card; its id is made from the phone's own, so that sending it again is harmless."""

    id: str
    text: Text
    works: bool = False


class WithdrawCard(FromPhone, frozen=True):
    """Take one's own card back before it is shown."""

    id: str


class CastVote(FromPhone, frozen=True):
    """Answer with a number for each thing asked about; an earlier answer in the same round is replaced."""

    round: int
    votes: dict[str, int]
    role: Role = ""


class MakeWish(FromPhone, frozen=True):
    """Ask for more time or to move on, or say that one is done; empty takes it back."""

    wish: Wish


class JudgeCard(Command, frozen=True):
    """Decide what becomes of a card that is looked at first. ``representative`` is AMR's or TR's own page."""

    place: str
    id: str
    verdict: Verdict
    reason: str = ""
    representative: bool = False


class TranslateCard(Command, frozen=True):
    """Put the group's own translation beside a card that is still hidden."""

    place: str
    id: str
    lang: str
    text: str


class ShowCards(Command, frozen=True):
    """Show those of the hidden cards."""

    place: str
    ids: tuple[str, ...]


class CloseAnswers(Command, frozen=True):
    """Take no more answers, and count."""

    place: str


class OpenAnswers(Command, frozen=True):
    """Take answers again; ``again`` begins a new round in which everybody answers anew."""

    place: str
    again: bool = False


class AnswerForManagement(Command, frozen=True):
    """Write down management's own answer, said aloud."""

    place: str
    votes: dict[str, int]


class ShowResults(Command, frozen=True):
    """Show what was counted."""

    place: str


class AddMinutes(Command, frozen=True):
    """Give an activity more time, 1 to 30 minutes at once."""

    place: str
    minutes: int


class TakeLead(Command, frozen=True):
    """Be the one who moves the room; an empty hand lets everybody move it."""

    hand: str
    name: str = ""


class ShowFinding(Command, frozen=True):
    """Show the room a finding that only the presenter sees otherwise, or take it off the screen."""

    key: str
    shown: bool = True


AnyCommand = (
    StartWorkshop | MoveRoom | PlanActivity | StartTimer | StopTimer | Add | Change | Remove | Gather | TickCard
    | MergeCards | MergeGoals | MatchHeap
    | Undo | Redo | CloseMeeting | ReopenMeeting | ImportDocument | OpenDoor | CloseDoor | RemoveSeat | SendCard
    | WithdrawCard | CastVote | MakeWish | JudgeCard | TranslateCard | ShowCards | CloseAnswers | OpenAnswers
    | AnswerForManagement | ShowResults | AddMinutes | TakeLead
    | ShowFinding
)  # fmt: skip


class Refusal(Struct, frozen=True):
    """Why something may not happen: the key of a message that both languages have, and what to put in it."""

    key: str
    about: dict[str, str] = {}


def written(text: str, language: str) -> Text:
    """A text as somebody typed it, on one line: control characters and doubled blanks are left out."""
    kept = "".join(c if c.isprintable() or unicodedata.category(c) == "Cf" else " " for c in text)
    return Text(language, " ".join(kept.split()))
