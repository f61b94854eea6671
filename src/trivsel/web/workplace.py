"""A form about the workplace: what is known can be put right, what is unknown filled in, and nothing typed is lost."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from msgspec import Struct

from trivsel.content import ContentError, languages, read_day, read_number, say
from trivsel.domain.commands import Change, Refusal, written
from trivsel.domain.events import Value
from trivsel.domain.fields import FIELDS, Clock, Day, Flag, Number, OneOf, Words
from trivsel.domain.things import WORKPLACE, Workplace
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.errors import Refused, TrivselError, UnknownWorkshop
from trivsel.session import Session
from trivsel.web.handler import sentence
from trivsel.web.home import HomePage, facts

Written = dict[str, str]
"""The fields as they stand in the form."""


class Field(Struct, frozen=True):
    """One field of the form: what is asked, what stands in it, what it was shown with, and what is wrong with it."""

    name: str
    kind: str
    label: str
    now: str
    was: str
    problem: str
    longest: int | None
    choices: list[tuple[str, str]]


class WorkplaceForm(HomePage):
    """The form, and what it changes."""

    template: ClassVar[str]
    asked: ClassVar[dict[str, str]]
    """What can be changed here, in the order of the form, and how it is asked for."""

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        current = await self.ask(self.current, workshop)
        await self.form(workshop, current, current, {})

    async def post(self, workshop: str) -> None:
        await self.need(workshop)
        now = {name: self.get_body_argument(name, "").strip() for name in self.asked}
        was = {name: self.get_body_argument(f"was_{name}", "") for name in self.asked}
        problems, told = await self.ask(self.save, workshop, was, now)
        if not problems:
            self.saved(workshop)
            return
        self.set_status(400)
        current = await self.ask(self.current, workshop)
        unsaved = {name: now[name] for name in problems}
        unseen = {name: was[name] for name in problems if name not in told}
        await self.form(workshop, current | unsaved, current | unseen, problems)

    def saved(self, workshop: str) -> None:
        """Where one goes when everything is saved."""
        self.done("changed", workshop)

    def current(self, workshop: str) -> Written:
        """The fields as they would be shown now."""
        return in_form(self.kit.session(workshop).snapshot, self.language, self.asked)

    async def form(self, workshop: str, now: Written, was: Written, problems: Written) -> None:
        """The page, with what stands in its fields, what the workshop said when they were read, and what is wrong."""
        listed = await self.ask(self.kit.listed, workshop, self.language)
        fields = [
            Field(
                name,
                type(rule).__name__,
                say(self.language)(asked),
                now[name],
                was[name],
                problems.get(name, ""),
                rule.limit if isinstance(rule, Words) else None,
                self.committees() if isinstance(rule, OneOf) else [],
            )
            for name, asked in self.asked.items()
            for rule in [FIELDS[Workplace][name]]
        ]
        more = await self.ask(self.more, workshop)
        self.show(self.template, workshop=listed, facts=facts(listed, self.language), fields=fields, **more)

    def more(self, workshop: str) -> dict[str, Any]:
        """What the page shows besides."""
        return {}

    def save(self, workshop: str, was: Written, now: Written) -> tuple[Written, set[str]]:
        """Changes each field that somebody has written in: what is wrong with those that could not be changed, and
        in which of them somebody else has written meanwhile."""
        session = self.kit.session(workshop)
        current = in_form(session.snapshot, self.language, self.asked)
        problems: Written = {}
        told: set[str] = set()
        for name in self.asked:
            if now[name] in (was[name], current[name]):
                continue
            try:
                self.change(session, name, was[name], now[name])
            except UnknownWorkshop:
                raise
            except TrivselError as error:
                problems[name] = sentence(error, self.language)
                if isinstance(error, Refused) and error.refusal.key == "changed_meanwhile":
                    problems[name] = self.meanwhile(name, in_form(session.snapshot, self.language, [name])[name])
                    told.add(name)
        return problems, told

    def change(self, session: Session, name: str, was: str, now: str) -> None:
        """Changes one field. Raises ``TrivselError``."""
        snapshot = session.snapshot
        seen = getattr(snapshot.workplace, name) if was == in_form(snapshot, self.language, [name])[name] else was
        value = read(name, now, snapshot.language, self.language)
        outcome = session.send(Change(snapshot.place, WORKPLACE, name, seen, value))
        if isinstance(outcome, Refusal):
            raise Refused(outcome)

    def meanwhile(self, name: str, theirs: str) -> str:
        """That somebody else has changed a field, and what one can do."""
        shown = dict(self.committees()).get(theirs, theirs) if name == "committee" else theirs
        words = say(self.language)
        return words("changing.meanwhile", theirs=shown) if shown else words("changing.emptied")


def in_form(snapshot: Snapshot, spoken: str, names: Any) -> Written:
    """What is known of the workplace, as somebody who speaks ``spoken`` would type it."""
    return {name: as_typed(name, getattr(snapshot.workplace, name), snapshot.language, spoken) for name in names}


def as_typed(name: str, value: Value, language: str, spoken: str) -> str:
    """The value of a field as it is typed."""
    rule = FIELDS[Workplace][name]
    if isinstance(value, Text):
        return value.read(language)
    if value and isinstance(rule, Clock):
        return say(spoken).time(str(value))
    if value and isinstance(rule, Day):
        return say(spoken).date(str(value))
    if isinstance(value, bool):
        return "yes" if value else ""
    if isinstance(value, int | float) and isinstance(rule, Number) and not rule.whole:
        return say(spoken).number(value)
    return "" if value is None else str(value)


def read(name: str, typed: str, language: str, spoken: str) -> Value:
    """What somebody typed as the value of a field, words in ``language``, numbers and days as written in ``spoken``.

    Raises ``TrivselError`` for what cannot be read.
    """
    rule = FIELDS[Workplace][name]
    if isinstance(rule, Words):
        return written(typed, language)
    if isinstance(rule, Flag):
        return typed == "yes"
    if isinstance(rule, Number):
        return read_amount(typed, spoken, rule) if typed or not rule.optional else None
    if isinstance(rule, Clock):
        return read_clock(typed) if typed else None
    if isinstance(rule, Day):
        return read_day(typed, spoken) if typed else None
    return typed


def read_amount(typed: str, spoken: str, rule: Number) -> float:
    """How many: 45, 1.200 or 37,5. Raises ``Refused``."""
    try:
        return read_number(typed, spoken)
    except ContentError as error:
        key = "not_a_whole_number" if rule.whole else "not_a_number"
        raise Refused(Refusal(key, {"value": typed})) from error


def read_clock(typed: str) -> str:
    """A time of day: 14.40 or 14:40. Raises ``Refused``."""
    found = re.fullmatch(r"(\d{1,2})[.:](\d{2})", typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        raise Refused(Refusal("not_a_time", {"value": typed}))
    return f"{int(found[1]):02}:{found[2]}"


def spoken_in(snapshot: Snapshot, otherwise: str) -> str:
    """The language of the workshop, if the kit speaks it."""
    return snapshot.language if snapshot.language in languages() else otherwise
