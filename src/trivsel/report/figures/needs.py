"""The resources needed: hours and kroner for each initiative, what it comes to, and how that fits what is set aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

from msgspec import Struct

from trivsel.content import say
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import draw, lines, template

WIDTH, COLUMN, LONGEST, LINE = 640, 300, 200, 20
Unit = Literal["hours", "money"]

_needs = template("needs")


class Bar(Struct, frozen=True):
    """One amount: where it stands, how long it is of what the column holds, and the words for it."""

    x: int
    length: float
    words: str
    frame: float | None = None


class Row(Struct, frozen=True):
    """One initiative, or the sum of all."""

    y: int
    title: list[str]
    bars: list[Bar]


class Need(Struct, frozen=True):
    """What one initiative needs; None is what nobody has said."""

    title: str
    hours: float | None
    money: float | None


def needed(snapshot: Snapshot, language: str) -> list[Need]:
    """What is needed for each initiative the group tries, in the order of the plan."""
    found = []
    for initiative in snapshot.tried():
        resource = snapshot.resource(initiative.id)
        if resource is not None:
            found.append(Need(initiative.title.read(language), resource.hours, resource.money))
    return found


def total(amounts: list[float | None]) -> float | None:
    """The sum of what is known, or None where nothing is."""
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def needs(snapshot: Snapshot, language: str, prefix: str, *, each: bool = True) -> str:
    """Hours and kroner as SVG, for each initiative and in all, or nothing where nothing is tried or known."""
    found = needed(snapshot, language)
    hours, money = total([need.hours for need in found]), total([need.money for need in found])
    if hours is None and money is None:
        return ""
    words = say(language)
    frame = snapshot.workplace
    amounts = [(need.title, need.hours, need.money) for need in found if each]
    draw_hours = _scale("hours", 0, max([hours or 0, frame.hours or 0]), language)
    draw_money = _scale("money", WIDTH - COLUMN, max([money or 0, frame.money or 0]), language)
    rows: list[Row] = []
    y = 22
    for title, of_hours, of_money in amounts:
        folded = lines(title, 62, 3)
        y += LINE * (len(folded) - 1)
        rows.append(Row(y, folded, [draw_hours(of_hours, None), draw_money(of_money, None)]))
        y += 48
    sum_row = Row(y + 12, [words("figure.sum")], [draw_hours(hours, frame.hours), draw_money(money, frame.money)])
    return draw(
        _needs,
        prefix,
        width=WIDTH,
        column=COLUMN,
        height=sum_row.y + 62,
        title=words("figure.needs"),
        says=" ".join(_sentences(snapshot, language, found, hours, money)),
        heads=[(0, words("figure.hours")), (WIDTH - COLUMN, words("figure.money"))],
        rows=rows,
        sum=sum_row,
    )


def amount_in_words(amount: float | None, unit: Unit, language: str) -> str:
    """An amount as it is said: "20 timer", "12.000 kr." or that it is not known."""
    words = say(language)
    if amount is None:
        return words("figure.unknown")
    if unit == "money":
        return words.money(amount)
    return words("figure.n_hours", n=amount, number=words.number(amount))


def _scale(unit: Unit, x: int, most: float, language: str) -> Callable[[float | None, float | None], Bar]:
    """Draws amounts of one column, all to the same scale."""
    words = say(language)

    def bar(amount: float | None, frame: float | None) -> Bar:
        said = amount_in_words(amount, unit, language)
        if frame is not None:
            said = words("figure.of_frame", need=said, frame=amount_in_words(frame, unit, language))
        length = LONGEST * (amount or 0) / most if most else 0
        return Bar(x, round(length, 1), said, round(LONGEST * frame / most, 1) if frame and most else None)

    return bar


def _sentences(
    snapshot: Snapshot, language: str, found: list[Need], hours: float | None, money: float | None
) -> Iterator[str]:
    """The amounts in words, for those who do not see the bars."""
    words = say(language)
    every = [*((need.title, need.hours, need.money) for need in found), (words("figure.sum"), hours, money)]
    for title, of_hours, of_money in every:
        both = [amount_in_words(of_hours, "hours", language), amount_in_words(of_money, "money", language)]
        yield words("figure.needs_of", title=title, amounts=words.names(both))
    frame = snapshot.workplace
    if frame.hours is not None or frame.money is not None:
        set_aside = [amount_in_words(frame.hours, "hours", language), amount_in_words(frame.money, "money", language)]
        yield words("figure.frame", amounts=words.names(set_aside))
