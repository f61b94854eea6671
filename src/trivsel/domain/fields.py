"""Which fields of a thing a person may fill in, and what each of them takes."""

from __future__ import annotations

import datetime as dt
import math

from msgspec import Struct

from trivsel.domain import things as t
from trivsel.domain.asking import LEAST
from trivsel.domain.commands import Refusal
from trivsel.domain.events import Value
from trivsel.domain.words import Text

CARD_LIMIT = 280
TITLE_LIMIT = 120
NAME_LIMIT = 80
SENTENCE_LIMIT = 280
THINGS_LIMIT = 2_000
CHOSEN_LIMIT = 3
DOTS_LIMIT = 999
KEYS_LIMIT = 20


class Words(Struct, frozen=True):
    """Free text of at most ``limit`` characters."""

    limit: int
    required: bool = False

    def refuse(self, value: Value) -> Refusal | None:
        if value is None or (isinstance(value, Text) and not value.text.strip()):
            return Refusal("empty_text") if self.required else None
        if not isinstance(value, Text):
            return Refusal("not_a_text")
        if not all(_storable(text) for text in (value.text, value.lang, *value.also, *value.also.values())):
            return Refusal("not_a_text")
        if any(len(text) > self.limit for text in (value.text, *value.also.values())):
            return Refusal("text_too_long", {"limit": str(self.limit), "length": str(len(value.text))})
        return None


def _storable(text: str) -> bool:
    """Half a character, as broken programs make them, cannot be written down."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class OneOf(Struct, frozen=True):
    """One of a few words; None only where ``optional``."""

    values: tuple[str, ...]
    optional: bool = False

    def refuse(self, value: Value) -> Refusal | None:
        if value in self.values or (self.optional and value is None):
            return None
        return Refusal("not_a_choice", {"value": str(value)})


class SomeOf(Struct, frozen=True):
    """Any of a few words, each once."""

    values: tuple[str, ...]

    def refuse(self, value: Value) -> Refusal | None:
        if isinstance(value, tuple) and len(set(value)) == len(value) and set(value) <= set(self.values):
            return None
        return Refusal("not_a_choice", {"value": str(value)})


class Keys(Struct, frozen=True):
    """Keys of a list that the programme has, each once."""

    def refuse(self, value: Value) -> Refusal | None:
        good = isinstance(value, tuple) and len(set(value)) == len(value) and len(value) <= KEYS_LIMIT
        if good and all(key.isidentifier() and len(key) <= NAME_LIMIT for key in value or ()):  # type: ignore[union-attr]
            return None
        return Refusal("not_a_choice", {"value": str(value)})


class Number(Struct, frozen=True):
    """A number from ``low`` to ``high``, in the unit of its field; ``whole`` leaves out decimals."""

    low: float
    high: float
    whole: bool = False
    optional: bool = True

    def refuse(self, value: Value) -> Refusal | None:
        if value is None and self.optional:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value):
            return Refusal("not_a_number", {"value": str(value)})
        if not self.low <= value <= self.high:
            return Refusal("number_out_of_range", {"low": f"{self.low:g}", "high": f"{self.high:.0f}"})
        if self.whole and value != int(value):
            return Refusal("not_a_whole_number", {"value": str(value)})
        return None


class Day(Struct, frozen=True):
    """A date, ISO 8601, in this century."""

    optional: bool = True

    def refuse(self, value: Value) -> Refusal | None:
        if value is None and self.optional:
            return None
        try:
            day = dt.date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            day = None
        if day is None or len(str(value)) != 10:
            return Refusal("not_a_date", {"value": str(value)})
        return None if 2000 <= day.year <= 2099 else Refusal("date_too_far", {"value": str(value)})


class Clock(Struct, frozen=True):
    """A time of day, HH:MM."""

    def refuse(self, value: Value) -> Refusal | None:
        if value is None:
            return None
        try:
            dt.time.fromisoformat(str(value))
        except ValueError:
            return Refusal("not_a_time", {"value": str(value)})
        return None


class Flag(Struct, frozen=True):
    """Yes or no."""

    def refuse(self, value: Value) -> Refusal | None:
        return None if isinstance(value, bool) else Refusal("not_a_choice", {"value": str(value)})


class Ref(Struct, frozen=True):
    """The id of a thing of another kind, or None."""

    kind: type

    def refuse(self, value: Value) -> Refusal | None:
        return None if value is None or isinstance(value, str) else Refusal("not_a_choice", {"value": str(value)})


class Refs(Struct, frozen=True):
    """The ids of things of another kind, each once."""

    kind: type

    def refuse(self, value: Value) -> Refusal | None:
        if isinstance(value, tuple) and len(set(value)) == len(value):
            return None
        return Refusal("not_a_choice", {"value": str(value)})


Rule = Words | OneOf | SomeOf | Keys | Number | Day | Clock | Flag | Ref | Refs

HOURS = Number(0, 10_000)
MONEY = Number(0, 100_000_000)

FIELDS: dict[type, dict[str, Rule]] = {
    t.Card: {"text": Words(CARD_LIMIT, required=True), "heap": Ref(t.Heap)},
    t.Heap: {"name": Words(TITLE_LIMIT)},
    t.Goal: {
        "title": Words(TITLE_LIMIT, required=True),
        "pulls": Ref(t.Goal),
        "chosen": Flag(),
        "dots": Number(0, DOTS_LIMIT, whole=True, optional=False),
        "gains": SomeOf(t.GAINS),
        "sign": Words(SENTENCE_LIMIT),
        "indicator": Words(SENTENCE_LIMIT),
        "unit": Words(NAME_LIMIT),
        "now": Number(-1_000_000_000, 1_000_000_000),
        "target": Number(-1_000_000_000, 1_000_000_000),
        "due": Day(),
    },
    t.Initiative: {
        "title": Words(TITLE_LIMIT, required=True),
        "note": Words(SENTENCE_LIMIT),
        "goals": Refs(t.Goal),
        "levels": SomeOf(("I", "G", "L", "O")),
        "works": Flag(),
        "dots": Number(0, DOTS_LIMIT, whole=True, optional=False),
        "decision": OneOf(("", "yes", "later", "no", "must")),
        "reason": Words(SENTENCE_LIMIT),
        "approver": OneOf(t.APPROVERS, optional=True),
        "duty": OneOf(("no", "part", "yes")),
        "duty_who": Words(NAME_LIMIT),
        "duty_when": Day(),
        "barriers": Keys(),
        "alternative": Words(SENTENCE_LIMIT),
        "effect": Number(1, 5),
        "effort": Number(1, 5),
        "how": OneOf(t.HOWS),
        "stop": Words(SENTENCE_LIMIT),
    },
    t.Resource: {
        "size": OneOf(("small", "medium", "large")),
        "hours": HOURS,
        "money": MONEY,
        "missing": Words(SENTENCE_LIMIT),
        "who": Words(NAME_LIMIT),
    },
    t.Forum: {"name": Words(NAME_LIMIT, required=True), "rhythm": OneOf(t.RHYTHMS)},
    t.Anchor: {
        "forum": Ref(t.Forum),
        "first": Day(),
        "responsible": Words(NAME_LIMIT),
        "deputy": Words(NAME_LIMIT),
        "responsible_agreed": Flag(),
        "deputy_agreed": Flag(),
        "holds": OneOf(("", *t.HOLDS)),
        "tested": OneOf(("", "leaves", "cut", "busy")),
        "safeguard": Words(SENTENCE_LIMIT),
    },
    t.Commitment: {
        "text": Words(SENTENCE_LIMIT, required=True),
        "role": Words(NAME_LIMIT),
        "date": Day(),
    },
    t.Review: {"date": Day(optional=False)},
    t.Check: {"level": Number(0, 2, whole=True)},
    t.Task: {"who": Words(NAME_LIMIT), "due": Day(), "done": Flag()},
    t.Workplace: {
        "title": Words(TITLE_LIMIT, required=True),
        "name": Words(TITLE_LIMIT),
        "people": Number(1, 1_000_000, whole=True),
        "committee": OneOf(("none", "amo", "su", "med")),
        "leads": Words(NAME_LIMIT),
        "decide": Words(SENTENCE_LIMIT),
        "hours": HOURS,
        "money": MONEY,
        "limits": Words(SENTENCE_LIMIT),
        "leader_absent": Flag(),
        "asks": Words(SENTENCE_LIMIT),
        "end": Clock(),
        "calendar_sent": Flag(),
        "keeper": Words(NAME_LIMIT),
        "readers": Words(SENTENCE_LIMIT),
        "leaders": Number(0, 1_000_000, whole=True),
        "manager_leads": Flag(),
        "data_owner": Words(NAME_LIMIT),
        "least": Number(LEAST, 100, whole=True, optional=False),
        "rehearsal": Flag(),
        "day": Day(),
        "begin": Clock(),
        "where": Words(TITLE_LIMIT),
        "invited": Words(SENTENCE_LIMIT),
        "not_on_shift": Words(SENTENCE_LIMIT),
        "agreed": Words(SENTENCE_LIMIT),
        "help_1": Words(TITLE_LIMIT),
        "help_2": Words(TITLE_LIMIT),
        "help_3": Words(TITLE_LIMIT),
    },
}
"""Every field a person can change, by kind of thing. What is not here is fixed when the thing is made."""


def refuse_thing(thing: t.Thing) -> Refusal | None:
    """The first reason why a new thing may not come in as it is."""
    for name, rule in FIELDS[type(thing)].items():
        refusal = rule.refuse(getattr(thing, name))
        if refusal is not None:
            return refusal
    return None
