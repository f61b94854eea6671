"""What a database says when something is wrong, as a sentence for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import exc
from sqlalchemy.engine import URL

from trivsel.errors import StoreError

_SQLITE = (
    ("SQLITE_NOTADB", "store.not_a_database"),
    ("SQLITE_CORRUPT", "store.damaged"),
    ("SQLITE_READONLY", "store.read_only"),
    ("SQLITE_PERM", "store.read_only"),
    ("SQLITE_FULL", "store.full"),
    ("SQLITE_BUSY", "store.locked"),
    ("SQLITE_LOCKED", "store.locked"),
    ("SQLITE_CANTOPEN", "store.cannot_open"),
)


def place_of(url: URL) -> str:
    """Where the database is, without a password: a file's path, or an address."""
    if url.get_backend_name() == "sqlite" and url.database:
        return url.database
    return url.render_as_string(hide_password=True)


@contextmanager
def told(url: URL) -> Iterator[None]:
    """Turns what the database raises into a :class:`StoreError` that says what to do."""
    try:
        yield
    except (exc.SQLAlchemyError, sqlite3.Error) as error:
        raise error_for(error, url) from error


def error_for(error: exc.SQLAlchemyError | sqlite3.Error, url: URL) -> StoreError:
    """The message for what the database raised."""
    place = place_of(url)
    original = getattr(error, "orig", error)
    if isinstance(original, sqlite3.Error):
        name = getattr(original, "sqlite_errorname", "")
        for start, key in _SQLITE:
            if name.startswith(start):
                return StoreError(key, database=place)
    elif isinstance(error, exc.OperationalError | exc.InterfaceError | exc.TimeoutError):
        return StoreError("store.unreachable", database=place)
    reason = str(original or error).strip().partition("\n")[0]
    return StoreError("store.trouble", database=place, reason=reason)
