"""The way in for phones: a code is typed or read by the camera, and whoever may come in gets a seat."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import re
from collections.abc import Awaitable, Mapping
from functools import cached_property
from typing import Any
from urllib.parse import quote

from tornado.httputil import HTTPServerRequest, parse_body_arguments
from tornado.web import stream_request_body

from trivsel import content
from trivsel.domain.asking import CODE_LENGTH, is_code
from trivsel.domain.workshop import Snapshot
from trivsel.errors import StoreError, TrivselError, UnknownWorkshop
from trivsel.web.handler import PageHandler
from trivsel.web.phones.page import phone
from trivsel.web.phones.rooms import Room, Rooms
from trivsel.web.phones.seat import Seat, arrival, came_to, keep, new_seat, seat_of

LARGEST = 64 * 1024
"""Bytes of a form from a phone: more than the longest card needs, less than would hurt."""
_PHONE = "connect-src 'self'; default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; "


class Refused(TrivselError):
    """Something a phone may not do, in words for the person who holds it; every page answers with them."""

    def __init__(self, status: int, key: str, **about: str) -> None:
        super().__init__(key, **about)
        self.status = status


@stream_request_body
class PhonePage(PageHandler):
    """A page open to the room. Forms are read by ourselves, so that one that is too large is refused unread."""

    open_to_all = True
    content_security = _PHONE + "form-action 'self'"
    request: HTTPServerRequest
    code = ""
    room: Room | None = None

    def initialize(self) -> None:
        self._body = bytearray()

    @property
    def rooms(self) -> Rooms:
        rooms: Rooms = self.settings["presence"]
        return rooms

    def prepare(self) -> Awaitable[None] | None:
        length = self.request.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LARGEST or "Transfer-Encoding" in self.request.headers:
            self.set_header("Connection", "close")
            self.refuse(Refused(413, "phone.too_big"))
        # Everything else is refused once it has been read: an answer before that can be lost with the line.
        return None

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
    def language(self) -> str:
        """As chosen on this phone, else as its browser asks, else as the workshop is held."""
        own = self.chosen_language or self.asked_language
        return own or (self.room.snapshot.language if self.room else super().language)

    @property
    def scripted(self) -> bool:
        """Whether our own script asks, which wants a short answer and not a page."""
        return self.request.headers.get("X-Trivsel") == "1"

    def refuse(self, refused: Refused) -> None:
        """Say why, as a page or to the script."""
        said = content.say(self.language)(refused.key, **refused.about)
        self.set_status(refused.status)
        if self.scripted:
            self.answer(ok=False, said=said, key=refused.key)
        else:
            form = self.form if self._body else {}
            self.show_door(said, form.get("code", ""), form.get("text", "")[:5000])

    def show(self, name: str, **values: Any) -> None:
        self.deliver(self.words(name, **values))

    def deliver(self, html: str) -> None:
        """Answer with a page or a part of one, as small as the phone can take it: a room shares one connection."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        body = html.encode()
        if "gzip" in self.request.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, 5, mtime=0)
            self.set_header("Content-Encoding", "gzip")
        self.finish(body)

    def show_door(self, said: str = "", typed: str = "", text: str = "") -> None:
        """Where a code is typed in; with why that did not lead in, and what had been typed."""
        back = f"/join/{quote(self.code)}" if self.code else "/join"
        self.show("phone_door.html", said=said, typed=typed[:12], text=text, back=back)

    def answer(self, **values: Any) -> None:
        """A short answer for our script."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(values))

    def write_error(self, status_code: int, **about: Any) -> None:
        error = about.get("exc_info", (None, None, None))[1]
        if isinstance(error, Refused):
            self.refuse(error)
            return
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
        self.show_door()

    async def post(self) -> None:
        self.check_origin()
        code = as_code(self.form.get("code", ""))
        if len(code) != CODE_LENGTH:
            self.refuse(Refused(400, "phone.code_short"))
        elif not is_code(code):
            self.refuse(Refused(404, "phone.wrong_code"))
        else:
            self.redirect(f"/join/{code}", status=303)


class NoDoor(PhonePage):
    """Any other address that begins as those of the phones do: back to where a code is typed in."""

    def prepare(self) -> Awaitable[None] | None:
        self.refuse(Refused(404, "phone.wrong_code"))
        return None


class InRoom(PhonePage):
    """A page of one room."""

    seat: Seat | None = None

    async def enter(self, code: str) -> tuple[Room, Seat]:
        """The room and the seat of this phone; a new seat where the door is open. Raises ``Refused``."""
        self.code = as_code(code)
        room = self.room = await self._behind(self.code)
        seat = self._seat_in(room.id)
        if seat is None:
            if self.request.method == "POST":
                raise Refused(403, "phone.no_cookie")
            door = room.snapshot.phones.door
            if door is None or not door.lets_in(dt.datetime.now().astimezone().date()):
                raise Refused(403, "phone.door_closed")
            if not room.seats.take():
                raise Refused(429, "phone.many_seats")
            seat = new_seat(self.entrance.keys, room.id)
            keep(self, seat)
            came_to(self, seat, room.snapshot.place)
        self.seat = seat
        room.heard(seat)
        return room, seat

    async def _behind(self, code: str) -> Room:
        """The room that a code leads to. Raises ``Refused``."""
        if not is_code(code):
            raise Refused(404, "phone.wrong_code")
        if (room := self.rooms.known(code)) is not None and self._sits_in(room.id):
            return room
        # Once the wrong codes are used up only those who are in a room already are told that their code is right.
        used_up = self.rooms.wrong_codes.empty()
        workshop = await self.ask(self.rooms.find, code)
        if used_up and (workshop is None or not self._sits_in(workshop)):
            raise Refused(429, "phone.many_wrong_codes")
        if workshop is None:
            self.rooms.wrong_codes.take()
            raise Refused(404, "phone.wrong_code")
        return self.rooms.room(workshop)

    def _seat_in(self, workshop: str) -> Seat | None:
        """The seat this request comes with; its seal is looked at once."""
        if self.seat is None:
            self.seat = seat_of(self, self.entrance.keys, workshop)
        return self.seat if self.seat and self.seat.workshop == workshop else None

    def _sits_in(self, workshop: str) -> bool:
        return self._seat_in(workshop) is not None

    async def fresh(self, room: Room) -> Snapshot:
        """The workshop as it is now, with what this phone has just sent."""
        try:
            await room.refresh()
        except UnknownWorkshop:
            self.rooms.leave(room.id)
            raise
        return room.snapshot

    def page(
        self,
        name: str,
        room: Room,
        snapshot: Snapshot,
        seat: Seat,
        *,
        typed: Mapping[str, str] | None = None,
        problem: str = "",
        erased: bool = False,
    ) -> None:
        """Answer with the page, or its inner part; with what had been typed and why it was not taken."""
        language = self.language
        new = seat.fresh or arrival(self, room.id) == snapshot.place
        view = phone(snapshot, seat, room.version_for(seat), language, late=new, typed=typed)
        about = {"phone": view, "code": self.code, "seat_key": seat.form_key, "back": f"/join/{self.code}"}
        self.deliver(self.words(name, language, **about, problem=problem, erased=erased))


def as_code(typed: str) -> str:
    """A code as it is kept: capital letters, without blanks and hyphens."""
    return re.sub(r"[\s\W_]", "", typed).upper()[:40]
