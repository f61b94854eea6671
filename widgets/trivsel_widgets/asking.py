"""What somebody at the shared screen does about answers: the door, the cards that came in, votes and the self-check."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from trivsel.content import say
from trivsel.domain import commands as c
from trivsel.domain.commands import Refusal
from trivsel.domain.things import Check
from trivsel.kit import new_code
from trivsel_widgets.views.phones import SCREEN, ready

if TYPE_CHECKING:
    from trivsel_widgets.page import Made, Message, Page

LONGEST_NAME, LONGEST_PASSWORD = 32, 63
"""Of a Wi-Fi network, as the standard has it."""


def addresses() -> tuple[str, ...]:
    """Where phones can come from, the best first; nothing if the kit was not started for phones."""
    return tuple(os.environ.get("TRIVSEL_JOIN", "").split())


# What changes the workshop.


def _open_door(page: Page, message: Message) -> Made:
    return c.OpenDoor(new_code(), dt.datetime.now().astimezone().date().isoformat(), begin=False)


def _close_door(page: Page, message: Message) -> Made:
    return c.CloseDoor()


def _show_cards(page: Page, message: Message) -> Made:
    """Which cards they are is known here and not in the browser."""
    return c.ShowCards(page.place, ready(page.session.refresh(), page.place))


def _close_answers(page: Page, message: Message) -> Made:
    return c.CloseAnswers(page.place)


def _open_answers(page: Page, message: Message) -> Made:
    return c.OpenAnswers(page.place, again=bool(message.get("again")))


def _management(page: Page, message: Message) -> Made:
    votes = message.get("votes")
    if not isinstance(votes, dict):
        return Refusal("not_on_ballot")
    return c.AnswerForManagement(page.place, {str(key): value for key, value in votes.items()})


def _show_results(page: Page, message: Message) -> Made:
    return c.ShowResults(page.place)


def _take_lead(page: Page, message: Message) -> Made:
    return c.TakeLead(SCREEN, say(page.session.snapshot.language)("view.this_screen"))


def _check(page: Page, message: Message) -> Made:
    """Put the group on a level of one lever; nothing takes it back."""
    snapshot, lever, level = page.session.snapshot, str(message["lever"]), message.get("level")
    found = snapshot.programme.find(page.place)
    if found is None or lever not in {option.key for option in found[1].answers}:
        return Refusal("not_a_choice", {"value": lever})
    thing = next((check for check in snapshot.of(Check) if check.lever == lever), None)
    if thing is not None:
        return c.Change(page.place, thing.id, "level", thing.level, level)
    id = f"check-{lever}"
    # One that was taken back keeps its id to itself.
    return c.Add(page.place, (Check(id if id not in snapshot.removed else f"{id}-{uuid4().hex[:6]}", lever, level),))


ASKING: dict[str, Callable[[Any, Any], Any]] = {
    "open_door": _open_door,
    "close_door": _close_door,
    "show_cards": _show_cards,
    "close_answers": _close_answers,
    "open_answers": _open_answers,
    "management": _management,
    "show_results": _show_results,
    "lead": _take_lead,
    "check": _check,
}


# What belongs to this page alone.


def _door(page: Page, message: Message) -> None:
    """Look at the way in, or away from it."""
    page.entrance = replace(page.entrance, looking=bool(message.get("on")), addresses=addresses())


def _wifi(page: Page, message: Message) -> None:
    """The network's name and password, kept by this page and nowhere else; without a name they are forgotten."""
    name, password = str(message.get("name", "")).strip()[:LONGEST_NAME], str(message.get("password", ""))
    page.entrance = replace(page.entrance, wifi=(name, password[:LONGEST_PASSWORD]) if name else None)


PAGE_ALONE: dict[str, Callable[[Any, Any], None]] = {"door": _door, "wifi": _wifi}
