"""Days ahead: counted from the first date, and moved away from days when many are away."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from tests.domain.samples import ANCHOR, DECIDE, IDEAS, PRIORITISE, PROGRAMME, START, Meeting, add, change, goal
from tests.domain.samples import initiative as idea
from trivsel.domain.calendar import Away, Calendar, later, review_presets
from trivsel.domain.programme import Option, Programme

DAY = dt.date.fromisoformat
CALENDAR = Calendar(
    (
        Away({"da": "en søndag"}, weekday=7),
        Away({"da": "i uge 42"}, weeks=(42,)),
        Away({"da": "i juli"}, first="07-01", last="07-31"),
        Away({"da": "i juleferien"}, first="12-23", last="01-02"),
    ),
    {"2027-05-17": {"da": "anden pinsedag"}, "2027-07-05": {"da": "en helligdag i juli"}},
)


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
    ("day", "why"),
    [
        ("2026-11-23", None),
        ("2026-11-29", "en søndag"),
        ("2027-10-17", "en søndag"),
        ("2027-10-18", "i uge 42"),
        ("2027-10-22", "i uge 42"),
        ("2027-10-25", None),
        ("2027-06-30", None),
        ("2027-07-01", "i juli"),
        ("2027-07-31", "i juli"),
        ("2026-12-22", None),
        ("2026-12-23", "i juleferien"),
        ("2026-12-31", "i juleferien"),
        ("2027-01-01", "i juleferien"),
        ("2027-01-02", "i juleferien"),
        ("2027-01-04", None),
        ("2027-05-17", "anden pinsedag"),
        ("2027-07-05", "en helligdag i juli"),
    ],
)
def test_what_keeps_people_away(day: str, why: str | None) -> None:
    assert CALENDAR.why_away(DAY(day)) == (why and {"da": why})


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-11-23", "2026-11-23"),
        ("2026-11-29", "2026-11-30"),
        ("2027-07-01", "2027-08-02"),
        ("2026-12-23", "2027-01-04"),
        ("2027-05-16", "2027-05-18"),
        ("2027-10-18", "2027-10-25"),
    ],
)
def test_a_day_when_many_are_away_is_moved_to_the_next_when_they_are_there(day: str, expected: str) -> None:
    assert CALENDAR.working_day(DAY(day)) == DAY(expected)


def test_where_everybody_is_always_away_a_day_stays_where_it_is() -> None:
    never = Calendar((Away({"da": "altid"}, weeks=tuple(range(1, 54))),))
    assert never.working_day(DAY("2026-11-23")) == DAY("2026-11-23")


def test_without_a_calendar_every_day_is_a_working_day() -> None:
    assert Calendar().working_day(DAY("2027-07-04")) == DAY("2027-07-04")


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
    meeting = Meeting(
        replace(START, programme=looking_again()),
        add(goal("g", chosen=True), place=PRIORITISE),
        add(idea("i", goals=("g",)), place=IDEAS),
        change("i", "decision", "", "yes", place=DECIDE),
    )
    assert [day for _, day in review_presets(meeting.snapshot, CALENDAR)] == ["2027-01-04", "2027-02-23"]
    meeting.must(change("anchor-i", "first", None, "2026-11-30", place=ANCHOR))
    assert [day for _, day in review_presets(meeting.snapshot, CALENDAR)] == ["2027-01-11", "2027-03-01"]
    meeting.must(change("anchor-i", "first", "2026-11-30", "2027-04-05", place=ANCHOR))
    assert [day for _, day in review_presets(meeting.snapshot, CALENDAR)] == ["2027-05-18", "2027-08-02"]
