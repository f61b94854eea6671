"""Counting what came from the phones, so that no figure can be traced to a few people, now or by comparing later.

Every sum that is shown is a sum over a set of answers. Whoever sees several sums can add and subtract them, so a new
one is only shown if no such reckoning leaves the answers of fewer than ``least`` people standing alone. Somebody who
takes part knows their own answer too, which leaves at least four others (field notes, section 5).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trivsel.domain.asking import LEAST_SPREAD, Asking, Contribution, Published, Share, Tally, Vote

_PRIME = 2_147_483_647
"""Ranks are reckoned modulo a large prime: exact for rows of noughts and ones of this size."""
_MOST_SETS = 24
"""Beyond so many sums about one thing nothing more is shown of it; the reckoning stays quick."""


def count(
    keys: Sequence[str], votes: Mapping[str, Vote], asking: Asking, published: Published, least: int, *, frozen: bool
) -> Tally:
    """What may be shown of ``votes`` (by pseudonym) about ``keys``, given what has been shown before.

    Too few answers give only an order; too few new ones since the last count of the same round leave that one
    standing, and too few new ones since an earlier round give only an order.
    """
    given = contributions(keys, votes)
    order = ranking(keys, given)
    before = next((tally for tally in asking.tallies if tally.round == asking.round), None)
    if len(votes) < least or frozen:
        return _again(before) or Tally(asking.round, least, order=order)
    shown = [key for key in keys if len(given[key]) >= least]
    if any(not _safe(published.get(key, ()), [given[key]], least) for key in shown):
        return _again(before) or Tally(asking.round, least, order=order)
    wide = max(LEAST_SPREAD, least)
    return Tally(
        round=asking.round,
        least=least,
        answers=len(votes),
        shares={key: _share(given[key]) for key in shown},
        spread={key: _spread(given[key]) for key in shown if len(given[key]) >= wide},
        roles=_roles(shown, given, votes, published, least),
        order=order,
    )


def _again(before: Tally | None) -> Tally | None:
    if before is None or not before.answers:
        return None
    return Tally(
        before.round, before.least, before.answers, before.shares, before.spread, before.roles, before.order, True
    )


def contributions(keys: Sequence[str], votes: Mapping[str, Vote]) -> dict[str, frozenset[Contribution]]:
    """For each thing the answers given to it."""
    given: dict[str, set[Contribution]] = {key: set() for key in keys}
    for seat, vote in votes.items():
        for key, value in vote.votes.items():
            if key in given:
                given[key].add((seat, value))
    return {key: frozenset(answers) for key, answers in given.items()}


def newly_published(tally: Tally, votes: Mapping[str, Vote]) -> dict[str, tuple[frozenset[Contribution], ...]]:
    """The sets of answers whose sums ``tally`` shows for the first time."""
    if tally.older:
        return {}
    given = contributions(list(tally.shares), votes)
    found: dict[str, list[frozenset[Contribution]]] = {key: [given[key]] for key in tally.shares}
    for role, shares in tally.roles.items():
        of_role = contributions(list(shares), {seat: vote for seat, vote in votes.items() if vote.role == role})
        for key in shares:
            found[key].append(of_role[key])
    return {key: tuple(sets) for key, sets in found.items()}


def _share(given: Iterable[Contribution]) -> Share:
    values = [value for _, value in given]
    return Share(len(values), sum(values))


def _spread(given: Iterable[Contribution]) -> tuple[int, ...]:
    values = [value for _, value in given]
    return tuple(values.count(value) for value in range(max(values) + 1))


def ranking(keys: Sequence[str], given: Mapping[str, Iterable[Contribution]]) -> tuple[tuple[str, ...], ...]:
    """Things from most to least, with what is equal together; by mean where not all answered all."""
    scores: dict[float, list[str]] = defaultdict(list)
    for key in keys:
        values = [value for _, value in given[key]]
        scores[sum(values) / len(values) if values else 0.0].append(key)
    return tuple(tuple(scores[score]) for score in sorted(scores, reverse=True))


def _roles(
    keys: Sequence[str],
    given: Mapping[str, frozenset[Contribution]],
    votes: Mapping[str, Vote],
    published: Published,
    least: int,
) -> dict[str, dict[str, Share]]:
    """Shares by role, where both groups and whoever said nothing are large enough, or nobody said nothing."""
    by_role = {
        role: contributions(keys, {seat: vote for seat, vote in votes.items() if vote.role == role})
        for role in ("employee", "leader")
    }
    safe = [
        key
        for key in keys
        if all(len(by_role[role][key]) >= least for role in by_role)
        and _safe(published.get(key, ()), [given[key], *(by_role[role][key] for role in by_role)], least)
    ]
    return {role: {key: _share(by_role[role][key]) for key in safe} for role in by_role} if safe else {}


def _safe(before: Sequence[frozenset[Contribution]], new: Sequence[frozenset[Contribution]], least: int) -> bool:
    sets = list(dict.fromkeys([*before, *new]))
    return len(sets) <= _MOST_SETS and not traceable(sets, least)


def traceable(sets: Sequence[frozenset[Contribution]], least: int) -> bool:
    """Whether sums over these sets can be added and subtracted to a sum that fewer than ``least`` answers make up."""
    members: dict[Contribution, int] = {}
    for number, one in enumerate(sets):
        for answer in one:
            members[answer] = members.get(answer, 0) | 1 << number
    sizes: dict[int, int] = defaultdict(int)
    for pattern in members.values():
        sizes[pattern] += 1
    atoms = sorted(sizes, key=lambda pattern: sizes[pattern])
    rows = [[pattern >> number & 1 for pattern in atoms] for number in range(len(sets))]
    whole = _rank(rows)
    for few in _few([sizes[pattern] for pattern in atoms], least):
        outside = [[value for place, value in enumerate(row) if place not in few] for row in rows]
        if _rank(outside) < whole:
            return True
    return False


def _few(sizes: Sequence[int], least: int) -> Iterator[frozenset[int]]:
    """Every choice of atoms that together are fewer than ``least`` answers; ``sizes`` go from small to large."""
    stack: list[tuple[int, int, tuple[int, ...]]] = [(0, 0, ())]
    while stack:
        start, weight, chosen = stack.pop()
        for place in range(start, len(sizes)):
            if weight + sizes[place] >= least:
                break
            yield frozenset((*chosen, place))
            stack.append((place + 1, weight + sizes[place], (*chosen, place)))


def _rank(rows: Sequence[Sequence[int]]) -> int:
    """The rank of a matrix of whole numbers."""
    left = [[value % _PRIME for value in row] for row in rows]
    rank = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((place for place in range(rank, len(left)) if left[place][column]), None)
        if pivot is None:
            continue
        left[rank], left[pivot] = left[pivot], left[rank]
        inverse = pow(left[rank][column], _PRIME - 2, _PRIME)
        for place in range(rank + 1, len(left)):
            factor = left[place][column] * inverse % _PRIME
            if factor:
                pairs = zip(left[place], left[rank], strict=True)
                left[place] = [(mine - factor * theirs) % _PRIME for mine, theirs in pairs]
        rank += 1
    return rank
