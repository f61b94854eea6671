"""The dots of the goals: what the group would go for first, most dots on top, and which goals it chose."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from trivsel.content import say
from trivsel.domain.things import Goal
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import draw, lines, template

WIDTH, STEP, MARGIN, LINE = 640, 18, 100, 20

_dots = template("dots")


class Row(Struct, frozen=True):
    """One goal: its title, its dots, and where it stands."""

    y: int
    title: list[str]
    points: str
    length: float
    count: str
    chosen: bool


def voted(snapshot: Snapshot) -> list[Goal]:
    """Goals in the order of the vote; those with no dots only if they were chosen all the same."""
    goals = [goal for goal in snapshot.of(Goal) if goal.dots or goal.chosen]
    return sorted(goals, key=lambda goal: (-goal.dots, not goal.chosen))


def goal_dots(snapshot: Snapshot, language: str, prefix: str, width: int = WIDTH, most_lines: int = 1) -> str:
    """The vote as SVG, ``width`` units wide, or nothing where nobody has voted. A title takes ``most_lines`` lines.

    As long as the dots fit a line, a dot is a dot; else the most popular goal fills it and the rest are to scale.
    """
    goals = voted(snapshot)
    most = max((goal.dots for goal in goals), default=0)
    if not most:
        return ""
    words = say(language)
    as_dots = most * STEP <= width - MARGIN
    rows: list[Row] = []
    y = 0
    for goal in goals:
        title = lines(goal.title.read(language), (width - MARGIN) // 9 + 2, most_lines)
        rows.append(_row(goal, title, y, most=most, language=language, width=width))
        y += 48 + LINE * (len(title) - 1)
    return draw(
        _dots,
        prefix,
        width=width,
        height=y,
        title=words("figure.dots"),
        says=_says(goals, language),
        rows=rows,
        chosen=words("figure.chosen"),
        as_dots=as_dots,
    )


def _row(goal: Goal, title: list[str], y: int, *, most: int, language: str, width: int) -> Row:
    as_dots = most * STEP <= width - MARGIN
    y += LINE * (len(title) - 1)
    return Row(
        y=y,
        title=title,
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
