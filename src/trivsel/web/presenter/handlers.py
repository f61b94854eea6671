"""The presenter's page and what its buttons do; and the page with only the cards, for AMR or TR."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Awaitable
from functools import cached_property
from typing import Any
from urllib.parse import quote, unquote

from tornado.web import HTTPError

from trivsel import content
from trivsel.domain.commands import Refusal
from trivsel.domain.workshop import Snapshot
from trivsel.errors import Refused, UnknownWorkshop
from trivsel.session import Session
from trivsel.web.handler import PageHandler, sentence
from trivsel.web.presenter.deeds import Asked, Away, Form, Unknown, command
from trivsel.web.presenter.page import Desk, drawn

KEY_LENGTH = 32
"""Letters of the key that opens the page with only the cards."""
DAYS = 2
"""Days that AMR's or TR's browser is let in, and that a page is still the same hand."""


class Presented(PageHandler):
    """What both pages have in common."""

    representative = False

    def address(self, workshop: str) -> str:
        """Where the page itself is."""
        return f"/present/{workshop}"

    async def session(self, workshop: str) -> Session:
        """The workshop, followed from one look to the next. Raises ``UnknownWorkshop``."""
        followed = self.followed
        try:
            if workshop not in followed:
                followed[workshop] = (await self.ask(self.kit.session, workshop), set())
            await self.ask(followed[workshop][0].refresh)
        except UnknownWorkshop:
            followed.pop(workshop, None)
            raise
        return followed[workshop][0]

    @property
    def followed(self) -> dict[str, tuple[Session, set[str]]]:
        """The workshops that somebody presents, and their cards that have come into sight."""
        found: dict[str, tuple[Session, set[str]]] = self.settings.setdefault("presented", {})
        return found

    @property
    def phones(self) -> int | None:
        """How many phones are in the workshop, where that is known."""
        presence = self.settings.get("presence")
        return None if presence is None else presence.count(self.path_args[0])

    def behind(self, card: str) -> str | None:
        """The phone that a card came from, by the name that only takes it out."""
        presence = self.settings.get("presence")
        found: str | None = presence.behind(self.path_args[0], card) if presence else None
        return found

    def desk(self, workshop: str, snapshot: Snapshot) -> Desk:
        """One look at the workshop."""
        in_sight = self.followed[workshop][1]
        return Desk(workshop, snapshot, self.language, self.now(), here=self.phones, in_sight=in_sight)

    @staticmethod
    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    @property
    def form(self) -> Form:
        """What was sent."""
        return {name: self.get_body_arguments(name) for name in self.request.body_arguments}

    async def get(self, workshop: str) -> None:
        await self.page(workshop, await self.session(workshop))

    async def post(self, workshop: str) -> None:
        session = await self.session(workshop)
        asked = Asked(
            self.form,
            session.snapshot,
            self.now(),
            self.hand,
            representative=self.representative,
            behind=self.behind,
        )
        try:
            wanted = command(asked)
        except Away:
            self.set_status(409)
            await self.page(workshop, session, content.say(self.language)("present.phone_away"))
            return
        except Unknown as error:
            raise HTTPError(400, "no such button") from error
        # Two presses of the same button on the same page, or by two who lead, happen once.
        pressed = repr((asked.one("seen"), sorted((k, v) for k, v in self.form.items() if k != "_xsrf")))
        once = hashlib.sha256(f"{workshop}{pressed}".encode()).hexdigest()[:32] if asked.one("seen") else None
        outcome = await self.ask(session.send, wanted, command_id=once)
        if isinstance(outcome, Refusal):
            self.set_status(409)
            await self.page(workshop, session, sentence(Refused(outcome), self.language))
            return
        self.done(asked)
        self.redirect(self.onward(workshop, asked), status=303)

    def done(self, asked: Asked) -> None:
        """Something else to remember once it has happened."""

    def onward(self, workshop: str, asked: Asked) -> str:
        """Where one is sent afterwards."""
        return self.address(workshop)

    async def page(self, workshop: str, session: Session, problem: str = "") -> None:
        """The page, with what could not be done if something could not."""
        raise NotImplementedError

    @cached_property
    def hand(self) -> str:
        """Which browser this is, for as long as a meeting lasts; nothing for pages that move no room."""
        return ""


class Present(Presented):
    """The presenter's page."""

    def prepare(self) -> Awaitable[None] | None:
        key = self.get_query_argument("as", None)
        if key is not None and self.request.method in ("GET", "HEAD"):
            self.hand_over(self.path_args[0], key)
            return None
        return super().prepare()

    def hand_over(self, workshop: str, key: str) -> None:
        """Lets AMR or TR in to the cards of this workshop, and takes the key out of the address."""
        keys = self.entrance.keys
        if not secrets.compare_digest(key.encode(), key_of(keys, workshop).encode()):
            raise HTTPError(403, "wrong key")
        chance = secrets.token_urlsafe(18)
        self.set_cookie(
            f"{self.entrance.cookie}-cards",
            f"{chance}.{keys.seal('cards', workshop, chance)}",
            expires_days=DAYS,
            path=f"/present/{workshop}",
            httponly=True,
            samesite="Lax",
            secure=self.request.protocol == "https",
        )
        self.redirect(f"/present/{workshop}/cards")

    @cached_property
    def hand(self) -> str:
        name = f"{self.entrance.cookie}-hand"
        hand = self.get_cookie(name) or ""
        if not (hand.isalnum() and hand.isascii() and len(hand) == 16):
            hand = secrets.token_hex(8)
            self.set_cookie(name, hand, expires_days=DAYS, path="/present", httponly=True, samesite="Lax")
        return hand

    @property
    def own_name(self) -> str:
        """What whoever uses this browser is called, if they have said so."""
        return unquote(self.get_cookie(f"{self.entrance.cookie}-name") or "")

    async def page(self, workshop: str, session: Session, problem: str = "") -> None:
        snapshot, hand = session.snapshot, self.hand
        desk, lead = self.desk(workshop, snapshot), snapshot.phones.lead
        leads = snapshot.workplace.leads
        self.show(
            "present.html",
            **desk.values(),
            seen=snapshot.seq,
            problem=problem,
            door=desk.door(self.settings.get("join") or [], self.tried),
            moves=lead is None or lead[0] == hand,
            lead=lead,
            own_name=self.own_name or (leads.read(self.language) if leads and lead is None else ""),
            link=self.link(workshop) if snapshot.workplace.manager_leads else None,
            action=self.address(workshop),
            representative=False,
            here=f"{self.address(workshop)}{f'?try={self.tried:.0f}' if self.tried else ''}",
        )

    @property
    def tried(self) -> float | None:
        """When somebody began to try the door, if they are trying it."""
        said = self.get_query_argument("try", "")
        return float(said) if said.isdecimal() and len(said) < 12 else None

    def link(self, workshop: str) -> dict[str, Any]:
        """The way in for AMR or TR, on the room's network if the kit is shared."""
        bases = self.settings.get("join") or [f"{self.request.protocol}://{self.request.host}"]
        address = f"{bases[0]}/present/{workshop}?as={key_of(self.entrance.keys, workshop)}"
        return {"address": address, "code": drawn(address, content.say(self.language)("present.link_qr"))}

    def done(self, asked: Asked) -> None:
        if asked.one("do") == "lead":
            name = quote(asked.one("name").strip())
            cookie = f"{self.entrance.cookie}-name"
            self.set_cookie(cookie, name, expires_days=180, path="/present", httponly=True, samesite="Lax")

    def onward(self, workshop: str, asked: Asked) -> str:
        trying = asked.one("do") == "try_door"
        return f"{self.address(workshop)}?try={self.now().timestamp():.0f}#door" if trying else self.address(workshop)


class Cards(Presented):
    """Only the cards of one workshop, for AMR or TR where a manager leads the meeting."""

    open_to_all = True
    representative = True

    def address(self, workshop: str) -> str:
        return f"/present/{workshop}/cards"

    def prepare(self) -> Awaitable[None] | None:
        if not self.known:
            raise HTTPError(403, "no key to these cards")
        started = super().prepare()
        if self.request.method not in ("GET", "HEAD", "OPTIONS"):
            self.check_form_key()
        return started

    @property
    def known(self) -> bool:
        """Whether this browser came with the key of this workshop."""
        chance, _, seal = (self.get_cookie(f"{self.entrance.cookie}-cards") or "").partition(".")
        return bool(chance) and self.entrance.keys.sealed(seal, "cards", self.path_args[0], chance)

    def form_key(self) -> str:
        cookie = self.get_cookie(f"{self.entrance.cookie}-cards") or ""
        return self.entrance.keys.form_key(cookie) if self.known else ""

    async def page(self, workshop: str, session: Session, problem: str = "") -> None:
        self.show(
            "present_cards.html",
            **self.desk(workshop, session.snapshot).values(),
            seen=session.snapshot.seq,
            problem=problem,
            action=self.address(workshop),
            representative=True,
            key=self.form_key(),
            form_key="",
            here=self.address(workshop),
        )


def key_of(keys: Any, workshop: str) -> str:
    """What opens the cards of a workshop for AMR or TR."""
    return str(keys.seal("representative", workshop))[:KEY_LENGTH]
