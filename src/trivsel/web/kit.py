"""What the pages ask of the rest of the kit: the list of workshops, starting one, bringing one in, taking one home."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True)
class Listed:
    """One workshop as the home page shows it."""

    id: str
    title: str
    workplace: str
    day: date
    language: str
    people: int | None
    standing: str
    """Where it stands, already in words: "trin 3 af 5"."""
    closed: bool


class Refused(Exception):
    """The kit will not do this, and says why in each of its languages."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__(words.get("en") or next(iter(words.values()), ""))
        self.words = dict(words)

    def say(self, language: str) -> str:
        """The reason in ``language``."""
        return self.words.get(language) or str(self)


class Kit(Protocol):
    """The workshops of one database. Calls may take their time: the pages run them off the event loop."""

    def workshops(self, language: str) -> Sequence[Listed]:
        """All workshops, the newest first."""

    def programmes(self, language: str) -> Sequence[tuple[str, str]]:
        """What a workshop can follow: (key, label); the first is the one offered."""

    def start(
        self,
        *,
        title: str,
        workplace: str,
        people: int | None,
        committee: str,
        leads: str,
        programme: str,
        language: str,
    ) -> str:
        """A new workshop; its id. ``committee``: ``none``, ``amo``, ``su`` or ``med``."""

    def example(self, language: str) -> str:
        """The worked example, made if it is not there; its id."""

    def copy(self, workshop: str) -> str:
        """A new workshop with the same frame and nothing filled in; its id."""

    def delete(self, workshop: str) -> None:
        """Takes a workshop away for good."""

    def import_json(self, content: bytes) -> str:
        """Brings a file in; the new id. Raises ``Refused`` if it is damaged or not one of ours."""

    def export_html(self, workshop: str, language: str) -> bytes:
        """The report as one file."""

    def export_json(self, workshop: str) -> bytes:
        """The workshop as a file that can be brought in again."""

    def exists(self, workshop: str) -> bool:
        """Whether there is such a workshop."""

    def title(self, workshop: str) -> str:
        """Its title."""

    def language(self, workshop: str) -> str:
        """The language it is held in."""

    def ping(self) -> None:
        """Raises if the store does not answer."""
