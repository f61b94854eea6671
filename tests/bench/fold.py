"""How long a workshop of 10,000 events takes to fold, to open from SQLite and to write."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.bench._figures import busy, figure
from tests.domain.samples import COLLECT, START, add, card, text
from trivsel.domain.commands import Change
from trivsel.domain.events import Changed, Record
from trivsel.domain.workshop import FACILITATOR, Builder
from trivsel.store import Store, log
from trivsel.store.engine import writing

EVENTS = 10_000
CARDS = 400


def many(store: Store) -> str:
    """A workshop of 400 cards whose texts are changed until there are 10,000 events."""
    id = store.create([START, *(add(card(f"c{n}")) for n in range(CARDS))])
    assert isinstance(id, str)
    seq = store.mark(id).seq
    rows: list[log.Row] = []
    for number in range(seq + 1, EVENTS + 1):
        event = Changed(COLLECT, f"c{number % CARDS}", "text", text("Mere ro"), text(f"Mere ro {number}"))
        rows += log.rows_for([event], number - 1, log.now(), FACILITATOR, f"k{number}")
    with writing(store._engine).begin() as connection:
        log.write(connection, id, rows)
    return id


def best(work: Callable[[], object], rounds: int = 9, clock: Callable[[], float] = time.perf_counter) -> float:
    """The quickest of several rounds in milliseconds: the machine has other things to do in the others."""
    took = []
    for _ in range(rounds):
        begun = clock()
        work()
        took.append(clock() - begun)
    return min(took) * 1_000


def main() -> None:
    busy()
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder) / "bench.db")) as store:
        id = many(store)
        records: list[Record] = store.records(id)
        assert len(records) == EVENTS

        def open_again() -> None:
            with Store(str(Path(folder) / "bench.db")) as other:
                other.follow(id)

        def fold() -> None:
            Builder().fold(records)

        figure(f"{EVENTS:,} events folded", best(fold, 40), goal=30)
        figure(f"{EVENTS:,} events folded, processor time", best(fold, 40, time.thread_time), goal=30)
        read = best(lambda: store.records(id), clock=time.thread_time)
        figure(f"{EVENTS:,} events read from SQLite, processor time", read)
        figure("database and workshop opened, processor time", best(open_again, clock=time.thread_time))
        figure("database and workshop opened", best(open_again))
        figure("the snapshot made", best(Builder().fold(records).snapshot))
        figure("one refused command", best(lambda: store.send(id, Change(COLLECT, "c1", "text", None, text("x")))))
        numbers = iter(range(100_000))
        figure("one accepted command, durable", best(lambda: store.send(id, add(card(f"n{next(numbers)}"))), 50))
        begun = time.perf_counter()
        answers = [store.submit(id, add(card(f"m{n}")), FACILITATOR, f"m{n}") for n in range(1_000)]
        for answer in answers:
            answer.result()
        figure("1,000 commands at once", (time.perf_counter() - begun) * 1_000)
    busy()


if __name__ == "__main__":
    main()
