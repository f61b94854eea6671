"""One workshop as it stands, kept up to date from the rows: what every view of this process reads."""

from __future__ import annotations

import threading

from sqlalchemy import Connection, Engine

from trivsel.domain.events import Record
from trivsel.domain.workshop import Builder, Snapshot
from trivsel.errors import UnknownWorkshop
from trivsel.store import log
from trivsel.store.trouble import told


class Folded:
    """The fold of one workshop's rows. Belongs to one thread at a time."""

    def __init__(self, id: str) -> None:
        self.id = id
        self.builder = Builder()
        self.mark = log.Mark(0, 0)
        self._snapshot: Snapshot | None = None

    def catch_up(self, connection: Connection) -> bool:
        """Fold what is new; everything again if something has been erased. Whether anything was new."""
        mark = log.mark(connection, self.id)
        if mark == self.mark:
            return False
        if mark.erased != self.mark.erased or mark.seq < self.mark.seq:
            self.builder = Builder()
        self.builder.fold(log.records(connection, self.id, self.builder.seq))
        self.mark = log.Mark(self.builder.seq, mark.erased)
        self._snapshot = None
        return True

    def fold(self, records: list[Record]) -> None:
        """Fold what is about to be written."""
        self.builder.fold(records)
        self.mark = log.Mark(self.builder.seq, self.mark.erased)
        self._snapshot = None

    @property
    def snapshot(self) -> Snapshot | None:
        """The workshop as it is now, or None if it has not begun."""
        if self._snapshot is None:
            self._snapshot = self.builder.snapshot()
        return self._snapshot


class Follower:
    """One workshop for any number of threads: ``snapshot`` is a frozen value, ``refresh`` asks for what is new."""

    def __init__(self, engine: Engine, id: str) -> None:
        self.id = id
        self._engine = engine
        self._lock = threading.Lock()
        self._folded = Folded(id)
        self._snapshot = self._read()

    @property
    def snapshot(self) -> Snapshot:
        """The workshop as it was when last asked for."""
        return self._snapshot

    def refresh(self) -> bool:
        """Ask the store for what is new; whether there was anything. Raises ``StoreError``."""
        with self._lock:
            before = self._folded.mark
            self._snapshot = self._read()
            return self._folded.mark != before

    def _read(self) -> Snapshot:
        with told(self._engine.url), self._engine.connect() as connection:
            self._folded.catch_up(connection)
        snapshot = self._folded.snapshot
        if snapshot is None:
            raise UnknownWorkshop(self.id)
        return snapshot
