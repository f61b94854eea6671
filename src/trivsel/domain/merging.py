"""Doubles laid together: cards with the same words, two goals that are one, and a heap that is a catalogue goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from msgspec.structs import replace

from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import DOTS_LIMIT
from trivsel.domain.privacy import has_figure, refuse_figure
from trivsel.domain.references import fit_id, pulled_by
from trivsel.domain.things import GAINS, Card, Goal, Heap, Initiative
from trivsel.domain.undo import Decision
from trivsel.domain.workshop import Snapshot

_FIGURES = ("indicator", "unit", "now", "target")


def same_words(card: Card) -> str:
    """What a card says, case, blanks and punctuation aside."""
    return " ".join(re.findall(r"\w+", card.text.text.casefold()))


def doubles(cards: Iterable[Card]) -> list[tuple[Card, ...]]:
    """Cards that say the same in the same words and do not lie in one heap already."""
    alike: dict[str, list[Card]] = {}
    for card in cards:
        alike.setdefault(same_words(card), []).append(card)
    return [
        tuple(group)
        for said, group in alike.items()
        if said and len(group) > 1 and (group[0].heap is None or len({card.heap for card in group}) > 1)
    ]


def goal_of(snapshot: Snapshot, heap: str) -> Goal | None:
    """The goal that a heap has become."""
    return next((goal for goal in snapshot.of(Goal) if goal.origin == heap), None)


def _merge_cards(snapshot: Snapshot, command: c.MergeCards) -> Decision:
    """Into the first heap that one of them lies in, else into a new one; a nameless heap that is left empty goes."""
    cards = [card for id in dict.fromkeys(command.cards) if (card := snapshot.get(id, Card))]
    if len(cards) != len(set(command.cards)) or len(cards) < 2:
        return Refusal("thing_gone")
    place = command.place
    known = next((card.heap for card in cards if card.heap), None)
    heap = known or command.heap
    if known is None and not fit_id(heap):
        return Refusal("not_a_choice", {"value": heap})
    if known is None and (heap in snapshot.things or heap in snapshot.removed):
        return Refusal("already_there")
    moved = {card.id for card in cards if card.heap != heap}
    events: list[e.Event] = [e.Changed(place, card.id, "heap", card.heap, heap) for card in cards if card.id in moved]
    if known is None:
        events.append(e.Added(place, Heap(id=heap, place=place)))
    for left in dict.fromkeys(card.heap for card in cards if card.heap and card.id in moved):
        old = snapshot.get(left, Heap)
        stay = any(one.heap == left and one.id not in moved for one in snapshot.of(Card))
        if old is not None and old.name is None and not stay:
            events.append(e.Removed(place, left))
    return events


def _merge_goals(snapshot: Snapshot, command: c.MergeGoals) -> Decision:
    """What was said of a goal goes over to the other where that has nothing; initiatives and arrows follow."""
    goal, into = snapshot.get(command.goal, Goal), snapshot.get(command.into, Goal)
    if goal is None or into is None or goal.id == into.id:
        return Refusal("thing_gone")
    place, whole = command.place, _together(snapshot, goal, into)
    events = _follow(snapshot, place, goal.id, into.id)
    for field in ("pulls", "chosen", "dots", "gains", "sign", *_FIGURES, "due"):
        was, now = getattr(into, field), getattr(whole, field)
        if was != now:
            events.append(e.Changed(place, into.id, field, was, now))
    return [*events, e.Removed(place, goal.id)]


def _together(snapshot: Snapshot, goal: Goal, into: Goal) -> Goal:
    """Two goals as one: dots are added up, gains are both's, and figures come along only where they may be shown."""
    pulls = None if into.pulls == goal.id else into.pulls
    if (
        into.pulls is None
        and goal.pulls not in (None, into.id)
        and into.id not in pulled_by(snapshot.things, goal.pulls)
    ):
        pulls = goal.pulls
    whole = replace(
        into,
        pulls=pulls,
        chosen=into.chosen or goal.chosen,
        dots=min(DOTS_LIMIT, into.dots + goal.dots),
        gains=tuple(gain for gain in GAINS if gain in (*into.gains, *goal.gains)),
        sign=into.sign or goal.sign,
        due=into.due or goal.due,
    )
    if any(getattr(into, field) is not None for field in _FIGURES):
        return whole
    measured = replace(whole, **{field: getattr(goal, field) for field in _FIGURES})
    refused = has_figure(measured) and refuse_figure(snapshot, measured)
    return whole if refused else measured


def _follow(snapshot: Snapshot, place: str, old: str, new: str) -> list[e.Event]:
    """Whatever pointed at one goal points at the other."""
    events: list[e.Event] = []
    for one in snapshot.of(Initiative):
        if old in one.goals:
            now = tuple(dict.fromkeys(new if id == old else id for id in one.goals))
            events.append(e.Changed(place, one.id, "goals", one.goals, now))
    way = pulled_by(snapshot.things, new)
    for other in snapshot.of(Goal):
        if other.pulls == old and other.id != new:
            events.append(e.Changed(place, other.id, "pulls", old, None if other.id in way else new))
    return events


def _match_heap(snapshot: Snapshot, command: c.MatchHeap) -> Decision:
    """The heap's goal becomes the catalogue's: the group's own words stay, and so does all that was said of it."""
    heap, entry, place = snapshot.get(command.heap, Heap), command.goal.entry, command.place
    if heap is None or entry is None:
        return Refusal("thing_gone")
    if any(goal.entry is not None and goal.entry.id == entry.id for goal in snapshot.of(Goal)):
        return Refusal("already_taken", {"title": command.goal.title.text})
    id = command.goal.id
    if not fit_id(id) or id in snapshot.things or id in snapshot.removed:
        return Refusal("already_there")
    old = goal_of(snapshot, heap.id)
    if old is None:
        name = heap.name or command.goal.title
        named: list[e.Event] = [] if heap.name else [e.Changed(place, heap.id, "name", None, name)]
        return [*named, e.Added(place, Goal(id=id, title=name, origin=heap.id, entry=entry))]
    new = replace(old, id=id, entry=entry)
    refusal = refuse_figure(snapshot, new) if has_figure(new) else None
    if refusal is not None:
        return refusal
    return [e.Added(place, new), *_follow(snapshot, place, old.id, id), e.Removed(place, old.id)]


MERGING: dict[type, Callable[[Snapshot, Any], Decision]] = {
    c.MergeCards: _merge_cards,
    c.MergeGoals: _merge_goals,
    c.MatchHeap: _match_heap,
}
