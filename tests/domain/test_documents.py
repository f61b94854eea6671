"""A workshop as a file: what is taken home, what is brought in, and which files are not let in."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from tests.domain.samples import (
    COLLECT,
    GROUP,
    PLACES,
    PRIORITISE,
    START,
    Meeting,
    add,
    card,
    change,
    goal,
    goal_entry,
    text,
)
from trivsel.domain import commands as c
from trivsel.domain import things as t
from trivsel.domain.events import Document, LaterChange
from trivsel.domain.programme import Programme
from trivsel.domain.workshop import DOCUMENT_VERSION, document


def held() -> Meeting:
    """A workshop with cards in a heap, a goal and a meeting that has closed."""
    return Meeting(
        START,
        add(card("z", "Sidst"), card("a", "Først"), card("m", "Midt")),
        c.Gather(GROUP, "z", "a", "h"),
        change("h", "name", None, text("Ro"), place=GROUP),
        change("goal-h", "chosen", False, True, place=PRIORITISE),
        c.PlanActivity(PLACES[-2], "after"),
        c.MoveRoom(COLLECT, PLACES[0]),
        c.CloseMeeting("2026-11-23"),
        add(goal("late")),
    )


TAKEN = document(held().snapshot)


def test_a_workshop_brought_in_is_the_one_taken_home() -> None:
    brought = Meeting(c.ImportDocument(TAKEN)).snapshot
    before = held().snapshot
    assert document(brought) == TAKEN
    assert dict(brought.things) == dict(before.things)
    assert (brought.place, brought.visited, brought.states) == (before.place, before.visited, before.states)
    assert (brought.closed, brought.later, brought.language) == (before.closed, before.later, before.language)


def test_a_file_tells_nothing_of_who_wrote_what_when() -> None:
    encoded = msgspec.json.encode(TAKEN)
    assert b"facilitator" not in encoded
    assert b"09:00" not in encoded
    assert b"command-" not in encoded
    cards = [one.id for one in TAKEN.things if isinstance(one, t.Card)]
    assert cards == ["m", "a", "z"], "cards stand by place, heap and text, not in the order they were written"


def test_what_was_taken_out_is_not_taken_home() -> None:
    meeting = held()
    meeting.must(c.Remove(COLLECT, "m"))
    assert "m" not in {one.id for one in document(meeting.snapshot).things}


def test_a_goal_whose_heap_is_gone_names_no_origin() -> None:
    meeting = held()
    meeting.must(c.Remove(GROUP, "h"))
    taken = document(meeting.snapshot)
    assert [one.origin for one in taken.things if isinstance(one, t.Goal)] == [None, None]
    assert document(Meeting(c.ImportDocument(taken)).snapshot) == taken


def test_a_file_survives_being_written_and_read() -> None:
    assert msgspec.json.decode(msgspec.json.encode(TAKEN), type=Document) == TAKEN


def test_a_file_can_be_worked_on_when_it_is_in() -> None:
    meeting = Meeting(c.ImportDocument(TAKEN))
    meeting.must(change("a", "text", text("Først"), text("Ro")))
    meeting.must(c.Undo(COLLECT))


OTHERS = tuple(one for one in TAKEN.things if one.id != t.WORKPLACE)
WORKPLACE = held().snapshot.workplace
NEVER = goal("n", entry=goal_entry("n", never=True), now=3.0)


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"format": "other"}, "foreign_file"),
        ({"version": DOCUMENT_VERSION + 1}, "newer_file"),
        ({"things": OTHERS}, "damaged_file"),
        ({"things": (*TAKEN.things, card("a"))}, "damaged_file"),
        ({"things": (*TAKEN.things, t.Workplace("two", text("To")))}, "damaged_file"),
        ({"things": (*OTHERS, card(t.WORKPLACE))}, "damaged_file"),
        ({"things": (*TAKEN.things, card("æ"))}, "damaged_file"),
        ({"things": (*TAKEN.things, replace(card("x"), heap="gone"))}, "damaged_file"),
        ({"things": (*TAKEN.things, replace(card("x"), place="nowhere"))}, "damaged_file"),
        ({"things": (*TAKEN.things, t.Anchor("x", "gone"))}, "damaged_file"),
        ({"things": (*TAKEN.things, *(goal(f"x{n}", chosen=True) for n in range(3)))}, "damaged_file"),
        ({"things": (*TAKEN.things, *(card(f"x{n}") for n in range(2_000)))}, "damaged_file"),
        ({"things": (*TAKEN.things, card("x", "x" * 281))}, "text_too_long"),
        ({"things": (*TAKEN.things, t.Review("x", "soon"))}, "not_a_date"),
        ({"things": (*TAKEN.things, NEVER)}, "figure_not_in_room"),
        ({"things": (*OTHERS, replace(WORKPLACE, people=0))}, "number_out_of_range"),
        ({"place": "nowhere"}, "damaged_file"),
        ({"visited": ("nowhere",)}, "damaged_file"),
        ({"states": {"nowhere": "after"}}, "damaged_file"),
        ({"day": "i morgen"}, "damaged_file"),
        ({"closed": "i morgen"}, "damaged_file"),
        ({"language": "xx"}, "damaged_file"),
        ({"later": (LaterChange("i morgen", "a", "card.text"),)}, "damaged_file"),
        ({"later": (LaterChange("2026-12-01", "a", "card.colour"),)}, "damaged_file"),
        ({"programme": Programme("empty", {"da": "Tom"}, ())}, "damaged_file"),
    ],
)
def test_a_file_that_does_not_hold_together_stays_out(changed: dict[str, object], refusal: str) -> None:
    assert Meeting().refused(c.ImportDocument(replace(TAKEN, **changed))) == refusal
