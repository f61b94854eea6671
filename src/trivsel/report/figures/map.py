"""The goal map: which goal helps which along, those that begin on the left and those they help to the right."""

from __future__ import annotations

from msgspec import Struct

from trivsel.content import say
from trivsel.domain.references import pulled_by
from trivsel.domain.things import Goal
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import draw, lines, template

WIDTH, GAP, LINE, PAD, LETTER = 640, 44, 20, 8, 8.2
NARROWEST, WIDEST, MOST_LINES = 128, 260, 3

_map = template("map")


class Box(Struct, frozen=True):
    """One goal on the map; those that help most along are dark."""

    x: float
    y: float
    width: float
    height: int
    title: list[str]
    leads: bool


class Arrow(Struct, frozen=True):
    """From the right side of a goal to the left side of the one it helps."""

    x: float
    y: float
    to_x: float
    to_y: float


def goal_map(snapshot: Snapshot, language: str, prefix: str, width: int = WIDTH) -> str:
    """The arrows between goals as SVG, at least ``width`` units wide, or nothing where there are none. Goals without
    an arrow are left out."""
    goals = {goal.id: goal for goal in snapshot.of(Goal)}
    helpers: dict[str, list[str]] = {}
    for goal in goals.values():
        if goal.pulls in goals:
            helpers.setdefault(str(goal.pulls), []).append(goal.id)
    if not helpers:
        return ""
    columns, rows = _laid_out(goals, helpers)
    across = max(columns.values()) + 1
    width = max(width, across * NARROWEST + (across - 1) * GAP)
    each = min(WIDEST, (width - (across - 1) * GAP) / across)
    titles = {id: lines(goals[id].title.read(language), int((each - 2 * PAD) / LETTER), MOST_LINES) for id in columns}
    height = LINE * max(map(len, titles.values())) + 2 * PAD
    leading = leads(snapshot)
    boxes = {
        id: Box(
            x=round(columns[id] * (each + GAP), 1),
            y=round(1 + rows[id] * (height + 14), 1),
            width=round(each, 1),
            height=height,
            title=titles[id],
            leads=id in leading,
        )
        for id in columns
    }
    return draw(
        _map,
        prefix,
        width=round(across * (each + GAP) - GAP),
        height=round(max(box.y for box in boxes.values()) + height + 1),
        title=say(language)("figure.map"),
        says=_says(goals, leading, language),
        boxes=list(boxes.values()),
        arrows=[_arrow(boxes[id], boxes[str(goals[id].pulls)]) for id in boxes if goals[id].pulls in boxes],
        line=LINE,
        pad=PAD,
    )


def leads(snapshot: Snapshot) -> list[str]:
    """The goals that help the most others along, on their way of arrows; none where there are no arrows."""
    reach = {goal.id: len(pulled_by(snapshot.things, goal.id)) - 1 for goal in snapshot.of(Goal)}
    most = max(reach.values(), default=0)
    return [id for id, helped in reach.items() if helped == most and most > 0]


def _laid_out(goals: dict[str, Goal], helpers: dict[str, list[str]]) -> tuple[dict[str, int], dict[str, float]]:
    """The column and row of every goal with an arrow: each goal stands to the right of those that help it, and
    midway between them, so that no arrow crosses another."""
    columns: dict[str, int] = {}
    rows: dict[str, float] = {}

    def put(id: str, row: int) -> int:
        first = row
        for helper in helpers.get(id, []):
            row = put(helper, row)
        before = helpers.get(id, [])
        columns[id] = 1 + max((columns[one] for one in before), default=-1)
        rows[id] = (rows[before[0]] + rows[before[-1]]) / 2 if before else first
        return max(row, first + 1)

    row = 0
    for id in helpers:
        if goals[id].pulls not in goals:
            row = put(id, row)
    return columns, rows


def _arrow(start: Box, end: Box) -> Arrow:
    return Arrow(start.x + start.width, start.y + start.height / 2, end.x, end.y + end.height / 2)


def _says(goals: dict[str, Goal], leading: list[str], language: str) -> str:
    """The arrows in words, and which goal helps the most others along."""
    words = say(language)
    titles = {id: goal.title.read(language) for id, goal in goals.items()}
    said = [
        words("figure.pulls", goal=titles[goal.id], other=titles[goal.pulls])
        for goal in goals.values()
        if goal.pulls in titles
    ]
    return " ".join([*said, words("figure.pulls_most", goals=words.titles(titles[id] for id in leading))])
