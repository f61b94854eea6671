"""What follows from a change of one field: a heap that gets a name becomes a goal, a yes gets its presets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from trivsel.domain import events as e
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import CHOSEN_LIMIT
from trivsel.domain.presets import approver_of, duty_goes_to, option, resource_preset
from trivsel.domain.privacy import has_figure, refuse_figure
from trivsel.domain.references import pulled_by
from trivsel.domain.things import (
    Anchor,
    Card,
    Goal,
    Heap,
    Initiative,
    Resource,
    Thing,
    Workplace,
)
from trivsel.domain.undo import same
from trivsel.domain.weakness import put_to
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot


def _follow_heap(snapshot: Snapshot, thing: Heap, change: e.Changed) -> list[e.Event]:
    """A heap's name is a goal's title: naming makes the goal, renaming renames it unless it has got its own."""
    goal = next((goal for goal in snapshot.of(Goal) if goal.origin == thing.id), None)
    name = change.now
    if isinstance(name, Text):
        if goal is None:
            id = f"goal-{thing.id}"
            back = snapshot.removed.get(id)
            if isinstance(back, Goal):
                return _goal_back(snapshot, back, name, change.place)
            if id in snapshot.things or back is not None:
                return []
            return [e.Added(change.place, Goal(id=id, title=name, origin=thing.id))]
        if same(goal.title, change.was):
            return [e.Changed(change.place, goal.id, "title", goal.title, name)]
        return []
    return drop_goal(snapshot, goal, change.place)


def _goal_back(snapshot: Snapshot, goal: Goal, name: Text, place: str) -> list[e.Event]:
    """The goal that a heap had before comes back, chosen only if there is room for it."""
    events: list[e.Event] = [e.Returned(place, goal.id), e.Changed(place, goal.id, "title", goal.title, name)]
    if goal.chosen and len(snapshot.chosen()) >= CHOSEN_LIMIT:
        events.append(e.Changed(place, goal.id, "chosen", True, False))
    return events


def drop_goal(snapshot: Snapshot, goal: Goal | None, place: str) -> list[e.Event]:
    """A goal that only a heap's name had made goes with it, unless somebody has worked on it."""
    if goal is None or goal.chosen or goal.dots or goal.gains or goal.sign or goal.indicator or has_figure(goal):
        return []
    if goal.pulls or any(other.pulls == goal.id for other in snapshot.of(Goal)):
        return []
    served = any(goal.id in initiative.goals for initiative in snapshot.of(Initiative))
    return [] if served else [e.Removed(place, goal.id)]


def _follow_card(snapshot: Snapshot, thing: Card, change: e.Changed) -> list[e.Event]:
    if change.field != "heap" or thing.heap is None:
        return []
    return leave_heap(snapshot, thing, change.place)


def leave_heap(snapshot: Snapshot, card: Card, place: str) -> list[e.Event]:
    """A heap without a name goes when its last card leaves."""
    heap = snapshot.get(card.heap, Heap)
    left = [other for other in snapshot.of(Card) if other.heap == card.heap and other.id != card.id]
    return [e.Removed(place, heap.id)] if heap is not None and heap.name is None and not left else []


def _follow_goal(snapshot: Snapshot, thing: Goal, change: e.Changed) -> list[e.Event] | Refusal:
    if change.field == "chosen" and change.now and len(snapshot.chosen()) >= CHOSEN_LIMIT:
        return Refusal("too_many_goals", {"limit": str(CHOSEN_LIMIT)})
    if change.field == "pulls" and isinstance(change.now, str):
        return _refuse_circle(snapshot, thing, change.now) or []
    if change.field in ("now", "target") and change.now is not None:
        return refuse_figure(snapshot, thing) or []
    return []


def _refuse_circle(snapshot: Snapshot, goal: Goal, pulled: str) -> Refusal | None:
    """Why an arrow may not lead from a goal to another: it would come back to where it began."""
    way = pulled_by(snapshot.things, pulled)
    if goal.id not in way:
        return None
    if pulled == goal.id:
        return Refusal("pulls_itself", {"goal": goal.title.text})
    other = snapshot.get(pulled, Goal)
    return Refusal("pulls_in_circle", {"goal": goal.title.text, "other": other.title.text if other else ""})


def _follow_initiative(snapshot: Snapshot, thing: Initiative, change: e.Changed) -> list[e.Event] | Refusal:
    place = change.place
    if change.field == "duty":
        if change.now == "yes":
            taker = duty_goes_to(snapshot)
            return [
                e.Changed(place, thing.id, "decision", thing.decision, "must"),
                *([] if thing.approver == taker else [e.Changed(place, thing.id, "approver", thing.approver, taker)]),
            ]
        return [e.Changed(place, thing.id, "decision", "must", "")] if thing.decision == "must" else []
    if change.field == "levels":
        preset = approver_of(snapshot, thing)
        now = approver_of(snapshot, replace(thing, levels=change.now))
        if thing.approver in (None, preset) and now != thing.approver:
            return [e.Changed(place, thing.id, "approver", thing.approver, now)]
    if change.field == "decision":
        if thing.duty == "yes" and change.now != "must":
            return Refusal("duty_is_not_voted", {"title": thing.title.text})
        if change.now == "must" and thing.duty != "yes":
            return Refusal("not_a_choice", {"value": "must"})
        if change.now == "yes":
            return ready_to_try(snapshot, thing, place)
    return []


def ready_to_try(snapshot: Snapshot, thing: Initiative, place: str, beside: tuple[Thing, ...] = ()) -> list[e.Event]:
    """What we try gets its presets for resources and a place to be anchored, once; ``beside`` comes in with it."""
    things = (*snapshot.things.values(), *beside)
    new: list[Thing] = []
    if not any(isinstance(one, Resource) and one.initiative == thing.id for one in things):
        new.append(resource_preset(snapshot, thing))
    if not any(isinstance(one, Anchor) and one.initiative == thing.id for one in things):
        new.append(Anchor(id=f"anchor-{thing.id}", initiative=thing.id))
    ids = {one.id for one in things}
    return [
        e.Returned(place, one.id) if one.id in snapshot.removed else e.Added(place, one)
        for one in new
        if one.id not in ids
    ]


def _follow_resource(snapshot: Snapshot, thing: Resource, change: e.Changed) -> list[e.Event]:
    """Another size means other presets, where nobody has written figures of their own."""
    if change.field != "size":
        return []
    old, new = option(snapshot, thing.size), option(snapshot, str(change.now))
    events: list[e.Event] = []
    if new is not None and thing.hours == (old.hours if old else None) and thing.hours != new.hours:
        events.append(e.Changed(change.place, thing.id, "hours", thing.hours, new.hours))
    if new is not None and thing.money == (old.money if old else None) and thing.money != new.money:
        events.append(e.Changed(change.place, thing.id, "money", thing.money, new.money))
    return events


def _follow_anchor(snapshot: Snapshot, thing: Anchor, change: e.Changed) -> list[e.Event]:
    """Whoever is put in somebody's place has not said yes yet. What the group answers is kept with what was asked."""
    if change.field in ("holds", "safeguard"):
        return _follow_answer(snapshot, thing, change)
    agreed = f"{change.field}_agreed"
    if change.field in ("responsible", "deputy") and getattr(thing, agreed):
        return [e.Changed(change.place, thing.id, agreed, True, False)]
    return []


def _follow_answer(snapshot: Snapshot, thing: Anchor, change: e.Changed) -> list[e.Event]:
    """The test stays as long as something is said about it, so that no answer comes to stand under another question."""
    beside = thing.safeguard if change.field == "holds" else thing.holds
    asked = put_to(snapshot, thing) if change.now or beside else ""
    return [] if asked == thing.tested else [e.Changed(change.place, thing.id, "tested", thing.tested, asked)]


def _follow_workplace(snapshot: Snapshot, thing: Workplace, change: e.Changed) -> list[e.Event] | Refusal:
    """What people were promised when they answered is not taken back."""
    if change.field == "least" and isinstance(change.now, int) and change.now < thing.least:
        return Refusal("limit_only_up", {"least": str(thing.least)})
    return []


FOLLOW: dict[type, Callable[[Snapshot, Any, e.Changed], list[e.Event] | Refusal]] = {
    Heap: _follow_heap,
    Card: _follow_card,
    Goal: _follow_goal,
    Initiative: _follow_initiative,
    Resource: _follow_resource,
    Anchor: _follow_anchor,
    Workplace: _follow_workplace,
}
