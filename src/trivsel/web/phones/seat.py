"""One anonymous phone: a random number in a signed cookie, and a different pseudonym in every activity.

The number stands in the cookie alone. What is stored carries a pseudonym that is made from the number, the activity
and the kit's secret, so that nothing that is stored joins two activities, not even for somebody who has the database.
"""

from __future__ import annotations

import secrets
from typing import NamedTuple

from tornado.web import RequestHandler

from trivsel.domain.asking import ROLES, Role
from trivsel.web.secret import Keys

_DAYS = 2
"""How long a phone keeps its seat."""
_CAME = "trivsel-came-"
_OUT = "-"
"""Stands for the activity in the pseudonym that only says whether a seat has been taken out."""


class Seat(NamedTuple):
    """A phone in a workshop. ``fresh`` is one that has just been given its cookie and may not keep it."""

    workshop: str
    chance: str
    role: Role
    keys: Keys
    fresh: bool = False

    def name(self, place: str) -> str:
        """The pseudonym in an activity."""
        return self.keys.seal("pseudonym", self.workshop, self.chance, place)[:24]

    @property
    def taken_out(self) -> str:
        """What stands in the log when this seat is taken out, and nowhere else."""
        return self.name(_OUT)

    def command_id(self, form: str) -> str:
        """The id of what a form asks for: the same when it is sent again, and nobody else can have it."""
        return self.keys.seal("command", self.workshop, self.chance, form)[:40]

    def card_id(self, form: str) -> str:
        """The id of a card: its order has nothing to do with when it was sent."""
        return f"card-{self.keys.seal('card', self.workshop, self.chance, form)[:20]}"

    @property
    def form_key(self) -> str:
        """What every form of this seat carries."""
        return self.keys.seal("phone form", self.workshop, self.chance)[:32]


def cookie_name(workshop: str) -> str:
    """A phone can be in two workshops at once."""
    return f"trivsel-seat-{workshop}"


def seat_of(handler: RequestHandler, keys: Keys, workshop: str) -> Seat | None:
    """The seat this request comes with, if its seal is ours."""
    return read_seat(handler.get_cookie(cookie_name(workshop)) or "", keys, workshop)


def read_seat(cookie: str, keys: Keys, workshop: str) -> Seat | None:
    """The seat that a cookie stands for, if its seal is ours."""
    chance, _, rest = cookie.partition(".")
    role, _, seal = rest.partition(".")
    if role not in ROLES or not keys.sealed(seal, "seat", workshop, chance, role):
        return None
    return Seat(workshop, chance, role, keys)


def new_seat(keys: Keys, workshop: str) -> Seat:
    """A seat for a phone that has none."""
    return Seat(workshop, secrets.token_urlsafe(16), "", keys, fresh=True)


def keep(handler: RequestHandler, seat: Seat) -> None:
    """Give the phone its cookie."""
    seal = seat.keys.seal("seat", seat.workshop, seat.chance, seat.role)
    handler.set_cookie(
        cookie_name(seat.workshop),
        f"{seat.chance}.{seat.role}.{seal}",
        expires_days=_DAYS,
        path="/join",
        httponly=True,
        samesite="Lax",
        secure=handler.request.protocol == "https",
    )


def came_to(handler: RequestHandler, seat: Seat, place: str) -> None:
    """Remember on the phone where the room was when it came, so that it is told for as long as the room stays there."""
    handler.set_cookie(f"{_CAME}{seat.workshop}", place, path="/join", httponly=True, samesite="Lax")


def arrival(handler: RequestHandler, workshop: str) -> str:
    """Where the room was when this phone came."""
    return handler.get_cookie(f"{_CAME}{workshop}") or ""
