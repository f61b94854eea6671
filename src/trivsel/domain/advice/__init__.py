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
    """What to look at now: first what the room has before it, then in the order of the meeting.

    What is missing is not said until the room has left where it is mended; ``whole`` does not wait.
    """
    order = {place: number for number, (place, _, _) in enumerate(snapshot.programme.places())}
    room = order.get(snapshot.place, -1)
    found = [
        finding
        for finding in _all(snapshot, calendar)
        if whole or order[finding.place] < room or (finding.at_once and order[finding.place] == room)
    ]
    return found if whole else sorted(found, key=lambda finding: finding.place != snapshot.place)


def _all(snapshot: Snapshot, calendar: Calendar) -> Iterator[Finding]:
    yield from goals(snapshot)
    yield from initiatives(snapshot)
    yield from resources(snapshot)
    yield from anchors(snapshot)
    yield from days(snapshot, calendar)
    yield from management(snapshot)
