"""What every test can ask for: a database of its own, the kit as a real process, a browser and its pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import chromium
from tests.kit import Kit

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "shots" / "failed"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and run it last: Playwright keeps an event loop running that others trip over.
    The tests of one file share their server, so that they stay together where several processes run the tests."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.browser)
        kind = "in a browser" if item.get_closest_marker("browser") else "without"
        item.add_marker(pytest.mark.xdist_group(f"{item.path.stem} {kind}"))
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep a picture of each page that was open when a test failed."""
    report = yield
    if report.when == "call" and report.failed:
        for number, page in enumerate(getattr(item, "_pages", ())):
            if not page.is_closed():
                PICTURES.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=PICTURES / f"{re.sub(r'[^0-9A-Za-z]+', '_', item.name)}_{number}.png")
    return report


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The address of an empty SQLite database of this test's own."""
    return f"sqlite:///{(tmp_path / 'trivsel.sqlite').as_posix()}"


@pytest.fixture(scope="module")
def start_kit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Kit]]:
    """Start ``trivsel serve`` with more arguments; everything started is ended with the module."""
    kits: list[Kit] = []

    def start(*arguments: str, **settings: Any) -> Kit:
        kit = Kit(tmp_path_factory.mktemp("kit"), *arguments, **settings)
        kits.append(kit)
        return kit.start()

    yield start
    for kit in kits:
        kit.close()


@pytest.fixture(scope="module")
def kit_server(start_kit: Callable[..., Kit]) -> Kit:
    """The kit, running on this machine with an empty database; shared by the tests of a module."""
    return start_kit()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium. A machine without it fails the test and says what to do; nothing is skipped."""
    path = chromium.find()
    if path is None:
        pytest.fail(chromium.MISSING, pytrace=False)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(chromium.ARGUMENTS))
        yield running
        running.close()


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Make a page as a new visitor (own cookies), 1280×720 and Danish unless said otherwise.

    The test fails if one of its pages asks another host for anything, or has an error that nobody caught.
    """
    contexts = []
    watches = []
    pages: list[Page] = []
    request.node._pages = pages

    def make(**options: Any) -> Page:
        defaults = {"viewport": {"width": 1280, "height": 720}, "locale": "da-DK", "timezone_id": "Europe/Copenhagen"}
        context = browser.new_context(**(defaults | options))
        contexts.append(context)
        watches.append(chromium.Watch(context))
        pages.append(context.new_page())
        return pages[-1]

    yield make
    complaints = "\n".join(filter(None, (watch.complaint() for watch in watches)))
    for context in contexts:
        context.close()
    if complaints:
        pytest.fail(complaints, pytrace=False)


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """One page of one visitor."""
    return new_page()
