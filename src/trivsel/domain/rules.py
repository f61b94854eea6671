"""What may happen in a workshop: a command and the workshop as it is go in, events or a refusal come out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import CHOSEN_LIMIT, FIELDS, THINGS_LIMIT, Day, Number, Ref, Refs, refuse_thing
from trivsel.domain.programme import Activity, Approver, Programme
from trivsel.domain.references import fit_id, flaws, loose_ends
from trivsel.domain.things import (
    WORKPLACE,
    Anchor,
    Card,
    Forum,
    Goal,
    Heap,
    Initiative,
    Resource,
    Size,
    Thing,
    Workplace,
)
from trivsel.domain.undo import Decision, redo, same, shown, unchanged, undo
from trivsel.domain.words import LANGUAGES, Text, Words
from trivsel.domain.workshop import DOCUMENT_VERSION, Snapshot


def decide(snapshot: Snapshot | None, command: c.Command) -> Decision:
    """What happens if ``command`` is carried out now: events to write, in order, or why it may not."""
    if isinstance(command, c.StartWorkshop):
        return _start(command) if snapshot is None else Refusal("already_started")
    if isinstance(command, c.ImportDocument):
        return _import(command) if snapshot is None else Refusal("already_started")
    if snapshot is None:
        return Refusal("not_started")
    place = getattr(command, "place", snapshot.place)
    if snapshot.programme.find(place) is None:
        return Refusal("unknown_activity", {"place": place})
    return _DECIDE[type(command)](snapshot, command)


# --- beginning and ending -------------------------------------------------------------------------------------------


def _start(command: c.StartWorkshop) -> Decision:
    language = command.language
    workplace = Workplace(
        id=WORKPLACE,
        title=c.written(command.title, language),
        name=c.written(command.workplace, language) if command.workplace.strip() else None,
        people=command.people,
        committee=command.committee,
        leads=c.written(command.leads, language) if command.leads.strip() else None,
    )
    forums = tuple(forums_of(command.programme, language, has_committee=command.committee != "none"))
    things: tuple[Thing, ...] = (workplace, *forums)
    if next(command.programme.places(), None) is None:
        return Refusal("unknown_activity", {"place": ""})
    if language not in {*LANGUAGES, *command.programme.title}:
        return Refusal("not_a_choice", {"value": language})
    if (wrong := Day(optional=False).refuse(command.day)) is not None:
        return wrong
    for thing in things:
        refusal = refuse_thing(thing)
        if refusal is not None:
            return refusal
    return [e.WorkshopStarted(command.programme, language, command.day, things)]


def forums_of(programme: Programme, language: str, *, has_committee: bool) -> list[Forum]:
    """The meetings a workplace is likely to hold already, from the presets of the programme."""
    return [
        Forum(id=f"forum-{option.key}", name=in_languages(option.label, language), rhythm=option.rhythm)  # type: ignore[arg-type]
        for _, _, activity in programme.places()
        if activity.kind == "anchor"
        for option in activity.options
        if has_committee or option.key != "committee"
    ]


def in_languages(words: Words, language: str) -> Text:
    """The kit's words as a text of the workshop, with the other languages as its translations."""
    own = language if language in words else next(iter(words))
    return Text(own, words[own], {key: value for key, value in words.items() if key != own})


def _import(command: c.ImportDocument) -> Decision:
    document = command.document
    if document.format != "trivsel":
        return Refusal("foreign_file")
    if document.version > DOCUMENT_VERSION:
        return Refusal("newer_file", {"version": str(document.version)})
    things = {thing.id: thing for thing in document.things}
    if len(things) != len(document.things) or len(things) > THINGS_LIMIT or not _whole(document, things):
        return Refusal("damaged_file")
    for thing in document.things:
        refusal = refuse_thing(thing)
        if refusal is not None:
            return refusal
        if isinstance(thing, Goal) and _has_figure(thing) and thing.entry and thing.entry.never_in_the_room:
            return Refusal("figure_not_in_room", {"goal": thing.title.text})
    return [e.DocumentImported(document)]


def _whole(document: e.Document, things: dict[str, Thing]) -> bool:
    """Whether all that the document names is there, and all its days are days."""
    places = {place for place, _, _ in document.programme.places()}
    named = {*document.visited, *document.states, *filter(None, [document.place])}
    named |= {thing.place for thing in document.things if isinstance(thing, Card | Heap)}
    days = [document.day, *(change.day for change in document.later)]
    days += [] if document.closed is None else [document.closed]
    return (
        bool(places)
        and named <= places
        and isinstance(things.get(WORKPLACE), Workplace)
        and sum(isinstance(thing, Workplace) for thing in document.things) == 1
        and all(fit_id(id) for id in things)
        and not flaws(things)
        and document.language in {*LANGUAGES, *document.programme.title}
        and all(Day(optional=False).refuse(day) is None for day in days)
        and all(is_label(change.label) for change in document.later)
    )


def is_label(label: str) -> bool:
    """Whether a change could be called that, such as ``heap.name`` or ``goal.added``."""
    kind, _, what = label.partition(".")
    return any(
        kind == str(one.__struct_config__.tag) and (what in fields or what in ("added", "removed"))  # type: ignore[attr-defined]
        for one, fields in FIELDS.items()
    )


def _has_figure(goal: Goal) -> bool:
    return goal.now is not None or goal.target is not None


def _close(snapshot: Snapshot, command: c.CloseMeeting) -> Decision:
    wrong = Day(optional=False).refuse(command.day)
    if wrong is not None:
        return wrong
    return [e.MeetingClosed(command.day)] if snapshot.closed is None else []


def _reopen(snapshot: Snapshot, command: c.ReopenMeeting) -> Decision:
    return [] if snapshot.closed is None else [e.MeetingReopened()]


# --- the room -------------------------------------------------------------------------------------------------------


def _move(snapshot: Snapshot, command: c.MoveRoom) -> Decision:
    if command.was != snapshot.place:
        return Refusal("room_moved")
    return [] if command.place == snapshot.place else [e.RoomMoved(command.place)]


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


# --- content --------------------------------------------------------------------------------------------------------


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
        things[thing.id] = _prepared(snapshot, thing)
        events.append(e.Added(command.place, things[thing.id]))
    chosen = sum(isinstance(thing, Goal) and thing.chosen for thing in command.things)
    if chosen and chosen + len(snapshot.chosen()) > CHOSEN_LIMIT:
        return Refusal("too_many_goals", {"limit": str(CHOSEN_LIMIT)})
    wrong = loose_ends(things, [things[thing.id] for thing in command.things])
    if wrong:
        return Refusal("already_there" if any(what == "double" for _, what, _ in wrong) else "thing_gone")
    for thing in command.things:
        here = things[thing.id]
        if isinstance(here, Initiative) and here.decision == "yes":
            events += _ready_to_try(snapshot, here, command.place, tuple(command.things))
    return events


def _refuse_new(snapshot: Snapshot, thing: Thing) -> Refusal | None:
    """Why a thing may not come in, whatever its fields say."""
    if not fit_id(thing.id):
        return Refusal("not_a_choice", {"value": thing.id})
    if isinstance(thing, Card | Heap) and snapshot.programme.find(thing.place) is None:
        return Refusal("unknown_activity", {"place": thing.place})
    return _refuse_figure(snapshot, thing) if isinstance(thing, Goal) and _has_figure(thing) else None


def _refuse_figure(snapshot: Snapshot, goal: Goal) -> Refusal | None:
    """Some figures never belong on a shared screen, others only where enough people work."""
    if goal.entry is None:
        return None
    if goal.entry.never_in_the_room:
        return Refusal("figure_not_in_room", {"goal": goal.title.text})
    people = snapshot.workplace.people
    if people is not None and people < goal.entry.smallest_group:
        return Refusal("group_too_small", {"least": str(goal.entry.smallest_group), "people": str(people)})
    return None


def _prepared(snapshot: Snapshot, thing: Thing) -> Thing:
    """A new initiative with all that can be preset: goals it serves, levels, legal duty, who must say yes."""
    if not isinstance(thing, Initiative):
        return thing
    goals, entry = thing.goals, thing.entry
    chosen = snapshot.chosen()
    if not goals:
        matching = [goal.id for goal in chosen if entry and goal.entry and goal.entry.id in entry.goals]
        goals = tuple(matching) or (tuple(goal.id for goal in chosen) if len(chosen) == 1 and not entry else ())
    levels = thing.levels or (entry.levels if entry else ())
    duty = entry.legal_duty if entry and thing.duty == "no" else thing.duty
    approver = thing.approver or approver_of(snapshot, replace(thing, levels=levels))
    decision = "must" if duty == "yes" else "" if thing.decision == "must" else thing.decision
    return replace(thing, goals=goals, levels=levels, duty=duty, approver=approver, decision=decision)


def approver_of(snapshot: Snapshot, initiative: Initiative) -> Approver:
    """Who must say yes, preset from the catalogue or from the highest level the initiative works on."""
    committee: Approver = "leader" if snapshot.workplace.committee == "none" else "su"
    if snapshot.workplace.committee == "amo":
        committee = "amo"
    entry = initiative.entry
    if entry is not None:
        presets: dict[str, Approver] = {"group": "ourselves", "leader": "leader", "committee": committee}
        return presets[entry.approval]
    if "O" in initiative.levels:
        return committee
    return "leader" if "L" in initiative.levels else "ourselves"


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
    follow = _FOLLOW.get(type(thing))
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
    return _drop_goal(snapshot, goal, change.place)


def _goal_back(snapshot: Snapshot, goal: Goal, name: Text, place: str) -> list[e.Event]:
    """The goal that a heap had before comes back, chosen only if there is room for it."""
    events: list[e.Event] = [e.Returned(place, goal.id), e.Changed(place, goal.id, "title", goal.title, name)]
    if goal.chosen and len(snapshot.chosen()) >= CHOSEN_LIMIT:
        events.append(e.Changed(place, goal.id, "chosen", True, False))
    return events


def _drop_goal(snapshot: Snapshot, goal: Goal | None, place: str) -> list[e.Event]:
    """A goal that only a heap's name had made goes with it, unless somebody has worked on it."""
    if goal is None or goal.chosen or goal.dots or goal.gains or goal.sign or goal.indicator or _has_figure(goal):
        return []
    served = any(goal.id in initiative.goals for initiative in snapshot.of(Initiative))
    return [] if served else [e.Removed(place, goal.id)]


def _follow_card(snapshot: Snapshot, thing: Card, change: e.Changed) -> list[e.Event]:
    if change.field != "heap" or thing.heap is None:
        return []
    return _leave_heap(snapshot, thing, change.place)


def _leave_heap(snapshot: Snapshot, card: Card, place: str) -> list[e.Event]:
    """A heap without a name goes when its last card leaves."""
    heap = snapshot.get(card.heap, Heap)
    left = [other for other in snapshot.of(Card) if other.heap == card.heap and other.id != card.id]
    return [e.Removed(place, heap.id)] if heap is not None and heap.name is None and not left else []


def _follow_goal(snapshot: Snapshot, thing: Goal, change: e.Changed) -> list[e.Event] | Refusal:
    if change.field == "chosen" and change.now and len(snapshot.chosen()) >= CHOSEN_LIMIT:
        return Refusal("too_many_goals", {"limit": str(CHOSEN_LIMIT)})
    if change.field in ("now", "target") and change.now is not None:
        return _refuse_figure(snapshot, thing) or []
    return []


def _follow_initiative(snapshot: Snapshot, thing: Initiative, change: e.Changed) -> list[e.Event] | Refusal:
    place = change.place
    if change.field == "duty":
        if change.now == "yes":
            return [
                e.Changed(place, thing.id, "decision", thing.decision, "must"),
                *([] if thing.approver == "amo" else [e.Changed(place, thing.id, "approver", thing.approver, "amo")]),
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
            return _ready_to_try(snapshot, thing, place)
    return []


def _ready_to_try(snapshot: Snapshot, thing: Initiative, place: str, beside: tuple[Thing, ...] = ()) -> list[e.Event]:
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


def resource_preset(snapshot: Snapshot, thing: Initiative) -> Resource:
    """Small, medium or large: the catalogue's rating of time and money, in hours and kroner from the programme."""
    sizes: dict[str, Size] = {"low": "small", "medium": "medium", "high": "large"}
    size: Size = sizes[thing.entry.time] if thing.entry else "small"
    money: Size = sizes[thing.entry.money] if thing.entry else "small"
    hours, kroner = _option(snapshot, size), _option(snapshot, money)
    return Resource(
        id=f"resource-{thing.id}",
        initiative=thing.id,
        size=size,
        hours=hours.hours if hours else None,
        money=kroner.money if kroner else None,
    )


def _option(snapshot: Snapshot, key: str) -> Any:
    for place in snapshot.programme.kinds("allocate"):
        found = snapshot.programme.find(place)
        activity: Activity | None = found[1] if found else None
        for option in activity.options if activity else ():
            if option.key == key:
                return option
    return None


def _follow_resource(snapshot: Snapshot, thing: Resource, change: e.Changed) -> list[e.Event]:
    """Another size means other presets, where nobody has written figures of their own."""
    if change.field != "size":
        return []
    old, new = _option(snapshot, thing.size), _option(snapshot, str(change.now))
    events: list[e.Event] = []
    if new is not None and thing.hours == (old.hours if old else None) and thing.hours != new.hours:
        events.append(e.Changed(change.place, thing.id, "hours", thing.hours, new.hours))
    if new is not None and thing.money == (old.money if old else None) and thing.money != new.money:
        events.append(e.Changed(change.place, thing.id, "money", thing.money, new.money))
    return events


def _follow_anchor(snapshot: Snapshot, thing: Anchor, change: e.Changed) -> list[e.Event]:
    """Whoever is put in somebody's place has not said yes yet."""
    agreed = f"{change.field}_agreed"
    if change.field in ("responsible", "deputy") and getattr(thing, agreed):
        return [e.Changed(change.place, thing.id, agreed, True, False)]
    return []


_FOLLOW: dict[type, Callable[[Snapshot, Any, e.Changed], list[e.Event] | Refusal]] = {
    Heap: _follow_heap,
    Card: _follow_card,
    Goal: _follow_goal,
    Initiative: _follow_initiative,
    Resource: _follow_resource,
    Anchor: _follow_anchor,
}


def _remove(snapshot: Snapshot, command: c.Remove) -> Decision:
    thing = snapshot.things.get(command.id)
    if thing is None:
        return Refusal("thing_gone")
    if isinstance(thing, Workplace | Resource | Anchor):
        return Refusal("field_fixed", {"field": thing.id})
    place = command.place
    events: list[e.Event] = [e.Removed(place, thing.id)]
    if isinstance(thing, Card) and thing.heap is not None:
        events += _leave_heap(snapshot, thing, place)
    if isinstance(thing, Heap):
        events += [
            e.Changed(place, card.id, "heap", thing.id, None) for card in snapshot.of(Card) if card.heap == thing.id
        ]
        grown = next((goal for goal in snapshot.of(Goal) if goal.origin == thing.id), None)
        events += _drop_goal(snapshot, grown, place)
    if isinstance(thing, Goal):
        events += [
            e.Changed(place, one.id, "goals", one.goals, tuple(id for id in one.goals if id != thing.id))
            for one in snapshot.of(Initiative)
            if thing.id in one.goals
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
    leaving = _leave_heap(snapshot, card, place) if card.heap else []
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
    c.CloseMeeting: _close,
    c.ReopenMeeting: _reopen,
}
