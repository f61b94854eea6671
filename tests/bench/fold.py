"""How long a workshop of 10,000 events takes to fold, to open from SQLite and to write: run it, it prints figures."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

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


def best(work: Callable[[], object], rounds: int = 9) -> float:
    """The quickest of several rounds in milliseconds: the machine has other things to do in the others."""
    took = []
    for _ in range(rounds):
        begun = time.perf_counter()
        work()
        took.append(time.perf_counter() - begun)
    return min(took) * 1_000


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, Store(str(Path(folder) / "bench.db")) as store:
        id = many(store)
        records: list[Record] = store.records(id)
        assert len(records) == EVENTS

        def open_again() -> None:
            with Store(str(Path(folder) / "bench.db")) as other:
                other.follow(id)

        fold = best(lambda: Builder().fold(records))
        read = best(lambda: store.records(id))
        print(f"fold {EVENTS:,} events           {fold:7.1f} ms   ({fold / EVENTS * 1_000:.2f} µs each; at most 30 ms)")
        print(f"read them from SQLite         {read:7.1f} ms   ({read / fold:.1f} × the fold)")
        print(f"open the database and workshop{best(open_again):7.1f} ms")
        print(f"make the snapshot             {best(Builder().fold(records).snapshot):7.2f} ms")
        one = best(lambda: store.send(id, Change(COLLECT, "c1", "text", None, text("x"))))
        print(f"one refused command           {one:7.1f} ms")
        numbers = iter(range(100_000))
        one = best(lambda: store.send(id, add(card(f"n{next(numbers)}"))), 50)
        print(f"one accepted command, durable {one:7.1f} ms")
        begun = time.perf_counter()
        answers = [store.submit(id, add(card(f"m{n}")), FACILITATOR, f"m{n}") for n in range(1_000)]
        for answer in answers:
            answer.result()
        print(f"1,000 commands at once        {(time.perf_counter() - begun) * 1_000:7.1f} ms")


if __name__ == "__main__":
    main()
