"""What somebody at the shared screen does about answers: the door, the cards that came in, votes and the self-check."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from trivsel.domain import commands as c
from trivsel.domain.commands import Refusal
from trivsel.domain.things import Check

if TYPE_CHECKING:
    from trivsel_widgets.page import Made, Message, Page


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
    "check": _check,
}
