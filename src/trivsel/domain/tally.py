"""Counting what came from the phones, so that no figure can be traced to a few people, now or by comparing later.

Every sum that is shown is a sum over a set of answers. Whoever sees several sums can add and subtract them, so a new
one is only shown if no such reckoning leaves the answers of fewer than ``least`` people standing alone. Somebody who
takes part knows their own answer too, which leaves at least four others (field notes, section 5). Where a seat gave
the same number before, whoever reckons may know that, so it counts as the same answer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trivsel.domain.asking import LEAST_SPREAD, Asking, Contribution, Published, Share, Sums, Tally, Vote

_PRIME = 2**61 - 1
"""Sums are solved modulo a prime larger than any determinant of noughts and ones with ``_MOST_SETS`` rows: exact."""
_MOST_SETS = 24
_MOST_WAYS = 5_000
"""Beyond so many sums about one thing, or ways to pick out a few people, nothing more is shown of it: the writer
would have to reckon for seconds."""


def count(
    keys: Sequence[str],
    votes: Mapping[str, Vote],
    asking: Asking,
    published: Published,
    least: int,
    *,
    frozen: bool,
    ordered: int = 1,
) -> Tally:
    """What may be shown of ``votes`` (by pseudonym) about ``keys``, given what has been shown before.

    Too few answers give only an order, fewer than ``ordered`` not even that; too few new ones since the last count
    of the same round leave that one standing, and too few new ones since an earlier round give only an order. What
    fewer than ``least`` of many have answered is not even in the order: its place between two means would tell what
    they answered.
    """
    given = contributions(keys, votes)
    shown = [key for key in keys if len(given[key]) >= least]
    order = ranking(keys if len(votes) < least else shown, given) if len(votes) >= ordered else ()
    before = asking.counted
    if len(votes) < least or frozen:
        return _again(before) or Tally(asking.round, least, order=order)
    if any(not _safe(published.sums.get(key, ()), [given[key]], least) for key in shown):
        return _again(before) or Tally(asking.round, least, order=order)
    wide = max(LEAST_SPREAD, least)
    spread = [key for key in shown if _safe(published.spreads.get(key, ()), [given[key]], wide)]
    return Tally(
        round=asking.round,
        least=least,
        answers=len(votes),
        shares={key: _share(given[key]) for key in shown},
        spread={key: _spread(given[key]) for key in spread},
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


def with_tally(published: Published, tally: Tally, votes: Mapping[str, Vote]) -> Published:
    """What has been shown once ``tally`` of ``votes`` is shown too."""
    if tally.older:
        return published
    given = contributions(list(tally.shares), votes)
    sums = {key: [given[key]] for key in tally.shares}
    for role, shares in tally.roles.items():
        of_role = contributions(list(shares), {seat: vote for seat, vote in votes.items() if vote.role == role})
        for key in shares:
            sums[key].append(of_role[key])
    spreads = {key: [given[key]] for key in tally.spread}
    return Published(_joined(published.sums, sums), _joined(published.spreads, spreads))


def _joined(before: Sums, new: Mapping[str, Sequence[frozenset[Contribution]]]) -> Sums:
    keys = dict.fromkeys([*before, *new])
    return {key: tuple(dict.fromkeys([*before.get(key, ()), *new.get(key, ())])) for key in keys}


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
    """Shares by role, where both groups and whoever said nothing are large enough, or nobody said nothing.

    Of all things or of none: what is left out of one thing could be found from the others, since everybody has
    the same number of dots.
    """
    by_role = {
        role: contributions(keys, {seat: vote for seat, vote in votes.items() if vote.role == role})
        for role in ("employee", "leader")
    }
    large = [key for key in keys if all(len(given[key]) >= least for given in by_role.values())]
    for key in large:
        new = [given[key], *(of_role[key] for of_role in by_role.values())]
        if not _safe(published.sums.get(key, ()), new, least):
            return {}
    return {role: {key: _share(of_role[key]) for key in large} for role, of_role in by_role.items()} if large else {}


def _safe(before: Sequence[frozenset[Contribution]], new: Sequence[frozenset[Contribution]], least: int) -> bool:
    sets = list(dict.fromkeys([*before, *new]))
    return len(sets) <= _MOST_SETS and not traceable(sets, least)


def traceable(sets: Sequence[frozenset[Contribution]], least: int) -> bool:
    """Whether sums over these sets can be added and subtracted to a sum that fewer than ``least`` people make up."""
    within: dict[Contribution, int] = defaultdict(int)
    for number, one in enumerate(sets):
        for answer in one:
            within[answer] |= 1 << number
    people: dict[int, set[str]] = defaultdict(set)
    for (seat, _), pattern in within.items():
        people[pattern].add(seat)
    # The largest first, so that the equations are solved for them and few need a second look.
    atoms = sorted(people, key=lambda pattern: (-len(people[pattern]), pattern))
    solved = _solved([[pattern >> number & 1 for pattern in atoms] for number in range(len(sets))])
    for ways, few in enumerate(_few([people[pattern] for pattern in atoms], least)):
        if ways >= _MOST_WAYS:
            return True
        # A sum over nobody but these is made of the equations that are solved for one of them.
        rows = [row for place, row in solved.items() if place in few]
        outside = [[value for place, value in enumerate(row) if place not in few] for row in rows]
        if len(_solved(outside)) < len(rows):
            return True
    return False


def _few(people: Sequence[set[str]], least: int) -> Iterator[frozenset[int]]:
    """Every choice of groups that together are fewer than ``least`` people."""
    stack: list[tuple[int, frozenset[int], set[str]]] = [(0, frozenset(), set())]
    while stack:
        start, chosen, so_far = stack.pop()
        for place in range(start, len(people)):
            together = so_far | people[place]
            if len(together) < least:
                yield chosen | {place}
                stack.append((place + 1, chosen | {place}, together))


def _solved(rows: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    """The equations solved: for some columns, as many as the rank, the one row that has a one there."""
    solved: dict[int, list[int]] = {}
    for row in rows:
        left = [value % _PRIME for value in row]
        for column, known in solved.items():
            left = _less(left, known, left[column])
        column = next((place for place, value in enumerate(left) if value), -1)
        if column >= 0:
            inverse = pow(left[column], _PRIME - 2, _PRIME)
            left = [value * inverse % _PRIME for value in left]
            solved = {place: _less(known, left, known[column]) for place, known in solved.items()}
            solved[column] = left
    return solved


def _less(row: list[int], other: list[int], factor: int) -> list[int]:
    if not factor:
        return row
    return [(mine - factor * theirs) % _PRIME for mine, theirs in zip(row, other, strict=True)]
