"""The report in a browser: offline, without scripts, without a fault that axe can find, and on A4."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.report.workshops import HOSTILE, busy, example, holding, hostile
from trivsel.content import languages
from trivsel.domain.workshop import Snapshot
from trivsel.report import html

ADDRESS = "http://localhost/report.html"


def opened(page: Page, snapshot: Snapshot, language: str) -> Page:
    """The report as a page. Nothing but itself can be fetched: the network is off."""
    body = html(snapshot, language)
    page.route(ADDRESS, lambda route: route.fulfill(body=body, content_type="text/html; charset=utf-8"))
    page.context.set_offline(True)
    page.goto(ADDRESS)
    return page


@pytest.fixture
def plain(new_page: Callable[..., Page]) -> Page:
    """A page of somebody who lets no scripts run."""
    return new_page(java_script_enabled=False)


@pytest.mark.parametrize("language", languages())
def test_it_opens_with_network_and_scripts_off(plain: Page, language: str) -> None:
    asked: list[str] = []
    plain.on("request", lambda request: asked.append(request.url))
    opened(plain, example(language), language)
    assert asked == [ADDRESS]
    assert plain.locator("h1").inner_text() == example(language).workplace.title.text
    for drawing in plain.locator("svg").all():
        assert drawing.bounding_box()
    assert plain.locator("#trivsel-plan").is_hidden()


def test_hostile_words_are_seen_as_words(plain: Page) -> None:
    opened(plain, hostile(), "da")
    seen = plain.locator("main").inner_text()
    assert all(words in seen for words in HOSTILE)
    assert plain.locator("script, img, link, [onerror], [onload]").count() == 0


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("name", ["example", "nothing", "hostile"])
def test_axe_finds_nothing(page: Page, language: str, name: str) -> None:
    snapshot = {"example": example(language), "nothing": holding(), "hostile": hostile(language)}[name]
    opened(page, snapshot, language)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("width", [320, 794, 1280])
def test_nothing_runs_out_of_the_side(new_page: Callable[..., Page], width: int) -> None:
    page = new_page(viewport={"width": width, "height": 800})
    opened(page, example("da"), "da")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("language", languages())
def test_the_first_page_fits_one_sheet_of_a4(new_page: Callable[..., Page], language: str) -> None:
    page = new_page(viewport={"width": 688, "height": 1024})  # A4 without its margins, at 96 dots an inch
    page.emulate_media(media="print")
    opened(page, example(language), language)
    box = page.locator(".first").bounding_box()
    assert box is not None
    assert box["height"] <= (297 - 26) / 25.4 * 96


def pages(page: Page) -> int:
    """How many sheets the page takes when it is printed."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("initiatives", [1, 3, 5, 7])
def test_a_long_first_page_is_printed_on_one_sheet_down_to_the_promises(
    page: Page, language: str, initiatives: int
) -> None:
    opened(page, busy(language, initiatives), language)
    whole = pages(page)
    page.evaluate("document.querySelectorAll('.sheet:not(.first)').forEach((sheet) => sheet.remove())")
    wheel = pages(page) - 1
    assert wheel == (initiatives > 5)
    page.evaluate("document.querySelector('.year').remove()")
    assert pages(page) == 1
    assert whole > 1
    assert page.locator(".plan tbody tr").count() == initiatives
    assert page.locator(".quote").count() == 2


def test_nothing_on_a_long_first_page_is_cut(new_page: Callable[..., Page]) -> None:
    page = new_page(viewport={"width": 688, "height": 1024})  # A4 without its margins, at 96 dots an inch
    page.emulate_media(media="print")
    opened(page, busy(), "da")
    assert page.evaluate("document.documentElement.scrollWidth") <= 688
    out = page.evaluate(
        "[...document.querySelectorAll('.first *:not(svg *)')]"
        ".filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth).map((one) => one.outerHTML)"
    )
    assert out == []
