"""Taking back: the newest change made in an activity from the shared screen, by the inverse of what it did."""

from __future__ import annotations

from msgspec.structs import replace

from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import FIELDS
from trivsel.domain.references import flaws
from trivsel.domain.things import Commitment, Heap
from trivsel.domain.words import Text
from trivsel.domain.workshop import Deed, Snapshot

Decision = list[e.Event] | Refusal
"""Events to write, in order, or why it may not be."""


def same(one: object, other: object) -> bool:
    """Whether two values of a field say the same; an empty text is no text, but nought is a number."""
    return _said(one) == _said(other)


def _said(value: object) -> object:
    said = value.text if isinstance(value, Text) else value
    return None if said in ("", ()) else said


def unchanged(current: object, now: object) -> bool:
    """Whether making ``current`` into ``now`` would change nothing: a translation that is added does."""
    if isinstance(current, Text) and isinstance(now, Text) and now.also:
        return current.text == now.text and current.also == now.also
    return same(current, now)


def shown(value: object) -> str:
    """A value as a person would read it."""
    if isinstance(value, Text):
        return value.text
    return "" if value is None else str(value)


def last_done(snapshot: Snapshot, place: str) -> Deed | None:
    """What "Undo" in an activity would take back."""
    return next((deed for deed in reversed(snapshot.done) if deed.place == place), None)


def last_undone(snapshot: Snapshot, place: str) -> Deed | None:
    """What "Redo" in an activity would do again."""
    return next((deed for deed in reversed(snapshot.undone) if deed.place == place), None)


def undo(snapshot: Snapshot, command: c.Undo) -> Decision:
    """Take back the newest deed of the activity, unless something of it has been changed since."""
    deed = last_done(snapshot, command.place)
    if deed is None:
        return Refusal("nothing_to_undo")
    if any(isinstance(one, e.Changed) and one.field == "least" for one in deed.changes):
        return Refusal("limit_only_up", {"least": str(snapshot.workplace.least)})
    if not _still_so(snapshot, deed.changes):
        return Refusal("changed_since")
    changes = tuple(_inverse(change) for change in reversed(deed.changes))
    if not _holds_together(snapshot, changes):
        return Refusal("changed_since")
    return [e.Undone(command.place, deed.command, changes)]


def redo(snapshot: Snapshot, command: c.Redo) -> Decision:
    """Do again what was last taken back in the activity."""
    deed = last_undone(snapshot, command.place)
    if deed is None:
        return Refusal("nothing_to_redo")
    changes = tuple(e.Returned(x.place, x.thing.id) if isinstance(x, e.Added) else x for x in deed.changes)
    if not _still_so(snapshot, tuple(_inverse(change) for change in reversed(changes))):
        return Refusal("changed_since")
    if not _holds_together(snapshot, changes):
        return Refusal("changed_since")
    return [e.Redone(command.place, deed.command, changes)]


def _still_so(snapshot: Snapshot, changes: tuple[e.Content, ...]) -> bool:
    """Whether nothing of what was changed has been changed again since."""
    seen: set[tuple[str, str]] = set()
    gone: set[str] = set()
    for change in reversed(changes):
        if isinstance(change, e.Changed):
            thing = snapshot.things.get(change.id) or (snapshot.removed.get(change.id) if change.id in gone else None)
            key = (change.id, change.field)
            if key not in seen and (thing is None or not same(getattr(thing, change.field), change.now)):
                return False
            seen.add(key)
        elif isinstance(change, e.Removed):
            gone.add(change.id)
            if change.id not in snapshot.removed:
                return False
        elif (change.thing.id if isinstance(change, e.Added) else change.id) not in snapshot.things:
            return False
    return all(_unused(snapshot, change, changes) for change in changes if isinstance(change, e.Added))


def _holds_together(snapshot: Snapshot, changes: tuple[e.Content, ...]) -> bool:
    """Whether nothing would be left that refers to what is gone, nor a fourth goal be chosen."""
    things = dict(snapshot.things)
    for change in changes:
        if isinstance(change, e.Added):
            things[change.thing.id] = change.thing
        elif isinstance(change, e.Removed):
            things.pop(change.id, None)
        elif isinstance(change, e.Returned) and change.id in snapshot.removed:
            things[change.id] = snapshot.removed[change.id]
        elif isinstance(change, e.Changed) and change.id in things:
            things[change.id] = replace(things[change.id], **{change.field: change.now})
    return flaws(things) <= flaws(snapshot.things)


def _unused(snapshot: Snapshot, added: e.Added, changes: tuple[e.Content, ...]) -> bool:
    """A thing that has been worked on since it came is not taken away with one press."""
    thing = snapshot.things.get(added.thing.id)
    touched = {change.field for change in changes if isinstance(change, e.Changed) and change.id == added.thing.id}
    if thing is None or isinstance(thing, Heap | Commitment):
        return thing is not None
    return all(
        field in touched or same(getattr(thing, field), getattr(added.thing, field)) for field in FIELDS[type(thing)]
    )


def _inverse(change: e.Content) -> e.Content:
    if isinstance(change, e.Changed):
        return e.Changed(change.place, change.id, change.field, change.now, change.was)
    if isinstance(change, e.Added):
        return e.Removed(change.place, change.thing.id)
    if isinstance(change, e.Removed):
        return e.Returned(change.place, change.id)
    return e.Removed(change.place, change.id)
