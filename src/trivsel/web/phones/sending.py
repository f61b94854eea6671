"""A phone's page and everything that is sent from it: cards, answers, wishes, and erasing all of it."""

from __future__ import annotations

import re

from trivsel import content
from trivsel.domain import commands as c
from trivsel.domain.asking import ROLES
from trivsel.domain.ballot import ballot, card_limit
from trivsel.domain.commands import Command, Refusal, written
from trivsel.web.phones.choices import read_votes
from trivsel.web.phones.door import InRoom, Refused
from trivsel.web.phones.rooms import Room
from trivsel.web.phones.seat import Seat, came_to, keep, new_seat

_FORM_ID = re.compile(r"[\w-]{8,64}", re.ASCII)


class Phone(InRoom):
    """The page itself, and everything that is sent from it."""

    async def get(self, code: str) -> None:
        room, seat = await self.enter(code)
        self.page("phone.html", room, await self.fresh(room), seat)

    async def post(self, code: str) -> None:
        self.check_origin()
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
            await self.refused(refused)

    async def refused(self, refused: Refused) -> None:
        """Say why something was not done, on the page it came from, with what had been typed."""
        if self.scripted or self.room is None or self.seat is None:
            self.refuse(refused)
            return
        self.set_status(refused.status)
        said = content.say(self.language)(refused.key, **refused.about)
        snapshot = await self.fresh(self.room)
        self.page("phone.html", self.room, snapshot, self.seat, typed=self.form, problem=said)

    async def send(self, seat: Seat, room: Room, command: Command, actor: str, command_id: str) -> None:
        """Hand a command in; the receipt comes when it is durable. Raises ``Refused``."""
        if seat.taken_out in room.snapshot.phones.removed:
            raise Refused(403, "phone.out")
        outcome = await self.rooms.written.of(self.kit.store.submit(seat.workshop, command, actor, command_id))
        if isinstance(outcome, Refusal):
            raise Refused(409, f"refusal.{outcome.key}", **outcome.about)
        self.kit.feed.wake(seat.workshop)

    def received(self, key: str = "phone.state_received") -> None:
        """The receipt."""
        if self.scripted:
            self.answer(ok=True, said=content.say(self.language)(key))
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
        if place not in room.snapshot.visited:
            # A form of ours never names what the room has not come to.
            raise Refused(409, "refusal.answers_closed")
        return place

    async def _card(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        found = room.snapshot.programme.find(place)
        text = written(self.form.get("text", "")[: 10 * (card_limit(found[1]) if found else 0) or None], self.language)
        works = self.form.get("works") == "1"
        command = c.SendCard(place, seat.name(place), seat.card_id(form), text, works)
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received()

    async def _withdraw(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        command = c.WithdrawCard(place, seat.name(place), self.form.get("card", "")[:100])
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received("phone.withdrawn")

    async def _vote(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        name = seat.name(place)
        votes, problem = read_votes(self.form)
        if problem:
            raise Refused(400, "refusal.not_on_ballot")
        number = self.form.get("round", "1")
        round = int(number) if number.isdecimal() and len(number) < 6 else 0
        # What is not ticked is not in the form, and yet it is an answer.
        asked, before = ballot(room.snapshot, place), room.snapshot.phones.votes.get(place, {})
        if asked is not None and asked.sort == "ticks":
            votes = dict.fromkeys(asked.keys, 0) | votes
        if asked is not None and not asked.complete(votes) and name not in before:
            raise Refused(400, "phone.nothing_chosen")
        command = c.CastVote(place, name, round, votes, seat.role)
        await self.send(seat, room, command, name, seat.command_id(form))
        self.received()

    async def _wish(self, room: Room, seat: Seat) -> None:
        place, form = self.place(room), self.form_id
        command = c.MakeWish(place, seat.name(place), self.form.get("wish", ""))  # type: ignore[arg-type]
        await self.send(seat, room, command, seat.name(place), seat.command_id(form))
        self.received("phone.heard")

    async def _role(self, room: Room, seat: Seat) -> None:
        role = self.form.get("role", "")
        if role not in ROLES:
            raise Refused(400, "phone.forbidden")
        keep(self, seat._replace(role=role))
        self.received("phone.role_kept")

    async def _next_person(self, room: Room, seat: Seat) -> None:
        fresh = new_seat(self.entrance.keys, seat.workshop)
        keep(self, fresh)
        came_to(self, fresh, room.snapshot.place)
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
