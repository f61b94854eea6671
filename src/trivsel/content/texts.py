"""What the kit says, in the language of whoever reads it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trivsel.content.mistakes import ContentError, fill, shown, unknown
from trivsel.content.shelf import files, own_folder, place
from trivsel.content.tables import Table, read_toml

if TYPE_CHECKING:
    from babel import Locale

Entry = dict[str, dict[str, str]]
"""One text: its plural forms by language; a text without a number has the form ``other`` alone."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")
_FORMS = ("zero", "one", "two", "few", "many", "other")


@cache
def languages() -> tuple[str, ...]:
    """The languages the kit speaks: those with a name of their own in ``texts/words.toml``."""
    return tuple(read_toml(place("texts", "words.toml"))["language"])


def say(language: str) -> Say:
    """The kit's voice in a language."""
    return _say(language, own_folder())


@cache
def _say(language: str, own: Path | None) -> Say:
    if language not in languages():
        raise unknown("noun_language", language, languages())
    return Say(language, read_texts(own))


class Say:
    """Says a text by its key, ``section.key``, and writes dates, times and numbers, all in one language."""

    def __init__(self, language: str, texts: dict[str, Entry]) -> None:
        self.language = language
        self._texts = texts

    def __call__(self, key: str, **about: object) -> str:
        """The text with ``{name}`` filled in, literally. With several forms, ``n`` decides which.

        Raises KeyError for an unknown key and for a value that is missing.
        """
        forms = self._texts[key][self.language]
        form = "other"
        if len(forms) > 1:
            form = str(self._locale.plural_form(float(str(about["n"]))))
        return fill(forms.get(form, forms["other"]), {name: str(value) for name, value in about.items()})

    def words(self, section: str) -> dict[str, str]:
        """Every text of a section for the browser, placeholders left in.

        A text with plural forms comes as ``key.one``, ``key.other``: the names ``Intl.PluralRules`` gives.
        """
        result: dict[str, str] = {}
        for key, entry in self._texts.items():
            if key.startswith(f"{section}."):
                name, forms = key.removeprefix(f"{section}."), entry[self.language]
                if len(forms) == 1:
                    result[name] = forms["other"]
                else:
                    result |= {f"{name}.{form}": text for form, text in forms.items()}
        if not result:
            raise KeyError(section)
        return result

    @cached_property
    def _locale(self) -> Locale:
        from babel import Locale

        return Locale.parse(self("format.locale"))

    def date(self, iso: str) -> str:
        """A day as it stands in a table: 11.01.2027, 11 Jan 2027."""
        return self._dated(iso, "format.date")

    def long_date(self, iso: str) -> str:
        """A day as it stands in a sentence: 12. november 2026, 12 November 2026."""
        return self._dated(iso, "format.long_date")

    def weekday(self, iso: str) -> str:
        """A day as one is asked to come on it: torsdag den 12. november 2026, Thursday 12 November 2026."""
        return self._dated(iso, "format.weekday")

    def _dated(self, iso: str, pattern: str) -> str:
        from babel.dates import format_date

        return format_date(dt.date.fromisoformat(iso[:10]), self(pattern), locale=self._locale)

    def time(self, clock: str) -> str:
        """A time of day: 14.40, 14:40."""
        from babel.dates import format_time

        return format_time(dt.time.fromisoformat(clock), self("format.time"), locale=self._locale)

    def number(self, value: float) -> str:
        """A number with at most two decimals: 1.234,5 or 1,234.5."""
        from babel.numbers import format_decimal

        return format_decimal(value, "#,##0.##", locale=self._locale)

    def money(self, kroner: float) -> str:
        """An amount in kroner, øre only where there are any: 12.000 kr., DKK 12,000."""
        from babel.numbers import format_decimal

        pattern = "#,##0" if float(kroner).is_integer() else "#,##0.00"
        return self("format.money", amount=format_decimal(kroner, pattern, locale=self._locale))

    def names(self, names: Iterable[str]) -> str:
        """A list in a sentence: a, b og c."""
        from babel.lists import format_list

        return format_list(list(names), locale=self._locale)

    def titles(self, titles: Iterable[str]) -> str:
        """What people have called things, in a sentence: ”a” og ”b”."""
        return self.names(self("format.quote", text=title) for title in titles)


def read_texts(own: Path | None) -> dict[str, Entry]:
    """Every text by ``section.key``. A text that is there twice is refused, unless a trainer replaces the kit's."""
    texts: dict[str, Entry] = {}
    origin: dict[str, Path] = {}
    for path in files("texts", ".toml", own):
        for section, entries in read_toml(path).items():
            if not isinstance(entries, dict):
                raise ContentError("outside_section", file=shown(path), where=section)
            for name, value in entries.items():
                key = f"{section}.{name}"
                if key in origin and origin[key].parent == path.parent:
                    raise ContentError("twice_in_two", file=shown(path), where=key, other=shown(origin[key]))
                entry = read_entry(value, shown(path), section, name)
                if key in texts:
                    _same_places(texts[key], entry, shown(path), key)
                texts[key], origin[key] = entry, path
    return texts


def read_entry(value: Any, file: str, section: str, name: str) -> Entry:
    """One text with its languages side by side, each a text or a table of plural forms."""
    table = Table({name: value}, languages(), file, section)
    if isinstance(value, dict) and any(isinstance(text, dict) for text in value.values()):
        entry = _forms(Table(value, languages(), file, f"{section}.{name}"))
    else:
        entry = {language: {"other": text} for language, text in table.words(name).items()}
    _same_places({language: entry[languages()[0]] for language in languages()}, entry, file, f"{section}.{name}")
    return entry


def _forms(table: Table) -> Entry:
    entry = {}
    for language in languages():
        if language not in table.entries:
            raise ContentError("no_language", file=table.file, where=table.path, language=language)
        forms = table.get(language, dict, "noun_forms", required=True)
        for form, text in forms.items():
            if form not in _FORMS:
                raise unknown("noun_form", form, _FORMS, file=table.file, where=table.key(f"{language}.{form}"))
            if not isinstance(text, str):
                raise table.refuse("wrong_kind", f"{language}.{form}", noun="noun_text", value=str(text))
        if "other" not in forms or len(forms) == 1:
            raise table.refuse("missing", f"{language}.{'one' if 'other' in forms else 'other'}")
        entry[language] = dict(forms)
    table.end()
    return entry


def _same_places(expected: Entry, entry: Entry, file: str, key: str) -> None:
    """Refuse a text that leaves out, or adds, a ``{name}`` that the same text in another language has."""
    for language, forms in entry.items():
        wanted = set(_PLACEHOLDER.findall(expected[language]["other"]))
        found = set(_PLACEHOLDER.findall(forms["other"]))
        if found != wanted:
            odd = next(iter(sorted(found ^ wanted)))
            message = "placeholder_missing" if odd in wanted else "placeholder_extra"
            raise ContentError(message, file=file, where=f"{key}.{language}", name=f"{{{odd}}}")
