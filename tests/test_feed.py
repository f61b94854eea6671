"""The feed: every view of a process hears of what is new, whoever did it."""

from __future__ import annotations

import logging
import queue
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.domain.samples import START, add, card
from trivsel.domain.events import Erased
from trivsel.domain.workshop import Snapshot
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.feed import Feed
from trivsel.session import Session
from trivsel.store import Store

ROOT = Path(__file__).resolve().parents[1]
SOON = 10.0
NEVER = 0.6
"""Seconds after which nothing more is expected: more than two rounds of the feed."""

OTHER_PROCESS = """
import sys, time
from tests.domain.samples import add, card
from trivsel.feed import Feed
from trivsel.session import Session
from trivsel.store import Store
store = Store(sys.argv[1])
feed = Feed(store)
session = Session(store, sys.argv[2], feed.wake)
def say(*words):
    sys.stdout.write(" ".join(map(str, words)) + "\\n")
    sys.stdout.flush()
feed.watch(session.id, lambda snapshot: say("saw", snapshot.seq, time.time()))
say("ready")
for line in sys.stdin:
    session.send(add(card(line.strip())))
    say("wrote", session.snapshot.seq, time.time())
"""


@pytest.fixture
def store(database: str) -> Iterator[Store]:
    with Store(database, patience=0.2) as store:
        yield store


@pytest.fixture
def feed(store: Store) -> Iterator[Feed]:
    feed = Feed(store)
    yield feed
    feed.close()


@pytest.fixture
def id(store: Store) -> str:
    id = store.create([START])
    assert isinstance(id, str)
    return id


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self) -> None:
        self._heard: queue.Queue[Snapshot] = queue.Queue()

    def __call__(self, snapshot: Snapshot) -> None:
        self._heard.put(snapshot)

    def until(self, seq: int) -> Snapshot:
        while True:
            snapshot = self._heard.get(timeout=SOON)
            if snapshot.seq >= seq:
                return snapshot

    def nothing_more(self) -> bool:
        try:
            self._heard.get(timeout=NEVER)
        except queue.Empty:
            return True
        return False


def feed_threads() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "trivsel-feed" and thread.is_alive()]


def wait_until(condition: Callable[[], bool]) -> None:
    ends = time.monotonic() + SOON
    while not condition():
        assert time.monotonic() < ends, "it never happened"
        threading.Event().wait(0.01)


def test_every_view_hears_what_anybody_wrote(database: str, store: Store, feed: Feed, id: str) -> None:
    views = [Heard(), Heard()]
    for view in views:
        feed.watch(id, view)
    with Store(database) as elsewhere:
        elsewhere.send(id, add(card("a")))
    for view in views:
        assert "a" in view.until(2).things


def test_nothing_new_is_nothing_told(store: Store, feed: Feed, id: str) -> None:
    view = Heard()
    feed.watch(id, view)
    assert view.nothing_more()
    store.send(id, add(card("a")))
    view.until(2)
    assert view.nothing_more()


def test_who_is_woken_asks_at_once(store: Store, id: str) -> None:
    feed, view = Feed(store, every=60), Heard()
    feed.watch(id, view)
    begun = time.monotonic()
    Session(store, id, feed.wake).send(add(card("a")))
    view.until(2)
    assert time.monotonic() - begun < 5
    feed.close()


def test_the_end_of_a_workshop_is_told_once(store: Store, feed: Feed, id: str) -> None:
    ends: list[str] = []
    feed.watch(id, Heard(), lambda: ends.append("first"))
    stop = feed.watch(id, Heard(), lambda: ends.append("second"))
    stop()
    store.delete(id)
    wait_until(lambda: bool(ends))
    assert Heard().nothing_more()
    assert ends == ["first"]


def test_erasing_is_told_too(store: Store, feed: Feed, id: str) -> None:
    view = Heard()
    feed.watch(id, view)
    store.send(id, add(card("a")))
    assert "a" in view.until(2).things
    store.erase(id, {2: Erased()})
    assert "a" not in view.until(2).things


def test_a_view_that_fails_keeps_nobody_else_from_hearing(
    store: Store, feed: Feed, id: str, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(snapshot: Snapshot) -> None:
        raise RuntimeError("the page is gone")

    view = Heard()
    feed.watch(id, broken)
    feed.watch(id, view)
    with caplog.at_level(logging.ERROR):
        for number in (2, 3):
            store.send(id, add(card(f"c{number}")))
            view.until(number)
    assert "the page is gone" in caplog.text


def test_a_view_can_stop_inside_its_own_call(store: Store, feed: Feed, id: str) -> None:
    heard = Heard()
    stops: list[Callable[[], None]] = []

    def once(snapshot: Snapshot) -> None:
        heard(snapshot)
        stops[0]()

    stops.append(feed.watch(id, once))
    other = Heard()
    feed.watch(id, other)
    store.send(id, add(card("a")))
    heard.until(2)
    store.send(id, add(card("b")))
    other.until(3)
    assert heard.nothing_more()


def test_the_thread_ends_when_nobody_watches_and_begins_again(store: Store, feed: Feed, id: str) -> None:
    before = len(feed_threads())
    stops = [feed.watch(id, Heard()) for _ in range(3)]
    assert len(feed_threads()) == before + 1
    for stop in stops:
        stop()
        stop()
    wait_until(lambda: len(feed_threads()) == before)
    view = Heard()
    feed.watch(id, view)
    store.send(id, add(card("a")))
    view.until(2)


def test_a_store_that_does_not_answer_is_told_once_and_forgiven(database: str, store: Store, id: str) -> None:
    told: queue.Queue[StoreError | None] = queue.Queue()
    feed, view = Feed(store, every=0.05, trouble=told.put), Heard()
    feed.watch(id, view)
    file = store._url.database or ""
    with sqlite3.connect(file) as other:
        other.execute("alter table event rename to event_gone")
    error = told.get(timeout=SOON)
    assert isinstance(error, StoreError)
    with sqlite3.connect(file) as other:
        other.execute("alter table event_gone rename to event")
    assert told.get(timeout=SOON) is None
    store.send(id, add(card("a")))
    view.until(2)
    assert told.empty()
    other.close()
    feed.close()


def test_a_workshop_that_is_deleted_is_told_once_and_watched_no_longer(store: Store, id: str) -> None:
    told: queue.Queue[StoreError | None] = queue.Queue()
    before = len(feed_threads())
    feed = Feed(store, every=0.05, trouble=told.put)
    feed.watch(id, Heard())
    store.delete(id)
    assert isinstance(told.get(timeout=SOON), UnknownWorkshop)
    wait_until(lambda: len(feed_threads()) == before)
    feed.close()


def test_an_unknown_workshop_cannot_be_watched(feed: Feed) -> None:
    with pytest.raises(UnknownWorkshop):
        feed.watch("nobody", Heard())


def test_two_processes_see_each_other_within_half_a_second(database: str, store: Store, feed: Feed, id: str) -> None:
    times: queue.Queue[tuple[int, float]] = queue.Queue()
    feed.watch(id, lambda snapshot: times.put((snapshot.seq, time.time())))
    late: list[float] = []
    with subprocess.Popen(
        [sys.executable, "-c", OTHER_PROCESS, database, id],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        for number in range(5):
            process.stdin.write(f"theirs-{number}\n")
            process.stdin.flush()
            said = {word: float(at) for word, _, at in (process.stdout.readline().split() for _ in range(2))}
            late.append(times.get(timeout=SOON)[1] - said["wrote"])
            Session(store, id, feed.wake).send(add(card(f"ours-{number}")))
            wrote = time.time()
            times.get(timeout=SOON)
            late.append(float(process.stdout.readline().split()[2]) - wrote)
        process.stdin.close()
    assert max(late) < 0.5, late
