"""Which figures may stand on a shared screen, and for how small a group."""

from __future__ import annotations

from trivsel.domain.commands import Refusal
from trivsel.domain.things import Goal
from trivsel.domain.workshop import Snapshot


def has_figure(goal: Goal) -> bool:
    return goal.now is not None or goal.target is not None


def refuse_figure(snapshot: Snapshot, goal: Goal) -> Refusal | None:
    """Some figures never belong on a shared screen, others only where enough people work."""
    if goal.entry is None:
        return None
    if goal.entry.never_in_the_room:
        return Refusal("figure_not_in_room", {"goal": goal.title.text})
    people = snapshot.workplace.people
    if people is not None and people < goal.entry.smallest_group:
        return Refusal("group_too_small", {"least": str(goal.entry.smallest_group), "people": str(people)})
    return None
