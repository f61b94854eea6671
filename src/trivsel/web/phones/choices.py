"""What can be chosen on a phone, row by row, and reading what was chosen."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from trivsel.content import Say
from trivsel.domain.ballot import SCALES, Ballot
from trivsel.domain.programme import Activity
from trivsel.domain.things import Card, Goal, Initiative
from trivsel.domain.words import pick
from trivsel.domain.workshop import Snapshot
from trivsel.report.plan import Said, said


class Choice(Struct, frozen=True):
    """One number to give: the name of its field, what it is called, and what has been given."""

    name: str
    label: str
    given: int | None


class Row(Struct, frozen=True):
    """One thing that is asked about, with its choices."""

    title: Said
    choices: tuple[Choice, ...]


def rows_of(
    snapshot: Snapshot, activity: Activity, asked: Ballot, given: Mapping[str, int], words: Say
) -> tuple[Row, ...]:
    """Everything that is asked about, with what this phone has ``given`` so far."""
    labels = {option.key: pick(option.label, words.language) for option in activity.answers}

    def choice(key: str, label: str) -> Choice:
        return Choice(f"v:{key}", label, given.get(key))

    if asked.sort == "choice":
        return (Row(Said(pick(activity.ask, words.language)), tuple(choice(key, labels[key]) for key in asked.keys)),)
    if asked.sort == "levers":
        return tuple(Row(Said(labels[key]), (choice(key, labels[key]),)) for key in asked.keys)
    if asked.sort == "dots":
        return tuple(_row(snapshot, id, words, lambda id: (choice(id, ""),)) for id in asked.things)
    if asked.sort == "rating":
        scales = {scale: words(f"phone.scale_{scale}") for scale in SCALES}
        return tuple(
            _row(snapshot, id, words, lambda id: tuple(choice(f"{id}.{s}", label) for s, label in scales.items()))
            for id in asked.things
        )
    return tuple(
        _row(snapshot, id, words, lambda id: tuple(choice(f"{id}.{key}", labels[key]) for key in labels))
        for id in asked.things
    )


def _row(snapshot: Snapshot, id: str, words: Say, choices: Callable[[str], tuple[Choice, ...]]) -> Row:
    thing = snapshot.things.get(id)
    if isinstance(thing, Goal | Initiative):
        text = thing.title
    else:
        assert isinstance(thing, Card)
        text = thing.text
    return Row(said(text, words.language) or Said(""), choices(id))


def read_votes(form: Mapping[str, str]) -> tuple[dict[str, int], bool]:
    """The numbers of a form by what they are about, and whether there was something that is no number.

    A field ``v:KEY`` holds a number; ``choice`` holds the one key that was chosen.
    """
    votes: dict[str, int] = {}
    for name, value in form.items():
        if name.startswith("v:") and value != "":
            if not re.fullmatch(r"-?\d{1,9}", value, re.ASCII):
                return {}, True
            votes[name.removeprefix("v:")] = int(value)
    if form.get("choice"):
        votes[form["choice"]] = 1
    return votes, False
