"""A server that is killed while everybody sends: every receipt is in the store, and nothing is there twice."""

from __future__ import annotations

import asyncio
import secrets
import threading
from collections import Counter
from collections.abc import Callable

import httpx
import pytest

from tests.kit import Kit as Server
from tests.web.visitor import Come, Visitor
from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.things import Goal
from trivsel.domain.words import Text
from trivsel.kit import Kit
from trivsel.web.phones.seat import cookie_name, read_seat
from trivsel.web.rehearsal.phone import Phone
from trivsel.web.secret import Keys, read_secret, secret_path

PRIORITISE = "goals.prioritise"
PHONES, ENOUGH = 12, 40


class Burst:
    """Phones that send as fast as they can until the line is dead, and remember what they got a receipt for."""

    def __init__(self, phones: list[Visitor], forms: Callable[[Visitor, int], dict[str, str]]) -> None:
        self.phones, self._forms = phones, forms
        self.receipts: list[tuple[Visitor, str]] = []
        """Phone and form of everything that was received."""
        self.open: list[tuple[Visitor, dict[str, str]]] = []
        """What was on its way when the server died."""
        self.enough = threading.Event()
        self._threads = [threading.Thread(target=self._send, args=(phone,)) for phone in phones]

    def _send(self, phone: Visitor) -> None:
        for number in range(1_000):
            form = self._forms(phone, number)
            try:
                if phone.script(form).json()["ok"]:
                    self.receipts.append((phone, form["form"]))
            except (httpx.HTTPError, ValueError):
                self.open.append((phone, form))
                return
            if len(self.receipts) >= ENOUGH:
                self.enough.set()

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        for thread in self._threads:
            thread.join(60)


@pytest.fixture
def server(start_kit: Callable[..., Server]) -> Server:
    return start_kit()


@pytest.mark.timeout(180)
def test_every_receipt_is_in_the_store_once(server: Server, come: Come) -> None:
    kit = Kit(server.database)
    workshop = kit.start(title="Et godt arbejdsliv")
    code, _ = kit.door(workshop, open=True)
    kit.session(workshop).send(c.Add(PRIORITISE, (Goal("g", Text("da", "Mere ro")),)))
    kit.session(workshop).send(c.MoveRoom(PRIORITISE, kit.snapshot(workshop).place))
    phones = [come(server.url, code).open() for _ in range(PHONES)]
    basis = {id(phone): phone.fields("wish") for phone in phones}

    def form(phone: Visitor, number: int) -> dict[str, str]:
        """Votes and wishes in turn, each another than the one before; few enough not to be slowed."""
        key = secrets.token_hex(8)
        first = {**basis[id(phone)], "form": key}
        if number % 2:
            return first | {"wish": ("more", "on", "done", "")[number // 2 % 4]}
        return first | {"do": "vote", "round": "1", "v:g": str(1 + number // 2 % 3)}

    burst = Burst(phones, form)
    burst.start()
    assert burst.enough.wait(60)
    server.kill()
    burst.end()
    assert len(burst.open) == PHONES
    server.start()
    for phone, one in burst.open:
        for _ in range(2):
            assert phone.script(one).status_code == 200
    kit.close()

    after = Kit(server.database)
    records = after.store.records(workshop)
    from_phones = [record for record in records if isinstance(record.event, e.Voted | e.Wished)]
    times = Counter(record.command for record in from_phones)
    keys = Keys(read_secret(secret_path(server.database)))

    def command(phone: Visitor, form: str) -> str:
        seat = read_seat(phone.line.cookies[cookie_name(workshop)], keys, workshop)
        assert seat is not None
        return seat.command_id(form)

    received = [command(*receipt) for receipt in burst.receipts]
    assert [times[one] for one in received] == [1] * len(received), "a receipt, and it is not there once"
    sent_again = {command(phone, one["form"]) for phone, one in burst.open}
    assert set(times) == set(received) | sent_again
    assert len(after.snapshot(workshop).phones.votes[PRIORITISE]) == PHONES
    after.close()


def test_a_server_that_is_stopped_says_nothing_of_the_phones_that_listen(start_kit: Callable[..., Server]) -> None:
    server = start_kit()
    kit = Kit(server.database)
    workshop = kit.start(title="Et godt arbejdsliv")
    code, _ = kit.door(workshop, open=True)

    async def listen() -> int:
        phones = [Phone("127.0.0.1", server.port, code) for _ in range(5)]
        for phone in phones:
            await phone.open()
            await phone.streaming.wait()
        ended = await asyncio.to_thread(server.stop)
        for phone in phones:
            await phone.close()
        return ended

    said = len(server.log)
    assert asyncio.run(listen()) == 0
    assert server.log[said:] == []
    kit.close()
