"""The presenter's page in a browser: always fresh, never in the way of whoever types, on a phone and on a laptop."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.e2e.test_every_activity import RULES
from tests.kit import Kit as Server
from trivsel.domain import commands as c
from trivsel.domain.things import WORKPLACE, Goal
from trivsel.domain.words import Text
from trivsel.domain.workshop import FACILITATOR
from trivsel.kit import Kit
from trivsel.store import Accepted

COLLECT, PRIORITISE = "goals.collect", "goals.prioritise"
PHONE, LAPTOP = {"width": 360, "height": 740}, {"width": 1366, "height": 768}
TARGETS = """() => [...document.querySelectorAll("button, summary, input, textarea, select, a")]
  .filter((one) => one.checkVisibility() && !one.matches(".skip, [type=hidden]"))
  .filter((one) => { const box = one.getBoundingClientRect(); return box.width < 44 || box.height < 44; })
  .map((one) => `${one.textContent.trim() || one.name} is ${one.clientWidth}×${one.clientHeight}`)"""
"""What is too small for a finger."""


@pytest.fixture(scope="module")
def shared(start_kit: Callable[..., Server]) -> Server:
    """The kit as it is when phones may come in; for this computer only, so that every machine can do it."""
    return start_kit("--share", "--ip", "127.0.0.1")


@pytest.fixture(scope="module")
def store(shared: Server) -> Iterator[Kit]:
    """The same workshops from our process."""
    kit = Kit(shared.database)
    yield kit
    kit.close()


class Meeting:
    """A workshop in which things happen on the shared screen and on phones."""

    def __init__(self, kit: Kit) -> None:
        self.id = kit.start(title="Et godt arbejdsliv", workplace="Værkstedet", people=12, leads="Mette Holm")
        self.session = kit.session(self.id)
        self.sent = 0

    def do(self, *commands: c.Command, actor: str = FACILITATOR) -> None:
        for command in commands:
            assert isinstance(self.session.send(command, actor), Accepted), command

    @property
    def place(self) -> str:
        return self.session.refresh().place

    def move(self, place: str) -> None:
        self.do(c.MoveRoom(place, self.place))

    def cards(self, *texts: str) -> None:
        for text in texts:
            self.sent += 1
            seat = f"seat-{self.sent}"
            self.do(c.SendCard(COLLECT, seat, f"card-{self.sent}", Text("da", text)), actor=seat)


@pytest.fixture
def meeting(store: Kit) -> Meeting:
    """The room collects cards."""
    held = Meeting(store)
    held.move(COLLECT)
    return held


Open = Callable[..., Page]


@pytest.fixture
def present(quiet_page: Open, log_in: Callable[..., Page], shared: Server, meeting: Meeting) -> Open:
    """Open the presenter's page as somebody who has logged in."""

    def open_it(make: Open = quiet_page, **options: object) -> Page:
        page = log_in(make(**options), shared)
        page.goto(f"{shared.url}/present/{meeting.id}")
        return page

    return open_it


def wrong(page: Page) -> list[str]:
    """What axe-core finds wrong, what is too small for a finger, and what is wider than the page."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    violations = Axe().run(page, options=RULES).response["violations"]
    found = [f"{one['id']} {node['target']}" for one in violations for node in one["nodes"]]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    small: list[str] = page.evaluate(TARGETS)
    return found + small + (["wider than the page"] if wide else [])


@pytest.mark.parametrize("language", ["da-DK", "en-GB"])
@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_nothing_on_the_page_keeps_anybody_out(
    present: Open, meeting: Meeting, size: dict[str, int], language: str
) -> None:
    meeting.do(c.OpenDoor("KVX742", meeting.session.snapshot.day, begin=False))
    meeting.cards("Mere ro", "Bedre kaffe", "Lene skal tale pænt", "Færre møder", "Jeg er syg af det", "Luft")
    meeting.do(c.JudgeCard(COLLECT, "card-1", "amo"), c.JudgeCard(COLLECT, "card-2", "hold", "person"))
    meeting.do(c.StartTimer(COLLECT, "pairs", 240), c.TranslateCard(COLLECT, "card-4", "en", "Fewer meetings"))
    page = present(viewport=size, locale=language)
    expect(page.get_by_text("KVX 742")).to_be_visible()
    assert wrong(page) == []
    meeting.do(c.Change(COLLECT, WORKPLACE, "manager_leads", False, True), c.TakeLead("another", "Søren"))
    meeting.do(c.CloseAnswers(COLLECT), c.StopTimer(COLLECT))
    expect(page.get_by_text("Søren").first).to_be_visible()
    assert wrong(page) == []
    meeting.do(c.TakeLead(""), c.Add(COLLECT, (Goal("a", Text("da", "Ro")), Goal("b", Text("da", "Søvn")))))
    meeting.move(PRIORITISE)
    for number in range(6):
        meeting.do(c.CastVote(PRIORITISE, f"seat-{number}", 1, {"a": 1}), actor=f"seat-{number}")
    meeting.do(c.CloseAnswers(PRIORITISE))
    expect(page.locator(".here .primary").first).to_be_visible()
    assert wrong(page) == []
    page.goto(f"{page.url}?try=1700000000")
    assert wrong(page) == []


def test_what_happens_elsewhere_is_seen_without_loading_the_page_again(present: Open, meeting: Meeting) -> None:
    page = present()
    page.evaluate("window.mine = true")
    meeting.cards("Mere ro", "Bedre kaffe", "Færre møder", "Luft", "Lys")
    expect(page.get_by_role("heading", name="Venter på dig · 5")).to_be_visible()
    meeting.move("goals.group")
    expect(page.get_by_role("heading", name="Nu: Mål og gevinster – Gruppér")).to_be_visible()
    assert page.evaluate("window.mine") is True


def test_what_is_being_typed_stays_while_the_page_is_renewed(present: Open, meeting: Meeting) -> None:
    meeting.cards("Mere ro", "Flere hænder", "Planter", "Musik", "Et godt grin")
    page = present()
    card = page.get_by_role("listitem").filter(has_text="Mere ro")
    card.get_by_text("Mere", exact=True).click()
    card.get_by_text("På engelsk", exact=True).click()
    field = page.locator("#put-card-1-en")
    field.click()
    field.press_sequentially("More qu")
    meeting.cards("Bedre kaffe", "Lene skal tale pænt", "Færre møder", "Luft", "Lys")
    expect(page.get_by_role("heading", name="Venter på dig · 10")).to_be_visible()
    meeting.do(c.JudgeCard(COLLECT, "card-2", "hold", "person"), c.WithdrawCard(COLLECT, "seat-10", "card-10"))
    expect(page.get_by_role("heading", name="Venter på dig · 8")).to_be_visible()
    expect(field).to_be_focused()
    field.press_sequentially("iet")
    expect(field).to_have_value("More quiet")
    page.locator("form", has=field).get_by_role("button", name="Gem").click()
    expect(page.locator("q.also")).to_have_text("More quiet")


def test_the_whole_way_of_the_cards_by_pressing(present: Open, meeting: Meeting) -> None:
    meeting.cards("Mere ro", "Bedre kaffe", "Lene skal tale pænt", "Færre møder", "Luft")
    page = present(viewport=PHONE, has_touch=True)
    page.get_by_role("button", name="Tal sammen, 4 minutter").tap()
    expect(page.get_by_text("To og to", exact=True)).to_be_visible()
    page.get_by_role("button", name="Luk for svar").tap()
    expect(page.get_by_text("Nu siger ledelsen sine højt")).to_be_visible()
    page.get_by_text("Hold tilbage").first.tap()
    page.get_by_role("button", name="Nævner en person").tap()
    expect(page.get_by_text("1 nævner en person.")).to_be_visible()
    page.get_by_role("button", name="Vis 4 kort").tap()
    expect(page.get_by_role("heading", name="Venter på dig · 0")).to_be_visible()
    page.get_by_role("button", name="Gå til Gruppér").tap()
    expect(page.get_by_role("heading", name="Gruppér")).to_be_visible()
    assert meeting.place == "goals.group"
    shown = [card.text.text for card in meeting.session.snapshot.phones.sent.values() if card.shown]
    assert sorted(shown) == ["Bedre kaffe", "Færre møder", "Luft", "Mere ro"]


def test_everything_works_with_scripts_off(present: Open, meeting: Meeting) -> None:
    meeting.cards("Lene skal tale pænt")
    page = present(java_script_enabled=False)
    page.get_by_role("button", name="Luk for svar").click()
    page.get_by_text("Hold tilbage").first.click()
    page.get_by_role("button", name="Nævner en person").click()
    expect(page.get_by_text("1 nævner en person.")).to_be_visible()
    page.get_by_role("button", name="Gå til Gruppér").click()
    expect(page.get_by_role("heading", name="Gruppér")).to_be_visible()


def test_a_lost_link_is_said_in_words_and_found_again(present: Open, new_page: Open) -> None:
    page = present(new_page)
    page.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("Siden har ikke forbindelse", timeout=6_000)
    page.get_by_role("button", name="Luk for svar").click()
    expect(page.get_by_role("alert")).to_contain_text("Det blev ikke sendt")
    page.context.set_offline(False)
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_role("button", name="Luk for svar").click()
    expect(page.get_by_role("button", name="Åbn for svar")).to_be_visible()


def test_a_refusal_is_said_and_stays_until_the_next_press(present: Open, new_page: Open, meeting: Meeting) -> None:
    meeting.cards("Mere ro")
    meeting.do(c.CloseAnswers(COLLECT))
    page = present(new_page)
    page.locator(".more > summary").click()

    def taken_back(route: Route) -> None:
        """Its writer takes the card back in the moment in which it is sent on."""
        if route.request.method == "POST":
            meeting.do(c.WithdrawCard(COLLECT, "seat-1", "card-1"), actor="seat-1")
        route.continue_()

    page.route("**/present/*", taken_back)
    page.get_by_role("button", name="Send retur").click()
    said = page.get_by_role("alert")
    expect(said).to_contain_text("Det er slettet i mellemtiden.")
    meeting.move("goals.group")
    expect(page.get_by_role("heading", name="Gruppér")).to_be_visible()
    expect(said).to_be_visible()


def test_the_door_is_tried_with_a_real_phone(present: Open, quiet_page: Open, meeting: Meeting) -> None:
    page = present()
    page.get_by_role("button", name="Prøv døren").click()
    expect(page.get_by_text("Scan koden med én telefon")).to_be_visible()
    door = meeting.session.refresh().phones.door
    assert door is not None
    phone = quiet_page(viewport={"width": 320, "height": 640})
    phone.goto(f"{page.url.partition('/present')[0]}/join/{door.code}")
    expect(page.get_by_text("Det virker: 1 telefon er inde.")).to_be_visible()


def test_a_representative_holds_back_on_a_phone_of_their_own(present: Open, quiet_page: Open, meeting: Meeting) -> None:
    meeting.do(c.Change(COLLECT, WORKPLACE, "manager_leads", False, True))
    meeting.cards("Lene skal tale pænt")
    meeting.do(c.CloseAnswers(COLLECT))
    page = present()
    page.get_by_text("Link til AMR eller TR").click()
    address = page.get_by_label("Linkets adresse").input_value()
    own = quiet_page(viewport=PHONE)
    own.goto(address)
    assert "as=" not in own.url
    assert wrong(own) == []
    own.get_by_role("button", name="Nævner en person").click()
    expect(own.get_by_text("1 nævner en person.")).to_be_visible()
    expect(page.get_by_text("1 nævner en person.")).to_be_visible()
