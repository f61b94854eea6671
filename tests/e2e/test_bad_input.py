"""Whatever people write stays text, on the screen and in the report; whatever stands in the address is answered."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.conftest import address_of
from tests.e2e.room import Room
from tests.kit import Kit as Server
from trivsel.content import say
from trivsel.domain.commands import Gather
from trivsel.domain.things import Card, Goal
from trivsel.domain.words import Text
from trivsel.kit import Kit

ODD = {
    "script": "<script>window.harmed = 1</script>",
    "image": '<img src=x onerror="window.harmed = 1">',
    "template": "{{ 7 * 7 }} {% raw %} ${7 * 7}",
    "mathematics": r"$x^2$ og \(\alpha\)",
    "formula": "=1+1 og +45 12",
    "emoji": "Mere glæde 🌱👩‍👩‍👧‍👦",
    "right to left": "سلامة وراحة في العمل",
    "Markdown": "**fed** [her](javascript:alert(1)) ![x](y.png)",
    "quotes": "\"Ro\" & 'tid' <3",
}
FULL = 50

IN_SIGHT = """button => {
  button.scrollIntoView({ block: "center" });
  const box = button.getBoundingClientRect();
  const found = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return button === found || button.contains(found);
}"""


@pytest.fixture
def odd_workshop(kit: Kit) -> str:
    """A workshop whose very name is odd."""
    return kit.start(title="<b>Vi & jer</b>", workplace="{{ 7 * 7 }} <i>Værkstedet</i>")


def test_odd_text_is_shown_as_it_was_written(open_room: Callable[..., Room], odd_workshop: str) -> None:
    room = open_room(odd_workshop, "goals.collect")
    for text in ODD.values():
        room.write("Nyt mål", text)
        expect(room.button(text)).to_be_visible()
    expect(room.page.get_by_role("banner")).to_contain_text("{{ 7 * 7 }} <i>Værkstedet</i>")
    assert room.page.evaluate("window.harmed") is None


def test_odd_text_stays_text_in_every_activity_and_in_the_report(
    open_room: Callable[..., Room], odd_workshop: str, put: Callable[..., None]
) -> None:
    goals = [Goal(f"goal-{n}", Text("da", text), chosen=n < 3, dots=1) for n, text in enumerate(ODD.values())]
    put(odd_workshop, "goals.prioritise", *goals)
    room = open_room(odd_workshop, "goals.prioritise")
    for text in ODD.values():
        expect(room.button(text)).to_be_visible()
    room.look("evaluation.close")
    with room.page.context.expect_page() as opened:
        room.page.get_by_role("link", name=room.w["open_report"]).click()
    report = opened.value
    report.wait_for_load_state()
    said = report.locator("body").inner_text()
    assert [text for text in ODD.values() if text not in said] == []
    assert report.evaluate("window.harmed") is None
    assert report.locator("body script[src], body img").count() == 0


def test_a_row_of_a_pasted_table_becomes_one_card_with_its_words_apart(
    open_room: Callable[..., Room], workshop: str
) -> None:
    room = open_room(workshop, "goals.collect")
    room.field("Nyt mål").click()
    room.page.keyboard.insert_text("Ro\tTid\nLuft\tLys")
    room.page.keyboard.press("Enter")
    for text in ("Ro Tid", "Luft Lys"):
        expect(room.button(text)).to_be_visible()
    expect(room.complaints).to_contain_text(room.say("view.n_added", n=2))
    room.press(f"Fortryd: {room.say('undo.card_added')}")
    expect(room.main).to_contain_text(room.w["no_cards"])


def test_of_pasted_lines_none_is_stored_when_one_is_too_long(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop, "goals.collect")
    field = room.field("Nyt mål")
    field.fill(f"Ro\n{'x' * 281}")
    expect(room.main).to_contain_text("281/280")
    expect(room.main).to_contain_text(room.w["becomes_n"].replace("{n}", "2"))
    field.press("Enter")
    expect(room.complaints).to_contain_text("280")
    expect(room.main).to_contain_text(room.w["no_cards"])
    expect(field).to_have_value(f"Ro\n{'x' * 281}")


def test_too_long_a_text_is_counted_and_refused_with_its_limit(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop, "goals.collect")
    field = room.field("Nyt mål")
    field.fill("x" * 281)
    expect(room.main).to_contain_text("281/280")
    field.press("Enter")
    expect(room.complaints).to_contain_text("280")
    expect(field).to_have_value("x" * 281)
    expect(field).to_be_focused()
    field.fill("x" * 280)
    field.press("Enter")
    expect(room.button("x" * 280)).to_be_visible()
    expect(room.complaints).to_have_count(0)


def test_nothing_is_added_where_nothing_was_written(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop, "goals.collect")
    room.press("Tilføj mål")
    expect(room.complaints).to_have_text(room.w["write_first"])
    expect(room.field("Nyt mål")).to_be_focused()
    expect(room.main).to_contain_text(room.w["no_cards"])


def test_what_is_no_number_is_refused_where_it_was_typed(open_room: Callable[..., Room], workshop: str) -> None:
    room = open_room(workshop)
    for number, (key, typed) in enumerate([("hours_set_aside", "mange"), ("money_set_aside", "-5")], start=1):
        field = room.field(room.w[key])
        field.fill(typed)
        field.press("Enter")
        expect(room.complaints).to_have_count(number)
        expect(field).to_have_value(typed)
        expect(field).to_have_attribute("aria-invalid", "true")
    expect(room.page.get_by_role("status")).to_contain_text(room.w["n_unsaved"].replace("{n}", "2"))


@pytest.fixture
def full_board(kit: Kit, workshop: str, put: Callable[..., None], send: Callable[..., None]) -> str:
    """Fifty cards, half of them in two heaps."""
    texts = [f"Kort nummer {number:02}: {'mere ro og bedre tid ' * (number % 4)}".strip() for number in range(FULL)]
    put(workshop, "goals.collect", *(Card(f"card-{n}", "goals.collect", Text("da", t)) for n, t in enumerate(texts)))
    for number in range(2, FULL // 2):
        onto = number % 2
        send(workshop, Gather("goals.group", f"card-{number}", f"card-{onto}", f"heap-{onto}"))
    return workshop


def test_fifty_cards_can_all_be_reached(open_room: Callable[..., Room], full_board: str) -> None:
    room = open_room(full_board, "goals.collect")
    for place in ("goals.group", "goals.collect"):
        room.look(place)
        more = room.main.get_by_role("button").filter(has_text=room.w["more_cards"].split("{n}")[1])
        while more.count():
            more.first.click()
        cards = room.main.locator("[data-card] > button")
        expect(cards).to_have_count(FULL)
        assert [card.inner_text() for card in cards.all() if not card.evaluate(IN_SIGHT)] == []


def test_a_full_board_is_worked_on_as_an_empty_one(open_room: Callable[..., Room], full_board: str) -> None:
    room = open_room(full_board, "goals.group")
    last = room.main.locator("[data-card='card-49'] > button")
    last.click()
    room.button(room.w["new_heap"]).click()
    own = room.main.locator("[data-heap]").filter(has=room.page.locator("[data-card='card-49']"))
    room.write(room.w["name_heap"], "Det sidste", own)
    expect(room.heap("Det sidste").locator("[data-card='card-49']")).to_be_visible()


# --- addresses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("place", "language"), [("nowhere", "da"), ("goals.nowhere", "en")])
def test_an_unknown_activity_in_the_address_is_said_and_the_meeting_goes_on(
    open_room: Callable[..., Room], workshop: str, place: str, language: str
) -> None:
    room = open_room(workshop, place, language)
    expect(room.complaints).to_contain_text(room.say("refusal.unknown_activity", place=place))
    room.is_at("goals.collect" if place.startswith("goals") else "welcome.welcome")


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_unknown_workshop_is_said_in_words(
    log_in: Callable[[Page], Page], new_page: Callable[..., Page], server: Server, language: str
) -> None:
    page = log_in(new_page(locale="da-DK" if language == "da" else "en-GB"))
    answer = page.goto(address_of(server, "no-such"))
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text(say(language)("error.missing"))
    expect(page.get_by_role("link", name=say(language)("common.home"))).to_be_visible()
    assert "Traceback" not in page.content()


# --- the report alone -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_report_is_read_without_network_and_scripts(
    browser: Browser, kit: Kit, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "report.html"
    file.write_bytes(kit.export_html(kit.example(language), language))
    context = browser.new_context(offline=True, java_script_enabled=False)
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = context.new_page()
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    figures = page.get_by_role("img")
    assert figures.count() >= 3
    for figure in figures.all():
        expect(figure).to_have_accessible_name(re.compile(r"\w"))
    context.close()


def test_what_is_not_saved_is_asked_about_before_the_room_goes_on(
    open_room: Callable[..., Room], workshop: str
) -> None:
    room = open_room(workshop)
    room.field(room.w["hours_set_aside"]).fill("60")
    expect(room.page.get_by_role("status")).to_contain_text(room.w["one_unsaved"])
    room.page.get_by_role("contentinfo").get_by_role("button").last.click()
    room.button(room.w["save_and_go"]).click()
    room.is_at("goals.collect")
    room.look("welcome.welcome")
    expect(room.field(room.w["hours_set_aside"])).to_have_value("60")
    room.is_saved()
