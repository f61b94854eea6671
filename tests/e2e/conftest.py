"""The kit as a real server and Chromium before it: pages as people meet them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from tests.e2e.room import Room
from tests.kit import Kit as Server
from trivsel.domain.commands import Add, Command, Refusal
from trivsel.domain.things import Thing
from trivsel.kit import Kit

# A machine that has other work to do is slower than a meeting room's.
PATIENCE = 15_000
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The kit, running; shared by all that do not end it."""
    with Server(tmp_path_factory.mktemp("kit")) as running:
        yield running


@pytest.fixture(scope="session")
def kit(server: Server) -> Iterator[Kit]:
    """The same workshops from another process: ours."""
    kit = Kit(server.database)
    yield kit
    kit.close()


@pytest.fixture
def workshop(kit: Kit) -> str:
    """A new Danish workshop."""
    return kit.start(title="Et godt arbejdsliv", workplace="Værkstedet", people=12, committee="amo")


@pytest.fixture
def send(kit: Kit) -> Callable[[str, Command], None]:
    """Do something in a workshop from our process."""

    def carry_out(workshop: str, command: Command) -> None:
        outcome = kit.session(workshop).send(command)
        assert not isinstance(outcome, Refusal), outcome

    return carry_out


@pytest.fixture
def put(send: Callable[[str, Command], None]) -> Callable[..., None]:
    """Put things into a workshop from our process."""

    def carry_out(workshop: str, place: str, *things: Thing) -> None:
        send(workshop, Add(place, things))

    return carry_out


@pytest.fixture
def quiet_page(new_page: Callable[..., Page]) -> Iterator[Callable[..., Page]]:
    """Make a page that may not complain in its console."""
    said: list[ConsoleMessage] = []

    def make(**options: Any) -> Page:
        page = new_page(**options)
        page.context.on("console", heard)
        return page

    def heard(message: ConsoleMessage) -> None:
        said.append(message)

    yield make
    errors = [message.text for message in said if message.type == "error"]
    assert errors == []


@pytest.fixture
def log_in(server: Server) -> Callable[[Page], Page]:
    """Make a page that of a facilitator who has logged in."""

    def enter(page: Page, into: Server = server) -> Page:
        page.set_default_timeout(PATIENCE)
        assert page.request.get(into.facilitator).ok
        return page

    return enter


def address_of(server: Server, workshop: str, place: str | None = None, language: str | None = None) -> str:
    """The address of a workshop's shared screen."""
    step, _, activity = (place or "").partition(".")
    asked = {"workshop": workshop, "step": step, "activity": activity, "language": language or ""}
    return f"{server.url}/voila/render/workshop.ipynb?{urlencode({k: v for k, v in asked.items() if v})}"


@pytest.fixture
def open_room(quiet_page: Callable[..., Page], log_in: Callable[[Page], Page], server: Server) -> Callable[..., Room]:
    """Open the shared screen of a workshop as a new visitor who has logged in."""

    def open_it(workshop: str, place: str | None = None, language: str = "da", **options: Any) -> Room:
        page = log_in(quiet_page(**options))
        page.goto(address_of(server, workshop, place, language))
        return Room(page, language).ready()

    return open_it
