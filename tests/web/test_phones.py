"""What is sent from phones with scripts off: kept once, refused in words, taken back, and erased for good."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.web.visitor import Come, Visitor
from trivsel.content import say
from trivsel.domain import commands as c
from trivsel.domain.asking import Phones
from trivsel.domain.commands import Command, Refusal
from trivsel.domain.things import Goal, Initiative, Thing
from trivsel.domain.words import Text
from trivsel.kit import Kit
from trivsel.web.phones.budget import SENDING

DA = say("da")
COLLECT, PRIORITISE, IDEAS, BARRIERS, RATE = (
    "goals.collect", "goals.prioritise", "initiatives.collect", "initiatives.barriers", "initiatives.rate",
)  # fmt: skip
SELFCHECK, CLOSE, WELCOME = "anchoring.selfcheck", "evaluation.close", "welcome.welcome"
BIDI = "\N{RIGHT-TO-LEFT OVERRIDE}gnp.exe"


class Meeting:
    """A room with its door open, moved by commands, and the phones that come to it."""

    def __init__(self, kit: Kit, workshop: str, base: str, come: Come) -> None:
        self.kit, self.workshop, self.base, self._come = kit, workshop, base, come
        self.code = kit.door(workshop, open=True)[0]

    def do(self, *commands: Command) -> None:
        for command in commands:
            outcome = self.kit.session(self.workshop).send(command)
            assert not isinstance(outcome, Refusal), outcome

    def move(self, place: str) -> None:
        self.do(c.MoveRoom(place, self.kit.snapshot(self.workshop).place))

    def put(self, place: str, *things: Thing) -> None:
        self.do(c.Add(place, things))

    def phone(self, language: str = "da") -> Visitor:
        return self._come(self.base, self.code, language).open()

    @property
    def phones(self) -> Phones:
        return self.kit.session(self.workshop).snapshot.phones

    def votes(self, place: str) -> list[dict[str, int]]:
        """The answers in the store: zeros left out."""
        return [{k: n for k, n in one.votes.items() if n} for one in self.phones.votes.get(place, {}).values()]


@pytest.fixture
def meeting(kit: Kit, workshop: str, serve_pages: Callable[..., str], come: Come) -> Meeting:
    return Meeting(kit, workshop, serve_pages(), come)


def goal(id: str, title: str) -> Goal:
    return Goal(id, Text("da", title))


def idea(id: str, title: str) -> Initiative:
    return Initiative(id, Text("da", title))


# --- every activity, with scripts off -----------------------------------------------------------------------------


def test_two_cards_are_sent_and_one_taken_back_makes_room(meeting: Meeting) -> None:
    phone = meeting.phone()
    assert phone.send("card", text="Mere ro").cards == ["Mere ro"]
    assert DA("phone.state_received") in phone.text
    assert phone.send("card", text="Bedre vagtplan").form("card") is None
    assert DA("phone.all_sent") in phone.text
    assert phone.send("withdraw").cards == ["Bedre vagtplan"]
    assert phone.form("card") is not None
    assert [card.text.text for card in meeting.phones.sent.values()] == ["Bedre vagtplan"]


def test_an_idea_can_be_something_that_works_already(meeting: Meeting) -> None:
    meeting.move(IDEAS)
    meeting.phone().send("card", text="Gå-møder", works="1")
    assert [(card.text.text, card.works) for card in meeting.phones.sent.values()] == [("Gå-møder", True)]


def test_the_last_word_is_one_card_and_the_plan_stands_below(meeting: Meeting) -> None:
    meeting.move(CLOSE)
    phone = meeting.phone().send("card", text="Tak for i dag")
    assert phone.form("card") is None
    assert DA("phone.plan") in phone.text


def test_dots_are_given_changed_and_counted_once(meeting: Meeting) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"), goal("b", "Søvn"))
    meeting.move(PRIORITISE)
    phone = meeting.phone().send("vote", **{"v:a": "2", "v:b": "1"})
    assert meeting.votes(PRIORITISE) == [{"a": 2, "b": 1}]
    assert DA("phone.may_change") in phone.text
    assert phone.fields("vote")["v:a"] == "2"
    phone.send("vote", **{"v:a": "0", "v:b": "3"})
    assert meeting.votes(PRIORITISE) == [{"b": 3}]


@pytest.mark.parametrize(
    ("place", "answer", "stored"),
    [
        (WELCOME, {"choice": "bike"}, {"bike": 1}),
        (BARRIERS, {"v:i.night": "1"}, {"i.night": 1}),
        (RATE, {"v:i.effect": "5", "v:i.effort": "2"}, {"i.effect": 5, "i.effort": 2}),
        (RATE, {"v:i.effect": "4"}, {"i.effect": 4}),
        (SELFCHECK, {"v:found_together": "2", "v:fixed_item": "1"}, {"found_together": 2, "fixed_item": 1}),
    ],
)
def test_every_other_answer(meeting: Meeting, place: str, answer: dict[str, str], stored: dict[str, int]) -> None:
    meeting.put(IDEAS, idea("i", "Gå-møder"))
    meeting.move(place)
    phone = meeting.phone().send("vote", **answer)
    assert phone.status == 200
    assert meeting.votes(place) == [stored]
    assert DA("phone.state_received") in phone.text


def test_no_ticks_at_all_is_an_answer(meeting: Meeting) -> None:
    meeting.put(IDEAS, idea("i", "Gå-møder"))
    meeting.move(BARRIERS)
    meeting.phone().send("vote")
    assert meeting.votes(BARRIERS) == [{}]


@pytest.mark.parametrize("place", [WELCOME, PRIORITISE, RATE, SELFCHECK])
def test_an_answer_in_which_nothing_is_chosen_is_not_called_received(meeting: Meeting, place: str) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"))
    meeting.put(IDEAS, idea("i", "Gå-møder"))
    meeting.move(place)
    phone = meeting.phone().send("vote")
    assert phone.problem == DA("phone.nothing_chosen")
    assert meeting.votes(place) == []


def test_wishes_are_made_and_taken_back(meeting: Meeting) -> None:
    phone = meeting.phone()
    for wish, pressed, stored in (("more", "true", ["more"]), ("", "false", [])):
        phone.send("wish", wish=wish)
        button = phone.page.select_one("[name=wish][data-wish=more]")
        assert button is not None
        assert button["aria-pressed"] == pressed
        assert list(meeting.phones.wishes[COLLECT].values()) == stored


def test_a_role_is_asked_only_where_five_managers_come_and_is_kept_in_the_cookie(meeting: Meeting) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"))
    meeting.move(PRIORITISE)
    assert meeting.phone().form("role") is None
    meeting.do(c.Change(PRIORITISE, "workplace", "leaders", None, 5))
    phone = meeting.phone().send("role", role="leader")
    phone.send("vote", **{"v:a": "1"})
    assert [vote.role for vote in meeting.phones.votes[PRIORITISE].values()] == ["leader"]
    phone.post(phone.fields("role") | {"role": "boss"})
    assert (phone.status, phone.problem) == (400, DA("phone.forbidden"))


def test_the_next_person_on_a_phone_has_a_seat_of_their_own(meeting: Meeting) -> None:
    phone = meeting.phone().send("card", text="Mere ro")
    assert phone.send("next").cards == []
    phone.send("card", text="Bedre vagtplan")
    assert phone.cards == ["Bedre vagtplan"]
    assert len({card.seat for card in meeting.phones.sent.values()}) == 2


@pytest.mark.parametrize(("timer", "words"), [("pairs", "phone.talk"), ("break", "phone.back_at")])
def test_pair_talk_and_pause_are_said(meeting: Meeting, timer: str, words: str) -> None:
    meeting.do(c.StartTimer(COLLECT, timer, 240))
    assert DA(words, time="").rstrip(" .") in meeting.phone().text


def test_a_closed_meeting_thanks_and_shows_the_plan(meeting: Meeting) -> None:
    phone = meeting.phone()
    meeting.do(c.CloseMeeting("2026-11-23"))
    assert phone.open().mode == "over"
    assert DA("phone.over") in phone.text
    assert DA("phone.plan") in phone.text


def test_a_late_phone_is_told_where_we_are_until_the_room_moves_on_in_whichever_language(meeting: Meeting) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"))
    meeting.do(c.Change(PRIORITISE, "a", "chosen", False, True))
    meeting.move(IDEAS)
    phone = meeting.phone()
    for language in ("da", "en", "da"):
        phone.line.cookies.set("trivsel-language", language)
        phone.open()
        assert say(language)("phone.late_goals", titles=say(language).titles(["Mere ro"])) in phone.text
    meeting.move(BARRIERS)
    assert phone.open().page.select_one(".late") is None


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [("x" * 5000, "refusal.text_too_long"), ("", "refusal.empty_text"), (" \n\t", "refusal.empty_text")],
)
def test_text_that_does_not_fit_is_refused_and_stays_in_the_field(meeting: Meeting, text: str, key: str) -> None:
    phone = meeting.phone().send("card", text=text)
    assert phone.status == 409
    assert phone.problem.startswith(DA(key, length=2800, limit=280)[:18])
    assert phone.fields("card")["text"].strip() == text.strip()
    assert meeting.phones.sent == {}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "{{ 7*7 }}{% for %}", "&lt;b&gt;", "\"'><img src=x>"])
def test_markup_is_shown_as_it_was_typed(meeting: Meeting, text: str) -> None:
    phone = meeting.phone().send("card", text=text)
    assert phone.cards == [text]
    assert phone.page.select("#own script, #own img") == []


def test_bidi_tricks_stay_inside_their_card(meeting: Meeting) -> None:
    phone = meeting.phone().send("card", text=BIDI)
    card = phone.page.select_one("#own li span")
    assert card is not None
    assert card["dir"] == "auto"


def test_a_late_card_is_refused_in_words_and_its_text_shown(meeting: Meeting) -> None:
    phone = meeting.phone()
    fields = phone.fields("card") | {"text": "Jeg nåede det ikke"}
    meeting.do(c.CloseAnswers(COLLECT))
    phone.post(fields)
    assert (phone.status, phone.problem) == (409, DA("refusal.answers_closed"))
    assert f"{DA('phone.not_sent')} Jeg nåede det ikke" in phone.text


def test_a_card_sent_after_the_room_has_moved_on_still_counts_where_it_was_written(meeting: Meeting) -> None:
    phone = meeting.phone()
    fields = phone.fields("card") | {"text": "Lige før"}
    meeting.move(IDEAS)
    phone.post(fields)
    assert [(card.place, card.text.text) for card in meeting.phones.sent.values()] == [(COLLECT, "Lige før")]


@pytest.mark.parametrize(
    ("votes", "key"),
    [
        ({"v:a": "3", "v:b": "3"}, "refusal.too_many_dots"),
        ({"v:a": "4"}, "refusal.too_many_dots"),
        ({"v:a": "-1", "v:b": "3"}, "refusal.not_on_ballot"),
        ({"v:nobody": "1"}, "refusal.not_on_ballot"),
        ({"v:a": "999999999999999999999"}, "refusal.not_on_ballot"),
        ({"v:a": "١"}, "refusal.not_on_ballot"),
        ({"v:a": "1e3"}, "refusal.not_on_ballot"),
        ({"choice": "a", "v:b": "3"}, "refusal.too_many_dots"),
        ({"v:a": "1", "round": "2"}, "refusal.answers_closed"),
        ({"v:a": "1", "round": "x"}, "refusal.answers_closed"),
        ({"v:a": "1", "place": "nowhere.at_all"}, "phone.forbidden"),
        ({"v:a": "1", "place": COLLECT}, "refusal.nothing_asked"),
        ({"v:a": "1", "form": "short"}, "phone.forbidden"),
        ({"v:a": "1", "do": "everything"}, "phone.forbidden"),
    ],
)
def test_a_forged_or_overdrawn_vote_is_refused_in_words(meeting: Meeting, votes: dict[str, str], key: str) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"), goal("b", "Søvn"))
    meeting.move(PRIORITISE)
    phone = meeting.phone()
    phone.post(phone.fields("vote") | votes)
    assert phone.status in (400, 409)
    assert phone.problem == DA(key, limit="3")
    assert meeting.votes(PRIORITISE) == []


def test_nothing_is_answered_before_the_room_has_come_to_it(meeting: Meeting) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"))
    phone = meeting.phone()
    phone.post(phone.fields("wish") | {"do": "vote", "place": PRIORITISE, "round": "1", "v:a": "3"})
    assert phone.status == 409
    assert meeting.votes(PRIORITISE) == []


def test_dots_over_the_budget_stay_where_they_were_put(meeting: Meeting) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"), goal("b", "Søvn"))
    meeting.move(PRIORITISE)
    fields = meeting.phone().send("vote", **{"v:a": "3", "v:b": "1"}).fields("vote")
    assert (fields["v:a"], fields["v:b"]) == ("3", "1")


def test_a_late_vote_is_refused_in_words(meeting: Meeting) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"))
    meeting.move(PRIORITISE)
    phone = meeting.phone()
    fields = phone.fields("vote") | {"v:a": "1"}
    meeting.do(c.CloseAnswers(PRIORITISE))
    phone.post(fields)
    assert (phone.status, phone.problem) == (409, DA("refusal.answers_closed"))


def test_the_same_form_five_times_is_one_card_and_one_vote(meeting: Meeting) -> None:
    phone = meeting.phone()
    fields = phone.fields("card") | {"text": "Mere ro"}
    for _ in range(5):
        assert phone.post(fields).status == 200
    assert phone.cards == ["Mere ro"]


def test_a_form_with_another_phones_id_is_a_card_of_its_own(meeting: Meeting) -> None:
    one, other = meeting.phone(), meeting.phone()
    form = one.fields("card")["form"]
    one.send("card", text="Min")
    assert other.send("card", text="Min egen", form=form).cards == ["Min egen"]
    assert sorted(card.text.text for card in meeting.phones.sent.values()) == ["Min", "Min egen"]


def test_another_phones_card_cannot_be_taken_back(meeting: Meeting) -> None:
    one, other = meeting.phone().send("card", text="Min"), meeting.phone().send("card", text="Din")
    other.send("withdraw", card=one.fields("withdraw")["card"])
    assert other.problem == DA("refusal.not_yours")
    assert len(meeting.phones.sent) == 2


def test_a_shown_card_cannot_be_taken_back_and_says_so(meeting: Meeting) -> None:
    phone = meeting.phone().send("card", text="Mere ro")
    fields = phone.fields("withdraw")
    meeting.do(c.ShowCards(COLLECT, tuple(meeting.phones.sent)))
    assert phone.post(fields).problem == DA("refusal.card_shown")
    assert DA("phone.state_shown") in phone.text


@pytest.mark.parametrize(
    ("verdict", "reason", "words"),
    [("back", "", "phone.note_back"), ("hold", "person", "phone.held_person"), ("amo", "", "phone.state_amo")],
)
def test_what_became_of_a_card_is_told_to_the_phone_that_sent_it(
    meeting: Meeting, verdict: Any, reason: str, words: str
) -> None:
    mine, other = meeting.phone().send("card", text="Mere ro"), meeting.phone()
    (id,) = meeting.phones.sent
    before = other.line.get(f"{other.address}/told").json()
    meeting.do(c.JudgeCard(COLLECT, id, verdict, reason))
    assert DA(words) in mine.open().text
    assert DA(words) not in other.open().text
    assert other.line.get(f"{other.address}/told").json() == before


def test_a_flood_from_one_seat_is_slowed_in_words_and_nobody_elses(meeting: Meeting) -> None:
    phone, other = meeting.phone(), meeting.phone()
    fields = phone.fields("card") | {"text": ""}
    answers = [phone.script(fields) for _ in range(SENDING[0] + 10)]
    assert answers[-1].status_code == 429
    assert answers[-1].json()["said"] == DA("phone.too_fast")
    assert other.send("card", text="Mere ro").cards == ["Mere ro"]


def test_a_phone_that_was_taken_out_is_told_so(meeting: Meeting) -> None:
    phone = meeting.phone().send("card", text="Mere ro")
    fields = phone.fields("card") | {"text": "Mere"}
    meeting.do(c.RemoveSeat(seat_of(meeting, phone)))
    phone.post(fields)
    assert (phone.status, phone.problem) == (403, DA("phone.out"))
    assert phone.open().mode == "out"
    assert phone.form("card") is None


def seat_of(meeting: Meeting, phone: Visitor) -> str:
    """The pseudonym that takes a phone out, as the server makes it from the cookie."""
    from tests.web.conftest import SECRET, TOKEN
    from trivsel.web.phones.seat import read_seat
    from trivsel.web.secret import Keys

    cookie = phone.line.cookies[f"trivsel-seat-{meeting.workshop}"]
    seat = read_seat(cookie, Keys(SECRET, TOKEN), meeting.workshop)
    assert seat is not None
    return seat.taken_out


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_erasing_takes_everything_out_of_the_database_file(meeting: Meeting, database: str) -> None:
    phone, other = meeting.phone(), meeting.phone().send("card", text="Bedre vagtplan")
    phone.send("card", text="Noget meget hemmeligt").send("wish", wish="more")
    pseudonyms = {card.seat for card in meeting.phones.sent.values() if "hemmeligt" in card.text.text}
    file = Path(database.removeprefix("sqlite:///"))
    assert b"meget hemmeligt" in stored(file)
    phone.send("erase")
    assert DA("phone.erased") in phone.text
    assert phone.cards == []
    assert b"meget hemmeligt" not in stored(file)
    assert not any(name.encode() in stored(file) for name in pseudonyms)
    assert other.open().cards == ["Bedre vagtplan"]


def stored(file: Path) -> bytes:
    """Every byte of the database, its log too."""
    return b"".join(one.read_bytes() for one in sorted(file.parent.glob(f"{file.name}*")) if "secret" not in one.name)


def test_no_seat_stands_in_any_line_of_the_log_nor_in_the_store(
    meeting: Meeting, database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    phone = meeting.phone().send("card", text="Mere ro").send("card", text="").send("wish", wish="more")
    phone.post({"do": "card", "text": "uden nøgle"})
    cookie = phone.line.cookies[f"trivsel-seat-{meeting.workshop}"]
    chance = cookie.partition(".")[0]
    names = {card.seat for card in meeting.phones.sent.values()} | {chance, cookie, seat_of(meeting, phone)}
    lines = [one.getMessage() for one in caplog.records if not one.name.startswith("http")]  # that is the visitor
    assert any(f"POST /join/{meeting.code}" in line for line in lines)
    assert [line for line in lines if any(name in line for name in names)] == []
    assert chance.encode() not in stored(Path(database.removeprefix("sqlite:///")))


def test_a_server_that_is_started_again_knows_its_seats_and_counts_a_resend_once(
    meeting: Meeting, serve_pages: Callable[..., str], come: Come
) -> None:
    meeting.put(PRIORITISE, goal("a", "Mere ro"))
    meeting.move(PRIORITISE)
    phone = meeting.phone()
    fields = phone.fields("vote") | {"v:a": "2"}
    assert phone.post(fields).status == 200
    again = come(serve_pages(), meeting.code)
    again.line.cookies = phone.line.cookies
    assert again.post(fields).status == 200
    assert meeting.votes(PRIORITISE) == [{"a": 2}]
    assert again.open().fields("vote")["v:a"] == "2"
