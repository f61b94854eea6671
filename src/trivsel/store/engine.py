"""How the kit reaches its database: a file of SQLite's, or a PostgreSQL server."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, exc
from sqlalchemy.engine import URL, make_url

from trivsel.errors import StoreError
from trivsel.store.trouble import told


def address(text: str) -> URL:
    """A database's address from what somebody wrote: a URL, or simply the path of a file."""
    if "://" not in text:
        return URL.create("sqlite", database=str(Path(text).expanduser().absolute()))
    try:
        url = make_url(text)
    except (exc.ArgumentError, ValueError) as error:
        raise StoreError("store.bad_address", database=text) from error
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError("store.bad_address", database=url.render_as_string(hide_password=True))
    if url.get_backend_name() == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError("store.bad_address", database=text)
    if url.get_backend_name() == "sqlite" and not url.query.get("uri"):
        # The kit's processes do not all run in the same folder.
        url = url.set(database=str(Path(url.database or "").absolute()))
    return url


def url_of(text: str) -> str:
    """The full URL of a database, with its password, from what somebody wrote. Raises ``StoreError``."""
    return address(text).render_as_string(hide_password=False)


def connect(url: URL, *, patience: float) -> Engine:
    """An engine for ``url`` that waits ``patience`` seconds for others. Nothing is opened yet."""
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": patience})
            event.listen(engine, "connect", _prepare_sqlite)
        else:
            engine = create_engine(url, pool_pre_ping=True, connect_args={"connect_timeout": max(2, int(patience))})
    except ModuleNotFoundError as error:
        raise StoreError("store.no_driver", driver=error.name or "psycopg") from error
    except exc.SQLAlchemyError as error:
        raise StoreError("store.bad_address", database=url.render_as_string(hide_password=True)) from error
    if url.get_backend_name() == "sqlite":
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Transactions are begun by us, so that a write takes its lock before it reads.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def writing(engine: Engine) -> Engine:
    """The same engine for transactions that write."""
    return engine.execution_options(writes=True)


def rebuild(engine: Engine) -> None:
    """Write an SQLite file anew. Its pages keep copies of rows that were moved about, whatever ``secure_delete``
    says: of 100 erased texts among 300 one was still to be found."""
    if engine.url.get_backend_name() == "sqlite":
        _outside_transaction(engine, "VACUUM")


def truncate_log(engine: Engine) -> bool:
    """Let an SQLite file take in its log. False if somebody still reads, so that it must be tried again."""
    if engine.url.get_backend_name() != "sqlite":
        return True
    row = _outside_transaction(engine, "PRAGMA wal_checkpoint(TRUNCATE)")
    return row is None or not row[0]


def _outside_transaction(engine: Engine, statement: str) -> Any:
    with told(engine.url), engine.connect() as connection:
        cursor = connection.connection.cursor()
        try:
            cursor.execute(statement)
            return cursor.fetchone()
        finally:
            cursor.close()
