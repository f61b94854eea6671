"""How densely the first page is set, so that what a notice board needs stays on one sheet."""

from __future__ import annotations

from math import ceil
from typing import Literal

from trivsel.report.plan import Aim, Plan, Said, Seat, Trial

Density = Literal["roomy", "tight", "full"]
"""As it reads best; smaller type and a smaller wheel; smaller still, with the wheel after all the rest."""

_ROOMY, _TIGHT = 40, 56
"""The most lines that fit a sheet, as measured on paper."""


def density(plan: Plan) -> Density:
    """How densely the first page must be set. It counts the lines that people's words take."""
    trials = sum(_trial(one) + 1 for one in plan.trials())
    lines = _aims(plan.aims()) + trials + _foot(plan)
    return "roomy" if lines <= _ROOMY else "tight" if lines <= _TIGHT else "full"


def _lines(width: int, *said: Said | str | None) -> int:
    """How many lines these words take, each beginning a line of its own."""
    texts = [one if isinstance(one, str) else one.words for one in said if one]
    return sum(ceil(len(text) / width) for text in texts)


def _aims(aims: list[Aim]) -> int:
    """The cards of the goals stand beside each other: the tallest counts."""
    across = min(len(aims), 3) or 1
    tall = [
        _lines(66 // across, aim.title)
        + _lines(84 // across, aim.sign, aim.indicator, aim.figures and f"{aim.figures} {aim.due}")
        + 2
        for aim in aims
    ]
    return max(tall, default=1) * ceil(len(aims) / 3)


def _trial(one: Trial) -> int:
    """One row of the table: its tallest cell counts."""
    seats = _seat(one.responsible) + _seat(one.deputy) + len(", stedfortræder ")
    return max(_lines(22, one.title) + _lines(26, one.awaits), _lines(20, one.forum) + 1, ceil(seats / 26))


def _seat(seat: Seat) -> int:
    return len(seat.who.words) + (0 if seat.agreed else 24) if seat.who else 7


def _foot(plan: Plan) -> int:
    """The wheel stands beside these, and is about twelve lines tall."""
    duties = sum(_lines(45, one.title) + _lines(45, one.who) for one in plan.duties())
    promises = sum(_lines(40, one.text) + 2 for one in plan.promises())
    return max((duties + 4 if duties else 0) + promises + 2, 12)
