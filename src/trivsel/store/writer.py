"""The one hand that writes: what arrives while it writes forms the next batch, with one commit for all of it."""

from __future__ import annotations

import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import NamedTuple

from msgspec import Struct
from sqlalchemy import Connection, Engine, select

from trivsel.domain.commands import Command, FromPhone, Refusal
from trivsel.domain.events import Event, Record
from trivsel.domain.rules import decide
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.store import log
from trivsel.store.engine import writing
from trivsel.store.follower import Folded
from trivsel.store.tables import workshop
from trivsel.store.trouble import told

BATCH = 1_000
_WORKSHOPS = 16
_OUTCOMES = 5_000
_IDLE = 2.0
"""Seconds after which an idle writer looks whether something is left to do."""
_HOPELESS = ("store.locked", "store.unreachable")
"""Where trying each of a batch on its own would only make everybody wait longer."""


class Accepted(Struct, frozen=True):
    """What a command has led to, durably: its events, and the number of the newest event it knew of."""

    seq: int
    events: tuple[Event, ...] = ()


Outcome = Accepted | Refusal


class Order(NamedTuple):
    """A command on its way into a workshop."""

    workshop_id: str
    command: Command
    actor: str
    command_id: str
    answer: Future[Outcome]


class Writer:
    """Decides and writes in one thread. ``idle`` is called now and then when there is nothing to write."""

    def __init__(self, engine: Engine, idle: Callable[[], object]) -> None:
        self._engine = engine
        self._idle = idle
        self._orders: queue.SimpleQueue[Order | None] = queue.SimpleQueue()
        self._folded: OrderedDict[str, Folded] = OrderedDict()
        self._outcomes: OrderedDict[tuple[str, str], Outcome] = OrderedDict()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._closed = False

    def put(self, order: Order) -> None:
        """Hand over a command; its answer comes when it is durable."""
        with self._lock:
            if self._closed:
                raise StoreError("store.closed")
            self._start()
            self._orders.put(order)

    def start(self) -> None:
        """Begin, so that ``idle`` is called even if nobody writes."""
        with self._lock:
            if not self._closed:
                self._start()

    def _start(self) -> None:
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="trivsel-writer", daemon=True)
            self._thread.start()

    def close(self) -> None:
        """Write what has been handed over, then stop."""
        with self._lock:
            self._closed = True
            thread, self._thread = self._thread, None
        if thread is not None:
            self._orders.put(None)
            thread.join()

    def _run(self) -> None:
        while True:
            try:
                order = self._orders.get(timeout=_IDLE)
            except queue.Empty:
                self._idle()
                continue
            batch: list[Order] = []
            while order is not None:
                if order.answer.set_running_or_notify_cancel():
                    batch.append(order)
                if len(batch) == BATCH:
                    break
                try:
                    order = self._orders.get_nowait()
                except queue.Empty:
                    break
            self._carry_out(batch)
            if order is None:
                return

    def _carry_out(self, batch: Sequence[Order]) -> None:
        """Write a batch and answer; what spoils a whole batch is tried again one by one, so that only it fails."""
        if not batch:
            return
        try:
            answers = self._write(batch)
        except Exception as error:
            for order in batch:
                self._folded.pop(order.workshop_id, None)
            if len(batch) == 1 or (isinstance(error, StoreError) and error.key in _HOPELESS):
                for order in batch:
                    order.answer.set_exception(error)
            else:
                for order in batch:
                    self._carry_out([order])
            return
        for order, answer in zip(batch, answers, strict=True):
            if isinstance(answer, Exception):
                order.answer.set_exception(answer)
            else:
                self._remember(order, answer)
                order.answer.set_result(answer)

    def _write(self, batch: Sequence[Order]) -> list[Outcome | Exception]:
        answers: dict[int, Outcome | Exception] = {}
        by_workshop: dict[str, list[int]] = {}
        for place, order in enumerate(batch):
            by_workshop.setdefault(order.workshop_id, []).append(place)
        with told(self._engine.url), writing(self._engine).begin() as connection:
            # In order of their ids, so that two processes never wait for each other.
            for id in sorted(by_workshop):
                orders = [batch[place] for place in by_workshop[id]]
                answers.update(zip(by_workshop[id], self._write_one(connection, id, orders), strict=True))
        return [answers[place] for place in range(len(batch))]

    def _write_one(self, connection: Connection, id: str, orders: Sequence[Order]) -> list[Outcome | Exception]:
        """Decide and write the commands of one workshop."""
        try:
            folded = self._up_to_date(connection, id)
        except StoreError as error:
            return [error] * len(orders)
        before = log.written_by(connection, id, [order.command_id for order in orders])
        known: dict[str, Outcome | Exception] = {
            command: Accepted(records[-1].seq, tuple(record.event for record in records))
            for command, records in before.items()
        }
        rows: list[log.Row] = []
        answers: list[Outcome | Exception] = []
        for order in orders:
            answer = known.get(order.command_id) or self._outcomes.get((id, order.command_id))
            if answer is None:
                try:
                    answer, new = decide_one(folded, order.command, order.actor, order.command_id)
                    rows += new
                except Exception as error:
                    # The fold may have stopped halfway: begin again from what is certain.
                    folded = Folded(id)
                    folded.catch_up(connection)
                    folded.fold([row.record for row in rows])
                    answer = error
                known[order.command_id] = answer
            answers.append(answer)
        self._folded[id] = folded
        log.write(connection, id, rows)
        return answers

    def _up_to_date(self, connection: Connection, id: str) -> Folded:
        locked = select(workshop.c.id).where(workshop.c.id == id).with_for_update()
        if connection.execute(locked).first() is None:
            self._folded.pop(id, None)
            raise UnknownWorkshop(id)
        folded = self._folded.pop(id, None) or Folded(id)
        folded.catch_up(connection)
        self._folded[id] = folded
        if len(self._folded) > _WORKSHOPS:
            self._folded.popitem(last=False)
        return folded

    def _remember(self, order: Order, answer: Outcome) -> None:
        """What wrote nothing is remembered here, so that asking again gives the same answer."""
        if isinstance(answer, Refusal) or not answer.events:
            self._outcomes[order.workshop_id, order.command_id] = answer
            if len(self._outcomes) > _OUTCOMES:
                self._outcomes.popitem(last=False)


def decide_one(folded: Folded, command: Command, actor: str, command_id: str) -> tuple[Outcome, list[log.Row]]:
    """What one command leads to, folded already; the rows are still to be written."""
    if not (0 < len(command_id) <= 100 and command_id.isprintable() and len(actor) <= 100 and actor.isprintable()):
        raise ValueError("an actor and a command's id are at most 100 printable characters")
    decision = decide(folded.snapshot, command)
    if isinstance(decision, Refusal):
        return decision, []
    # When a phone wrote something is nobody's business: the day is enough.
    at = log.now()[:10] if isinstance(command, FromPhone) else log.now()
    rows = log.rows_for(decision, folded.mark.seq, at, actor, command_id)
    records: list[Record] = [row.record for row in rows]
    if records:
        folded.fold(records)
    return Accepted(folded.mark.seq, tuple(decision)), rows
