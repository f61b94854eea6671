"""One workshop in the hands of one page: what it looks like now, and a way to ask for something to happen."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from trivsel.domain.commands import Command
from trivsel.domain.workshop import FACILITATOR, Snapshot
from trivsel.store import Outcome, Store


class Session:
    """Hands commands to the store. Raises :class:`trivsel.errors.UnknownWorkshop` for an id that does not exist.

    ``wake`` is told the id after every command (``feed.wake``), so that the other views of the process hear at once.
    """

    def __init__(self, store: Store, workshop_id: str, wake: Callable[[str], None] | None = None) -> None:
        self.id = workshop_id
        self._store = store
        self._wake = wake
        self._follower = store.follow(workshop_id)

    @property
    def snapshot(self) -> Snapshot:
        """The workshop as this process last saw it."""
        return self._follower.snapshot

    def refresh(self) -> Snapshot:
        """The workshop as it is now. Raises ``StoreError``."""
        self._follower.refresh()
        return self._follower.snapshot

    def send(self, command: Command, actor: str = FACILITATOR, command_id: str | None = None) -> Outcome:
        """Ask for something to happen and wait until it is durable or refused; ``snapshot`` is up to date then.

        Raises ``StoreError``. Ask again with the same ``command_id`` and it happens at most once.
        """
        outcome = self._store.send(self.id, command, actor, command_id or uuid4().hex)
        self._follower.refresh()
        if self._wake is not None:
            self._wake(self.id)
        return outcome
