"""What is left to do after the meeting: from what was decided and not reached, and what every meeting leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from msgspec import Struct

from trivsel.domain.calendar import Calendar
from trivsel.domain.events import LaterChange
from trivsel.domain.privacy import refuse_figure
from trivsel.domain.programme import Activity
from trivsel.domain.standing import activity_mark, not_reached
from trivsel.domain.things import Commitment, Initiative, Task
from trivsel.domain.words import Text, Words
from trivsel.domain.workshop import Snapshot

ALWAYS = {"share": 1, "absent": 7, "comments": 10}
"""What every meeting leaves, by key, with the days there are for it: the plan sent to all, those told who were not
there, and the ten days in which anybody can say something about it (field notes, 8)."""


class Item(Struct, frozen=True):
    """One task as it stands now. ``place`` is its activity, one of ``ALWAYS`` or what must be asked for and the
    initiative, ``yes-…`` or ``duty-…``; ``words`` is empty for all but activities."""

    place: str
    words: Words
    who: Text | None
    due: str | None
    done: bool
    about: Initiative | None = None

    @property
    def id(self) -> str:
        """The id of the thing that keeps who, by when, and done."""
        return task_id(self.place)


def task_id(place: str) -> str:
    """The id of the one task that belongs to an activity."""
    return f"task-{place}"


def fits(snapshot: Snapshot, task: Task) -> bool:
    """Whether there can be such a task: an activity has one, and so has each of what every meeting leaves."""
    known = task.place in ALWAYS or task.place in asked(snapshot) or snapshot.programme.find(task.place) is not None
    return known and task.id == task_id(task.place)


def asked(snapshot: Snapshot) -> dict[str, Initiative]:
    """What others than the group must be asked or told, by the task's place: a yes to what is tried, and what the law
    lays on the employer, who hears of it."""
    duties = {f"duty-{one.id}": one for one in snapshot.duties()}
    elsewhere = {f"yes-{one.id}": one for one in snapshot.tried() if one.approver not in (None, "ourselves")}
    return duties | elsewhere


def not_asked(snapshot: Snapshot) -> Iterator[tuple[str, Initiative]]:
    """What nobody has asked or told yet."""
    for place, one in asked(snapshot).items():
        kept = snapshot.get(task_id(place), Task)
        if kept is None or not kept.done:
            yield place, one


def tasks(snapshot: Snapshot, calendar: Calendar) -> list[Item]:
    """The tasks in order: what every meeting leaves, who must be asked, then what the activities leave, each at most
    once."""
    always = [_item(snapshot, key, {}, _preset(snapshot, days, calendar)) for key, days in ALWAYS.items()]
    others = [_item(snapshot, place, {}, one.duty_when, one) for place, one in asked(snapshot).items()]
    return [*always, *others, *(_item(snapshot, place, activity.task, None) for place, activity in _left(snapshot))]


def corrected(snapshot: Snapshot) -> list[LaterChange]:
    """What has been changed in the plan after the meeting, each thing once a day; who does which task is no change of
    the plan."""
    return list(dict.fromkeys(one for one in snapshot.later if not one.label.startswith("task.")))


def _left(snapshot: Snapshot) -> Iterator[tuple[str, Activity]]:
    """Activities whose task is still to be done: left for after the meeting, or not reached."""
    missed = {place for place, _ in not_reached(snapshot)}
    for place, _, activity in snapshot.programme.places():
        if activity.task and (place in missed or _not_finished(snapshot, place, activity)):
            yield place, activity


def _not_finished(snapshot: Snapshot, place: str, activity: Activity) -> bool:
    """Whether there is more to do in an activity than the room has done: a sentence is enough in the meeting, and
    figures are for afterwards; and where management was not there, somebody must ask it."""
    if activity.kind == "measure":
        return any(not goal.indicator and refuse_figure(snapshot, goal) is None for goal in snapshot.chosen())
    if activity.kind == "commit":
        return snapshot.workplace.leader_absent and not snapshot.of(Commitment)
    return snapshot.state(place) == "after" and activity_mark(snapshot, place) != "ready"


def _item(snapshot: Snapshot, place: str, words: Words, preset: str | None, about: Initiative | None = None) -> Item:
    kept = snapshot.get(task_id(place), Task)
    said = about.duty_who if about else None  # in the room, when it was decided
    if kept is None:
        return Item(place, words, said, preset, False, about)
    return Item(place, words, kept.who or said, kept.due, kept.done, about)


def _preset(snapshot: Snapshot, days: int, calendar: Calendar) -> str:
    """So many days after the meeting, on a day when people are at work."""
    day = dt.date.fromisoformat(snapshot.closed or snapshot.workplace.day or snapshot.day)
    return calendar.working_day(day + dt.timedelta(days)).isoformat()
