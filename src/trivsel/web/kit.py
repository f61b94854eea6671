"""What the pages ask of the rest of the kit: the list of workshops, starting one, bringing one in, taking one home."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from trivsel.domain.things import Committee
from trivsel.kit import Listed

__all__ = ["Kit", "Listed"]


class Kit(Protocol):
    """The workshops of one database.

    Every refusal is a ``TrivselError``. Calls may take their time: the pages run them off the event loop.
    """

    def workshops(self, language: str, /) -> Sequence[Listed]:
        """All workshops, the newest first."""

    def programmes(self, language: str, /) -> Sequence[tuple[str, str]]:
        """What a workshop can follow: (key, label); the first is the one offered."""

    def start(
        self,
        *,
        title: str,
        workplace: str,
        people: int | None,
        committee: Committee,
        leads: str,
        programme: str,
        language: str,
    ) -> str:
        """A new workshop; its id."""

    def example(self, language: str, /) -> str:
        """The worked example, made if it is not there; its id."""

    def copy(self, workshop: str, /) -> str:
        """A new workshop with the same frame and nothing filled in; its id."""

    def delete(self, workshop: str, /) -> None:
        """Takes a workshop away for good."""

    def import_json(self, content: bytes, /) -> str:
        """Brings a file in; the new id."""

    def export_html(self, workshop: str, language: str, /) -> bytes:
        """The report as one file."""

    def export_json(self, workshop: str, /) -> bytes:
        """The workshop as a file that can be brought in again."""

    def exists(self, workshop: str, /) -> bool:
        """Whether there is such a workshop."""

    def title(self, workshop: str, /) -> str:
        """Its title."""

    def language(self, workshop: str, /) -> str:
        """The language it is held in."""

    def ping(self) -> None:
        """Raises if the store does not answer."""
