"""How a database made by an older version of the kit comes up to date: ordered steps, each once, all or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from sqlalchemy import Connection, Engine, func, insert, inspect, select, text
from sqlalchemy.schema import CreateIndex, CreateTable

from trivsel.errors import StoreError
from trivsel.store import tables
from trivsel.store.engine import writing
from trivsel.store.trouble import place_of, told

Migration = tuple[str, Callable[[Connection], None]]
_LOCK = 7_487_483
"""Any number of our own, for PostgreSQL's lock while a database is brought up to date."""


def _first_tables(connection: Connection) -> None:
    for table in (tables.workshop, tables.event):
        connection.execute(CreateTable(table))
        for index in table.indexes:
            connection.execute(CreateIndex(index))


MIGRATIONS: Sequence[Migration] = (("workshops and their events", _first_tables),)
"""In order; their place in the list, from one, is their number. What is here is never changed, only added to."""


def bring_up_to_date(engine: Engine, migrations: Sequence[Migration] = MIGRATIONS) -> list[str]:
    """Carry out what is missing, each step with its own record in one transaction; the names of what was done."""
    done: list[str] = []
    with told(engine.url):
        while (name := _next(engine, migrations)) is not None:
            done.append(name)
    return done


def _next(engine: Engine, migrations: Sequence[Migration]) -> str | None:
    """Carry out the first step that is missing."""
    with engine.connect() as connection:
        if _number(connection, engine) == len(migrations):
            return None
    with writing(engine).begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text("select pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
        number = _number(connection, engine)
        if number > len(migrations):
            raise StoreError("store.newer", database=place_of(engine.url))
        if number == len(migrations):
            return None
        if number == 0 and not inspect(connection).has_table(tables.migration.name):
            connection.execute(CreateTable(tables.migration))
        name, step = migrations[number]
        step(connection)
        at = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        connection.execute(insert(tables.migration).values(number=number + 1, name=name, at=at))
        return name


def _number(connection: Connection, engine: Engine) -> int:
    """How many steps the database has had. Raises for a database that somebody else uses for something else."""
    found = set(inspect(connection).get_table_names())
    if tables.migration.name not in found:
        if found and engine.dialect.name == "sqlite":
            raise StoreError("store.foreign", database=place_of(engine.url))
        return 0
    return int(connection.scalar(select(func.max(tables.migration.c.number))) or 0)
