"""How a workshop begins and ends: started anew or taken in from a file, closed and taken up again."""

from __future__ import annotations

from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import FIELDS, THINGS_LIMIT, Day, refuse_thing
from trivsel.domain.presets import forums_of
from trivsel.domain.privacy import has_figure
from trivsel.domain.references import fit_id, flaws
from trivsel.domain.things import (
    WORKPLACE,
    Card,
    Goal,
    Heap,
    Thing,
    Workplace,
)
from trivsel.domain.undo import Decision
from trivsel.domain.words import LANGUAGES
from trivsel.domain.workshop import DOCUMENT_VERSION, Snapshot


def start(command: c.StartWorkshop) -> Decision:
    language = command.language
    workplace = Workplace(
        id=WORKPLACE,
        title=c.written(command.title, language),
        name=c.written(command.workplace, language) if command.workplace.strip() else None,
        people=command.people,
        committee=command.committee,
        leads=c.written(command.leads, language) if command.leads.strip() else None,
    )
    forums = tuple(forums_of(command.programme, language, command.committee))
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


def take_in(command: c.ImportDocument) -> Decision:
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
        if isinstance(thing, Goal) and has_figure(thing) and thing.entry and thing.entry.never_in_the_room:
            return Refusal("figure_not_in_room", {"goal": thing.title.text})
    return [e.DocumentImported(document)]


def _whole(document: e.Document, things: dict[str, Thing]) -> bool:
    """Whether all that the document names is there, and all its days are days."""
    places = {place for place, _, _ in document.programme.places()}
    named = {*document.visited, *document.states, *filter(None, [document.place])}
    named |= {*document.tallies, *document.management}
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


def close(snapshot: Snapshot, command: c.CloseMeeting) -> Decision:
    wrong = Day(optional=False).refuse(command.day)
    if wrong is not None:
        return wrong
    return [e.MeetingClosed(command.day)] if snapshot.closed is None else []


def reopen(snapshot: Snapshot, command: c.ReopenMeeting) -> Decision:
    return [] if snapshot.closed is None else [e.MeetingReopened()]
