"""What the room answered: a bar for everybody, and under it management's own, each group's and the round before."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trivsel.content import Say, say
from trivsel.domain.asking import Asking, Share, Tally
from trivsel.domain.programme import Activity
from trivsel.domain.things import Card, Goal, Initiative
from trivsel.domain.words import pick
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.ink import draw, lines, template

WIDTH, WORDS, LONG_WORDS, LINE = 640, 120, 250, 20
"""``WORDS`` is the room beside a bar for what it says; levers say more."""

Whose = Literal["all", "employee", "leader", "management", "before"]

_bars = template("bars")


class Bar(Struct, frozen=True):
    """One answer: where it stands, how long it is, what it says, and whose it is."""

    y: int
    length: float
    words: str
    whose: Whose


class Row(Struct, frozen=True):
    """One thing that was asked about."""

    y: int
    title: list[str]
    bars: list[Bar]


def answer_bars(snapshot: Snapshot, place: str, language: str, prefix: str, width: int = WIDTH) -> str:
    """The answers of an activity as SVG, or nothing where none are shown, or too few for figures.

    Boxes that were ticked and ratings have figures of their own: the table and the matrix.
    """
    asking, found = snapshot.phones.asking(place), snapshot.programme.find(place)
    tally = shown_tally(asking)
    if tally is None or found is None or not tally.answers or any("." in key for key in tally.shares):
        return ""
    words, levers = say(language), found[1].kind == "selfcheck"
    titles = {key: label(snapshot, place, key, language) for key in in_order(tally, found[1])}
    given = {key: _answers(asking, tally, key, words, levers=levers) for key, title in titles.items() if title}
    high = 2.0 if levers else max((one.value for answers in given.values() for one in answers), default=0)
    if not high:
        return ""
    longest = width - (LONG_WORDS if levers else WORDS)
    rows: list[Row] = []
    y = 0
    for key, answers in given.items():
        title = lines(titles[key], width // 9, 3)
        y += LINE * (len(title) - 1)
        bars = [
            Bar(y + 26 + 22 * number, round(longest * min(one.value / high, 1), 1), one.words, one.whose)
            for number, one in enumerate(answers)
        ]
        rows.append(Row(y, title, bars))
        y += 34 + 22 * len(bars)
    said = [
        words("figure.answer_of", title=titles[key], answers=words.names(one.words for one in answers))
        for key, answers in given.items()
    ]
    return draw(
        _bars,
        prefix,
        width=width,
        height=y,
        title=words("figure.answers", n=tally.answers),
        says=" ".join(said),
        rows=rows,
    )


def shown_tally(asking: Asking) -> Tally | None:
    """What may be seen of the round in hand: nothing until somebody has shown it."""
    return asking.counted if asking.shown and not asking.open else None


def tally_before(asking: Asking) -> Tally | None:
    """The round before, where it and the round in hand have figures about the same things."""
    now = shown_tally(asking)
    before = asking.of_round(asking.round - 1)
    if now is None or before is None or not (now.answers and before.answers):
        return None
    return before if set(now.shares) & set(before.shares) else None


def label(snapshot: Snapshot, place: str, key: str, language: str) -> str:
    """What a key of an answer is called: the title of a goal, a card or an idea, the words of a lever; or nothing."""
    thing = snapshot.things.get(key)
    if isinstance(thing, Goal | Initiative):
        return thing.title.read(language)
    if isinstance(thing, Card):
        return thing.text.read(language)
    found = snapshot.programme.find(place)
    options = found[1].answers if found else ()
    return next((pick(option.label, language) for option in options if option.key == key), "")


def in_order(tally: Tally, activity: Activity) -> list[str]:
    """Levers in their own order, everything else from most to least."""
    if activity.kind == "selfcheck":
        return [option.key for option in activity.answers if option.key in tally.shares]
    return [key for equal in tally.order for key in equal if key in tally.shares]


class _Answer(Struct, frozen=True):
    """What one group answered to one thing, as the mean of those who did."""

    whose: Whose
    value: float
    words: str


def _answers(asking: Asking, tally: Tally, key: str, words: Say, *, levers: bool) -> list[_Answer]:
    """Every answer to one thing: the room's, each role's, management's and the one of the round before."""

    def told(whose: Whose, share: Share) -> _Answer:
        mean = share.sum / share.answers if share.answers else 0
        number = words.number(round(mean, 1) if levers else share.sum)
        return _Answer(whose, mean, words(_NAMES[whose], answer=number) if whose in _NAMES else number)

    everybody = told("all", tally.shares[key])
    spread = tally.spread.get(key, ())
    if levers and spread:
        parts = ", ".join(words(f"figure.said_{level}", n=n) for level, n in enumerate(spread) if n)
        everybody = _Answer("all", everybody.value, f"{everybody.words} · {parts}")
    answers = [everybody]
    for role in _ROLES:
        if key in tally.roles.get(role, {}):
            answers.append(told(role, tally.roles[role][key]))
    value = asking.management.get(key, 0)
    if value or (levers and asking.management):
        answers.append(_Answer("management", value, words(_NAMES["management"], answer=words.number(value))))
    before = tally_before(asking)
    if before is not None and key in before.shares:
        answers.append(told("before", before.shares[key]))
    return answers


_ROLES: tuple[Literal["employee", "leader"], ...] = ("employee", "leader")
_NAMES: dict[Whose, str] = {
    "employee": "figure.of_employees",
    "leader": "figure.of_leaders",
    "management": "figure.of_management",
    "before": "figure.of_round_before",
}
