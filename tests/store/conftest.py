"""The databases that the store must work on: SQLite always, PostgreSQL where ``TRIVSEL_TEST_POSTGRES`` names one."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
import sqlalchemy as sa

from trivsel.store import Store

POSTGRES = os.environ.get("TRIVSEL_TEST_POSTGRES", "")
ENGINES = ("sqlite", *(("postgresql",) if POSTGRES else ()))


@pytest.fixture(params=ENGINES)
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database; each test has its own file, or its own schema on the server."""
    if request.param == "sqlite":
        yield f"sqlite:///{(tmp_path / 'trivsel.db').as_posix()}"
        return
    schema = f"test_{uuid4().hex}"
    engine = sa.create_engine(POSTGRES)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    where = sa.make_url(POSTGRES).update_query_dict({"options": f"-csearch_path={schema}"})
    yield where.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture
def open_store(url: str) -> Iterator[Callable[[], Store]]:
    """Open the same database again, as another process would; all are closed in the end."""
    stores: list[Store] = []

    def open_() -> Store:
        stores.append(Store(url))
        return stores[-1]

    yield open_
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: Callable[[], Store]) -> Store:
    """A store in an empty database."""
    return open_store()
