"""Taking back and doing again: only one's own side, only here, and never over somebody else's head."""

from __future__ import annotations

import pytest

from tests.domain.samples import (
    ANCHOR,
    COLLECT,
    DECIDE,
    GROUP,
    IDEAS,
    PRIORITISE,
    START,
    Meeting,
    add,
    card,
    change,
    goal,
    initiative,
    text,
)
from trivsel.domain import commands as c
from trivsel.domain.things import Anchor, Card, Commitment, Goal, Heap, Initiative, Resource
from trivsel.domain.undo import last_done, last_undone, same, unchanged
from trivsel.domain.words import Text


def test_the_newest_change_of_the_activity_is_taken_back_first() -> None:
    meeting = Meeting(START, add(card("a")), add(card("b")), add(goal("g"), place=PRIORITISE))
    meeting.must(c.Undo(COLLECT))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["a"]
    meeting.must(c.Undo(COLLECT))
    assert meeting.snapshot.of(Card) == []
    assert meeting.refused(c.Undo(COLLECT)) == "nothing_to_undo"
    assert [one.id for one in meeting.snapshot.of(Goal)] == ["g"]


def test_redo_goes_forward_again_in_order() -> None:
    meeting = Meeting(START, add(card("a")), add(card("b")), c.Undo(COLLECT), c.Undo(COLLECT), c.Redo(COLLECT))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["a"]
    meeting.must(c.Redo(COLLECT))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["a", "b"]
    assert meeting.refused(c.Redo(COLLECT)) == "nothing_to_redo"


def test_something_new_in_the_activity_ends_redo_there_only() -> None:
    meeting = Meeting(START, add(card("a")), add(goal("g"), place=PRIORITISE))
    meeting.must(c.Undo(COLLECT))
    meeting.must(c.Undo(PRIORITISE))
    meeting.must(add(card("b")))
    assert meeting.refused(c.Redo(COLLECT)) == "nothing_to_redo"
    meeting.must(c.Redo(PRIORITISE))


def test_history_stands_as_it_did_after_undo_and_redo() -> None:
    meeting = Meeting(START, add(card("a")), add(goal("g"), place=PRIORITISE))
    before = meeting.snapshot.done
    meeting.must(c.Undo(COLLECT))
    meeting.must(c.Redo(COLLECT))
    assert meeting.snapshot.done == before


def test_what_a_phone_sends_is_never_taken_back() -> None:
    meeting = Meeting(START, add(card("a")))
    meeting.must(add(card("b")), actor="seat-1")
    meeting.must(c.Undo(COLLECT))
    assert [one.id for one in meeting.snapshot.of(Card)] == ["b"]
    assert meeting.refused(c.Undo(COLLECT)) == "nothing_to_undo"


@pytest.mark.parametrize(
    "command",
    [
        c.MoveRoom(COLLECT, "welcome.welcome"),
        c.PlanActivity(COLLECT, "after"),
        c.StartTimer(COLLECT, "alone", 60),
        c.CloseMeeting("2026-11-23"),
    ],
)
def test_navigation_plan_clock_and_closing_are_not_taken_back(command: c.Command) -> None:
    assert Meeting(START, command).refused(c.Undo(COLLECT)) == "nothing_to_undo"


def test_what_has_been_changed_since_stays() -> None:
    meeting = Meeting(START, add(card("a", "Ro")))
    meeting.must(change("a", "text", text("Ro"), text("Fred"), place=COLLECT))
    meeting.must(change("a", "text", text("Fred"), text("Stilhed"), place=GROUP))
    assert meeting.refused(c.Undo(COLLECT)) == "changed_since"
    meeting.must(c.Undo(GROUP))
    meeting.must(c.Undo(COLLECT))
    assert meeting.snapshot.things["a"] == card("a", "Ro")


def test_a_thing_that_has_been_worked_on_is_not_taken_away() -> None:
    meeting = Meeting(START, add(goal("g"), place=PRIORITISE))
    meeting.must(change("g", "sign", None, text("Færre afbrydelser"), place=GROUP))
    assert meeting.refused(c.Undo(PRIORITISE)) == "changed_since"


def test_redo_is_refused_too_where_it_would_write_over_something() -> None:
    meeting = Meeting(START, add(card("a", "Ro")), change("a", "text", text("Ro"), text("Fred")), c.Undo(COLLECT))
    meeting.must(change("a", "text", text("Ro"), text("Stilhed"), place=GROUP))
    assert meeting.refused(c.Redo(COLLECT)) == "changed_since"


def test_a_heap_with_a_card_from_elsewhere_is_not_taken_away() -> None:
    meeting = Meeting(START, add(card("a"), card("b")), c.Gather(GROUP, "a", "b", "h"))
    meeting.must(add(card("c")), actor="seat-1")
    meeting.must(c.Gather(GROUP, "c", "h", ""), actor="seat-1")
    assert meeting.refused(c.Undo(GROUP)) == "changed_since"


def test_a_goal_that_an_initiative_serves_is_not_taken_away() -> None:
    meeting = Meeting(START, add(goal("g"), place=PRIORITISE), add(initiative("i", goals=("g",)), place=IDEAS))
    assert meeting.refused(c.Undo(PRIORITISE)) == "changed_since"


def test_a_fourth_goal_is_not_chosen_by_undoing() -> None:
    meeting = Meeting(START, add(*(goal(f"g{n}", chosen=True) for n in range(3)), goal("g3"), place=COLLECT))
    meeting.must(change("g0", "chosen", True, False, place=PRIORITISE))
    meeting.must(change("g3", "chosen", False, True, place=GROUP))
    assert meeting.refused(c.Undo(PRIORITISE)) == "changed_since"


def test_undo_of_a_deletion_brings_all_of_it_back() -> None:
    meeting = Meeting(START, add(initiative("i"), place=IDEAS), change("i", "decision", "", "yes", place=DECIDE))
    meeting.must(change("anchor-i", "responsible", None, text("Mette"), place=ANCHOR))
    before = meeting.snapshot.things
    meeting.must(c.Remove(DECIDE, "i"))
    gone = meeting.snapshot
    assert [gone.of(kind) for kind in (Initiative, Resource, Anchor)] == [[], [], []]
    meeting.must(c.Undo(DECIDE))
    assert meeting.snapshot.things == before


def test_undo_of_naming_a_heap_takes_the_goal_with_it() -> None:
    meeting = Meeting(START, add(card("a"), card("b")), c.Gather(GROUP, "a", "b", "h"))
    meeting.must(change("h", "name", None, text("Ro"), place=GROUP))
    assert [one.title.text for one in meeting.snapshot.of(Goal)] == ["Ro"]
    meeting.must(c.Undo(GROUP))
    assert meeting.snapshot.of(Goal) == []
    meeting.must(c.Undo(GROUP))
    assert meeting.snapshot.of(Heap) == []
    assert {one.heap for one in meeting.snapshot.of(Card)} == {None}


def test_a_promise_is_taken_back_with_all_that_was_said_of_it() -> None:
    meeting = Meeting(START, add(Commitment("p", "time", text("To timer om ugen")), place=ANCHOR))
    meeting.must(change("p", "role", None, text("Lederen"), place=GROUP))
    meeting.must(c.Undo(ANCHOR))
    assert meeting.snapshot.of(Commitment) == []


def test_what_undo_would_take_back_can_be_named() -> None:
    meeting = Meeting(START, add(card("a")))
    deed = last_done(meeting.snapshot, COLLECT)
    assert deed is not None
    assert deed.place == COLLECT
    assert last_done(meeting.snapshot, GROUP) is None
    meeting.must(c.Undo(COLLECT))
    assert last_undone(meeting.snapshot, COLLECT) == deed


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (None, None, True),
        (None, text(""), True),
        ("", None, True),
        ((), None, True),
        (text("Ro"), Text("en", "Ro"), True),
        (text("Ro"), text("Fred"), False),
        (0, None, False),
        (0, 0.0, True),
        (False, None, False),
    ],
)
def test_two_values_say_the_same_or_not(one: object, other: object, expected: bool) -> None:
    assert same(one, other) is expected
    assert same(other, one) is expected


@pytest.mark.parametrize(
    ("current", "now", "expected"),
    [
        (text("Ro"), text("Ro"), True),
        (text("Ro"), Text("da", "Ro", {"en": "Peace"}), False),
        (Text("da", "Ro", {"en": "Peace"}), text("Ro"), True),
        (Text("da", "Ro", {"en": "Peace"}), Text("da", "Ro", {"en": "Calm"}), False),
        (Text("da", "Ro", {"en": "Peace"}), text("Fred"), False),
    ],
)
def test_a_translation_is_a_change_and_the_same_words_are_not(current: Text, now: Text, expected: bool) -> None:
    assert unchanged(current, now) is expected
