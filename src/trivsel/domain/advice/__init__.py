"""What a wise colleague would point out about the plan: findings, each with a reason, none of them a block."""

from __future__ import annotations

from collections.abc import Iterator

from trivsel.domain.advice.days import days
from trivsel.domain.advice.finding import Audience, Finding
from trivsel.domain.advice.management import management
from trivsel.domain.advice.plan import anchors, goals, initiatives, resources
from trivsel.domain.calendar import Calendar
from trivsel.domain.workshop import Snapshot

__all__ = ["Audience", "Finding", "findings"]


def findings(snapshot: Snapshot, calendar: Calendar, *, whole: bool = False) -> list[Finding]:
    """What to look at now, in the order of the meeting; what is about people or management comes last.

    A finding waits until the room has come past where it is mended; ``whole`` does not wait.
    """
    return [finding for finding in _all(snapshot, calendar) if whole or _reached(snapshot, finding.place)]


def _reached(snapshot: Snapshot, place: str) -> bool:
    """Nobody is told what is missing before they have had the chance to say it."""
    places = [here for here, _, _ in snapshot.programme.places()]
    return places.index(place) < places.index(snapshot.place) if place in places and snapshot.place in places else False


def _all(snapshot: Snapshot, calendar: Calendar) -> Iterator[Finding]:
    yield from goals(snapshot)
    yield from initiatives(snapshot)
    yield from resources(snapshot)
    yield from anchors(snapshot)
    yield from days(snapshot, calendar)
    yield from management(snapshot)
