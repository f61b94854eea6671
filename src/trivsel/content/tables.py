"""Reading a file a trainer has written: every entry is checked when it is fetched, and what is left over is refused."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from trivsel.content.mistakes import ContentError, nearest, shown, unknown
from trivsel.domain.words import Words

KEY = re.compile(r"[a-z][a-z0-9_]*")
"""How a key is written: it becomes part of addresses and of what is stored."""


class Table:
    """One table of a TOML file. Asking for an entry checks it; ``end`` refuses the entries nobody asked for."""

    def __init__(self, entries: dict[str, Any], languages: tuple[str, ...], file: str, path: str = "") -> None:
        self.entries, self.languages, self.file, self.path = entries, languages, file, path
        self.asked: set[str] = set()

    def key(self, name: str) -> str:
        """Where the entry ``name`` stands in the file."""
        return f"{self.path}.{name}" if self.path else name

    def refuse(self, message: str, name: str, **about: str) -> ContentError:
        """The message for a mistake in the entry ``name``."""
        return ContentError(message, file=self.file, where=self.key(name), **about)

    def get(self, name: str, kind: type | tuple[type, ...], noun: str, *, required: bool) -> Any:
        """The entry ``name``, or None; refused if it is of another kind or missing though required."""
        self.asked.add(name)
        value = self.entries.get(name)
        if value is None:
            if required:
                raise self._missing(name)
            return None
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise self.refuse("wrong_kind", name, noun=noun, value=_shown(value))
        return value

    def _missing(self, name: str) -> ContentError:
        """The message for an entry that must be there; most often it is there with its name misspelt."""
        wrong = nearest(name, (other for other in self.entries if other not in self.asked), least=85)
        return (
            self.refuse("missing", name)
            if wrong is None
            else unknown("noun_key", wrong, (name,), file=self.file, where=self.key(wrong))
        )

    def words(self, name: str, *, required: bool = True) -> Words:
        """A text with every language side by side."""
        value = self.get(name, dict, "noun_words", required=required)
        if value is None:
            return {}
        words: dict[str, str] = {}
        for language, text in value.items():
            if language not in self.languages:
                raise unknown(
                    "noun_language", language, self.languages, file=self.file, where=self.key(f"{name}.{language}")
                )
            if not isinstance(text, str):
                raise self.refuse("wrong_kind", f"{name}.{language}", noun="noun_text", value=_shown(text))
        for language in self.languages:
            if not str(value.get(language, "")).strip():
                raise self.refuse("no_language", name, language=language)
            words[language] = str(value[language]).strip()
        return words

    def choice(self, name: str, choices: Collection[str], noun: str, default: str | None = None) -> str:
        """One of a few words."""
        value = self.get(name, str, "noun_text", required=default is None)
        if value is None:
            return default or ""
        if value not in choices:
            raise unknown(noun, value, choices, file=self.file, where=self.key(name))
        return str(value)

    def whole(self, name: str, low: int, high: int, *, required: bool = False) -> int | None:
        """A whole number from ``low`` to ``high``."""
        value = self.get(name, int, "noun_whole", required=required)
        if value is not None and not low <= value <= high:
            raise self.refuse("out_of_range", name, value=str(value), low=str(low), high=str(high))
        return None if value is None else int(value)

    def number(self, name: str, low: float, high: float) -> float | None:
        """A number from ``low`` to ``high``."""
        value = self.get(name, (int, float), "noun_number", required=False)
        if value is not None and not low <= value <= high:
            raise self.refuse("out_of_range", name, value=str(value), low=f"{low:g}", high=f"{high:.0f}")
        return None if value is None else float(value)

    def flag(self, name: str) -> bool:
        """true or false; false where nothing is written."""
        return bool(self.get(name, bool, "noun_flag", required=False))

    def names(self, name: str) -> tuple[str, ...]:
        """A list of keys, at least one."""
        value = self.get(name, list, "noun_list", required=True)
        if not value:
            raise self.refuse("missing", name)
        for entry in value:
            if not isinstance(entry, str):
                raise self.refuse("wrong_kind", name, noun="noun_text", value=_shown(entry))
        return tuple(value)

    def tables(self, name: str, *, required: bool = False) -> Iterator[tuple[str, Table]]:
        """The tables below ``name`` with their keys, in the order of the file."""
        value = self.get(name, dict, "noun_tables", required=required)
        for key, entries in (value or {}).items():
            path = self.key(f"{name}.{key}")
            if not KEY.fullmatch(key):
                raise ContentError("bad_key", file=self.file, where=path, value=key)
            if not isinstance(entries, dict):
                raise ContentError("wrong_kind", file=self.file, where=path, noun="noun_table", value=_shown(entries))
            yield key, Table(entries, self.languages, self.file, path)

    def end(self) -> None:
        """Refuse what nobody asked for: most often a key that is misspelt."""
        for name in self.entries:
            if name not in self.asked:
                raise unknown("noun_key", name, sorted(self.asked), file=self.file, where=self.key(name))


def read_table(path: Path, languages: tuple[str, ...]) -> Table:
    """The whole of a TOML file. Refused with its line if it is not TOML, and if it is not UTF-8."""
    return Table(read_toml(path), languages, shown(path))


def read_toml(path: Path) -> dict[str, Any]:
    """What a TOML file holds; a byte-order mark at its beginning is left out."""
    try:
        return tomllib.loads(path.read_text("utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"^(.*?) \(at (?:line (\d+), column \d+|end of document)\)$", str(error), re.DOTALL)
        what, line = (found[1], found[2]) if found else (str(error), None)
        raise ContentError("not_toml", file=shown(path), where=f"line {line}" if line else "", what=what) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError("not_utf8", file=shown(path), where=f"line {line}") from None
    except OSError as error:
        raise ContentError("cannot_read", file=shown(path), what=error.strerror or "") from None


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else f"{text[:39]}…"
