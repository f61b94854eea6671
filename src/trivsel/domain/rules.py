"""What may happen in a workshop: a command and the workshop as it is go in, events or a refusal come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.answers import ANSWERS, counted
from trivsel.domain.beginning import close, reopen, start, take_in
from trivsel.domain.commands import Refusal
from trivsel.domain.consequences import FOLLOW, drop_goal, leave_heap, ready_to_try
from trivsel.domain.fields import CHOSEN_LIMIT, FIELDS, THINGS_LIMIT, Number, Ref, Refs, refuse_thing
from trivsel.domain.merging import MERGING
from trivsel.domain.presets import prepared
from trivsel.domain.privacy import has_figure, refuse_figure
from trivsel.domain.references import fit_id, loose_ends
from trivsel.domain.tasks import fits
from trivsel.domain.things import (
    Anchor,
    Card,
    Forum,
    Goal,
    Heap,
    Initiative,
    Resource,
    Task,
    Thing,
    Workplace,
)
from trivsel.domain.undo import Decision, redo, same, shown, unchanged, undo
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot


def decide(snapshot: Snapshot | None, command: c.Command) -> Decision:
    """What happens if ``command`` is carried out now: events to write, in order, or why it may not."""
    if isinstance(command, c.StartWorkshop):
        return start(command) if snapshot is None else Refusal("already_started")
    if isinstance(command, c.ImportDocument):
        return take_in(command) if snapshot is None else Refusal("already_started")
    if snapshot is None:
        return Refusal("not_started")
    place = getattr(command, "place", snapshot.place)
    if snapshot.programme.find(place) is None:
        return Refusal("unknown_activity", {"place": place})
    return _DECIDE[type(command)](snapshot, command)


def _move(snapshot: Snapshot, command: c.MoveRoom) -> Decision:
    if command.was != snapshot.place:
        return Refusal("room_moved")
    lead = snapshot.phones.lead
    if lead is not None and command.hand != lead[0]:
        return Refusal("another_leads", {"name": lead[1]})
    if command.place == snapshot.place:
        return []
    # Votes that nobody closed are closed and counted when the room goes on; cards may still come.
    left = counted(snapshot, snapshot.place) if snapshot.phones.votes.get(snapshot.place) else None
    return [*([left] if left else []), e.RoomMoved(command.place)]


def _plan(snapshot: Snapshot, command: c.PlanActivity) -> Decision:
    was = snapshot.state(command.place)
    if command.state not in ("meeting", "extra", "after"):
        return Refusal("not_a_choice", {"value": command.state})
    return [] if command.state == was else [e.ActivityPlanned(command.place, command.state, was)]


def _start_timer(snapshot: Snapshot, command: c.StartTimer) -> Decision:
    if not 10 <= command.seconds <= 7_200:
        return Refusal("number_out_of_range", {"low": "10", "high": "7200"})
    if command.phase not in ("alone", "pairs", "break"):
        return Refusal("not_a_choice", {"value": command.phase})
    return [e.TimerStarted(command.place, command.phase, command.seconds)]


def _stop_timer(snapshot: Snapshot, command: c.StopTimer) -> Decision:
    return [e.TimerStopped(command.place)] if snapshot.timer else []


def _add(snapshot: Snapshot, command: c.Add) -> Decision:
    if len(snapshot.things) + len(command.things) > THINGS_LIMIT:
        return Refusal("too_many_things", {"limit": str(THINGS_LIMIT)})
    if not command.things:
        return Refusal("empty_text")
    events: list[e.Event] = []
    taken: set[tuple[type, str]] = set()
    if any(isinstance(thing, Goal | Initiative) for thing in command.things):
        known: list[Goal | Initiative] = [*snapshot.of(Goal), *snapshot.of(Initiative)]
        taken = {(type(thing), thing.entry.id) for thing in known if thing.entry}
    things = dict(snapshot.things)
    for thing in command.things:
        if thing.id in things or thing.id in snapshot.removed or isinstance(thing, Workplace):
            return Refusal("already_there")
        refusal = _refuse_new(snapshot, thing) or refuse_thing(thing)
        if refusal is not None:
            return refusal
        if isinstance(thing, Goal | Initiative) and thing.entry is not None:
            if (type(thing), thing.entry.id) in taken:
                return Refusal("already_taken", {"title": thing.title.text})
            taken.add((type(thing), thing.entry.id))
        things[thing.id] = prepared(snapshot, thing)
        events.append(e.Added(command.place, things[thing.id]))
    chosen = sum(isinstance(thing, Goal) and thing.chosen for thing in command.things)
    if chosen and chosen + len(snapshot.chosen()) > CHOSEN_LIMIT:
        return Refusal("too_many_goals", {"limit": str(CHOSEN_LIMIT)})
    wrong = loose_ends(things, [things[thing.id] for thing in command.things])
    if wrong:
        circle = next((id for id, what, _ in wrong if what == "circle"), None)
        if circle is not None:
            return Refusal("not_a_choice", {"value": circle})
        return Refusal("already_there" if any(what == "double" for _, what, _ in wrong) else "thing_gone")
    for thing in command.things:
        here = things[thing.id]
        if isinstance(here, Initiative) and here.decision == "yes":
            events += ready_to_try(snapshot, here, command.place, tuple(command.things))
    return events


def _refuse_new(snapshot: Snapshot, thing: Thing) -> Refusal | None:
    """Why a thing may not come in, whatever its fields say."""
    if not fit_id(thing.id):
        return Refusal("not_a_choice", {"value": thing.id})
    if isinstance(thing, Card | Heap) and snapshot.programme.find(thing.place) is None:
        return Refusal("unknown_activity", {"place": thing.place})
    if isinstance(thing, Task) and not fits(snapshot, thing):
        return Refusal("unknown_activity", {"place": thing.place})
    return refuse_figure(snapshot, thing) if isinstance(thing, Goal) and has_figure(thing) else None


def _change(snapshot: Snapshot, command: c.Change) -> Decision:
    thing = snapshot.things.get(command.id)
    if thing is None:
        return Refusal("thing_gone")
    rule = FIELDS[type(thing)].get(command.field)
    if rule is None:
        return Refusal("field_fixed", {"field": command.field})
    now = None if isinstance(command.now, Text) and not command.now.text.strip() else command.now
    refusal = rule.refuse(now) or _refuse_reference(snapshot, rule, now)
    if refusal is not None:
        return refusal
    if isinstance(rule, Number) and now is not None:
        now = int(now) if rule.whole else float(now)  # type: ignore[arg-type]
    current = getattr(thing, command.field)
    if not same(current, command.was):
        return Refusal("changed_meanwhile", {"theirs": shown(current), "yours": shown(command.now)})
    if unchanged(current, now):
        return []
    change = e.Changed(command.place, command.id, command.field, current, now)
    follow = FOLLOW.get(type(thing))
    further = follow(snapshot, thing, change) if follow else []
    return further if isinstance(further, Refusal) else [change, *further]


def _refuse_reference(snapshot: Snapshot, rule: object, value: e.Value) -> Refusal | None:
    ids: tuple[Any, ...] = ()
    if isinstance(rule, Ref) and value is not None:
        ids = (value,)
    elif isinstance(rule, Refs) and isinstance(value, tuple):
        ids = value
    if isinstance(rule, Ref | Refs) and any(snapshot.get(str(id), rule.kind) is None for id in ids):
        return Refusal("thing_gone")
    return None


def _remove(snapshot: Snapshot, command: c.Remove) -> Decision:
    thing = snapshot.things.get(command.id)
    if thing is None:
        return Refusal("thing_gone")
    if isinstance(thing, Workplace | Resource | Anchor | Task):
        return Refusal("field_fixed", {"field": thing.id})
    place = command.place
    events: list[e.Event] = [e.Removed(place, thing.id)]
    if isinstance(thing, Card) and thing.heap is not None:
        events += leave_heap(snapshot, thing, place)
    if isinstance(thing, Heap):
        events += [
            e.Changed(place, card.id, "heap", thing.id, None) for card in snapshot.of(Card) if card.heap == thing.id
        ]
        grown = next((goal for goal in snapshot.of(Goal) if goal.origin == thing.id), None)
        events += drop_goal(snapshot, grown, place)
    if isinstance(thing, Goal):
        events += [
            e.Changed(place, one.id, "goals", one.goals, tuple(id for id in one.goals if id != thing.id))
            for one in snapshot.of(Initiative)
            if thing.id in one.goals
        ]
        events += [
            e.Changed(place, one.id, "pulls", thing.id, None) for one in snapshot.of(Goal) if one.pulls == thing.id
        ]
    if isinstance(thing, Initiative):
        belongings: list[Resource | Anchor] = [*snapshot.of(Resource), *snapshot.of(Anchor)]
        events += [e.Removed(place, one.id) for one in belongings if one.initiative == thing.id]
    if isinstance(thing, Forum):
        events += [e.Changed(place, a.id, "forum", thing.id, None) for a in snapshot.of(Anchor) if a.forum == thing.id]
    return events


def _gather(snapshot: Snapshot, command: c.Gather) -> Decision:
    card, place = snapshot.get(command.card, Card), command.place
    onto = snapshot.things.get(command.onto)
    if card is None or not isinstance(onto, Card | Heap):
        return Refusal("thing_gone")
    heap = onto.id if isinstance(onto, Heap) else onto.heap
    if onto.id == card.id:
        heap = None
    elif heap is not None and heap == card.heap:
        return []
    leaving = leave_heap(snapshot, card, place) if card.heap else []
    if heap is not None:
        return [e.Changed(place, card.id, "heap", card.heap, heap), *leaving]
    if not fit_id(command.heap):
        return Refusal("not_a_choice", {"value": command.heap})
    if command.heap in snapshot.things or command.heap in snapshot.removed:
        return Refusal("already_there")
    return [
        e.Changed(place, card.id, "heap", card.heap, command.heap),
        *([] if onto.id == card.id else [e.Changed(place, onto.id, "heap", None, command.heap)]),
        e.Added(place, Heap(id=command.heap, place=place)),
        *leaving,
    ]


def _tick_card(snapshot: Snapshot, command: c.TickCard) -> Decision:
    card = snapshot.get(command.card, Card)
    if card is None:
        return Refusal("thing_gone")
    if any(goal.origin == card.id for goal in snapshot.of(Goal)):
        return Refusal("already_taken", {"title": card.text.text})
    title = Text(card.text.lang, card.text.text[:120], {k: v[:120] for k, v in card.text.also.items()})
    return _add(snapshot, c.Add(command.place, (Goal(id=command.goal, title=title, origin=card.id, chosen=True),)))


_DECIDE: dict[type, Callable[[Snapshot, Any], Decision]] = {
    c.MoveRoom: _move,
    c.PlanActivity: _plan,
    c.StartTimer: _start_timer,
    c.StopTimer: _stop_timer,
    c.Add: _add,
    c.Change: _change,
    c.Remove: _remove,
    c.Gather: _gather,
    c.TickCard: _tick_card,
    c.Undo: undo,
    c.Redo: redo,
    c.CloseMeeting: close,
    c.ReopenMeeting: reopen,
    **ANSWERS,
    **MERGING,
}
