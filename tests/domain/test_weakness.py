"""What an initiative is put to: the one thing it is weakest on, which stays once the group has answered."""

from __future__ import annotations

import pytest

from tests.domain.samples import ANCHOR, DECIDE, IDEAS, START, Meeting, add, change, goal, initiative, text
from trivsel.domain import commands as c
from trivsel.domain.things import WORKPLACE, Anchor, Initiative
from trivsel.domain.weakness import put_to, weakest

WHATIF = "anchoring.whatif"
DEPUTY = change("anchor-i", "deputy", None, text("Ali"), place=ANCHOR)
AGREED = change("anchor-i", "deputy_agreed", False, True, place=ANCHOR)


def money(amount: float) -> c.Command:
    return change("resource-i", "money", 0, amount)


def frame(amount: float) -> c.Command:
    return change(WORKPLACE, "money", None, amount)


def tried(*commands: c.Command) -> Meeting:
    """One initiative that is tried; it costs nothing unless somebody says so."""
    idea = (add(goal("g")), add(initiative("i"), place=IDEAS), change("i", "decision", "", "yes", place=DECIDE))
    return Meeting(START, *idea, *commands)


def anchor(meeting: Meeting) -> Anchor:
    found = meeting.snapshot.anchor("i")
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("commands", "test"),
    [
        ((), "leaves"),
        ((DEPUTY,), "leaves"),
        ((DEPUTY, AGREED), "busy"),
        ((DEPUTY, AGREED, money(1_000)), "cut"),
        ((DEPUTY, AGREED, money(1_000), frame(999)), "cut"),
        ((DEPUTY, AGREED, money(1_000), frame(1_000)), "busy"),
        ((DEPUTY, AGREED, frame(0)), "busy"),
        ((money(1_000),), "leaves"),
    ],
)
def test_an_initiative_is_put_to_what_it_is_weakest_on(commands: tuple[c.Command, ...], test: str) -> None:
    snapshot = tried(*commands).snapshot
    one = snapshot.get("i", Initiative)
    assert one is not None
    assert weakest(snapshot, one) == test


def test_what_all_initiatives_take_together_must_fit_the_frame() -> None:
    meeting = tried(DEPUTY, AGREED, money(600), frame(1_000), add(initiative("j"), place=IDEAS))
    assert put_to(meeting.snapshot, anchor(meeting)) == "busy"
    meeting.must(change("j", "decision", "", "yes", place=DECIDE))
    meeting.must(change("resource-j", "money", 0, 600))
    assert put_to(meeting.snapshot, anchor(meeting)) == "cut"


def test_the_question_stays_with_its_answer() -> None:
    meeting = tried()
    meeting.must(change("anchor-i", "holds", "", "no", place=WHATIF))
    meeting.must(change("anchor-i", "safeguard", None, text("Vi finder en til"), place=WHATIF))
    for command in (DEPUTY, AGREED):
        meeting.must(command)
    assert put_to(meeting.snapshot, anchor(meeting)) == "leaves"
    meeting.must(change("anchor-i", "holds", "no", "", place=WHATIF))
    assert anchor(meeting).tested == "leaves"
    meeting.must(change("anchor-i", "safeguard", text("Vi finder en til"), None, place=WHATIF))
    assert anchor(meeting).tested == ""
    assert put_to(meeting.snapshot, anchor(meeting)) == "busy"


def test_an_answer_is_taken_back_with_its_question() -> None:
    meeting = tried(change("anchor-i", "holds", "", "yes", place=WHATIF))
    assert anchor(meeting).tested == "leaves"
    meeting.must(c.Undo(WHATIF))
    assert (anchor(meeting).holds, anchor(meeting).tested) == ("", "")


def test_another_answer_than_those_is_refused() -> None:
    assert tried().refused(change("anchor-i", "holds", "", "maybe", place=WHATIF)) == "not_a_choice"
