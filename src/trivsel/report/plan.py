"""What the report says about the plan, gathered in the words of the group and ready to be set on paper."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from trivsel.content import say
from trivsel.content.texts import Say
from trivsel.domain.programme import Option
from trivsel.domain.things import Anchor, Commitment, Forum, Goal, Initiative, Resource, Review
from trivsel.domain.words import Text, pick
from trivsel.domain.workshop import Snapshot
from trivsel.report.discretion import figures_shown
from trivsel.report.figures.needs import amount_in_words


class Said(Struct, frozen=True):
    """Somebody's words; ``lang`` only where it is another language than the report's."""

    words: str
    lang: str | None = None


def said(text: Text | None, language: str) -> Said | None:
    """Somebody's words in ``language`` if the group has them, else as they were said."""
    if text is None or not text.text.strip():
        return None
    known = language == text.lang or language in text.also
    return Said(text.read(language), None if known else text.lang)


class Aim(Struct, frozen=True):
    """A goal the group goes for: how one can see it, from what to what and by when, and for whom it is a gain."""

    number: int
    title: Said
    gains: list[str]
    sign: Said | None
    indicator: Said | None
    figures: str
    due: str
    withheld: bool
    source: str


class Seat(Struct, frozen=True):
    """Who looks after something, and whether they have said yes."""

    who: Said | None
    agreed: bool


class Trial(Struct, frozen=True):
    """Something the group tries: where it lives, who looks after it, what it takes, and who must say yes first."""

    number: int
    title: Said
    note: Said | None
    awaits: str
    duty: str
    levels: str
    goals: list[Said]
    evidence: str
    source: str
    first: str
    forum: Said | None
    rhythm: str
    responsible: Seat
    deputy: Seat
    review: str
    size: str
    hours: str
    hours_estimated: bool
    money: str
    money_estimated: bool
    missing: Said | None
    gets: Said | None


class Tested(Struct, frozen=True):
    """What could stop something the group tries, whether it would, and what is done then."""

    title: Said
    test: str
    holds: str
    safeguard: Said | None


class Followed(Struct, frozen=True):
    """How something the group tries is followed up, and what makes the group stop."""

    title: Said
    how: str
    stop: Said | None


class Duty(Struct, frozen=True):
    """What the employer must do by law: who sees to it and when."""

    title: Said
    who: Said | None
    when: str


class Promise(Struct, frozen=True):
    """What management said aloud."""

    text: Said
    role: Said | None
    date: str
    sort: str


class Idea(Struct, frozen=True):
    """An initiative that is not tried now, with why not, or that works already."""

    title: Said
    note: Said | None


class Plan:
    """The plan in one language. Everything is read from the snapshot when it is asked for."""

    def __init__(self, snapshot: Snapshot, language: str) -> None:
        self.snapshot, self.language = snapshot, language
        self.words: Say = say(language)

    def said(self, text: Text | None) -> Said | None:
        """Somebody's words in the report's language if the group has them, else as they were said."""
        return said(text, self.language)

    def aims(self) -> list[Aim]:
        """The chosen goals, in the order of the vote."""
        chosen = sorted(self.snapshot.chosen(), key=lambda goal: -goal.dots)
        return [self._aim(number, goal) for number, goal in enumerate(chosen, 1)]

    def trials(self) -> list[Trial]:
        """What the group tries, in the order in which it came up."""
        return [self._trial(number, one) for number, one in enumerate(self.snapshot.tried(), 1)]

    def tested(self) -> list[Tested]:
        """What the group has put its initiatives to; those it did not talk about are left out."""
        found = []
        for one in self.snapshot.tried():
            anchor = self.snapshot.anchor(one.id)
            if anchor is not None and (anchor.holds or anchor.safeguard):
                holds = self.words(f"choice.holds_{anchor.holds}") if anchor.holds else ""
                test = self._option("whatif", anchor.tested).strip("… ?")
                found.append(Tested(self._title(one.title), test, holds, self.said(anchor.safeguard)))
        return found

    def followed(self) -> list[Followed]:
        """How each initiative is followed up; nothing as long as all of them stand as they were preset."""
        tried = self.snapshot.tried()
        if not any(one.stop or one.how != "talk" for one in tried):
            return []
        return [Followed(self._title(one.title), self._option("how", one.how), self.said(one.stop)) for one in tried]

    def duties(self) -> list[Duty]:
        """What the law asks for, outside the vote."""
        return [
            Duty(
                self._title(one.title), self.said(one.duty_who), self.words.date(one.duty_when) if one.duty_when else ""
            )
            for one in self.snapshot.duties()
        ]

    def promises(self) -> list[Promise]:
        """Management's promises as they were said."""
        return [
            Promise(
                self._title(one.text),
                self.said(one.role),
                self.words.date(one.date) if one.date else "",
                self._option("commit", one.sort),
            )
            for one in self.snapshot.of(Commitment)
        ]

    def ideas(self, decision: str) -> list[Idea]:
        """Initiatives with that decision (later, no, or none yet), each with its reason."""
        found = [one for one in self.snapshot.of(Initiative) if one.decision == decision and not one.works]
        return [Idea(self._title(one.title), self.said(one.reason or one.note)) for one in found]

    def kept(self) -> list[Idea]:
        """What is done already and works."""
        found = [one for one in self.snapshot.of(Initiative) if one.works and one.decision != "yes"]
        return [Idea(self._title(one.title), self.said(one.note)) for one in found]

    def reviews(self) -> list[tuple[str, str]]:
        """The days for looking again, each with the name of its preset."""
        found = sorted(self.snapshot.of(Review), key=lambda review: review.date)
        return [(self.words.date(one.date), self._option("plan", one.label)) for one in found]

    def decided(self) -> bool:
        """Whether all that is tried is for the group itself to decide. Otherwise, and where management was not there,
        it is a proposal."""
        own = all(one.approver == "ourselves" for one in self.snapshot.tried())
        return own and not self.snapshot.workplace.leader_absent

    def heading(self, *keys: str) -> str:
        """The title of the first of these steps that the programme has; "" where it has none of them."""
        steps = [self.snapshot.programme.step(key) for key in keys]
        return next((pick(step.title, self.language) for step in steps if step), "")

    def _title(self, text: Text) -> Said:
        return self.said(text) or Said("–")

    def _option(self, kind: str, key: str) -> str:
        """The name of a preset of the programme; "" where it has no such preset."""
        option = self._preset(kind, key)
        return pick(option.label, self.language) if option else ""

    def _preset(self, kind: str, key: str) -> Option | None:
        found = (option for _, _, one in self.snapshot.programme.places() if one.kind == kind for option in one.options)
        return next((option for option in found if option.key == key), None)

    def _estimated(self, need: Resource | None, amount: Literal["hours", "money"]) -> bool:
        """Whether the amount is still the one that came with the size: the kit's guess, not what anybody worked out."""
        preset = self._preset("allocate", need.size) if need else None
        said: float | None = getattr(need, amount, None)
        return said is not None and said == getattr(preset, amount, None)

    def _aim(self, number: int, goal: Goal) -> Aim:
        words, entry = self.words, goal.entry
        shown = figures_shown(self.snapshot, goal)
        indicator = self.said(goal.indicator)
        if indicator is None and entry is not None:
            indicator = Said(pick(entry.indicator, self.language))
        return Aim(
            number=number,
            title=self._title(goal.title),
            gains=[words(f"choice.gain_{gain}") for gain in goal.gains],
            sign=self.said(goal.sign),
            indicator=indicator,
            figures=self._figures(goal) if shown else "",
            due=words("report.by", date=words.date(goal.due)) if goal.due else "",
            withheld=not shown,
            source=pick(entry.data_source, self.language) if entry else "",
        )

    def _figures(self, goal: Goal) -> str:
        """From what to what, with the unit as people wrote it: "fra 1 til 4 dage"."""
        words = self.words
        own = self.said(goal.unit)
        unit = own.words if own else pick(goal.entry.unit, self.language) if goal.entry else ""
        now, target = ("" if v is None else words.number(v) for v in (goal.now, goal.target))
        if now and target:
            return words("report.from_to", now=now, target=target, unit=unit).strip()
        if target:
            return words("report.to", target=target, unit=unit).strip()
        return words("report.now", now=now, unit=unit).strip() if now else ""

    def _trial(self, number: int, one: Initiative) -> Trial:
        words, snapshot, entry = self.words, self.snapshot, one.entry
        anchor = snapshot.anchor(one.id) or Anchor("", one.id)
        forum = snapshot.get(anchor.forum, Forum)
        need = snapshot.resource(one.id)
        goals = [goal for id in one.goals if (goal := snapshot.get(id, Goal))]
        return Trial(
            number=number,
            title=self._title(one.title),
            note=self.said(one.note) or (Said(pick(entry.description, self.language)) if entry else None),
            awaits=self._awaits(one),
            duty="" if one.duty == "no" else words(f"choice.duty_{one.duty}"),
            levels=" · ".join(words(f"choice.level_{level}") for level in one.levels),
            goals=[self._title(goal.title) for goal in goals],
            evidence=words(f"choice.evidence_{entry.evidence}") if entry else words("report.own_idea"),
            source=entry.source.partition(": ")[2] if entry else "",
            first=words.date(anchor.first) if anchor.first else "",
            forum=self.said(forum.name) if forum else None,
            rhythm=words(f"choice.rhythm_{forum.rhythm}") if forum else "",
            responsible=Seat(self.said(anchor.responsible), anchor.responsible_agreed),
            deputy=Seat(self.said(anchor.deputy), anchor.deputy_agreed),
            review=self._next_review(anchor.first),
            size=words(f"choice.size_{need.size}") if need else "",
            hours=amount_in_words(need.hours if need else None, "hours", self.language),
            hours_estimated=self._estimated(need, "hours"),
            money=amount_in_words(need.money if need else None, "money", self.language),
            money_estimated=self._estimated(need, "money"),
            missing=self.said(need.missing) if need else None,
            gets=self.said(need.who) if need else None,
        )

    def _awaits(self, one: Initiative) -> str:
        """To whom it is a proposal; "" where the group decides itself. SU and MED go by the name used there."""
        approver: str = one.approver or "ourselves"
        if approver == "ourselves":
            return ""
        if approver == "su" and self.snapshot.workplace.committee == "med":
            approver = "med"
        return self.words(f"report.awaits_{approver}")

    def _next_review(self, first: str | None) -> str:
        days: Sequence[str] = sorted(review.date for review in self.snapshot.of(Review))
        return next((self.words.date(day) for day in days if day >= (first or "")), "")
