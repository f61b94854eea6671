"""Two pages on one workshop: each shows what the other does, and nobody loses what they are typing."""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import median

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.room import Room
from trivsel.domain.commands import Command, MoveRoom
from trivsel.domain.things import Card, Initiative
from trivsel.domain.words import Text

SOON = 500  # ms

WATCH = """text => new Promise((resolve) => {
  const look = () => { if (document.body.innerText.includes(text)) { seen.disconnect(); resolve(Date.now()); } };
  const seen = new MutationObserver(look);
  seen.observe(document.body, { childList: true, subtree: true, characterData: true });
  look();
})"""


@pytest.fixture
def two_rooms(open_room: Callable[..., Room], workshop: str) -> Callable[[str], tuple[Room, Room]]:
    """Two pages of two visitors on one workshop, at one activity."""
    return lambda place: (open_room(workshop, place), open_room(workshop, place))


def watch(page: Page, text: str) -> None:
    """Note when a text appears."""
    page.evaluate(f"text => {{ window.appeared = ({WATCH})(text); }}", text)


def test_each_page_shows_what_the_other_does_at_once(two_rooms: Callable[[str], tuple[Room, Room]]) -> None:
    one, other = two_rooms("goals.collect")
    late = []
    for number in range(5):
        writer, reader = (one, other) if number % 2 else (other, one)
        text = f"Ønske nummer {number}"
        for room in (writer, reader):
            watch(room.page, text)
        writer.write(writer.contract["goal"][0], text)
        done, seen = (room.page.evaluate("window.appeared") for room in (writer, reader))
        late.append(seen - done)
    assert median(late) <= SOON, late


def test_a_page_opened_later_shows_everything(
    open_room: Callable[..., Room], workshop: str, put: Callable[..., None]
) -> None:
    first = open_room(workshop, "goals.collect").write("Nyt mål", "Ro til at tænke")
    expect(first.button("Ro til at tænke")).to_be_visible()
    later = open_room(workshop, "goals.collect", "en")
    expect(later.button("Ro til at tænke")).to_be_visible()


def test_what_is_half_typed_stays_while_others_write(
    open_room: Callable[..., Room], workshop: str, put: Callable[..., None]
) -> None:
    room = open_room(workshop, "goals.collect")
    field = room.field("Nyt mål")
    field.click()
    room.page.keyboard.type("Halv sætning")
    for _ in range(4):
        room.page.keyboard.press("ArrowLeft")
    for number in range(3):
        put(workshop, "goals.collect", Card(f"card-{number}", "goals.collect", Text("da", f"Fra en anden {number}")))
        expect(room.button(f"Fra en anden {number}")).to_be_visible()
    room.page.keyboard.type("!")
    expect(field).to_be_focused()
    expect(field).to_have_value("Halv sæt!ning")


def test_a_field_that_is_being_mended_is_not_written_over(
    two_rooms: Callable[[str], tuple[Room, Room]],
) -> None:
    one, other = two_rooms("welcome.welcome")
    label = one.w["decide_today"]
    mine = one.field(label)
    mine.click()
    one.page.keyboard.type("Vagtplanen")
    other.write(label, "Alt under 5.000 kr.")
    expect(one.main).to_contain_text("Alt under 5.000 kr.")
    expect(mine).to_have_value("Vagtplanen")
    mine.press("Enter")
    told = one.complaints
    expect(told).to_contain_text("Alt under 5.000 kr.")
    expect(told).to_contain_text("Vagtplanen")
    expect(mine).to_have_value("Vagtplanen")
    expect(mine).to_be_focused()
    mine.press("Enter")
    expect(told).to_have_count(0)
    expect(other.field(label)).to_have_value("Vagtplanen")


def test_a_number_two_have_changed_can_be_settled(two_rooms: Callable[[str], tuple[Room, Room]]) -> None:
    one, other = two_rooms("welcome.welcome")
    label = one.w["hours_set_aside"]
    mine = one.field(label)
    mine.fill("12,5")
    other.write(label, "60")
    mine.press("Enter")
    expect(one.complaints).to_contain_text("60")
    mine.press("Enter")
    expect(one.complaints).to_have_count(0)
    expect(other.field(label)).to_have_value("12,5")


def test_a_draft_outlives_a_reload_and_can_be_let_go(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop, "welcome.welcome")
    label = room.w["decide_today"]
    room.field(label).fill("Det halve")
    room.look("goals.collect").field("Nyt mål").fill("Et halvt mål")
    room.page.reload()
    room.ready().is_at("goals.collect")
    expect(room.field("Nyt mål")).to_have_value("Et halvt mål")
    room.look("welcome.welcome")
    expect(room.field(label)).to_have_value("Det halve")
    room.field(label).press("Escape")
    expect(room.field(label)).to_have_value("")
    room.look("goals.collect").field("Nyt mål").press("Enter")
    expect(room.button("Et halvt mål")).to_be_visible()
    room.page.reload()
    expect(room.ready().field("Nyt mål")).to_have_value("")


def test_a_page_goes_with_the_room_unless_it_was_taken_aside_or_is_written_on(
    open_room: Callable[..., Room], workshop: str, send: Callable[[str, Command], None]
) -> None:
    here, aside = open_room(workshop, "welcome.welcome"), open_room(workshop, "goals.prioritise")
    send(workshop, MoveRoom("goals.collect", "welcome.welcome"))
    here.is_at("goals.collect")
    expect(aside.page.locator(".strip")).to_contain_text("Saml")
    aside.is_at("goals.prioritise")
    here.field("Nyt mål").click()
    here.page.keyboard.type("Halv sætning")
    send(workshop, MoveRoom("goals.group", "goals.collect"))
    expect(here.page.locator(".strip")).to_contain_text("Gruppér")
    expect(here.field("Nyt mål")).to_have_value("Halv sætning")
    here.is_at("goals.collect")


def test_quick_presses_all_count(open_room: Callable[..., Room], workshop: str, put: Callable[..., None]) -> None:
    put(workshop, "goals.collect", Card("card-1", "goals.collect", Text("da", "Ro")))
    room = open_room(workshop, "goals.prioritise").press("Ro")
    more = room.button(f"+1 {room.w['dot']}: Ro")
    more.evaluate("button => { for (let n = 0; n < 7; n += 1) button.click(); }")
    expect(room.field(f"{room.w['dots']}: Ro")).to_have_value("7")
    expect(room.complaints).to_have_count(0)


def test_quick_ticks_all_count(open_room: Callable[..., Room], workshop: str, put: Callable[..., None]) -> None:
    put(workshop, "initiatives.collect", Initiative("idea-1", Text("da", "Gåmøder")))
    room = open_room(workshop, "initiatives.decide").press("Gåmøder")
    levels = room.group(f"{room.w['works_on']}: Gåmøder")
    levels.evaluate("group => { for (const button of group.querySelectorAll('button')) button.click(); }")
    expect(levels.get_by_role("button", pressed=True)).to_have_count(4)
    expect(room.complaints).to_have_count(0)


def test_a_double_click_on_next_takes_the_room_one_step(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop)
    room.button(re.compile(f"^{room.say('view.next', place='')}")).dblclick()
    room.is_at("goals.collect")
    expect(room.complaints).to_have_count(0)
    expect(room.main.get_by_role("heading", level=1)).to_be_visible()
    room.is_saved().is_at("goals.collect")


def test_a_field_can_be_mended_again_without_leaving_it(two_rooms: Callable[[str], tuple[Room, Room]]) -> None:
    one, other = two_rooms("welcome.welcome")
    label = one.w["hours_set_aside"]
    for typed, shown in (("60", "60"), ("1200", "1.200"), ("12,50", "12,5")):
        one.write(label, typed)
        expect(one.field(label)).to_have_value(shown)
        expect(other.field(label)).to_have_value(shown)
    other.write(label, "8")
    expect(one.field(label)).to_have_value("8")
    expect(one.complaints).to_have_count(0)
