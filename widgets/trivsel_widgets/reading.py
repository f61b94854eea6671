"""What people type or press, read as what a field takes: text, numbers, dates, choices."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from trivsel.domain.commands import Refusal, written
from trivsel.domain.events import Value
from trivsel.domain.fields import FIELDS, Clock, Day, Keys, Number, Refs, SomeOf, Words
from trivsel.domain.things import Thing
from trivsel.domain.words import Text
from trivsel.errors import TrivselError

_BULLET = re.compile(r"^(?:[-–—*•·◦▪‣●○■□✓→]|\d{1,2}\))(?:\s+|$)")


def read_value(thing: Thing, field: str, value: Any, language: str) -> Value | Refusal:
    """A value as it came from the browser, as the rules take it, or why it cannot be read."""
    from trivsel.content.reading import read_day, read_number

    rule = FIELDS[type(thing)].get(field)
    if isinstance(rule, Words):
        return written(str(value or ""), language)
    if isinstance(rule, SomeOf | Refs | Keys):
        return tuple(str(one) for one in value) if isinstance(value, list) else ()
    if not isinstance(value, str):
        return value if value is None or isinstance(value, bool | int | float) else str(value)
    if isinstance(rule, Number | Day | Clock) and not value.strip():
        return None
    try:
        if isinstance(rule, Number):
            return read_number(value, language)
        if isinstance(rule, Day):
            return read_day(value, language)
    except TrivselError as error:
        return Refusal(error.key, {name: str(shown) for name, shown in error.about.items()})
    return read_clock(value) if isinstance(rule, Clock) else value


def read_lines(text: str) -> list[str]:
    """Pasted text, a line for each thing: marks of a list go, a row of a table stays one line.

    What stands on one line is left as it was written.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) < 2:
        return lines or [text]
    return [line for line in (_BULLET.sub("", line) for line in lines) if line] or [text]


def read_clock(text: str) -> str | Refusal:
    """A time of day in any form people write: 14.40, 14:40, kl. 14, 1440."""
    found = re.fullmatch(r"(?:kl\.?\s*)?(\d{1,2})[.:\s]?(\d{2})?", text.strip(), re.IGNORECASE)
    try:
        return (
            dt.time(int(found[1]), int(found[2] or 0)).isoformat("minutes")
            if found
            else Refusal("not_a_time", {"value": text})
        )
    except ValueError:
        return Refusal("not_a_time", {"value": text})


def read_was(thing: Thing, field: str, value: Any, language: str) -> Value:
    """What the browser says the field was when it showed it."""
    rule = FIELDS[type(thing)].get(field)
    if isinstance(rule, Words):
        return Text(language, value) if isinstance(value, str) and value else None
    return tuple(value) if isinstance(value, list) else value
