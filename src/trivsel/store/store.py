"""The event log: everything that has happened in every workshop, and the only way to add to it."""

from __future__ import annotations

import contextlib
import datetime as dt
import threading
import weakref
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import TracebackType
from typing import NamedTuple
from uuid import uuid4

from sqlalchemy import Connection, delete, func, insert, select, update

from trivsel.domain.commands import Command, Refusal
from trivsel.domain.erasing import seats_in, without
from trivsel.domain.events import Erased, Event, Record, kind_of, write_event
from trivsel.domain.workshop import FACILITATOR
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.store import log
from trivsel.store.backup import Restored, copy_to, take_in
from trivsel.store.checking import Fault, faults
from trivsel.store.engine import address, connect, rebuild, truncate_log, writing
from trivsel.store.follower import Folded, Follower
from trivsel.store.log import Mark
from trivsel.store.migrations import bring_up_to_date
from trivsel.store.tables import event, workshop
from trivsel.store.trouble import told
from trivsel.store.writer import Accepted, Order, Outcome, Writer, decide_one


class Entry(NamedTuple):
    """One workshop of the store: when it was made (ISO 8601, UTC) and how far it has come."""

    id: str
    created: str
    mark: Mark


class Store:
    """The workshops in one database. Safe to use from any thread; one store for each process is enough.

    ``database`` is a SQLAlchemy URL (``sqlite:///…`` or ``postgresql://…``) or the path of a SQLite file;
    ``patience`` is how many seconds to wait for others. Raises :class:`StoreError` for a database that
    cannot be used.
    """

    def __init__(self, database: str, *, patience: float = 5.0) -> None:
        self._url = address(database)
        self._engine = connect(self._url, patience=patience)
        self._left_in_pages = threading.Event()
        self._left_in_log = threading.Event()
        self._cleaning = threading.Lock()
        self._writer = Writer(self._engine, self._clean)
        self._followers: weakref.WeakValueDictionary[str, Follower] = weakref.WeakValueDictionary()
        self._lock = threading.Lock()
        try:
            bring_up_to_date(self._engine)
        except StoreError:
            self._engine.dispose()
            raise

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Write what has been handed over and let go of the database."""
        self._writer.close()
        self._clean()
        self._engine.dispose()

    # --- asking -----------------------------------------------------------------------------------------------------

    def ping(self) -> None:
        """Raises :class:`StoreError` if the database does not answer."""
        with told(self._url), self._engine.connect() as connection:
            connection.execute(select(workshop.c.id).limit(1)).first()

    def workshops(self) -> list[Entry]:
        """Every workshop, the newest first."""
        with told(self._url), self._engine.connect() as connection:
            rows = connection.execute(log.marks).all()
        return [Entry(id, created, Mark(seq or 0, erased)) for id, created, seq, erased in rows]

    def begun_by(self, command_id: str) -> list[str]:
        """The ids of the workshops whose first event was written by the command with that id, the newest first."""
        begun = (
            select(workshop.c.id)
            .join(event, (event.c.workshop_id == workshop.c.id) & (event.c.seq == 1))
            .where(event.c.command == command_id)
            .order_by(workshop.c.created.desc(), workshop.c.id)
        )
        with told(self._url), self._engine.connect() as connection:
            return [row[0] for row in connection.execute(begun)]

    def mentioning(self, kind: str, words: str) -> list[str]:
        """The ids of the workshops with an event of that kind in whose body ``words`` stand, the newest first."""
        found = (
            select(workshop.c.id)
            .join(event, event.c.workshop_id == workshop.c.id)
            .where(event.c.kind == kind, event.c.body.contains(words, autoescape=True))
            .group_by(workshop.c.id, workshop.c.created)
            .order_by(workshop.c.created.desc(), workshop.c.id)
        )
        with told(self._url), self._engine.connect() as connection:
            return [row[0] for row in connection.execute(found)]

    def mark(self, id: str) -> Mark:
        """How far a workshop has come: the cheapest question there is. Raises :class:`UnknownWorkshop`."""
        with told(self._url), self._engine.connect() as connection:
            return log.mark(connection, id)

    def records(self, id: str, after: int = 0) -> list[Record]:
        """What has happened after number ``after``, in order. Raises :class:`UnknownWorkshop`."""
        with told(self._url), self._engine.connect() as connection:
            log.mark(connection, id)
            return log.records(connection, id, after)

    def follow(self, id: str) -> Follower:
        """One workshop as it stands; the same one for everybody in this process. Raises :class:`UnknownWorkshop`."""
        with self._lock:
            follower = self._followers.get(id)
            if follower is None:
                follower = self._followers[id] = Follower(self._engine, id)
                return follower
        follower.refresh()
        return follower

    def backup(self, file: Path) -> None:
        """Copy everything to a file while people work, whole or not at all."""
        copy_to(self._engine, file)

    def restore(self, file: Path) -> Restored:
        """Bring in what a copy holds and is not here, all of it or nothing; what is newer here stays."""
        return take_in(self._engine, file)

    def check(self) -> list[Fault]:
        """Everything that is wrong in the database. Nothing is changed."""
        return list(faults(self._engine))

    # --- writing ----------------------------------------------------------------------------------------------------

    def create(self, commands: Iterable[Command], actor: str = FACILITATOR, key: str | None = None) -> str | Refusal:
        """A new workshop with all that ``commands`` lead to, in one transaction: its id, or the first refusal.

        With a ``key`` the commands get the ids ``key-1``, ``key-2`` and so on.
        """
        folded = Folded(log.new_id())
        rows: list[log.Row] = []
        for number, command in enumerate(commands, start=1):
            outcome, new = decide_one(folded, command, actor, f"{key}-{number}" if key else uuid4().hex)
            if isinstance(outcome, Refusal):
                return outcome
            rows += new
        with told(self._url), writing(self._engine).begin() as connection:
            connection.execute(insert(workshop).values(id=folded.id, created=log.now(), erased=0))
            log.write(connection, folded.id, rows)
        return folded.id

    def submit(self, id: str, command: Command, actor: str, command_id: str) -> Future[Outcome]:
        """Hand a command in. The answer is there when it is durable: accepted with its events, or a refusal.

        A command id that has been written before gives what it gave then, and nothing is written. Refusals and
        what changed nothing leave no row; they are remembered while this process lives. The future raises
        :class:`UnknownWorkshop` or another :class:`StoreError`.
        """
        answer: Future[Outcome] = Future()
        self._writer.put(Order(id, command, actor, command_id, answer))
        return answer

    def send(
        self, id: str, command: Command, actor: str = FACILITATOR, command_id: str | None = None
    ) -> Accepted | Refusal:
        """Hand a command in and wait until it is durable."""
        return self.submit(id, command, actor, command_id or uuid4().hex).result()

    def erase(self, id: str, instead: Mapping[int, Event]) -> int:
        """Overwrite those events for good with what stands ``instead``; their numbers stay. Of what is
        erased, who wrote it and when is gone too. How many there were. Raises ``UnknownWorkshop``."""
        return self._erase(id, lambda _: instead)

    def erase_seat(self, id: str, seats: Collection[str]) -> int:
        """Erase for good all that a phone with these pseudonyms has sent. How many events that was."""
        return self._erase(id, lambda connection: without(log.records(connection, id), seats))

    def erase_phones(self, id: str) -> int:
        """Erase for good all that phones have sent. What the group made of it stays. How many events that was."""

        def phones(connection: Connection) -> Mapping[int, Event]:
            records = log.records(connection, id)
            return without(records, seats_in(records))

        return self._erase(id, phones)

    def _erase(self, id: str, choose: Callable[[Connection], Mapping[int, Event]]) -> int:
        """Overwrite what is chosen while nobody else can write, so that nothing slips in between."""
        with told(self._url), writing(self._engine).begin() as connection:
            here = workshop.c.id == id
            if connection.execute(select(workshop.c.id).where(here).with_for_update()).first() is None:
                raise UnknownWorkshop(id)
            instead = choose(connection)
            if not instead:
                return 0
            connection.execute(update(workshop).where(here).values(erased=workshop.c.erased + 1))
            count = 0
            for seq, one in instead.items():
                gone = {"at": "", "actor": ""} if isinstance(one, Erased) else {}
                row = (event.c.workshop_id == id) & (event.c.seq == seq) & (event.c.kind != kind_of(Erased()))
                values = {"kind": kind_of(one), "body": write_event(one).decode()}
                count += connection.execute(update(event).where(row).values(**values, **gone)).rowcount
        self._left_in_pages.set()
        self._clean()
        return count

    def delete(self, id: str) -> None:
        """Take a workshop away for good. Raises :class:`UnknownWorkshop`."""
        if not self._delete([id]):
            raise UnknownWorkshop(id)

    def purge(self, before: dt.date) -> list[str]:
        """Take away for good every workshop in which nothing has happened on or after ``before``: their ids."""
        newest = func.max(event.c.at)
        last = (
            select(workshop.c.id)
            .outerjoin(event, event.c.workshop_id == workshop.c.id)
            .group_by(workshop.c.id, workshop.c.created)
            .having((func.coalesce(newest, "") < before.isoformat()) & (workshop.c.created < before.isoformat()))
        )
        with told(self._url), self._engine.connect() as connection:
            old = [row[0] for row in connection.execute(last)]
        return self._delete(old)

    def _delete(self, ids: Sequence[str]) -> list[str]:
        gone: list[str] = []
        with told(self._url), writing(self._engine).begin() as connection:
            for id in sorted(ids):
                connection.execute(delete(event).where(event.c.workshop_id == id))
                if connection.execute(delete(workshop).where(workshop.c.id == id)).rowcount:
                    gone.append(id)
        if gone:
            self._left_in_pages.set()
            self._clean()
        return gone

    def _clean(self) -> None:
        """Let what was erased leave the files; what cannot leave yet, because somebody reads, leaves later."""
        with self._cleaning, contextlib.suppress(StoreError):
            if self._left_in_pages.is_set():
                rebuild(self._engine)
                self._left_in_pages.clear()
                self._left_in_log.set()
            if self._left_in_log.is_set() and truncate_log(self._engine):
                self._left_in_log.clear()
        if self._left_in_pages.is_set() or self._left_in_log.is_set():
            self._writer.start()
