"""Days and numbers are read as people type them, and what cannot be read is told in both languages."""

from __future__ import annotations

import datetime as dt

import pytest

from trivsel.content import ContentError, read_day, read_number

TODAY = dt.date(2026, 11, 12)

DAYS = {
    "18-01-2027": "2027-01-18", "18.01.2027": "2027-01-18", "18/01/2027": "2027-01-18", "18.1.27": "2027-01-18",
    "18/1 2027": "2027-01-18", "18/1-27": "2027-01-18", "18 - 1 - 2027": "2027-01-18", "18 01 2027": "2027-01-18",
    "18.01. 2027": "2027-01-18", "2027-01-18": "2027-01-18", "2027/1/18": "2027-01-18", "20270118": "2027-01-18",
    "18012027": "2027-01-18", "180127": "2027-01-18", "18/1": "2027-01-18", "18.1.": "2027-01-18",
    "18. januar 2027": "2027-01-18", "18 januar": "2027-01-18", "18. jan": "2027-01-18", "18 jan": "2027-01-18",
    "18. JAN. 27": "2027-01-18", "18.januar": "2027-01-18", "den 18. januar": "2027-01-18", "d. 18/1": "2027-01-18",
    "mandag den 18. januar 2027": "2027-01-18", "man. 18/1": "2027-01-18", "Monday 18 January": "2027-01-18",
    "January 18": "2027-01-18", "Jan 18, 2027": "2027-01-18", "18th January": "2027-01-18",
    "the 3rd of March 2027": "2027-03-03", "3 sept": "2027-09-03", "1. marts": "2027-03-01", "2. maj": "2027-05-02",
    "12. november": "2026-11-12", "12/11": "2026-11-12", "11/11": "2027-11-11", "31/12": "2026-12-31",
    "29. februar": "2028-02-29", "i dag": "2026-11-12", "Today": "2026-11-12", "i morgen": "2026-11-13",
    "  18.1.2027\t": "2027-01-18",
    "uge 9": "2027-03-01", "Uge 9 2027": "2027-03-01", "week 9": "2027-03-01", "week 9, 2028": "2028-02-28",
    "i uge 9": "2027-03-01", "uge9": "2027-03-01", "uge 47": "2026-11-16", "uge 46": "2027-11-15",
    "torsdag i uge 46": "2026-11-12", "onsdag uge 9": "2027-03-03", "Friday week 9": "2027-03-05",
    "uge 53": "2026-12-28", "uge 1": "2027-01-04", "uge 1 2026": "2025-12-29", "uge 53 2032": "2032-12-27",
}  # fmt: skip


@pytest.mark.parametrize("typed", DAYS)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_day_is_read_in_any_form(typed: str, language: str) -> None:
    assert read_day(typed, language, TODAY) == DAYS[typed]


NO_DAYS = {
    "": "Write a date, such as 18 Jan 2027.",
    "   ": "Write a date, such as 18 Jan 2027.",
    "snart": '"snart" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "18": '"18" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "18. foo": '"18. foo" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "5. ma": '"5. ma" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "1.2.3.4": '"1.2.3.4" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "31.02.2027": 'There is no such date as "31.02.2027". Write the day first, then the month.',
    "29.2.2027": 'There is no such date as "29.2.2027". Write the day first, then the month.',
    "31. april": 'There is no such date as "31. april". Write the day first, then the month.',
    "01/18/2027": 'There is no such date as "01/18/2027". Write the day first, then the month.',
    "0/0": 'There is no such date as "0/0". Write the day first, then the month.',
    "uge 0": 'There is no such date as "uge 0". Write the day first, then the month.',
    "uge 54": 'There is no such date as "uge 54". Write the day first, then the month.',
    "uge 53 2027": 'There is no such date as "uge 53 2027". Write the day first, then the month.',
    "uge": '"uge" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "uge ni": '"uge ni" cannot be read as a date. Write for example 18 Jan 2027 or 18/1.',
    "week 9 1999": '"week 9 1999" is too far away. Write a year between 2000 and 2099.',
    "18.1.1999": '"18.1.1999" is too far away. Write a year between 2000 and 2099.',
    "2127-01-18": '"2127-01-18" is too far away. Write a year between 2000 and 2099.',
    "tirsdag den 18/1 2027": "18 Jan 2027 is not a tirsdag. Correct the day or the date.",
}


@pytest.mark.parametrize("typed", NO_DAYS)
def test_what_is_no_day_is_told(typed: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_day(typed, "en", TODAY)
    assert str(caught.value) == NO_DAYS[typed]
    assert caught.value.say("da") != NO_DAYS[typed]


def test_a_day_without_a_year_is_the_next_one_from_now() -> None:
    today = dt.datetime.now().astimezone().date()
    assert read_day(f"{today:%d.%m}.", "da") == today.isoformat()


BOTH = {
    "12": 12, "0": 0, "007": 7, "1,5": 1.5, "1.5": 1.5, "0,25": 0.25, "1.234,5": 1234.5, "1,234.5": 1234.5,
    "1.234.567": 1234567, "1,234,567": 1234567, "12 000": 12000, "12\u00a0000": 12000, "1 234,5": 1234.5,
    "12 000 kr.": 12000, "12.000 kr.": 12000, "12,000 kr": 12000, "kr. 500": 500, "DKK 12,000": 12000,
    "12.000,-": 12000, "5,-": 5, "12,50 kr.": 12.5, "62 %": 62, "62%": 62, "62 pct.": 62, "20 timer": 20,
    "1,5 t": 1.5, "3 hours": 3, "2½ time": 2.5, "½": 0.5, "1 ¾": 1.75, "-3": -3, "−3,5": -3.5, " 7 ": 7,
}  # fmt: skip


@pytest.mark.parametrize("typed", BOTH)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_number_with_one_reading_is_read_the_same_in_both_languages(typed: str, language: str) -> None:
    assert read_number(typed, language) == BOTH[typed]


@pytest.mark.parametrize(
    ("typed", "danish", "english"), [("12.000", 12000, 12), ("12,000", 12, 12000), ("1.234", 1234, 1.234)]
)
def test_three_digits_after_a_point_are_read_as_the_language_has_them(
    typed: str, danish: float, english: float
) -> None:
    assert (read_number(typed, "da"), read_number(typed, "en")) == (danish, english)


@pytest.mark.parametrize(
    "typed", ["abc", "1e5", "nan", "inf", "1.00.000", "1,2,3", "1.2,3.4", "3 stk", "--3", ",", "kr."]
)
def test_what_is_no_number_is_told(typed: str) -> None:
    with pytest.raises(ContentError) as caught:
        read_number(typed, "da")
    assert caught.value.say("da") == f'"{typed}" kan ikke læses som et tal. Skriv fx 12, 1,5 eller 12.000.'
    assert str(caught.value) == f'"{typed}" cannot be read as a number. Write for example 12, 1.5 or 12,000.'


def test_no_number_at_all_is_told() -> None:
    with pytest.raises(ContentError) as caught:
        read_number(" ", "da")
    assert caught.value.say("da") == "Skriv et tal, fx 12 eller 1,5."
    assert caught.value.key == "mistake.empty_number"
