"""Words in several languages: the kit's own (side by side) and people's own (as they said them)."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

Words = dict[str, str]
"""One text of the kit with its languages side by side: ``{"da": "Mål", "en": "Goal"}``."""

LANGUAGES = ("da", "en")


class Text(Struct, frozen=True, omit_defaults=True, gc=False):
    """What somebody wrote: the language it was written in, the words, and translations the group has added."""

    lang: str
    text: str
    also: dict[str, str] = field(default_factory=dict)

    def read(self, language: str) -> str:
        """The text in ``language`` if the group has it, else as it was written."""
        return self.also.get(language, self.text)


def pick(words: Mapping[str, str] | None, language: str) -> str:
    """The kit's words in ``language``; a language a programme does not have falls back to its first."""
    if not words:
        return ""
    return words.get(language) or next(iter(words.values()))
