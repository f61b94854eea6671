"""The browser of the tests sees what no page of ours may do, and finds its way without help."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import chromium
from tests.project.house_rules import ROOT


class Site(BaseHTTPRequestHandler):
    """Answers every request with the same small page."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write("<!doctype html><html lang=da><title>Mål</title><h1>Mål</h1>".encode())

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def watched(browser: Browser, site: str) -> Iterator[tuple[Page, chromium.Watch]]:
    context = browser.new_context()
    watch = chromium.Watch(context)
    page = context.new_page()
    page.goto(site)
    yield page, watch
    context.close()


def test_a_good_page_passes(page: Page, site: str) -> None:
    page.goto(site)
    page.get_by_role("heading", name="Mål").wait_for()
    assert page.viewport_size == {"width": 1280, "height": 720}


def test_two_visitors_share_no_cookies(new_page: Callable[..., Page], site: str) -> None:
    one, other = new_page(), new_page(locale="en-GB")
    one.goto(site)
    other.goto(site)
    one.evaluate("document.cookie = 'seat=7'")
    assert other.evaluate("document.cookie") == ""
    assert (one.evaluate("navigator.language"), other.evaluate("navigator.language")) == ("da-DK", "en-GB")


def test_a_request_to_another_host_is_seen(watched: tuple[Page, chromium.Watch]) -> None:
    page, watch = watched
    page.evaluate("fetch('https://example.org/font.woff2').catch(() => 0)")
    assert watch.outside == ["https://example.org/font.woff2"]
    assert "example.org" in watch.complaint()


def test_a_web_socket_to_another_host_is_seen(watched: tuple[Page, chromium.Watch]) -> None:
    page, watch = watched
    with page.expect_event("websocket"):
        page.evaluate("void new WebSocket('wss://example.org/')")
    assert watch.outside == ["wss://example.org/"]


def test_an_error_that_nobody_caught_is_seen(watched: tuple[Page, chromium.Watch]) -> None:
    page, watch = watched
    with page.expect_event("pageerror"):
        page.evaluate("setTimeout(() => { throw new Error('broken') })")
    assert "broken" in watch.complaint()


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("http://127.0.0.1:8866/", False),
        ("http://localhost/x", False),
        ("ws://127.0.0.1:8866/api", False),
        ("data:image/png;base64,AA", False),
        ("blob:http://127.0.0.1/1", False),
        ("about:blank", False),
        ("https://127.0.0.1.example.org/", True),
        ("https://fonts.gstatic.com/s", True),
        ("http://192.168.1.2/", True),
    ],
)
def test_what_counts_as_outside(address: str, outside: bool) -> None:
    assert chromium.is_outside(address) is outside


def test_the_browser_that_a_person_names_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", sys.executable)
    assert chromium.find() == Path(sys.executable)


def test_a_browser_that_is_not_there_is_said_plainly() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.chromium"],
        cwd=ROOT,
        env=os.environ | {"CHROMIUM": "/nowhere/chromium"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.strip() == "CHROMIUM says /nowhere/chromium, and there is no program there."


def test_a_machine_without_browser_and_installer_is_told_what_to_do() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from tests import chromium; chromium.PLACES = (); chromium.sys.exit(chromium.main())"],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if name not in {"PATH", "CHROMIUM"}}
        | {"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stdout.strip() == chromium.MISSING
