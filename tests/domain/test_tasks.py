"""What is left to do after the meeting: where tasks come from, when they go, and who keeps them."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain import samples as s
from tests.domain import strategies
from trivsel.domain import commands as c
from trivsel.domain.calendar import Away, Calendar
from trivsel.domain.standing import activity_mark
from trivsel.domain.tasks import ALWAYS, corrected, task_id, tasks
from trivsel.domain.things import WORKPLACE, Commitment, Review, Task

WEEKENDS = Calendar((Away({"da": "en lørdag"}, weekday=6), Away({"da": "en søndag"}, weekday=7)))
LEFT = {s.MEASURE, s.DECIDE, s.ALLOCATE, s.COMMIT, s.PLAN}
"""The activities of the sample that have a task here."""


def _with_tasks() -> c.StartWorkshop:
    steps = tuple(
        replace(
            step,
            activities=tuple(
                replace(one, task={"da": f"Gør {one.key}", "en": f"Do {one.key}"}) if f"{step.key}.{one.key}" in LEFT
                else one
                for one in step.activities
            ),
        )
        for step in s.PROGRAMME.steps
    )  # fmt: skip
    return replace(s.START, programme=replace(s.PROGRAMME, steps=steps))


START = _with_tasks()


def places(meeting: s.Meeting) -> list[str]:
    return [item.place for item in tasks(meeting.snapshot, WEEKENDS)]


def test_what_was_not_reached_and_has_a_task_is_left_after_what_every_meeting_leaves() -> None:
    assert places(s.Meeting(START)) == [*ALWAYS, *(place for place in s.PLACES if place in LEFT)]


GOAL = s.add(s.goal("g", chosen=True), place=s.PRIORITISE)
TRIED = (s.add(s.initiative("i"), place=s.IDEAS), s.change("i", "decision", "", "yes", place=s.DECIDE))


@pytest.mark.parametrize(
    ("place", "commands", "left"),
    [
        (s.MEASURE, (GOAL,), True),
        (s.MEASURE, (GOAL, s.change("g", "sign", None, s.text("Vi ler"))), True),
        (s.MEASURE, (GOAL, s.change("g", "indicator", None, s.text("Stille timer"))), False),
        (s.MEASURE, (s.add(s.goal("g", chosen=True, entry=s.goal_entry("f", never=True), sign=s.text("Ro"))),), False),
        (s.DECIDE, (s.add(s.initiative("i")),), True),
        (s.DECIDE, TRIED, False),
        (s.DECIDE, (*TRIED, s.add(s.initiative("j"))), False),
        (s.DECIDE, (*TRIED, s.add(s.initiative("j")), c.PlanActivity(s.DECIDE, "after")), True),
        (s.DECIDE, (*TRIED, c.PlanActivity(s.DECIDE, "after")), False),
        (s.COMMIT, (s.change(WORKPLACE, "leader_absent", False, True),), True),
        (s.COMMIT, (s.add(Commitment("p", "time", s.text("To timer"))),), False),
        (s.PLAN, (s.add(Review("r", "2027-01-11")),), False),
        (s.ANCHOR, (), False),
    ],
)
def test_when_an_activity_leaves_a_task(place: str, commands: tuple[c.Command, ...], left: bool) -> None:
    assert (place in places(s.Meeting(START, *commands))) is left


def test_who_must_be_asked_or_told_is_a_task_as_long_as_it_is_decided_so() -> None:
    meeting = s.Meeting(
        START,
        s.add(s.initiative("i", approver="amo"), s.initiative("j", approver="ourselves"), place=s.IDEAS),
        s.add(s.initiative("d", duty="yes", duty_who=s.text("Lederen"), duty_when="2027-01-11"), place=s.IDEAS),
        *(s.change(id, "decision", "", "yes", place=s.DECIDE) for id in ("i", "j")),
    )
    assert places(meeting)[len(ALWAYS) :][:2] == ["duty-d", "yes-i"]
    told = next(item for item in tasks(meeting.snapshot, WEEKENDS) if item.place == "duty-d")
    assert (told.who, told.due, told.done) == (s.text("Lederen"), "2027-01-11", False)
    meeting.must(s.add(Task(task_id("duty-d"), "duty-d", done=True)))
    told = next(item for item in tasks(meeting.snapshot, WEEKENDS) if item.place == "duty-d")
    assert (told.who, told.done) == (s.text("Lederen"), True)
    meeting.must(s.change("i", "decision", "yes", "later", place=s.DECIDE))
    assert "yes-i" not in places(meeting)
    assert isinstance(meeting.try_(s.add(Task(task_id("yes-i"), "yes-i"))), c.Refusal)


def test_a_task_is_kept_as_soon_as_somebody_takes_it() -> None:
    kept = Task(task_id(s.PLAN), s.PLAN, s.text("Mette"), "2026-12-01")
    meeting = s.Meeting(START, s.add(kept), s.change(kept.id, "done", False, True))
    item = next(one for one in tasks(meeting.snapshot, WEEKENDS) if one.place == s.PLAN)
    assert (item.id, item.who, item.due, item.done) == (kept.id, s.text("Mette"), "2026-12-01", True)
    assert item.words["da"] == "Gør plan"


@pytest.mark.parametrize(
    ("id", "place"),
    [("task-nowhere", "nowhere"), ("another", s.PLAN), (task_id(s.COMMIT), s.PLAN), ("task-", "")],
)
def test_a_task_belongs_to_one_activity_and_that_one_has_no_other(id: str, place: str) -> None:
    assert s.Meeting(START).refused(s.add(Task(id, place))) == "unknown_activity"


def test_what_every_meeting_leaves_has_a_date_when_people_are_at_work() -> None:
    friday = s.Meeting(START, c.CloseMeeting("2026-11-20"))
    due = {item.place: item.due for item in tasks(friday.snapshot, WEEKENDS)}
    assert (due["share"], due["absent"], due["comments"]) == ("2026-11-23", "2026-11-27", "2026-11-30")
    assert due[s.PLAN] is None


def test_a_date_that_somebody_has_taken_away_stays_away() -> None:
    meeting = s.Meeting(START, c.CloseMeeting("2026-11-20"), s.add(Task(task_id("share"), "share", s.text("Ali"))))
    assert tasks(meeting.snapshot, WEEKENDS)[0].due is None


def test_who_does_a_task_is_no_change_of_the_plan_and_a_day_names_a_change_once() -> None:
    meeting = s.Meeting(START, GOAL, s.change("g", "sign", None, s.text("Vi ler")), c.CloseMeeting("2026-11-20"))
    meeting.must(s.add(Task(task_id("share"), "share", s.text("Ali"))))
    meeting.must(s.change("g", "sign", s.text("Vi ler"), s.text("Vi ler højt")))
    meeting.must(s.change("g", "sign", s.text("Vi ler højt"), s.text("Vi ler meget")))
    assert [(one.id, one.label) for one in corrected(meeting.snapshot)] == [("g", "goal.sign")]


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_has_happened_no_activity_is_named_twice_and_what_is_ready_is_gone(data: st.DataObject) -> None:
    meeting = s.Meeting(START)
    for _ in range(data.draw(st.integers(0, 25))):
        meeting.try_(strategies.command(data.draw, meeting.snapshot))
    snapshot = meeting.snapshot
    found = tasks(snapshot, WEEKENDS)
    assert len({item.place for item in found}) == len(found)
    assert len({item.id for item in found}) == len(found)
    for item in found[len(ALWAYS) :]:
        if item.place not in (s.MEASURE, s.COMMIT):
            assert activity_mark(snapshot, item.place) != "ready"
    if all(goal.indicator for goal in snapshot.chosen()) and activity_mark(snapshot, s.MEASURE) == "ready":
        assert s.MEASURE not in {item.place for item in found}
    if snapshot.of(Commitment):
        assert s.COMMIT not in {item.place for item in found}
    assert all(dt.date.fromisoformat(item.due) for item in found if item.due)
