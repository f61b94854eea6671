"""A copy is whole though people go on working; bringing it back loses nothing that is newer; faults are explained."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from tests.domain import samples as s
from trivsel.domain.events import Erased
from trivsel.errors import StoreError
from trivsel.store import Store

Opened = Callable[[str], Store]


@pytest.fixture
def opened(tmp_path: Path) -> Callable[[str], Store]:
    """A store in a file of that name."""
    return lambda name: Store(str(tmp_path / name))


def with_cards(store: Store, count: int) -> str:
    id = store.create([s.START])
    assert isinstance(id, str)
    for number in range(count):
        store.send(id, s.add(s.card(f"card-{number}")))
    return id


def test_a_copy_made_while_people_write_is_whole_and_comes_back(opened: Opened, tmp_path: Path) -> None:
    with opened("here.db") as store:
        id = with_cards(store, 20)
        done = threading.Event()

        def write() -> None:
            number = 100
            while not done.is_set():
                store.send(id, s.add(s.card(f"card-{number}")))
                number += 1

        writing = threading.Thread(target=write)
        writing.start()
        try:
            store.backup(tmp_path / "copy.db")
        finally:
            done.set()
            writing.join()
        ours = store.records(id)
    with opened("other.db") as other:
        assert other.restore(tmp_path / "copy.db").new == [id]
        theirs = other.records(id)
        assert 21 <= len(theirs) <= len(ours)
        assert theirs == ours[: len(theirs)]
        assert other.check() == []
        other.send(id, s.add(s.card("more")))
    assert sorted(path.name for path in tmp_path.iterdir() if "copy" in path.name) == ["copy.db"]


def test_what_has_gone_on_since_the_copy_stays_and_what_the_copy_knows_more_of_comes_in(
    opened: Opened, tmp_path: Path
) -> None:
    with opened("here.db") as store:
        gone_on, deleted = with_cards(store, 3), with_cards(store, 2)
        store.backup(tmp_path / "early.db")
        store.send(gone_on, s.add(s.card("later")))
        store.delete(deleted)
        store.backup(tmp_path / "late.db")
        done = store.restore(tmp_path / "early.db")
        assert (done.new, done.longer, done.same) == ([deleted], [], [gone_on])
        assert "later" in store.follow(gone_on).snapshot.things
    with opened("old.db") as old:
        old.restore(tmp_path / "early.db")
        assert old.restore(tmp_path / "late.db").longer == [gone_on]
        assert "later" in old.follow(gone_on).snapshot.things
        assert old.send(gone_on, s.add(s.card("on"))).seq == 6  # type: ignore[union-attr]


def test_a_workshop_that_went_another_way_is_refused_and_nothing_comes_in(opened: Opened, tmp_path: Path) -> None:
    with opened("here.db") as store:
        id = with_cards(store, 1)
        store.backup(tmp_path / "copy.db")
    with opened("there.db") as other:
        other.restore(tmp_path / "copy.db")
        other.send(id, s.add(s.card("there")))
        other.create([s.START])
        other.backup(tmp_path / "there-copy.db")
    with opened("here.db") as store:
        store.send(id, s.add(s.card("here")))
        with pytest.raises(StoreError, match="went_another_way"):
            store.restore(tmp_path / "there-copy.db")
        assert [entry.id for entry in store.workshops()] == [id]


def test_what_was_erased_does_not_come_back_with_an_older_copy(opened: Opened, tmp_path: Path) -> None:

    with opened("here.db") as store:
        id = with_cards(store, 2)
        store.backup(tmp_path / "copy.db")
        store.erase(id, {2: Erased()})
        assert store.restore(tmp_path / "copy.db").same == [id]
        assert "card-0" not in store.follow(id).snapshot.things


@pytest.mark.parametrize("content", [None, b"", b"not a database at all, but long enough to be read as one" * 40])
def test_a_copy_that_is_none_is_said_so(opened: Opened, tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "copy.db"
    if content is not None:
        file.write_bytes(content)
    with opened("here.db") as store:
        id = with_cards(store, 1)
        if content == b"":
            assert store.restore(file) == ([], [], [])  # an empty file is an empty database
        else:
            with pytest.raises(StoreError):
                store.restore(file)
        assert [entry.id for entry in store.workshops()] == [id]


def test_a_copy_that_cannot_be_written_leaves_nothing(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    with opened("here.db") as store, pytest.raises(StoreError, match="no_backup_file"):
        store.backup(tmp_path / "taken")
    assert sorted(path.name for path in tmp_path.glob(".*")) == []


FAULTS = {
    "delete from event where seq = 2": "doctor.gap",
    "delete from event": "doctor.empty",
    """update event set body = '{"event":"never"}' where seq = 2""": "doctor.unreadable",
    "delete from workshop": "doctor.stray",
}


@pytest.mark.parametrize(("harm", "key"), FAULTS.items(), ids=FAULTS.values())
def test_a_fault_is_found(opened: Opened, tmp_path: Path, harm: str, key: str) -> None:
    with opened("here.db") as store:
        with_cards(store, 3)
        assert store.check() == []
    with closing(sqlite3.connect(tmp_path / "here.db", isolation_level=None)) as connection:
        connection.execute(harm)
    with opened("here.db") as store:
        assert [fault.key for fault in store.check()] == [key]
