"""Effect and effort: where the group gets most for what it puts in, with each idea at its place."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import product

from msgspec import Struct

from trivsel.content import say
from trivsel.domain.things import Initiative
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.bars import shown_tally, tally_before
from trivsel.report.figures.ink import draw, lines, template

WIDTH, HEIGHT, INSET, MARKER = 640, 372, 24, 13
LEFT, TOP, BOTTOM = 34, 6, 34
PLOT, PLOT_WITH_NAMES = WIDTH - LEFT - 4, 396
"""How wide the field is alone, and with the names beside it."""
LOW, HIGH = 1.0, 5.0
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

_matrix = template("matrix")


class Point(Struct, frozen=True):
    """A place in the drawing."""

    x: float
    y: float


class Spot(Struct, frozen=True):
    """One idea: its letter and name, where it stands, where management put it, and where it stood a round before."""

    letter: str
    title: str
    at: Point
    management: Point | None = None
    before: Point | None = None


def rated(snapshot: Snapshot) -> list[Initiative]:
    """The ideas that have a place, those with most dots first."""
    placed = [one for one in snapshot.of(Initiative) if one.effect is not None and one.effort is not None]
    return sorted(placed, key=lambda one: -one.dots)[: len(LETTERS)]


def place(effect: float, effort: float, width: int = PLOT) -> Point:
    """Where an idea stands: effort goes across, effect goes up."""
    across, up = ((min(max(value, LOW), HIGH) - LOW) / (HIGH - LOW) for value in (effort, effect))
    height = HEIGHT - TOP - BOTTOM
    return Point(
        round(LEFT + INSET + across * (width - 2 * INSET), 1),
        round(TOP + height - INSET - up * (height - 2 * INSET), 1),
    )


def matrix(snapshot: Snapshot, language: str, prefix: str, *, names: bool = True) -> str:
    """The ideas as SVG, their names beside, or nothing where none has a place. Without ``names``
    only the field, and where management and the round before had them."""
    ideas = rated(snapshot)
    if names and not ideas:
        return ""
    words = say(language)
    width = PLOT_WITH_NAMES if names else PLOT
    spots = [_spot(snapshot, one, LETTERS[number], language, width) for number, one in enumerate(ideas)]
    spots = apart(spots, width) if names else spots
    legend, y = [], 22
    for spot in spots if names else ():
        folded = lines(spot.title, 23, 3)
        legend.append((y, spot.letter, folded))
        y += 20 * len(folded) + 12
    return draw(
        _matrix,
        prefix,
        width=WIDTH,
        height=max(HEIGHT, y + (24 if names else 0)),
        left=LEFT,
        top=TOP,
        across=width,
        up=HEIGHT - TOP - BOTTOM,
        beside=LEFT + width + 22,
        title=words("figure.matrix"),
        says=" ".join(_says(ideas, language)) if names else words("figure.matrix_says"),
        begin=words("figure.begin_here"),
        plan=words("figure.plan_it"),
        axes={key: words(f"figure.axis_{key}") for key in ("help_little", "help_much", "take_little", "take_much")},
        spots=spots,
        names=names,
        marker=MARKER,
        legend=legend,
        management=words("figure.management") if any(spot.management for spot in spots) else "",
        before=words("figure.round_before") if any(spot.before for spot in spots) else "",
    )


def _spot(snapshot: Snapshot, one: Initiative, letter: str, language: str, width: int) -> Spot:
    management = before = None
    for where in snapshot.programme.kinds("rate"):
        asking = snapshot.phones.asking(where)
        if shown_tally(asking) is None:
            continue
        effect, effort = (asking.management.get(f"{one.id}.{scale}") for scale in ("effect", "effort"))
        management = place(effect, effort, width) if effect and effort else None
        earlier = tally_before(asking)
        means = [earlier.mean(f"{one.id}.{scale}") if earlier else None for scale in ("effect", "effort")]
        before = place(means[0], means[1], width) if means[0] is not None and means[1] is not None else None
    return Spot(letter, one.title.read(language), place(one.effect or 0, one.effort or 0, width), management, before)


def apart(spots: Sequence[Spot], width: int) -> list[Spot]:
    """Ideas in one place stand beside each other, as near to it as they can, so that none is hidden."""
    done: list[Spot] = []
    for spot in spots:
        at = next((at for at in _around(spot.at, width) if _free(at, done)), spot.at)
        done.append(Spot(spot.letter, spot.title, at, spot.management, spot.before))
    return done


def _around(at: Point, width: int) -> Iterator[Point]:
    """Places inside the field, from ``at`` outwards."""
    for ring, turn in product(range(40), range(24)):
        x, y = at.x + 5 * ring * math.cos(turn * math.pi / 12), at.y + 5 * ring * math.sin(turn * math.pi / 12)
        if MARKER <= x - LEFT <= width - MARKER and MARKER <= y - TOP <= HEIGHT - TOP - BOTTOM - MARKER:
            yield Point(round(x, 1), round(y, 1))


def _free(at: Point, others: Sequence[Spot]) -> bool:
    return all(math.hypot(at.x - one.at.x, at.y - one.at.y) >= 2 * MARKER + 1 for one in others)


def in_words(effect: float, effort: float, language: str) -> str:
    """Where an idea stands, as a person says it: helps a lot, takes little."""
    words = say(language)
    return f"{words(f'figure.helps_{_level(effect)}')}, {words(f'figure.takes_{_level(effort)}')}"


def _level(value: float) -> str:
    return "much" if value > 3.4 else "little" if value < 2.6 else "some"


def _says(ideas: Sequence[Initiative], language: str) -> list[str]:
    words = say(language)
    return [
        words(
            "figure.rated", title=one.title.read(language), place=in_words(one.effect or 0, one.effort or 0, language)
        )
        for one in ideas
    ]
