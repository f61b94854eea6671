"""What somebody at the shared screen does about doubles, and about a heap that is like a goal of the catalogue."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from trivsel.content import goals
from trivsel.domain import commands as c
from trivsel.domain.commands import Refusal
from trivsel.domain.presets import in_languages
from trivsel.domain.things import Goal

if TYPE_CHECKING:
    from trivsel_widgets.page import Made, Message, Page


def _merge_cards(page: Page, message: Message) -> Made:
    cards = tuple(str(id) for id in message["cards"])
    return c.MergeCards(page.place, cards, f"heap-{uuid4().hex[:12]}")


def _merge_goals(page: Page, message: Message) -> Made:
    return c.MergeGoals(page.place, str(message["goal"]), str(message["into"]))


def _match_heap(page: Page, message: Message) -> Made:
    entry = next((entry for entry in goals() if entry.id == message["entry"]), None)
    if entry is None:
        return Refusal("not_a_choice", {"value": str(message["entry"])})
    title = in_languages(entry.title, page.session.snapshot.language)
    goal = Goal(id=f"goal-{uuid4().hex[:12]}", title=title, entry=entry)
    return c.MatchHeap(page.place, str(message["heap"]), goal)


MERGING: dict[str, Callable[[Page, dict[str, Any]], Made]] = {
    "merge_cards": _merge_cards,
    "merge_goals": _merge_goals,
    "match_heap": _match_heap,
}
