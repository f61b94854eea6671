"""What is about people or management, kept for whoever leads the meeting: promises, frame, and who carries what."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from trivsel.domain.advice.finding import Finding, about, person, place_of
from trivsel.domain.ballot import asks_for_role
from trivsel.domain.things import Commitment
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot

_REPRESENTATIVE = re.compile(
    r"\b(?:f?tr|amr|(?:fælles)?tillids(?:repræsentant|mand)\w*|(?:arbejdsmiljø|sikkerheds)repræsentant\w*"
    r"|tillidsvalgt\w*|shop stewards?|(?:health and safety|safety|union|employee) rep(?:resentative)?s?)\b"
)
_EMPLOYER = re.compile(
    r"\w*leder\w*|\w*ledelse\w*|\b(?:\w*chef\w*|\w*direktør\w*|forstander\w*|rektor\w*|arbejdsgiver\w*|\w*mester\w*"
    r"|(?:line )?managers?|management|leaders?|heads?|directors?|principals?|employers?|supervisors?|ceo)\b"
)


def management(snapshot: Snapshot) -> Iterator[Finding]:
    """Findings that never come up on the shared screen by themselves."""
    yield from _frame(snapshot)
    yield from _promises(snapshot)
    yield from _sides(snapshot)
    yield from _loads(snapshot)


def _frame(snapshot: Snapshot) -> Iterator[Finding]:
    """What management has set aside, and whether the plan keeps within it."""
    welcome, allocate = place_of(snapshot, "welcome"), place_of(snapshot, "allocate")
    if allocate is None:
        return
    workplace = snapshot.workplace
    if welcome and workplace.hours is None and workplace.money is None:
        yield Finding("frame_unknown", "presenter", welcome)
    needs = [need for one in snapshot.tried() if (need := snapshot.resource(one.id))]
    hours, money = sum(need.hours or 0 for need in needs), sum(need.money or 0 for need in needs)
    if workplace.hours is not None and hours > workplace.hours:
        yield Finding("more_hours", "presenter", allocate, needed=hours, available=workplace.hours)
    if workplace.money is not None and money > workplace.money:
        yield Finding("more_money", "presenter", allocate, needed=money, available=workplace.money)


def _promises(snapshot: Snapshot) -> Iterator[Finding]:
    """No promise from management; if it was not there, nobody who asks it."""
    promise, workplace = place_of(snapshot, "commit"), snapshot.workplace
    if promise is None or snapshot.of(Commitment):
        return
    if not workplace.leader_absent:
        yield Finding("no_promise", "presenter", promise)
    elif not workplace.asks:
        yield Finding("nobody_asks", "presenter", promise)


def _sides(snapshot: Snapshot) -> Iterator[Finding]:
    """Only the employees' answer was shown, though management was there and could have given its own."""
    phones = snapshot.phones
    if snapshot.workplace.leader_absent or asks_for_role(snapshot):
        return
    answered = {
        place: phones.asking(place)
        for kind in ("prioritise", "barriers", "rate", "selfcheck")
        for place in snapshot.programme.kinds(kind)
    }
    shown = [place for place, asking in answered.items() if asking.shown and asking.tallies]
    if shown and not any(asking.management for asking in answered.values()):
        yield Finding("one_side", "presenter", shown[-1])


def _loads(snapshot: Snapshot) -> Iterator[Finding]:
    """One person who carries most of it, and representatives who have been given what is the employer's."""
    anchors, tried = place_of(snapshot, "anchor"), snapshot.tried()
    held = [anchor for one in tried if (anchor := snapshot.anchor(one.id))]
    carriers = [anchor.responsible for anchor in held if anchor.responsible]
    if anchors and len(tried) > 1 and carriers:
        most, count = Counter(map(person, carriers)).most_common(1)[0]
        if count * 2 > len(tried):
            who = next(one for one in carriers if person(one) == most)
            yield Finding("one_carries", "presenter", anchors, who=who)
    decide = place_of(snapshot, "decide", "ideas")
    theirs = [one for one in snapshot.duties() if one.duty_who and _only_representative(one.duty_who)]
    if decide and theirs:
        yield about("duty_on_representative", decide, theirs, "presenter")


def _only_representative(who: Text) -> bool:
    """AMR or TR, and nobody beside them who answers for the employer."""
    said = person(who)
    return bool(_REPRESENTATIVE.search(said)) and not _EMPLOYER.search(said)
