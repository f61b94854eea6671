"""What can go wrong and is told to people: each error has the key of a message that both languages have."""

from __future__ import annotations

from typing import Protocol

from trivsel.domain.commands import Refusal


class Speaks(Protocol):
    """Whatever gives the words for a key: ``content.say(language)``."""

    def __call__(self, key: str, **about: object) -> str: ...


class TrivselError(Exception):
    """The base of all errors a person is told about. ``key`` names the message, ``about`` is what to put in it."""

    def __init__(self, key: str, **about: str) -> None:
        super().__init__(key, about)
        self.key = key
        self.about = about

    def __str__(self) -> str:
        return self.key + "".join(f" {name}={value!r}" for name, value in self.about.items())

    def message(self, say: Speaks) -> str:
        """The sentence that says what happened and what to do."""
        return say(self.key, **self.about)


class StoreError(TrivselError):
    """The database cannot be used as it is: read-only, full, locked, damaged, newer, or not ours."""


class UnknownWorkshop(StoreError):
    """There is no workshop with that id."""

    def __init__(self, id: str) -> None:
        super().__init__("store.unknown_workshop", id=id)
        self.id = id


class Refused(TrivselError):
    """The rules of the workshop said no."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"refusal.{refusal.key}", **refusal.about)
        self.refusal = refusal


class KitError(TrivselError):
    """Something asked of the kit as a whole cannot be done: a damaged file, an unknown programme."""
