"""What refers to what in a workshop, and whether all of it holds together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trivsel.domain.fields import CHOSEN_LIMIT
from trivsel.domain.things import Anchor, Card, Forum, Goal, Heap, Initiative, Resource, Thing

_REFERENCES: dict[type, dict[str, type]] = {
    Card: {"heap": Heap},
    Goal: {"pulls": Goal},
    Initiative: {"goals": Goal},
    Resource: {"initiative": Initiative},
    Anchor: {"initiative": Initiative, "forum": Forum},
}
"""Fields that name other things. A goal's origin is not one of them: it tells only where the goal came from."""

Flaw = tuple[str, str, str]
"""A thing's id, what is wrong with it, and what with."""


def fit_id(id: str) -> bool:
    """Whether a thing may have this id."""
    return 0 < len(id) <= 100 and id.isascii() and id.isprintable()


def pulled_by(things: Mapping[str, Thing], start: str | None) -> list[str]:
    """The goals that arrows lead to from the goal ``start``, itself first; where they meet again, the way ends."""
    way: list[str] = []
    while start is not None and start not in way:
        goal = things.get(start)
        if not isinstance(goal, Goal):
            break
        way.append(start)
        start = goal.pulls
    return way


def flaws(things: Mapping[str, Thing]) -> set[Flaw]:
    """What does not hold together in a workshop: loose ends, and more chosen goals than there may be."""
    chosen = sum(isinstance(thing, Goal) and thing.chosen for thing in things.values())
    found = loose_ends(things, things.values())
    return found | {("", "chosen", str(chosen))} if chosen > CHOSEN_LIMIT else found


def loose_ends(things: Mapping[str, Thing], of: Iterable[Thing]) -> set[Flaw]:
    """References of some things to what is not there, arrows that make a circle, and a second resource or anchor of
    the same initiative."""
    some = list(of)
    belonging: dict[tuple[type, str], str] = {}
    if any(isinstance(thing, Resource | Anchor) for thing in some):
        for thing in things.values():
            if isinstance(thing, Resource | Anchor):
                belonging.setdefault((type(thing), thing.initiative), thing.id)
    return set(_loose_ends(things, some, belonging))


def _loose_ends(
    things: Mapping[str, Thing], some: Iterable[Thing], belonging: Mapping[tuple[type, str], str]
) -> Iterator[Flaw]:
    for thing in some:
        for field, kind in _REFERENCES.get(type(thing), {}).items():
            for id in _ids(getattr(thing, field)):
                if not isinstance(things.get(id), kind):
                    yield thing.id, field, id
        if isinstance(thing, Goal) and thing.pulls is not None and thing.id in pulled_by(things, thing.pulls):
            yield thing.id, "circle", thing.pulls
        if isinstance(thing, Resource | Anchor):
            first = belonging[type(thing), thing.initiative]
            if first != thing.id:
                yield thing.id, "double", first


def _ids(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
