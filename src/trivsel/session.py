"""One workshop in the hands of one page: what it looks like now, and a way to ask for something to happen."""

from __future__ import annotations

from uuid import uuid4

from trivsel.domain.commands import Command
from trivsel.domain.workshop import FACILITATOR, Snapshot
from trivsel.feed import Feed
from trivsel.store import Outcome, Store


class Session:
    """Hands commands to the store. Raises :class:`trivsel.errors.UnknownWorkshop` for an id that does not exist.

    Other pages of the process hear of a change at once if ``feed`` is the one they watch.
    """

    def __init__(self, store: Store, workshop_id: str, feed: Feed | None = None) -> None:
        self.id = workshop_id
        self._store = store
        self._feed = feed
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
        """Ask for something to happen and wait until it is durable or refused; ``snapshot`` is up to date then."""
        outcome = self._store.send(self.id, command, actor, command_id or uuid4().hex)
        self._follower.refresh()
        if self._feed is not None:
            self._feed.wake(self.id)
        return outcome
