"""What stands on the presenter's page: plain values made from the workshop, the time and who is looking."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import Any

from markupsafe import Markup
from msgspec import Struct

from trivsel.content import calendar, guide, guide_html, say, told
from trivsel.domain.advice import findings
from trivsel.domain.asking import WISHES
from trivsel.domain.ballot import asks_for_role, ballot, cards_each
from trivsel.domain.programme import Activity
from trivsel.domain.words import pick
from trivsel.domain.workshop import Snapshot
from trivsel.qr import qr_svg
from trivsel.web.home import room
from trivsel.web.presenter import clock
from trivsel.web.presenter.queue import Queue, queue

TALKING = (2, 3, 4, 5, 6)
"""Minutes of talking in pairs that one tap gives."""
RESTING = (5, 10, 15)
"""Minutes of a break."""
SUGGESTED = 3
"""So many activities are named when there is too little time."""
PATIENCE = 60
"""Seconds after which a phone that did not come in is no longer waited for."""


class Button(Struct, frozen=True):
    """Something that can be done now: the form it sends, and what stands on it."""

    do: str
    label: str
    fields: tuple[tuple[str, str], ...] = ()
    main: bool = False


class Counts(Struct, frozen=True):
    """How many have answered, of how many phones that are here where that is known, and what they wish."""

    answered: int
    here: int | None
    cards: int | None
    wishes: dict[str, int]


class Door(Struct, frozen=True):
    """The way in: the address for phones and the code, where the door is open, and what is known of phones."""

    addresses: tuple[str, ...]
    open: bool
    halves: tuple[str, str] = ("", "")
    code: Markup | str = ""
    here: int | None = None
    trying: bool = False
    tired: bool = False
    """Nobody has come in for so long that something is wrong."""


class Finding(Struct, frozen=True):
    """What a wise colleague would point out, and where it is mended."""

    text: str
    why: str
    mend: str
    address: str
    key: str = ""
    """What it is called, where it is for these eyes only unless the room is shown it."""
    shown: bool = False


class Desk:
    """One look at a workshop by whoever leads it, in a language and at a time."""

    def __init__(
        self,
        workshop: str,
        snapshot: Snapshot,
        language: str,
        now: dt.datetime,
        *,
        here: int | None = None,
        in_sight: set[str] | None = None,
    ) -> None:
        self.in_sight = set() if in_sight is None else in_sight
        self.workshop, self.snapshot, self.now, self.here = workshop, snapshot, now, here
        self.say, self.language = say(language), language
        self.place = snapshot.place
        self.asking = snapshot.phones.asking(snapshot.place)

    @property
    def activity(self) -> Activity | None:
        """What the room does now."""
        found = self.snapshot.programme.find(self.place)
        return found[1] if found else None

    def queue(self) -> Queue:
        """The cards to look at, from now on in sight."""
        found = queue(self.snapshot, self.place, self.in_sight)
        self.in_sight.update(card.id for card in found.waiting)
        return found

    def labelled(self, found: tuple[str, Activity] | None) -> dict[str, Any] | None:
        """An activity by its place, its name and its minutes."""
        if found is None:
            return None
        place, activity = found
        minutes = clock.minutes(self.snapshot, place, activity)
        return {"place": place, "label": pick(activity.label, self.language), "minutes": minutes}

    def values(self) -> dict[str, Any]:
        """All that the page shows of the meeting itself."""
        snapshot, activity = self.snapshot, self.activity
        step = snapshot.programme.find(self.place)
        cards, times = self.queue(), clock.clock(snapshot, self.now)
        return {
            "workshop": self.workshop,
            "place": self.place,
            "title": (snapshot.workplace.name or snapshot.workplace.title).read(self.language),
            "tongue": snapshot.language,
            "rehearsal": snapshot.workplace.rehearsal,
            "closed": snapshot.closed,
            "step": pick(step[0].title, self.language) if step else "",
            "colour": step[0].colour if step else "",
            "now": self.labelled((self.place, activity)) if activity else None,
            "question": pick(activity.question, self.language) if activity else "",
            "why": pick(activity.why, self.language) if activity else "",
            "next": self.labelled(clock.following(snapshot)),
            "before": self.labelled(clock.before(snapshot)),
            "clock": times,
            "end": self.say.time(times.end) if times.end else "",
            "expected": self.say.time(times.expected) if times.expected else "",
            "buttons": self.buttons(cards),
            "notes": self.notes(cards),
            "counts": self.counts(cards),
            "alone": activity.alone if activity else None,
            "pairs": activity.pairs if activity else None,
            "talking": TALKING,
            "resting": RESTING,
            "cards": cards,
            "takes_cards": bool(activity and cards_each(activity)),
            "together": self.asking.open and not self.asking.shown,
            "savings": [self.saving(one) for one in clock.savings(snapshot)[:SUGGESTED]],
            "left_out": [self.labelled(one) for one in clock.left_out(snapshot)],
            "findings": self.findings(),
            "guide": self.guide(),
            "manager_leads": snapshot.workplace.manager_leads,
            "room": room(self.workshop),
            "facts": self.facts(),
        }

    def saving(self, one: clock.Saving) -> dict[str, Any]:
        """An activity to leave out, and what is said of it then."""
        named = self.labelled((one.place, one.activity)) or {}
        return named | {"state": one.state, "instead": pick(one.activity.if_skipped, self.language)}

    def buttons(self, cards: Queue) -> list[Button]:
        """What can be done about the answers, the next thing to do first."""
        activity, asking = self.activity, self.asking
        if activity is None or self.snapshot.closed is not None:
            return []
        opens = Button("open", self.say("present.open"))
        if cards_each(activity):
            # Everybody's cards are shown together, so answers are closed first; late ones come as they are.
            found = []
            if cards.ready:
                ids = tuple(("id", id) for id in cards.ready)
                words = self.say("present.show_more" if asking.shown else "present.show_cards", n=len(cards.ready))
                found = [Button("show_cards", words, ids, main=asking.shown or not asking.open)]
            if not asking.open:
                return [*found, opens]
            close = Button("close", self.say("present.close"), main=not asking.shown)
            return [*found, close] if asking.shown else [close, *found]
        if ballot(self.snapshot, self.place) is None:
            return []
        if asking.open:
            return [Button("close", self.say("present.close"), main=True)]
        if asking.shown:
            return [Button("again", self.say("present.again"))]
        if asking.counted is not None:
            return [Button("show_results", self.say("present.show_results"), main=True), opens]
        return [opens]

    def notes(self, cards: Queue) -> list[str]:
        """What to know before one presses."""
        activity, asking = self.activity, self.asking
        if activity is None or self.snapshot.closed is not None:
            return []
        last = not asks_for_role(self.snapshot) and not asking.open and not asking.shown
        if cards_each(activity):
            found = [self.say("present.look_first", n=cards.doubtful)] if cards.doubtful else []
            return [*found, self.say("present.management_cards")] if last and cards.waiting else found
        if ballot(self.snapshot, self.place) is None or asking.open or asking.shown:
            return []
        if asking.counted is None:
            return [self.say("present.nobody_answered")]
        return [self.say("present.management_now")] if last else []

    def counts(self, cards: Queue) -> Counts | None:
        """How far the phones are; nothing where they are asked nothing."""
        activity, phones = self.activity, self.snapshot.phones
        if activity is None:
            return None
        each = cards_each(activity)
        if not each and ballot(self.snapshot, self.place) is None:
            return None
        sent = [one for one in phones.sent.values() if one.place == self.place]
        answered = len({one.seat for one in sent}) if each else len(phones.votes.get(self.place, {}))
        given = list(phones.wishes.get(self.place, {}).values())
        wishes: dict[str, int] = {wish: given.count(wish) for wish in WISHES if wish and wish in given}
        return Counts(answered, self.here, len(sent) if each else None, wishes)

    def findings(self) -> list[Finding]:
        """What to look at, for the room's eyes or only for these."""
        found = []
        for one in findings(self.snapshot, calendar()):
            step, _, activity = one.place.partition(".")
            said = told(one, self.say)
            address = f"{room(self.workshop)}&step={step}&activity={activity}"
            if one.desk:
                address = f"/workshops/{self.workshop}/after"
            key = one.key if one.audience == "presenter" else ""
            found.append(Finding(said.text, said.why, said.mend, address, key, key in self.snapshot.phones.findings))
        return found

    def guide(self) -> list[tuple[str, Markup]]:
        """The guide's parts for this activity, as far as somebody has written them."""
        parts = guide(self.language, self.place)
        return [
            (part, guide_html(text))
            for part, text in (
                ("open", parts.open), ("run", parts.run), ("listen", parts.listen), ("stuck", parts.stuck),
                ("close", parts.close),
            )
            if text
        ]  # fmt: skip

    def facts(self) -> list[tuple[str, str]]:
        """What the cards and figures of this workshop hang on, as it stands."""
        place, words = self.snapshot.workplace, self.say
        none = words("present.not_said")
        leads = place.leads.read(self.language) if place.leads else none
        return [
            (words("home.leads"), words("present.a_manager", name=leads) if place.manager_leads else leads),
            (words("changing.leaders"), none if place.leaders is None else str(place.leaders)),
            (words("changing.data_owner"), place.data_owner.read(self.language) if place.data_owner else none),
            (words("present.least"), str(place.least)),
        ]

    def door(self, bases: list[str], tried: float | None) -> Door:
        """The way in for phones. ``bases`` are the addresses of this computer, ``tried`` when somebody began to try."""
        door = self.snapshot.phones.door
        if door is None or not door.lets_in(self.now.astimezone().date()):
            return Door(tuple(bases), False, here=self.here)
        addresses = tuple(f"{base}/join/{door.code}" for base in bases)
        code = drawn(addresses[0], self.say("present.qr")) if addresses else ""
        waiting = tried is not None and not self.here
        return Door(
            tuple(f"{base}/join" for base in bases),
            True,
            door.halves,
            code,
            self.here,
            tried is not None,
            waiting and tried is not None and self.now.timestamp() - tried >= PATIENCE,
        )


@lru_cache(16)
def drawn(address: str, label: str) -> Markup:
    """A code with an address in it; the page is asked for every second, and the code stays the same."""
    return Markup(qr_svg(address, label))
