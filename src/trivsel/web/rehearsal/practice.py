"""A whole rehearsal on the command line: a small server with the phones' pages, a crowd, and somebody who leads it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, StaticFileHandler

from trivsel.content import languages
from trivsel.content.rehearsal import rehearsal
from trivsel.domain.workshop import Snapshot
from trivsel.errors import KitError, StoreError
from trivsel.kit import Kit
from trivsel.web.handler import Entrance
from trivsel.web.phones.handlers import phone_pages
from trivsel.web.phones.rooms import Rooms
from trivsel.web.rehearsal.account import Account, account
from trivsel.web.rehearsal.conductor import Conductor, mark
from trivsel.web.rehearsal.crowd import FAST, SLOW, Crowd, Pace
from trivsel.web.rehearsal.person import Person, people
from trivsel.web.secret import Keys, read_secret, secret_path

HERE = "127.0.0.1"
STATIC = Path(__file__).parents[1] / "static"
PACES: dict[str, Pace] = {"fast": FAST, "slow": SLOW}
EACH = 0.1
"""Seconds of patience more for each phone: server and crowd share this computer."""


class Held(Struct, frozen=True):
    """A rehearsal that has been held: on which workshop, by whom, and what came of it."""

    workshop: str
    people: tuple[Person, ...]
    account: Account
    shut_out: int
    """How many did not get in."""
    missing: int
    """How many answers were waited for in vain."""
    failed: int
    """How often the server could not answer."""

    @property
    def good(self) -> bool:
        """Whether everybody got in, was answered and answered, and nothing was lost."""
        return self.account.whole and not (self.shut_out or self.missing or self.failed)


class First(logging.Filter):
    """Lets the first failure into the log: with many phones the same one comes many times."""

    def __init__(self) -> None:
        super().__init__()
        self._seen = False

    def filter(self, record: logging.LogRecord) -> bool:
        seen, self._seen = self._seen, True
        return not seen


def has_answers(snapshot: Snapshot) -> bool:
    """Whether phones have answered something here, or something that they answered has been counted."""
    phones = snapshot.phones
    answered = [*phones.votes.values(), *phones.wishes.values(), *(one.tallies for one in phones.asked.values())]
    return bool(phones.sent) or any(answered)


def ready(kit: Kit, workshop: str, *, in_place: bool, anyway: bool) -> str:
    """The workshop to rehearse on: a marked copy, or the workshop itself, which is marked then.

    Raises ``KitError`` where real people have answered already, unless it is done ``anyway``.
    """
    if not in_place:
        return kit.rehearsal(workshop)
    session = kit.session(workshop)
    snapshot = session.snapshot
    if snapshot.closed is not None:
        raise KitError("rehearsal.is_closed")
    if has_answers(snapshot) and not snapshot.workplace.rehearsal and not anyway:
        raise KitError("rehearsal.has_answers")
    session.send(mark(snapshot))
    return workshop


def languages_of(snapshot: Snapshot) -> list[str]:
    """The languages of a crowd: the workshop's own first."""
    own = snapshot.language if snapshot.language in languages() else languages()[0]
    return [own, *(language for language in languages() if language != own)]


def crowd_of(snapshot: Snapshot, many: int, seed: int) -> list[Person]:
    """So many people for a workshop; as many of them leaders as are expected."""
    return people(many, seed, rehearsal(), languages_of(snapshot), min(snapshot.workplace.leaders or 0, many))


def practise(
    kit: Kit,
    workshop: str,
    *,
    phones: int,
    seed: int,
    pace: str = "fast",
    begun: Callable[[str], None] = lambda address: None,
    tell: Callable[[str, int], None] = lambda place, missing: None,
) -> Held:
    """Hold a rehearsal on this workshop. ``begun`` hears the phones' address, ``tell`` each activity that is done
    and how many had not answered. Raises ``TrivselError``."""
    try:
        keys = Keys(read_secret(secret_path(kit.database)))
    except OSError as error:
        raise StoreError("store.cannot_open", database=kit.database) from error
    work = _practise(kit, workshop, keys, many=phones, seed=seed, pace=PACES[pace], begun=begun, tell=tell)
    return asyncio.run(work)


async def _practise(
    kit: Kit,
    workshop: str,
    keys: Keys,
    *,
    many: int,
    seed: int,
    pace: Pace,
    begun: Callable[[str], None],
    tell: Callable[[str, int], None],
) -> Held:
    session = kit.session(workshop)
    code, _ = kit.door(workshop, open=True, begin=False)
    after = session.refresh().seq
    sockets = bind_sockets(0, HERE)
    port: int = sockets[0].getsockname()[1]
    rooms, log = Rooms(kit), logging.Logger(__name__)
    log.addHandler(logging.StreamHandler())
    log.addFilter(First())
    server = HTTPServer(
        Application(
            [*phone_pages(), (r"/static/(.*)", StaticFileHandler, {"path": str(STATIC)})],
            kit=kit,
            entrance=Entrance(keys, port),
            presence=rooms,
            log=log,
            log_function=lambda handler: None,
        )
    )
    server.add_sockets(sockets)
    begun(f"http://{HERE}:{port}/join/{code}")
    persons = crowd_of(session.snapshot, many, seed)
    crowd = Crowd(persons, HERE, port, code, pace)
    conductor = Conductor(session, crowd, pace.patience + EACH * many, tell)
    crowd.start()
    try:
        await conductor.lead()
    finally:
        await crowd.end()
        rooms.leave(workshop)
        server.stop()
        await server.close_all_connections()
        await asyncio.sleep(0)  # streams that were open hear that nobody listens any more
    records = await asyncio.to_thread(kit.store.records, workshop)
    found = account(workshop, records, crowd.sent, keys, after)
    return Held(workshop, tuple(persons), found, crowd.shut_out, conductor.missing, crowd.failed)
