"""How far a workshop has come: for every activity and step whether it is empty, under way or ready."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from trivsel.domain.programme import Activity
from trivsel.domain.things import Card, Commitment, Goal, Heap, Initiative, Review
from trivsel.domain.workshop import Snapshot

Mark = Literal["empty", "begun", "ready"]


def activity_mark(snapshot: Snapshot, place: str) -> Mark:
    """The mark of one activity, derived from what is there."""
    found = snapshot.programme.find(place)
    return "empty" if found is None else _MARKS[found[1].kind](snapshot, place, found[1])


def step_mark(snapshot: Snapshot, key: str) -> Mark:
    """The mark of a step: ready when every activity of the meeting is; an activity left out never counts."""
    step = snapshot.programme.step(key)
    places = (
        [f"{key}.{a.key}" for a in step.activities if snapshot.state(f"{key}.{a.key}") == "meeting"] if step else []
    )
    marks = [activity_mark(snapshot, place) for place in places]
    if marks and all(mark == "ready" for mark in marks):
        return "ready"
    return "empty" if all(mark == "empty" for mark in marks) else "begun"


def steps_ready(snapshot: Snapshot) -> tuple[int, int]:
    """How many steps are ready, and how many there are."""
    steps = [step for step in snapshot.programme.steps if not step.interlude]
    return sum(step_mark(snapshot, step.key) == "ready" for step in steps), len(steps)


def not_reached(snapshot: Snapshot) -> list[tuple[str, Activity]]:
    """Activities with nothing in them that the group did not come to, left for later or never added.
    What was never meant for the meeting is not among them."""
    return [
        (place, activity)
        for place, step, activity in snapshot.programme.places()
        if not step.interlude and activity.kind != "wheel" and activity_mark(snapshot, place) == "empty"
        and (activity.state == "meeting" or snapshot.state(place) != activity.state)
    ]  # fmt: skip


def _seen(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if place in snapshot.visited and place != snapshot.place else "empty"


def _collect(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if any(card.place == place for card in snapshot.of(Card)) or snapshot.of(Goal) else "empty"


def _group(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    heaps = snapshot.of(Heap)
    if not heaps:
        return "ready" if snapshot.of(Goal) else "empty"
    return "ready" if all(heap.name for heap in heaps) else "begun"


def _connect(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if any(goal.pulls for goal in snapshot.of(Goal)) else "empty"


def _prioritise(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    if snapshot.chosen():
        return "ready"
    return "begun" if any(goal.dots for goal in snapshot.of(Goal)) else "empty"


def _all_some(each: list[bool]) -> Mark:
    if each and all(each):
        return "ready"
    return "begun" if any(each) else "empty"


def _measure(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return _all_some([bool(goal.sign or goal.indicator) for goal in snapshot.chosen()])


def _ideas(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if snapshot.of(Initiative) else "empty"


def _answered(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    """Phones have been asked, and the answer has been shown."""
    asking = snapshot.phones.asking(place)
    if asking.shown and asking.counted:
        return "ready"
    return "begun" if asking.tallies or snapshot.phones.votes.get(place) else "empty"


def _barriers(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    """Answered from phones, or on the shared screen."""
    if any(one.barriers or one.alternative for one in snapshot.of(Initiative)):
        return "ready"
    return _answered(snapshot, place, activity)


def _rate(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    """Answered from phones, or dragged into the matrix."""
    if any(one.effect is not None and one.effort is not None for one in snapshot.of(Initiative)):
        return "ready"
    return _answered(snapshot, place, activity)


def _decide(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return _all_some([one.decision != "" for one in snapshot.of(Initiative) if not one.works])


def _allocate(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    """The presets stand, so it is ready as soon as the room has been there with something to try."""
    return "ready" if snapshot.tried() and place in snapshot.visited else "empty"


def _frame(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    workplace = snapshot.workplace
    if workplace.hours is not None or workplace.money is not None:
        return "ready"
    return "begun" if workplace.limits else "empty"


def _how(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    """The preset, a talk at the fixed meeting, stands; it is ready once each has a rule for stopping, or the room has
    looked at it."""
    tried = snapshot.tried()
    if tried and place in snapshot.visited:
        return "ready"
    begun = any(one.stop or one.how != "talk" for one in tried)
    return "ready" if tried and all(one.stop for one in tried) else "begun" if begun else "empty"


def _anchor(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    anchors = [snapshot.anchor(one.id) for one in snapshot.tried()]
    if any(a and (a.forum or a.responsible or a.deputy or a.first) for a in anchors):
        return "ready" if all(a and a.forum and a.responsible and a.deputy for a in anchors) else "begun"
    return "empty"


def _whatif(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    anchors = [snapshot.anchor(one.id) for one in snapshot.tried()]
    return _all_some([bool(anchor and anchor.holds) for anchor in anchors])


def _commit(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if snapshot.of(Commitment) or snapshot.workplace.leader_absent else "empty"


def _plan(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if snapshot.of(Review) else "empty"


def _close(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if snapshot.closed else "empty"


def _view(snapshot: Snapshot, place: str, activity: Activity) -> Mark:
    return "ready" if place in snapshot.visited else "empty"


_MARKS: dict[str, Callable[[Snapshot, str, Activity], Mark]] = {
    "welcome": _seen,
    "break": _seen,
    "collect": _collect,
    "group": _group,
    "connect": _connect,
    "prioritise": _prioritise,
    "measure": _measure,
    "ideas": _ideas,
    "barriers": _barriers,
    "rate": _rate,
    "decide": _decide,
    "allocate": _allocate,
    "frame": _frame,
    "anchor": _anchor,
    "whatif": _whatif,
    "commit": _commit,
    "selfcheck": _answered,
    "wheel": _view,
    "how": _how,
    "plan": _plan,
    "close": _close,
}
