"""Days for looking again: the presets counted from the first date, moved away from days when nobody is there."""

from __future__ import annotations

import datetime as dt

from trivsel.domain.programme import Option
from trivsel.domain.things import Anchor
from trivsel.domain.workshop import Snapshot


def review_presets(snapshot: Snapshot) -> list[tuple[Option, str]]:
    """The preset days (ISO 8601) of the programme, counted from when the first initiative begins, else the meeting."""
    starts = [anchor.first for anchor in snapshot.of(Anchor) if anchor.first and anchor.first >= snapshot.day]
    start = dt.date.fromisoformat(min(starts, default=snapshot.day))
    presets = []
    for place in snapshot.programme.kinds("plan"):
        found = snapshot.programme.find(place)
        for option in found[1].options if found else ():
            presets.append((option, working_day(later(start, option.weeks or 0, option.months or 0)).isoformat()))
    return presets


def later(day: dt.date, weeks: int, months: int) -> dt.date:
    """The day so many weeks and months later; the 31st becomes the last day of a shorter month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last)) + dt.timedelta(weeks=weeks)


def working_day(day: dt.date) -> dt.date:
    """The day itself or the next on which a meeting is likely: no weekend, not July, not 23 December to 2 January."""
    while day.weekday() > 4 or day.month == 7 or (day.month, day.day) >= (12, 23) or (day.month, day.day) <= (1, 2):
        day += dt.timedelta(days=1)
    return day
