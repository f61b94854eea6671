"""The dots of the goals: what the group would go for first, most dots on top, and which goals it chose."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trivsel.content import say
from trivsel.domain.things import Goal
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import draw, lines, template

WIDTH, STEP, MARGIN = 640, 18, 100

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


def goal_dots(snapshot: Snapshot, language: str, prefix: str, width: int = WIDTH) -> str:
    """The vote as SVG, ``width`` units wide, or nothing where nobody has voted.

    As long as the dots fit a line, a dot is a dot; else the most popular goal fills it and the rest are to scale.
    """
    goals = voted(snapshot)
    most = max((goal.dots for goal in goals), default=0)
    if not most:
        return ""
    words = say(language)
    as_dots = most * STEP <= width - MARGIN
    rows = [_row(goal, index, most, language, width) for index, goal in enumerate(goals)]
    return draw(
        _dots,
        prefix,
        width=width,
        height=48 * len(rows),
        title=words("figure.dots"),
        says=_says(goals, language),
        rows=rows,
        chosen=words("figure.chosen"),
        as_dots=as_dots,
    )


def _row(goal: Goal, index: int, most: int, language: str, width: int) -> Row:
    as_dots = most * STEP <= width - MARGIN
    y = 48 * index
    return Row(
        y=y,
        title=lines(goal.title.read(language), (width - MARGIN) // 9 + 2, 1)[0],
        points="".join(f"M{8 + STEP * dot} {y + 31}h.01" for dot in range(goal.dots)) if as_dots else "",
        length=0 if as_dots else round((width - MARGIN) * goal.dots / most, 1),
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
