"""How long a post takes until it is durable when many come at once: 200 from 20 threads, as from 20 phones."""

from __future__ import annotations

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.bench._figures import busy, figure, median, percentile, spread
from tests.domain.samples import START, add, card
from trivsel.store import Store

THREADS = 20
EACH = 10


def post(store: Store, id: str, name: str) -> float:
    """Milliseconds from handing a card in until it is on the disk."""
    begun = time.perf_counter()
    store.submit(id, add(card(name)), "seat", name).result()
    return (time.perf_counter() - begun) * 1_000


def main() -> None:
    busy()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Store(str(Path(folder) / "b.db")) as store:
        id = store.create([START])
        assert isinstance(id, str)

        def person(number: int) -> list[float]:
            return [post(store, id, f"seat{number}-{one}") for one in range(EACH)]

        alone = [post(store, id, f"alone-{number}") for number in range(50)]
        begun = time.perf_counter()
        with ThreadPoolExecutor(THREADS) as threads:
            took = [one for person_took in threads.map(person, range(THREADS)) for one in person_took]
        whole = (time.perf_counter() - begun) * 1_000
        assert store.mark(id).seq == store.records(id)[-1].seq >= len(alone) + len(took)
    figure("one post after the other, durable: median", median(alone), note=spread(alone))
    figure(f"{len(took)} posts from {THREADS} threads, durable: median", median(took), note=spread(took))
    figure(f"{len(took)} posts from {THREADS} threads, durable: 95 of 100 within", percentile(took, 0.95), goal=500)
    figure(f"{len(took)} posts from {THREADS} threads: all of them", whole)
    figure("all of them, beside as many one after the other", whole / (median(alone) * len(took)), "×")
    busy()


if __name__ == "__main__":
    main()
