"""What a file can do to a store: full disks, locks, files that are not ours, and text that must really be gone."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.domain.samples import COLLECT, START, add, card
from trivsel.domain.commands import Remove
from trivsel.domain.events import Erased
from trivsel.domain.workshop import FACILITATOR
from trivsel.errors import StoreError
from trivsel.store import Accepted, Store, url_of

PASSER_BY = 65534
"""The user id of ``nobody``: root may write anywhere, so what is read-only is tried as somebody else."""

OPEN = """
import os, sys
from trivsel.errors import StoreError
from trivsel.store import Store
Store(sys.argv[2]).close()
if os.geteuid() == 0:
    os.setuid(int(sys.argv[3]))
try:
    Store(sys.argv[1], patience=0.2).close()
except StoreError as error:
    print(error.key)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trivsel.db"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with Store(str(file), patience=0.2) as store:
        yield store


@pytest.fixture
def id(store: Store) -> str:
    id = store.create([START])
    assert isinstance(id, str)
    return id


def key_of(database: str | Path) -> str:
    with pytest.raises(StoreError) as raised:
        Store(str(database), patience=0.2)
    return raised.value.key


def test_it_is_set_up_to_lose_nothing(store: Store) -> None:
    with store._engine.connect() as connection:
        asked = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "secure_delete", "foreign_keys")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "secure_delete": 1, "foreign_keys": 1}


@pytest.mark.parametrize(
    "content", [b"Not a database at all. " * 100, b"\x00" * 4096, b"SQLite format 3\x00" + b"x" * 900]
)
def test_a_file_that_is_not_a_database_is_left_as_it_is(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert key_of(file) in ("store.not_a_database", "store.damaged")
    assert file.read_bytes() == content


def test_a_database_of_another_program_is_left_as_it_is(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("create table bookmarks (url text)")
    connection.close()
    assert key_of(file) == "store.foreign"
    with sqlite3.connect(file) as connection:
        assert connection.execute("select name from sqlite_master").fetchall() == [("bookmarks",)]
    connection.close()


@pytest.mark.parametrize(
    "address",
    ["mysql://localhost/x", "nonsense://", "sqlite://", "sqlite:///:memory:", "://", "sqlite+nonsense:///x.db"],
)
def test_an_address_that_leads_nowhere_is_refused(address: str) -> None:
    assert key_of(address) == "store.bad_address"


def test_a_folder_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert key_of(tmp_path / "none" / "trivsel.db") == "store.cannot_open"
    assert key_of(tmp_path) == "store.cannot_open"


def test_a_path_is_as_good_as_an_address(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    assert {url_of(address) for address in (str(file), "trivsel.db", "sqlite:///trivsel.db")} == {f"sqlite:///{file}"}


def test_a_password_is_in_the_address_but_in_no_message() -> None:
    assert url_of("postgresql://me:hush@host/db") == "postgresql://me:hush@host/db"
    with pytest.raises(StoreError) as raised:
        url_of("mysql://me:hush@host/db")
    assert "hush" not in str(raised.value)


@pytest.mark.parametrize("locked_away", ["file", "folder"])
def test_what_cannot_be_written_to_is_said_so(
    file: Path, locked_away: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Store(str(file)).close()
    for folder in (file.parent, *file.parent.parents[:2]):
        os.chmod(folder, 0o755)
    os.chmod(file, 0o444 if locked_away == "file" else 0o666)
    if locked_away == "folder":
        os.chmod(file.parent, 0o555)
    before = file.read_bytes()
    arguments = [str(file), str(tmp_path_factory.mktemp("other") / "other.db"), str(PASSER_BY)]
    done = subprocess.run([sys.executable, "-c", OPEN, *arguments], capture_output=True, text=True, check=True)
    os.chmod(file.parent, 0o755)
    assert done.stdout.strip() in ("store.read_only", "store.cannot_open")
    assert file.read_bytes() == before


def limit(store: Store, more: int | None) -> None:
    """Let the disk be full after so many more pages, or give it room again."""
    store._engine.dispose()
    sa.event.listen(store._engine, "connect", lambda connection, _: connection.execute(pages))
    with sqlite3.connect(store._url.database or "") as connection:
        used = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    pages = f"PRAGMA max_page_count = {used + more if more is not None else 1_000_000}"


def test_a_full_disk_loses_nothing_that_was_answered(store: Store, id: str) -> None:
    limit(store, 6)
    answers = [store.submit(id, add(card(f"c{n}", "x" * 280)), FACILITATOR, f"c{n}") for n in range(200)]
    kept = [answer.result(30) for answer in answers if answer.exception(30) is None]
    errors = [error for answer in answers if (error := answer.exception(30)) is not None]
    assert errors
    assert all(isinstance(error, StoreError) and error.key == "store.full" for error in errors)
    assert len(store.records(id)) == 1 + len(kept)
    limit(store, None)
    again = store.send(id, add(card("c199", "x" * 280)), command_id="c199")
    assert again == Accepted(2 + len(kept), again.events if isinstance(again, Accepted) else ())
    assert [record.seq for record in store.records(id)] == list(range(1, 3 + len(kept)))


def test_a_workshop_that_finds_no_room_is_not_there_at_all(store: Store) -> None:
    limit(store, 2)
    with pytest.raises(StoreError) as raised:
        store.create([START, *(add(card(f"c{n}", "x" * 280)) for n in range(200))])
    assert raised.value.key == "store.full"
    assert store.workshops() == []


def test_a_database_that_somebody_else_holds_is_waited_for_and_then_said_so(file: Path, store: Store, id: str) -> None:
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError) as raised:
        store.send(id, add(card("a")), command_id="one")
    assert raised.value.key == "store.locked"
    assert store.follow(id).snapshot.seq == 1
    other.execute("ROLLBACK")
    other.close()
    assert isinstance(store.send(id, add(card("a")), command_id="one"), Accepted)


def bytes_of(file: Path) -> bytes:
    return b"".join(path.read_bytes() for path in file.parent.glob(f"{file.name}*"))


def secret(number: int) -> str:
    return f"secret-{number:03}-" + chr(97 + number % 26) * (number % 200)


def test_what_is_erased_is_gone_from_the_files(file: Path, store: Store, id: str) -> None:
    store.send(id, add(*(card(f"c{n}", secret(n)) for n in range(300))))
    gone = range(5, 300, 3)
    assert secret(5).encode() in bytes_of(file)
    assert store.erase(id, {n + 2: Erased() for n in gone}) == len(gone)
    left = bytes_of(file)
    kept = [n for n in range(300) if n not in gone]
    assert [n for n in range(300) if secret(n).encode()[:11] in left] == kept
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_workshop_that_is_deleted_is_gone_from_the_files(file: Path, store: Store, id: str) -> None:
    store.send(id, add(*(card(f"c{n}", secret(n)) for n in range(300))))
    store.send(id, Remove(COLLECT, "c7"))
    store.delete(id)
    assert b"secret-" not in bytes_of(file)
    assert b"Et godt arbejdsliv" not in bytes_of(file)


def test_what_cannot_leave_while_somebody_reads_leaves_later(file: Path, store: Store, id: str) -> None:
    store.send(id, add(card("a", "secret-007")))
    reader = sqlite3.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("select count(*) from event").fetchone()
    store.erase(id, {2: Erased()})
    assert b"secret-007" in bytes_of(file)
    reader.execute("ROLLBACK")
    reader.close()
    store.close()
    assert b"secret-007" not in bytes_of(file)


def test_what_cannot_be_read_is_said_so(file: Path, store: Store, id: str) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("""update event set body = '{"event": "from_the_future"}'""")
    connection.close()
    with pytest.raises(StoreError) as raised:
        store.follow(id)
    assert raised.value.key == "store.unreadable"
    with pytest.raises(StoreError):
        store.send(id, add(card("a")))
