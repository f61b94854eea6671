"""A copy of the whole database while people work, and what is in a copy brought back without losing what is newer."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path
from secrets import token_hex
from typing import NamedTuple

from sqlalchemy import Connection, Engine, insert, select, update

from trivsel.errors import StoreError
from trivsel.store.engine import address, connect, writing
from trivsel.store.migrations import bring_up_to_date
from trivsel.store.tables import event, workshop
from trivsel.store.trouble import told

_AT_ONCE = 1_000
_PAGES = 256
"""Pages copied before others may write again."""
_ROW = (event.c.at, event.c.actor, event.c.command, event.c.part, event.c.kind, event.c.body)


class Restored(NamedTuple):
    """Ids of workshops that were not there, that the copy knew more of, and that needed nothing."""

    new: list[str]
    longer: list[str]
    same: list[str]


def copy_to(engine: Engine, file: Path) -> None:
    """Copy the database to ``file``, whole or not at all. Only for SQLite; PostgreSQL has its own tools."""
    if engine.url.get_backend_name() != "sqlite":
        raise StoreError("store.no_backup_here", database=engine.url.render_as_string(hide_password=True))
    beside = file.with_name(f".{file.name[:100]}.{token_hex(4)}.part")
    try:
        with told(engine.url), engine.connect() as source, contextlib.closing(sqlite3.connect(beside)) as target:
            driver = source.connection.driver_connection
            assert isinstance(driver, sqlite3.Connection)
            driver.backup(target, pages=_PAGES, sleep=0.01)
            target.execute("PRAGMA journal_mode=DELETE")
        with beside.open("rb+") as written:
            os.fsync(written.fileno())
        beside.replace(file)
    except OSError as error:
        raise StoreError("store.no_backup_file", file=str(file), reason=error.strerror or str(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def take_in(engine: Engine, file: Path) -> Restored:
    """Bring in what a copy holds, all of it or nothing. A workshop that has gone on since stays as it is; one that
    has gone another way than the copy is refused by name. Raises ``StoreError``."""
    if not file.is_file():
        raise StoreError("store.no_such_copy", file=str(file))
    copied = file.with_name(f".{file.name[:100]}.{token_hex(4)}.reading")
    # A copy made by an older kit is brought up to date in a copy of its own.
    try:
        copied.write_bytes(file.read_bytes())
        source = connect(address(str(copied)), patience=5.0)
        try:
            bring_up_to_date(source)
            with told(source.url), source.connect() as old, told(engine.url), writing(engine).begin() as new:
                return _merge(old, new)
        finally:
            source.dispose()
    except OSError as error:
        raise StoreError("store.no_backup_file", file=str(file), reason=error.strerror or str(error)) from error
    finally:
        for rest in ("", "-wal", "-shm"):
            copied.with_name(copied.name + rest).unlink(missing_ok=True)


def _merge(old: Connection, new: Connection) -> Restored:
    done = Restored([], [], [])
    there = {row.id: row for row in new.execute(select(workshop))}
    for row in old.execute(select(workshop).order_by(workshop.c.id)).all():
        known = there.get(row.id)
        if known is None:
            new.execute(insert(workshop).values(id=row.id, created=row.created, erased=row.erased))
            _append(old, new, row.id, 0)
            done.new.append(row.id)
            continue
        common = _common(old, new, row.id)
        if known.erased != row.erased or common < 0:
            # Something was erased after the copy was made, or the two have gone separate ways.
            if known.erased > row.erased:
                done.same.append(row.id)
                continue
            raise StoreError("store.went_another_way", id=row.id)
        if _append(old, new, row.id, common):
            new.execute(update(workshop).where(workshop.c.id == row.id).values(erased=row.erased))
            done.longer.append(row.id)
        else:
            done.same.append(row.id)
    return done


def _rows(connection: Connection, id: str, after: int) -> list[tuple[int, ...]]:
    chosen = select(event.c.seq, *_ROW).where(event.c.workshop_id == id, event.c.seq > after)
    return [tuple(row) for row in connection.execute(chosen.order_by(event.c.seq).limit(_AT_ONCE))]


def _common(old: Connection, new: Connection, id: str) -> int:
    """The last number up to which both tell the same; -1 if they differ before one of them ends."""
    after = 0
    while True:
        ours, theirs = _rows(new, id, after), _rows(old, id, after)
        both = min(len(ours), len(theirs))
        if ours[:both] != theirs[:both]:
            return -1
        after += both
        if both < _AT_ONCE:
            return after


def _append(old: Connection, new: Connection, id: str, after: int) -> int:
    """Write down what comes after a number; how many that was."""
    names = ("seq", *(column.name for column in _ROW))
    count = 0
    while rows := _rows(old, id, after + count):
        new.execute(insert(event), [{"workshop_id": id, **dict(zip(names, row, strict=True))} for row in rows])
        count += len(rows)
    return count
