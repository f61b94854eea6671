"""The shared screen in a real browser: it opens, says when something is gone, and comes back by itself."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Callable

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.web.conftest import TOKEN, Served
from tests.web.deadline import until

SECONDS = 3.0
"""How soon a page must say that something is gone."""


@pytest.fixture
def own_server(start_server: Callable[..., Served]) -> Served:
    """A server whose key a test may change."""
    return start_server()


@pytest.fixture
def room(page: Page, server: Served) -> Page:
    """The shared screen, opened and drawn."""
    open_room(page, server)
    return page


def open_room(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/?token={TOKEN}")
    page.goto(server.url + address(server))
    kernel_in(page)


def address(server: Served) -> str:
    return f"/voila/render/workshop.ipynb?workshop={server.workshop}&step=goals&activity=group"


def kernel_in(page: Page, but: int = 0) -> int:
    """The process that draws this page, once it is not ``but``."""
    shown = page.locator(".trivsel p")
    expect(shown).to_have_text(re.compile(rf"\b(?!{but}\b)\d+\s*$"), timeout=40000)
    return int(shown.inner_text().split()[-1])


def words(page: Page, notice: str) -> float:
    """Waits for the words and says how long that took."""
    began = time.monotonic()
    expect(page.get_by_role("alert")).to_contain_text(notice, timeout=SECONDS * 1000)
    return time.monotonic() - began


def test_the_page_comes_from_a_ready_kernel_and_its_address_arrives(room: Page, server: Served) -> None:
    expect(room.locator(".trivsel p")).to_contain_text(f"{server.workshop} goals group")
    expect(room).to_have_title("Et godt arbejdsliv")
    expect(room.get_by_text("Gør skærmen klar")).to_have_count(0)
    assert room.locator("html").get_attribute("lang") == "da"
    assert kernel_in(room) in server.kernels()


def test_a_killed_kernel_is_told_and_the_page_comes_back(room: Page, server: Served) -> None:
    dead = kernel_in(room)
    os.kill(dead, signal.SIGKILL)
    words(room, "Siden gik i stå og henter sig selv igen")
    assert kernel_in(room, but=dead) != dead
    assert room.url.endswith(address(server))
    expect(room.get_by_role("alert")).to_be_empty()


def test_a_killed_server_is_told_and_the_page_comes_back_logged_in(room: Page, server: Served) -> None:
    dead = kernel_in(room)
    server.kill()
    words(room, "Der er ingen forbindelse lige nu")
    server.start()
    assert kernel_in(room, but=dead) != dead
    assert room.url.endswith(address(server))


def test_a_frozen_server_is_told_and_the_page_goes_on_where_it_was(room: Page, server: Served) -> None:
    kernel = kernel_in(room)
    process = psutil.Process(server.running.pid)
    process.suspend()
    try:
        words(room, "Der er ingen forbindelse lige nu")
    finally:
        process.resume()
    expect(room.get_by_role("alert")).to_be_empty()
    assert kernel_in(room) == kernel


def test_a_new_key_is_told_with_a_way_in(page: Page, own_server: Served) -> None:
    open_room(page, own_server)
    own_server.kill()
    own_server.token = "nellike"
    own_server.start()
    expect(page.get_by_role("alert")).to_contain_text("nøglen er skiftet", timeout=20000)
    page.get_by_role("button", name="Log ind igen").click()
    page.get_by_label("Nøgle").fill("nellike")
    page.get_by_role("button", name="Log ind").click()
    page.wait_for_url(f"**{address(own_server)}")


def test_a_download_leaves_the_kernel_alone(room: Page, server: Served) -> None:
    kernel = kernel_in(room)
    with room.expect_download():
        room.evaluate("address => { location.href = address }", f"/report/{server.workshop}.json")
    with room.expect_response("**/alive/**") as answer:
        pass
    assert answer.value.status == 200
    assert psutil.pid_exists(kernel)


def test_a_closed_page_takes_its_kernel_with_it(room: Page) -> None:
    kernel = kernel_in(room)
    room.close()
    until(lambda: not psutil.pid_exists(kernel), "the end of the kernel", 20)


def test_a_page_without_our_screen_is_fetched_once_more_and_then_says_so(room: Page) -> None:
    room.add_init_script(
        "addEventListener('DOMContentLoaded', () => document.querySelector('#rendered_cells').remove())"
    )
    fetched: list[str] = []
    room.on("request", lambda request: request.is_navigation_request() and fetched.append(request.url))
    room.goto(room.url)
    expect(room.get_by_role("alert")).to_contain_text("Siden kom ikke frem", timeout=40000)
    expect(room.get_by_role("button", name="Prøv igen")).to_be_visible(timeout=40000)
    assert len(fetched) == 2


def test_the_pages_have_nothing_against_them(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/login")
    seen = problems(page)
    page.goto(f"{server.url}/?token={TOKEN}")
    for language in ("English", "Dansk"):
        page.get_by_role("button", name=language).click()
        page.locator("summary").first.click()
        seen += problems(page)
        page.get_by_role("link", name="…").first.click()
        seen += problems(page)
        change_details(page, server)
        seen += problems(page)
        page.get_by_role("button", name=re.compile("Gem|Save")).click()
        expect(page.locator("[aria-invalid]")).to_have_count(1)
        seen += problems(page)
        page.goto(f"{server.url}/nowhere")
        seen += problems(page)
        page.goto(server.url)
    assert seen == []


def change_details(page: Page, server: Served) -> None:
    """The form with what one cannot know how many there are."""
    page.goto(server.url)
    page.locator("summary").first.click()
    page.get_by_role("link", name=re.compile("Ret oplysninger|Change details")).first.click()
    page.locator("#people").fill("mange")


def problems(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html']}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("width", [320, 390, 768, 1280, 1920])
def test_the_front_page_fits(page: Page, server: Served, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 720})
    page.goto(f"{server.url}/?token={TOKEN}")
    page.locator("summary").first.click()
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    change_details(page, server)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_workshop_is_started_and_opened_by_keyboard(page: Page, server: Served) -> None:
    page.goto(f"{server.url}/?token={TOKEN}")
    page.get_by_label("Titel").fill("Et hold på Lager Nord")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Workshoppen er oprettet")
    expect(page.get_by_role("link", name="Åbn").first).to_be_focused()
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    expect(opened.value).to_have_title("Et hold på Lager Nord", timeout=20000)
