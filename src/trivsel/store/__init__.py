"""The event log of every workshop, on SQLite or PostgreSQL: the only place that knows SQL."""

from trivsel.store.engine import url_of
from trivsel.store.follower import Follower
from trivsel.store.log import Mark
from trivsel.store.store import Entry, Store
from trivsel.store.writer import Accepted, Outcome

__all__ = ["Accepted", "Entry", "Follower", "Mark", "Outcome", "Store", "url_of"]
