"""Kernels and servers that are killed: the page says so in words, comes back by itself, and nothing saved is lost."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import address_of
from tests.e2e.room import Room
from tests.kit import Kit as Server
from trivsel.content import say
from trivsel.domain.things import Card
from trivsel.domain.words import Text
from trivsel.kit import Kit

AT_ONCE = 3_000  # ms
RETURN = 45_000  # ms on a machine that has other work to do


@pytest.fixture
def open_noisy(new_page: Callable[..., Page], log_in: Callable[..., Page]) -> Callable[..., Room]:
    """Open a workshop on a page that may complain in its console: it will lose its kernel or its server."""

    def open_it(server: Server, workshop: str, place: str) -> Room:
        page = log_in(new_page(), server)
        page.goto(address_of(server, workshop, place))
        return Room(page).ready()

    return open_it


@pytest.fixture
def own_server(start_kit: Callable[..., Server]) -> Server:
    """A server of this test's own, that may be killed."""
    return start_kit()


@pytest.fixture
def own_kit(own_server: Server) -> Iterator[Kit]:
    kit = Kit(own_server.database)
    yield kit
    kit.close()


def kernel_of(room: Room) -> int:
    """The process that draws the page."""
    settings = json.loads(room.page.locator("#jupyter-config-data").inner_text())
    origin = room.page.evaluate("location.origin")
    answer = room.page.request.get(f"{origin}/alive/{settings['kernelId']}")
    return int(answer.json()["pid"])


def test_a_killed_kernel_is_said_and_the_page_returns_where_it_was(
    server: Server, workshop: str, open_noisy: Callable[..., Room], put: Callable[..., None]
) -> None:
    room = open_noisy(server, workshop, "goals.group")
    put(workshop, "goals.collect", Card("card-1", "goals.collect", Text("da", "Ro til at tænke")))
    expect(room.button("Ro til at tænke")).to_be_visible()
    room.field("Nyt mål").fill("Et halvt mål")
    os.kill(kernel_of(room), signal.SIGKILL)
    expect(room.complaints).to_have_text(say("da")("room.kernel_gone"), timeout=AT_ONCE)
    expect(room.complaints).to_have_count(0, timeout=RETURN)
    room.ready().is_at("goals.group")
    expect(room.button("Ro til at tænke")).to_be_visible()
    expect(room.field("Nyt mål")).to_have_value("Et halvt mål")
    room.field("Nyt mål").press("Enter")
    expect(room.button("Et halvt mål")).to_be_visible()


@pytest.mark.timeout(180)
def test_a_server_killed_in_the_middle_loses_nothing_that_was_shown_as_saved(
    own_server: Server, own_kit: Kit, open_noisy: Callable[..., Room]
) -> None:
    workshop = own_kit.start(title="Et godt arbejdsliv")
    room = open_noisy(own_server, workshop, "goals.collect")
    shown = []
    for number in range(8):
        text = f"Ønske nummer {number}"
        room.write("Nyt mål", text)
        expect(room.button(text)).to_be_visible()
        shown.append(text)
    room.field("Nyt mål").fill("I sidste øjeblik")
    room.field("Nyt mål").press("Enter")
    own_server.kill()
    expect(room.complaints).to_have_text(say("da")("room.server_gone"), timeout=AT_ONCE)
    own_server.start()
    expect(room.complaints).to_have_count(0, timeout=RETURN)
    room.ready().is_at("goals.collect")
    for text in shown:
        expect(room.button(text)).to_have_count(1)
    last = room.button("I sidste øjeblik").or_(room.page.locator("input").and_(room.field("Nyt mål")))
    expect(last.first).to_be_visible()
    stored = [card.text.text for card in own_kit.session(workshop).snapshot.of(Card)]
    assert stored[: len(shown)] == shown
    assert "I sidste øjeblik" in [*stored, room.field("Nyt mål").input_value()]
    room.write("Nyt mål", "Vi kan skrive igen")
    expect(room.button("Vi kan skrive igen")).to_be_visible()
