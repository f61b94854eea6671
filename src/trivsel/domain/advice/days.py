"""Days ahead that will not work: none at all, too far off, gone already, or when many are away."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import pairwise

from trivsel.domain.advice.finding import Finding, place_of
from trivsel.domain.calendar import Calendar, later, start_of
from trivsel.domain.things import Commitment, Review
from trivsel.domain.workshop import Snapshot

MONTHS = 12
"""The longest there may be between two looks at the plan."""


def days(snapshot: Snapshot, calendar: Calendar) -> Iterator[Finding]:
    """Deadlines, first dates and days for looking again. Each finding names one day, so that the line stays short."""
    yield from _deadlines(snapshot)
    anchors = [snapshot.anchor(one.id) for one in snapshot.tried()]
    starts = sorted(anchor.first for anchor in anchors if anchor and anchor.first)
    reviews = sorted(review.date for review in snapshot.of(Review))
    routines, when = place_of(snapshot, "anchor"), place_of(snapshot, "plan")
    if routines:
        yield from _gone("first_gone", routines, snapshot, starts)
        yield from _away("first_away", routines, calendar, starts)
    if when is None:
        return
    if snapshot.tried() and not reviews:
        yield Finding("no_review", "room", when)
    yield from _gone("review_gone", when, snapshot, reviews)
    yield from _far(when, snapshot, calendar, reviews)
    yield from _away("review_away", when, calendar, reviews)


def _deadlines(snapshot: Snapshot) -> Iterator[Finding]:
    """The first deadline that has passed, of a goal, a duty or a promise: most often a year typed wrong."""
    deadlines = (
        (place_of(snapshot, "measure"), [goal.due for goal in snapshot.chosen()]),
        (place_of(snapshot, "decide", "ideas"), [duty.duty_when for duty in snapshot.duties()]),
        (place_of(snapshot, "commit"), [promise.date for promise in snapshot.of(Commitment)]),
    )
    for place, dates in deadlines:
        gone = list(_gone("deadline_gone", place, snapshot, sorted(filter(None, dates)))) if place else []
        if gone:
            yield gone[0]
            return


def _gone(key: str, place: str, snapshot: Snapshot, dates: list[str]) -> Iterator[Finding]:
    gone = [day for day in dates if day < snapshot.day]
    if gone:
        yield Finding(key, "room", place, day=gone[0], at_once=True)


def _away(key: str, place: str, calendar: Calendar, dates: list[str]) -> Iterator[Finding]:
    for day in dates:
        what = calendar.why_away(dt.date.fromisoformat(day))
        if what:
            yield Finding(key, "room", place, day=day, what=what, at_once=True)
            return


def _far(place: str, snapshot: Snapshot, calendar: Calendar, reviews: list[str]) -> Iterator[Finding]:
    """More than a year without looking; a year's day that had to be moved is still a year."""
    ahead = {dt.date.fromisoformat(day) for day in reviews if day >= snapshot.day}
    for one, other in pairwise(sorted({start_of(snapshot), *ahead})):
        if other > calendar.working_day(later(one, 0, MONTHS)):
            yield Finding("review_far", "room", place, day=other.isoformat())
            return
