"""What a phone asks for: the way in with a code, its page, what it sends, and to be told when something is new."""

from __future__ import annotations

import asyncio
import contextlib
import datetime as dt
import json
import re
from collections.abc import Awaitable
from functools import cached_property
from typing import Any

from tornado.httputil import HTTPServerRequest, parse_body_arguments
from tornado.iostream import StreamClosedError
from tornado.web import stream_request_body

from trivsel import content
from trivsel.domain import commands as c
from trivsel.domain.answers import CODE_LENGTH
from trivsel.domain.asking import ROLES
from trivsel.domain.ballot import card_limit
from trivsel.domain.commands import Command, Refusal, written
from trivsel.domain.workshop import Snapshot
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.web.handler import PageHandler
from trivsel.web.phones.page import phone
from trivsel.web.phones.rooms import Room, Rooms, lets_in
from trivsel.web.phones.seat import Seat, keep, new_seat, seat_of

LARGEST = 64 * 1024
"""Bytes of a form from a phone: more than the longest card needs, less than would hurt."""
BEAT = 2.0
"""Seconds between two signs of life on the stream: a phone that hears nothing for longer says so."""
COMMENT = 15.0
"""Seconds between two comment lines, which keep some firewalls from cutting the stream."""
_FORM_ID = re.compile(r"[\w-]{8,64}")
_PHONE = "connect-src 'self'; default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "


class Refused(Exception):
    """Something a phone may not do, in words for the person who holds it."""

    def __init__(self, status: int, key: str, **about: object) -> None:
        super().__init__(key)
        self.status, self.key, self.about = status, key, about


@stream_request_body
class PhonePage(PageHandler):
    """A page open to the room. Forms are read by ourselves, so that one that is too large is refused unread."""

    open_to_all = True
    content_security = _PHONE + "form-action 'self'"
    request: HTTPServerRequest

    def initialize(self) -> None:
        self._body = bytearray()

    @property
    def rooms(self) -> Rooms:
        rooms: Rooms | None = self.settings.get("presence")
        if rooms is None:
            rooms = self.settings["presence"] = Rooms(self.kit)
        return rooms

    def prepare(self) -> Awaitable[None] | None:
        length = self.request.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST or "Transfer-Encoding" in self.request.headers:
            self.set_header("Connection", "close")
            self.refuse(Refused(413, "phone.too_big"))
            return None
        if self.request.method != "POST":
            self.check_origin()
            return None
        return super().prepare()

    def data_received(self, chunk: bytes) -> None:
        self._body += chunk[: LARGEST - len(self._body)]

    @cached_property
    def form(self) -> dict[str, str]:
        """What was sent, the last of each name."""
        parse_body_arguments(
            self.request.headers.get("Content-Type", ""),
            bytes(self._body),
            self.request.body_arguments,
            self.request.files,
            self.request.headers,
        )
        return {
            name: values[-1].decode("utf-8", "replace")
            for name, values in self.request.body_arguments.items()
            if values
        }

    def compute_etag(self) -> None:
        """What a phone is shown is always made anew."""

    @property
    def scripted(self) -> bool:
        """Whether our own script asks, which wants a short answer and not a page."""
        return self.request.headers.get("X-Trivsel") == "1"

    def refuse(self, refused: Refused, **more: Any) -> None:
        """Say why, as a page or to the script."""
        said = content.say(self.language)(refused.key, **refused.about)
        self.set_status(refused.status)
        if self.scripted:
            self.answer(ok=False, said=said, key=refused.key)
        else:
            self.show("phone_door.html", said=said, code="", **more)

    def answer(self, **values: Any) -> None:
        """A short answer for our script."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(values))

    def write_error(self, status_code: int, **about: Any) -> None:
        error = about.get("exc_info", (None, None, None))[1]
        keys = {403: "phone.forbidden", 404: "phone.wrong_code", 413: "phone.too_big", 405: "phone.forbidden"}
        if isinstance(error, StoreError) and not isinstance(error, UnknownWorkshop):
            status_code, key = 503, "phone.store"
        elif isinstance(error, UnknownWorkshop):
            status_code, key = 404, "phone.wrong_code"
        else:
            key = keys.get(status_code, "phone.went_wrong")
        self.refuse(Refused(status_code, key))


class Door(PhonePage):
    """Where a code is typed in."""

    def get(self) -> None:
        self.show("phone_door.html", said="", code="")

    async def post(self) -> None:
        code = as_code(self.form.get("code", ""))
        if len(code) != CODE_LENGTH:
            self.refuse(Refused(400, "phone.code_short"))
            return
        self.redirect(f"/join/{code}", status=303)


class InRoom(PhonePage):
    """A page of one room."""

    code = ""

    async def enter(self, code: str) -> tuple[Room, Seat]:
        """The room and the seat of this phone; a new seat where the door is open. Raises ``Refused``."""
        self.code = as_code(code)
        if self.code != code:
            raise Refused(404, "phone.wrong_code")
        # Once the room has used up its wrong codes nobody new is told whether a code is right.
        if self.rooms.wrong_codes.empty() and not self._has_cookie():
            raise Refused(429, "phone.many_wrong_codes")
        workshop = await self.ask(self.rooms.find, self.code)
        if workshop is None:
            self.rooms.wrong_codes.take()
            raise Refused(404, "phone.wrong_code")
        room = self.rooms.room(workshop)
        seat = seat_of(self, self.entrance.keys, workshop)
        if seat is None:
            if self.request.method == "POST":
                raise Refused(403, "phone.no_cookie")
            if not lets_in(room.snapshot, dt.datetime.now().astimezone().date()):
                raise Refused(403, "phone.door_closed")
            if not room.seats.take():
                raise Refused(429, "phone.many_seats")
            seat = new_seat(self.entrance.keys, workshop)
            keep(self, seat)
        room.heard(seat)
        return room, seat

    def _has_cookie(self) -> bool:
        return any(name.startswith("trivsel-seat-") for name in self.request.cookies)

    async def fresh(self, room: Room) -> Snapshot:
        """The workshop as it is now, with what this phone has just sent."""
        return await self.ask(room.session.refresh)

    def room_language(self, snapshot: Snapshot) -> str:
        """As chosen on this phone, else as its browser asks, else as the workshop is held."""
        chosen = self.get_cookie("trivsel-language")
        if chosen in content.languages():
            return str(chosen)
        asked = self.request.headers.get("Accept-Language", "").split(",")
        known = [part.strip()[:2].lower() for part in asked if part.strip()[:2].lower() in content.languages()]
        return known[0] if known else snapshot.language

    def page(
        self,
        name: str,
        room: Room,
        snapshot: Snapshot,
        seat: Seat,
        *,
        typed: str = "",
        problem: str = "",
        erased: bool = False,
    ) -> None:
        """Answer with the page, or its inner part; with what had been typed and why it was not taken."""
        language = self.room_language(snapshot)
        view = phone(snapshot, seat, room.version, language, late=seat.fresh)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        about = {"phone": view, "code": self.code, "seat_key": seat.form_key}
        self.finish(self.words(name, language, **about, typed=typed, problem=problem, erased=erased))


class Phone(InRoom):
    """The page itself, and everything that is sent from it."""

    async def get(self, code: str) -> None:
        try:
            room, seat = await self.enter(code)
        except Refused as refused:
            self.refuse(refused)
            return
        self.page("phone.html", room, await self.fresh(room), seat)

    async def post(self, code: str) -> None:
        try:
            room, seat = await self.enter(code)
            if not self.entrance.keys.same(self.form.get("_xsrf", ""), seat.form_key):
                raise Refused(403, "phone.forbidden")
            if not self.rooms.sending.take(f"{seat.workshop}.{seat.chance}"):
                raise Refused(429, "phone.too_fast")
            done = _DO.get(self.form.get("do", "card"))
            if done is None:
                raise Refused(400, "phone.forbidden")
            await done(self, room, seat)
        except Refused as refused:
            await self.refused(code, refused)

    async def refused(self, code: str, refused: Refused) -> None:
        """Say why something was not done, on the page it came from, with what had been typed."""
        seat = None
        with contextlib.suppress(Refused):
            room, seat = await self.enter(code)
        if self.scripted or seat is None or refused.status == 403:
            self.refuse(refused)
            return
        self.set_status(refused.status)
        snapshot = await self.fresh(room)
        said = content.say(self.room_language(snapshot))(refused.key, **refused.about)
        self.page("phone.html", room, snapshot, seat, typed=self.form.get("text", ""), problem=said)

    async def send(self, seat: Seat, room: Room, command: Command, actor: str, command_id: str) -> None:
        """Hand a command in; the receipt comes when it is durable. Raises ``Refused``."""
        if seat.taken_out in room.snapshot.phones.removed:
            raise Refused(403, "phone.out")
        outcome = await asyncio.wrap_future(self.kit.store.submit(seat.workshop, command, actor, command_id))
        if isinstance(outcome, Refusal):
            raise Refused(409, f"refusal.{outcome.key}", **outcome.about)
        self.kit.feed.wake(seat.workshop)

    def received(self) -> None:
        """The receipt."""
        if self.scripted:
            self.answer(ok=True, said=content.say(self.language)("phone.state_received"))
        else:
            self.redirect(f"/join/{self.code}", status=303)

    @property
    def form_id(self) -> str:
        form = self.form.get("form", "")
        if not _FORM_ID.fullmatch(form):
            raise Refused(400, "phone.forbidden")
        return form

    def place(self, room: Room) -> str:
        place = self.form.get("place", "") or room.snapshot.place
        if room.snapshot.programme.find(place) is None:
            raise Refused(400, "phone.forbidden")
        return place

    async def _card(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        language = self.room_language(room.snapshot)
        found = room.snapshot.programme.find(place)
        text = written(self.form.get("text", "")[: 10 * (card_limit(found[1]) if found else 0) or None], language)
        works = self.form.get("works") == "1"
        command = c.SendCard(place, seat.name(place), seat.card_id(form), text, works)
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received()

    async def _withdraw(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        command = c.WithdrawCard(place, seat.name(place), self.form.get("card", "")[:100])
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received()

    async def _vote(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        votes, problem = read_votes(self.form)
        if problem:
            raise Refused(400, "refusal.not_on_ballot")
        number = self.form.get("round", "1")
        round = int(number) if number.isdecimal() and len(number) < 6 else 0
        command = c.CastVote(place, seat.name(place), round, votes, seat.role)
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received()

    async def _wish(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        command = c.MakeWish(place, seat.name(place), self.form.get("wish", ""))  # type: ignore[arg-type]
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received()

    async def _role(self, room: Room, seat: Seat) -> None:
        role = self.form.get("role", "")
        if role not in ROLES:
            raise Refused(400, "phone.forbidden")
        keep(self, seat._replace(role=role))
        self.received()

    async def _next_person(self, room: Room, seat: Seat) -> None:
        keep(self, new_seat(self.entrance.keys, seat.workshop))
        self.received()

    async def _erase(self, room: Room, seat: Seat) -> None:
        names = [seat.name(place) for place, _, _ in room.snapshot.programme.places()]
        await self.ask(self.kit.store.erase_seat, seat.workshop, names)
        self.kit.feed.wake(seat.workshop)
        if self.scripted:
            self.answer(ok=True, said=content.say(self.language)("phone.erased"))
        else:
            self.page("phone.html", room, await self.fresh(room), seat, erased=True)


_DO = {
    "card": Phone._card,
    "withdraw": Phone._withdraw,
    "vote": Phone._vote,
    "wish": Phone._wish,
    "role": Phone._role,
    "next": Phone._next_person,
    "erase": Phone._erase,
}


class Part(InRoom):
    """The inner part of the page, for our script."""

    async def get(self, code: str) -> None:
        try:
            room, seat = await self.enter(code)
        except Refused as refused:
            self.refuse(refused)
            return
        self.page("phone_part.html", room, await self.fresh(room), seat)


class Told(InRoom):
    """Which version of the page is the newest: asked for again and again where a firewall cuts the stream."""

    async def get(self, code: str) -> None:
        try:
            room, _ = await self.enter(code)
        except Refused as refused:
            self.refuse(refused)
            return
        self.answer(version=room.version)


class Stream(InRoom):
    """Tells a phone at once when there is something new, and every other second that the link is alive."""

    def initialize(self) -> None:
        super().initialize()
        self._new = asyncio.Event()

    def on_connection_close(self) -> None:
        """The phone has hung up; whoever waits to tell it something need not wait any longer."""
        super().on_connection_close()
        self._new.set()

    async def get(self, code: str) -> None:
        try:
            room, seat = await self.enter(code)
        except Refused as refused:
            self.set_status(refused.status)
            self.finish()
            return
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")
        new = self._new
        new.set()
        room.listen(new)
        beats = 0
        try:
            while True:
                if new.is_set():
                    new.clear()
                    self.write(f"event: state\ndata: {room.version}\n\n")
                else:
                    beats += 1
                    self.write(": still here\n\n" if beats % round(COMMENT / BEAT) == 0 else "")
                    self.write("event: beat\ndata:\n\n")
                room.heard(seat)
                await self.flush()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(new.wait(), BEAT)
        except StreamClosedError:
            pass
        finally:
            room.forget(new)


def as_code(typed: str) -> str:
    """A code as it is kept: capital letters, without blanks and hyphens."""
    return re.sub(r"[\s-]", "", typed).upper()[:40]


def read_votes(form: dict[str, str]) -> tuple[dict[str, int], bool]:
    """The numbers of a form by what they are about, and whether there was something that is no number.

    A field ``v:KEY`` holds a number; ``choice`` holds the one key that was chosen.
    """
    votes: dict[str, int] = {}
    for name, value in form.items():
        if name.startswith("v:") and value != "":
            if not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
                return {}, True
            votes[name.removeprefix("v:")] = int(value)
    if form.get("choice"):
        votes[form["choice"]] = 1
    return votes, False


def phone_pages() -> list[tuple[Any, ...]]:
    """The addresses of the phones."""
    code = r"([\w%-]{1,60})"
    return [
        (r"/join/?", Door),
        (rf"/join/{code}", Phone),
        (rf"/join/{code}/part", Part),
        (rf"/join/{code}/told", Told),
        (rf"/join/{code}/stream", Stream),
    ]
