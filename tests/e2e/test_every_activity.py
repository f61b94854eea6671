"""Every activity in both languages, of the worked example and of an empty workshop: accessible, in sight, by itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address_of
from tests.e2e.room import PLACES, PROGRAMME, Room
from tests.kit import Kit as Server
from trivsel.content import say
from trivsel.kit import Kit

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],
}
MEETING = [place for place, _, activity in PROGRAMME.places() if activity.state == "meeting"]


BELOW = """main => Math.max(...[main, ...main.querySelectorAll("*")]
  .filter((one) => one === main || getComputedStyle(one).overflowY === "auto")
  .filter((one) => !one.matches("textarea"))
  .map((one) => one.scrollHeight - one.clientHeight))"""
"""How many pixels lie out of sight, in the page or in a list of its own."""


def findings(page: Page, where: str) -> list[str]:
    """What axe-core finds wrong on the page, each with its place."""
    # While the page says that its server is slow to answer it is dimmed on purpose.
    page.wait_for_function("!document.documentElement.dataset.trivselNotice")
    violations = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{where}: {one['id']} {node['target']} {node.get('failureSummary', '')}"
        for one in violations
        for node in one["nodes"]
    ]


@pytest.fixture
def prepared(kit: Kit, workshop: str) -> Callable[[str], str]:
    """The worked example, or a workshop in which nothing has been done."""
    return lambda which: kit.example("da") if which == "example" else workshop


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("which", ["example", "empty"])
def test_no_activity_keeps_anybody_out(
    prepared: Callable[[str], str], open_room: Callable[..., Room], server: Server, which: str, language: str
) -> None:
    workshop = prepared(which)
    room = open_room(workshop, "welcome.welcome", language)
    found = []
    for place in (place for place in PLACES if place not in MEETING):
        room.page.goto(address_of(server, workshop, place, language))
        found += findings(room.ready().is_at(place).page, place)
    for place in MEETING:
        found += findings(room.look(place).page, place)
    for name in dialogs(room):
        room.button(name).first.click()
        expect(room.dialog).to_be_visible()
        found += findings(room.page, f"dialog {name}")
        room.page.keyboard.press("Escape")
        expect(room.dialog).to_have_count(0)
    room.look("goals.collect").press(room.w["show_catalogue"])
    found += findings(room.page, "goals with the catalogue")
    room.look("initiatives.collect").press(room.w["show_ideas"])
    found += findings(room.page, "ideas with the catalogue")
    assert found == []


def dialogs(room: Room) -> list[str]:
    """The buttons that open a window over the page."""
    return [room.w["adjust"], room.w["menu"]]


@pytest.mark.parametrize("language", ["da", "en"])
def test_advice_is_read_by_everybody(kit: Kit, open_room: Callable[..., Room], language: str, unfinished: str) -> None:
    room = open_room(unfinished, language=language)
    room.page.get_by_role("contentinfo").get_by_role("button").filter(has_text=room.say("view.why_is_that")).click()
    expect(room.dialog).to_contain_text(room.w["advice_why"])
    assert findings(room.page, "advice") == []
    mend = room.dialog.get_by_role("button").last
    mend.click()
    expect(room.dialog).to_have_count(0)


@pytest.fixture
def unfinished(kit: Kit, workshop: str, put: Callable[..., None], send: Callable[..., None]) -> str:
    """A workshop with a goal that nothing has been done about, and the room already at the break."""
    from trivsel.domain.commands import MoveRoom
    from trivsel.domain.things import Goal
    from trivsel.domain.words import Text

    put(workshop, "goals.prioritise", Goal(id="goal-1", title=Text("da", "Mere ro"), chosen=True))
    send(workshop, MoveRoom("break.break", "welcome.welcome"))
    return workshop


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_home_page_keeps_nobody_out(
    log_in: Callable[[Page], Page], quiet_page: Callable[..., Page], server: Server, prepared: Callable[[str], str],
    language: str,
) -> None:  # fmt: skip
    prepared("example")
    page = log_in(quiet_page())
    page.goto(server.url)
    page.get_by_role("button", name="Dansk" if language == "da" else "English").click()
    expect(page.locator("html")).to_have_attribute("lang", language)
    page.locator("summary").first.click()
    assert findings(page, "home") == []
    page.get_by_role("link", name=say(language)("home.delete")).first.click()
    assert findings(page, "delete") == []


def test_the_login_keeps_nobody_out(quiet_page: Callable[..., Page], server: Server) -> None:
    page = quiet_page()
    page.goto(f"{server.url}/login")
    assert findings(page, "login") == []


@pytest.mark.timeout(120)
@pytest.mark.parametrize(
    ("which", "language"), [("example", "da"), ("example", "en"), ("empty", "da"), ("empty", "en")]
)
@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080)], ids=["1280x720", "1920x1080"])
def test_the_way_on_is_in_sight_and_the_page_stands_still(
    fresh: Callable[..., str], open_room: Callable[..., Room], which: str, language: str, size: tuple[int, int]
) -> None:
    width, height = size
    room = open_room(fresh(which, language), MEETING[0], language, viewport={"width": width, "height": height})
    below = {}
    for place in MEETING:
        room.look(place)
        bring_room_here(room)
        footer = room.page.get_by_role("contentinfo").bounding_box()
        assert footer is not None
        assert footer["y"] + footer["height"] <= height + 1, place
        assert not room.page.evaluate("document.documentElement.scrollHeight > innerHeight"), place
        below[place] = room.main.evaluate(BELOW)
    assert {place: pixels for place, pixels in below.items() if pixels > 1} == {}


@pytest.fixture
def fresh(kit: Kit, workshop: str) -> Callable[..., str]:
    """A worked example of this test's own, or a workshop in which nothing has been done."""
    return lambda which, language: kit.example(language, fresh=True) if which == "example" else workshop


def bring_room_here(room: Room) -> None:
    here = room.button(room.w["take_room_here"])
    if here.count():
        here.click()
        expect(here).to_have_count(0)
