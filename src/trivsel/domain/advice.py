"""What a wise colleague would point out about the plan: findings, each with a reason, none of them a block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from msgspec import Struct

from trivsel.domain.programme import Kind
from trivsel.domain.things import Commitment, Goal, Initiative, Review
from trivsel.domain.workshop import Snapshot

Audience = Literal["room", "presenter"]
"""Findings about the plan are for everybody; findings about people or management are for the presenter."""


class Finding(Struct, frozen=True):
    """``key`` names its words (``advice.<key>``), ``about`` the things it is about, ``place`` where it is mended."""

    key: str
    audience: Audience
    place: str
    about: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()


def findings(snapshot: Snapshot, *, whole: bool = False) -> list[Finding]:
    """What to look at now. A finding waits until the room has come to where it is mended; ``whole`` does not wait."""
    return [finding for finding in _all(snapshot) if whole or _reached(snapshot, finding.place)]


def _reached(snapshot: Snapshot, place: str) -> bool:
    """Nobody is told what is missing before they have had the chance to say it."""
    places = [here for here, _, _ in snapshot.programme.places()]
    return places.index(place) < places.index(snapshot.place) if place in places and snapshot.place in places else False


def _place(snapshot: Snapshot, *kinds: Kind) -> str | None:
    """The first activity of these kinds that is in the meeting; a plan is not faulted for what it left out."""
    for kind in kinds:
        for place in snapshot.programme.kinds(kind):
            if snapshot.state(place) == "meeting":
                return place
    return None


def _all(snapshot: Snapshot) -> Iterator[Finding]:
    yield from _goals(snapshot)
    yield from _initiatives(snapshot)
    yield from _anchors(snapshot)
    yield from _after(snapshot)


def _goals(snapshot: Snapshot) -> Iterator[Finding]:
    chosen = snapshot.chosen()
    measure = _place(snapshot, "measure")
    unmeasured = [goal for goal in chosen if not (goal.sign or goal.indicator)]
    if measure and unmeasured:
        yield _about("nothing_to_measure", measure, unmeasured)
    ideas = _place(snapshot, "ideas")
    served = {id for one in (*snapshot.tried(), *snapshot.duties()) for id in one.goals}
    decide = _place(snapshot, "decide")
    unserved = [goal for goal in chosen if goal.id not in served]
    if ideas and decide and unserved:
        yield _about("goal_without_initiative", decide, unserved)


def _initiatives(snapshot: Snapshot) -> Iterator[Finding]:
    decide = _place(snapshot, "decide", "ideas")
    tried = snapshot.tried()
    if decide is None or not tried:
        return
    goals = {goal.id for goal in snapshot.of(Goal)}
    aimless = [one for one in tried if not goals & set(one.goals)]
    if aimless:
        yield _about("initiative_without_goal", decide, aimless)
    if all(one.levels == ("I",) for one in tried):
        yield _about("only_individual", decide, tried)


def _anchors(snapshot: Snapshot) -> Iterator[Finding]:
    place = _place(snapshot, "anchor")
    if place is None:
        return
    held = [(one, snapshot.anchor(one.id)) for one in snapshot.tried()]
    loose = [one for one, anchor in held if anchor is None or anchor.forum is None]
    if loose:
        yield _about("no_forum", place, loose)
    orphans = [one for one, anchor in held if anchor is None or anchor.responsible is None]
    if orphans:
        yield _about("nobody_responsible", place, orphans)
    single = [one for one, anchor in held if anchor and anchor.responsible and anchor.deputy is None]
    if single:
        yield _about("no_deputy", place, single)


def _after(snapshot: Snapshot) -> Iterator[Finding]:
    promise = _place(snapshot, "commit")
    if promise and not snapshot.of(Commitment):
        yield Finding("no_promise", "presenter", promise)
    when = _place(snapshot, "plan")
    if when and snapshot.tried() and not snapshot.of(Review):
        yield Finding("no_review", "room", when)


def _about(key: str, place: str, things: Sequence[Goal | Initiative]) -> Finding:
    """A finding about some goals or initiatives, by their titles."""
    return Finding(key, "room", place, tuple(thing.title.text for thing in things), tuple(thing.id for thing in things))
