"""One simulated participant: what they write, what they choose, and whether they change their mind.

All of it comes from the seed, the person's number and the question, so that the same rehearsal can be held again.
"""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import Literal

from msgspec import Struct

from trivsel.content.rehearsal import Lines
from trivsel.web.rehearsal.forms import Field, Form, Page
from trivsel.web.rehearsal.phone import Way

Does = Literal["card", "withdraw", "vote", "wish", "role"]
FOREIGN = 0.3
"""How many read another language than the workshop is held in."""
LATE, LEAVES = 0.1, 0.07
"""How many come late, and how many leave before the end."""
WISHES = ("more", "on", "done")
"""The buttons for wishes, in their order."""
HELD = 0.08
"""How many of the cards are such that somebody must look at them first."""


class Deed(Struct, frozen=True):
    """Something a person does at a question; ``text`` is a card's, or the wish or role that is chosen.

    ``again`` means that it is sent twice, as by somebody who presses twice or whose link is bad.
    """

    does: Does
    text: str = ""
    turn: int = 0
    again: bool = False
    works: bool = False


class Person(Struct, frozen=True):
    """Somebody with a phone. They are there from the ``comes``-th question on, until they have answered the
    ``leaves``-th."""

    number: int
    seed: int
    language: str
    way: Way
    comes: int = 0
    leaves: int = 1_000
    leader: bool = False
    cards: tuple[str, ...] = ()
    ideas: tuple[tuple[str, bool], ...] = ()
    last: str = ""

    def chance(self, *about: object) -> Random:
        """This person's own dice for something."""
        return Random(f"{self.seed} {self.number} {about}")

    def deeds(self, page: Page) -> list[Deed]:
        """What this person does at the question on the page, in order."""
        dice = self.chance(page.ask)
        found: list[Deed] = []
        if page.form("role") is not None:
            found.append(Deed("role", "leader" if self.leader else "employee"))
        card, vote = page.form("card"), page.form("vote")
        if card is not None:
            found += self._writes(card, page, dice)
        elif vote is not None and dice.random() > 0.04:
            found.append(Deed("vote", again=dice.random() < 0.1))
            if dice.random() < 0.2:
                found.append(Deed("vote", turn=1))
        if dice.random() < 0.25:
            found.append(Deed("wish", dice.choice((*WISHES, "done"))))
        return found

    def _writes(self, form: Form, page: Page, dice: Random) -> list[Deed]:
        texts: list[tuple[str, bool]]
        if "works" in form.fields:
            texts = list(self.ideas)
        elif page.ask.startswith("evaluation."):
            texts = [(self.last, False)]
        else:
            texts = [(text, False) for text in self.cards]
        wanted = dice.choice((1, 2, 2, 2, 2))
        first, spare = texts[:wanted], texts[wanted:]
        found = [Deed("card", text, works=works, again=dice.random() < 0.1) for text, works in first]
        if spare and dice.random() < 0.12:
            found += [Deed("withdraw"), Deed("card", spare[0][0], works=spare[0][1])]
        return found

    def fill(self, deed: Deed, page: Page) -> dict[str, str] | None:
        """The form that belongs to a deed, filled in; None where the page has none any more."""
        form = page.form(deed.does)
        if form is None:
            return None
        filled = form.filled()
        if deed.does == "card":
            filled["text"] = deed.text[: form.fields["text"].longest or None]
            return filled | ({"works": "1"} if deed.works and "works" in form.fields else {})
        if deed.does == "wish":
            name, value = form.buttons[WISHES.index(deed.text)]
            return filled | {name: value}
        if deed.does == "role":
            return filled | {"role": deed.text}
        if deed.does == "vote":
            return self.vote(form, page, deed.turn)
        return filled

    def vote(self, form: Form, page: Page, turn: int) -> dict[str, str]:
        """An answer; one that replaces another is another one."""
        before = form.filled()
        for attempt in range(9):
            dice = self.chance(page.ask, turn, attempt)
            rows = form.rows()
            if form.sort == "dots":
                chosen = _dots(rows, form.budget, dice)
            elif form.sort == "choice":
                chosen = {one.name: dice.choice(one.values) for _, fields in rows for one in fields}
            elif form.sort == "ticks":
                chosen = {one.name: "1" for title, fields in rows for one in fields if dice.random() < _pull(title) / 2}
            else:
                chosen = {
                    one.name: _near(one.values, _pull(f"{title}{place}"), dice)
                    for title, fields in rows
                    for place, one in enumerate(fields)
                    if form.sort == "levers" or dice.random() > 0.05
                }
            unticked = {name for name, one in form.fields.items() if one.kind == "checkbox"}
            after = {name: value for name, value in before.items() if name not in unticked} | chosen
            if after != before:
                break
        return after


def _pull(title: str) -> float:
    """How much a group leans to something, from 0 to 1: the same for everybody, so that the answers say something."""
    return Random(f"pull {title}").random()


def _dots(rows: list[tuple[str, list[Field]]], budget: int, dice: Random) -> dict[str, str]:
    names = [(title, one.name) for title, fields in rows for one in fields]
    given = {one.name: "0" for _, fields in rows for one in fields if one.given not in (None, "0")}
    weights = [0.2 + _pull(title) for title, _ in names]
    dots = [name for _, name in dice.choices(names, weights, k=budget)] if names else []
    return given | {name: str(dots.count(name)) for name in dict.fromkeys(dots)}


def _near(values: list[str], pull: float, dice: Random) -> str:
    """One of the values of a scale, near where the group leans."""
    middle = pull * (len(values) - 1)
    return values[min(len(values) - 1, max(0, round(dice.gauss(middle, 0.7))))]


def people(many: int, seed: int, lines: Lines, languages: Iterable[str], leaders: int = 0) -> list[Person]:
    """So many people, the same for the same seed. The first of ``languages`` is the one most of them read."""
    spoken = list(languages)
    dice = Random(f"{seed} people")
    order = list(range(many))
    dice.shuffle(order)
    late = set(order[: round(many * LATE)])
    leaving = set(order[round(many * LATE) : round(many * (LATE + LEAVES))])
    first = set(order[-leaders:]) if leaders else set[int]()
    dice.shuffle(order)
    foreign = set(order[: round(many * FOREIGN)]) if len(spoken) > 1 else set[int]()
    decks = {language: _Deck(lines, language, dice) for language in spoken}
    found = []
    for number in range(many):
        language = dice.choice(spoken[1:]) if number in foreign else spoken[0]
        deck = decks[language]
        found.append(
            Person(
                number=number,
                seed=seed,
                language=language,
                way=dice.choices(("stream", "poll", "plain"), (8, 1, 1))[0],
                comes=dice.choice((1, 2)) if number in late else 0,
                leaves=dice.choice((3, 4, 5)) if number in leaving else 1_000,
                leader=number in first,
                cards=tuple(deck.card() for _ in range(3)),
                ideas=tuple(deck.idea() for _ in range(3)),
                last=deck.last(),
            )
        )
    return found


class _Deck:
    """What can be written in one language, shuffled; when all has been dealt it begins anew."""

    def __init__(self, lines: Lines, language: str, dice: Random) -> None:
        self._dice = dice
        self._all = {
            "card": lines.cards(language),
            "held": lines.held(language),
            "works": list(lines.works[language]),
            "idea": list(lines.ideas[language]),
            "last": list(lines.last[language]),
        }
        self._left: dict[str, list[str]] = {}
        self._dealt = 0

    def _deal(self, kind: str) -> str:
        if not self._left.get(kind):
            self._left[kind] = self._dice.sample(self._all[kind], len(self._all[kind]))
        return self._left[kind].pop()

    def card(self) -> str:
        """Every tenth or so is one to look at first, and one of the first few certainly is."""
        self._dealt += 1
        return self._deal("held" if self._dealt == 4 or self._dice.random() < HELD else "card")

    def idea(self) -> tuple[str, bool]:
        works = self._dice.random() < 0.2
        return self._deal("works" if works else "idea"), works

    def last(self) -> str:
        return self._deal("last")
