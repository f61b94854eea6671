"""The presenter's page: what it shows, what its buttons do, and who may press them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from html import unescape

import httpx
import pytest

from tests.web.conftest import SECRET, TOKEN, visit
from trivsel.domain import commands as c
from trivsel.domain.events import Value
from trivsel.domain.things import WORKPLACE, Goal
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.kit import Kit
from trivsel.store import Accepted
from trivsel.web.phones.rooms import Rooms
from trivsel.web.presenter.handlers import key_of
from trivsel.web.secret import Keys

COLLECT, PRIORITISE = "goals.collect", "goals.prioritise"


class Desk:
    """Somebody at the presenter's page of one workshop."""

    def __init__(self, client: httpx.Client, kit: Kit, workshop: str, address: str = "") -> None:
        self.client, self.kit, self.workshop = client, kit, workshop
        self.session = kit.session(workshop)
        self.address = address or f"/present/{workshop}"

    @property
    def snapshot(self) -> Snapshot:
        return self.session.refresh()

    def text(self) -> str:
        """The page as it is read, without its tags."""
        answer = self.client.get(self.address)
        assert answer.status_code == 200
        return read(answer)

    def forms(self) -> list[dict[str, list[str]]]:
        return forms(self.client.get(self.address).text)

    def form(self, do: str, **fields: str) -> dict[str, list[str]]:
        """The first form on the page that does ``do`` with these fields."""
        asked = {"do": do} | fields
        return next(form for form in self.forms() if all(form.get(k, [None])[0] == v for k, v in asked.items()))

    def press(self, do: str, more: dict[str, str] | None = None, **fields: str) -> httpx.Response:
        """Press a button that stands on the page."""
        return self.client.post(self.address, data=self.form(do, **fields) | (more or {}))

    def post(self, **fields: str) -> httpx.Response:
        """Send something that no button may stand for."""
        key = self.forms()[0]["_xsrf"]
        return self.client.post(self.address, data={"_xsrf": key, "place": self.snapshot.place} | fields)

    def do(self, *commands: c.Command, actor: str = "facilitator") -> None:
        """Something happens elsewhere."""
        for command in commands:
            assert isinstance(self.session.send(command, actor), Accepted), command

    def move(self, place: str) -> None:
        self.do(c.MoveRoom(place, self.snapshot.place))

    def card(self, number: int, words: str = "Mere ro", place: str = COLLECT) -> None:
        seat = f"seat-{number}"
        self.do(c.SendCard(place, seat, f"card-{number}", Text("da", words)), actor=seat)

    def change(self, field: str, now: Value) -> None:
        was = getattr(self.snapshot.workplace, field)
        self.do(c.Change(self.snapshot.place, WORKPLACE, field, was, now))


def read(page: httpx.Response) -> str:
    main = page.text.split("<main")[1].split("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def forms(page: str) -> list[dict[str, list[str]]]:
    """The hidden fields of every form of a page, as a browser would send them."""
    found = []
    for inside in re.findall(r'<form method="post" action="/present/.*?</form>', page, re.DOTALL):
        fields: dict[str, list[str]] = {}
        for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', inside):
            fields.setdefault(name, []).append(unescape(value))
        found.append(fields)
    return found


@pytest.fixture
def desk(facilitator: httpx.Client, kit: Kit, workshop: str) -> Desk:
    return Desk(facilitator, kit, workshop)


@pytest.fixture
def another() -> Iterator[Callable[[str], httpx.Client]]:
    """Another browser at an address."""
    with ExitStack() as stack:
        yield lambda base: stack.enter_context(visit(base))


@pytest.fixture
def collecting(desk: Desk) -> Desk:
    """The room collects cards."""
    desk.move(COLLECT)
    return desk


@pytest.fixture
def voting(desk: Desk) -> Desk:
    """The room gives dots to two goals."""
    desk.move(PRIORITISE)
    desk.do(c.Add(COLLECT, (Goal("a", Text("da", "Ro")), Goal("b", Text("da", "Søvn")))))
    return desk


# --- now and next -------------------------------------------------------------------------------------------------


def test_the_page_says_where_the_room_is_and_what_comes_next(collecting: Desk) -> None:
    page = collecting.text()
    assert "Kun for dig · Plejehjemmet Solgården" in page
    assert "Nu: Mål og gevinster – Saml Hvad vil I gerne have mere af i jeres arbejdsdag?" in page
    assert "Gå til Gruppér (10 min.)" in page
    assert "Tænk på en uge, der gik godt." in page


def test_the_front_page_leads_here(desk: Desk) -> None:
    assert f'href="/present/{desk.workshop}"' in desk.client.get("/").text


def test_the_page_is_in_the_language_somebody_chose(collecting: Desk) -> None:
    collecting.client.cookies.set("trivsel-language", "en")
    page = collecting.text()
    assert "For your eyes only" in page
    assert "Now: Goals – Collect" in page


def test_next_moves_the_room_once_however_often_it_is_pressed(collecting: Desk) -> None:
    form = collecting.form("move", to="goals.group")
    sent = [collecting.client.post(collecting.address, data=form).status_code for _ in range(3)]
    assert collecting.snapshot.place == "goals.group"
    assert sent[0] == 303


def test_a_press_on_an_old_page_says_that_the_room_has_moved(collecting: Desk) -> None:
    form = collecting.form("move", to="goals.group")
    collecting.move(PRIORITISE)
    answer = collecting.client.post(collecting.address, data=form)
    assert answer.status_code == 409
    assert "Rummet er allerede gået videre." in read(answer)
    assert collecting.snapshot.place == PRIORITISE


def test_the_minutes_that_talking_takes_can_be_chosen_prolonged_and_stopped(collecting: Desk) -> None:
    collecting.press("timer", {"minutes": "3"}, phase="pairs")
    timer = collecting.snapshot.timer
    assert timer is not None
    assert (timer.phase, timer.seconds) == ("pairs", 180)
    collecting.press("more")
    timer = collecting.snapshot.timer
    assert timer is not None
    assert 285 <= timer.seconds <= 300
    assert "To og to" in collecting.text()
    collecting.press("stop")
    assert collecting.snapshot.timer is None
    assert collecting.press("timer", {"minutes": "10"}, phase="break").status_code == 303
    timer = collecting.snapshot.timer
    assert timer is not None
    assert (timer.phase, timer.seconds) == ("break", 600)


def test_two_minutes_more_without_a_clock_are_added_to_the_activity(collecting: Desk) -> None:
    form = collecting.form("more")
    for _ in range(2):
        collecting.client.post(collecting.address, data=form)
    assert collecting.snapshot.phones.minutes == {COLLECT: 2}
    collecting.press("more")
    assert collecting.snapshot.phones.minutes == {COLLECT: 4}
    assert "af 19 min." in collecting.text()


def test_an_activity_ahead_can_be_left_out_and_taken_back(collecting: Desk) -> None:
    assert "Vi vurderede ikke ideerne mod hinanden" not in collecting.text().split("Presset på tid?")[0]
    what = collecting.form("plan", state="after")["what"][0]
    collecting.press("plan", what=what)
    assert collecting.snapshot.state(what) == "after"
    collecting.press("plan", what=what, state="meeting")
    assert collecting.snapshot.state(what) == "meeting"


def test_a_closed_meeting_has_nothing_to_press(collecting: Desk) -> None:
    collecting.do(c.CloseMeeting("2026-11-23"))
    assert "Mødet er lukket" in collecting.text()
    assert {form["do"][0] for form in collecting.forms()} <= {"lead", "open_door", "try_door", "show_finding"}


# --- answers ------------------------------------------------------------------------------------------------------


def test_votes_are_closed_shown_and_asked_for_once_more(voting: Desk) -> None:
    for number in range(6):
        voting.do(c.CastVote(PRIORITISE, f"seat-{number}", 1, {"a": 2}), actor=f"seat-{number}")
    assert "6 har svaret" in voting.text()
    voting.press("close")
    assert "Nu siger ledelsen sit svar højt" in voting.text()
    voting.press("show_results")
    assert voting.snapshot.phones.asking(PRIORITISE).shown
    voting.press("again")
    assert voting.snapshot.phones.asking(PRIORITISE).round == 2


def test_nobody_answered_is_said(voting: Desk) -> None:
    voting.press("close")
    assert "Ingen har svaret." in voting.text()
    voting.press("open")
    assert voting.snapshot.phones.asking(PRIORITISE).open


def test_wishes_are_shown_as_counts(voting: Desk) -> None:
    for number, wish in enumerate(("more", "done", "done")):
        voting.do(c.MakeWish(PRIORITISE, f"seat-{number}", wish), actor=f"seat-{number}")  # type: ignore[arg-type]
    page = voting.text()
    assert "2 er færdige" in page
    assert "1 vil gerne have mere tid" in page


# --- cards to look at ---------------------------------------------------------------------------------------------


def test_doubtful_cards_come_first_with_the_reason_and_are_not_among_those_to_show(collecting: Desk) -> None:
    for number, words in enumerate(["Mere ro", "Bedre kaffe", "Lene skal tale pænt", "Færre møder", "Mere luft"]):
        collecting.card(number, words)
    page = collecting.text()
    assert "5 kort 5 har svaret" in page
    assert page.index("Lene skal tale pænt") < min(page.index(words) for words in ("Mere ro", "Bedre kaffe"))
    assert "Lene skal tale pænt Se på det først: Nævner en person" in page
    assert "Vis 4 kort" in page
    assert "card-2" not in collecting.form("show_cards")["id"]


def test_a_card_that_was_looked_at_is_shown_with_the_others(collecting: Desk) -> None:
    for number, words in enumerate(["Mere ro", "Bedre kaffe", "Lene skal tale pænt", "Færre møder", "Mere luft"]):
        collecting.card(number, words)
    collecting.press("judge", id="card-2", verdict="show")
    assert "Vis 5 kort" in collecting.text()
    collecting.press("show_cards")
    assert all(card.shown for card in collecting.snapshot.phones.sent.values())


def test_while_people_write_new_cards_come_into_sight_five_at_a_time(collecting: Desk) -> None:
    for number in range(7):
        collecting.card(number, f"Ønske nr. {number}")
    page = collecting.text()
    assert [number for number in range(7) if f"Ønske nr. {number}" in page] == [0, 1, 2, 3, 4]
    assert "2 kort mere er sendt." in page
    collecting.press("close")
    page = collecting.text()
    assert all(f"Ønske nr. {number}" in page for number in range(7))


def test_a_card_that_could_be_read_stays_in_sight_when_answers_are_opened_again(collecting: Desk) -> None:
    collecting.card(0)
    collecting.press("close")
    collecting.press("open")
    assert "Venter på dig · 1" in collecting.text()


def test_a_card_that_could_be_read_stays_in_sight_when_another_is_taken_back(collecting: Desk) -> None:
    for number in range(5):
        collecting.card(number)
    assert "Venter på dig · 5" in collecting.text()
    collecting.do(c.WithdrawCard(COLLECT, "seat-2", "card-2"), actor="seat-2")
    assert "Venter på dig · 4" in collecting.text()


def test_late_cards_come_into_sight_together_too(collecting: Desk) -> None:
    for number in range(5):
        collecting.card(number)
    collecting.press("show_cards")
    collecting.card(5, "For sent")
    assert "For sent" not in collecting.text()
    collecting.press("close")
    assert "For sent" in collecting.text()
    assert collecting.press("show_cards").status_code == 303


def test_nothing_on_the_page_tells_who_wrote_a_card(collecting: Desk) -> None:
    for number in range(5):
        collecting.card(9 - number, f"Ønske {number}")
    page = collecting.client.get(collecting.address).text
    assert "seat-" not in page
    assert re.findall(r"Ønske (\d)</q>", page) == ["4", "3", "2", "1", "0"]


@pytest.mark.parametrize(
    ("verdict", "reason", "said"),
    [
        ("amo", "", "1 hører til hos AMO"),
        ("hold", "illness", "1 handler om sygdom"),
        ("back", "", ""),
    ],
)
def test_a_card_can_be_kept_from_the_screen(collecting: Desk, verdict: str, reason: str, said: str) -> None:
    collecting.card(0, "Hun er syg")
    collecting.press("close")
    collecting.press("judge", {"reason": reason}, id="card-0", verdict=verdict)
    sent = collecting.snapshot.phones.sent["card-0"]
    assert (sent.verdict, sent.reason) == (verdict, reason)
    assert ("holdt kort tilbage: " + said in collecting.text()) is bool(said)


def test_what_was_kept_can_be_taken_back(collecting: Desk) -> None:
    collecting.card(0)
    collecting.press("close")
    collecting.press("judge", id="card-0", verdict="amo")
    assert "Til AMO · 1" in collecting.text()
    collecting.press("judge", id="card-0", verdict="")
    assert collecting.snapshot.phones.sent["card-0"].verdict == ""


def test_holding_back_needs_a_reason(collecting: Desk) -> None:
    collecting.card(0)
    collecting.press("close")
    answer = collecting.press("judge", id="card-0", verdict="hold")
    assert answer.status_code == 409
    assert "Vælg en grund" in read(answer)


def test_a_card_is_put_into_the_other_language(collecting: Desk) -> None:
    collecting.card(0)
    collecting.press("close")
    collecting.press("translate", {"text": "  More\tquiet "}, id="card-0", lang="en")
    assert collecting.snapshot.phones.sent["card-0"].text.also == {"en": "More quiet"}
    assert '<q class="also" lang="en">More quiet</q>' in collecting.client.get(collecting.address).text


def test_markup_in_a_card_is_text(collecting: Desk) -> None:
    collecting.card(0, "<script>alert(1)</script>")
    collecting.press("close")
    assert "<script>alert" not in collecting.client.get(collecting.address).text
    assert "<script>alert(1)</script>" in collecting.text()


# --- AMR's or TR's own page ---------------------------------------------------------------------------------------


@pytest.fixture
def representative(collecting: Desk, kit: Kit, workshop: str, another: Callable[[str], httpx.Client]) -> Desk:
    """AMR or TR with the link of a workshop that a manager leads; the page of the one who leads is ``collecting``."""
    collecting.change("manager_leads", True)
    collecting.card(0, "Chefen hører ikke efter")
    collecting.press("close")
    address = re.findall(r'value="(http[^"]*\?as=[^"]*)"', collecting.client.get(collecting.address).text)[0]
    client = another(address.split("/present/")[0])
    arrived = client.get(address)
    assert (arrived.status_code, arrived.headers["location"]) == (302, f"/present/{workshop}/cards")
    return Desk(client, kit, workshop, f"/present/{workshop}/cards")


def test_a_manager_who_leads_cannot_hold_back_and_the_representative_can(
    collecting: Desk, representative: Desk
) -> None:
    assert "Hold tilbage" not in collecting.text()
    assert collecting.post(do="judge", id="card-0", verdict="hold", reason="person").status_code == 409
    assert "Hold tilbage" in representative.text()
    assert representative.press("judge", {"reason": "person"}, verdict="hold").status_code == 303
    assert representative.snapshot.phones.sent["card-0"].verdict == "hold"
    assert "1 nævner en person" in collecting.text()
    assert "Chefen hører ikke efter" not in collecting.text()
    assert "Chefen hører ikke efter" in representative.text()


def test_the_representative_sees_nothing_but_the_cards(representative: Desk) -> None:
    assert {form["do"][0] for form in representative.forms()} <= {"judge", "translate", "shut_out"}
    for address in ("/", f"/present/{representative.workshop}", f"/workshops/{representative.workshop}/details"):
        assert representative.client.get(address).headers["location"].startswith("/login")
    for do in ("move", "open", "show_cards", "open_door", "lead"):
        assert representative.post(do=do, to="goals.group").status_code == 400
    assert representative.snapshot.place == COLLECT


def test_the_link_opens_one_workshop_only(
    representative: Desk, kit: Kit, another: Callable[[str], httpx.Client]
) -> None:
    other = kit.start(title="En anden")
    own = representative.client.cookies
    client = another(str(representative.client.base_url))
    for cookie in own.jar:
        client.cookies.set(cookie.name, cookie.value or "")
    assert client.get(representative.address).status_code == 200
    assert client.get(f"/present/{other}/cards").status_code == 403
    key = key_of(Keys(SECRET, TOKEN), representative.workshop)
    assert client.get(f"/present/{other}", params={"as": key}).status_code == 403


@pytest.mark.parametrize("key", ["", "x", "0" * 32, "æ" * 32])
def test_a_wrong_key_opens_nothing(stranger: httpx.Client, workshop: str, key: str) -> None:
    assert stranger.get(f"/present/{workshop}", params={"as": key}).status_code == 403
    assert stranger.get(f"/present/{workshop}/cards").status_code == 403
    assert stranger.post(f"/present/{workshop}/cards", data={"do": "judge"}).status_code == 403


def test_a_form_without_its_key_is_refused(representative: Desk, collecting: Desk) -> None:
    for desk in (representative, collecting):
        for key in ("", "wrong", (collecting if desk is representative else representative).forms()[0]["_xsrf"][0]):
            sent = {"_xsrf": key, "do": "judge", "place": COLLECT, "id": "card-0", "verdict": "amo"}
            assert desk.client.post(desk.address, data=sent).status_code == 403
    assert collecting.snapshot.phones.sent["card-0"].verdict == ""


def test_a_stranger_is_sent_to_the_login(stranger: httpx.Client, workshop: str) -> None:
    assert stranger.get(f"/present/{workshop}").headers["location"].startswith("/login?next=%2Fpresent%2F")
    assert stranger.post(f"/present/{workshop}", data={"do": "open_door"}).status_code == 403


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "dance"},
        {},
        {"do": "timer", "phase": "pairs", "minutes": "-3"},
        {"do": "timer", "phase": "pairs", "minutes": "fire"},
        {"do": "timer", "phase": "pairs"},
    ],
)
def test_a_form_that_is_none_of_ours_does_nothing(collecting: Desk, fields: dict[str, str]) -> None:
    before = collecting.snapshot.seq
    assert collecting.post(**fields).status_code == 400
    assert collecting.snapshot.seq == before


def test_a_workshop_that_is_not_there(desk: Desk) -> None:
    assert desk.client.get("/present/nothing").status_code == 404
    form = desk.form("more")
    desk.kit.delete(desk.workshop)
    assert desk.client.get(desk.address).status_code == 404
    assert desk.client.post(desk.address, data=form).status_code == 404


# --- the door -----------------------------------------------------------------------------------------------------


@pytest.fixture
def shared(serve_pages: Callable[..., str], kit: Kit, workshop: str, another: Callable[[str], httpx.Client]) -> Desk:
    """The page of a kit that is shared on the room's network."""
    client = another(serve_pages(join=["http://192.168.1.20:8866", "http://10.0.0.4:8866"], presence=Rooms(kit)))
    client.get("/", params={"token": TOKEN})
    return Desk(client, kit, workshop)


def phone(desk: Desk) -> None:
    """A phone comes in by the door."""
    door = desk.snapshot.phones.door
    assert door is not None
    with visit(str(desk.client.base_url)) as client:
        for _ in range(2):  # the first look gives it a seat, the second shows that it keeps it
            assert client.get(f"/join/{door.code}").status_code == 200


def test_a_kit_that_is_not_shared_says_how_to_share_it(desk: Desk) -> None:
    assert "trivsel serve --share" in desk.text()


def test_the_door_is_opened_without_moving_the_room_and_closed(shared: Desk) -> None:
    place = shared.snapshot.place
    shared.press("open_door")
    door = shared.snapshot.phones.door
    assert door is not None
    assert (door.open, shared.snapshot.place) == (True, place)
    page = shared.client.get(shared.address).text
    assert f"{door.code[:3]} {door.code[3:]}" in page
    assert "http://192.168.1.20:8866/join" in page
    assert "<svg" in page
    shared.press("close_door")
    assert "Døren er lukket." in shared.text()


def test_trying_the_door_says_when_a_phone_is_in(shared: Desk) -> None:
    shared.address = shared.press("try_door").headers["location"].partition("#")[0]
    assert "Scan koden med én telefon" in shared.text()
    assert "Det virker" not in shared.text()
    phone(shared)
    assert "Det virker: 1 telefon er inde." in shared.text()


def test_trying_in_vain_says_after_a_minute_what_to_do(shared: Desk) -> None:
    shared.press("try_door")
    for seconds, said in ((50, False), (61, True)):
        shared.address = f"/present/{shared.workshop}?try={dt.datetime.now(dt.UTC).timestamp() - seconds:.0f}"
        assert ("Der er ikke kommet nogen telefon endnu" in shared.text()) is said
    page = shared.text()
    assert "Prøv http://10.0.0.4:8866/join på telefonen." in page
    assert "Brug computerens eller en telefons eget hotspot." in page


def test_how_many_have_answered_is_said_beside_how_many_are_here(shared: Desk) -> None:
    shared.press("open_door")
    shared.move(COLLECT)
    for _ in range(3):
        phone(shared)
    shared.card(0)
    assert "1 har svaret 3 telefoner er her" in shared.text()


def test_a_phone_is_shut_out_by_a_card_of_its_own_without_anybody_knowing_whose_it_is(shared: Desk) -> None:
    shared.press("open_door")
    shared.move(COLLECT)
    door = shared.snapshot.phones.door
    assert door is not None
    with visit(str(shared.client.base_url)) as client:
        page = client.get(f"/join/{door.code}").text
        hidden = dict(
            re.findall(r'name="(\w+)" value="([^"]*)"', page.split('data-send="card"')[1].split("</form>")[0])
        )
        assert client.post(f"/join/{door.code}", data=hidden | {"text": "Køb nu"}).status_code == 303
        shared.card(9)
        shared.do(c.CloseAnswers(COLLECT))
        card, _ = shared.snapshot.phones.sent.values()
        assert shared.press("shut_out", id=card.id).status_code == 303
        (seat,) = shared.snapshot.phones.removed
        assert seat != card.seat
        assert "lukket ude" in client.get(f"/join/{door.code}").text
    assert shared.press("shut_out", id="card-9").status_code == 409


# --- two who lead -------------------------------------------------------------------------------------------------


def test_one_of_two_moves_the_room_and_the_other_takes_over_with_one_tap(
    collecting: Desk, kit: Kit, workshop: str, another: Callable[[str], httpx.Client]
) -> None:
    client = another(str(collecting.client.base_url))
    client.get("/", params={"token": TOKEN})
    other = Desk(client, kit, workshop)
    other.text()
    stale = other.form("move", to="goals.group")
    collecting.press("lead", {"name": "Mette"})
    assert "Du fører rummet." in collecting.text()
    assert "Mette fører rummet." in other.text()
    answer = other.client.post(other.address, data=stale)
    assert answer.status_code == 409
    assert "Mette fører rummet." in read(answer)
    other.press("lead", {"name": "Søren Å"})
    assert "Søren Å fører rummet." in collecting.text()
    assert other.press("move", to="goals.group").status_code == 303
    collecting.press("lead", {"name": "Mette"})
    # The name is known by now, so that one tap is enough.
    other.press("lead", name="Søren Å")
    assert collecting.snapshot.phones.lead is not None
    assert collecting.snapshot.phones.lead[1] == "Søren Å"
    other.press("free")
    assert collecting.press("move", to=PRIORITISE).status_code == 303


# --- advice and the frame -----------------------------------------------------------------------------------------


def test_advice_for_the_presenter_only_stands_here_with_the_way_to_mend_it(desk: Desk) -> None:
    desk.move("evaluation.when")
    page = desk.client.get(desk.address).text
    assert "Kun til dig" in page
    assert f"workshop={desk.workshop}&amp;step=anchoring&amp;activity=commitments" in page


def test_the_room_is_shown_a_finding_only_when_the_presenter_says_so(desk: Desk) -> None:
    desk.move("evaluation.when")
    desk.press("show_finding", key="no_promise", shown="yes")
    assert "no_promise" in desk.snapshot.phones.findings
    desk.press("show_finding", key="no_promise", shown="")
    assert not desk.snapshot.phones.findings


def test_what_cards_and_figures_rest_on_is_shown_with_the_way_to_change_it(desk: Desk) -> None:
    desk.change("data_owner", Text("da", "Kommunen"))
    page = desk.text()
    assert "Hvem har ansvaret for jeres data? Kommunen" in page
    assert f'href="/workshops/{desk.workshop}/details"' in desk.client.get(desk.address).text
