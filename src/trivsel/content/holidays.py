"""When many are away: public holidays, and the weeks and days of a table that a trainer can change."""

from __future__ import annotations

import csv
import datetime as dt
from functools import cache
from pathlib import Path

from trivsel.content.mistakes import ContentError, unknown
from trivsel.content.reading import read_day
from trivsel.content.shelf import files, own_folder, place
from trivsel.content.tables import Table, read_table
from trivsel.content.texts import languages
from trivsel.domain.calendar import Away, Calendar
from trivsel.domain.words import Words

YEARS = range(2000, 2100)
"""The years whose dates a workshop can hold."""

_CAPITAL = ("Kristi",)
"""What begins with a capital in the middle of a Danish sentence too; other names of days do not."""


def calendar(country: str = "denmark") -> Calendar:
    """The calendar of a country; a trainer's file with the same name takes the place of the kit's."""
    return _calendar(country, own_folder())


@cache
def _calendar(country: str, own: Path | None) -> Calendar:
    found = {path.stem: path for path in files("calendar", ".toml", own)}
    if country not in found:
        raise unknown("noun_word", country, found)
    return read_calendar(found[country])


def read_calendar(path: Path) -> Calendar:
    """One calendar file, with the public holidays of the country it names."""
    table = read_table(path, languages())
    holidays = _holidays(table)
    away = tuple(_away(entries) for _, entries in table.tables("away"))
    table.end()
    return Calendar(away, holidays)


def _away(table: Table) -> Away:
    what = table.words("what")
    weekday = table.whole("weekday", 1, 7) or 0
    weeks = table.get("weeks", list, "noun_list", required=False) or []
    for week in weeks:
        if not isinstance(week, int) or not 1 <= week <= 53:
            raise table.refuse("out_of_range", "weeks", value=str(week), low="1", high="53")
    first, last = (_month_day(table, name) for name in ("first", "last"))
    table.end()
    if bool(first) != bool(last):
        raise table.refuse("missing", "last" if first else "first")
    if not (weekday or weeks or first):
        raise table.refuse("missing", "weeks")
    return Away(what, weekday, tuple(weeks), first, last)


def _month_day(table: Table, name: str) -> str:
    """A day of every year, written as one writes it: "1 July", "1. juli", "1/7"; as MM-DD."""
    written = table.get(name, str, "noun_text", required=False)
    if written is None:
        return ""
    try:
        return read_day(written, languages()[0], dt.date(YEARS[0], 1, 1)).removeprefix(f"{YEARS[0]}-")
    except ContentError as error:
        raise table.refuse(error.mistake, name, **{about: str(value) for about, value in error.about.items()}) from None


def _holidays(table: Table) -> dict[str, Words]:
    """Public holidays by date, and the Fridays after those on a Thursday, each with its name in every language."""
    country, bridge = table.get("country", str, "noun_text", required=True), table.words("bridge")
    for language, text in bridge.items():
        if "{holiday}" not in text:
            raise ContentError("placeholder_missing", file=table.file, where=f"bridge.{language}", name="{holiday}")
    try:
        found = dict(_written(country) or reckoned(country))
    except NotImplementedError:
        raise table.refuse("unknown", "country", noun="noun_word", value=country) from None
    bridges: dict[str, Words] = {}
    for iso, words in list(found.items()):
        day = dt.date.fromisoformat(iso)
        after = (day + dt.timedelta(days=1)).isoformat()
        if day.isoweekday() == 4 and after not in found:
            name = words[languages()[0]]
            made = {one: text.replace("{holiday}", words.get(one, name)) for one, text in bridge.items()}
            found[after] = bridges.setdefault(name, made)
    return found


def _written(country: str) -> dict[str, Words]:
    """The public holidays as they stand in a file of the kit's, where there is one: a kernel that had to reckon them
    would need 20 MB more. The file is made by ``python -m trivsel.content.holidays``."""
    path = place("calendar", f"{country}.csv")
    if not path.is_file():
        return {}
    same: dict[tuple[str, ...], Words] = {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        _, *codes = next(rows := csv.reader(file, delimiter=";"))
        return {iso: same.setdefault(tuple(names), dict(zip(codes, names, strict=True))) for iso, *names in rows}


def reckoned(country: str) -> dict[str, Words]:
    """The public holidays of a country by date (ISO 8601), as the library knows them. Raises
    ``NotImplementedError`` for a country that it does not know."""
    names = {language: _names(country, language) for language in languages()}
    days = sorted(next(iter(names.values())))
    return {day.isoformat(): {language: names[language][day] for language in names} for day in days}


def _names(country: str, language: str) -> dict[dt.date, str]:
    """The names of a country's public holidays, as they stand in a sentence; in its own words if it has no others."""
    # Takes a moment and 12 MB, so not before somebody asks.
    from holidays import country_holidays

    own = next((one for one in country_holidays(country).supported_languages if one[:2] == language), None)
    days = country_holidays(country, years=YEARS, language=own).items()
    return {day: _in_sentence(name.split(";")[0], own) for day, name in days}


def _in_sentence(name: str, language: str | None) -> str:
    if language == "da" and not name.startswith(_CAPITAL):
        return name[:1].lower() + name[1:]
    return name


def write(country: str = "DK") -> None:
    """Write down the public holidays of a country, for kernels that have no room for the library."""
    with place("calendar", f"{country}.csv").open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.writer(file, delimiter=";", lineterminator="\n")
        rows.writerow(["date", *languages()])
        rows.writerows([iso, *words.values()] for iso, words in reckoned(country).items())


if __name__ == "__main__":
    write()
