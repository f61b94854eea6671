"""Which goal helps which along: one arrow from each at most, never in a circle, and never to what is gone."""

from __future__ import annotations

import pytest

from tests.domain.samples import GROUP, PRIORITISE, START, Meeting, add, card, change, goal, text
from trivsel.domain import commands as c
from trivsel.domain.references import flaws, pulled_by
from trivsel.domain.things import Goal

CONNECT = "goals.connect"


def connected(*arrows: str) -> Meeting:
    """Four goals, with arrows such as ``"ab"`` from a to b."""
    meeting = Meeting(START, add(*(goal(id, id.upper()) for id in "abcd"), place=PRIORITISE))
    for start, end in arrows:
        meeting.must(change(start, "pulls", None, end, place=CONNECT))
    return meeting


def arrows(meeting: Meeting) -> set[str]:
    return {f"{goal.id}{goal.pulls}" for goal in meeting.snapshot.of(Goal) if goal.pulls}


def test_a_goal_helps_one_other_and_can_change_its_mind() -> None:
    meeting = connected("ab")
    meeting.must(change("a", "pulls", "b", "c", place=CONNECT))
    assert arrows(meeting) == {"ac"}
    meeting.must(change("a", "pulls", "c", None, place=CONNECT))
    assert arrows(meeting) == set()


@pytest.mark.parametrize(
    ("before", "arrow", "refusal"),
    [
        ((), "aa", "pulls_itself"),
        (("ab",), "ba", "pulls_in_circle"),
        (("ab", "bc", "cd"), "da", "pulls_in_circle"),
        ((), "ax", "thing_gone"),
    ],
)
def test_an_arrow_that_goes_nowhere_is_refused(before: tuple[str, ...], arrow: str, refusal: str) -> None:
    meeting = connected(*before)
    assert meeting.refused(change(arrow[0], "pulls", None, arrow[1], place=CONNECT)) == refusal
    assert arrows(meeting) == set(before)


def test_two_goals_may_help_the_same() -> None:
    assert arrows(connected("ac", "bc", "cd")) == {"ac", "bc", "cd"}


def test_arrows_to_a_goal_go_with_it_and_come_back_with_it() -> None:
    meeting = connected("ab", "cb", "bd")
    meeting.must(c.Remove(PRIORITISE, "b"))
    assert arrows(meeting) == set()
    meeting.must(c.Undo(PRIORITISE))
    assert arrows(meeting) == {"ab", "cb", "bd"}


def test_undo_never_closes_a_circle() -> None:
    meeting = connected("ab")
    meeting.must(change("a", "pulls", "b", None, place=CONNECT))
    meeting.must(change("b", "pulls", None, "a", place=PRIORITISE))
    assert meeting.refused(c.Undo(CONNECT)) == "changed_since"
    assert arrows(meeting) == {"ba"}


def test_goals_do_not_come_in_as_a_circle() -> None:
    meeting = connected()
    assert meeting.refused(add(goal("x", pulls="y"), goal("y", pulls="x"))) == "not_a_choice"
    assert meeting.refused(add(goal("x", pulls="x"))) == "not_a_choice"
    meeting.must(add(goal("x", pulls="y"), goal("y", pulls="a")))
    assert arrows(meeting) == {"xy", "ya"}


def test_a_heap_that_loses_its_name_keeps_a_goal_with_an_arrow() -> None:
    for start, end in (("goal-h", "g"), ("g", "goal-h")):
        meeting = Meeting(START, add(card("k"), goal("g")), c.Gather(GROUP, "k", "k", "h"))
        meeting.must(change("h", "name", None, text("Ro"), place=GROUP))
        meeting.must(change(start, "pulls", None, end, place=CONNECT))
        meeting.must(change("h", "name", text("Ro"), None, place=GROUP))
        assert arrows(meeting) == {f"{start}{end}"}


def test_the_way_of_arrows_ends_where_it_meets_itself() -> None:
    things = {one.id: one for one in (goal("a", pulls="b"), goal("b", pulls="a"), goal("c", pulls="gone"))}
    assert pulled_by(things, "a") == ["a", "b"]
    assert pulled_by(things, "c") == ["c"]
    assert {what for _, what, _ in flaws(things)} == {"circle", "pulls"}
