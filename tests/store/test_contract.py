"""What every store keeps to, whichever database it uses."""

from __future__ import annotations

import datetime as dt
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.domain.samples import COLLECT, GROUP, PLACES, START, add, card, text
from trivsel.domain.commands import Change, Command, Gather, MoveRoom, Refusal, Remove
from trivsel.domain.events import Added, Erased
from trivsel.domain.things import Card
from trivsel.domain.workshop import FACILITATOR
from trivsel.errors import StoreError, UnknownWorkshop
from trivsel.store import Accepted, Outcome, Store

Open = Callable[[], Store]
MOVE = MoveRoom(PLACES[1], PLACES[0])


class Broken(Command, frozen=True):
    """A command that no rule knows: deciding on it raises."""

    place: str = COLLECT


class Held:
    """Keeps the writer of a store busy, so that what is submitted meanwhile arrives together."""

    def __init__(self, store: Store, id: str) -> None:
        self.go = threading.Event()
        self.begun = threading.Event()
        self.answer = store.submit(id, MoveRoom(PLACES[0], PLACES[0]), FACILITATOR, "held")
        self.answer.add_done_callback(self._hold)

    def _hold(self, _: object) -> None:
        self.begun.set()
        assert self.go.wait(20)

    def __enter__(self) -> None:
        assert self.begun.wait(20)

    def __exit__(self, *_: object) -> None:
        self.go.set()


def begun(store: Store) -> str:
    id = store.create([START])
    assert isinstance(id, str)
    return id


def accepted(outcome: Outcome) -> Accepted:
    assert isinstance(outcome, Accepted), outcome
    return outcome


def seqs(store: Store, id: str) -> list[int]:
    return [record.seq for record in store.records(id)]


def test_what_was_accepted_is_there_for_everybody(store: Store, open_store: Open) -> None:
    id = begun(store)
    outcome = accepted(store.send(id, add(card("a"), card("b"))))
    assert outcome.seq == 3
    assert outcome.events == (Added(COLLECT, card("a")), Added(COLLECT, card("b")))
    records = open_store().records(id)
    assert [record.seq for record in records] == [1, 2, 3]
    assert [record.event for record in records[1:]] == list(outcome.events)
    assert records[1].command == records[2].command
    assert {record.actor for record in records} == {FACILITATOR}
    assert dt.datetime.fromisoformat(records[1].at).tzinfo is dt.UTC
    assert open_store().records(id, after=2) == records[2:]


def test_an_id_can_be_read_aloud_and_is_new_each_time(store: Store) -> None:
    ids = {begun(store) for _ in range(20)}
    assert len(ids) == 20
    assert all(re.fullmatch("[a-hjkmnp-z2-9]{10}", id) for id in ids)


def test_a_workshop_is_made_whole_or_not_at_all(store: Store) -> None:
    assert store.create([START, add(card("a")), Remove(COLLECT, "nobody")]) == Refusal("thing_gone")
    assert store.workshops() == []


def test_the_newest_workshop_comes_first(store: Store) -> None:
    first, second = begun(store), begun(store)
    store.send(second, add(card("a")))
    listed = {entry.id: entry for entry in store.workshops()}
    assert set(listed) == {first, second}
    assert (listed[first].mark.seq, listed[second].mark.seq) == (1, 2)
    created = [entry.created for entry in store.workshops()]
    assert created == sorted(created, reverse=True)


@pytest.mark.parametrize("again", ["same store", "another store"])
def test_sending_again_gives_the_first_answer_and_writes_nothing(store: Store, open_store: Open, again: str) -> None:
    id = begun(store)
    first = store.send(id, add(card("a"), card("b")), command_id="one")
    store.send(id, Remove(COLLECT, "a"))
    other = store if again == "same store" else open_store()
    assert other.send(id, add(card("a"), card("b")), command_id="one") == first
    assert other.send(id, add(card("something else")), command_id="one") == first
    assert seqs(store, id) == [1, 2, 3, 4]


def test_the_same_command_twice_in_one_batch_is_written_once(store: Store) -> None:
    id = begun(store)
    with Held(store, id):
        twice = [store.submit(id, add(card("a")), FACILITATOR, "one") for _ in range(2)]
    assert twice[0].result(20) == twice[1].result(20)
    assert seqs(store, id) == [1, 2]


def test_the_same_command_id_in_two_workshops_is_two_commands(store: Store) -> None:
    ids = [begun(store), begun(store)]
    assert [accepted(store.send(id, add(card("a")), command_id="one")).seq for id in ids] == [2, 2]


def test_a_refusal_leaves_nothing_and_stays_the_answer(store: Store) -> None:
    id = begun(store)
    assert store.send(id, Remove(COLLECT, "a"), command_id="one") == Refusal("thing_gone")
    store.send(id, add(card("a")))
    assert store.send(id, Remove(COLLECT, "a"), command_id="one") == Refusal("thing_gone")
    assert seqs(store, id) == [1, 2]


def test_what_changes_nothing_is_accepted_and_leaves_nothing(store: Store) -> None:
    id = begun(store)
    assert store.send(id, MoveRoom(PLACES[0], PLACES[0])) == Accepted(1)
    assert seqs(store, id) == [1]


def test_each_of_a_batch_is_decided_after_the_one_before(store: Store) -> None:
    id = begun(store)
    with Held(store, id):
        answers = [store.submit(id, MOVE, FACILITATOR, name) for name in ("one", "two")]
    assert accepted(answers[0].result(20)).seq == 2
    assert answers[1].result(20) == Refusal("room_moved")


def test_what_goes_wrong_in_one_command_harms_no_other(store: Store) -> None:
    id, other = begun(store), begun(store)
    with Held(store, id):
        before = store.submit(id, add(card("a")), FACILITATOR, "before")
        broken = store.submit(id, Broken(), FACILITATOR, "broken")
        nameless = store.submit(id, add(card("n")), FACILITATOR, "")
        lost = store.submit("nowhere", add(card("a")), FACILITATOR, "lost")
        after = store.submit(id, add(card("b")), FACILITATOR, "after")
        elsewhere = store.submit(other, add(card("a")), FACILITATOR, "elsewhere")
    assert accepted(before.result(20)).seq == 2
    assert accepted(after.result(20)).seq == 3
    assert accepted(elsewhere.result(20)).seq == 2
    assert isinstance(broken.exception(20), KeyError)
    assert isinstance(nameless.exception(20), ValueError)
    assert isinstance(lost.exception(20), UnknownWorkshop)
    assert accepted(store.send(id, Gather(GROUP, "a", "b", "heap"))).seq == 6


def test_a_command_that_nobody_waits_for_any_more_is_left_out(store: Store) -> None:
    id = begun(store)
    with Held(store, id):
        unwanted = store.submit(id, add(card("a")), FACILITATOR, "one")
        assert unwanted.cancel()
        wanted = store.submit(id, add(card("b")), FACILITATOR, "two")
    assert accepted(wanted.result(20)).seq == 2


def test_several_processes_write_without_gaps(store: Store, open_store: Open) -> None:
    ids = [begun(store), begun(store)]
    stores = [store, open_store(), open_store()]

    def work(number: int) -> list[int]:
        mine = stores[number]
        return [
            accepted(mine.send(ids[n % 2], add(card(f"{number}-{n}")), command_id=f"{number}-{n}")).seq
            for n in range(20)
        ]

    with ThreadPoolExecutor(3) as pool:
        given = [seq for numbers in pool.map(work, range(3)) for seq in numbers]
    assert sorted(given) == sorted([*range(2, 32), *range(2, 32)])
    for id in ids:
        assert seqs(store, id) == list(range(1, 32))
        assert {len(open.follow(id).snapshot.of(Card)) for open in (store, open_store())} == {30}


def test_a_follower_sees_what_others_wrote_when_it_asks(store: Store, open_store: Open) -> None:
    id = begun(store)
    mine = store.follow(id)
    assert store.follow(id) is mine
    assert mine.refresh() is False
    open_store().send(id, add(card("a")))
    assert mine.snapshot.seq == 1
    assert mine.refresh() is True
    assert mine.snapshot.seq == 2


def test_a_change_that_came_in_between_is_refused_with_both_texts(store: Store, open_store: Open) -> None:
    id = begun(store)
    store.send(id, add(card("a", "Ro")))
    open_store().send(id, Change(COLLECT, "a", "text", text("Ro"), text("Fred")))
    refusal = store.send(id, Change(COLLECT, "a", "text", text("Ro"), text("Stilhed")))
    assert refusal == Refusal("changed_meanwhile", {"theirs": "Fred", "yours": "Stilhed"})


def test_erasing_leaves_the_number_and_nothing_else(store: Store, open_store: Open) -> None:
    id = begun(store)
    store.send(id, add(card("a", "hemmeligt"), card("b")), actor="seat-7", command_id="one")
    elsewhere = open_store().follow(id)
    mark = store.mark(id)
    assert store.erase(id, {2: Erased(), 99: Erased()}) == 1
    record = store.records(id)[1]
    assert (record.seq, record.event, record.actor, record.at) == (2, Erased(), "", "")
    assert seqs(store, id) == [1, 2, 3]
    assert store.mark(id) != mark
    assert elsewhere.refresh() is True
    assert list(elsewhere.snapshot.things)[-1] == "b"
    assert "a" not in elsewhere.snapshot.things
    again = accepted(store.send(id, add(card("a", "hemmeligt"), card("b")), command_id="one"))
    assert again.events == (Erased(), Added(COLLECT, card("b")))
    assert accepted(store.send(id, add(card("c")))).seq == 4
    assert store.erase(id, {2: Erased()}) == 0


def test_deleting_takes_everything(store: Store, open_store: Open) -> None:
    id, other = begun(store), begun(store)
    elsewhere = open_store()
    accepted(elsewhere.send(id, add(card("a"))))
    store.delete(id)
    assert [entry.id for entry in store.workshops()] == [other]
    with pytest.raises(UnknownWorkshop):
        elsewhere.send(id, add(card("b")))


def test_purging_takes_only_what_has_been_left_alone(store: Store) -> None:
    id = begun(store)
    today = dt.datetime.now(dt.UTC).date()
    assert store.purge(today) == []
    assert store.purge(today + dt.timedelta(days=1)) == [id]
    assert store.workshops() == []


def test_a_workshop_can_be_found_by_what_began_it(store: Store) -> None:
    begun(store)
    id = store.create([START, add(card("a"))], key="example-da")
    assert store.begun_by("example-da-1") == [id]
    assert store.begun_by("example-da-2") == []


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.mark("nobody"),
        lambda store: store.records("nobody"),
        lambda store: store.follow("nobody"),
        lambda store: store.send("nobody", MOVE),
        lambda store: store.delete("nobody"),
        lambda store: store.erase("nobody", {1: Erased()}),
    ],
    ids=["mark", "records", "follow", "send", "delete", "erase"],
)
def test_a_workshop_that_does_not_exist_is_said_so(store: Store, ask: Callable[[Store], object]) -> None:
    with pytest.raises(UnknownWorkshop) as raised:
        ask(store)
    assert (raised.value.key, raised.value.about) == ("store.unknown_workshop", {"id": "nobody"})


def test_closing_writes_what_was_handed_over(url: str, open_store: Open) -> None:
    store = Store(url)
    id = begun(store)
    answers = [store.submit(id, add(card(f"c{n}")), FACILITATOR, f"c{n}") for n in range(50)]
    store.close()
    assert [accepted(answer.result(0)).seq for answer in answers] == list(range(2, 52))
    assert len(open_store().records(id)) == 51
    with pytest.raises(StoreError) as raised:
        store.submit(id, MOVE, FACILITATOR, "late")
    assert raised.value.key == "store.closed"


def test_it_says_whether_it_answers(store: Store) -> None:
    store.ping()
