"""Whatever people do, in whatever order, a workshop holds together and can be told again from its events."""

from __future__ import annotations

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.samples import COLLECT, PLACES, PRIORITISE, START, Meeting, add, card, change, goal, initiative, text
from tests.domain.strategies import SEATS, actor, from_phone, in_the_room
from tests.domain.strategies import command as drawn
from trivsel.domain import commands as c
from trivsel.domain.ballot import ballot, cards_each
from trivsel.domain.commands import Refusal
from trivsel.domain.events import Added, Changed, Erased, Record, Removed, read_event, write_event
from trivsel.domain.fields import CHOSEN_LIMIT, refuse_thing
from trivsel.domain.references import flaws
from trivsel.domain.things import Card
from trivsel.domain.workshop import FACILITATOR, Builder, Snapshot, document

many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
length = st.integers(1, 30)
ACTIVITIES = {place: activity for place, _, activity in START.programme.places()}
BEFORE = [
    c.OpenDoor("KVX742", "2026-11-23"),
    *(c.SendCard(COLLECT, SEATS[n], f"first-{n}", text(f"Ord nummer {n} først.")) for n in range(4)),
    c.JudgeCard(COLLECT, "first-0", "hold", "person"),
    *(c.CastVote(PRIORITISE, seat, 1, {"g0": 1, "g1": number % 3}) for number, seat in enumerate(SEATS)),
    c.ShowCards(COLLECT, ("first-1",)),
    c.CloseAnswers(PRIORITISE),
    c.AnswerForManagement(PRIORITISE, {"g0": 2}),
    c.ShowResults(PRIORITISE),
    c.OpenAnswers(PRIORITISE, again=True),
]
"""How a meeting with phones goes; what is tried begins somewhere in it."""


def played(data: st.DataObject, steps: int) -> Meeting:
    """A workshop in which so many things have been tried."""
    meeting = Meeting(START)
    for _ in range(steps):
        command = drawn(data.draw, meeting.snapshot)
        meeting.try_(command, actor(data.draw, command))
    return meeting


def room(data: st.DataObject) -> Meeting:
    """A meeting with phones, begun."""
    meeting = Meeting(START, add(goal("g0"), goal("g1"), initiative("i0"), initiative("i1")))
    for command in BEFORE[: data.draw(st.integers(0, len(BEFORE)))]:
        meeting.must(command, command.seat if isinstance(command, c.FromPhone) else FACILITATOR)
    return meeting


def content(snapshot: Snapshot) -> list[object]:
    return list(snapshot.things.items())


def timeless(snapshot: Snapshot) -> Snapshot:
    """A snapshot without its number, and without what was noted because the meeting had closed."""
    return replace(snapshot, seq=0, later=())


@many
@given(st.data(), length)
def test_a_workshop_holds_together(data: st.DataObject, steps: int) -> None:
    meeting = Meeting(START)
    for _ in range(steps):
        before = meeting.snapshot
        command = drawn(data.draw, before)
        decision = meeting.try_(command, actor(data.draw, command))
        after = meeting.snapshot
        if isinstance(decision, Refusal):
            assert after == before
        assert after.seq == len(meeting.records)
        assert flaws(after.things) == set()
        assert len(after.chosen()) <= CHOSEN_LIMIT
        assert {id: thing.id for id, thing in after.things.items()} == {id: id for id in after.things}
        assert [refuse_thing(thing) for thing in after.things.values()] == [None] * len(after.things)
        assert not after.things.keys() & after.removed.keys()
        assert {after.place, *after.visited, *after.states} <= set(PLACES)


@many
@given(st.data(), length)
def test_phones_are_heard_as_they_were_promised(data: st.DataObject, steps: int) -> None:
    meeting = room(data)
    hidden: set[str] = set()
    for _ in range(steps):
        before = meeting.snapshot
        command = in_the_room(data.draw, before)
        place = getattr(command, "place", before.place)
        was, asked = before.phones.asking(place), ballot(before, place)
        decision = meeting.try_(command, actor(data.draw, command))
        after = meeting.snapshot
        now = after.phones.asking(place)
        assert after.workplace.least >= before.workplace.least
        if not was.open and not now.open:
            assert after.phones.votes.get(place, {}) == before.phones.votes.get(place, {})
        if now.management != was.management:
            assert not was.open
            assert not was.shown or now.round > was.round
        if isinstance(command, c.SendCard) and decision and not isinstance(decision, Refusal):
            own = [one for one in after.phones.of_seat(place, command.seat) if one.verdict != "back"]
            assert was.open
            assert len(own) <= cards_each(ACTIVITIES[place])
            assert command.id not in after.things
        if isinstance(command, c.CastVote) and decision and not isinstance(decision, Refusal):
            assert was.open
            assert command.round == was.round
            assert asked is not None
            others = {seat: vote for seat, vote in before.phones.votes.get(place, {}).items() if seat != command.seat}
            own = after.phones.votes[place].get(command.seat)
            assert {**others, **({command.seat: own} if own else {})} == after.phones.votes[place]
            assert own is None or asked.refuse(own.votes) is None
        hidden |= {one.id for one in after.phones.sent.values() if not one.shown}
        hidden -= {one.id for one in after.phones.sent.values() if one.shown}
        of_phones = (
            {one.thing.id for one in decision if isinstance(one, Added)} if isinstance(decision, list) else set()
        )
        assert not (after.things.keys() - before.things.keys() - of_phones) & hidden


@many
@given(st.data(), length)
def test_a_file_taken_home_holds_no_pseudonym_and_no_card_that_was_not_shown(data: st.DataObject, steps: int) -> None:
    meeting = room(data)
    for _ in range(steps):
        command = in_the_room(data.draw, meeting.snapshot)
        meeting.try_(command, actor(data.draw, command))
    snapshot = meeting.snapshot
    taken = msgspec.json.encode(document(snapshot)).decode()
    assert "pseudonym" not in taken
    assert "only-here" not in taken
    for sent in snapshot.phones.sent.values():
        if not sent.shown and sent.text.text.startswith("Ord nummer"):
            assert sent.text.text not in taken
            assert not any(words in taken for words in sent.text.also.values() if words.startswith("Translated"))


@many
@given(st.data(), length)
def test_a_workshop_told_again_from_its_stored_events_is_the_same(data: st.DataObject, steps: int) -> None:
    meeting = played(data, steps)
    again = [replace(record, event=read_event(write_event(record.event))) for record in meeting.records]
    assert [record.event for record in again] == [record.event for record in meeting.records]
    assert Builder().fold(again).snapshot() == meeting.snapshot
    in_two = Builder().fold(again[: len(again) // 2])
    in_two.snapshot()
    assert in_two.fold(again[len(again) // 2 :]).snapshot() == meeting.snapshot


@many
@given(st.data(), length)
def test_undo_brings_back_what_was_there_and_redo_what_was_done(data: st.DataObject, steps: int) -> None:
    meeting = played(data, steps)
    before = meeting.snapshot
    command = drawn(data.draw, before)
    decision = meeting.try_(command, command.seat if isinstance(command, c.FromPhone) else FACILITATOR)
    if isinstance(decision, Refusal) or len(meeting.snapshot.done) <= len(before.done):
        return
    for _ in range(data.draw(st.integers(0, 5))):
        phone = from_phone(data.draw, meeting.snapshot)
        meeting.try_(phone, phone.seat)
    done = meeting.snapshot
    place = done.done[-1].place
    meeting.must(c.Undo(place))
    assert content(meeting.snapshot) == content(before)
    meeting.must(c.Redo(place))
    assert timeless(meeting.snapshot) == timeless(done)


@many
@given(st.data(), length)
def test_undoing_and_redoing_anything_later_changes_nothing(data: st.DataObject, steps: int) -> None:
    """Undo, wherever it is allowed, and then redo give the same snapshot, history and all."""
    meeting = played(data, steps)
    before = meeting.snapshot
    place = data.draw(st.sampled_from(PLACES))
    undone = 0
    while not isinstance(meeting.try_(c.Undo(place)), Refusal):
        undone += 1
        assert flaws(meeting.snapshot.things) == set()
    for _ in range(undone):
        meeting.must(c.Redo(place))
    assert timeless(meeting.snapshot) == timeless(before)


@many
@given(st.data(), length)
def test_a_workshop_taken_home_and_brought_in_is_the_same(data: st.DataObject, steps: int) -> None:
    taken = document(played(data, steps).snapshot)
    brought = Meeting(c.ImportDocument(taken)).snapshot
    assert document(brought) == taken


@many
@given(st.data(), length, st.integers(2, 40))
def test_whatever_is_erased_the_rest_can_be_told(data: st.DataObject, steps: int, seq: int) -> None:
    meeting = played(data, steps)
    left = [replace(one, event=Erased()) if one.seq == seq else one for one in meeting.records]
    snapshot = Builder().fold(left).snapshot()
    assert snapshot is not None
    assert snapshot.seq == len(left)


def record(seq: int, event: object, command: str = "k", actor: str = FACILITATOR) -> Record:
    return Record(seq, "2026-11-23T09:00:00+00:00", actor, command, event)  # type: ignore[arg-type]


def test_a_card_from_a_phone_never_takes_the_place_of_a_thing_that_got_its_id_meanwhile() -> None:
    meeting = Meeting(START, *BEFORE[:2], add(goal("first-0"), place=PRIORITISE))
    meeting.must(c.ShowCards(COLLECT, ("first-0",)))
    assert meeting.snapshot.things["first-0"] == goal("first-0")
    meeting.must(c.Remove(PRIORITISE, "first-0"))
    meeting.must(c.ShowCards(COLLECT, ("first-0",)))
    meeting.must(c.Undo(PRIORITISE))
    assert meeting.snapshot.things["first-0"] == goal("first-0")


def test_what_happens_to_a_thing_that_was_erased_is_passed_over() -> None:
    meeting = Meeting(START)
    place = PLACES[1]
    events = [Erased(), Changed(place, "a", "text", text("x"), text("y")), Removed(place, "a"), Added(place, card("b"))]
    meeting.builder.fold(record(seq, event, f"k{seq}") for seq, event in enumerate(events, start=2))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["b"]
    assert meeting.snapshot.removed == {}


def test_nothing_is_a_workshop_before_it_begins() -> None:
    assert Builder().snapshot() is None


def test_a_thing_that_comes_back_comes_back_to_its_place() -> None:
    meeting = Meeting(START, add(card("a"), card("b"), card("c")))
    meeting.must(c.Remove(PLACES[1], "b"))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["a", "c"]
    meeting.must(c.Undo(PLACES[1]))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["a", "b", "c"]


def test_a_snapshot_that_was_given_out_never_changes() -> None:
    meeting = Meeting(START, add(card("a")))
    before = meeting.snapshot
    meeting.must(change("a", "text", text("Mere ro"), text("Fred")))
    assert before.things["a"] == card("a")


def test_after_the_meeting_every_change_is_noted_with_its_day() -> None:
    meeting = Meeting(START, add(card("a")), c.CloseMeeting("2026-11-23"))
    meeting.try_(change("a", "text", text("Mere ro"), text("Fred")), at="2026-12-01T10:00:00+00:00")
    meeting.try_(add(card("b")), at="2026-12-02T10:00:00+00:00")
    meeting.try_(c.Remove(PLACES[1], "b"), at="2026-12-03T10:00:00+00:00")
    noted = [(one.day, one.id, one.label) for one in meeting.snapshot.later]
    assert noted == [
        ("2026-12-01", "a", "card.text"),
        ("2026-12-02", "b", "card.added"),
        ("2026-12-03", "b", "card.removed"),
    ]
    meeting.must(c.ReopenMeeting())
    meeting.must(add(card("d")))
    assert meeting.snapshot.closed is None
    assert len(meeting.snapshot.later) == 3
