"""What has happened in a workshop: the only thing that is ever stored. A kind of event never changes meaning."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from trivsel.domain.asking import Role, Tally, Verdict, Wish
from trivsel.domain.programme import Programme, State
from trivsel.domain.things import Thing
from trivsel.domain.words import Text

Value = Text | str | float | int | bool | tuple[str, ...] | None
"""What a field of a thing can hold, as it is stored."""


class Happening(Struct, frozen=True, omit_defaults=True, gc=False, tag_field="event"):
    """The base of all events. Values never refer to themselves, so the garbage collector need not look at them."""


class WorkshopStarted(Happening, frozen=True, tag="workshop_started"):
    """A workshop began, with a copy of its programme, so that a changed file never changes it."""

    programme: Programme
    language: str
    day: str
    things: tuple[Thing, ...]


class RoomMoved(Happening, frozen=True, tag="room_moved"):
    """The facilitator took the room to another activity."""

    place: str


class ActivityPlanned(Happening, frozen=True, tag="activity_planned"):
    """An activity was put in the meeting, made an extra, or left for after the meeting."""

    place: str
    state: State
    was: State


class TimerStarted(Happening, frozen=True, tag="timer_started"):
    """A clock of so many seconds was started for an activity (thinking alone, pair talk, break)."""

    place: str
    phase: str
    seconds: int


class TimerStopped(Happening, frozen=True, tag="timer_stopped"):
    """The clock was stopped."""

    place: str


class Added(Happening, frozen=True, tag="added"):
    """A thing came into the workshop."""

    place: str
    thing: Thing


class Changed(Happening, frozen=True, tag="changed"):
    """One field of a thing became ``now``; it was ``was``."""

    place: str
    id: str
    field: str
    was: Value
    now: Value


class Removed(Happening, frozen=True, tag="removed"):
    """A thing was taken out. It is kept aside, so that it can come back as it was."""

    place: str
    id: str


class Returned(Happening, frozen=True, tag="returned"):
    """A thing that had been taken out came back as it was."""

    place: str
    id: str


Content = Added | Changed | Removed | Returned


class Undone(Happening, frozen=True, tag="undone"):
    """A command was taken back by the inverse of what it had done."""

    place: str
    command: str
    changes: tuple[Content, ...]


class Redone(Happening, frozen=True, tag="redone"):
    """A command that had been taken back was done again."""

    place: str
    command: str
    changes: tuple[Content, ...]


class MeetingClosed(Happening, frozen=True, tag="meeting_closed"):
    """The meeting ended; what changes later is listed with its day."""

    day: str


class MeetingReopened(Happening, frozen=True, tag="meeting_reopened"):
    """The meeting was taken up again."""


class DocumentImported(Happening, frozen=True, tag="document_imported"):
    """A workshop came in from a file, in one go."""

    document: Document


class Erased(Happening, frozen=True, tag="erased"):
    """Something stood here and has been erased for good; only its number is left. ``place`` is where an answer
    stood that had been counted, since no new figure may be set beside the old one there."""

    place: str = ""


class DoorOpened(Happening, frozen=True, tag="door_opened"):
    """Phones can come in with this code."""

    code: str
    day: str


class DoorClosed(Happening, frozen=True, tag="door_closed"):
    """No new phone can come in."""


class SeatRemoved(Happening, frozen=True, tag="seat_removed"):
    """A phone was taken out: its pseudonym, which stands nowhere else."""

    seat: str


class CardSent(Happening, frozen=True, tag="card_sent"):
    """A phone sent a card; it is hidden until it is shown. ``works`` means that they do it already and it works."""

    place: str
    id: str
    text: Text
    works: bool = False


class CardWithdrawn(Happening, frozen=True, tag="card_withdrawn"):
    """Whoever sent a card took it back before it was shown."""

    place: str
    id: str


class CardJudged(Happening, frozen=True, tag="card_judged"):
    """A card was looked at first: shown with the others, sent to AMO, sent back, or held back with a reason."""

    place: str
    id: str
    verdict: Verdict
    reason: str = ""


class CardTranslated(Happening, frozen=True, tag="card_translated"):
    """A card that is still hidden got the group's own translation beside it; empty takes it away."""

    place: str
    id: str
    lang: str
    text: str


class CardsShown(Happening, frozen=True, tag="cards_shown"):
    """Hidden cards were shown, in an order that has nothing to do with who came first."""

    place: str
    ids: tuple[str, ...]


class Voted(Happening, frozen=True, tag="voted"):
    """A phone gave its answer, or another one instead of it; no numbers takes it back."""

    place: str
    round: int
    votes: dict[str, int]
    role: Role = ""


class Wished(Happening, frozen=True, tag="wished"):
    """A phone asked for more time, to move on, or said that it is done."""

    place: str
    wish: Wish


class AnswersClosed(Happening, frozen=True, tag="answers_closed"):
    """No more answers are taken; where there was something to count, this is what may be shown of it."""

    place: str
    tally: Tally | None = None


class AnswersOpened(Happening, frozen=True, tag="answers_opened"):
    """Answers are taken again, in the same round or a new one."""

    place: str
    round: int


class ManagementAnswered(Happening, frozen=True, tag="management_answered"):
    """Management said its own answer aloud, after the others' was closed and before it was shown."""

    place: str
    votes: dict[str, int]


class ResultsShown(Happening, frozen=True, tag="results_shown"):
    """What had been counted was shown to all."""

    place: str


class MinutesAdded(Happening, frozen=True, tag="minutes_added"):
    """An activity was given more time."""

    place: str
    minutes: int


class LeadTaken(Happening, frozen=True, tag="lead_taken"):
    """One of several facilitators moves the room from now on; empty gives it to all."""

    hand: str
    name: str = ""


class FindingShown(Happening, frozen=True, tag="finding_shown"):
    """The presenter showed the room a finding about people or management, or took it off the screen again."""

    key: str
    shown: bool = True


class Document(Struct, frozen=True, omit_defaults=True):
    """A workshop as a file: what the group keeps, without seats, times or order of writing."""

    format: str
    version: int
    language: str
    day: str
    programme: Programme
    things: tuple[Thing, ...]
    place: str = ""
    visited: tuple[str, ...] = ()
    states: dict[str, State] = {}
    closed: str | None = None
    later: tuple[LaterChange, ...] = ()
    tallies: dict[str, tuple[Tally, ...]] = {}
    """By activity, what was counted and shown."""
    management: dict[str, dict[str, int]] = {}


class LaterChange(Struct, frozen=True):
    """Something that was changed after the meeting had closed: on which day, on what thing, and how."""

    day: str
    id: str
    label: str


Event = (
    WorkshopStarted | RoomMoved | ActivityPlanned | TimerStarted | TimerStopped | Added | Changed | Removed
    | Returned | Undone | Redone | MeetingClosed | MeetingReopened | DocumentImported | Erased | DoorOpened
    | DoorClosed | SeatRemoved | CardSent | CardWithdrawn | CardJudged | CardTranslated | CardsShown | Voted | Wished
    | AnswersClosed | AnswersOpened | ManagementAnswered | ResultsShown | MinutesAdded | LeadTaken | FindingShown
)  # fmt: skip


class Record(Struct, frozen=True, gc=False):
    """An event in its place: its number, when it was written (UTC, ISO 8601), by whom, and by which command."""

    seq: int
    at: str
    actor: str
    command: str
    event: Event


_decoder: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_encoder = msgspec.json.Encoder()


def read_event(body: bytes | str) -> Event:
    """The event stored as JSON. Raises ``msgspec.ValidationError`` for what is not an event of the kit."""
    return _decoder.decode(body)


def write_event(event: Event) -> bytes:
    """The event as JSON."""
    return _encoder.encode(event)


def kind_of(event: Event) -> str:
    """The name under which the event is stored."""
    tag: Any = event.__struct_config__.tag
    return str(tag)
