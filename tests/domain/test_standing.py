"""What is derived from a workshop: the marks of activities and steps, and what the group did not come to."""

from __future__ import annotations

import pytest

from tests.domain.samples import (
    ANCHOR,
    COLLECT,
    COMMIT,
    DECIDE,
    GROUP,
    IDEAS,
    MEASURE,
    PLACES,
    PLAN,
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
from trivsel.domain.standing import activity_mark, not_reached, step_mark, steps_ready
from trivsel.domain.things import WORKPLACE, Commitment, Review

WHEEL, CLOSE = "anchoring.wheel", "evaluation.close"


def at(place: str, *commands: c.Command) -> Meeting:
    """A workshop in which this has happened and the room has come to ``place``."""
    meeting = Meeting(START, *commands)
    for here in PLACES[1 : PLACES.index(place) + 1]:
        meeting.must(c.MoveRoom(here, meeting.snapshot.place))
    return meeting


CHOSEN = add(goal("g", chosen=True), place=PRIORITISE)
TRIED = (add(initiative("i", goals=("g",)), place=IDEAS), change("i", "decision", "", "yes", place=DECIDE))
ANCHORED = tuple(
    change("anchor-i", field, None, now, place=ANCHOR)
    for field, now in (("forum", "forum-staff"), ("responsible", text("Mette")), ("deputy", text("Ali")))
)


@pytest.mark.parametrize(
    ("place", "commands", "mark"),
    [
        (COLLECT, (), "empty"),
        (COLLECT, (add(card("a")),), "ready"),
        (GROUP, (), "empty"),
        (GROUP, (add(card("a"), card("b")), c.Gather(GROUP, "a", "b", "h")), "begun"),
        (
            GROUP,
            (add(card("a"), card("b")), c.Gather(GROUP, "a", "b", "h"), change("h", "name", None, text("Ro"))),
            "ready",
        ),
        (PRIORITISE, (add(goal("g")),), "empty"),
        (PRIORITISE, (add(goal("g", dots=2)),), "begun"),
        (PRIORITISE, (CHOSEN,), "ready"),
        (MEASURE, (CHOSEN,), "empty"),
        (MEASURE, (CHOSEN, add(goal("h", chosen=True, sign=text("Vi ler")))), "begun"),
        (MEASURE, (CHOSEN, change("g", "sign", None, text("Vi ler"))), "ready"),
        (IDEAS, (), "empty"),
        (IDEAS, (add(initiative("i")),), "ready"),
        (DECIDE, (add(initiative("i")),), "empty"),
        (DECIDE, (add(initiative("i"), initiative("j")), change("i", "decision", "", "no")), "begun"),
        (DECIDE, (add(initiative("i")), change("i", "decision", "", "later")), "ready"),
        (ANCHOR, (CHOSEN, *TRIED), "empty"),
        (ANCHOR, (CHOSEN, *TRIED, *ANCHORED[:2]), "begun"),
        (ANCHOR, (CHOSEN, *TRIED, *ANCHORED), "ready"),
        (COMMIT, (), "empty"),
        (COMMIT, (add(Commitment("p", "time", text("To timer"))),), "ready"),
        (COMMIT, (change(WORKPLACE, "leader_absent", False, True),), "ready"),
        (PLAN, (), "empty"),
        (PLAN, (add(Review("r", "2027-01-11")),), "ready"),
        (CLOSE, (), "empty"),
        (CLOSE, (c.CloseMeeting("2026-11-23"),), "ready"),
        ("nowhere.at_all", (), "empty"),
    ],
)
def test_the_mark_of_an_activity(place: str, commands: tuple[c.Command, ...], mark: str) -> None:
    assert activity_mark(Meeting(START, *commands).snapshot, place) == mark


def test_what_is_only_looked_at_is_ready_when_the_room_has_been_there() -> None:
    meeting = at(WHEEL)
    assert activity_mark(meeting.snapshot, WHEEL) == "ready"
    assert activity_mark(meeting.snapshot, PLACES[0]) == "ready"
    assert activity_mark(Meeting(START).snapshot, PLACES[0]) == "empty"


def test_a_step_is_ready_when_all_of_the_meeting_is() -> None:
    meeting = Meeting(START, CHOSEN)
    assert step_mark(meeting.snapshot, "goals") == "begun"
    meeting.must(change("g", "sign", None, text("Vi ler")))
    assert step_mark(meeting.snapshot, "goals") == "ready"
    assert step_mark(meeting.snapshot, "initiatives") == "empty"
    assert step_mark(meeting.snapshot, "nowhere") == "empty"
    assert steps_ready(meeting.snapshot) == (1, 5)


def test_an_activity_that_was_left_out_never_counts() -> None:
    meeting = Meeting(START, CHOSEN)
    for place in (COLLECT, GROUP, MEASURE):
        meeting.must(c.PlanActivity(place, "after"))
    assert step_mark(meeting.snapshot, "goals") == "ready"


def test_what_the_group_did_not_come_to_is_told() -> None:
    meeting = Meeting(START, CHOSEN, c.PlanActivity(MEASURE, "after"))
    places = [place for place, _ in not_reached(meeting.snapshot)]
    assert MEASURE in places
    assert PRIORITISE not in places
    assert PLACES[0] not in places
