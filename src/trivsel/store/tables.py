"""Where things that happened are written down: one row for each workshop, one for each event."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

workshop = Table(
    "workshop",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("created", String(40), nullable=False),
    # How many times something has been erased: whoever has folded the rows before must fold them again.
    Column("erased", Integer, nullable=False),
)

event = Table(
    "event",
    metadata,
    Column("workshop_id", String(40), ForeignKey("workshop.id", ondelete="CASCADE"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("actor", String(100), nullable=False),
    Column("command", String(100), nullable=False),
    # A command can write several events: this is which of them.
    Column("part", Integer, nullable=False),
    Column("kind", String(40), nullable=False),
    Column("body", Text, nullable=False),
    Index("event_command", "workshop_id", "command", "part", unique=True),
    sqlite_with_rowid=False,
)

migration = Table(
    "migration",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("name", String(100), nullable=False),
    Column("at", String(40), nullable=False),
)
