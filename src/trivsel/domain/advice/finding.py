"""One finding: what it is about, who it is for, and where it is mended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from trivsel.domain.programme import Kind
from trivsel.domain.things import Goal, Initiative
from trivsel.domain.words import Text, Words
from trivsel.domain.workshop import Snapshot

Audience = Literal["room", "presenter"]
"""Findings about the plan are for everybody; findings about people or management are for the presenter."""


class Finding(Struct, frozen=True):
    """``key`` names its words (``advice.<key>``), ``place`` where it is mended; the rest is what they are about."""

    key: str
    audience: Audience
    place: str
    about: tuple[Text, ...] = ()
    """Titles of goals or initiatives."""
    ids: tuple[str, ...] = ()
    who: Text | None = None
    day: str = ""
    """ISO 8601."""
    what: Words = {}
    """What that day is: in July, a Saturday."""
    needed: float = 0
    available: float = 0
    at_once: bool = False
    """About what somebody has chosen, not about what is missing: worth saying while the room is still there."""
    desk: bool = False
    """Mended on the page for what comes after the meeting, not on the shared screen."""


def place_of(snapshot: Snapshot, *kinds: Kind) -> str | None:
    """The first activity of these kinds that is in the meeting; a plan is not faulted for what it left out."""
    for kind in kinds:
        for place in snapshot.programme.kinds(kind):
            if snapshot.state(place) == "meeting":
                return place
    return None


def about(
    key: str, place: str, things: Sequence[Goal | Initiative], audience: Audience = "room", *, at_once: bool = False
) -> Finding:
    """A finding about some goals or initiatives."""
    titles, ids = tuple(thing.title for thing in things), tuple(thing.id for thing in things)
    return Finding(key, audience, place, titles, ids, at_once=at_once)


def same_person(one: Text | None, other: Text | None) -> bool:
    """Whether two names or roles are written alike, whatever the capitals and spaces."""
    return one is not None and other is not None and person(one) == person(other)


def person(text: Text) -> str:
    """A name or a role as it is compared."""
    return " ".join(text.text.split()).casefold()
