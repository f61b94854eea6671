"""What the report keeps to itself: figures that belong to too few people, and what could point at somebody."""

from __future__ import annotations

from msgspec.structs import replace

from trivsel.domain.programme import Kind
from trivsel.domain.things import Card, Goal, Heap
from trivsel.domain.workshop import Snapshot

_WISHES: tuple[Kind, ...] = ("collect", "group")
"""What people want more of is written in these; a card from the last round is not a wish."""

FEWEST = 5
"""With fewer people than this nothing is counted out; their words are shown all the same (field notes, 5)."""


def figures_shown(snapshot: Snapshot, goal: Goal) -> bool:
    """Whether the figures of a goal may be read by everybody: not those that never belong in the room, and not those
    that ask for more people than there are, or than anybody has said there are."""
    entry = goal.entry
    if entry is None:
        return True
    people = snapshot.workplace.people
    return not entry.never_in_the_room and people is not None and people >= entry.smallest_group


def withheld(snapshot: Snapshot) -> list[Goal]:
    """Chosen goals that are shown without their figures."""
    return [goal for goal in snapshot.chosen() if not figures_shown(snapshot, goal)]


def counted(snapshot: Snapshot) -> bool:
    """Whether dots are shown as numbers. A workplace known to be very small only gets the order."""
    people = snapshot.workplace.people
    return people is None or people >= FEWEST


def cards_of(snapshot: Snapshot) -> list[tuple[Heap | None, list[Card]]]:
    """The heaps with their cards word for word, loose cards last, in alphabetical order: it gives nobody away."""
    wishes = _cards(snapshot, *_WISHES)
    groups: list[tuple[Heap | None, list[Card]]] = []
    heaps: list[Heap | None] = [*snapshot.of(Heap), None]
    for heap in heaps:
        id = heap.id if heap else None
        cards = [card for card in wishes if (card.heap if card.heap in snapshot.things else None) == id]
        if cards:
            groups.append((heap, cards))
    return groups


def closing_words(snapshot: Snapshot) -> list[Card]:
    """What people said in the last round that they went home with, in alphabetical order."""
    return _cards(snapshot, "close")


def _cards(snapshot: Snapshot, *kinds: Kind) -> list[Card]:
    """The cards from activities of these kinds, in alphabetical order."""
    places = {place for kind in kinds for place in snapshot.programme.kinds(kind)}
    found = [card for card in snapshot.of(Card) if card.place in places]
    return sorted(found, key=lambda card: (card.text.text.casefold(), card.text.text))


def discreet(snapshot: Snapshot, goal: Goal) -> Goal:
    """The goal as it may leave the workshop, without figures that are not for everybody."""
    return goal if figures_shown(snapshot, goal) else replace(goal, now=None, target=None)
