"""How the time goes: what the activity has used of its minutes, and whether the meeting will end when it must."""

from __future__ import annotations

import datetime as dt

from msgspec import Struct

from trivsel.domain.programme import Activity
from trivsel.domain.workshop import Snapshot

LEFT_STANDING = 60
"""Minutes beyond those planned after which the room was not in the activity, but left standing there."""
MORE = 120
"""Seconds that one tap adds."""


class Clock(Struct, frozen=True):
    """The times of the activity the room is in. Times of day are HH:MM where this computer is."""

    planned: int
    used: int | None
    """Seconds since the room came there, or None where it was left standing."""
    phase: str = ""
    """What the running clock is for: alone, pairs or break."""
    left: int = 0
    """Seconds left of the running clock; below nought the time is up."""
    end: str = ""
    """When the meeting must end."""
    expected: str = ""
    """When it ends if all goes as planned from here."""
    spare: int | None = None
    """Minutes that are left over when it ends; below nought, minutes that are missing. Not known on a day when more
    than an hour would be left: the meeting has not begun."""


class Saving(Struct, frozen=True):
    """An activity ahead that could be left out, and what the meeting gains by it."""

    place: str
    activity: Activity
    minutes: int
    state: str
    """What it becomes: extra again, or a task for after the meeting."""


def clock(snapshot: Snapshot, now: dt.datetime) -> Clock:
    """The times as they are at ``now``, which knows its time zone."""
    found = snapshot.programme.find(snapshot.place)
    planned = minutes(snapshot, snapshot.place, found[1]) if found else 0
    used: int | None = max(0, int((now - dt.datetime.fromisoformat(snapshot.since)).total_seconds()))
    if used is not None and used > (planned + LEFT_STANDING) * 60:
        used = None
    phase, left = "", 0
    if snapshot.timer is not None:
        phase, left = snapshot.timer.phase, seconds_left(snapshot, now)
    here = Clock(planned, used, phase, left)
    if snapshot.closed is not None:
        return here
    rest = max(0, planned * 60 - (used or 0)) + 60 * sum(
        minutes(snapshot, place, activity) for place, activity in ahead(snapshot)
    )
    ends = (now + dt.timedelta(seconds=rest)).astimezone()
    must = snapshot.workplace.end or ""
    spare = None
    if must and _today(snapshot, now):
        at = ends.replace(hour=int(must[:2]), minute=int(must[3:]), second=0, microsecond=0)
        at -= dt.timedelta(days=(at.date() - now.astimezone().date()).days)
        spare = round((at - ends).total_seconds() / 60)
        spare = spare if spare <= LEFT_STANDING else None
    return Clock(planned, used, phase, left, must, f"{ends:%H:%M}", spare)


def _today(snapshot: Snapshot, now: dt.datetime) -> bool:
    """Whether the meeting is held today, so that its end is one to look at."""
    today, door = now.astimezone().date().isoformat(), snapshot.phones.door
    return snapshot.day == today or (door is not None and door.open and door.day == today)


def seconds_left(snapshot: Snapshot, now: dt.datetime) -> int:
    """What is left of the running clock; nought where none runs."""
    timer = snapshot.timer
    if timer is None:
        return 0
    return round(timer.seconds - (now - dt.datetime.fromisoformat(timer.at)).total_seconds())


def minutes(snapshot: Snapshot, place: str, activity: Activity) -> int:
    """The minutes of an activity with those that were added."""
    return activity.minutes + snapshot.phones.minutes.get(place, 0)


def ahead(snapshot: Snapshot) -> list[tuple[str, Activity]]:
    """The activities of the meeting that the room has still to come to."""
    order = [place for place, _, _ in snapshot.programme.places()]
    here = order.index(snapshot.place) if snapshot.place in order else -1
    return [(place, activity) for place, _, activity in snapshot.path() if order.index(place) > here]


def following(snapshot: Snapshot) -> tuple[str, Activity] | None:
    """The activity the room comes to next."""
    return next(iter(ahead(snapshot)), None)


def before(snapshot: Snapshot) -> tuple[str, Activity] | None:
    """The activity the room came from, by the programme."""
    order = [place for place, _, _ in snapshot.programme.places()]
    here = order.index(snapshot.place) if snapshot.place in order else 0
    return next(
        ((place, activity) for place, _, activity in reversed(snapshot.path()) if order.index(place) < here), None
    )


def savings(snapshot: Snapshot) -> list[Saving]:
    """What could be left out ahead: first what somebody added, then what can be done after the meeting, then what the
    programme can do without. An activity without words for being left out is never among them."""
    found = []
    for place, activity in ahead(snapshot):
        if activity.if_skipped and activity.kind not in _NEEDED:
            state = "extra" if activity.state == "extra" else "after"
            found.append(Saving(place, activity, minutes(snapshot, place, activity), state))
    return sorted(found, key=lambda one: (one.state != "extra", not one.activity.task))


def left_out(snapshot: Snapshot) -> list[tuple[str, Activity]]:
    """The activities ahead that were meant for the meeting and have been taken out of it."""
    order = [place for place, _, _ in snapshot.programme.places()]
    here = order.index(snapshot.place) if snapshot.place in order else -1
    return [
        (place, activity)
        for place, _, activity in snapshot.programme.places()
        if order.index(place) > here and activity.state == "meeting" and snapshot.state(place) != "meeting"
    ]


_NEEDED = ("collect", "ideas", "prioritise", "decide", "anchor", "close")
"""Without these there is no plan, or nobody to carry it."""
