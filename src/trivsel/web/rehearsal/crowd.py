"""The simulated participants as they sit in the room: they come, follow the room, think, answer and leave."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from msgspec import Struct

from trivsel.web.rehearsal.forms import Page
from trivsel.web.rehearsal.line import NO_LINK
from trivsel.web.rehearsal.person import Person
from trivsel.web.rehearsal.phone import AGAIN, NotIn, Phone, Sent

GONE = ("over", "out")
"""What a phone shows when there is nothing more to wait for."""


class Pace(Struct, frozen=True):
    """How quickly people come and think, in seconds: for a card, for anything else; and how often a phone without a
    stream asks. The ``patience`` is how long whoever leads waits for the last ones."""

    comes: tuple[float, float]
    card: tuple[float, float]
    other: tuple[float, float]
    every: float
    patience: float


FAST = Pace(comes=(0.0, 0.2), card=(0.02, 0.3), other=(0.02, 0.2), every=0.25, patience=20.0)
SLOW = Pace(comes=(0.5, 40.0), card=(15.0, 100.0), other=(3.0, 30.0), every=2.0, patience=180.0)
"""As people do."""


class Seated:
    """A person, their phone once they are here, and how far they have come."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.phone: Phone | None = None
        self.answered: set[str] = set()
        self.refused = False
        """They could not get in."""


class Crowd:
    """Everybody with a simulated phone. ``host`` and ``port`` are where the kit answers on this computer."""

    def __init__(self, people: Sequence[Person], host: str, port: int, code: str, pace: Pace) -> None:
        self.seated = [Seated(person) for person in people]
        self._where = (host, port, code)
        self._pace = pace
        self._questions: list[str] = []
        self._news = asyncio.Condition()
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def sent(self) -> list[tuple[Phone, Sent]]:
        """All that was sent, with the phone it was sent from."""
        return [(one.phone, sent) for one in self.seated if one.phone for sent in one.phone.sent]

    @property
    def shut_out(self) -> int:
        """How many did not get in."""
        return sum(one.refused for one in self.seated)

    @property
    def failed(self) -> int:
        """How often the server could not answer."""
        return sum(one.phone.failed for one in self.seated if one.phone)

    def start(self) -> None:
        """Let them come."""
        self._tasks = [asyncio.create_task(self._attend(one)) for one in self.seated]

    async def end(self) -> None:
        """Put all phones away."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for one in self.seated:
            if one.phone is not None:
                await one.phone.close()

    async def last(self) -> None:
        """Wait until nobody is here any more."""
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def asked(self, question: str) -> int:
        """Somebody has seen this question: the how-manieth it is, from nought. Late ones hear of it."""
        if question not in self._questions:
            self._questions.append(question)
            await self._tell()
        return self._questions.index(question)

    async def finished(self, question: str, patience: float) -> int:
        """Wait until everybody who is here at a question has done with it: how many had not when time was up."""
        number = await self.asked(question)
        here = [one for one in self.seated if one.person.comes <= number <= one.person.leaves]

        def waiting() -> list[Seated]:
            return [one for one in here if question not in one.answered and not one.refused]

        try:
            async with asyncio.timeout(patience), self._news:
                await self._news.wait_for(lambda: not waiting())
        except TimeoutError:
            return len(waiting())
        return 0

    async def _tell(self) -> None:
        async with self._news:
            self._news.notify_all()

    async def _attend(self, one: Seated) -> None:
        person = one.person
        async with self._news:
            await self._news.wait_for(lambda: not person.comes or len(self._questions) > person.comes)
        host, port, code = self._where
        await self._think(one, "comes", self._pace.comes)
        phone = one.phone = Phone(host, port, code, language=person.language, way=person.way)
        try:
            page = await self._again(phone.open)
            while page.mode not in GONE:
                number = await self.asked(page.ask) if page.mode in ("cards", "vote") else None
                if number is not None and page.ask not in one.answered:
                    page = await self._answer(one, phone, page)
                    if number >= person.leaves:
                        break
                    continue  # the room may have gone on meanwhile
                page = await self._again(partial(phone.wait, page, self._pace.every))
        except NotIn:
            one.refused = not one.answered
        finally:
            await phone.close()
            await self._tell()

    @staticmethod
    async def _again(look: Callable[[], Awaitable[Page]]) -> Page:
        """What a phone sees, as soon as there is a link."""
        while True:
            try:
                return await look()
            except NO_LINK:
                await asyncio.sleep(AGAIN)

    async def _answer(self, one: Seated, phone: Phone, page: Page) -> Page:
        """Do what this person does at a question, as long as it is asked."""
        question = page.ask
        for turn, deed in enumerate(one.person.deeds(page)):
            await self._think(one, f"{question} {turn}", self._pace.card if deed.does == "card" else self._pace.other)
            if phone.version != page.version:
                page = await self._again(phone.look)
            if page.ask != question:
                break
            form = one.person.fill(deed, page)
            if form is None:
                continue
            await phone.send(form)
            if deed.again:
                await phone.send(phone.last, again=True)
            page = await self._again(phone.look)
            if page.ask != question:
                break
        one.answered.add(question)
        await self._tell()
        return page

    async def _think(self, one: Seated, about: str, seconds: tuple[float, float]) -> None:
        await asyncio.sleep(one.person.chance("thinks", about).uniform(*seconds))
