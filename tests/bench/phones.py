"""Phones by the hundred: all vote at once, one writes a card that the shared screen must see, all come back at once.

The kit runs as a process of its own; the phones are the ones that rehearse, and share its processors. Every phone keeps
its connection, as browsers do. A vote counts from when the phone sends it until its receipt has been read here.
"""

from __future__ import annotations

import asyncio
import gc
import secrets
import sys
import time
from collections import Counter
from collections.abc import Sequence

import psutil

from tests.bench._figures import busy, figure, percentile
from tests.bench._stage import serving, settle, spent, writing
from tests.kit import Kit
from trivsel import kit as workshops
from trivsel.domain.commands import Add, MoveRoom
from trivsel.domain.events import CardSent, Voted
from trivsel.domain.things import Goal
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.store import Accepted
from trivsel.web.rehearsal.line import NO_LINK
from trivsel.web.rehearsal.person import Person
from trivsel.web.rehearsal.phone import Phone, Way

VOTERS = ((200, 200.0), (500, 400.0), (1_000, 800.0))
"""How many vote at once, and the milliseconds within which 95 of 100 should have their receipts."""
CONNECTED, CARDS = 200, 60
BACK = 500
AT_ONCE = 25
"""Phones that come in at the same time while nothing is measured."""
COLLECT, PRIORITISE = "goals.collect", "goals.prioritise"


def workshop(kit: workshops.Kit, place: str) -> tuple[str, str]:
    """A workshop with six goals whose door is open and whose room is at ``place``: its id and code."""
    id = kit.start(title="Et godt arbejdsliv", workplace="Plejehjemmet Solgården", people=400)
    session = kit.session(id)
    goals = tuple(Goal(id=f"goal-{n}", title=Text("da", f"Mål nummer {n}")) for n in range(6))
    assert isinstance(session.send(Add(PRIORITISE, goals)), Accepted)
    assert isinstance(session.send(MoveRoom(place, session.snapshot.place)), Accepted)
    return id, kit.door(id, open=True, begin=False)[0]


async def come(server: Kit, code: str, many: int, way: Way) -> list[Phone]:
    """So many phones that are in, with their pages."""
    turn = asyncio.Semaphore(AT_ONCE)
    phones = [Phone("127.0.0.1", server.port, code, language=("da", "en")[n % 5 == 0], way=way) for n in range(many)]

    async def enter(phone: Phone) -> None:
        async with turn:
            await phone.open()
        if way == "stream":
            await asyncio.wait_for(phone.streaming.wait(), 60)

    await asyncio.gather(*map(enter, phones))
    return phones


async def leave(phones: Sequence[Phone]) -> None:
    await asyncio.gather(*(phone.close() for phone in phones))


async def at_once(server: Kit, code: str, many: int) -> tuple[list[float], int, float]:
    """Milliseconds until each receipt when everybody votes at the same time, how many got none, and the milliseconds
    of processor time that the server spent on each, which is the same on a busy machine."""
    phones = await come(server, code, many, "poll")
    forms = []
    for number, phone in enumerate(phones):
        vote = phone.page.form("vote")
        assert vote is not None
        person = Person(number, 1, "da", "poll")
        forms.append(person.vote(vote, phone.page, 0) | {"form": secrets.token_hex(12)})
    gc.collect()

    async def cast(phone: Phone, form: dict[str, str]) -> float | None:
        begun = time.perf_counter()
        try:
            answer = await phone.ask("POST", phone.address, form)
        except NO_LINK:
            return None
        return (time.perf_counter() - begun) * 1_000 if answer.status == 200 and b'"ok": true' in answer.body else None

    before = spent(server)[server.pid]
    took = await asyncio.gather(*map(cast, phones, forms))
    each = (spent(server)[server.pid] - before) * 1_000 / many
    await leave(phones)
    good = [one for one in took if one is not None]
    return good, many - len(good), each


def vote_at_once(server: Kit, kit: workshops.Kit, many: int, goal: float) -> None:
    id, code = workshop(kit, PRIORITISE)
    took, failed, each = asyncio.run(at_once(server, code, many))
    stored = Counter(record.actor for record in kit.store.records(id) if isinstance(record.event, Voted))
    once = sum(times == 1 for times in stored.values())
    what = f"{many:,} vote at once"
    figure(f"{what}: half have their receipt within", percentile(took, 0.5))
    figure(f"{what}: 95 of 100 have their receipt within", percentile(took, 0.95), goal=goal)
    figure(f"{what}: the last", max(took))
    figure(f"{what}: processor time of the server for each", each)
    figure(f"{what}: without a receipt", failed, "", goal=0)
    figure(f"{what}: counted otherwise than once", many - once + sum(stored.values()) - len(stored), "", goal=0)


async def cards_seen(server: Kit, kit: workshops.Kit, id: str, code: str) -> list[float]:
    """Milliseconds from when a phone sends a card until a follower in another process knows of it."""
    phones = await come(server, code, CONNECTED, "stream")
    loop, arrived = asyncio.get_running_loop(), asyncio.Queue[tuple[float, int]]()

    def seen(snapshot: Snapshot) -> None:
        loop.call_soon_threadsafe(arrived.put_nowait, (time.perf_counter(), len(snapshot.phones.sent)))

    stop = kit.feed.watch(id, seen)
    took = []
    for number in range(CARDS):
        phone = phones[number % len(phones)]
        card = phone.page.form("card")
        assert card is not None
        for _ in range(secrets.randbelow(60)):  # so that it comes anywhere between two looks of the feed
            await phone.ask("GET", f"{phone.address}/told")
        begun = time.perf_counter()
        await phone.send(card.filled() | {"text": f"Mere ro til kort nummer {number}"})
        at, count = await asyncio.wait_for(arrived.get(), 30)
        while count <= number:
            at, count = await asyncio.wait_for(arrived.get(), 30)
        took.append((at - begun) * 1_000)
    stop()
    await leave(phones)
    return took


def card_to_screen(server: Kit, kit: workshops.Kit) -> None:
    id, code = workshop(kit, COLLECT)
    took = asyncio.run(cards_seen(server, kit, id, code))
    stored = sum(isinstance(record.event, CardSent) for record in kit.store.records(id))
    what = f"card to another process, {CONNECTED} phones on a stream"
    figure(f"{what}: half", percentile(took, 0.5))
    figure(f"{what}: 95 of 100", percentile(took, 0.95), goal=500, note=f"{stored} cards stored of {CARDS}")


async def connected(server: Kit, code: str) -> float:
    """Megabytes of the server for each phone on a stream."""
    await leave(await come(server, code, AT_ONCE, "stream"))  # what is only loaded once is not a phone's
    before = uss(server)
    phones = await come(server, code, BACK, "stream")
    after = uss(server)
    await leave(phones)
    return (after - before) / BACK


def memory(server: Kit, kit: workshops.Kit) -> None:
    """To be asked of a server that has not had many phones before, since it keeps what it once had."""
    _, code = workshop(kit, PRIORITISE)
    each = asyncio.run(connected(server, code))
    figure(f"memory of the server for each of {BACK} phones on a stream", each, "MB", goal=0.1)


async def back_at_once(server: Kit, kit: workshops.Kit, id: str, code: str) -> tuple[float, int]:
    """Everybody votes, the server is killed and started again, and all come back: seconds until all have the state,
    and how many votes are gone."""
    phones = await come(server, code, BACK, "stream")
    for number, phone in enumerate(phones):
        vote = phone.page.form("vote")
        assert vote is not None
        await phone.send(Person(number, 1, "da", "stream").vote(vote, phone.page, 0))
    await leave(phones)
    await asyncio.to_thread(server.restart)
    await asyncio.to_thread(settle, server)
    for phone in phones:
        phone.streaming.clear()

    async def come_back(phone: Phone) -> bool:
        phone.listen()
        page = await phone.look()
        await phone.streaming.wait()
        return page.mode == "vote" and page.form("vote") is not None

    begun = time.perf_counter()
    there = await asyncio.gather(*map(come_back, phones))
    took = time.perf_counter() - begun
    await leave(phones)
    assert all(there)
    kept = sum(isinstance(record.event, Voted) for record in kit.store.records(id))
    return took, BACK - kept


def all_back(server: Kit, kit: workshops.Kit) -> None:
    id, code = workshop(kit, PRIORITISE)
    took, lost = asyncio.run(back_at_once(server, kit, id, code))
    figure(f"{BACK} phones back at once after a restart: all have the state", took, "s", goal=5)
    figure(f"{BACK} phones back at once: votes lost", lost, "", goal=0)


def uss(server: Kit) -> float:
    """Megabytes that are the server's own."""
    return float(psutil.Process(server.pid).memory_full_info().uss) / 1e6


async def fetched(server: Kit, code: str) -> tuple[int, int]:
    """Bytes and requests until a phone's page is there with all it needs."""
    phone = Phone("127.0.0.1", server.port, code, way="plain")
    page = await phone.open()
    files = [file for file in page.files if not file.startswith("data:")]
    for file in files:
        answer = await phone.ask("GET", file)
        assert answer.status == 200, file
    await phone.close()
    return phone.bytes, 1 + len(files)


def page(server: Kit, kit: workshops.Kit) -> None:
    for place in (COLLECT, PRIORITISE):
        _, code = workshop(kit, place)
        size, requests = asyncio.run(fetched(server, code))
        figure(f"phone page at {place} with styles, script and icon", size / 1_000, "kB", goal=30)
        figure(f"phone page at {place}: requests", requests, "", goal=5, note="and the stream, which stays open")


def many_connections() -> None:
    """A thousand phones need a thousand open files at each end."""
    if sys.platform != "win32":
        import resource

        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 8_192) if most > 0 else 8_192, most))


def main() -> None:
    many_connections()
    busy()
    with serving() as server, writing(server) as kit:
        settle(server)
        page(server, kit)
        memory(server, kit)
        for many, goal in VOTERS:
            vote_at_once(server, kit, many, goal)
        card_to_screen(server, kit)
        all_back(server, kit)
    busy()


if __name__ == "__main__":
    main()
