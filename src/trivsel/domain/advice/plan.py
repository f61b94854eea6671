"""What the plan lacks, for everybody to see: goals, initiatives, what they take, and where they live on."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from trivsel.domain.advice.finding import Finding, about, place_of, same_person
from trivsel.domain.tasks import not_asked
from trivsel.domain.things import Goal, Initiative
from trivsel.domain.workshop import Snapshot

MANY = 3
"""More initiatives than this at a time seldom last (field notes, section 8)."""


def goals(snapshot: Snapshot) -> Iterator[Finding]:
    """Goals that nothing shows the way for, or that nothing is done about."""
    chosen = snapshot.chosen()
    measure = place_of(snapshot, "measure")
    unmeasured = [goal for goal in chosen if not (goal.sign or goal.indicator)]
    if measure and unmeasured:
        yield about("nothing_to_measure", measure, unmeasured)
    ideas, decide = place_of(snapshot, "ideas"), place_of(snapshot, "decide")
    served = {id for one in (*snapshot.tried(), *snapshot.duties()) for id in one.goals}
    unserved = [goal for goal in chosen if goal.id not in served]
    if ideas and decide and unserved:
        yield about("goal_without_initiative", decide, unserved)


def initiatives(snapshot: Snapshot) -> Iterator[Finding]:
    """What is tried without an aim, too much of it, only for the individual, or without those who must be in on it."""
    barriers = place_of(snapshot, "barriers")
    left_out = [one for one in _considered(snapshot) if one.barriers and not one.alternative]
    if barriers and left_out:
        yield about("somebody_left_out", barriers, left_out)
    decide = place_of(snapshot, "decide", "ideas")
    if decide is None:
        return
    tried = snapshot.tried()
    known = {goal.id for goal in snapshot.of(Goal)}
    aimless = [one for one in tried if not known & set(one.goals)]
    if aimless:
        yield about("initiative_without_goal", decide, aimless)
    if len(tried) > MANY:
        yield about("too_many", decide, tried, at_once=True)
    if tried and all(one.levels == ("I",) for one in tried):
        yield about("only_individual", decide, tried)
    yield from _allowed(snapshot, decide)
    yield from _not_asked(snapshot, decide)


def _considered(snapshot: Snapshot) -> list[Initiative]:
    """What is tried; until something is, every idea that nobody has decided on."""
    open_ones = [one for one in snapshot.of(Initiative) if not one.decision and not one.works]
    return snapshot.tried() or open_ones


def _allowed(snapshot: Snapshot, decide: str) -> Iterator[Finding]:
    """What the law asks of the employer, and what others than the group must say yes to."""
    adrift = [one for one in snapshot.duties() if not (one.duty_who and one.duty_when)]
    if adrift:
        yield about("duty_not_passed_on", decide, adrift)
    tried = snapshot.tried()
    kept = [one for one in tried if one.duty == "part" and one.approver in (None, "ourselves")]
    if kept:
        yield about("duty_kept", decide, kept)
    nobody = [one for one in tried if one not in kept and one.approver is None]
    if nobody:
        yield about("nobody_says_yes", decide, nobody)
    commit, workplace = place_of(snapshot, "commit"), snapshot.workplace
    waiting = [one for one in tried if one.approver in ("leader", "top")]
    if commit and waiting and workplace.leader_absent and not workplace.asks:
        yield about("yes_not_asked", commit, waiting)


def _not_asked(snapshot: Snapshot, decide: str) -> Iterator[Finding]:
    """After the meeting: what nobody has taken to those who must hear of it or say yes."""
    if snapshot.closed is None:
        return
    waiting = [one for _, one in not_asked(snapshot)]
    duties = [one for one in waiting if one.decision == "must"]
    if duties:
        yield replace(about("duty_not_sent", decide, duties), desk=True)
    others = [one for one in waiting if one.decision == "yes"]
    if others:
        yield replace(about("yes_not_sought", decide, others), desk=True)


def resources(snapshot: Snapshot) -> Iterator[Finding]:
    """What is missing, and nobody gets it."""
    place = place_of(snapshot, "allocate")
    needs = [(one, snapshot.resource(one.id)) for one in snapshot.tried()]
    missing = [one for one, need in needs if need and need.missing and not need.who]
    if place and missing:
        yield about("nobody_gets_it", place, missing)


def anchors(snapshot: Snapshot) -> Iterator[Finding]:
    """What has no meeting to live at, and nobody or only one to carry it."""
    place = place_of(snapshot, "anchor")
    if place is None:
        return
    held = [(one, snapshot.anchor(one.id)) for one in snapshot.tried()]
    loose = [one for one, anchor in held if anchor is None or anchor.forum is None]
    if loose:
        yield about("no_forum", place, loose)
    orphans = [one for one, anchor in held if anchor is None or anchor.responsible is None]
    if orphans:
        yield about("nobody_responsible", place, orphans)
    single = [one for one, anchor in held if anchor and anchor.responsible and anchor.deputy is None]
    if single:
        yield about("no_deputy", place, single)
    doubled = [one for one, anchor in held if anchor and same_person(anchor.responsible, anchor.deputy)]
    if doubled:
        yield about("same_person", place, doubled, at_once=True)
