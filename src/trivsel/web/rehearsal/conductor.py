"""Leads a rehearsal where nobody else does: through every question for phones, and what lies between them."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable

from trivsel.content import doubts, languages
from trivsel.content.rehearsal import rehearsal
from trivsel.domain import commands as c
from trivsel.domain.ballot import asks, ballot, cards_each, ideas
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import CHOSEN_LIMIT
from trivsel.domain.programme import Activity
from trivsel.domain.things import WORKPLACE, Card, Goal, Initiative
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.errors import Refused
from trivsel.session import Session
from trivsel.web.rehearsal.crowd import Crowd

TRY, LATER = 2, 1
"""How many initiatives are tried, and how many wait."""


class Conductor:
    """Moves the room, waits for the crowd, closes, shows and decides. ``tell`` hears of each activity when it is done,
    and how many had not answered by then."""

    def __init__(self, session: Session, crowd: Crowd, patience: float, tell: Callable[[str, int], None]) -> None:
        self._session, self._crowd = session, crowd
        self._patience, self._tell = patience, tell
        self.missing = 0
        """How many answers were waited for in vain."""

    @property
    def snapshot(self) -> Snapshot:
        return self._session.snapshot

    async def do(self, command: c.Command) -> None:
        """Raises ``Refused``."""
        outcome = await asyncio.to_thread(self._session.send, command)
        if isinstance(outcome, Refusal):
            raise Refused(outcome)

    async def lead(self) -> None:
        """Hold the whole meeting, and leave it open at the end."""
        for place, _, activity in self.snapshot.programme.places():
            led = _LEAD.get(activity.kind, Conductor._ask if asks(activity) else None)
            if led is None or self.snapshot.state(place) == "after":
                continue
            await asyncio.to_thread(self._session.refresh)
            await self.do(c.MoveRoom(place, self.snapshot.place, (self.snapshot.phones.lead or ("",))[0]))
            await led(self, place, activity)

    async def _ask(self, place: str, activity: Activity) -> None:
        """Ask the phones, take no more answers, and show what came."""
        cards = cards_each(activity) > 0
        if not cards and ballot(self.snapshot, place) is None:
            return
        round = self.snapshot.phones.asking(place).round
        await self.do(c.OpenAnswers(place))
        missing = await self._crowd.finished(f"{place}.{round}.{'cards' if cards else 'vote'}", self._patience)
        await self.do(c.CloseAnswers(place))
        if cards:
            await self._look_through(place)
        elif self.snapshot.phones.asking(place).tallies:
            await self.do(c.ShowResults(place))
        self.missing += missing
        self._tell(place, missing)
        asking = self.snapshot.phones.asking(place)
        if asking.open and asking.round > round:
            await self._ask(place, activity)

    async def _look_through(self, place: str) -> None:
        """Hold back what must not be on the screen, and show the rest."""
        for card in self.snapshot.phones.waiting(place):
            why = doubts(self.snapshot, card.text)
            if "amo" in why:
                await self.do(c.JudgeCard(place, card.id, "amo", representative=True))
            elif why:
                await self.do(c.JudgeCard(place, card.id, "hold", why[0], representative=True))
        good = tuple(card.id for card in self.snapshot.phones.waiting(place))
        if good:
            await self.do(c.ShowCards(place, good))

    async def _group(self, place: str, activity: Activity) -> None:
        """Lay the cards in heaps and name them, so that there are goals."""
        lines, heaps = rehearsal(), dict[str, str]()
        for card in self.snapshot.of(Card):
            theme = lines.theme_of(card.text.text)
            if theme is None or card.heap is not None:
                continue
            if theme in heaps:
                await self.do(c.Gather(place, card.id, heaps[theme], ""))
                continue
            heaps[theme] = f"heap-{secrets.token_hex(6)}"
            await self.do(c.Gather(place, card.id, card.id, heaps[theme]))
            name, language = lines.themes[theme].name, self.snapshot.language
            spoken = language if language in name else languages()[0]
            also = {other: text for other, text in name.items() if other != spoken}
            await self.do(c.Change(place, heaps[theme], "name", None, Text(spoken, name[spoken], also)))
        self._tell(place, 0)

    async def _prioritise(self, place: str, activity: Activity) -> None:
        """Ask for dots, and go for the goals that got most."""
        await self._ask(place, activity)
        free = CHOSEN_LIMIT - len(self.snapshot.chosen())
        for goal in sorted(self.snapshot.of(Goal), key=lambda goal: -goal.dots)[:CHOSEN_LIMIT]:
            if not goal.chosen and free > 0:
                free -= 1
                await self.do(c.Change(place, goal.id, "chosen", False, True))

    async def _decide(self, place: str, activity: Activity) -> None:
        """Say yes to a few, later to one, and no to another with a reason."""
        open_ideas = [one for one in ideas(self.snapshot) if not one.decision]
        best = sorted(open_ideas, key=lambda one: (-(one.effect or 0) + (one.effort or 0) / 2, -one.dots))
        for one in best[:TRY]:
            await self._change(place, one, "decision", "yes")
        for one in best[TRY : TRY + LATER]:
            await self._change(place, one, "decision", "later")
        for one in best[TRY + LATER : TRY + LATER + 1]:
            why = rehearsal().no
            spoken = self.snapshot.language if self.snapshot.language in why else languages()[0]
            await self._change(place, one, "reason", Text(spoken, why[spoken]))
            await self._change(place, one, "decision", "no")
        self._tell(place, 0)

    async def _change(self, place: str, one: Initiative, field: str, now: str | Text) -> None:
        await self.do(c.Change(place, one.id, field, getattr(one, field), now))


_LEAD = {
    "group": Conductor._group,
    "prioritise": Conductor._prioritise,
    "decide": Conductor._decide,
}


def mark(snapshot: Snapshot) -> c.Command:
    """What makes a workshop a rehearsal on every page."""
    return c.Change(snapshot.place, WORKPLACE, "rehearsal", snapshot.workplace.rehearsal, True)
