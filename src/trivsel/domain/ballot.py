"""What phones are asked in each activity: how many cards, which things to choose among, and what answers are good."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from msgspec import Struct

from trivsel.domain.asking import LEAST, Asking
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import CARD_LIMIT, TITLE_LIMIT
from trivsel.domain.programme import Activity
from trivsel.domain.things import Card, Goal, Heap, Initiative
from trivsel.domain.workshop import Snapshot

Sort = Literal["choice", "dots", "ticks", "rating", "levers"]
"""One of several; some dots to give away; boxes to tick; effect and effort; a level for each lever."""

SHORTLIST = 6
"""Only so many initiatives are asked about further; more is too much on a phone and in a meeting."""
SCALES = ("effect", "effort")
CARDS, DOTS = 2, 3
"""Cards and dots for each phone where the activity does not say."""
_CARD_KINDS = ("collect", "ideas", "close")
_VOTE_KINDS = ("welcome", "prioritise", "barriers", "rate", "selfcheck")


class Ballot(Struct, frozen=True):
    """What can be answered: a number from ``low`` to ``high`` for each of ``keys``, at most ``budget`` in all.

    ``things`` are the goals, cards or initiatives asked about, in order. With ``whole`` what is not named counts
    as nought, so that everybody who answers has answered everything.
    """

    sort: Sort
    keys: tuple[str, ...]
    things: tuple[str, ...] = ()
    low: int = 0
    high: int = 1
    budget: int | None = None
    whole: bool = True

    def refuse(self, votes: Mapping[str, int]) -> Refusal | None:
        """Why an answer is not one that can be given."""
        numbers = [value for value in votes.values() if type(value) is int]
        if self.budget is not None and sum(numbers) > self.budget:
            return Refusal("too_many_dots", {"limit": str(self.budget)})
        known = len(numbers) == len(votes) and set(votes) <= set(self.keys)
        return None if known and all(self.low <= value <= self.high for value in numbers) else Refusal("not_on_ballot")

    def complete(self, votes: Mapping[str, int]) -> dict[str, int]:
        """The answer with nought for what is not named; an answer that says nothing stays empty."""
        if not votes or (self.whole and not any(votes.values()) and self.sort != "ticks"):
            return {}
        return {key: votes.get(key, 0) for key in self.keys} if self.whole else dict(votes)


def cards_each(activity: Activity) -> int:
    """How many cards a phone has in an activity; none where it is not asked for cards."""
    if activity.kind not in _CARD_KINDS:
        return 0
    return activity.cards if activity.cards is not None else (1 if activity.kind == "close" else CARDS)


def card_limit(activity: Activity) -> int:
    """How long a card can be, in characters: an idea becomes a title."""
    return TITLE_LIMIT if activity.kind == "ideas" else CARD_LIMIT


def asks(activity: Activity) -> bool:
    """Whether phones have anything to answer in an activity."""
    return cards_each(activity) > 0 or activity.kind in _VOTE_KINDS


def ballot(snapshot: Snapshot, place: str) -> Ballot | None:
    """What is voted on in an activity now, or None where nothing is."""
    found = snapshot.programme.find(place)
    if found is None or found[1].kind not in _VOTE_KINDS:
        return None
    activity, kind = found[1], found[1].kind
    keys = tuple(option.key for option in activity.answers)
    made: Ballot | None = None
    if kind == "welcome":
        made = Ballot("choice", keys, budget=1)
    elif kind == "prioritise":
        goals = candidates(snapshot)
        made = _dots(goals, activity)
    elif kind == "selfcheck":
        made = Ballot("levers", keys, high=2, whole=False)
    elif kind == "barriers":
        asking = snapshot.phones.asking(place)
        open_ideas = tuple(one.id for one in ideas(snapshot))
        if len(open_ideas) > SHORTLIST and not asking.sifted:
            made = _dots(open_ideas, activity)
        else:
            few = shortlist(snapshot)
            made = Ballot("ticks", tuple(f"{id}.{key}" for id in few for key in keys), few)
    elif kind == "rate":
        few = shortlist(snapshot)
        ratings = tuple(f"{id}.{scale}" for id in few for scale in SCALES)
        made = Ballot("rating", ratings, few, low=1, high=5, whole=False)
    return made if made and made.keys else None


def _dots(things: tuple[str, ...], activity: Activity) -> Ballot:
    dots = activity.dots or DOTS
    return Ballot("dots", things, things, high=dots, budget=dots)


def candidates(snapshot: Snapshot) -> tuple[str, ...]:
    """What can be given dots: the goals, or, where there are none, the cards that lie alone."""
    goals = tuple(goal.id for goal in snapshot.of(Goal))
    heaps = {heap.id for heap in snapshot.of(Heap)}
    first = snapshot.programme.kinds("collect")
    cards = tuple(card.id for card in snapshot.of(Card) if card.place in first and card.heap not in heaps)
    return goals or cards


def ideas(snapshot: Snapshot) -> list[Initiative]:
    """Initiatives that can still be chosen: not what works already, nor what is the employer's duty."""
    return [one for one in snapshot.of(Initiative) if not one.works and one.decision not in ("must", "no")]


def shortlist(snapshot: Snapshot) -> tuple[str, ...]:
    """The few initiatives with most dots, in that order."""
    here = {one.id: one for one in ideas(snapshot)}
    order = sorted(here, key=lambda id: -here[id].dots)
    for place in snapshot.programme.kinds("barriers"):
        asking = snapshot.phones.asking(place)
        if asking.sifted and asking.tallies:
            by_dots = [id for equal in asking.tallies[0].order for id in equal if id in here]
            order = [*by_dots, *(id for id in order if id not in by_dots)]
    return tuple(order[:SHORTLIST])


def asks_for_role(snapshot: Snapshot) -> bool:
    """With fewer than five leaders expected no role is asked; management answers last, aloud and together."""
    leaders, people = snapshot.workplace.leaders, snapshot.workplace.people
    least = max(LEAST, snapshot.workplace.least)
    return leaders is not None and leaders >= least and (people is None or people - leaders >= least)


def takes_answers(snapshot: Snapshot, place: str) -> bool:
    """Whether an answer that comes now is taken."""
    asking: Asking = snapshot.phones.asking(place)
    return asking.open and snapshot.closed is None
