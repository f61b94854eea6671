"""Nobody is known by what they send: other writers, another order, other moments lead to the same screen and file."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain import samples as s
from tests.domain.strategies import SEATS, actor, in_the_room
from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.erasing import without
from trivsel.domain.events import Record, write_event
from trivsel.domain.things import Card, Goal
from trivsel.domain.workshop import FACILITATOR, Builder, Snapshot, document

many = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
RATE = "initiatives.rate"
PEOPLE = [f"pseudonym-{number:02}" for number in range(14)]


def seen(snapshot: Snapshot) -> tuple[object, ...]:
    """All that a screen, a presenter or a file can show, in the order in which it is shown."""
    phones = snapshot.phones
    return (
        msgspec.json.encode(document(snapshot)),
        list(snapshot.things.items()),
        [(one.id, one.text) for one in phones.waiting(s.COLLECT)],
        phones.held(s.COLLECT),
        {place: asking.tallies for place, asking in phones.asked.items()},
        {place: len(votes) for place, votes in phones.votes.items()},
    )


def sent(writers: Sequence[tuple[str, int]]) -> Snapshot:
    """So many cards, numbered, by those writers in that order; some are looked at, and most are shown."""
    held = s.Meeting(s.START)
    for seat, number in writers:
        held.must(c.SendCard(s.COLLECT, seat, f"card-{number}", s.text(f"Kort {number}")), seat)
    held.must(c.JudgeCard(s.COLLECT, "card-1", "hold", "illness"))
    held.must(c.JudgeCard(s.COLLECT, "card-2", "amo"))
    held.must(c.ShowCards(s.COLLECT, tuple(f"card-{n}" for _, n in writers if n % 3)))
    return held.snapshot


@many
@given(st.permutations(PEOPLE[:6]), st.permutations(range(12)), st.permutations(PEOPLE[:6]))
def test_who_wrote_which_card_and_in_which_order_cannot_be_seen(
    some: list[str], order: list[int], others: list[str]
) -> None:
    one = sent([(some[number // 2], number) for number in range(12)])
    other = sent([(others[number % 6], number) for number in order])
    assert seen(one) == seen(other)


Sitting = list[tuple[int, int, str]]


def voted(sittings: Sequence[Sitting], names: Sequence[str], order: Sequence[int]) -> Snapshot:
    """People by those names rate and give dots, and are counted after each sitting; ``order`` is who comes first."""
    held = s.Meeting(s.START, s.add(s.goal("a"), s.goal("b")), s.add(s.initiative("i"), place=s.IDEAS))
    held.must(s.change("workplace", "leaders", None, 9))
    for sitting in sittings:
        last = {person: (value, role) for person, value, role in sitting}
        for person in sorted(last, key=lambda one: order[one]):
            value, role = last[person]
            seat, dots = names[person], {"a": value % 4, "b": 3 - value % 4}
            held.must(c.CastVote(s.PRIORITISE, seat, 1, dots, role), seat)  # type: ignore[arg-type]
            held.must(c.CastVote(RATE, seat, 1, {"i.effect": value}, role), seat)  # type: ignore[arg-type]
        for place in (s.PRIORITISE, RATE):
            held.try_(c.CloseAnswers(place))
            held.try_(c.ShowResults(place))
            held.must(c.OpenAnswers(place))
    return held.snapshot


answers = st.tuples(st.integers(0, 13), st.integers(1, 5), st.sampled_from(["", "employee", "leader"]))


@many
@given(
    st.lists(st.lists(answers, min_size=1, max_size=16), min_size=1, max_size=3),
    st.permutations(PEOPLE),
    st.permutations(range(14)),
)
def test_who_gave_which_answer_and_in_which_order_cannot_be_seen(
    sittings: list[Sitting], names: list[str], order: list[int]
) -> None:
    assert seen(voted(sittings, PEOPLE, range(14))) == seen(voted(sittings, names, order))


def played(data: st.DataObject, steps: int) -> s.Meeting:
    """A meeting with cards and dots from phones, in which so many more things have been tried."""
    held = s.Meeting(s.START, s.add(s.goal("g0"), s.goal("g1")))
    for number, seat in enumerate(SEATS):
        held.must(c.SendCard(s.COLLECT, seat, f"first-{number}", s.text(f"Ord nummer {number} først.")), seat)
        held.must(c.CastVote(s.PRIORITISE, seat, 1, {"g0": 2, "g1": number % 2}), seat)
    held.must(c.ShowCards(s.COLLECT, ("first-0", "first-1", "first-2")))
    held.must(c.CloseAnswers(s.PRIORITISE))
    for _ in range(steps):
        command = in_the_room(data.draw, held.snapshot)
        held.try_(command, actor(data.draw, command))
    return held


@many
@given(st.data(), st.integers(0, 25), st.sampled_from(["", "2026-11-23", "2031-01-01T00:00:00.000+00:00"]))
def test_when_a_phone_sent_something_makes_no_difference(data: st.DataObject, steps: int, at: str) -> None:
    held = played(data, steps)
    phones = [replace(one, at=at) if one.actor in SEATS else one for one in held.records]
    assert Builder().fold(phones).snapshot() == held.snapshot


def about_a_goal(event: e.Event) -> bool:
    """A goal that somebody made of a card is the group's own, whatever words it has."""
    changes = event.changes if isinstance(event, e.Undone | e.Redone) else (event,)
    return any(isinstance(one, e.Added) and isinstance(one.thing, Goal) for one in changes)


@many
@given(st.data(), st.integers(0, 25), st.sets(st.sampled_from(SEATS), min_size=1))
def test_what_an_erased_seat_sent_is_in_no_event_and_all_else_stands(
    data: st.DataObject, steps: int, seats: set[str]
) -> None:
    held = played(data, steps)
    instead = without(held.records, seats)
    left = [
        Record(one.seq, "", "", one.command, instead[one.seq])
        if isinstance(instead.get(one.seq), e.Erased)
        else replace(one, event=instead.get(one.seq, one.event))
        for one in held.records
    ]
    assert not {one.actor for one in left} & seats
    written = "\n".join(write_event(one.event).decode() for one in left if not about_a_goal(one.event))
    for one in held.records:
        if isinstance(one.event, e.CardSent) and one.event.text.text.startswith("Ord nummer"):
            assert (f'"{one.event.text.text}"' in written) is (one.actor not in seats)
    after = Builder().fold(left).snapshot()
    assert after is not None
    assert after.seq == held.snapshot.seq
    assert {place: one.tallies for place, one in after.phones.asked.items()} == {
        place: one.tallies for place, one in held.snapshot.phones.asked.items()
    }
    others = {id for id, one in held.snapshot.phones.sent.items() if one.seat not in seats}
    assert {*after.phones.sent} == others
    assert others & {one.id for one in held.snapshot.of(Card)} == others & {one.id for one in after.of(Card)}
    assert without(left, seats) == {}


def test_a_seat_that_is_taken_out_is_named_by_a_pseudonym_that_did_nothing_else() -> None:
    held = s.Meeting(s.START, c.RemoveSeat("only-here"))
    assert held.records[-1].actor == FACILITATOR
    assert held.snapshot.phones.removed == {"only-here"}
    assert b"only-here" not in msgspec.json.encode(document(held.snapshot))
