"""What is derived from a workshop: marks of activities and steps, what a colleague would point out, days ahead."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

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
    PROGRAMME,
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
from trivsel.domain.advice import findings
from trivsel.domain.calendar import later, review_presets, working_day
from trivsel.domain.programme import Option, Programme
from trivsel.domain.standing import activity_mark, not_reached, step_mark, steps_ready
from trivsel.domain.things import WORKPLACE, Commitment, Review

DAY = dt.date.fromisoformat
WHEEL, CLOSE = "anchoring.wheel", "evaluation.close"


def at(place: str, *commands: c.Command) -> Meeting:
    """A workshop in which this has happened and the room has come to ``place``."""
    meeting = Meeting(START, *commands)
    for here in PLACES[1 : PLACES.index(place) + 1]:
        meeting.must(c.MoveRoom(here, meeting.snapshot.place))
    return meeting


def keys(meeting: Meeting, *, whole: bool = False) -> list[str]:
    return [finding.key for finding in findings(meeting.snapshot, whole=whole)]


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


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ((), []),
        ((CHOSEN,), ["nothing_to_measure", "goal_without_initiative", "no_promise"]),
        (
            (CHOSEN, change("g", "sign", None, text("Vi ler")), *TRIED),
            ["no_forum", "nobody_responsible", "no_promise", "no_review"],
        ),
        (
            (CHOSEN, change("g", "sign", None, text("Vi ler")), *TRIED, *ANCHORED[:2]),
            ["no_deputy", "no_promise", "no_review"],
        ),
        (
            (
                CHOSEN,
                change("g", "sign", None, text("Vi ler")),
                *TRIED,
                *ANCHORED,
                add(Commitment("p", "time", text("To timer"))),
                add(Review("r", "2027-01-11")),
            ),
            [],
        ),
    ],
)
def test_what_a_colleague_would_point_out(commands: tuple[c.Command, ...], expected: list[str]) -> None:
    found = keys(at(CLOSE, *commands))
    assert [key for key in found if key != "no_promise" or commands] == expected


def test_an_initiative_that_serves_no_goal_or_only_the_single_person_is_pointed_out() -> None:
    aimless = add(initiative("i", levels=("I",)), place=IDEAS)
    meeting = at(CLOSE, add(goal("g"), goal("h")), aimless, change("i", "decision", "", "yes"))
    assert {"initiative_without_goal", "only_individual"} <= set(keys(meeting))
    meeting.must(change("i", "levels", ("I",), ("I", "O")))
    meeting.must(change("i", "goals", (), ("g",)))
    assert not {"initiative_without_goal", "only_individual"} & set(keys(meeting))


def test_nobody_is_told_what_is_missing_before_they_have_come_there() -> None:
    assert keys(at(MEASURE, CHOSEN)) == []
    assert keys(at(IDEAS, CHOSEN)) == ["nothing_to_measure"]
    assert "goal_without_initiative" in keys(at(MEASURE, CHOSEN), whole=True)


def test_a_plan_is_not_faulted_for_what_it_left_out() -> None:
    meeting = at(CLOSE, CHOSEN)
    meeting.must(c.PlanActivity(MEASURE, "after"))
    assert "nothing_to_measure" not in keys(meeting)


def test_what_is_about_management_is_not_for_the_room() -> None:
    audience = {finding.key: finding.audience for finding in findings(at(CLOSE, CHOSEN).snapshot)}
    assert audience["no_promise"] == "presenter"
    assert audience["nothing_to_measure"] == "room"


def test_a_finding_names_what_it_is_about() -> None:
    [finding] = [one for one in findings(at(CLOSE, CHOSEN).snapshot) if one.key == "nothing_to_measure"]
    assert (finding.about, finding.ids, finding.place) == (("Ro",), ("g",), MEASURE)


@pytest.mark.parametrize(
    ("day", "weeks", "months", "expected"),
    [
        ("2026-11-23", 6, 0, "2027-01-04"),
        ("2026-11-30", 0, 3, "2027-02-28"),
        ("2027-11-30", 0, 3, "2028-02-29"),
        ("2026-08-31", 0, 1, "2026-09-30"),
        ("2026-12-31", 0, 12, "2027-12-31"),
        ("2026-11-30", 0, 1, "2026-12-30"),
        ("2026-12-15", 0, 0, "2026-12-15"),
    ],
)
def test_so_many_weeks_and_months_later(day: str, weeks: int, months: int, expected: str) -> None:
    assert later(DAY(day), weeks, months) == DAY(expected)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-28", "2026-11-30"),
        ("2027-07-01", "2027-08-02"),
        ("2026-12-23", "2027-01-04"),
        ("2027-01-01", "2027-01-04"),
        ("2026-12-22", "2026-12-22"),
    ],
)
def test_a_day_on_which_somebody_is_there(day: str, expected: str) -> None:
    assert working_day(DAY(day)) == DAY(expected)


def looking_again() -> Programme:
    """The sample programme with two preset days for looking again."""
    options = (Option("soon", {"da": "6 uger"}, weeks=6), Option("later", {"da": "3 måneder"}, months=3))
    steps = tuple(
        replace(
            step,
            activities=tuple(replace(one, options=options) if one.kind == "plan" else one for one in step.activities),
        )
        for step in PROGRAMME.steps
    )
    return replace(PROGRAMME, steps=steps)


def test_preset_days_are_counted_from_when_the_first_initiative_begins() -> None:
    meeting = Meeting(replace(START, programme=looking_again()), CHOSEN, *TRIED)
    assert [day for _, day in review_presets(meeting.snapshot)] == ["2027-01-04", "2027-02-23"]
    meeting.must(change("anchor-i", "first", None, "2026-12-01"))
    assert [day for _, day in review_presets(meeting.snapshot)] == ["2027-01-12", "2027-03-01"]
