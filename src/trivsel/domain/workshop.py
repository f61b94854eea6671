"""What a workshop looks like now: the fold of everything that has happened in it."""

from __future__ import annotations

import bisect
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from trivsel.domain.answering import ANSWERING, Answering
from trivsel.domain.asking import NO_PHONES, Phones
from trivsel.domain.events import (
    ActivityPlanned,
    Added,
    Changed,
    Content,
    Document,
    DocumentImported,
    Erased,
    LaterChange,
    MeetingClosed,
    MeetingReopened,
    Record,
    Redone,
    Removed,
    Returned,
    RoomMoved,
    TimerStarted,
    TimerStopped,
    Undone,
    WorkshopStarted,
)
from trivsel.domain.programme import Activity, Programme, State, Step
from trivsel.domain.things import WORKPLACE, Anchor, Card, Goal, Initiative, Resource, Thing, Workplace
from trivsel.domain.words import Text

FACILITATOR = "facilitator"
"""The actor of everything done on the shared screen, the home page and the command line."""

T = TypeVar("T")


class Timer(Struct, frozen=True):
    """A running clock: started at ``at`` (ISO 8601, UTC), ``seconds`` long."""

    place: str
    phase: str
    seconds: int
    at: str


class Deed(Struct, frozen=True, gc=False):
    """What one command from the shared screen changed, so that it can be taken back."""

    command: str
    place: str
    changes: tuple[Content, ...]
    seq: int
    """The number of its first event."""


class Snapshot(Struct, frozen=True):
    """A workshop after event number ``seq``. Mappings are in order of arrival and are not to be written to."""

    seq: int
    language: str
    day: str
    programme: Programme
    place: str
    """Where the room is, ``step.activity``."""
    since: str
    """When the room came there (ISO 8601, UTC)."""
    visited: frozenset[str]
    states: dict[str, State]
    things: dict[str, Thing]
    removed: dict[str, Thing]
    timer: Timer | None
    closed: str | None
    later: tuple[LaterChange, ...]
    done: tuple[Deed, ...]
    undone: tuple[Deed, ...]
    phones: Phones = NO_PHONES

    def of(self, kind: type[T]) -> list[T]:
        """Every thing of a kind, in order of arrival."""
        return [thing for thing in self.things.values() if isinstance(thing, kind)]

    def get(self, id: str | None, kind: type[T]) -> T | None:
        """The thing with that id if it is there and of that kind."""
        thing = self.things.get(id or "")
        return thing if isinstance(thing, kind) else None

    @property
    def workplace(self) -> Workplace:
        """What is known of the workplace."""
        return self.get(WORKPLACE, Workplace) or Workplace(id=WORKPLACE, title=Text(self.language, ""))

    def state(self, place: str) -> State:
        """Whether the activity is in the meeting, an extra, or for after the meeting."""
        if place in self.states:
            return self.states[place]
        found = self.programme.find(place)
        return found[1].state if found else "extra"

    def path(self) -> list[tuple[str, Step, Activity]]:
        """The activities of the meeting, in order."""
        return [here for here in self.programme.places() if self.state(here[0]) == "meeting"]

    def chosen(self) -> list[Goal]:
        """The goals that the group goes for first."""
        return [goal for goal in self.of(Goal) if goal.chosen]

    def tried(self) -> list[Initiative]:
        """The initiatives that the group has said yes to."""
        return [initiative for initiative in self.of(Initiative) if initiative.decision == "yes"]

    def duties(self) -> list[Initiative]:
        """What is the employer's legal duty and so outside the vote."""
        return [initiative for initiative in self.of(Initiative) if initiative.decision == "must"]

    def anchor(self, initiative: str) -> Anchor | None:
        """Where an initiative is anchored."""
        return next((anchor for anchor in self.of(Anchor) if anchor.initiative == initiative), None)

    def resource(self, initiative: str) -> Resource | None:
        """What an initiative needs."""
        return next((need for need in self.of(Resource) if need.initiative == initiative), None)


class Builder:
    """Folds records one by one. It changes itself, since copying for each of thousands of events is slow."""

    def __init__(self) -> None:
        self.seq = 0
        self.language = "da"
        self.day = ""
        self.programme: Programme | None = None
        self.place = ""
        self.since = ""
        self.visited: set[str] = set()
        self.states: dict[str, State] = {}
        self.things: dict[str, Thing] = {}
        self.gone: set[str] = set()
        """Ids of things taken out; they keep their place in ``things``, so that they come back where they were."""
        self.timer: Timer | None = None
        self.closed: str | None = None
        self.later: list[LaterChange] = []
        self.done: list[Deed] = []
        self.undone: list[Deed] = []
        self.answering = Answering()
        self._open: str | None = None

    def fold(self, records: Iterable[Record]) -> Builder:
        """Apply records in order of their numbers."""
        for record in records:
            _FOLD[type(record.event)](self, record, record.event)
            self.seq = record.seq
        return self

    def snapshot(self) -> Snapshot | None:
        """The workshop as it is now, or None if it has not begun."""
        if self.programme is None:
            return None
        return Snapshot(
            seq=self.seq,
            language=self.language,
            day=self.day,
            programme=self.programme,
            place=self.place,
            since=self.since,
            visited=frozenset(self.visited),
            states=dict(self.states),
            things={id: thing for id, thing in self.things.items() if id not in self.gone},
            removed={id: self.things[id] for id in sorted(self.gone) if id in self.things},
            timer=self.timer,
            closed=self.closed,
            later=tuple(self.later),
            done=tuple(self.done),
            undone=tuple(self.undone),
            phones=self.answering.freeze(),
        )

    def _started(self, record: Record, event: WorkshopStarted) -> None:
        self.programme, self.language, self.day = event.programme, event.language, event.day
        self.things = {thing.id: thing for thing in event.things}
        self._go(next((place for place, _, _ in event.programme.places()), ""), record)

    def _imported(self, record: Record, event: DocumentImported) -> None:
        document = event.document
        self.programme, self.language, self.day = document.programme, document.language, document.day
        self.things = {thing.id: thing for thing in document.things}
        self.states, self.closed = dict(document.states), document.closed
        self.visited, self.later = set(document.visited), list(document.later)
        self.answering.take_in(document)
        self._go(document.place or next((place for place, _, _ in document.programme.places()), ""), record)

    def _go(self, place: str, record: Record) -> None:
        self.place, self.since = place, record.at
        self.visited.add(place)

    def _moved(self, record: Record, event: RoomMoved) -> None:
        self._go(event.place, record)
        self.timer = None

    def _planned(self, record: Record, event: ActivityPlanned) -> None:
        self.states[event.place] = event.state

    def _timed(self, record: Record, event: TimerStarted) -> None:
        self.timer = Timer(event.place, event.phase, event.seconds, record.at)

    def _stopped(self, record: Record, event: TimerStopped) -> None:
        self.timer = None

    def _content(self, record: Record, event: Content) -> None:
        self._note(record, event)
        self._apply(event)
        if record.actor != FACILITATOR:
            return
        if self._open == record.command:
            deed = self.done[-1]
            self.done[-1] = Deed(deed.command, deed.place, (*deed.changes, event), deed.seq)
        else:
            self._open = record.command
            self.done.append(Deed(record.command, event.place, (event,), record.seq))
            if self.undone:
                self.undone = [deed for deed in self.undone if deed.place != event.place]

    def _undone(self, record: Record, event: Undone) -> None:
        self._open = None
        for change in event.changes:
            self._note(record, change)
            self._apply(change)
        deed = self._take(event.command, self.done)
        if deed is not None:
            self.undone.append(deed)

    def _redone(self, record: Record, event: Redone) -> None:
        self._open = None
        for change in event.changes:
            self._note(record, change)
            self._apply(change)
        deed = self._take(event.command, self.undone)
        if deed is not None:
            bisect.insort(self.done, deed, key=lambda one: one.seq)

    @staticmethod
    def _take(command: str, deeds: list[Deed]) -> Deed | None:
        for index in range(len(deeds) - 1, -1, -1):
            if deeds[index].command == command:
                return deeds.pop(index)
        return None

    def _note(self, record: Record, event: Content) -> None:
        if self.closed is not None:
            thing = event.thing if isinstance(event, Added) else self.things.get(event.id)
            if thing is not None:
                self.later.append(LaterChange(record.at[:10], thing.id, label_of(event, thing)))

    def _apply(self, event: Content) -> None:
        if type(event) is Changed:
            thing = self.things.get(event.id)
            if thing is not None:
                # Several times faster than msgspec.structs.replace, and the shapes are the same.
                changed: Any = _copy(thing)
                msgspec.structs.force_setattr(changed, event.field, event.now)
                self.things[event.id] = changed
        elif type(event) is Added:
            self.things[event.thing.id] = event.thing
        elif type(event) is Removed:
            self.gone.add(event.id)
        elif type(event) is Returned:
            self.gone.discard(event.id)

    def _closed(self, record: Record, event: MeetingClosed) -> None:
        self.closed = event.day

    def _reopened(self, record: Record, event: MeetingReopened) -> None:
        self.closed = None

    def _erased(self, record: Record, event: Erased) -> None:
        """Only the number is left."""
        self.answering.erased(event.place)

    def _answered(self, record: Record, event: Any) -> None:
        self.answering.fold(event, record.actor, self.programme, self.things)


def _copy(thing: Thing) -> Thing:
    return thing.__copy__()  # type: ignore[union-attr,no-any-return]


_FOLD: dict[type, Callable[[Builder, Record, Any], None]] = {
    WorkshopStarted: Builder._started,
    DocumentImported: Builder._imported,
    RoomMoved: Builder._moved,
    ActivityPlanned: Builder._planned,
    TimerStarted: Builder._timed,
    TimerStopped: Builder._stopped,
    Added: Builder._content,
    Changed: Builder._content,
    Removed: Builder._content,
    Returned: Builder._content,
    Undone: Builder._undone,
    Redone: Builder._redone,
    MeetingClosed: Builder._closed,
    MeetingReopened: Builder._reopened,
    Erased: Builder._erased,
    **dict.fromkeys(ANSWERING, Builder._answered),
}


def label_of(event: Content, thing: Thing) -> str:
    """What a change is about, such as ``heap.name`` or ``goal.added``: the key of its words."""
    kind = str(thing.__struct_config__.tag)
    if isinstance(event, Changed):
        return f"{kind}.{event.field}"
    return f"{kind}.{'removed' if isinstance(event, Removed) else 'added'}"


DOCUMENT_VERSION = 1


def document(snapshot: Snapshot) -> Document:
    """The workshop as a file: what the group keeps, cards in an order that gives no author away."""
    cards = sorted(snapshot.of(Card), key=lambda card: (card.place, card.heap or "", card.text.text, card.id))
    others = [
        replace(thing, origin=None)
        if isinstance(thing, Goal) and thing.origin is not None and thing.origin not in snapshot.things
        else thing
        for thing in snapshot.things.values()
        if not isinstance(thing, Card)
    ]
    return Document(
        format="trivsel",
        version=DOCUMENT_VERSION,
        language=snapshot.language,
        day=snapshot.day,
        programme=snapshot.programme,
        things=(*others, *cards),
        place=snapshot.place,
        visited=tuple(sorted(snapshot.visited)),
        states=snapshot.states,
        closed=snapshot.closed,
        later=snapshot.later,
        tallies={place: one.tallies for place, one in snapshot.phones.asked.items() if one.shown and one.tallies},
        management={
            place: one.management for place, one in snapshot.phones.asked.items() if one.shown and one.management
        },
    )
