"""A whole workshop by keyboard alone: every step, no mouse, and the focus is never lost."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address_of
from tests.e2e.keyboard import Keys
from tests.kit import Kit as Server
from trivsel.domain.things import Card
from trivsel.domain.words import Text

CARDS = ["Færre afbrydelser", "Tid til at tænke", "Morgenmøder til tiden"]


@pytest.fixture
def keys(quiet_page: Callable[..., Page], log_in: Callable[[Page], Page], server: Server) -> Callable[..., Keys]:
    """Open a workshop for somebody without a mouse."""

    def open_it(workshop: str, place: str | None = None) -> Keys:
        page = log_in(quiet_page())
        page.goto(address_of(server, workshop, place))
        room = Keys(page)
        room.ready()
        return room

    return open_it


@pytest.mark.timeout(240)
def test_a_whole_workshop_is_held_by_keyboard(keys: Callable[..., Keys], workshop: str) -> None:
    room = keys(workshop)
    room.write(room.w["decide_today"], "Ugeplanen")
    goals(room)
    initiatives(room)
    plan(room)
    with room.page.context.expect_page() as opened:
        room.reach(room.page.get_by_role("link", name=room.w["open_report"]))
        room.page.keyboard.press("Enter")
    expect(opened.value.locator("body")).to_contain_text("Fokustid fra 9 til 11")


def goals(room: Keys) -> None:
    room.go_on("goals.collect")
    for card in CARDS:
        room.write("Nyt mål", card)
    room.press(CARDS[0])
    room.press(room.w["edit"])
    room.write(room.w["text"], "Færre forstyrrelser")
    expect(room.button("Færre forstyrrelser")).to_be_visible()
    room.press(re.compile("^Fortryd"))
    expect(room.button(CARDS[0])).to_be_visible()
    room.go_on("goals.group")
    room.press(CARDS[0])
    room.press(room.w["new_heap"])
    room.press(CARDS[1])
    room.press(re.compile(CARDS[0]), room.group(room.w["lay_it_in"]))
    expect(room.button(CARDS[1])).to_be_focused()
    room.write(room.w["name_heap"], "Mere ro")
    heap = room.heap("Mere ro")
    for card in CARDS[:2]:
        expect(room.button(card, heap)).to_be_visible()
    room.go_on("goals.prioritise")
    room.press(f"+1 {room.w['dot']}: Mere ro")
    room.press(f"−1 {room.w['dot']}: Mere ro")
    room.press("Mere ro")
    expect(room.button("Mere ro")).to_have_attribute("aria-pressed", "true")
    room.go_on("goals.measure")
    room.press(room.say("choice.gain_employee"))
    room.write(room.w["sign"], "Vi bliver færdige")


def initiatives(room: Keys) -> None:
    room.go_on("initiatives.collect")
    room.write("Nyt initiativ", "Fokustid fra 9 til 11")
    room.write("Nyt initiativ", "Massagestol")
    room.press(room.w["show_ideas"])
    first = room.page.get_by_role("region", name=room.w["catalogue"]).get_by_role("listitem").first
    room.press(re.compile(f"^{room.w['take']}: "), first)
    room.press(room.w["hide_ideas"])
    for place in ("initiatives.barriers", "initiatives.rate", "initiatives.decide"):
        room.go_on(place)
    room.press(room.say("choice.decision_yes"), room.group(f"{room.w['decision']}: Fokustid fra 9 til 11"))
    room.press(room.say("choice.decision_no"), room.group(f"{room.w['decision']}: Massagestol"))
    room.write(room.w["because"], "Det løser ikke problemet")
    room.go_on("break.break")
    room.press(room.say("view.start_break", n=10))
    room.press(room.w["stop"])


def plan(room: Keys) -> None:
    room.go_on("resources.needs")
    room.press(room.say("choice.size_medium"))
    room.write(room.w["missing"], "En afløser")
    room.go_on("anchoring.routines")
    choices = room.page.get_by_role("combobox", name=room.w["fixed_meeting"]).locator("option").all_inner_texts()
    room.pick(room.w["fixed_meeting"], choices[3])
    room.write(room.w["first_time"], "18.1.2027")
    room.write(room.w["responsible"], "Mette")
    room.tick(room.w["has_said_yes"])
    room.press(room.w["other_meetings"])
    expect(room.dialog).to_be_visible()
    room.page.keyboard.press("Escape")
    expect(room.button(room.w["other_meetings"])).to_be_focused()
    room.go_on("anchoring.whatif")
    room.go_on("anchoring.commitments")
    room.write(room.w["new_promise"], "Jeg tager telefonen")
    room.go_on("anchoring.wheel")
    room.go_on("evaluation.when")
    presets = room.button(re.compile(f"^{room.w['use_date']}: "))
    room.use(presets.first)
    expect(presets).to_have_count(3)
    room.press(re.compile(f"^{room.w['remove']}: "))
    expect(presets).to_have_count(4)
    room.press(room.w["use_all_dates"])
    room.go_on("evaluation.close")
    room.tick(room.w["calendar_sent"])
    room.write(room.w["keeper"], "Mette")
    room.press(room.say("view.close_meeting"))
    expect(room.button(room.w["take_up_again"])).to_be_visible()


def test_a_window_is_opened_and_left_by_keyboard(keys: Callable[..., Keys], workshop: str) -> None:
    room = keys(workshop, "goals.collect")
    for name in (room.w["menu"], room.w["adjust"]):
        room.press(name)
        expect(room.dialog).to_be_visible()
        room.page.keyboard.press("Escape")
        expect(room.dialog).to_have_count(0)
        expect(room.button(name)).to_be_focused()


def test_the_language_is_changed_from_the_menu(keys: Callable[..., Keys], workshop: str) -> None:
    room = keys(workshop, "goals.collect")
    room.press(room.w["menu"])
    room.reach(room.button("English", room.dialog))
    room.page.keyboard.press("Enter")
    room.speak("en")
    expect(room.page.locator("html")).to_have_attribute("lang", "en")
    room.page.keyboard.press("Escape")
    room.is_at("goals.collect")
    room.page.reload()
    room.ready().is_at("goals.collect")


def test_a_card_that_goes_hands_its_focus_on(
    keys: Callable[..., Keys], workshop: str, put: Callable[..., None]
) -> None:
    put(
        workshop,
        "goals.collect",
        *(Card(f"card-{n}", "goals.collect", Text("da", text)) for n, text in enumerate(CARDS)),
    )
    room = keys(workshop, "goals.collect")
    room.press(CARDS[1])
    room.press(room.w["remove"])
    expect(room.button(CARDS[1])).to_have_count(0)
    focused = room.page.evaluate("document.activeElement.closest('li')?.innerText ?? ''")
    assert focused in (CARDS[0], CARDS[2])


def test_the_last_undo_hands_its_focus_on(keys: Callable[..., Keys], workshop: str) -> None:
    room = keys(workshop, "goals.collect")
    room.write("Nyt mål", CARDS[0])
    room.press(re.compile("^Fortryd"))
    expect(room.button(re.compile("^Gentag"))).to_be_focused()
