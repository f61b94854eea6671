"""What comes after the meeting, in words: tasks with role and date, what has been changed, what was not reached."""

from __future__ import annotations

from itertools import groupby

from msgspec import Struct

from trivsel.content import calendar
from trivsel.domain.standing import not_reached
from trivsel.domain.tasks import Item, corrected, tasks
from trivsel.domain.things import Committee, Initiative, Task
from trivsel.domain.words import pick
from trivsel.report.plan import Plan, Said

_DUTY_TO: dict[Committee, str] = {"none": "leader", "amo": "amo", "su": "amo", "med": "med"}
"""Who hears of what is the employer's duty."""


class Chore(Struct, frozen=True):
    """A task as it is told. ``due`` is ISO 8601 or empty; ``date`` is the same day in words."""

    place: str
    what: str
    who: Said | None
    due: str
    date: str
    done: bool


class Day(Struct, frozen=True):
    """What was changed on one day: what it was about, and in which goal, initiative or meeting."""

    date: str
    changes: list[tuple[str, Said | None]]


def chores(plan: Plan) -> list[Chore]:
    """Every task, in order."""
    return [
        Chore(
            place=item.place,
            what=_what(plan, item),
            who=plan.said(item.who),
            due=item.due or "",
            date=plan.words.date(item.due) if item.due else "",
            done=item.done,
        )
        for item in tasks(plan.snapshot, calendar())
    ]


def _what(plan: Plan, item: Item) -> str:
    """A task in words: what the activity says, else what must be asked for, else what every meeting leaves."""
    if item.about is None:
        return pick(item.words, plan.language) or plan.words(f"after.task_{item.place}")
    title = plan.words("format.quote", text=item.about.title.read(plan.language))
    if item.place.startswith("duty-"):
        return plan.words(f"after.task_duty_{_DUTY_TO[plan.snapshot.workplace.committee]}", title=title)
    approver: str = item.about.approver or "leader"
    if approver == "su" and plan.snapshot.workplace.committee == "med":
        approver = "med"
    return plan.words(f"after.task_yes_{approver}", title=title)


def told_afterwards(plan: Plan) -> bool:
    """Whether tasks belong in the report: the meeting is over, or somebody has already taken one."""
    return plan.snapshot.closed is not None or bool(plan.snapshot.of(Task))


def days_of_change(plan: Plan) -> list[Day]:
    """What has been changed after the meeting, day by day."""
    changes = sorted(corrected(plan.snapshot), key=lambda change: change.day)
    return [
        Day(
            plan.words.date(day),
            [
                (plan.words(f"undo.{change.label.replace('.', '_')}"), _title(plan, change.id))
                for change in of_the_day
            ],
        )
        for day, of_the_day in groupby(changes, key=lambda change: change.day)
    ]  # fmt: skip


def left_out(plan: Plan) -> list[tuple[str, str]]:
    """What the group did not reach: the activity, and what that means."""
    return [
        (pick(activity.label, plan.language), pick(activity.if_skipped, plan.language))
        for _, activity in not_reached(plan.snapshot)
        if activity.if_skipped
    ]


def _title(plan: Plan, id: str) -> Said | None:
    """What the changed thing is called, or the initiative it belongs to."""
    thing = plan.snapshot.things.get(id) or plan.snapshot.removed.get(id)
    title = getattr(thing, "title", None) or getattr(thing, "name", None)
    if title is None and thing is not None and hasattr(thing, "initiative"):
        of = plan.snapshot.get(thing.initiative, Initiative)
        title = of.title if of else None
    return plan.said(title)
