"""The calendar of Denmark: public holidays by themselves, and a table of other days, which can be changed."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from trivsel.content import ContentError, calendar, languages, place
from trivsel.content.holidays import YEARS, read_calendar, reckoned

KIT = place("calendar", "denmark.toml")


@pytest.mark.parametrize(
    ("day", "danish", "english"),
    [
        ("2027-03-25", "skærtorsdag", "Maundy Thursday"),
        ("2027-03-26", "langfredag", "Good Friday"),
        ("2027-03-29", "anden påskedag", "Easter Monday"),
        ("2023-05-05", "store bededag", "Great Prayer Day"),
        ("2027-05-06", "Kristi himmelfartsdag", "Ascension Day"),
        ("2027-05-07", "dagen efter Kristi himmelfartsdag", "the day after Ascension Day"),
        ("2027-05-17", "anden pinsedag", "Pentecost Monday"),
        ("2026-12-25", "juledag", "Christmas Day"),
        ("2026-11-28", "en lørdag", "a Saturday"),
        ("2026-11-29", "en søndag", "a Sunday"),
        ("2027-02-15", "i vinterferien", "in the winter school holidays"),
        ("2027-02-26", "i vinterferien", "in the winter school holidays"),
        ("2026-06-05", "grundlovsdag", "Constitution Day"),
        ("2027-07-12", "i juli", "in July"),
        ("2026-10-12", "i efterårsferien", "in the autumn school holidays"),
        ("2026-12-23", "i juleferien", "in the Christmas holidays"),
        ("2099-07-01", "i juli", "in July"),
    ],
)
def test_what_keeps_people_away_in_denmark(day: str, danish: str, english: str) -> None:
    assert calendar().why_away(dt.date.fromisoformat(day)) == {"da": danish, "en": english}


@pytest.mark.parametrize(
    "day",
    ["2026-11-23", "2024-04-26", "2026-12-22", "2027-01-04", "2027-03-24", "2027-03-01", "2027-06-30", "2027-10-25"],
)
def test_an_ordinary_day_keeps_nobody_away(day: str) -> None:
    """26 April 2024 would have been Great Prayer Day if that had not been given up."""
    assert calendar().why_away(dt.date.fromisoformat(day)) is None


def test_a_year_has_days_enough_to_meet_on() -> None:
    for year in (YEARS[0], 2026, 2027, YEARS[-1]):
        days = [dt.date(year, 1, 1) + dt.timedelta(n) for n in range(365)]
        assert 190 < sum(calendar().why_away(day) is None for day in days) < 230


def test_every_holiday_has_a_name_in_every_language() -> None:
    holidays = calendar().holidays
    assert len(holidays) > 10 * len(YEARS)
    assert all(tuple(words) == languages() and all(words.values()) for words in holidays.values())


def test_the_holidays_that_are_written_down_are_those_of_the_library() -> None:
    known = reckoned("DK")
    assert len(known) > 10 * len(YEARS)
    assert {day: words for day, words in calendar().holidays.items() if day in known} == known


def test_a_kernel_needs_no_library_for_the_danish_calendar() -> None:
    code = "import sys; from trivsel.content import calendar; calendar(); print('holidays' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


# --- a table that can be changed


def changed(folder: Path, *changes: tuple[str, str]) -> Path:
    """The kit's calendar in another folder, with changes."""
    text = KIT.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "calendar" / "denmark.toml"
    path.parent.mkdir()
    path.write_text(text, "utf-8")
    return path


def test_a_trainer_has_the_winter_holidays_of_their_own_town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(tmp_path, ("weeks = [7, 8]", "weeks = [8]"))
    monkeypatch.setenv("TRIVSEL_CONTENT", str(tmp_path))
    assert calendar().why_away(dt.date(2027, 2, 15)) is None
    assert calendar().why_away(dt.date(2027, 2, 22)) == {
        "da": "i vinterferien",
        "en": "in the winter school holidays",
    }


@pytest.mark.parametrize("written", ["24. december", "24/12", "24 Dec"])
def test_a_day_is_written_as_one_writes_it(tmp_path: Path, written: str) -> None:
    found = read_calendar(changed(tmp_path, ("23 December", written)))
    assert found.why_away(dt.date(2026, 12, 23)) is None
    assert found.why_away(dt.date(2026, 12, 24))


def test_another_country_has_its_own_holidays(tmp_path: Path) -> None:
    found = read_calendar(changed(tmp_path, ('"DK"', '"SE"')))
    assert found.why_away(dt.date(2026, 1, 6))
    assert calendar().why_away(dt.date(2026, 1, 6)) is None


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ('"DK"', '"Danmark"', "country", "Danmark"),
        ("weeks = [42]", "weeks = [54]", "away.autumn.weeks", "54 is not between 1 and 53"),
        ("weeks = [42]", 'weeks = ["uge 42"]', "away.autumn.weeks", "uge 42"),
        ("weeks = [42]", "", "away.autumn.weeks", "is missing"),
        ("weeks = [42]", "week = [42]", "away.autumn.week", "week"),
        ("weekday = 7", "weekday = 8", "away.sunday.weekday", "8"),
        ('last = "31 July"', "", "away.july.last", "is missing"),
        ('"31 July"', '"31 June"', "away.july.last", "31 June"),
        ('"31 July"', '"summer"', "away.july.last", "summer"),
        ('da = "i juli", ', "", "away.july.what", "da"),
        ("dagen efter {holiday}", "dagen efter", "bridge.da", "{holiday}"),
        ("[away.july]", "[off.july]", "off", "off"),
    ],
)
def test_a_mistake_says_where_it_is(tmp_path: Path, old: str, new: str, where: str, said: str) -> None:
    with pytest.raises(ContentError) as refused:
        read_calendar(changed(tmp_path, (old, new)))
    assert (refused.value.file, refused.value.where) == ("calendar/denmark.toml", where)
    assert said in refused.value.say("en")
    assert refused.value.say("da")


def test_a_country_without_a_calendar_is_refused() -> None:
    with pytest.raises(ContentError, match="denmark"):
        calendar("denmrk")
