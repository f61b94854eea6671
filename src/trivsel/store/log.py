"""Rows of the database as records, and records as rows."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, insert, select

from trivsel.domain.events import Event, Record, kind_of, read_event, write_event
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.store.tables import event, workshop

_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without letters and digits that are taken for one another when read aloud or typed."""
_AT_ONCE = 400


class Mark(NamedTuple):
    """How far a workshop has come: its newest number, and how many times something in it has been erased."""

    seq: int
    erased: int


class Row(NamedTuple):
    """One event to write."""

    record: Record
    part: int
    body: str


def new_id() -> str:
    """An id that can be read aloud and not guessed: ten letters, 49 bits."""
    return "".join(secrets.choice(_LETTERS) for _ in range(10))


def now() -> str:
    """This moment: ISO 8601, UTC."""
    return dt.datetime.now(dt.UTC).isoformat(timespec="milliseconds")


_newest = (
    select(event.c.seq).where(event.c.workshop_id == workshop.c.id).order_by(event.c.seq.desc()).limit(1)
).scalar_subquery()
_mark = select(_newest, workshop.c.erased)
marks = select(workshop.c.id, workshop.c.created, _newest, workshop.c.erased).order_by(
    workshop.c.created.desc(), workshop.c.id
)


def mark(connection: Connection, id: str) -> Mark:
    """How far a workshop has come. Raises :class:`UnknownWorkshop`."""
    row = connection.execute(_mark.where(workshop.c.id == id)).first()
    if row is None:
        raise UnknownWorkshop(id)
    return Mark(row[0] or 0, row[1])


def records(connection: Connection, id: str, after: int = 0) -> list[Record]:
    """What has happened after number ``after``, in order."""
    rows = connection.execute(
        select(event.c.seq, event.c.at, event.c.actor, event.c.command, event.c.body)
        .where(event.c.workshop_id == id, event.c.seq > after)
        .order_by(event.c.seq)
    )
    try:
        return [Record(seq, at, actor, command, read_event(body)) for seq, at, actor, command, body in rows]
    except ValueError as error:  # what msgspec raises for what it cannot read
        raise StoreError("store.unreadable", id=id, reason=str(error)) from error


def written_by(connection: Connection, id: str, commands: Sequence[str]) -> dict[str, list[Record]]:
    """What those of the commands that have been here before have written."""
    found: dict[str, list[Record]] = {}
    for start in range(0, len(commands), _AT_ONCE):
        rows = connection.execute(
            select(event.c.seq, event.c.at, event.c.actor, event.c.command, event.c.body)
            .where(event.c.workshop_id == id, event.c.command.in_(commands[start : start + _AT_ONCE]))
            .order_by(event.c.seq)
        )
        for seq, at, actor, command, body in rows:
            found.setdefault(command, []).append(Record(seq, at, actor, command, read_event(body)))
    return found


def rows_for(events: Iterable[Event], after: int, at: str, actor: str, command: str) -> list[Row]:
    """The rows of one command's events. Raises ``ValueError`` for text that cannot be written as UTF-8."""
    return [
        Row(Record(after + 1 + part, at, actor, command, one), part, write_event(one).decode())
        for part, one in enumerate(events)
    ]


def write(connection: Connection, id: str, rows: Sequence[Row]) -> None:
    """Write events down."""
    values = [
        {
            "workshop_id": id,
            "seq": row.record.seq,
            "at": row.record.at,
            "actor": row.record.actor,
            "command": row.record.command,
            "part": row.part,
            "kind": kind_of(row.record.event),
            "body": row.body,
        }
        for row in rows
    ]
    if values:
        connection.execute(insert(event), values)
