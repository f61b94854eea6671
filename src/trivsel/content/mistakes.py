"""What is said when a file of the kit, or what somebody typed, cannot be understood: where, what and what was meant."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from trivsel.domain.words import pick
from trivsel.errors import Speaks, TrivselError

_CHOICES_SHOWN = 30
_FILE = Path(__file__).resolve().parent / "texts" / "mistakes.toml"


class ContentError(TrivselError):
    """Something that cannot be understood: a file of the kit or of a trainer, or what somebody typed.

    ``file`` is the file as a trainer knows it (``steps/goals.toml``), ``where`` the place in it
    (``activity.collect.minutes``, or ``line 12``); both are empty for what somebody typed.
    """

    def __init__(self, mistake: str, *, file: str = "", where: str = "", **about: str) -> None:
        super().__init__(f"mistake.{mistake}", **about)
        self.mistake, self.file, self.where = mistake, file, where

    def say(self, language: str) -> str:
        """The whole message in one line, with file and place in front."""
        words = _words()
        about = dict(self.about)
        if "noun" in about:
            about["noun"] = pick(words[about["noun"]], language)
        sentence = fill(pick(words[self.mistake], language), about)
        for clause in ("nearest", "choices"):
            if about.get(clause):
                sentence += fill(pick(words[clause], language), about)
        where = self.where
        if where.startswith("line "):
            where = fill(pick(words["line"], language), {"line": where.removeprefix("line ")})
        return ": ".join(part for part in (self.file, where, sentence) if part)

    def message(self, say: Speaks) -> str:
        """The same, in the language of ``say``."""
        return self.say(str(getattr(say, "language", "en")))

    def __str__(self) -> str:
        return self.say("en")


def fill(text: str, about: dict[str, str]) -> str:
    """``text`` with each ``{name}`` replaced by its value, literally; other braces stay as they are.

    Raises KeyError where a value is missing.
    """
    return re.sub(r"\{(\w+)\}", lambda found: about[found[1]], text)


def unknown(noun: str, value: str, choices: Iterable[str], *, file: str = "", where: str = "") -> ContentError:
    """The message for a word that is none of ``choices``, with the nearest one, else all if they are few."""
    known = list(choices)
    near = nearest(value, known)
    if near is not None:
        return ContentError("unknown", file=file, where=where, noun=noun, value=value, nearest=near)
    listed = ", ".join(known) if len(known) <= _CHOICES_SHOWN else ""
    return ContentError("unknown", file=file, where=where, noun=noun, value=value, choices=listed)


def nearest(value: str, choices: Iterable[str], least: int = 60) -> str | None:
    """The choice most like ``value``, or None if none is like it by at least so many of a hundred."""
    from rapidfuzz import process

    found = process.extractOne(value, list(choices), score_cutoff=least)
    return str(found[0]) if found else None


@cache
def _words() -> dict[str, dict[str, str]]:
    """The messages, from the kit's own file only: a trainer's file may be what is wrong."""
    table: dict[str, dict[str, str]] = tomllib.loads(_FILE.read_text("utf-8"))["mistake"]
    return table


def shown(path: Path) -> str:
    """A file's name as a trainer knows it: its folder and its name, with a slash on every system."""
    return f"{path.parent.name}/{path.name}"
