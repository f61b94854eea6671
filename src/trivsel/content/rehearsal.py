"""What simulated participants write when a facilitator practises alone: made up, in every language of the kit."""

from __future__ import annotations

from functools import cache

from msgspec import Struct

from trivsel.content.shelf import place
from trivsel.content.tables import Table, read_table
from trivsel.content.texts import languages
from trivsel.domain.asking import REASONS

ByLanguage = dict[str, tuple[str, ...]]
"""Texts by language, each list of its own: they are not translations of one another."""


class Theme(Struct, frozen=True):
    """Cards that belong together, and what a group would call the heap."""

    name: dict[str, str]
    cards: ByLanguage


class Lines(Struct, frozen=True):
    """Everything that is written in a rehearsal."""

    themes: dict[str, Theme]
    hold: dict[str, ByLanguage]
    """By reason, cards that somebody must look at before the room sees them."""
    works: ByLanguage
    ideas: ByLanguage
    last: ByLanguage
    no: dict[str, str]
    """Why one of the ideas is not tried."""

    def cards(self, language: str) -> list[str]:
        """All cards but those to hold back."""
        return [card for theme in self.themes.values() for card in theme.cards[language]]

    def held(self, language: str) -> list[str]:
        """The cards to hold back."""
        return [card for cards in self.hold.values() for card in cards[language]]

    def theme_of(self, text: str) -> str | None:
        """The theme a card belongs to, by what it says; None for one that is not ours."""
        return next(
            (key for key, theme in self.themes.items() for cards in theme.cards.values() if text in cards), None
        )


@cache
def rehearsal() -> Lines:
    """The lines of the simulated participants, from ``rehearsal.toml``."""
    file = read_table(place("rehearsal.toml"), languages())
    themes = {}
    for key, table in file.tables("theme", required=True):
        themes[key] = Theme(table.words("name"), _lists(table))
    hold = {key: _lists(table) for key, table in file.tables("hold", required=True)}
    for reason in hold:
        if reason not in REASONS:
            raise file.refuse("missing", f"hold.{reason}")
    lines = Lines(
        themes=themes,
        hold=hold,
        works=_section(file, "works"),
        ideas=_section(file, "ideas"),
        last=_section(file, "last"),
        no=file.words("no"),
    )
    file.end()
    return lines


def _section(file: Table, name: str) -> ByLanguage:
    return _lists(Table(file.get(name, dict, "noun_table", required=True), languages(), file.file, name))


def _lists(table: Table) -> ByLanguage:
    found = {language: table.names(language) for language in languages()}
    table.end()
    return found
