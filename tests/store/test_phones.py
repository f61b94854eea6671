"""Phones in a real database: what is stored joins nobody to anything, is gone when erased, and is counted once."""

from __future__ import annotations

import hashlib
import hmac
import random
import re
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.domain import samples as s
from trivsel.domain import commands as c
from trivsel.domain.commands import Refusal
from trivsel.domain.things import Card
from trivsel.domain.workshop import FACILITATOR, document
from trivsel.store import Accepted, Store

SECRET = b"a secret of this test"
RATE = "initiatives.rate"
OPEN = c.OpenDoor("KVX742", "2026-11-23")
TOKEN = re.compile(r"[0-9a-f]{8,}")


class Seat(NamedTuple):
    """A phone, which has a chance of its own and under it another name in every activity."""

    workshop: str
    chance: str

    def _seal(self, *parts: str) -> str:
        words = "\0".join((*parts, self.workshop, self.chance))
        return hmac.new(SECRET, words.encode(), hashlib.sha256).hexdigest()

    def name(self, place: str) -> str:
        return self._seal("name", place)[:24]

    def form(self, form: str) -> str:
        return self._seal("form", form)[:40]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "trivsel.sqlite"


@pytest.fixture
def store(file: Path) -> Iterator[Store]:
    with Store(str(file)) as store:
        yield store


def workshop(store: Store) -> str:
    """A workshop with goals and an idea, and the door open."""
    things = [s.add(s.goal("g0"), s.goal("g1")), s.add(s.initiative("i"), place=s.IDEAS)]
    id = store.create([s.START, *things, OPEN])
    assert isinstance(id, str)
    return id


def seats(id: str, number: int) -> list[Seat]:
    return [Seat(id, f"chance-{one}") for one in range(number)]


def card(seat: Seat, form: str, words: str) -> c.SendCard:
    return c.SendCard(s.COLLECT, seat.name(s.COLLECT), f"card-{seat.form(form)[20:]}", s.text(words))


def dots(seat: Seat, g0: int = 2) -> c.CastVote:
    return c.CastVote(s.PRIORITISE, seat.name(s.PRIORITISE), 1, {"g0": g0, "g1": 1})


def rating(seat: Seat) -> c.CastVote:
    return c.CastVote(RATE, seat.name(RATE), 1, {"i.effect": 4})


def send(store: Store, seat: Seat, command: c.FromPhone, form: str) -> Accepted:
    answer = store.send(seat.workshop, command, command.seat, seat.form(form))
    assert isinstance(answer, Accepted), answer
    return answer


def bytes_of(file: Path) -> bytes:
    """All that lies on the disk: the database, its log and whatever else stands beside it."""
    return b"".join(path.read_bytes() for path in sorted(file.parent.glob(f"{file.name}*")))


def rows(file: Path, query: str = "select * from event order by workshop_id, seq") -> list[tuple[object, ...]]:
    connection = sqlite3.connect(file)
    found: list[tuple[object, ...]] = connection.execute(query).fetchall()
    connection.close()
    return found


def numbers(store: Store, id: str) -> list[int]:
    return [record.seq for record in store.records(id)]


# --- nothing joins two activities -------------------------------------------------------------------------------------


def test_no_word_of_any_row_joins_what_the_same_people_did_in_two_activities_or_two_workshops(
    file: Path, store: Store
) -> None:
    dice = random.Random(7)
    one, other = workshop(store), workshop(store)
    for id in (one, other):
        room = seats(id, 12)
        for kind in ("card", "dots", "rating", "wish"):
            for seat in dice.sample(room, len(room)):
                place = {"card": s.COLLECT, "dots": s.PRIORITISE, "rating": RATE, "wish": s.GROUP}[kind]
                commands: dict[str, c.FromPhone] = {
                    "card": card(seat, "a", "Mere ro"),
                    "dots": dots(seat),
                    "rating": rating(seat),
                    "wish": c.MakeWish(place, seat.name(place), "done"),
                }
                send(store, seat, commands[kind], f"{kind}-{seat.chance}")
    kinds = ("card_sent", "voted", "wished")
    of_phones = [row for row in rows(file) if row[6] in kinds]
    assert len(of_phones) == 2 * 4 * 12
    where: dict[str, set[tuple[object, object]]] = {}
    for workshop_id, _, at, actor, command, _, _, body in of_phones:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", str(at))
        found = re.search(r'"place":"([^"]+)"', str(body))
        assert found
        for token in TOKEN.findall(f"{actor} {command} {body}"):
            for start in range(len(token) - 7):
                where.setdefault(token[start : start + 8], set()).add((workshop_id, found.group(1)))
    assert len(where) > 2_000
    assert {word: places for word, places in where.items() if len(places) > 1} == {}
    raw = bytes_of(file)
    assert b"chance-" not in raw
    assert SECRET not in raw


def test_only_rows_of_what_phones_sent_hold_their_pseudonyms(file: Path, store: Store) -> None:
    id = workshop(store)
    room = seats(id, 9)
    for seat in room:
        send(store, seat, card(seat, "a", "Mere ro"), "a")
        send(store, seat, dots(seat), "b")
    ids = tuple(one.id for one in store.follow(id).snapshot.phones.waiting(s.COLLECT))
    for command in (c.ShowCards(s.COLLECT, ids), c.CloseAnswers(s.PRIORITISE), c.ShowResults(s.PRIORITISE)):
        assert isinstance(store.send(id, command), Accepted)
    names = {seat.name(place) for seat in room for place in s.PLACES}
    for _, _, at, actor, _, _, kind, body in rows(file):
        assert (actor in names) is (kind in ("card_sent", "voted"))
        assert not any(name in str(body) for name in names)
        assert ("T" in str(at)) is (actor == FACILITATOR)
    taken = repr(document(store.follow(id).snapshot))
    assert not any(name in taken for name in names)


# --- erasing ----------------------------------------------------------------------------------------------------------


def test_what_a_seat_sent_is_gone_from_the_files_though_people_go_on_writing(file: Path, store: Store) -> None:
    """Others send cards, and somebody at the shared screen writes in the very cards that are being erased."""
    id = workshop(store)
    gone, staying = seats(id, 20)[:10], seats(id, 20)[10:]
    for number, seat in enumerate(gone):
        send(store, seat, card(seat, "a", f"secret-{number} from the phone"), "a")
        send(store, seat, dots(seat), "b")
    ids = {seat: f"card-{seat.form('a')[20:]}" for seat in gone}
    assert isinstance(store.send(id, c.ShowCards(s.COLLECT, tuple(ids.values()))), Accepted)
    assert bytes_of(file).count(b"secret-") >= len(gone)
    done, edits = threading.Event(), threading.Semaphore(0)

    def edit() -> None:
        number = 0
        while not done.is_set():
            for one in ids.values():
                number += 1
                now = store.follow(id).snapshot.get(one, Card)
                if now is not None:
                    command = c.Change(s.GROUP, one, "text", now.text, s.text(f"secret-{number} from the screen"))
                    if isinstance(store.send(id, command), Accepted):
                        edits.release()

    def write() -> int:
        number = 0
        while not done.is_set():
            number += 1
            seat, wish = staying[number % len(staying)], ("more", "on")[number // 10 % 2]
            send(store, seat, c.MakeWish(s.COLLECT, seat.name(s.COLLECT), wish), f"{number}")  # type: ignore[arg-type]
        return number

    with ThreadPoolExecutor(3) as pool:
        working = [pool.submit(edit), pool.submit(edit), pool.submit(write)]
        try:
            for seat in gone:
                assert edits.acquire(timeout=30)
                names = [seat.name(place) for place in s.PLACES]
                assert store.erase_seat(id, names) >= 2
                assert store.erase_seat(id, names) == 0
        finally:
            done.set()
        assert [one.exception(60) for one in working] == [None] * 3
    everything = store.records(id)
    assert not any("secret-" in repr(record) for record in everything)
    assert [record.seq for record in everything] == list(range(1, len(everything) + 1))
    assert {record.actor for record in everything} & {seat.name(p) for seat in gone for p in s.PLACES} == set()
    store.close()
    assert b"secret-" not in bytes_of(file)
    with Store(str(file)) as again:
        assert again.follow(id).snapshot.of(Card) == []


def test_what_was_erased_and_is_sent_again_writes_nothing(file: Path, store: Store) -> None:
    id = workshop(store)
    (seat, other) = seats(id, 2)
    first = send(store, seat, card(seat, "a", "secret-1"), "a")
    send(store, other, card(other, "a", "Fred"), "a")
    assert store.erase_seat(id, [seat.name(s.COLLECT)]) == 1
    before = rows(file)
    assert send(store, seat, card(seat, "a", "secret-1"), "a").seq == first.seq
    assert rows(file) == before
    with Store(str(file)) as restarted:
        assert send(restarted, seat, card(seat, "a", "secret-1"), "a").seq == first.seq
    assert rows(file) == before
    assert [one.text.text for one in store.follow(id).snapshot.phones.sent.values()] == ["Fred"]
    assert b"secret-1" not in bytes_of(file)


def test_a_seat_that_has_sent_nothing_erases_nothing_and_writes_nothing(file: Path, store: Store) -> None:
    id = workshop(store)
    before = (file.stat().st_mtime_ns, store.mark(id), rows(file))
    assert store.erase_seat(id, ["never-here"]) == 0
    assert (file.stat().st_mtime_ns, store.mark(id), rows(file)) == before


# --- counted once -----------------------------------------------------------------------------------------------------


def test_a_thousand_votes_at_once_are_each_counted_once(store: Store) -> None:
    """Every phone sends its vote twice, as one does that heard no answer; some had voted otherwise before."""
    id = workshop(store)
    begun, room = len(numbers(store, id)), seats(id, 1_000)
    for seat in room[:10]:
        send(store, seat, dots(seat, 0), "earlier")
    with ThreadPoolExecutor(16) as pool:
        votes = list(pool.map(lambda seat: send(store, seat, dots(seat, int(seat.chance[7:]) % 3), "vote"), room * 2))
    assert [vote.events for vote in votes[:1_000]] == [vote.events for vote in votes[1_000:]]
    closed = store.send(id, c.CloseAnswers(s.PRIORITISE))
    assert isinstance(closed, Accepted)
    tally = store.follow(id).snapshot.phones.asking(s.PRIORITISE).tallies[-1]
    assert tally.answers == 1_000
    assert (tally.shares["g0"].sum, tally.shares["g1"].sum) == (sum(n % 3 for n in range(1_000)), 1_000)
    assert tally.spread["g0"] == (334, 333, 333)
    # Four of the ten say again what they had said; the last number is the count.
    assert numbers(store, id) == list(range(1, begun + 10 + 1_000 - 4 + 1 + 1))
    late = store.send(id, dots(room[0], 1), room[0].name(s.PRIORITISE), "late")
    assert late == Refusal("answers_closed")
