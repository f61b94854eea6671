"""Connect, what if, the frame, how to follow up, and doubles on the board: by mouse and by keyboard, for everybody."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.e2e.keyboard import Keys
from tests.e2e.room import Room
from tests.e2e.test_every_activity import findings
from trivsel.domain.commands import Change
from trivsel.domain.things import Card, Goal, Initiative
from trivsel.domain.words import Text

TITLES = ("Mere ro", "Færre fejl")


@pytest.fixture(params=[Room, Keys], ids=["mouse", "keyboard"])
def hands(request: pytest.FixtureRequest, open_room: Callable[..., Room]) -> Callable[..., Room]:
    """Open a room that is led by mouse, and one that is led by keyboard."""
    return lambda workshop, place, language="da": request.param(
        open_room(workshop, place, language).page, language
    ).ready()


@pytest.fixture
def trying(workshop: str, put: Callable[..., None], send: Callable[..., None]) -> str:
    """A workshop with two goals, two cards that say the same, and an initiative that is tried."""
    put(workshop, "goals.collect", *(Card(f"c{n}", "goals.collect", Text("da", "Mindre stress")) for n in range(2)))
    put(workshop, "goals.prioritise", *(Goal(f"g{n}", Text("da", title)) for n, title in enumerate(TITLES)))
    put(workshop, "initiatives.collect", Initiative("i", Text("da", "Gåmøder")))
    send(workshop, Change("initiatives.decide", "i", "decision", "", "yes"))
    return workshop


def test_an_arrow_makes_a_picture_and_a_circle_is_refused(hands: Callable[..., Room], trying: str) -> None:
    room = hands(trying, "goals.connect")
    room.pick(room.say("view.pulls_label", goal=TITLES[0]), TITLES[1])
    expect(room.page.get_by_role("img", name=room.say("figure.map"))).to_be_visible()
    assert findings(room.page, "connect") == []
    room.page.get_by_role("combobox", name=room.say("view.pulls_label", goal=TITLES[1])).select_option(label=TITLES[0])
    expect(room.complaints.first).to_contain_text("Så går pilene i ring")


def test_what_if_is_answered_with_what_you_do_then(hands: Callable[..., Room], trying: str) -> None:
    room = hands(trying, "anchoring.whatif")
    room.press(room.say("choice.holds_partly"))
    room.write(room.w["safeguard"], "To kan det")
    expect(room.button(room.say("choice.holds_partly"))).to_have_attribute("aria-pressed", "true")
    assert findings(room.page, "what if") == []


def test_the_frame_is_set_beside_what_is_needed(hands: Callable[..., Room], trying: str) -> None:
    room = hands(trying, "resources.frame")
    expect(room.main).to_contain_text("Rammen er ikke oplyst.")
    room.write(room.w["hours_set_aside"], "60")
    expect(room.page.get_by_role("img", name=room.say("figure.needs"))).to_be_visible()
    assert findings(room.page, "frame") == []


def test_how_to_follow_up_and_when_to_stop(hands: Callable[..., Room], trying: str) -> None:
    room = hands(trying, "evaluation.how")
    room.press("Tal, I har i forvejen")
    room.write(room.w["stop_when"], "ingen går med")
    expect(room.button("Tal, I har i forvejen")).to_have_attribute("aria-pressed", "true")
    assert findings(room.page, "how") == []


def test_doubles_are_merged_and_the_heap_becomes_a_catalogue_goal(hands: Callable[..., Room], trying: str) -> None:
    room = hands(trying, "goals.group")
    said = "2 kort siger ”Mindre stress”."
    room.press(f"{room.w['merge']}: {said}")
    expect(room.main).not_to_contain_text(said)
    offer = room.say("view.is_it", goal="Mindre stress")
    assert findings(room.page, "offer") == []
    room.press(f"{room.w['use_it']}: {offer}")
    expect(room.heap("Mindre stress")).to_be_visible()
    expect(room.button(f"{room.w['use_it']}: {offer}")).to_have_count(0)
