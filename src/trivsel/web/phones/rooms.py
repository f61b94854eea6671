"""The rooms that phones are in: which code leads where, who is here now, and telling them when something is new."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable
from typing import Any

from trivsel.domain.ballot import ballot
from trivsel.domain.workshop import Snapshot
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.kit import Kit
from trivsel.session import Session
from trivsel.web.phones.budget import NEW_SEATS, SENDING, WRONG_CODES, Bucket, Buckets
from trivsel.web.phones.seat import Seat
from trivsel.web.phones.written import Written

HERE_FOR = 45.0
"""Seconds after which a phone that has not been heard of is thought to be gone."""


class Room:
    """One workshop with phones in it."""

    def __init__(self, kit: Kit, workshop: str, loop: asyncio.AbstractEventLoop) -> None:
        self.id = workshop
        self.session: Session = kit.session(workshop)
        self.seats = Bucket(*NEW_SEATS)
        self._heard: dict[Seat, float] = {}
        self._waiting: set[asyncio.Event] = set()
        self._seen = self.session.snapshot
        self._version, self._marks = version_of(self._seen), marks_of(self._seen)
        self._loop = loop
        self._asking = asyncio.Lock()
        self._next: asyncio.Task[None] | None = None
        self.over = False
        """Whether the workshop has been deleted."""
        self.stop: Callable[[], None] = kit.feed.watch(workshop, self._arrived, self._gone)

    @property
    def snapshot(self) -> Snapshot:
        return self.session.snapshot

    async def refresh(self) -> None:
        """Ask the store for what is new. Phones that ask at the same time share one question."""
        if self._next is None:
            self._next = self._loop.create_task(self._refresh())
        await asyncio.shield(self._next)

    async def _refresh(self) -> None:
        async with self._asking:
            self._next = None  # whoever comes now may have written something since
            await self._loop.run_in_executor(None, self.session.refresh)
        self.look()

    def version_for(self, seat: Seat) -> str:
        """Changes whenever this phone has something else to show; somebody else's answer is not such a thing."""
        mark = self._marks.get(seat.name(self._seen.place), "")
        return f"{self._version}{mark}"

    def _arrived(self, snapshot: Snapshot) -> None:
        """Called in the feed's thread."""
        self._loop.call_soon_threadsafe(self.look)

    def _gone(self) -> None:
        """Called in the feed's thread."""
        self._loop.call_soon_threadsafe(self.end)

    def end(self) -> None:
        """The workshop is no more; whoever listens is told so."""
        self.over = True
        self.stop()
        for event in self._waiting:
            event.set()

    def look(self) -> None:
        """Tell the phones if any of them has something else to show."""
        if self.snapshot is self._seen:
            return
        self._seen = self.snapshot
        version, marks = version_of(self._seen), marks_of(self._seen)
        if (version, marks) != (self._version, self._marks):
            self._version, self._marks = version, marks
            for event in self._waiting:
                event.set()

    def listen(self, event: asyncio.Event) -> None:
        """Set ``event`` whenever some phone has something else to show."""
        self._waiting.add(event)

    def forget(self, event: asyncio.Event) -> None:
        self._waiting.discard(event)

    def heard(self, seat: Seat) -> None:
        """A phone is here. One that has only just been given a seat has still to show that it keeps it."""
        if not seat.fresh:
            self._heard[seat._replace(role="")] = time.monotonic()

    def here(self) -> int:
        """How many phones are here now."""
        early = time.monotonic() - HERE_FOR
        self._heard = {seat: at for seat, at in self._heard.items() if at > early}
        return len(self._heard)

    def seat_behind(self, place: str, name: str) -> Seat | None:
        """The phone here that has this pseudonym in an activity: to take it out, not to know who it is."""
        return next((seat for seat in self._heard if seat.name(place) == name), None)


class Rooms:
    """Every room that phones have come to since the server was started."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._rooms: dict[str, Room] = {}
        self._codes: dict[str, str] = {}
        self.wrong_codes = Bucket(*WRONG_CODES)
        self.sending = Buckets(*SENDING)
        self.written = Written()

    def room(self, workshop: str) -> Room:
        """The room of a workshop. Raises ``UnknownWorkshop``; only to be called in the server's loop."""
        room = self._rooms.get(workshop)
        if room is None or room.over:
            room = self._rooms[workshop] = Room(self._kit, workshop, asyncio.get_running_loop())
        return room

    def leave(self, workshop: str) -> None:
        """The workshop is no more."""
        room = self._rooms.pop(workshop, None)
        if room is not None:
            room.end()

    def count(self, workshop: str) -> int:
        """How many phones are in a workshop now."""
        room = self._rooms.get(workshop)
        return room.here() if room else 0

    def behind(self, workshop: str, card: str) -> str | None:
        """The phone that a hidden card came from, under the name by which it is taken out and no other; None if it
        is not here."""
        room = self._rooms.get(workshop)
        sent = room.snapshot.phones.sent.get(card) if room else None
        seat = room.seat_behind(sent.place, sent.seat) if room and sent and not sent.shown else None
        return seat.taken_out if seat else None

    def known(self, code: str) -> Room | None:
        """The room of a code that phones have come in by, if it is still its code. Asks nobody."""
        room = self._rooms.get(self._codes.get(code, ""))
        door = room.snapshot.phones.door if room and not room.over else None
        return room if door is not None and door.code == code else None

    def find(self, code: str) -> str | None:
        """The workshop that a code leads to, whether its door is open or not. Asks the store: not in the loop."""
        known = self._codes.get(code)
        if known is not None and self._leads(code, known):
            return known
        for workshop in self._kit.store.mentioning("door_opened", f'"{code}"'):
            if self._leads(code, workshop):
                self._codes[code] = workshop
                return workshop
        self._codes.pop(code, None)
        return None

    def _leads(self, code: str, workshop: str) -> bool:
        try:
            door = self._kit.snapshot(workshop).phones.door
        except (StoreError, UnknownWorkshop):
            return False
        return door is not None and door.code == code


def version_of(snapshot: Snapshot) -> str:
    """What phones show, in so many letters: where the room is, the clock, what is asked and how far it has come."""
    place, phones = snapshot.place, snapshot.phones
    asked = ballot(snapshot, place)
    asking = phones.asking(place)
    shown: tuple[Any, ...] = (
        place,
        snapshot.timer,
        snapshot.closed,
        asking.open,
        asking.shown,
        asking.round,
        [(id, snapshot.things[id]) for id in asked.things if id in snapshot.things] if asked else None,
        sorted(phones.removed),
        phones.minutes,
        snapshot.programme.find(place) is not None and snapshot.state(place),
    )
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def marks_of(snapshot: Snapshot) -> dict[str, str]:
    """For each pseudonym what has become of its cards here, in so many letters: only that phone need hear of it."""
    told: dict[str, list[str]] = {}
    for card in snapshot.phones.sent.values():
        if card.place == snapshot.place and (card.verdict or card.shown):
            told.setdefault(card.seat, []).append(f"{card.id}{card.verdict}{card.reason}{card.shown}")
    return {seat: "-" + hashlib.sha256("".join(states).encode()).hexdigest()[:8] for seat, states in told.items()}
