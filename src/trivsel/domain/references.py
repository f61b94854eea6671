"""What refers to what in a workshop, and whether all of it holds together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from trivsel.domain.fields import CHOSEN_LIMIT
from trivsel.domain.things import Anchor, Card, Forum, Goal, Heap, Initiative, Resource, Thing

_REFERENCES: dict[type, dict[str, type]] = {
    Card: {"heap": Heap},
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


def flaws(things: Mapping[str, Thing], *, of: Iterable[Thing] | None = None) -> set[Flaw]:
    """What does not hold together: references to what is not there, doubles, too many chosen goals.

    Of all things, or only of some of them.
    """
    return set(_flaws(things, things.values() if of is None else of))


def _flaws(things: Mapping[str, Thing], of: Iterable[Thing]) -> Iterator[Flaw]:
    belonging: dict[tuple[type, str], str] = {}
    for thing in of:
        for field, kind in _REFERENCES.get(type(thing), {}).items():
            for id in _ids(getattr(thing, field)):
                if not isinstance(things.get(id), kind):
                    yield thing.id, field, id
        if isinstance(thing, Resource | Anchor):
            first = belonging.setdefault((type(thing), thing.initiative), thing.id)
            if first != thing.id:
                yield thing.id, "double", first
    chosen = sum(isinstance(thing, Goal) and thing.chosen for thing in things.values())
    if chosen > CHOSEN_LIMIT:
        yield "", "chosen", str(chosen)


def _ids(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else value
