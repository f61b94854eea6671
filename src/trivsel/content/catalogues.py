"""The catalogues of goals and initiatives, read from spreadsheets that a trainer can open, change and save again."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast, get_args, get_type_hints

from trivsel.content.mistakes import ContentError, shown, unknown
from trivsel.content.shelf import files, own_folder
from trivsel.content.texts import languages
from trivsel.domain.programme import GoalEntry, InitiativeEntry, Level
from trivsel.domain.words import Words

SMALLEST_GROUP = 5
"""Figures are never shown for fewer people; a catalogue can raise the limit, not lower it (field notes, section 5)."""

_HEADINGS = {"levels": "level_iglo", "goals": "goal_ids"}
"""Columns that are headed otherwise than the field is called."""

Entry = TypeVar("Entry", GoalEntry, InitiativeEntry)


def goals() -> tuple[GoalEntry, ...]:
    """The goals of the catalogue, in the order of its file; a trainer's rows replace the kit's by id."""
    return _goals(own_folder())


def initiatives() -> tuple[InitiativeEntry, ...]:
    """The initiatives of the catalogue, in the order of its file; a trainer's rows replace the kit's by id."""
    return _initiatives(own_folder())


@cache
def _goals(own: Path | None) -> tuple[GoalEntry, ...]:
    return _merged(read_goals(path) for path in files("catalogues", "goals.csv", own))


@cache
def _initiatives(own: Path | None) -> tuple[InitiativeEntry, ...]:
    known = [goal.id for goal in _goals(own)]
    return _merged(read_initiatives(path, known) for path in files("catalogues", "initiatives.csv", own))


def _merged(catalogues: Iterable[tuple[Entry, ...]]) -> tuple[Entry, ...]:
    return tuple({entry.id: entry for catalogue in catalogues for entry in catalogue}.values())


def read_goals(path: Path) -> tuple[GoalEntry, ...]:
    """The goals of one spreadsheet."""
    entries = []
    for row in _rows(path, GoalEntry, ("title", "indicator", "unit", "data_source")):
        entries.append(
            GoalEntry(
                id=row.id,
                title=row.words("title"),
                indicator=row.words("indicator"),
                unit=row.words("unit"),
                direction=row.choice("direction"),
                data_source=row.words("data_source"),
                never_in_the_room=row.yes("never_in_the_room"),
                smallest_group=row.whole("smallest_group", SMALLEST_GROUP, 10_000),
                source=row.text("source"),
            )
        )
    return tuple(entries)


def read_initiatives(path: Path, known_goals: Iterable[str]) -> tuple[InitiativeEntry, ...]:
    """The initiatives of one spreadsheet; goals they serve must be in the catalogue of goals."""
    goals = tuple(known_goals)
    entries = []
    for row in _rows(path, InitiativeEntry, ("category", "title", "description")):
        entries.append(
            InitiativeEntry(
                id=row.id,
                category=row.words("category"),
                title=row.words("title"),
                description=row.words("description"),
                levels=cast(tuple[Level, ...], row.several("level_iglo", get_args(Level), "noun_word")),
                time=row.choice("time"),
                competence=row.choice("competence"),
                money=row.choice("money"),
                facilities=row.choice("facilities"),
                goals=row.several("goal_ids", goals, "noun_goal"),
                legal_duty=row.choice("legal_duty"),
                approval=row.choice("approval"),
                evidence=row.choice("evidence"),
                verified=row.yes("verified"),
                source=row.text("source"),
            )
        )
    return tuple(entries)


class Row:
    """One row of a catalogue. Asking for a column checks what stands in it."""

    def __init__(self, cells: dict[str, str], kind: type, file: str, line: int) -> None:
        self.cells, self.kind, self.file = cells, kind, file
        self.id = cells["id"]
        if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_-]*", self.id):
            raise ContentError("bad_id", file=file, where=f"line {line}", value=self.id)

    def text(self, column: str) -> str:
        """What stands in a column; something must."""
        if not self.cells[column]:
            raise ContentError("missing", file=self.file, where=f"{self.id}.{column}")
        return self.cells[column]

    def words(self, column: str) -> Words:
        """One text from its columns, one for each language: ``title_da``, ``title_en``."""
        return {language: self.text(f"{column}_{language}") for language in languages()}

    def choice(self, column: str) -> Any:
        """One of the words that the field of that name takes."""
        return self._one_of(column, self.text(column), get_args(get_type_hints(self.kind)[column]), "noun_word")

    def several(self, column: str, choices: tuple[str, ...], noun: str) -> tuple[str, ...]:
        """Words with ``|`` between them."""
        found = tuple(value.strip() for value in self.text(column).split("|"))
        for value in found:
            self._one_of(column, value, choices, noun)
        return found

    def yes(self, column: str) -> bool:
        """yes or no."""
        return self._one_of(column, self.text(column), ("yes", "no"), "noun_word") == "yes"

    def whole(self, column: str, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        text, where = self.text(column), f"{self.id}.{column}"
        if not text.isdecimal():
            raise ContentError("wrong_kind", file=self.file, where=where, noun="noun_whole", value=text)
        if not low <= int(text) <= high:
            raise ContentError("out_of_range", file=self.file, where=where, value=text, low=str(low), high=str(high))
        return int(text)

    def _one_of(self, column: str, value: str, choices: tuple[str, ...], noun: str) -> str:
        if value not in choices:
            raise unknown(noun, value, choices, file=self.file, where=f"{self.id}.{column}")
        return value


def _rows(path: Path, kind: type, translated: tuple[str, ...]) -> Iterable[Row]:
    """The rows of a spreadsheet under known headings. Columns may stand in any order."""
    columns = {
        column
        for name in kind.__struct_fields__  # type: ignore[attr-defined]
        for column in (
            [f"{name}_{language}" for language in languages()] if name in translated else [_HEADINGS.get(name, name)]
        )
    }
    file, seen = shown(path), set[str]()
    for line, cells in _read(path, columns):
        row = Row(cells, kind, file, line)
        if row.id in seen:
            raise ContentError("twice", file=file, where=f"line {line}", value=row.id)
        seen.add(row.id)
        yield row


def _read(path: Path, columns: set[str]) -> Iterable[tuple[int, dict[str, str]]]:
    """Each row with its line number, from a file as Excel, LibreOffice or an editor leaves it."""
    file = shown(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ContentError("cannot_read", file=file, what=error.strerror or "") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    reader = csv.reader(text.splitlines(keepends=True), delimiter=max(";,\t", key=first.count))
    headings: list[str] = []
    for cells in reader:
        values = [cell.strip() for cell in cells]
        if not any(values):
            continue
        if not headings:
            headings = values
            for heading in headings:
                if heading not in columns:
                    raise unknown("noun_column", heading, sorted(columns), file=file)
            for column in sorted(columns - set(headings)):
                raise ContentError("no_column", file=file, where=column)
            continue
        if len(values) != len(headings):
            about = {"found": str(len(values)), "expected": str(len(headings))}
            raise ContentError("ragged_row", file=file, where=f"line {reader.line_num}", **about)
        yield reader.line_num, dict(zip(headings, values, strict=True))
