"""Counting the room's answers: whoever sees every figure ever shown, and reckons, never finds what a few said."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain import samples as s
from trivsel.domain import commands as c
from trivsel.domain.asking import Asking, Contribution, Share, Tally
from trivsel.domain.events import AnswersClosed
from trivsel.domain.tally import traceable
from trivsel.domain.things import Goal

many = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))
Votes = dict[str, int]
Draw = Callable[[st.SearchStrategy[int]], int]


# --- a room that answers ------------------------------------------------------------------------------------------


class Question(NamedTuple):
    """A kind of ballot: where it is asked, about what, and an answer made of drawn numbers."""

    place: str
    keys: tuple[str, ...]
    whole: bool
    answer: Callable[[Draw], Votes]


def _dots(draw: Draw) -> Votes:
    """Some of three dots, mostly all; what gets none is not named."""
    given: Votes = {}
    for _ in range(3):
        goal = draw(st.integers(0, 3))
        if goal < 3:
            given["abc"[goal]] = given.get("abc"[goal], 0) + 1
    return given or {"a": 1}


def _some(keys: tuple[str, ...], low: int, high: int) -> Callable[[Draw], Votes]:
    """A number for each, now and then for one fewer."""

    def answer(draw: Draw) -> Votes:
        skipped = draw(st.integers(0, 3 * len(keys)))
        return {key: draw(st.integers(low, high)) for number, key in enumerate(keys) if number != skipped}

    return answer


_RATED = ("i.effect", "i.effort")
_TICKED = ("i.night", "i.language")
QUESTIONS = {
    "choice": Question(
        "welcome.welcome", ("bike", "foot"), True, lambda draw: {("bike", "foot")[draw(st.integers(0, 1))]: 1}
    ),
    "dots": Question(s.PRIORITISE, ("a", "b", "c"), True, _dots),
    "ticks": Question("initiatives.barriers", _TICKED, True, _some(_TICKED, 0, 1)),
    "rating": Question("initiatives.rate", _RATED, False, _some(_RATED, 1, 5)),
    "levers": Question("anchoring.selfcheck", ("together", "again"), False, _some(("together", "again"), 0, 2)),
}


class Look(NamedTuple):
    """A count as everybody sees it, and whose answers it was made of, which nobody sees."""

    tally: Tally
    answers: dict[str, tuple[Votes, str]]


class Room:
    """People who answer one question through the rules, and what was shown of it each time it was closed."""

    def __init__(self, question: Question, least: int) -> None:
        self.question = question
        ideas = s.add(s.initiative("i"), place=s.IDEAS)
        self.held = s.Meeting(s.START, s.add(*map(s.goal, "abc")), ideas, s.change("workplace", "leaders", None, 12))
        self.held.must(s.change("workplace", "least", 5, least))
        self.answers: dict[str, tuple[Votes, str]] = {}
        self.looks: list[Look] = []

    @property
    def asking(self) -> Asking:
        return self.held.snapshot.phones.asking(self.question.place)

    def answer(self, seat: str, votes: Votes, role: str) -> None:
        """Answer, or with nothing take the answer back."""
        place, round = self.question.place, self.asking.round
        self.held.must(c.CastVote(place, seat, round, votes, role), seat)  # type: ignore[arg-type]
        if votes:
            whole = dict.fromkeys(self.question.keys, 0) if self.question.whole else {}
            self.answers[seat] = (whole | votes, role)
        else:
            self.answers.pop(seat, None)

    def close(self) -> Tally | None:
        self.held.must(c.CloseAnswers(self.question.place))
        tally = self.asking.tallies[-1] if self.asking.tallies else None
        if tally is not None and self.answers:
            self.looks.append(Look(tally, dict(self.answers)))
        return tally

    def open(self, *, again: bool) -> None:
        """Take answers again; in a new round everybody has yet to answer, and ``answers`` stays for comparison."""
        if again:
            self.held.try_(c.ShowResults(self.question.place))
            again = self.asking.shown
        self.held.must(c.OpenAnswers(self.question.place, again))
        if again:
            for seat, (votes, role) in list(self.answers.items()):
                self.answer(seat, votes, role)


def meet(room: Room, draw: Draw, sittings: int) -> Room:
    """Answer and close so many times; in between some come, some go, some change their minds or say their role."""
    seats = iter(f"p{number}" for number in itertools.count())
    for sitting in range(sittings):
        if sitting:
            room.open(again=draw(st.integers(0, 2)) == 0)
        there = list(room.answers)
        for _ in range(draw(st.integers(0, min(6, len(there))))):
            seat = there[draw(st.integers(0, len(there) - 1))]
            what = draw(st.integers(0, 3))
            if what == 0:
                room.answer(seat, {}, "")
            elif seat in room.answers:
                votes, role = room.answers[seat]
                if what == 1:
                    role = ("", "employee", "leader")[draw(st.integers(0, 2))]
                room.answer(seat, votes if what == 1 else room.question.answer(draw), role)
        for _ in range(draw(st.integers(0, 8) if sitting else st.integers(0, 16))):
            role = ("employee", "leader", "employee", "leader", "leader", "employee", "")[draw(st.integers(0, 6))]
            room.answer(next(seats), room.question.answer(draw), role)
        room.close()
    return room


@st.composite
def rooms(draw: st.DrawFn) -> Room:
    """A room in which one question has been counted some times."""
    room = Room(QUESTIONS[draw(st.sampled_from(sorted(QUESTIONS)))], draw(st.sampled_from([5, 5, 5, 6, 8])))
    return meet(room, draw, draw(st.integers(1, 5)))


# --- the attacker -------------------------------------------------------------------------------------------------


def sums_seen(looks: Iterable[Look], key: str, keys: tuple[str, ...], *, one_each: bool) -> list[set[Contribution]]:
    """The sets of answers to ``key`` over which somebody who has seen everything knows the sum."""
    found: list[set[Contribution]] = []
    for tally, answers in looks:
        if tally.older:
            continue
        for role, shares in [(None, tally.shares), *tally.roles.items()]:
            # Where everybody has one choice, what is not said of one thing follows from the others.
            follows = one_each and {*keys} - {*shares} == {key}
            if key in shares or follows:
                found.append({(p, v[key]) for p, (v, said) in answers.items() if key in v and role in (None, said)})
    return found


def spreads_seen(looks: Iterable[Look], key: str) -> list[set[Contribution]]:
    """The sets of answers to ``key`` whose spread has been seen."""
    return [
        {(seat, votes[key]) for seat, (votes, _) in answers.items() if key in votes}
        for tally, answers in looks
        if key in tally.spread and not tally.older
    ]


def found_out(sums: list[set[Contribution]], least: int) -> set[str]:
    """People, fewer than ``least``, over whose answers a sum follows from those sums; empty if there are none.

    Something follows if it is the same in every world that would have looked the same. Such worlds differ by a
    solution of the equations with noughts on the right, so what follows is at right angles to all of those.
    """
    classes: dict[tuple[bool, ...], set[str]] = {}
    for answer in sorted(set().union(*sums)):
        classes.setdefault(tuple(answer in one for one in sums), set()).add(answer[0])
    unknowns = list(classes)
    unseen = solutions([[Fraction(unknown[row]) for unknown in unknowns] for row in range(len(sums))], len(unknowns))
    small = [place for place, unknown in enumerate(unknowns) if len(classes[unknown]) < least]
    # One person may be in several of the classes: who has changed an answer has given two.
    known = sorted(set().union(*(classes[unknowns[place]] for place in small)))
    for size in range(1, least):
        for few in itertools.combinations(known, size):
            theirs = [place for place in small if classes[unknowns[place]] <= {*few}]
            if theirs and rank([[world[place] for world in unseen] for place in theirs]) < len(theirs):
                return {*few}
    return set()


def echelon(rows: list[list[Fraction]]) -> list[tuple[int, list[Fraction]]]:
    """The rows reduced exactly, each with the column of its leading one."""
    done: list[tuple[int, list[Fraction]]] = []
    for column in range(len(rows[0]) if rows else 0):
        lead = next((row for row in rows if row[column]), None)
        if lead is None:
            continue
        rows = [row for row in rows if row is not lead]
        lead = [value / lead[column] for value in lead]
        rows = [[a - row[column] * b for a, b in zip(row, lead, strict=True)] for row in rows]
        done = [(at, [a - row[column] * b for a, b in zip(row, lead, strict=True)]) for at, row in done]
        done.append((column, lead))
    return done


def rank(rows: list[list[Fraction]]) -> int:
    return len(echelon(rows))


def solutions(rows: list[list[Fraction]], width: int) -> list[list[Fraction]]:
    """A basis of what the rows take to nought."""
    reduced = dict(echelon(rows))
    free = [column for column in range(width) if column not in reduced]
    return [[-reduced[at][one] if at in reduced else Fraction(at == one) for at in range(width)] for one in free]


@pytest.mark.parametrize(
    ("sums", "people"),
    [
        (["abcdefgh"], ""),
        (["abcd"], "abcd"),
        (["abcdefgh", "abcdefg"], "h"),
        (["abcdefghij", "abcde"], ""),
        (["abcdefghij", "abcde", "abcdef"], "f"),
        (["abcdefghijkl", "abcdef", "defghijkl"], "abc"),
        (["abcdefgh", "efghijkl", "ijklmnop", "abcdmnop"], ""),
        (["abcdeuvwxy", "fghijuvwxy", "uvwxy", "abcdefghijz"], "z"),
    ],
)
def test_the_attacker_can_reckon(sums: list[str], people: str) -> None:
    sets = [{(seat, 1) for seat in one} for one in sums]
    assert found_out(sets, 5) == set(people)
    assert traceable([frozenset(one) for one in sets], 5) is bool(people)


def test_one_person_who_has_given_two_answers_is_still_one() -> None:
    sums = [{("a", 0), ("a", 1)}, {("a", 0), ("b", 0)}]
    assert found_out(sums, 2) == {"a"}
    assert traceable([frozenset(one) for one in sums], 2)


@many
@given(rooms())
def test_no_sum_over_a_few_people_follows_from_all_that_was_ever_shown(room: Room) -> None:
    question, least = room.question, room.held.snapshot.workplace.least
    for key in question.keys:
        sums = sums_seen(room.looks, key, question.keys, one_each=question is QUESTIONS["choice"])
        assert not found_out(sums, least)


@many
@given(rooms())
def test_no_spread_over_fewer_than_eight_follows_from_all_that_was_ever_shown(room: Room) -> None:
    for key in room.question.keys:
        assert not found_out(spreads_seen(room.looks, key), max(8, room.held.snapshot.workplace.least))


@given(st.lists(st.frozensets(st.tuples(st.sampled_from("abcdefghijkl"), st.integers(0, 1))), max_size=5), st.data())
@many
def test_whether_something_can_be_traced_is_what_the_attacker_finds(
    sets: list[frozenset[Contribution]], data: st.DataObject
) -> None:
    least = data.draw(st.integers(2, 6))
    assert traceable(sets, least) is bool(found_out([set(one) for one in sets], least))


# --- what is shown, is right --------------------------------------------------------------------------------------


def mean(look: Look, key: str) -> Fraction:
    values = [votes[key] for votes, _ in look.answers.values() if key in votes]
    return Fraction(sum(values), len(values)) if values else Fraction(0)


def shares(look: Look, key: str, role: str | None = None) -> Share:
    values = [votes[key] for votes, said in look.answers.values() if key in votes and role in (None, said)]
    return Share(len(values), sum(values))


def fresh(room: Room) -> Iterator[Look]:
    return (look for look in room.looks if not look.tally.older)


@many
@given(rooms())
def test_what_is_shown_is_right(room: Room) -> None:
    for look in fresh(room):
        tally = look.tally
        assert tally.answers in (0, len(look.answers))
        assert tally.shares == {key: shares(look, key) for key in tally.shares}
        for role, of_role in tally.roles.items():
            assert of_role == {key: shares(look, key, role) for key in of_role}
        for key, spread in tally.spread.items():
            values = [votes[key] for votes, _ in look.answers.values() if key in votes]
            assert spread == tuple(values.count(value) for value in range(max(values) + 1))
        means = [[mean(look, key) for key in equal] for equal in tally.order]
        assert all(len(set(equal)) == 1 for equal in means)
        assert [equal[0] for equal in means] == sorted({equal[0] for equal in means}, reverse=True)


@many
@given(rooms())
def test_no_figure_that_is_stored_is_made_of_fewer_than_the_least(room: Room) -> None:
    for record in room.held.records:
        tally = record.event.tally if isinstance(record.event, AnswersClosed) else None
        if tally is None:
            continue
        assert tally.least == room.held.snapshot.workplace.least
        assert tally.answers == 0 or tally.answers >= tally.least
        assert all(share.answers >= tally.least for share in tally.shares.values())
        assert all(share.answers >= tally.least for of_role in tally.roles.values() for share in of_role.values())
        assert all(sum(spread) >= max(8, tally.least) for spread in tally.spread.values())
        assert {*tally.spread} <= {*tally.shares}
        assert tally.answers or not (tally.shares or tally.roles)
        assert len({*map(frozenset, tally.roles.values())}) <= 1


@many
@given(rooms())
def test_of_many_answers_the_order_names_only_what_there_are_figures_enough_for(room: Room) -> None:
    """The place of a thing that one person rated, between two means, would tell the number."""
    for look in fresh(room):
        named = {key for equal in look.tally.order for key in equal}
        if len(look.answers) >= look.tally.least:
            assert all(shares(look, key).answers >= look.tally.least for key in named)
        elif room.question in (QUESTIONS["ticks"], QUESTIONS["levers"]):
            assert not named, "a tick or a lever is somebody's own answer about themselves"
        else:
            assert named == {*room.question.keys}


def answered(kind: str, people: int, least: int, draw: Draw) -> Room:
    """A room in which so many have answered all that is asked, and nothing has been counted yet."""
    room = Room(QUESTIONS[kind], least)
    filled = {} if room.question.whole else dict.fromkeys(room.question.keys, 1)
    for number in range(people):
        room.answer(f"p{number}", filled | room.question.answer(draw), "")
    return room


kinds = st.sampled_from(sorted(QUESTIONS))
whole = st.sampled_from([kind for kind in sorted(QUESTIONS) if QUESTIONS[kind].whole])
leasts = st.integers(5, 8)


@many
@given(st.data(), kinds, leasts, st.integers(0, 12))
def test_enough_who_answer_for_the_first_time_get_figures_and_from_eight_a_spread(
    data: st.DataObject, kind: str, least: int, more: int
) -> None:
    room = answered(kind, least + more, least, data.draw)
    tally = room.close()
    assert tally is not None
    assert tally.answers == least + more
    assert {*tally.shares} == {*room.question.keys}
    assert {*tally.spread} == ({*room.question.keys} if least + more >= 8 else set())


@many
@given(st.data(), kinds, leasts)
def test_enough_of_both_roles_and_no_small_rest_get_figures_by_role(data: st.DataObject, kind: str, least: int) -> None:
    room = answered(kind, 2 * least, least, data.draw)
    for number in range(2 * least):
        room.answer(f"p{number}", room.answers[f"p{number}"][0], "leader" if number < least else "employee")
    tally = room.close()
    assert tally is not None
    assert [{*tally.roles[role]} for role in ("employee", "leader")] == [{*room.question.keys}] * 2


# --- what is not shown says no more than that it is not shown ---------------------------------------------------------


def disturb(room: Room, draw: Draw, people: int) -> None:
    """So many people at most change their minds, take their answer back, or come late."""
    for number in range(draw(st.integers(1, people))):
        seat = f"p{number}" if f"p{number}" in room.answers and draw(st.integers(0, 2)) else f"late-{number}"
        takes_back = seat in room.answers and draw(st.integers(0, 2)) == 0 and len(room.answers) > 1
        room.answer(seat, {} if takes_back else room.question.answer(draw), "")


@many
@given(st.data(), whole, leasts, st.integers(0, 8))
def test_too_few_who_come_go_or_change_leave_the_figures_as_they_were(
    data: st.DataObject, kind: str, least: int, more: int
) -> None:
    room = answered(kind, least + more, least, data.draw)
    before, was = room.close(), dict(room.answers)
    assert before is not None
    room.open(again=False)
    disturb(room, data.draw, least - 1)
    assert room.close() == replace(before, older=room.answers != was)


@many
@given(st.data(), whole, leasts, st.integers(0, 8))
def test_too_few_who_come_go_or_change_before_a_new_round_leave_an_order_only(
    data: st.DataObject, kind: str, least: int, more: int
) -> None:
    room = answered(kind, least + more, least, data.draw)
    room.close()
    was = dict(room.answers)
    room.open(again=True)
    disturb(room, data.draw, least - 1)
    tally = room.close()
    assert tally is not None
    if room.answers == was:
        assert tally == replace(room.looks[0].tally, round=2)
    else:
        assert tally == Tally(2, least, order=tally.order)


def room_of(people: int, least: int = 5) -> Room:
    """People who have given dots in two ways, every other one the same way."""
    room = Room(QUESTIONS["dots"], least)
    for number in range(people):
        room.answer(f"p{number}", {"a": 1, "b": 2} if number % 2 else {"a": 2, "c": 1}, "")
    return room


def shown(tally: Tally | None) -> Tally:
    assert tally is not None
    return tally


def test_too_few_leave_an_order_and_nothing_else() -> None:
    order = (("a",), ("b",), ("c",))
    assert room_of(4).close() == Tally(1, 5, order=order)
    assert room_of(6, least=8).close() == Tally(1, 8, order=order)


@pytest.mark.parametrize(("changed", "older"), [(0, False), (1, True), (3, True), (4, True), (5, False)])
def test_it_is_people_who_must_be_enough_and_not_their_answers(changed: int, older: bool) -> None:
    """Three who change their minds make six answers, and are still only three to be found out."""
    room = room_of(12)
    room.close()
    room.open(again=False)
    for number in range(changed):
        room.answer(f"p{number}", {"b": 1, "c": 2} if number % 2 else {"b": 3}, "")
    assert shown(room.close()).older is older


@pytest.mark.parametrize(("more", "spread"), [(5, False), (7, False), (8, True)])
def test_the_spread_of_those_who_came_late_is_not_found_by_taking_away_the_first(more: int, spread: bool) -> None:
    room = room_of(9)
    assert shown(room.close()).spread
    room.open(again=False)
    for number in range(more):
        room.answer(f"late-{number}", {"a": 1, "c": 1}, "")
    tally = shown(room.close())
    assert tally.answers == 9 + more
    assert bool(tally.spread) is spread


def test_what_is_not_shown_by_role_of_one_thing_is_not_found_from_the_others() -> None:
    """One leader takes a dot from ``a``; everybody has three, so the leaders' ``a`` would follow from ``b``, ``c``."""
    room = Room(QUESTIONS["dots"], 5)
    for number in range(12):
        room.answer(f"leader-{number}", {"a": 1, "c": 2}, "leader")
        room.answer(f"employee-{number}", {"a": 2, "c": 1}, "employee")
    assert shown(room.close()).roles
    room.open(again=True)
    for number in range(5):
        room.answer(f"employee-{number}", {"a": 1, "b": 1, "c": 1}, "employee")
        room.answer(f"leader-{number}", {"a": 1, "b": 1, "c": 1}, "leader")
    room.answer("leader-11", {"b": 1, "c": 2}, "leader")
    tally = shown(room.close())
    assert {*tally.shares} == {*"abc"}
    assert tally.roles == {}


def test_what_one_person_rated_is_not_placed_between_the_means_of_many() -> None:
    room = Room(QUESTIONS["rating"], 5)
    for number in range(6):
        room.answer(f"p{number}", {"i.effect": 3}, "")
    room.answer("p0", {"i.effect": 3, "i.effort": 4}, "")
    tally = shown(room.close())
    assert {*tally.shares} == {"i.effect"}
    assert tally.order == (("i.effect",),)


@pytest.mark.parametrize(("counts", "too_many"), [(4, False), (6, True)])
def test_what_would_take_long_to_reckon_counts_as_traceable(counts: int, too_many: bool) -> None:
    """People who each were there for other counts: no few of them stand alone, and with six there are 600,000 ways."""
    sets = [frozenset((f"p{n}", 1) for n in range(2**counts) if n >> bit & 1) for bit in range(counts)]
    assert traceable(sets, 5) is too_many


@pytest.mark.parametrize(("more", "still_shown"), [(0, True), (3, True), (6, False)])
def test_new_figures_wait_to_be_shown_where_others_have_been_and_then_stand_on_the_goals(
    more: int, still_shown: bool
) -> None:
    room = room_of(6)
    room.close()
    room.held.must(c.ShowResults(s.PRIORITISE))
    room.open(again=False)
    for number in range(more):
        room.answer(f"late-{number}", {"c": 3}, "")
    room.close()
    assert room.asking.shown is still_shown
    room.held.must(c.ShowResults(s.PRIORITISE))
    dots = {goal.id: goal.dots for goal in room.held.snapshot.of(Goal)}
    assert dots == {"a": 9, "b": 6, "c": 3 if still_shown else 21}
