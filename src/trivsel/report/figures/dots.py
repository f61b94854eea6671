"""The dots of the goals: what the group would go for first, most dots on top, and which goals it chose."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trivsel.content import say
from trivsel.domain.things import Goal
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import draw, lines, template

WIDTH = 640
DOTS_SHOWN = 30
"""Up to here a dot is a dot; beyond it the most popular goal fills the line and the rest are drawn to scale."""

_dots = template("dots")


class Row(Struct, frozen=True):
    """One goal: its title, its dots, and where it stands."""

    y: int
    title: str
    points: str
    length: float
    count: str
    chosen: bool


def voted(snapshot: Snapshot) -> list[Goal]:
    """Goals in the order of the vote; those with no dots only if they were chosen all the same."""
    goals = [goal for goal in snapshot.of(Goal) if goal.dots or goal.chosen]
    return sorted(goals, key=lambda goal: (-goal.dots, not goal.chosen))


def goal_dots(snapshot: Snapshot, language: str, prefix: str) -> str:
    """The vote as SVG, or nothing where nobody has voted."""
    goals = voted(snapshot)
    most = max((goal.dots for goal in goals), default=0)
    if not most:
        return ""
    words = say(language)
    rows = [_row(goal, index, most, language) for index, goal in enumerate(goals)]
    return draw(
        _dots,
        prefix,
        width=WIDTH,
        height=48 * len(rows),
        title=words("figure.dots"),
        says=_says(goals, language),
        rows=rows,
        chosen=words("figure.chosen"),
        as_dots=most <= DOTS_SHOWN,
    )


def _row(goal: Goal, index: int, most: int, language: str) -> Row:
    as_dots = most <= DOTS_SHOWN
    y = 48 * index
    return Row(
        y=y,
        title=lines(goal.title.read(language), 62, 1)[0],
        points="".join(f"M{8 + 18 * dot} {y + 31}h.01" for dot in range(goal.dots)) if as_dots else "",
        length=0 if as_dots else round((WIDTH - 100) * goal.dots / most, 1),
        count=say(language).number(goal.dots),
        chosen=goal.chosen,
    )


def _says(goals: Sequence[Goal], language: str) -> str:
    """The vote in words: every goal with its dots, and which were chosen."""
    words = say(language)
    said = []
    for goal in goals:
        key = "figure.dots_of_chosen" if goal.chosen else "figure.dots_of"
        said.append(words(key, title=goal.title.read(language), n=goal.dots))
    return " ".join(said)
