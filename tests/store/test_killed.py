"""A process that is killed at any moment: what it had an answer for is there, and sending again is harmless."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.domain.samples import START, add, card
from trivsel.store import Accepted, Store

ROOT = Path(__file__).resolve().parents[2]
WRITER = """
import sys
from tests.domain.samples import add, card
from trivsel.store import Store
store = Store(sys.argv[1])
waiting = []
for n in range(100_000):
    waiting.append((n, store.submit(sys.argv[2], add(card(f"a{n}"), card(f"b{n}")), "facilitator", f"c{n}")))
    if len(waiting) == 5:
        for number, answer in waiting:
            print(number, answer.result().seq, flush=True)
        waiting = []
"""


@pytest.mark.parametrize("lines", [1, 7, 40])
def test_what_was_answered_survives_and_is_not_done_twice(
    url: str, open_store: Callable[[], Store], lines: int
) -> None:
    id = open_store().create([START])
    assert isinstance(id, str)
    said: list[str] = []
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, url, id], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        while len(said) < lines:
            said.append(process.stdout.readline())
        process.kill()
        said += process.stdout.readlines()
    answered = dict(map(int, line.split()) for line in said if line.endswith("\n"))
    store = open_store()
    records = store.records(id)
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    by_command: dict[str, list[int]] = {}
    for record in records[1:]:
        by_command.setdefault(record.command, []).append(record.seq)
    assert all(len(seqs) == 2 for seqs in by_command.values()), "a command was written by half"
    assert {f"c{n}": seq for n, seq in answered.items()}.items() <= {c: s[-1] for c, s in by_command.items()}.items()
    for n, seq in answered.items():
        again = store.send(id, add(card(f"a{n}"), card(f"b{n}")), command_id=f"c{n}")
        assert isinstance(again, Accepted)
        assert again.seq == seq
    assert len(store.records(id)) == len(records)
