"""Whether everything in the database is as it should be; if not, what is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from sqlalchemy import Engine, Select, select, text

from trivsel.domain.workshop import Builder
from trivsel.errors import StoreError
from trivsel.store import log
from trivsel.store.tables import event, workshop
from trivsel.store.trouble import place_of, told


class Fault(NamedTuple):
    """Something that is wrong: the key of its sentence, and what to put in it."""

    key: str
    about: dict[str, str]


def faults(engine: Engine) -> Iterator[Fault]:
    """Everything that is wrong, the file itself first. Nothing is changed."""
    with told(engine.url), engine.connect() as connection:
        if engine.url.get_backend_name() == "sqlite":
            found = [row[0] for row in connection.execute(text("PRAGMA integrity_check"))]
            if found != ["ok"]:
                yield Fault("doctor.file", {"database": place_of(engine.url), "reason": str(found[0])})
                return
        ids = [row[0] for row in connection.execute(select(workshop.c.id).order_by(workshop.c.id))]
        for id in ids:
            seqs = [row.seq for row in connection.execute(_numbers(id))]
            missing = next((n for n, seq in enumerate(seqs, 1) if n != seq), None)
            if not seqs:
                yield Fault("doctor.empty", {"id": id})
            elif missing is not None:
                yield Fault("doctor.gap", {"id": id, "seq": str(missing)})
            else:
                try:
                    snapshot = Builder().fold(log.records(connection, id)).snapshot()
                except StoreError as error:
                    yield Fault("doctor.unreadable", {"id": id, "reason": error.about.get("reason", "")})
                    continue
                if snapshot is None:
                    yield Fault("doctor.empty", {"id": id})
        strays = select(event.c.workshop_id).where(event.c.workshop_id.not_in(select(workshop.c.id))).distinct()
        for row in connection.execute(strays):
            yield Fault("doctor.stray", {"id": row[0]})


def _numbers(id: str) -> Select[tuple[int]]:
    return select(event.c.seq).where(event.c.workshop_id == id).order_by(event.c.seq)
