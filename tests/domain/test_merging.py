"""Doubles become one, nothing that was said of them is lost, and one press takes it all back."""

from __future__ import annotations

import pytest

from tests.domain.samples import (
    GROUP,
    IDEAS,
    PRIORITISE,
    START,
    Meeting,
    add,
    card,
    change,
    goal,
    goal_entry,
    initiative,
    text,
)
from trivsel.domain import commands as c
from trivsel.domain.merging import doubles
from trivsel.domain.things import Card, Goal, Heap, Initiative
from trivsel.domain.workshop import document


def heaps(meeting: Meeting) -> dict[str, str | None]:
    return {one.id: one.heap for one in meeting.snapshot.of(Card)}


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Mere ro", "mere  RO!", True),
        ("Mere ro", "Mere ro, tak", False),
        ("Pauser.", "pauser", True),
        ("🙂", "!!", False),
    ],
)
def test_the_same_words_are_doubles_whatever_their_case_and_punctuation(one: str, other: str, alike: bool) -> None:
    found = doubles([card("a", one), card("b", other), card("c", "Noget andet")])
    assert [[double.id for double in group] for group in found] == ([["a", "b"]] if alike else [])


def test_doubles_are_laid_in_a_new_heap_and_taken_back_as_one_deed() -> None:
    meeting = Meeting(START, add(card("a"), card("b"), card("c", "Fred")))
    meeting.must(c.MergeCards(GROUP, ("a", "b"), "h"))
    assert heaps(meeting) == {"a": "h", "b": "h", "c": None}
    assert doubles(meeting.snapshot.of(Card)) == []
    meeting.must(c.Undo(GROUP))
    assert heaps(meeting) == {"a": None, "b": None, "c": None}
    assert meeting.snapshot.of(Heap) == []


def test_doubles_go_where_one_of_them_lies_already_and_an_empty_heap_goes() -> None:
    meeting = Meeting(START, add(card("a"), card("b"), card("c")), c.Gather(GROUP, "a", "a", "h"))
    meeting.must(c.Gather(GROUP, "b", "b", "empty"))
    meeting.must(c.MergeCards(GROUP, ("a", "b", "c"), "unused"))
    assert set(heaps(meeting).values()) == {"h"}
    assert [heap.id for heap in meeting.snapshot.of(Heap)] == ["h"]


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (c.MergeCards(GROUP, ("a",), "h"), "thing_gone"),
        (c.MergeCards(GROUP, ("a", "gone"), "h"), "thing_gone"),
        (c.MergeCards(GROUP, ("a", "b"), "g"), "already_there"),
        (c.MergeCards(GROUP, ("a", "b"), ""), "not_a_choice"),
        (c.MergeGoals(PRIORITISE, "g", "g"), "thing_gone"),
        (c.MergeGoals(PRIORITISE, "g", "gone"), "thing_gone"),
        (c.MatchHeap(GROUP, "gone", goal("n", entry=goal_entry("ro"))), "thing_gone"),
        (c.MatchHeap(GROUP, "k", goal("n")), "thing_gone"),
        (c.MatchHeap(GROUP, "k", goal("g", entry=goal_entry("ro"))), "already_there"),
        (c.MatchHeap(GROUP, "k", goal("n", entry=goal_entry("taken"))), "already_taken"),
    ],
)
def test_what_cannot_be_merged(command: c.Command, refusal: str) -> None:
    meeting = Meeting(START, add(card("a"), card("b"), card("d"), goal("g"), goal("t", entry=goal_entry("taken"))))
    meeting.must(c.Gather(GROUP, "d", "d", "k"))
    assert meeting.refused(command) == refusal


def test_two_goals_become_one_and_all_that_pointed_at_it_follows() -> None:
    meeting = Meeting(
        START,
        add(goal("a", dots=2, gains=("society",), sign=text("Vi ler"), chosen=True), goal("b", dots=3), goal("x")),
        add(initiative("i", goals=("a", "b")), initiative("j", goals=("a",)), place=IDEAS),
        change("x", "pulls", None, "a"),
        change("a", "pulls", None, "b"),
    )
    before = document(meeting.snapshot)
    meeting.must(c.MergeGoals(PRIORITISE, "a", "b"))
    one = meeting.snapshot.get("b", Goal)
    assert one is not None
    assert (one.dots, one.gains, one.sign, one.chosen) == (5, ("society",), text("Vi ler"), True)
    assert {idea.id: idea.goals for idea in meeting.snapshot.of(Initiative)} == {"i": ("b",), "j": ("b",)}
    assert {goal.id: goal.pulls for goal in meeting.snapshot.of(Goal)} == {"b": None, "x": "b"}
    meeting.must(c.Undo(PRIORITISE))
    after = document(meeting.snapshot)
    assert sorted(after.things, key=lambda thing: thing.id) == sorted(before.things, key=lambda thing: thing.id)


def test_merging_never_closes_a_circle_of_arrows() -> None:
    meeting = Meeting(START, add(goal("a"), goal("x", pulls="a"), goal("b", pulls="x")))
    meeting.must(c.MergeGoals(PRIORITISE, "a", "b"))
    assert {goal.id: goal.pulls for goal in meeting.snapshot.of(Goal)} == {"x": None, "b": "x"}
    meeting.must(c.Undo(PRIORITISE))
    assert {goal.id: goal.pulls for goal in meeting.snapshot.of(Goal)} == {"a": None, "x": "a", "b": "x"}


def test_a_figure_never_moves_to_a_goal_whose_figures_are_not_for_the_room() -> None:
    never = goal("b", entry=goal_entry("never", never=True))
    meeting = Meeting(START, add(goal("a", indicator=text("Dage"), now=3.0), never))
    meeting.must(c.MergeGoals(PRIORITISE, "a", "b"))
    one = meeting.snapshot.get("b", Goal)
    assert one is not None
    assert (one.indicator, one.now) == (None, None)


def test_a_heap_without_a_name_gets_the_catalogues() -> None:
    meeting = Meeting(START, add(card("a")), c.Gather(GROUP, "a", "a", "h"))
    meeting.must(c.MatchHeap(GROUP, "h", goal("n", "Mindre stress", entry=goal_entry("stress"))))
    (made,) = meeting.snapshot.of(Goal)
    assert (made.title, made.origin, made.entry) == (text("Mindre stress"), "h", goal_entry("stress"))
    meeting.must(c.Undo(GROUP))
    assert meeting.snapshot.of(Goal) == []
    assert [heap.name for heap in meeting.snapshot.of(Heap)] == [None]


def test_a_heap_with_a_name_keeps_it_and_what_was_said_of_its_goal() -> None:
    meeting = Meeting(START, add(card("a")), c.Gather(GROUP, "a", "a", "h"))
    meeting.must(change("h", "name", None, text("Ro på"), place=GROUP))
    meeting.must(change("goal-h", "dots", 0, 4, place=PRIORITISE))
    meeting.must(add(initiative("i", goals=("goal-h",)), place=IDEAS))
    meeting.must(c.MatchHeap(GROUP, "h", goal("n", "Mindre stress", entry=goal_entry("stress"))))
    (made,) = meeting.snapshot.of(Goal)
    assert (made.id, made.title, made.dots, made.entry) == ("n", text("Ro på"), 4, goal_entry("stress"))
    assert meeting.snapshot.of(Initiative)[0].goals == ("n",)
    meeting.must(change("h", "name", text("Ro på"), text("Ro"), place=GROUP))
    assert meeting.snapshot.of(Goal)[0].title == text("Ro")
