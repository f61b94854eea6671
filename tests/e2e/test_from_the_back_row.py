"""What the room must be able to read from its last chair, and what the one at the keys need not do fifty times."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.room import Room
from trivsel.domain.commands import Change
from trivsel.domain.things import Goal, Initiative
from trivsel.domain.words import Text
from trivsel.kit import Kit

SIX_METRES = 96
"""Pixels on a screen 720 high."""
BOOK = 14
"""Pixels that a table may go down to where the whole plan stands on one page."""


def type_size(part: Locator) -> float:
    return float(part.evaluate("part => parseFloat(getComputedStyle(part).fontSize)"))


@pytest.mark.parametrize(
    ("place", "start"),
    [("goals.collect", "start_alone"), ("goals.collect", "start_pairs"), ("break.break", "start_break")],
)
@pytest.mark.parametrize("language", ["da", "en"])
def test_a_running_clock_is_read_from_six_metres_and_pushes_nothing_out_of_sight(
    open_room: Callable[..., Room], workshop: str, place: str, start: str, language: str
) -> None:
    room = open_room(workshop, place, language)
    room.press(room.say(f"view.{start}", n=10 if place == "break.break" else 4))
    clock = room.main.get_by_role("timer")
    expect(clock).to_be_visible()
    assert type_size(clock) >= SIX_METRES
    assert room.main.evaluate("main => main.scrollHeight <= main.clientHeight + 1")
    room.press(room.w["stop"])
    expect(clock).to_have_count(0)


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_plan_is_read_without_making_it_large(kit: Kit, open_room: Callable[..., Room], language: str) -> None:
    room = open_room(kit.example(language), "evaluation.close", language)
    plan = room.heap(room.w["our_plan"])
    cells = plan.get_by_role("cell")
    assert cells.count() >= 12
    assert min(type_size(cell) for cell in cells.all()) >= BOOK - 1
    assert type_size(plan) >= BOOK
    assert plan.evaluate("plan => plan.scrollHeight <= plan.clientHeight + 1")
    assert not plan.get_attribute("tabindex")
    for group in ("we_do", "awaits_answer"):
        expect(plan.get_by_role("rowheader", name=room.w[group], exact=True)).to_be_visible()
    expect(room.button(room.w["show_plan_big"])).to_be_visible()


@pytest.fixture
def tried(workshop: str, put: Callable[..., None], send: Callable[..., None]) -> str:
    """A workshop with a goal, and an idea that the group has said yes to."""
    put(workshop, "goals.prioritise", Goal("goal-1", Text("da", "Mere ro"), chosen=True))
    put(workshop, "initiatives.collect", Initiative("idea-1", Text("da", "Gåmøder")))
    send(workshop, Change("initiatives.decide", "idea-1", "decision", "", "yes"))
    return workshop


def test_dots_are_typed_with_the_keys(open_room: Callable[..., Room], tried: str) -> None:
    room = open_room(tried, "goals.prioritise")
    dots = room.field(f"{room.w['dots']}: Mere ro")
    dots.click()
    room.page.keyboard.press("ControlOrMeta+a")
    room.page.keyboard.type("51")
    room.page.keyboard.press("Enter")
    room.is_saved()
    expect(dots).to_be_focused()
    room.press(f"+1 {room.w['dot']}: Mere ro")
    expect(dots).to_have_value("52")


def test_what_a_narrow_field_complains_of_is_said_across_its_row(open_room: Callable[..., Room], tried: str) -> None:
    room = open_room(tried, "resources.needs")
    field = room.field(room.w["hours"])
    field.fill("mange")
    field.press("Enter")
    expect(room.complaints).to_have_count(1)
    said, narrow = room.complaints.bounding_box(), field.bounding_box()
    assert said is not None
    assert narrow is not None
    assert said["width"] > 4 * narrow["width"]
    expect(field).to_have_accessible_description(room.complaints.inner_text())
    field.press("Escape")
    expect(room.complaints).to_have_count(0)


def test_a_suggestion_says_so_until_it_is_changed(open_room: Callable[..., Room], tried: str) -> None:
    room = open_room(tried, "resources.needs")
    field = room.field(room.w["hours"])
    expect(field).to_have_accessible_description(room.say("view.suggested"))
    room.write(room.w["hours"], "11")
    expect(field).not_to_have_accessible_description(room.say("view.suggested"))
    room.press(room.say("choice.size_medium"))
    expect(room.field(room.w["money"])).to_have_accessible_description(room.say("view.suggested"))


def test_lines_that_were_pasted_go_where_they_were_pasted(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop, "initiatives.collect")
    for label, column in ((room.say("view.new_that_works"), "we_do_already"), ("Nyt initiativ", "we_could_try")):
        room.field(label).click()
        room.page.keyboard.insert_text(f"- {column} 1\n- {column} 2")
        room.page.keyboard.press("Enter")
        expect(room.heap(room.w[column]).get_by_role("listitem")).to_have_count(2)
        expect(room.field(label)).to_have_value("")
        expect(room.field(label)).to_be_focused()
