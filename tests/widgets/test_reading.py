"""What people type in a field is read as they mean it, or refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from trivsel.content import say
from trivsel.domain.commands import Refusal
from trivsel.domain.things import Anchor, Goal, Initiative, Resource, Workplace
from trivsel.domain.words import Text
from trivsel_widgets.reading import read_clock, read_value, read_was

GOAL = Goal(id="g", title=Text("da", "Ro"))
NEED = Resource(id="r", initiative="i")
ANCHOR = Anchor(id="a", initiative="i")
IDEA = Initiative(id="i", title=Text("da", "Gåtur"))
PLACE = Workplace(id="workplace", title=Text("da", "Her"))


@pytest.mark.parametrize(
    ("thing", "field", "typed", "language", "read"),
    [
        (NEED, "hours", "1,5", "da", 1.5),
        (NEED, "hours", "1.5", "en", 1.5),
        (NEED, "money", "12.000", "da", 12_000),
        (NEED, "money", "12,000", "en", 12_000),
        (NEED, "money", "12.500 kr.", "da", 12_500),
        (NEED, "hours", "2½ time", "da", 2.5),
        (NEED, "hours", "  ", "da", None),
        (NEED, "hours", 8, "da", 8),
        (NEED, "hours", None, "da", None),
        (ANCHOR, "first", "18.1.2027", "da", "2027-01-18"),
        (ANCHOR, "first", "18 Jan 2027", "en", "2027-01-18"),
        (ANCHOR, "first", "18/1-2027", "da", "2027-01-18"),
        (ANCHOR, "first", "", "da", None),
        (PLACE, "end", "15.30", "da", "15:30"),
        (PLACE, "end", "", "da", None),
        (GOAL, "sign", "  Vi   ler \n mere ", "da", Text("da", "Vi ler mere")),
        (GOAL, "gains", ["employee", "society"], "da", ("employee", "society")),
        (GOAL, "gains", "employee", "da", ()),
        (GOAL, "chosen", True, "da", True),
        (GOAL, "dots", 3, "da", 3),
        (IDEA, "goals", ["g"], "da", ("g",)),
        (IDEA, "decision", "yes", "da", "yes"),
    ],
)
def test_a_value_is_read_as_it_is_meant(thing: Any, field: str, typed: Any, language: str, read: object) -> None:
    assert read_value(thing, field, typed, language) == read


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize(
    ("thing", "field", "typed"),
    [
        (NEED, "hours", "mange"),
        (NEED, "money", "12.00.00"),
        (ANCHOR, "first", "på fredag engang"),
        (ANCHOR, "first", "31.2.2027"),
        (ANCHOR, "first", "1.1.1850"),
        (PLACE, "end", "25.00"),
        (PLACE, "end", "senere"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(thing: Any, field: str, typed: str, language: str) -> None:
    refused = read_value(thing, field, typed, language)
    assert isinstance(refused, Refusal)
    key = refused.key if "." in refused.key else f"refusal.{refused.key}"
    assert len(say(language)(key, **refused.about)) > 20


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("14.40", "14:40"),
        ("14:40", "14:40"),
        ("kl. 14", "14:00"),
        ("Kl 9.05", "09:05"),
        ("1440", "14:40"),
        ("9", "09:00"),
    ],
)
def test_a_time_of_day_is_read_in_any_form(typed: str, read: str) -> None:
    assert read_clock(typed) == read


@pytest.mark.parametrize(
    ("thing", "field", "shown", "was"),
    [
        (GOAL, "sign", None, None),
        (GOAL, "sign", "", None),
        (GOAL, "sign", "Ro", Text("da", "Ro")),
        (GOAL, "gains", ["employee"], ("employee",)),
        (NEED, "hours", 8, 8),
    ],
)
def test_what_a_field_said_before_is_read_back(thing: Any, field: str, shown: object, was: object) -> None:
    assert read_was(thing, field, shown, "da") == was
