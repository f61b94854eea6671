"""What the room is asked on its phones, what has come in, and what may be shown of it."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from msgspec import Struct

from trivsel.domain.words import Text

Role = Literal["", "employee", "leader"]
"""What a person has said of themselves; empty where nothing is asked or somebody would rather not say."""

Wish = Literal["", "more", "on", "done"]
"""Mere tid, Gerne videre, Jeg er færdig."""

Verdict = Literal["", "show", "amo", "back", "hold"]
"""What became of a card that was looked at first: shown, sent to AMO, sent back to its writer, held back."""

WISHES: tuple[Wish, ...] = ("", "more", "on", "done")
ROLES: tuple[Role, ...] = ("", "employee", "leader")
REASONS = ("person", "illness", "amo")
"""Why a card can be held back: it names a person, it is about illness, it belongs with AMO."""

LEAST = 5
"""The fewest answers that any figure is made of (field notes, section 5: a default, to be raised and never lowered)."""
LEAST_SPREAD = 8
"""The fewest answers that a spread is shown for."""


CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"
"""Without letters and digits that are taken for one another when read aloud or typed."""
CODE_LENGTH = 6


def is_code(code: str) -> bool:
    """Whether a door can have that code."""
    return len(code) == CODE_LENGTH and set(code) <= set(CODE_LETTERS)


class Door(Struct, frozen=True):
    """The way in for phones: the code is good while the door is open, on the day it was opened and the next."""

    code: str
    day: str
    open: bool = True

    def lets_in(self, today: dt.date) -> bool:
        """Whether a phone that has no seat yet may have one."""
        return self.open and today - dt.date.fromisoformat(self.day) <= dt.timedelta(days=1)

    @property
    def halves(self) -> tuple[str, str]:
        """The code as it is read aloud: KVX, 742."""
        return self.code[:3], self.code[3:]


class Sent(Struct, frozen=True, gc=False):
    """A card from a phone, not shown yet. ``seat`` is a pseudonym that holds for this one activity."""

    id: str
    place: str
    text: Text
    seat: str
    works: bool = False
    verdict: Verdict = ""
    reason: str = ""
    shown: bool = False


class Vote(Struct, frozen=True, gc=False):
    """What one seat has answered in the round that is open: a number for each of what was asked."""

    votes: dict[str, int]
    role: Role = ""


class Share(Struct, frozen=True, gc=False):
    """How many answered one thing, and the sum of what they answered."""

    answers: int
    sum: int


class Tally(Struct, frozen=True, omit_defaults=True):
    """What may be shown of one round. Nothing that could be traced to fewer than ``least`` people is in it.

    ``answers`` is nought where there were too few for figures: then there is only ``order``, from most to least,
    with what is equal together. ``roles`` has shares only where both groups are large enough.
    """

    round: int
    least: int = LEAST
    answers: int = 0
    shares: dict[str, Share] = {}
    spread: dict[str, tuple[int, ...]] = {}
    """For each thing how many answered the lowest number, the next, and so on."""
    roles: dict[str, dict[str, Share]] = {}
    order: tuple[tuple[str, ...], ...] = ()
    older: bool = False
    """Too few have answered anew since the last count, so that one still stands."""

    def mean(self, key: str) -> float | None:
        """The mean of the answers to one thing, or None where there is no figure."""
        share = self.shares.get(key)
        return share.sum / share.answers if share and share.answers else None


class Asking(Struct, frozen=True, omit_defaults=True):
    """How far one question has come: open for answers, shown, in which round, and what was counted."""

    open: bool = True
    shown: bool = False
    round: int = 1
    sifted: bool = False
    """The dots have been given, so that only the few with most of them are asked about further."""
    tallies: tuple[Tally, ...] = ()
    management: dict[str, int] = {}
    """Management's own answer, said aloud and typed in after the others' was closed."""

    def of_round(self, round: int) -> Tally | None:
        """What was counted in a round."""
        return next((tally for tally in self.tallies if tally.round == round), None)

    @property
    def counted(self) -> Tally | None:
        """What was counted in the round in hand."""
        return self.of_round(self.round)


Contribution = tuple[str, int]
"""One seat's answer to one thing: the pseudonym and the number."""

Sums = dict[str, tuple[frozenset[Contribution], ...]]
"""For each thing the sets of answers whose sums have been shown."""


class Published(Struct, frozen=True):
    """What has been shown of one question: over which answers there were sums, and over which a spread."""

    sums: Sums = {}
    spreads: Sums = {}


class Phones(Struct, frozen=True):
    """Everything that has to do with phones, after the same event as the snapshot it belongs to."""

    door: Door | None = None
    asked: dict[str, Asking] = {}
    sent: dict[str, Sent] = {}
    votes: dict[str, dict[str, Vote]] = {}
    """By place, then by pseudonym: the answers of the round in hand."""
    wishes: dict[str, dict[str, Wish]] = {}
    published: dict[str, Published] = {}
    frozen: frozenset[str] = frozenset()
    """Places where somebody's answer was erased after it had been counted: no new figures there."""
    removed: frozenset[str] = frozenset()
    """Pseudonyms of seats that have been taken out."""
    lead: tuple[str, str] | None = None
    """Who moves the room, if only one may: which page, and the name on it."""
    findings: frozenset[str] = frozenset()
    """Findings about people or management that the presenter has shown the room."""
    minutes: dict[str, int] = {}
    """Minutes added to an activity in the meeting."""

    def asking(self, place: str) -> Asking:
        """How far the question of an activity has come."""
        return self.asked.get(place, _UNTOUCHED)

    def waiting(self, place: str) -> list[Sent]:
        """Cards of an activity that nobody has decided on, in an order that tells nothing of who came first."""
        return self._cards(place, "", "show")

    def held(self, place: str) -> dict[str, int]:
        """How many cards of an activity are kept from the screen, by reason; what went to AMO counts as such."""
        reasons = [one.reason or "amo" for one in self._cards(place, "hold", "amo")]
        return {reason: reasons.count(reason) for reason in REASONS if reason in reasons}

    def _cards(self, place: str, *verdicts: Verdict) -> list[Sent]:
        found = [one for one in self.sent.values() if one.place == place and not one.shown and one.verdict in verdicts]
        return sorted(found, key=lambda one: one.id)

    def of_seat(self, place: str, seat: str) -> list[Sent]:
        """The cards that one seat has sent in an activity, in the order they came."""
        return [one for one in self.sent.values() if one.place == place and one.seat == seat]


_UNTOUCHED = Asking()
NO_PHONES = Phones()
