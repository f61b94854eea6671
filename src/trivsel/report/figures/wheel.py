"""The year wheel: which meetings keep the plan alive, when each initiative begins, and when the group looks again."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from trivsel.content import calendar, say
from trivsel.domain.calendar import later
from trivsel.domain.things import Anchor, Forum, Review
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import ANCHORING, GOALS, INITIATIVES, RESOURCES, draw, lines, template

Legend = Literal["beside", "below", "key", "none"]
"""Where the words stand. "key" is below and leaves out the first dates, for where a table with the same numbers has
them; with "none" whoever shows the wheel must say everything."""

CENTRE = 170.0
ORBIT = 137.0
"""Radius on which the days for looking again stand, outside the meetings."""
MONTHS = 157.0
OUTER, STEP, RINGS = 115.0, 24.0, 4
MARKER = 9.5
"""Radius of a numbered first date."""

_COLOURS = (ANCHORING, GOALS, RESOURCES, INITIATIVES)
_DAYS = {"week": 7, "fortnight": 14}
_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_WIDTHS = {"day": 4, "week": 5, "fortnight": 7}
_wheel = template("wheel")


class Ring(Struct, frozen=True):
    """One forum: where its ring lies, its meetings as one path of points, and how they are drawn."""

    radius: float
    track: str
    points: str
    colour: str
    width: float
    cap: str
    hollow: bool
    daily: bool
    name: str
    words: str


class Year(Struct, frozen=True):
    """The twelve months of the wheel, ``ends`` not among them."""

    begins: dt.date
    ends: dt.date

    def __contains__(self, day: dt.date) -> bool:
        return self.begins <= day < self.ends

    def __str__(self) -> str:
        return str(self.begins.year) if self.begins.month == 1 else f"{self.begins.year}–{self.ends.year % 100:02}"


class Start(Struct, frozen=True):
    """An initiative that has a first date; ``number`` is its number in the plan, ``forum`` where it is taken up."""

    number: str
    title: str
    forum: str | None
    day: dt.date


class Mark(Struct, frozen=True):
    """A point on the wheel."""

    x: str
    y: str
    sign: str = ""


class Row(Struct, frozen=True):
    """One line of the legend: what it explains, the words in lines, and how far down it stands."""

    kind: str
    words: list[str]
    y: float
    sign: str = ""
    ring: Ring | None = None


def in_year_wheel(snapshot: Snapshot) -> bool:
    """Whether there is anything for the wheel to show."""
    return bool(snapshot.of(Review)) or any(anchor.forum or anchor.first for anchor in _anchors(snapshot))


def year_wheel(snapshot: Snapshot, language: str, prefix: str, legend: Legend = "beside") -> str:
    """The wheel of the twelve months from when the plan begins, as SVG; with an empty plan a calm, empty wheel."""
    words = say(language)
    year = _year(snapshot)
    forums = _forums(snapshot)[:RINGS]
    rings = [_ring(forum, first, year, index=i, language=language) for i, (forum, first) in enumerate(forums)]
    reviews = [dt.date.fromisoformat(day) for day in sorted({review.date for review in snapshot.of(Review)})]
    starts = _starts(snapshot, language)
    explained = list(_explained(language, rings, starts, [r for r in reviews if r in year], _after(reviews, year)))
    below = legend in ("below", "key")
    listed = explained if legend in ("beside", "below") else []
    if legend == "key":
        listed = [("forum", ring.name, "", ring) for ring in rings]
        listed += [("review", words("figure.key_reviews"), "", None)] if reviews else []
    rows = _rows(listed, 36 if below else 42, 3 if legend == "key" else 8)
    deep = rows[-1].y + 20 * len(rows[-1].words) if rows else 0.0
    return draw(
        _wheel,
        prefix,
        width=700 if legend == "beside" else 340,
        height=round(354 + deep) if below else 340,
        legend_x=372 if legend == "beside" else 14,
        legend_y=max(16.0, (340 - deep) / 2) if legend == "beside" else 350.0,
        title=words("figure.wheel", year=year),
        says=" ".join(f"{text.rstrip('.')}." for _, text, _, _ in explained) + " " + words("figure.july_free"),
        year=str(year),
        months=[_mark(MONTHS, 30 * month + 15, words(f"figure.month_{month + 1}")) for month in range(12)],
        free=_mark(OUTER - STEP * max(len(rings) - 1, 0) / 2, 195, words("figure.free")),
        empty_track="" if rings else _track(OUTER),
        orbit=_track(ORBIT),
        rings=rings,
        starts=_placed(starts, {forum.id: index for index, (forum, _) in enumerate(forums)}, year),
        reviews=[_mark(ORBIT, _angle(day)) for day in reviews if day in year],
        later=[_mark(ORBIT, _angle(day)) for day in _after(reviews, year) if day < later(year.ends, 0, 12)],
        rows=rows,
        half=MARKER,
    )


def _year(snapshot: Snapshot) -> Year:
    """The twelve months from the one in which the plan begins."""
    days = [anchor.first for anchor in _anchors(snapshot) if anchor.first]
    days += [review.date for review in snapshot.of(Review)]
    begins = dt.date.fromisoformat(min(days, default=snapshot.day)).replace(day=1)
    return Year(begins, later(begins, 0, 12))


def _after(days: Sequence[dt.date], year: Year) -> list[dt.date]:
    return [day for day in days if day >= year.ends]


def _anchors(snapshot: Snapshot) -> list[Anchor]:
    found = [snapshot.anchor(initiative.id) for initiative in snapshot.tried()]
    return [anchor for anchor in found if anchor is not None]


def _forums(snapshot: Snapshot) -> list[tuple[Forum, str | None]]:
    """The meetings in use, the most frequent outermost, each with the first day something is taken up there."""
    anchors = _anchors(snapshot)
    rhythms = ("day", "week", "fortnight", "month", "quarter", "half", "year")
    used = [forum for forum in snapshot.of(Forum) if any(anchor.forum == forum.id for anchor in anchors)]
    used.sort(key=lambda forum: rhythms.index(forum.rhythm))
    return [(f, min((a.first for a in anchors if a.forum == f.id and a.first), default=None)) for f in used]


def _starts(snapshot: Snapshot, language: str) -> list[Start]:
    """Every initiative that has a first date, in the order of the plan."""
    found = []
    for number, initiative in enumerate(snapshot.tried(), 1):
        anchor = snapshot.anchor(initiative.id)
        if anchor is not None and anchor.first:
            day = dt.date.fromisoformat(anchor.first)
            found.append(Start(str(number), initiative.title.read(language), anchor.forum, day))
    return found


def _ring(forum: Forum, first: str | None, year: Year, *, index: int, language: str) -> Ring:
    radius = OUTER - STEP * index
    days = meetings(forum.rhythm, first, year)
    words, name = say(language), forum.name.read(language)
    return Ring(
        radius=radius,
        track=_track(radius),
        points="".join(f"M{x} {y}h.01" for x, y in (_point(radius, _angle(day)) for day in days)),
        colour=_COLOURS[index],
        width=_WIDTHS.get(forum.rhythm, 11),
        cap="round" if index in (0, 1) else "square",
        hollow=index in (1, 3) and forum.rhythm not in _WIDTHS,
        daily=forum.rhythm == "day",
        name=name,
        words=words("figure.forum", forum=name, rhythm=words(f"choice.rhythm_{forum.rhythm}")),
    )


def meetings(rhythm: str, first: str | None, year: Year) -> list[dt.date]:
    """The days of a forum within the year, counted from ``first`` or from the middle of the first month. July is kept
    free: a monthly meeting is left out, a rarer one comes after it. A daily one has no days of its own."""
    start = dt.date.fromisoformat(first) if first else year.begins.replace(day=15)
    return [day for day in _steps(rhythm, max(start, year.begins), year.ends) if day in year and day.month != 7]


def _steps(rhythm: str, start: dt.date, ends: dt.date) -> Iterator[dt.date]:
    if rhythm in _DAYS:
        for gone in range(0, max((ends - start).days, 0), _DAYS[rhythm]):
            yield start + dt.timedelta(days=gone)
    elif rhythm in _MONTHS:
        for month in range(0, 12, _MONTHS[rhythm]):
            day = later(start, 0, month)
            yield calendar().working_day(day) if rhythm != "month" and day.month == 7 else day


def _placed(starts: Sequence[Start], rings: dict[str, int], year: Year) -> list[Mark]:
    """First dates on the ring of their forum, moved apart so that every number can be read."""
    placed: list[Mark] = []
    ahead: dict[float, float] = {}
    for start in sorted((start for start in starts if start.day in year), key=lambda start: start.day):
        radius = OUTER - STEP * rings[start.forum] if start.forum in rings else ORBIT
        turned = 360 if start.day.year > year.begins.year else 0
        angle = max(_angle(start.day) + turned, ahead.get(radius, -1.0))
        ahead[radius] = angle + math.degrees((2 * MARKER + 1) / radius)
        placed.append(_mark(radius, angle, start.number))
    return placed


def _explained(
    language: str, rings: Sequence[Ring], starts: Sequence[Start], now: Sequence[dt.date], after: Sequence[dt.date]
) -> Iterator[tuple[str, str, str, Ring | None]]:
    """Everything the wheel shows, in words: what kind of sign, the words, what is written in it, and its ring."""
    words = say(language)
    if not (rings or starts or now or after):
        yield "empty", words("figure.wheel_empty"), "", None
    for ring in rings:
        yield "forum", ring.words, "", ring
    for start in starts:
        date = words.date(start.day.isoformat())
        yield "start", words("figure.begins", title=start.title, date=date), start.number, None
    for kind, days in (("review", now), ("later", after)):
        if days:
            dates = words.names([words.date(day.isoformat()) for day in days])
            yield kind, words("figure.reviews", dates=dates), "", None


def _rows(explained: Sequence[tuple[str, str, str, Ring | None]], width: int, gap: int) -> list[Row]:
    rows, y = [], 0.0
    for kind, text, sign, ring in explained:
        folded = lines(text, width)
        rows.append(Row(kind, folded, y, sign, ring))
        y += 20 * len(folded) + gap
    return rows


def _angle(day: dt.date) -> float:
    """Degrees clockwise from 1 January at the top; every month has 30."""
    days = (later(day.replace(day=1), 0, 1) - day.replace(day=1)).days
    return 30 * (day.month - 1 + (day.day - 1) / days)


def _point(radius: float, angle: float) -> tuple[str, str]:
    turn = math.radians(angle)
    return f"{CENTRE + radius * math.sin(turn):.1f}", f"{CENTRE - radius * math.cos(turn):.1f}"


def _mark(radius: float, angle: float, sign: str = "") -> Mark:
    return Mark(*_point(radius, angle), sign)


def _track(radius: float) -> str:
    """Eleven months of a ring: from August round to the end of June."""
    (x1, y1), (x2, y2) = _point(radius, 211.5), _point(radius, 178.5)
    return f"M{x1} {y1}A{radius:g} {radius:g} 0 1 1 {x2} {y2}"
