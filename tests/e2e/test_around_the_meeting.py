"""The pages before and after the meeting in a browser: for everybody, on a phone, on a laptop and on paper."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.e2e.test_every_activity import RULES
from tests.kit import Kit as Server
from trivsel.domain import commands as c
from trivsel.domain.fields import SENTENCE_LIMIT, TITLE_LIMIT
from trivsel.domain.things import WORKPLACE
from trivsel.domain.words import Text
from trivsel.kit import Kit

PHONE, LAPTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 800}
LONG = ("Alle på dagvagt og aftenvagt, tre fra køkkenet og afdelingslederen. " * 9)[:SENTENCE_LIMIT].strip()
TITLES = {"da": "Et godt arbejdsliv", "en": "A good working life"}
TARGETS = """() => [...document.querySelectorAll("main :is(button, input, textarea, select, a, label.tick)")]
  .filter((one) => one.checkVisibility() && !one.matches("[type=hidden], [type=checkbox]"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 44 || box.height < 44; })
  .map((one) => one.outerHTML)"""
"""What is too small for a finger; a tick is as large as its label."""

Open = Callable[..., Page]


@pytest.fixture
def open_page(server: Server, kit: Kit, new_page: Callable[..., Page]) -> Open:
    """Open one of the two pages of a new workshop."""

    def start(which: str, language: str, viewport: dict[str, int], **known: object) -> Page:
        workshop = kit.start(title=TITLES[language], people=8, language=language)
        session = kit.session(workshop)
        for field, now in known.items():
            was = getattr(session.snapshot.workplace, field)
            session.send(c.Change(session.snapshot.place, WORKPLACE, field, was, now))  # type: ignore[arg-type]
        page = new_page(viewport=viewport, locale=language)
        page.goto(server.facilitator)
        page.goto(f"{server.url}/workshops/{workshop}/{which}")
        return page

    return start


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP], ids=["phone", "laptop"])
@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("which", ["before", "after"])
def test_the_page_is_for_everybody(open_page: Open, which: str, language: str, viewport: dict[str, int]) -> None:
    page = open_page(which, language, viewport)
    page.locator("form.fields input:visible, .tasks input:visible").first.fill("æ")
    page.get_by_role("button", name={"da": "Gem", "en": "Save"}[language], exact=True).click()
    found = page.locator(".wrong") if which == "before" else page.get_by_role("status")
    expect(found).to_be_visible()
    violations = Axe().run(page, options=RULES).response["violations"]
    assert [(one["id"], one["nodes"][0]["target"]) for one in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.evaluate(TARGETS) == []


@pytest.mark.parametrize("letters", [80, SENTENCE_LIMIT])
@pytest.mark.parametrize("language", ["da", "en"])
def test_the_notice_is_one_sheet_however_much_is_written(open_page: Open, language: str, letters: int) -> None:
    long, short = Text(language, LONG[:letters]), Text(language, LONG[: min(letters, TITLE_LIMIT)])
    sentences = dict.fromkeys(("limits", "decide", "invited", "not_on_shift", "agreed"), long)
    page = open_page(
        "before", language, LAPTOP, hours=120.0, money=12_000.0, day="2026-11-19", begin="13:00", end="15:30",
        where=short, help_1=short, help_2=short, help_3=short, **sentences,
    )  # fmt: skip
    page.emulate_media(media="print")
    expect(page.locator(".sheet")).to_be_visible()
    for hidden in (".top", "form.fields", ".steps", "#sheet"):
        expect(page.locator(hidden)).to_be_hidden()
    assert page.locator("a:visible, button:visible").count() == 0
    assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))) == 1


def test_the_notice_is_printed_with_a_button(open_page: Open) -> None:
    page = open_page("before", "da", LAPTOP)
    page.evaluate("window.print = () => document.title = 'Udskrevet'")
    page.get_by_role("button", name="Udskriv opslaget").click()
    expect(page).to_have_title("Udskrevet")


def test_a_task_gets_a_role_and_a_date_by_keyboard(open_page: Open) -> None:
    page = open_page("after", "da", LAPTOP)
    task = page.get_by_role("listitem").filter(has_text="Send planen til alle")
    task.get_by_label("Hvem").press_sequentially("Lederen")
    page.keyboard.press("Tab")
    page.keyboard.press("Control+A")
    page.keyboard.type("snart")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(task.locator(".wrong")).to_contain_text("snart")
    expect(task.get_by_label("Hvem")).to_have_value("Lederen")
    expect(task.get_by_label("Gjort")).to_be_checked()
    task.get_by_label("Senest").fill("1/12 2026")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Det er gemt.")
    expect(task.get_by_label("Senest")).to_have_value("01.12.2026")
