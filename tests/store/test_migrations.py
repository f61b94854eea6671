"""A database of an older version comes up to date, step by step; one of a newer version is left alone."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection

from trivsel.errors import StoreError
from trivsel.store import Store
from trivsel.store.engine import address, connect
from trivsel.store.migrations import MIGRATIONS, Migration, bring_up_to_date


def add_colour(connection: Connection) -> None:
    connection.execute(sa.text("alter table workshop add column colour varchar(10)"))


def fail(connection: Connection) -> None:
    connection.execute(sa.text("create table half_done (id integer)"))
    raise RuntimeError("power cut")


NEXT: Migration = ("a colour", add_colour)
FAILING: Migration = ("half done", fail)


@pytest.fixture
def engine(url: str) -> sa.Engine:
    return connect(address(url), patience=1)


def recorded(engine: sa.Engine) -> list[str]:
    with engine.connect() as connection:
        return list(connection.execute(sa.text("select name from migration order by number")).scalars())


def test_an_empty_database_gets_every_step_once(engine: sa.Engine) -> None:
    names = [name for name, _ in MIGRATIONS]
    assert bring_up_to_date(engine) == names
    assert bring_up_to_date(engine) == []
    assert recorded(engine) == names
    engine.dispose()


def test_an_older_database_gets_only_what_is_missing(engine: sa.Engine) -> None:
    bring_up_to_date(engine)
    assert bring_up_to_date(engine, [*MIGRATIONS, NEXT]) == ["a colour"]
    assert recorded(engine)[-1] == "a colour"
    engine.dispose()


def test_a_step_that_fails_leaves_nothing_behind(engine: sa.Engine) -> None:
    with pytest.raises(RuntimeError):
        bring_up_to_date(engine, [*MIGRATIONS, NEXT, FAILING])
    assert recorded(engine) == [*(name for name, _ in MIGRATIONS), "a colour"]
    assert not sa.inspect(engine).has_table("half_done")
    engine.dispose()


def test_a_database_of_a_newer_version_is_left_alone(url: str, engine: sa.Engine) -> None:
    bring_up_to_date(engine, [*MIGRATIONS, NEXT])
    with pytest.raises(StoreError) as raised:
        Store(url)
    assert raised.value.key == "store.newer"
    assert recorded(engine)[-1] == "a colour"
    engine.dispose()
