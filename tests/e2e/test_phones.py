"""Phones in a real browser, without a secure context: every activity, two languages, and everything that goes wrong."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator
from typing import Any

import psutil
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, expect

from tests import chromium
from tests.e2e.conftest import PATIENCE
from tests.e2e.phone import (
    BARRIERS,
    CLOSE,
    COLLECT,
    HOST,
    IDEAS,
    PRIORITISE,
    PROGRAMME,
    RATE,
    SELFCHECK,
    WELCOME,
    Meeting,
    Phone,
    fetch,
    host_of,
    plain_browser,
)  # fmt: skip
from tests.e2e.room import Room
from tests.kit import Kit as Server
from trivsel.content import say
from trivsel.domain import commands as c
from trivsel.domain.things import Initiative
from trivsel.domain.words import Text
from trivsel.kit import Kit

DA, EN = say("da"), say("en")
AT_ONCE = 3_000
"""Milliseconds within which a phone says that the link is gone."""
RETURN = 30_000


@pytest.fixture(scope="module")
def room_browser(browser: Browser) -> Iterator[Browser]:
    running = plain_browser(browser)
    yield running
    running.close()


@pytest.fixture
def take(room_browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Phone]]:
    """Take a phone, 320 px wide and Danish unless said otherwise. It may ask no other host, and have no errors."""
    watches: list[chromium.Watch] = []
    contexts = []
    pages: list[Page] = []
    request.node._pages = pages

    def make(meeting: Meeting, language: str = "da", **options: Any) -> Phone:
        defaults = {"viewport": {"width": 320, "height": 640}, "locale": {"da": "da-DK", "en": "en-GB"}[language]}
        context = room_browser.new_context(**(defaults | options))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watches.append(chromium.Watch(context))
        pages.append(context.new_page())
        return Phone(pages[-1], meeting, language)

    yield make
    for context in contexts:
        context.close()
    assert [address for one in watches for address in one.outside if host_of(address) != HOST] == []
    assert [error for one in watches for error in one.errors] == []


@pytest.fixture
def meeting(kit: Kit, server: Server) -> Meeting:
    return Meeting(kit, server.port)


@pytest.fixture
def own_server(start_kit: Callable[..., Server]) -> Server:
    """A server of this test's own, that may be killed."""
    return start_kit()


@pytest.fixture
def own_meeting(own_server: Server) -> Iterator[Meeting]:
    kit = Kit(own_server.database)
    yield Meeting(kit, own_server.port)
    kit.close()


def until(look: Callable[[], bool], page: Page, what: str) -> None:
    """Wait in the browser's time until something is so in the store."""
    end = time.monotonic() + PATIENCE / 1000
    while not look():
        assert time.monotonic() < end, what
        page.evaluate("() => new Promise((done) => setTimeout(done, 50))")


# --- through the meeting ----------------------------------------------------------------------------------------------


@pytest.fixture
def both(meeting: Meeting, take: Callable[..., Phone]) -> tuple[Phone, Phone]:
    """A Danish and an English phone in the same room."""
    meeting.move(WELCOME)
    return take(meeting, "da").open(), take(meeting, "en").open()


@pytest.mark.timeout(180)
def test_two_phones_answer_the_first_question_and_what_matters_most(
    meeting: Meeting, both: tuple[Phone, Phone]
) -> None:
    for phone in both:
        assert phone.page.evaluate("isSecureContext") is False
        assert phone.page.locator("html").get_attribute("lang") == phone.language
        phone.asks(WELCOME).page.get_by_role("radio").first.check()
        phone.send().reads("may_change")
    assert len(meeting.votes(WELCOME)) == 2

    meeting.move(COLLECT)
    for phone in both:
        phone.asks(COLLECT).reads("cards_left", n=2)
        phone.write(f"Første {phone.language}").send()
        expect(phone.own(f"Første {phone.language}")).to_be_visible()
        phone.reads("cards_left", n=1)
        phone.write(f"Andet {phone.language}").send().reads("all_sent")
        phone.own(f"Første {phone.language}").get_by_role("button").click()
        expect(phone.own(f"Første {phone.language}")).to_have_count(0)
        expect(phone.field).to_be_visible()
        expect(phone.said).to_have_text(phone.say("phone.withdrawn"))
    assert meeting.cards() == ["Andet da", "Andet en"]
    meeting.do(c.ShowCards(COLLECT, tuple(meeting.phones.sent)))
    for phone in both:
        expect(phone.own(f"Andet {phone.language}")).to_contain_text(phone.say("phone.state_shown"))

    meeting.goals("Mere ro", "Bedre vagtplan")
    meeting.move(PRIORITISE)
    for phone in both:
        phone.asks(PRIORITISE).reads("dots_left", n=3)
        phone.tick("Mere ro", "2").reads("dots_left", n=1).tick("Bedre vagtplan", "2").reads("dots_over", n=1)
        expect(phone.button("send")).to_be_disabled()
        phone.tick("Bedre vagtplan", "1").reads("dots_left", n=0).send().reads("may_change")
    assert meeting.votes(PRIORITISE) == [{"g0": 2, "g1": 1}] * 2


@pytest.mark.timeout(180)
def test_two_phones_answer_all_the_rest(meeting: Meeting, both: tuple[Phone, Phone]) -> None:
    meeting.move(IDEAS)
    for phone in both:
        phone.asks(IDEAS).write(f"Gå-møder {phone.language}")
        phone.page.get_by_role("checkbox", name=phone.say("phone.works")).check()
        phone.send()
        expect(phone.page.get_by_role("checkbox")).not_to_be_checked()
    assert {card.works for card in meeting.phones.sent.values() if card.place == IDEAS} == {True}

    meeting.ideas(*(f"Idé {number}" for number in range(8)))
    meeting.move(BARRIERS)
    for phone in both:
        phone.asks(BARRIERS).reads("dots_left", n=3).tick("Idé 3", "3").send()
    assert meeting.votes(BARRIERS) == [{"i3": 3}] * 2
    meeting.do(c.CloseAnswers(BARRIERS))
    for phone in both:
        phone.reads("counted")
    meeting.do(c.ShowResults(BARRIERS))
    night = next(one for one in PROGRAMME.find(BARRIERS)[1].answers if one.key == "night")  # type: ignore[index]
    for phone in both:
        phone.tick("Idé 3", night.label[phone.language], "checkbox").send()
    assert meeting.votes(BARRIERS) == [{"i3.night": 1}] * 2

    meeting.move(RATE)
    for phone in both:
        phone.asks(RATE)
        scale = phone.group("Idé 3").get_by_role("radiogroup", name=phone.say("phone.scale_effect"))
        scale.get_by_role("radio", name="5").check(force=True)
        phone.send()
    assert meeting.votes(RATE) == [{"i3.effect": 5}] * 2

    meeting.move(SELFCHECK)
    for phone in both:
        phone.asks(SELFCHECK).page.get_by_role("radio", name="2").first.check(force=True)
        phone.send()
    assert [list(one.values()) for one in meeting.votes(SELFCHECK)] == [[2], [2]]

    meeting.move(CLOSE)
    for phone in both:
        phone.asks(CLOSE).reads("plan").write(f"Tak {phone.language}").send().reads("all_sent")
    assert meeting.cards(CLOSE) == ["Tak da", "Tak en"]
    meeting.do(c.CloseMeeting("2026-11-23"))
    for phone in both:
        phone.reads("over").reads("plan")


def test_pair_talk_and_a_pause_put_the_phone_away_and_keep_what_is_typed(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(meeting).open().asks(COLLECT)
    phone.write("Mere ro til")
    meeting.do(c.StartTimer(COLLECT, "pairs", 240))
    phone.reads("talk")
    expect(phone.left).to_contain_text("Mere ro til")
    meeting.do(c.StopTimer(COLLECT))
    expect(phone.field).to_have_value("Mere ro til")
    expect(phone.left).to_be_hidden()
    meeting.do(c.StartTimer(COLLECT, "break", 600))
    phone.page.get_by_text(re.compile("^Pause. Vi er tilbage kl")).wait_for()


def test_wishes_are_shown_at_once_and_taken_back(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting, "en").open()
    wish = phone.button("wish_more")
    wish.focus()
    for pressed in ("true", "false"):
        phone.page.keyboard.press("Enter")
        expect(wish).to_have_attribute("aria-pressed", pressed)
        expect(phone.said).to_have_text(phone.say("phone.heard"))
        until(lambda: ("more" in wishes(meeting)) is (pressed == "true"), phone.page, "the wish in the store")  # noqa: B023
        expect(wish).to_be_focused()


def wishes(meeting: Meeting) -> list[str]:
    return list(meeting.phones.wishes.get(COLLECT, {}).values())


def test_a_late_phone_is_told_where_we_are_and_may_change_language(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    meeting.goals("Mere ro")
    meeting.do(c.Change(PRIORITISE, "g0", "chosen", False, True))
    meeting.move(IDEAS)
    phone = take(meeting).open().reads("late_goals", titles=DA.titles(["Mere ro"]))
    phone.write("Halvt skre")
    phone.page.get_by_role("button", name="English").click()
    english = Phone(phone.page, meeting, "en").asks(IDEAS).reads("late_goals", titles=EN.titles(["Mere ro"]))
    expect(english.field).to_have_value("Halvt skre")
    meeting.move(RATE)
    english.asks(RATE)
    expect(english.page.locator(".late")).to_have_count(0)


def test_the_next_person_on_the_phone_sees_nothing_of_the_one_before(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(meeting).open().write("Mere ro").send().write("Halvt skrevet")
    phone.page.get_by_text(phone.say("phone.more")).click()
    phone.button("next_person").click()
    expect(phone.own("Mere ro")).to_have_count(0)
    expect(phone.field).to_have_value("")
    phone.write("Bedre vagtplan").send()
    assert len({card.seat for card in meeting.phones.sent.values()}) == 2


def test_everything_a_phone_has_sent_can_be_erased(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting).open().write("Mere ro").send()
    phone.page.get_by_text(phone.say("phone.more")).click()
    phone.button("erase").click()
    phone.reads("erased")
    expect(phone.own("Mere ro")).to_have_count(0)
    assert meeting.cards() == []


def test_a_card_comes_to_the_shared_screen_when_the_cards_are_shown(
    meeting: Meeting, take: Callable[..., Phone], open_room: Callable[..., Room]
) -> None:
    phone = take(meeting).open().asks(COLLECT)
    room = open_room(meeting.workshop, COLLECT)
    phone.write("Mere ro <b>nu</b>").send()
    expect(room.main.get_by_text("Mere ro <b>nu</b>")).to_have_count(0)
    meeting.do(c.ShowCards(COLLECT, tuple(meeting.phones.sent)))
    began = time.monotonic()
    expect(room.main.get_by_text("Mere ro <b>nu</b>").first).to_be_visible()
    assert time.monotonic() - began < 3


# --- the room moves on ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_moved_on_in_mid_sentence_the_sentence_can_be_sent_anyway(
    meeting: Meeting, take: Callable[..., Phone], language: str
) -> None:
    phone = take(meeting, language).open().write("Mere ro til at tæ")
    meeting.move(IDEAS)
    phone.asks(IDEAS).reads("moved_on")
    expect(phone.left).to_contain_text("Mere ro til at tæ")
    phone.write("En ny idé")
    phone.button("send_anyway").click()
    expect(phone.left).to_be_hidden()
    until(lambda: meeting.cards() == ["Mere ro til at tæ"], phone.page, "the card in the store")
    expect(phone.field).to_have_value("En ny idé")


def test_what_was_left_can_be_left_and_comes_back_when_the_room_does(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(meeting).open().write("Mere ro")
    meeting.move(IDEAS)
    phone.asks(IDEAS).write("Gå-møder")
    meeting.move(RATE)
    phone.asks(RATE).page.reload()
    expect(phone.left).to_contain_text("Gå-møder")
    phone.button("leave_it").click()
    expect(phone.left).to_contain_text("Mere ro")
    meeting.move(COLLECT)
    expect(phone.asks(COLLECT).field).to_have_value("Mere ro")
    expect(phone.left).to_be_hidden()


def test_closed_in_mid_sentence_the_text_is_still_there_and_nothing_can_be_sent(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(meeting).open().write("Jeg nåede det ik")
    meeting.do(c.CloseAnswers(COLLECT))
    phone.reads("cards_closed").reads("not_sent")
    expect(phone.left).to_contain_text("Jeg nåede det ik")
    expect(phone.button("send_anyway")).to_be_hidden()
    meeting.do(c.OpenAnswers(COLLECT))
    expect(phone.field).to_have_value("Jeg nåede det ik")


def test_closed_while_somebody_chooses_dots_that_is_said(meeting: Meeting, take: Callable[..., Phone]) -> None:
    meeting.goals("Mere ro", "Søvn")
    meeting.move(PRIORITISE)
    phone = take(meeting).open().tick("Mere ro", "2")
    meeting.do(c.CloseAnswers(PRIORITISE))
    phone.reads("counted").reads("not_sent")
    expect(phone.button("send_anyway")).to_be_hidden()


def test_what_is_being_chosen_stays_while_the_ballot_changes_around_it(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    meeting.goals("Mere ro", "Søvn")
    meeting.move(PRIORITISE)
    phone = take(meeting).open().tick("Mere ro", "2")
    meeting.do(c.Change(PRIORITISE, "g1", "title", Text("da", "Søvn"), Text("da", "Bedre søvn")))
    phone.tick("Bedre søvn", "1").send()
    assert meeting.votes(PRIORITISE) == [{"g0": 2, "g1": 1}]


def test_a_rating_can_be_taken_back_by_a_second_tap(meeting: Meeting, take: Callable[..., Phone]) -> None:
    meeting.ideas("Gå-møder")
    meeting.move(RATE)
    phone = take(meeting).open()
    five = phone.page.get_by_role("radio", name="5").first
    five.click(force=True)
    expect(five).to_be_checked()
    five.click(force=True)
    expect(five).not_to_be_checked()


def test_a_card_refused_after_the_fact_comes_back_with_the_reason(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting).open().write("Første").send().write("Andet")
    other = phone.again().write("Fra en anden fane").send()
    phone.button("send").click()
    expect(phone.said).to_have_text(phone.say("refusal.no_more_cards", limit=2))
    expect(phone.left).to_contain_text("Andet")
    other.own("Fra en anden fane").get_by_role("button").click()
    expect(other.own("Fra en anden fane")).to_have_count(0)
    phone.page.reload()
    expect(phone.field).to_have_value("Andet")


# --- the link ---------------------------------------------------------------------------------------------------------


def cut(phone: Phone) -> None:
    phone.page.context.set_offline(True)


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_link_cut_in_mid_typing_is_said_and_the_text_is_sent_once(
    meeting: Meeting, take: Callable[..., Phone], language: str
) -> None:
    phone = take(meeting, language).open().write("Mere ro")
    cut(phone)
    expect(phone.link).to_have_text(phone.say("phone.lost"), timeout=AT_ONCE)
    phone.field.press_sequentially(" til at tænke")
    phone.button("send").click()
    expect(phone.said).to_have_text(phone.say("phone.kept"))
    assert meeting.cards() == []
    phone.page.context.set_offline(False)
    expect(phone.said).to_have_text(phone.say("phone.state_received"), timeout=RETURN)
    assert meeting.cards() == ["Mere ro til at tænke"]
    expect(phone.own("Mere ro til at tænke")).to_have_count(1)


def test_a_link_that_only_falls_silent_is_said_within_three_seconds_and_the_text_is_sent_once(
    own_server: Server, own_meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(own_meeting).open().write("Mere ro")
    with phone.page.expect_response("**/stream"):
        phone.page.reload()
    process = psutil.Process(own_server.pid)
    process.suspend()
    try:
        expect(phone.link).to_have_text(phone.say("phone.lost"), timeout=AT_ONCE)
        phone.field.press_sequentially(" nu")
        phone.button("send").click()
        expect(phone.said).to_have_text(phone.say("phone.kept"))
    finally:
        process.resume()
    expect(phone.said).to_have_text(phone.say("phone.state_received"), timeout=RETURN)
    assert own_meeting.cards() == ["Mere ro nu"]


@pytest.mark.timeout(180)
def test_a_server_killed_and_started_again_gets_everything_once(
    own_server: Server, own_meeting: Meeting, take: Callable[..., Phone]
) -> None:
    own_meeting.goals("Mere ro")
    phone = take(own_meeting).open().write("Før").send().write("Under")
    voter = take(own_meeting, "en")
    own_server.kill()
    expect(phone.link).to_have_text(phone.say("phone.lost"), timeout=AT_ONCE)
    phone.button("send").click()
    expect(phone.link).to_have_text(phone.say("phone.kept"), timeout=AT_ONCE)
    phone.write("Halvt skrevet")
    own_server.start()
    expect(phone.said).to_have_text(phone.say("phone.state_received"), timeout=RETURN)
    assert own_meeting.cards() == ["Før", "Under"]
    own_meeting.move(PRIORITISE)
    phone.asks(PRIORITISE)
    expect(phone.left).to_contain_text("Halvt skrevet")
    voter.open().tick("Mere ro", "1").send()


def test_a_request_that_got_no_answer_is_sent_again_and_counted_once(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(meeting).open()
    tries: list[str] = []

    def swallow(route: Route) -> None:
        """The first time the server hears it and the phone never hears back."""
        if route.request.method != "POST":
            route.continue_()
            return
        tries.append(route.request.post_data or "")
        if len(tries) == 1:
            fetch(route)
            route.abort()
        else:
            route.continue_()

    phone.page.route(f"**/join/{meeting.code}", swallow)
    phone.write("Mere ro").send()
    assert len(tries) == 2
    assert tries[0] == tries[1]
    assert meeting.cards() == ["Mere ro"]


def test_where_something_cuts_streams_the_phone_asks_instead(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting)
    held: list[Route] = []
    phone.page.route("**/stream", lambda route: held.append(route))  # noqa: PLW0108
    phone.open().asks(COLLECT)
    with phone.page.expect_response("**/told"):
        pass
    meeting.move(IDEAS)
    phone.asks(IDEAS)
    expect(phone.link).to_have_text("")
    for route in held:
        route.abort()


def test_a_phone_that_slept_shows_what_is_now_when_it_wakes(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting).open().asks(COLLECT)
    session = phone.page.context.new_cdp_session(phone.page)
    session.send("Page.setWebLifecycleState", {"state": "frozen"})
    meeting.move(IDEAS)
    session.send("Page.setWebLifecycleState", {"state": "active"})
    phone.asks(IDEAS)


def test_a_second_tab_shows_the_same_and_both_may_send(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting).open().write("Fra den første").send()
    other = phone.again()
    expect(other.own("Fra den første")).to_be_visible()
    other.write("Fra den anden").send()
    phone.page.reload()
    expect(phone.own("Fra den anden")).to_be_visible()
    assert meeting.cards() == ["Fra den anden", "Fra den første"]


def test_cookies_off_is_said_in_words(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting).open().write("Mere ro")
    phone.page.context.clear_cookies()
    phone.button("send").click()
    expect(phone.said).to_have_text(phone.say("phone.no_cookie"))
    expect(phone.field).to_have_value("Mere ro")
    assert meeting.cards() == []


def test_a_workshop_that_is_deleted_is_said(
    own_server: Server, own_meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(own_meeting).open().write("Mere ro")
    own_meeting.kit.delete(own_meeting.workshop)
    phone.reads("wrong_code")  # without a press: nobody should go on writing to a meeting that is no more


# --- scripts off ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["da", "en"])
def test_everything_works_with_scripts_off(meeting: Meeting, take: Callable[..., Phone], language: str) -> None:
    phone = take(meeting, language, java_script_enabled=False)
    phone.page.goto(f"{meeting.base}/join")
    phone.page.get_by_label(phone.say("phone.code"), exact=True).fill(meeting.code.lower())
    phone.button("enter").click()
    phone.asks(COLLECT).write("Mere ro").button("send").click()
    expect(phone.own("Mere ro")).to_contain_text(phone.say("phone.state_received"))
    phone.own("Mere ro").get_by_role("button").click()
    expect(phone.own("Mere ro")).to_have_count(0)
    meeting.goals("Mere ro", "Søvn")
    meeting.move(PRIORITISE)
    phone.page.get_by_role("link", name=phone.say("phone.reload")).click()
    phone.asks(PRIORITISE).tick("Mere ro", "3").tick("Søvn", "3").button("send").click()
    phone.page.get_by_text(phone.say("refusal.too_many_dots", limit=3)).wait_for()
    phone.tick("Søvn", "0").button("send").click()
    phone.reads("may_change")
    assert meeting.votes(PRIORITISE) == [{"g0": 3}]


# --- every page -------------------------------------------------------------------------------------------------------


def states(meeting: Meeting) -> Iterator[str]:
    """Every sort of page, one after the other."""
    meeting.put(IDEAS, *(Initiative(f"i{n}", Text("da", f"Gå-møder om torsdagen, nummer {n}")) for n in range(7)))
    meeting.goals("Mere ro til at tænke", "Arbejdsmiljørepræsentantvalgkampagne uden orddeling", "Bedre søvn")
    for place in (WELCOME, COLLECT, PRIORITISE, IDEAS, BARRIERS, RATE, SELFCHECK, CLOSE, "goals.group"):
        meeting.move(place)
        yield place
    meeting.do(c.StartTimer("goals.group", "pairs", 240))
    yield "talk"
    meeting.move("break.break")
    yield "pause"
    meeting.do(c.CloseMeeting("2026-11-23"))
    yield "over"


def complaints(page: Page) -> list[str]:
    """What axe and a ruler have against a page."""
    found = [f"{one['id']}: {node['html']}" for one in Axe().run(page).response["violations"] for node in one["nodes"]]
    small = page.evaluate(
        """() => Array.from(document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea"))
            .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: false })
                && !one.classList.contains("skip"))
            .map((one) => [one, (one.matches("[type=radio], [type=checkbox]") ? one.closest("label") : one)
                .getBoundingClientRect()])
            .filter(([, box]) => box.width < 44 || box.height < 44)
            .map(([one, box]) => `${one.outerHTML.slice(0, 120)} is ${box.width}x${box.height}`)"""
    )
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [*found, *small, *([f"{wide} px too wide"] if wide > 0 else [])]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("language", ["da", "en"])
def test_nothing_is_to_be_said_against_any_page(meeting: Meeting, take: Callable[..., Phone], language: str) -> None:
    phone = take(meeting, language)
    phone.page.goto(f"{meeting.base}/join/ZZZZZZ")
    seen = {"door": complaints(phone.page)}
    phone.open()
    for state in states(meeting):
        place = meeting.kit.snapshot(meeting.workshop).place
        expect(phone.page.locator(f"#part-in[data-place='{place}']")).to_have_count(1)
        if phone.field.count():
            phone.write("Et kort, der bliver sendt").send()
            if state != CLOSE:  # there is only one last word
                phone.reads("cards_left", n=1).write("Halvt skre")
        seen[state] = complaints(phone.page)
    phone.page.get_by_text(phone.say("phone.more")).click()
    seen["folded out"] = complaints(phone.page)
    cut(phone)
    expect(phone.link).to_have_text(phone.say("phone.lost"))
    seen["lost"] = complaints(phone.page)
    assert {state: found for state, found in seen.items() if found} == {}


def test_the_page_is_small(meeting: Meeting, take: Callable[..., Phone]) -> None:
    phone = take(meeting)
    meeting.ideas(*(f"Gå-møder om torsdagen, nummer {n}" for n in range(6)))
    meeting.move(BARRIERS)
    session = phone.page.context.new_cdp_session(phone.page)
    session.send("Network.enable")
    sizes: dict[str, int] = {}
    names: dict[str, str] = {}
    session.on("Network.requestWillBeSent", lambda one: names.update({one["requestId"]: one["request"]["url"]}))
    session.on("Network.loadingFinished", lambda one: sizes.update({one["requestId"]: one["encodedDataLength"]}))
    phone.open().asks(BARRIERS)
    phone.page.wait_for_load_state("load")
    asked = [url for url in names.values() if not url.startswith("data:")]
    assert len(asked) <= 5, asked
    assert sum(sizes.values()) <= 30_000, {names[id]: size for id, size in sizes.items()}


def test_what_is_written_is_labelled_for_those_who_listen_and_dictate(
    meeting: Meeting, take: Callable[..., Phone]
) -> None:
    phone = take(meeting).open()
    expect(phone.field).to_have_accessible_name(phone.say("phone.write_collect"))
    expect(phone.field).to_have_accessible_description(re.compile("280"))
    expect(phone.field).to_have_accessible_description(re.compile("Skriv ikke navne"))
    phone.write("Mere ro").send()
    expect(phone.own("Mere ro").get_by_role("button")).to_have_accessible_name(
        phone.say("phone.withdraw_card", text="Mere ro")
    )
    meeting.move(IDEAS)
    phone.asks(IDEAS)
    expect(phone.page.locator("#news")).to_have_text(phone.page.get_by_role("heading", level=1).inner_text())
