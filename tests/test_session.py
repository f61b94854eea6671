"""A session: what one page sees of a workshop, and how it asks for something to happen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.domain.samples import COLLECT, START, add, card, change, text
from trivsel.domain.commands import Refusal, Undo
from trivsel.domain.things import Card
from trivsel.errors import UnknownWorkshop
from trivsel.session import Session
from trivsel.store import Accepted, Store


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database) as store:
        yield store


@pytest.fixture
def id(store: Store) -> str:
    id = store.create([START])
    assert isinstance(id, str)
    return id


def test_what_was_sent_is_in_the_snapshot_at_once(store: Store, id: str) -> None:
    session = Session(store, id)
    assert session.snapshot.seq == 1
    assert isinstance(session.send(add(card("a"))), Accepted)
    assert session.snapshot.get("a", Card) == card("a")


def test_a_snapshot_never_changes(store: Store, id: str) -> None:
    session = Session(store, id)
    before = session.snapshot
    session.send(add(card("a")))
    session.send(change("a", "text", text("Mere ro"), text("Fred")))
    assert "a" not in before.things
    assert before.seq == 1


def test_a_refusal_comes_back_and_changes_nothing(store: Store, id: str) -> None:
    session = Session(store, id)
    before = session.snapshot
    assert session.send(Undo(COLLECT)) == Refusal("nothing_to_undo")
    assert session.snapshot == before


def test_sending_again_with_the_same_id_happens_once(store: Store, id: str) -> None:
    session = Session(store, id)
    assert session.send(add(card("a")), command_id="x") == session.send(add(card("a")), command_id="x")
    assert session.snapshot.seq == 2


def test_two_sessions_see_each_other_when_they_ask(database: str, store: Store, id: str) -> None:
    with Store(database) as elsewhere:
        mine, theirs = Session(store, id), Session(elsewhere, id)
        theirs.send(add(card("a")))
        assert "a" not in mine.snapshot.things
        assert "a" in mine.refresh().things


def test_somebody_else_is_told_after_each_command(store: Store, id: str) -> None:
    woken: list[str] = []
    Session(store, id, woken.append).send(add(card("a")))
    assert woken == [id]


def test_many_threads_share_one_workshop(store: Store, id: str) -> None:
    """Snapshots that are seen while others write are whole: as many cards as events."""
    wrong: list[int] = []
    done = threading.Event()

    def look() -> None:
        session = Session(store, id)
        while not done.is_set():
            snapshot = session.refresh()
            if len(snapshot.of(Card)) != snapshot.seq - 1:
                wrong.append(snapshot.seq)

    def write(thread: int) -> None:
        session = Session(store, id)
        for n in range(25):
            session.send(add(card(f"{thread}-{n}")))

    watchers = [threading.Thread(target=look) for _ in range(2)]
    for watcher in watchers:
        watcher.start()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    done.set()
    for watcher in watchers:
        watcher.join()
    assert wrong == []
    assert Session(store, id).snapshot.seq == 101


def test_an_unknown_workshop_is_said_so(store: Store) -> None:
    with pytest.raises(UnknownWorkshop):
        Session(store, "nobody")
