"""Days for looking again: the presets counted from the first date, moved away from days when many are away."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trivsel.domain.programme import Option
from trivsel.domain.things import Anchor
from trivsel.domain.words import Words
from trivsel.domain.workshop import Snapshot

_FURTHEST = 366
"""How far a day is moved at most; further on there is no reason to think that it gets better."""


class Away(Struct, frozen=True):
    """Days that come back every year and on which many are away: a day of the week, weeks, or a stretch of days."""

    what: Words
    """What such a day is, as it stands after "is": in July, a Saturday."""
    weekday: int = 0
    """1 for Monday to 7 for Sunday; 0 for none."""
    weeks: tuple[int, ...] = ()
    """Numbers of weeks (ISO 8601)."""
    first: str = ""
    """The first day, MM-DD; with ``last`` before it, the stretch passes the new year."""
    last: str = ""

    def covers(self, weekday: int, week: int, day: str) -> bool:
        """Whether it is such a day: 1 to 7, the number of its week, and MM-DD."""
        if weekday == self.weekday or week in self.weeks:
            return True
        if self.first <= self.last:
            return bool(self.first) and self.first <= day <= self.last
        return day >= self.first or day <= self.last


class Calendar(Struct, frozen=True):
    """When many are away: what comes back every year, and public holidays by their dates (ISO 8601)."""

    away: tuple[Away, ...] = ()
    holidays: dict[str, Words] = {}

    def why_away(self, day: dt.date) -> Words | None:
        """What keeps people away on that day, a public holiday before anything else; None where nothing does."""
        written = day.isoformat()
        if written in self.holidays:
            return self.holidays[written]
        _, week, weekday = day.isocalendar()
        return next((away.what for away in self.away if away.covers(weekday, week, written[5:])), None)

    def working_day(self, day: dt.date) -> dt.date:
        """The day itself or the next on which a meeting is likely."""
        for days in range(_FURTHEST):
            moved = day + dt.timedelta(days)
            if self.why_away(moved) is None:
                return moved
        return day


def start_of(snapshot: Snapshot) -> dt.date:
    """The day from which the days ahead are counted: when the first initiative begins, else the meeting."""
    starts = [anchor.first for anchor in snapshot.of(Anchor) if anchor.first and anchor.first >= snapshot.day]
    return dt.date.fromisoformat(min(starts, default=snapshot.day))


def review_presets(snapshot: Snapshot, calendar: Calendar) -> list[tuple[Option, str]]:
    """The preset days (ISO 8601) of the programme, counted from when the first initiative begins, else the meeting."""
    start = start_of(snapshot)
    presets = []
    for place in snapshot.programme.kinds("plan"):
        found = snapshot.programme.find(place)
        for option in found[1].options if found else ():
            day = later(start, option.weeks or 0, option.months or 0)
            presets.append((option, calendar.working_day(day).isoformat()))
    return presets


def later(day: dt.date, weeks: int, months: int) -> dt.date:
    """The day so many weeks and months later; the 31st becomes the last day of a shorter month."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = (dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)).day
    return dt.date(year, month, min(day.day, last)) + dt.timedelta(weeks=weeks)
