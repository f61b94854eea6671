"""The matrix by mouse, touch and keyboard, dots and ticks, answers from phones, and the door over the whole screen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import address_of
from tests.e2e.room import Room
from tests.e2e.test_every_activity import findings
from tests.kit import Kit as Server
from trivsel.content import say
from trivsel.domain import commands as c
from trivsel.domain.things import Goal, Initiative
from trivsel.domain.words import Text
from trivsel.kit import Kit

Place = tuple[float | None, float | None]
"""Effect and effort."""
RATE, BARRIERS, PRIORITISE = "initiatives.rate", "initiatives.barriers", "goals.prioritise"


@pytest.fixture
def ideas(workshop: str, put: Callable[..., None]) -> list[str]:
    """Three ideas in a new workshop."""
    ids = ["idea-0", "idea-1", "idea-2"]
    put(workshop, "initiatives.collect", *(Initiative(id, Text("da", f"Idé {n}")) for n, id in enumerate(ids)))
    return ids


@pytest.fixture
def rated(kit: Kit, workshop: str) -> Callable[[str], Place]:
    """Where an idea stands as it is stored."""

    def read(id: str) -> Place:
        one = kit.session(workshop).snapshot.get(id, Initiative)
        assert one is not None
        return one.effect, one.effort

    return read


def field(room: Room) -> Locator:
    return room.page.locator(".matrix")


def name(room: Room, title: str) -> Locator:
    """An idea in the list beside the field."""
    return room.page.get_by_role("region", name=room.w["the_ideas"]).get_by_role("button").filter(has_text=title)


def spot(room: Room, title: str) -> Locator:
    """An idea in the field."""
    return field(room).get_by_role("button", name=re.compile(f"^{title}: "))


def drag(room: Room, source: Locator, across: float, up: float) -> None:
    """Drag to a place in the field, both from 0 to 1."""
    start, box = source.bounding_box(), field(room).bounding_box()
    assert start is not None
    assert box is not None
    mouse = room.page.mouse
    mouse.move(start["x"] + 12, start["y"] + start["height"] / 2)
    mouse.down()
    mouse.move(box["x"] + box["width"] * across, box["y"] + box["height"] * (1 - up), steps=6)
    mouse.up()


# --- the matrix -----------------------------------------------------------------------------------------------------


def test_a_name_is_dragged_into_the_field_and_on_and_stays_if_it_is_let_go_outside(
    open_room: Callable[..., Room],
    workshop: str,
    ideas: list[str],
    rated: Callable[[str], Place],
) -> None:
    room = open_room(workshop, RATE)
    drag(room, name(room, "Idé 1"), 0.2, 0.9)
    expect(spot(room, "Idé 1")).to_have_attribute("aria-label", "Idé 1: hjælper meget, kræver lidt")
    room.is_saved()
    assert rated(ideas[1]) == (5, 1.5)
    drag(room, spot(room, "Idé 1"), 0.9, 0.25)
    expect(spot(room, "Idé 1")).to_have_attribute("aria-label", "Idé 1: hjælper lidt, kræver meget")
    room.is_saved()
    assert rated(ideas[1]) == (1.5, 4.5)
    drag(room, spot(room, "Idé 1"), 1.4, 0.5)
    expect(spot(room, "Idé 1")).to_have_attribute("aria-label", "Idé 1: hjælper lidt, kræver meget")


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_name_is_placed_and_moved_by_keyboard_alone(
    open_room: Callable[..., Room], workshop: str, ideas: list[str], rated: Callable[[str], Place],
    language: str,
) -> None:  # fmt: skip
    room = open_room(workshop, RATE, language)
    name(room, "Idé 0").focus()
    room.page.keyboard.press("ArrowUp")
    expect(spot(room, "Idé 0")).to_be_visible()
    for key in ("ArrowUp", "ArrowUp", "ArrowUp", "ArrowLeft"):
        room.page.keyboard.press(key)
    room.is_saved()
    words = say(language)
    where = f"Idé 0: {words('figure.helps_much')}, {words('figure.takes_little')}"
    expect(spot(room, "Idé 0")).to_have_attribute("aria-label", where)
    expect(name(room, "Idé 0")).to_be_focused()
    assert rated(ideas[0]) == (4.5, 2.5)
    for _ in range(6):
        room.page.keyboard.press("ArrowUp")
    expect(room.status).to_be_visible()
    room.page.get_by_role("slider", name=f"{room.w['effort']}: Idé 0").focus()
    room.page.keyboard.press("End")
    expect(spot(room, "Idé 0")).to_have_attribute(
        "aria-label", f"Idé 0: {words('figure.helps_much')}, {words('figure.takes_much')}"
    )
    room.is_saved()
    assert rated(ideas[0]) == (5, 5)
    room.press(room.w["take_out_of_field"])
    expect(spot(room, "Idé 0")).to_have_count(0)
    assert rated(ideas[0]) == (None, None)


def test_a_name_is_chosen_and_a_press_in_the_field_places_it(
    open_room: Callable[..., Room], workshop: str, ideas: list[str]
) -> None:
    room = open_room(workshop, RATE)
    name(room, "Idé 2").click()
    box = field(room).bounding_box()
    assert box is not None
    room.page.mouse.click(box["x"] + box["width"] * 0.8, box["y"] + box["height"] * 0.2)
    expect(spot(room, "Idé 2")).to_have_attribute("aria-label", "Idé 2: hjælper meget, kræver meget")


def test_a_finger_drags_a_name_into_the_field(open_room: Callable[..., Room], workshop: str, ideas: list[str]) -> None:
    room = open_room(workshop, RATE, has_touch=True)
    start, box = name(room, "Idé 0").bounding_box(), field(room).bounding_box()
    assert start is not None
    assert box is not None
    finger = room.page.context.new_cdp_session(room.page)
    x, y = start["x"] + 20, start["y"] + 15
    to_x, to_y = box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.2
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 6):
        point = {"x": x + (to_x - x) * step / 5, "y": y + (to_y - y) * step / 5}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(spot(room, "Idé 0")).to_have_attribute("aria-label", "Idé 0: hjælper meget, kræver lidt")


def test_another_screen_sees_the_field_as_it_is(
    open_room: Callable[..., Room], workshop: str, ideas: list[str]
) -> None:
    here, there = open_room(workshop, RATE), open_room(workshop, RATE, "en")
    drag(here, name(here, "Idé 0"), 0.85, 0.85)
    expect(spot(there, "Idé 0")).to_have_attribute("aria-label", "Idé 0: helps a lot, takes a lot")


# --- who cannot join ------------------------------------------------------------------------------------------------


def test_dots_come_first_where_there_are_many_ideas_and_then_the_few_are_ticked(
    open_room: Callable[..., Room], workshop: str, put: Callable[..., None]
) -> None:
    put(workshop, "initiatives.collect", *(Initiative(f"i{n}", Text("da", f"Idé {n}")) for n in range(8)))
    room = open_room(workshop, BARRIERS)
    for _ in range(2):
        room.button(f"+1 {room.w['dot']}: Idé 7").click()
    expect(room.field(f"{room.w['dots']}: Idé 7")).to_have_value("2")
    room.button(room.w["show_the_few"].replace("{n}", "6")).click()
    rows = room.page.get_by_role("row")
    expect(rows).to_have_count(7)
    expect(rows.nth(1)).to_contain_text("Idé 7")
    expect(rows.nth(1)).to_contain_text(room.w["not_asked_yet"])
    room.tick("Deltid: Idé 7")
    room.write(f"{room.w['what_about_it']} Idé 7", "Hold den også om aftenen")
    expect(rows.nth(1)).not_to_contain_text(room.w["not_asked_yet"])
    expect(room.page.get_by_role("checkbox", name="Deltid: Idé 7")).to_be_checked()


# --- answers and management -----------------------------------------------------------------------------------------


@pytest.fixture
def vote(kit: Kit, workshop: str, put: Callable[..., None], send: Callable[..., None]) -> Callable[[int], None]:
    """The room is at the dots for four goals; let some phones give theirs."""
    put(workshop, PRIORITISE, *(Goal(f"g{n}", Text("da", f"Mål {n}")) for n in range(4)))
    send(workshop, c.OpenDoor("KVX742", "2026-11-23", begin=False))
    send(workshop, c.MoveRoom(PRIORITISE, "welcome.welcome"))

    def cast(phones: int) -> None:
        for n in range(phones):
            kit.session(workshop).send(c.CastVote(PRIORITISE, f"seat-{n}", 1, {"g1": 2, "g2": 1}), f"seat-{n}")

    return cast


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["1280x720", "1920x1080"])
def test_answers_are_closed_management_answers_and_the_result_is_shown(
    open_room: Callable[..., Room], workshop: str, vote: Callable[[int], None], size: tuple[int, int]
) -> None:
    room = open_room(workshop, PRIORITISE, viewport={"width": size[0], "height": size[1]})
    panel = room.page.get_by_role("region", name=room.w["phones"], exact=True)
    expect(panel).to_contain_text(room.say("view.nobody_yet"))
    vote(6)
    expect(panel).to_contain_text("6 har svaret")
    expect(panel).not_to_contain_text("12")
    assert findings(room.page, "open") == []
    room.press(room.w["close_answers"])
    room.press(room.w["give_management"])
    room.button(f"+1 {room.w['dot']}: Mål 3").click()
    assert findings(room.page, "management") == []
    room.press(room.w["save_answer"])
    room.press(room.w["show_result"])
    expect(room.main.get_by_role("img").filter(has=room.page.locator("desc", has_text="Ledelsen: 1"))).to_be_visible()
    assert findings(room.page, "result") == []
    assert room.main.evaluate("main => main.scrollHeight - main.clientHeight") <= 1
    expect(room.button(room.w["another_round"])).to_be_visible()


def test_who_leads_is_named_and_this_screen_takes_over(
    open_room: Callable[..., Room], workshop: str, send: Callable[..., None]
) -> None:
    room = open_room(workshop)
    send(workshop, c.TakeLead("hand-2", "Anna"))
    bottom = room.page.get_by_role("contentinfo")
    expect(bottom).to_contain_text("Anna fører rummet.")
    room.press(room.w["take_over"])
    room.go_on("goals.collect")


# --- the door -------------------------------------------------------------------------------------------------------


@pytest.fixture
def open_shared(
    start_kit: Callable[..., Server], log_in: Callable[..., Page], quiet_page: Callable[..., Page]
) -> Callable[..., Room]:
    """Open the shared screen of a new workshop, in a kit that lets phones in."""
    server = start_kit("--share")
    kit = Kit(server.database)
    workshop = kit.start(title="Et godt arbejdsliv", workplace="Værkstedet", people=12)
    kit.close()

    def open_it(language: str, size: tuple[int, int]) -> Room:
        page = log_in(quiet_page(viewport={"width": size[0], "height": size[1]}), server)
        page.goto(address_of(server, workshop, "welcome.welcome", language))
        return Room(page, language).ready()

    return open_it


@pytest.mark.parametrize("language", ["da", "en"])
def test_without_share_the_door_says_what_to_do(open_room: Callable[..., Room], workshop: str, language: str) -> None:
    room = open_room(workshop, "welcome.welcome", language)
    room.button(room.w["open_door"]).click()
    expect(room.dialog).to_contain_text("trivsel serve --share")
    assert findings(room.page, "door") == []
    room.page.keyboard.press("Escape")
    expect(room.dialog).to_have_count(0)


@pytest.mark.timeout(180)
def test_the_door_fills_the_screen_with_code_and_address_and_closes_again(open_shared: Callable[..., Room]) -> None:
    for language, size in (("da", (1280, 720)), ("en", (1920, 1080))):
        room = open_shared(language, size)
        room.button(room.w["open_door"]).click()
        whole = room.dialog.bounding_box()
        assert whole is not None
        assert (whole["width"], whole["height"]) == pytest.approx(size, abs=2)
        code = room.dialog.locator("p.code")
        expect(code).to_have_text(re.compile(r"^[A-Z2-9]{3} [A-Z2-9]{3}$"))
        expect(room.dialog.get_by_role("img")).to_have_count(1)
        expect(room.dialog).to_contain_text("/join")
        expect(room.dialog).to_contain_text(room.w["hosted_only"])
        assert findings(room.page, "door") == []
        room.dialog.get_by_text(room.w["wifi_title"]).click()
        room.dialog.get_by_label(room.w["wifi_name"]).fill("Værkstedet gæst")
        room.dialog.get_by_label(room.w["wifi_password"]).fill("hemmelig-123")
        room.button(room.w["wifi_show"]).click()
        expect(room.dialog.get_by_role("img")).to_have_count(2)
        for square in room.dialog.locator(".figure svg").all():
            box = square.bounding_box()
            assert box is not None
            assert min(box["width"], box["height"]) > size[1] / 4
        shown = code.bounding_box()
        assert shown is not None
        assert shown["x"] + shown["width"] <= size[0]
        assert findings(room.page, "door with Wi-Fi") == []
        said = code.inner_text()
        room.page.keyboard.press("Escape")
        banner = room.page.get_by_role("banner")
        expect(banner).to_contain_text(said)
        room.button(f"{room.w['show_code']}: {said}").press("Enter")
        room.press(room.w["close_door"])
        expect(room.dialog).to_contain_text(room.w["door_is_closed"])
        room.page.keyboard.press("Escape")
        expect(banner).not_to_contain_text(said)
