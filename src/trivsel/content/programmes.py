"""Programmes and steps as their files have them: each file is one step or one programme, and its name is the key."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast, get_args

from trivsel.content.mistakes import ContentError, shown, unknown
from trivsel.content.shelf import files, own_folder
from trivsel.content.tables import KEY, Table, read_table
from trivsel.content.texts import languages
from trivsel.domain.programme import Activity, Kind, Option, Programme, State, Step
from trivsel.domain.things import RHYTHMS

COLOURS = ("goals", "initiatives", "resources", "anchoring", "evaluation")
"""The colours a step can have; each is a design token."""

LONGEST = 240
"""The most minutes one activity can have."""


def programmes() -> dict[str, Programme]:
    """Every programme by its key: the kit's own, added to or replaced by a trainer's."""
    return _programmes(own_folder())


def programme(key: str) -> Programme:
    """The programme with that key; refused with the nearest one if there is none."""
    known = programmes()
    if key not in known:
        raise unknown("noun_programme", key, known)
    return known[key]


@cache
def _programmes(own: Path | None) -> dict[str, Programme]:
    steps = {key: read_step(path) for key, path in _by_key("steps", own).items()}
    return {key: read_programme(path, steps) for key, path in _by_key("programmes", own).items()}


def _by_key(folder: str, own: Path | None) -> dict[str, Path]:
    """The files of a folder by their keys; of two with the same key the trainer's own counts."""
    found = {}
    for path in files(folder, ".toml", own):
        if not KEY.fullmatch(path.stem):
            raise ContentError("bad_key", file=shown(path), value=path.stem)
        found[path.stem] = path
    return found


def read_programme(path: Path, steps: dict[str, Step]) -> Programme:
    """One programme file. Steps it names must exist."""
    table = read_table(path, languages())
    names = table.names("steps")
    for number, name in enumerate(names):
        if name not in steps:
            raise unknown("noun_step", name, steps, file=table.file, where=f"steps[{number + 1}]")
        if name in names[:number]:
            raise ContentError("twice", file=table.file, where=f"steps[{number + 1}]", value=name)
    result = Programme(
        key=path.stem,
        title=table.words("title"),
        description=table.words("description", required=False),
        steps=tuple(steps[name] for name in names),
    )
    table.end()
    return result


def read_step(path: Path) -> Step:
    """One step file with its activities in order."""
    table = read_table(path, languages())
    step = Step(
        key=path.stem,
        title=table.words("title"),
        purpose=table.words("purpose", required=False),
        colour=table.choice("colour", COLOURS, "noun_colour", "goals"),
        interlude=table.flag("interlude"),
        activities=tuple(_activity(key, entries) for key, entries in table.tables("activity", required=True)),
    )
    table.end()
    return step


def _activity(key: str, table: Table) -> Activity:
    activity = Activity(
        key=key,
        kind=cast(Kind, table.choice("kind", get_args(Kind), "noun_kind")),
        label=table.words("label"),
        question=table.words("question"),
        why=table.words("why"),
        minutes=cast(int, table.whole("minutes", 0, LONGEST, required=True)),
        state=cast(State, table.choice("state", get_args(State), "noun_state", "meeting")),
        if_skipped=table.words("if_skipped", required=False),
        task=table.words("task", required=False),
        new=table.words("new", required=False),
        add=table.words("add", required=False),
        alone=table.whole("alone", 1, LONGEST),
        pairs=table.whole("pairs", 1, LONGEST),
        options=tuple(_option(name, entries) for name, entries in table.tables("option")),
        cards=table.whole("cards", 0, 9),
        dots=table.whole("dots", 1, 9),
        ask=table.words("ask", required=False),
        answers=tuple(_option(name, entries) for name, entries in table.tables("answer")),
    )
    talk = (activity.alone or 0) + (activity.pairs or 0)
    if bool(activity.new) != bool(activity.add):
        raise table.refuse("missing", "add" if activity.new else "new")
    if talk > activity.minutes:
        raise table.refuse("too_little_time", "minutes", minutes=str(activity.minutes), talk=str(talk))
    table.end()
    return activity


def _option(key: str, table: Table) -> Option:
    given: dict[str, Any] = {
        "rhythm": table.choice("rhythm", RHYTHMS, "noun_rhythm", ""),
        "hours": table.number("hours", 0, 10_000),
        "money": table.number("money", 0, 100_000_000),
        "weeks": table.whole("weeks", 1, 520),
        "months": table.whole("months", 1, 120),
    }
    option = Option(key=key, label=table.words("label"), text=table.words("text", required=False), **given)
    table.end()
    return option
