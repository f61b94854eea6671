"""Reads the days and numbers that people type, the Danish way and the English way."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from functools import cache

from trivsel.content.mistakes import ContentError
from trivsel.content.texts import languages, say

_UNIT = r"kr|kroner|dkk|%|procent|pct|percent|timer|time|t|hours|hour|h"
_MONEY = ("kr", "kroner", "dkk")
_NUMBER = re.compile(
    rf"(?:(?P<before>dkk|kr)\.?\s*)?(?P<minus>[-−–])?\s*(?P<digits>\d[\d.,\s]*?)?\s*(?P<part>[½¼¾])?"
    rf"(?P<even>,-)?\s*(?:(?P<after>{_UNIT})\.?)?",
    re.IGNORECASE,
)
_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def read_number(text: str, language: str) -> float:
    """The number somebody typed: ``1,5``, ``1.234,5``, ``12.000``, ``12 000 kr.``, ``62 %``, ``2½ time``.

    A single comma or point with three digits after it is read as ``language`` reads it, and in an amount of money
    always as thousands; where only one reading is possible, that one is taken in every language.
    Raises ContentError for what is no number.
    """
    if not text.strip():
        raise ContentError("empty_number")
    found = _NUMBER.fullmatch(" ".join(text.split()))
    if found is None or not (found["digits"] or found["part"]):
        raise ContentError("not_a_number", value=text.strip())
    money = bool(found["before"] or found["even"] or (found["after"] or "").lower() in _MONEY)
    plain = _plain(found["digits"] or "0", language, money=money)
    if plain is None or (found["part"] and "." in plain):
        raise ContentError("not_a_number", value=text.strip())
    value = float(plain) + _PARTS.get(found["part"] or "", 0.0)
    return -value if found["minus"] else value


def _plain(digits: str, language: str, *, money: bool) -> str | None:
    """The digits with a point for the decimals and nothing between thousands, or None if they make no number."""
    comma = _decimal_comma(language)
    for decimal in (",", ".") if comma else (".", ","):
        thousands = "." if decimal == "," else ","
        grouped = re.fullmatch(rf"(\d{{1,3}}(?:[{thousands} ]\d{{3}})+|\d+)(?:{re.escape(decimal)}(\d+))?", digits)
        if grouped is None or len(set(re.findall(r"[., ]", grouped[1]))) > 1:
            continue
        if money and grouped[2] is not None and len(grouped[2]) == 3 and grouped[1].isdigit() and len(grouped[1]) < 4:
            continue
        return re.sub(r"[., ]", "", grouped[1]) + (f".{grouped[2]}" if grouped[2] else "")
    return None


@cache
def _decimal_comma(language: str) -> bool:
    from babel.numbers import get_decimal_symbol

    return get_decimal_symbol(say(language)("format.locale")) == ","


_WEEK = re.compile(
    r"(?:i\s+|in\s+)?(?:uge|week)\s*(?P<week>\d{1,2})(?:[,.]?\s*(?:i\s+|in\s+)?(?P<year>\d{4}))?\.?", re.IGNORECASE
)
_PREFIX = re.compile(r"^(?:(?:the|den|d)\b\.?\s*)", re.IGNORECASE)
_SHAPES = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        r"(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})",
        r"(?P<day>\d{1,2})(?:\s*[-./]\s*|\s)(?P<month>\d{1,2})(?:\s*[-./]\s*|\.?\s+)(?P<year>\d{4}|\d{2})\.?",
        r"(?P<day>\d{1,2})\s*[-./]\s*(?P<month>\d{1,2})\.?",
        r"(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])",
        r"(?P<day>\d{2})(?P<month>\d{2})(?P<year>\d{4}|\d{2})",
        r"(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?-?(?P<name>[^\W\d]+)\.?,?\s*-?(?P<year>\d{4}|\d{2})?",
        r"(?P<name>[^\W\d]+)\.?\s*(?P<day>\d{1,2})(?:st|nd|rd|th|\.)?,?(?:\s+(?P<year>\d{4}))?",
    )
)


def read_day(text: str, language: str, today: dt.date | None = None) -> str:
    """The day somebody typed, as ISO 8601: ``18-01-2027``, ``18.1.27``, ``18/1 2027``, ``18. januar``, ``uge 9``.

    The day comes before the month in both languages, and the names of months are known in all of them. Without a
    year it is the next such day from ``today``. A week is its Monday, or the day of the week in front; in front of a
    date the day of the week must fit. Raises ContentError.
    """
    today = today or dt.datetime.now().astimezone().date()
    written = " ".join(text.split())
    if not written:
        raise ContentError("empty_day")
    for days, key in enumerate(("reading.today", "reading.tomorrow")):
        if written.casefold() in {say(one)(key) for one in languages()}:
            return (today + dt.timedelta(days)).isoformat()
    weekday, rest = _without_weekday(written)
    if week := _WEEK.fullmatch(rest):
        return _day_of_week(int(week["week"]), week["year"], weekday[0] if weekday else 0, written, today).isoformat()
    rest = _PREFIX.sub("", rest)
    found = next((match for shape in _SHAPES if (match := shape.fullmatch(rest))), None)
    parts = found.groupdict() if found else {}
    month = _month(parts["name"]) if parts.get("name") else int(parts.get("month") or 0)
    if found is None or (parts.get("name") and month is None):
        raise ContentError("not_a_day", value=written)
    day = _day(int(parts["day"]), month or 0, parts.get("year"), today)
    if day is None:
        raise ContentError("no_such_day", value=written)
    if not 2000 <= day.year <= 2099:
        raise ContentError("day_too_far", value=written)
    if weekday is not None and day.weekday() != weekday[0]:
        raise ContentError("wrong_weekday", day=say(language).date(day.isoformat()), weekday=weekday[1])
    return day.isoformat()


def _day(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    """The date, or None if there is none; without a year the next one, on a leap day up to eight years ahead."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    if year is not None:
        full = int(year) + (2000 if len(year) == 2 else 0)
        if full == 0:
            return None
        return dt.date(full, month, day) if day <= calendar.monthrange(full, month)[1] else None
    for full in range(today.year, today.year + 9):
        if day <= calendar.monthrange(full, month)[1] and dt.date(full, month, day) >= today:
            return dt.date(full, month, day)
    return None


def _day_of_week(week: int, year: str | None, weekday: int, written: str, today: dt.date) -> dt.date:
    """The day in that week; without a year the next one. Some years have a week 53, and most have not."""
    this = today.isocalendar().year
    for full in (int(year),) if year else range(this, this + 9):
        if not 2000 <= full <= 2099:
            raise ContentError("day_too_far", value=written)
        try:
            day = dt.date.fromisocalendar(full, week, weekday + 1)
        except ValueError:
            continue
        if year or day >= today:
            return day
    raise ContentError("no_such_day", value=written)


def _without_weekday(text: str) -> tuple[tuple[int, str] | None, str]:
    """The day of the week in front, if there is one, and the rest: ``mandag den 18/1``, ``Mon 18 Jan``."""
    first, _, rest = text.partition(" ")
    name = first.rstrip(".,").casefold()
    numbers = _named("days", name)
    return ((next(iter(numbers)), first.rstrip(".,")), rest) if rest and len(numbers) == 1 else (None, text)


def _month(name: str) -> int | None:
    numbers = _named("months", name.casefold())
    return next(iter(numbers)) if len(numbers) == 1 else None


def _named(what: str, name: str) -> set[int]:
    """The numbers of the months (1 to 12) or days (0 is Monday) that begin with ``name``, of three letters or more."""
    return {number for full, number in _names(what) if len(name) >= 3 and full.startswith(name)}


@cache
def _names(what: str) -> tuple[tuple[str, int], ...]:
    from babel.dates import get_day_names, get_month_names

    names = get_month_names if what == "months" else get_day_names
    return tuple(
        (name.casefold(), number)
        for language in languages()
        for number, name in names("wide", locale=say(language)("format.locale")).items()
    )
