"""Phones as the shared screen shows them: counts, cards, results and management's answer; nothing that is hidden."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.widgets.browserless import Hand, Plain
from trivsel.domain import commands as c
from trivsel.domain.commands import Command, Refusal
from trivsel.domain.things import Card, Goal, Initiative
from trivsel.domain.words import Text

COLLECT, IDEAS, CLOSE = "goals.collect", "initiatives.collect", "evaluation.close"
WELCOME, PRIORITISE, BARRIERS = "welcome.welcome", "goals.prioritise", "initiatives.barriers"
RATE, SELFCHECK = "initiatives.rate", "anchoring.selfcheck"
LEVERS = ("found_together", "both_sides", "fixed_item", "looked_at")
SECRET = "pseudonym"
Votes = Callable[[int], dict[str, int]]


class Phones:
    """What comes from outside the shared screen: phones and the presenter's page."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.do(c.OpenDoor("KVX742", "2026-11-23", begin=False))

    def do(self, command: Command, actor: str = "facilitator") -> None:
        outcome = self.hand.page.session.send(command, actor)
        assert not isinstance(outcome, Refusal), outcome
        self.hand.page.show()

    def send(self, place: str, *texts: str) -> None:
        for n, text in enumerate(texts):
            seat = f"{SECRET}-{n}"
            self.do(c.SendCard(place, seat, f"card-{n}", Text("da", text)), seat)

    def vote(self, place: str, people: int, votes: Votes, round: int = 1, role: str = "") -> None:
        for n in range(people):
            seat = f"{SECRET}-{role}{n}"
            self.do(c.CastVote(place, seat, round, votes(n), role), seat)  # type: ignore[arg-type]


@pytest.fixture
def phones(hand: Hand) -> Phones:
    return Phones(hand)


def asked(hand: Hand, place: str) -> Plain:
    """What the page says about the question on the phones."""
    hand.look(place)
    found: Plain = hand.view["asked"]
    return found


def goals(phones: Phones, number: int = 3) -> list[str]:
    ids = [f"goal-{n}" for n in range(number)]
    phones.do(c.Add(PRIORITISE, tuple(Goal(id, Text("da", f"Mål {n}")) for n, id in enumerate(ids))))
    return ids


def ideas(phones: Phones, number: int = 2) -> list[str]:
    ids = [f"idea-{n}" for n in range(number)]
    phones.do(c.Add(IDEAS, tuple(Initiative(id, Text("da", f"Idé {n}")) for n, id in enumerate(ids))))
    return ids


def votes_for(phones: Phones, place: str) -> Votes:
    """A good answer in an activity."""
    if place == WELCOME:
        return lambda n: {"bike" if n % 2 else "bus": 1}
    if place == PRIORITISE:
        first, second, _ = goals(phones)
        return lambda n: {first: 2, second: 1}
    if place == BARRIERS:
        one, _ = ideas(phones)
        return lambda n: {f"{one}.night": 1}
    if place == RATE:
        one, _ = ideas(phones)
        return lambda n: {f"{one}.effect": 4, f"{one}.effort": 2}
    return lambda n: dict.fromkeys(LEVERS, n % 3)


MANAGEMENT: dict[str, dict[str, int]] = {
    PRIORITISE: {"goal-1": 3},
    BARRIERS: {"idea-0.home": 1},
    RATE: {"idea-0.effect": 2, "idea-0.effort": 5},
    SELFCHECK: {"both_sides": 2},
}
VOTED = (WELCOME, *MANAGEMENT)
PERSONAL = ("initiatives.barriers", "anchoring.selfcheck")
"""Where each answers about themselves, so that of a few not even the order is shown."""

# --- without phones -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [COLLECT, IDEAS, CLOSE, *VOTED])
def test_where_no_phone_was_let_in_nothing_is_said_of_phones(hand: Hand, place: str) -> None:
    assert asked(hand, place) is None


def test_where_phones_are_asked_nothing_there_is_no_panel(hand: Hand, phones: Phones) -> None:
    assert asked(hand, "goals.group") is None


# --- cards ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [COLLECT, IDEAS, CLOSE])
def test_cards_are_counted_and_stay_hidden_until_they_are_shown(hand: Hand, phones: Phones, place: str) -> None:
    phones.send(place, "Mere ro", "Flere pauser")
    shown = asked(hand, place)
    assert (shown["text"], shown["can_show"]) == ("2 kort er kommet ind", True)
    assert "Mere ro" not in json.dumps(hand.view)
    hand.done("show_cards")
    assert {"Mere ro", "Flere pauser"} <= set(texts(hand))
    assert asked(hand, place)["text"] == "Kortene er vist."


def texts(hand: Hand) -> list[str]:
    snapshot = hand.page.session.snapshot
    return [card.text.text for card in snapshot.of(Card)] + [one.title.text for one in snapshot.of(Initiative)]


def test_a_card_to_be_looked_at_first_waits_for_the_presenter(hand: Hand, phones: Phones) -> None:
    phones.send(COLLECT, "Mere ro", "Jeg er sygemeldt med stress")
    assert asked(hand, COLLECT)["notes"] == ["1 kort læser mødelederen først."]
    hand.done("show_cards")
    assert texts(hand) == ["Mere ro"]
    assert not asked(hand, COLLECT)["can_show"]
    phones.do(c.JudgeCard(COLLECT, "card-1", "show"))
    assert asked(hand, COLLECT)["can_show"]
    hand.done("show_cards")
    assert len(texts(hand)) == 2


def test_a_card_that_names_who_leads_the_meeting_is_looked_at_first(hand: Hand, phones: Phones) -> None:
    phones.do(c.Change(WELCOME, "workplace", "leads", None, Text("da", "Zxqvia")))
    phones.send(COLLECT, "zxqvia skal lytte")
    assert not asked(hand, COLLECT)["can_show"]


def test_the_room_is_told_how_many_cards_are_held_back_and_why(hand: Hand, phones: Phones) -> None:
    phones.send(COLLECT, "Lene skal tale pænt", "Larmen er ulovlig", "Mere ro")
    phones.do(c.JudgeCard(COLLECT, "card-0", "hold", "person"))
    phones.do(c.JudgeCard(COLLECT, "card-1", "amo"))
    assert asked(hand, COLLECT)["notes"] == ["2 kort er holdt tilbage: 1 nævner en person og 1 hører til i AMO."]
    hand.done("show_cards")
    assert texts(hand) == ["Mere ro"]
    assert "Lene" not in json.dumps(hand.view)


def test_cards_can_be_closed_for_and_opened_for_again(hand: Hand, phones: Phones) -> None:
    assert asked(hand, COLLECT)["open"]
    hand.done("close_answers")
    assert not asked(hand, COLLECT)["open"]
    hand.done("open_answers")
    assert asked(hand, COLLECT)["open"]


# --- votes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", VOTED)
def test_votes_are_counted_as_they_come_and_their_result_is_shown_last(hand: Hand, phones: Phones, place: str) -> None:
    assert asked(hand, place) is None or asked(hand, place)["text"] == "Ingen har svaret endnu"
    phones.vote(place, 12, votes_for(phones, place))
    shown = asked(hand, place)
    assert (shown["text"], shown["open"], shown["result"], shown["management"]) == ("12 har svaret", True, None, None)
    hand.done("close_answers")
    closed = asked(hand, place)
    assert (closed["open"], closed["counted"], closed["result"]) == (False, True, None)
    assert (closed["management"] is not None) == (place in MANAGEMENT)
    hand.done("show_results")
    result = asked(hand, place)["result"]
    assert result["count"] == "12 har svaret"
    assert result["ranked"] == []
    assert bool(result["figure"]) == (place in (WELCOME, PRIORITISE, SELFCHECK))


@pytest.mark.parametrize("place", VOTED)
def test_before_it_is_shown_the_page_holds_no_vote_and_never_a_pseudonym(
    hand: Hand, phones: Phones, place: str
) -> None:
    votes = votes_for(phones, place)
    empty = asked(hand, place), hand.data
    phones.vote(place, 9, votes)
    for step in ("", "close_answers", "show_results"):
        if step:
            hand.done(step)
        assert SECRET not in json.dumps(hand.view)
        if step != "show_results":
            view = asked(hand, place)
            assert hand.data == empty[1]
            assert {"result": view["result"], "figure": "<svg" in json.dumps(view)} == {"result": None, "figure": False}


def test_the_page_holds_no_card_that_is_hidden_nor_its_id(hand: Hand, phones: Phones) -> None:
    phones.send(COLLECT, "Skjult et sted", "Jeg er sygemeldt")
    for place, _, _ in hand.page.session.snapshot.programme.places():
        hand.look(place)
        written = json.dumps(hand.view)
        assert "Skjult et sted" not in written
        assert "sygemeldt" not in written
        assert "card-0" not in written
        assert SECRET not in written


@pytest.mark.parametrize("place", VOTED)
def test_under_five_answers_there_is_an_order_and_no_figure(hand: Hand, phones: Phones, place: str) -> None:
    phones.vote(place, 4, votes_for(phones, place))
    hand.look(place)
    hand.done("close_answers")
    hand.done("show_results")
    result = asked(hand, place)["result"]
    assert (result["count"], result["figure"], result["counts"]) == ("", "", {})
    if place in PERSONAL:
        assert result["few"].startswith("For få svar til at vise noget")
        assert result["ranked"] == []
        return
    assert result["few"] == "For få svar til tal. Rækkefølgen er:"
    assert all(one["places"] for one in result["ranked"])
    assert not any(
        sign.isdigit()
        for one in result["ranked"]
        for said in one["places"]
        for sign in said.replace("Mål ", "").replace("Idé ", "")[1:]
    )


def test_an_order_puts_what_is_equal_together(hand: Hand, phones: Phones) -> None:
    first, second, third = goals(phones)
    phones.vote(PRIORITISE, 3, lambda n: {third: 2, first: 1} if n else {third: 2, second: 1})
    phones.do(c.CastVote(PRIORITISE, f"{SECRET}-x", 1, {second: 1}), f"{SECRET}-x")
    hand.look(PRIORITISE)
    hand.done("close_answers")
    hand.done("show_results")
    (ranked,) = asked(hand, PRIORITISE)["result"]["ranked"]
    assert ranked["places"] == ["Mål 2", "Mål 0 og Mål 1"]


def test_answers_that_were_closed_can_be_opened_again_before_they_are_shown(hand: Hand, phones: Phones) -> None:
    phones.vote(WELCOME, 5, votes_for(phones, WELCOME))
    hand.look(WELCOME)
    hand.done("close_answers")
    hand.done("open_answers")
    phones.do(c.CastVote(WELCOME, f"{SECRET}-late", 1, {"foot": 1}), f"{SECRET}-late")
    assert asked(hand, WELCOME)["text"] == "6 har svaret"


# --- management -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", MANAGEMENT)
def test_management_answers_after_the_others_and_stands_beside_them_when_it_is_shown(
    hand: Hand, phones: Phones, place: str
) -> None:
    phones.vote(place, 6, votes_for(phones, place))
    hand.look(place)
    assert hand.do("management", votes=MANAGEMENT[place])["key"] == "management_last"  # type: ignore[index]
    hand.done("close_answers")
    form = asked(hand, place)["management"]
    assert form["given"] == {}
    assert all(row["title"] for row in form["rows"])
    hand.done("management", votes=MANAGEMENT[place])
    assert asked(hand, place)["management"]["given"] == MANAGEMENT[place]
    hand.done("show_results")
    result = asked(hand, place)["result"]
    if place in (PRIORITISE, SELFCHECK):
        assert "Ledelsen: " in result["figure"]
    else:
        assert "◇ er ledelsens svar." in result["notes"]
    assert result["management"] == (["idea-0.home"] if place == BARRIERS else [])
    assert hand.do("management", votes={})["key"] == "results_shown"  # type: ignore[index]


@pytest.mark.parametrize("place", MANAGEMENT)
def test_with_too_few_answers_management_s_is_said_in_words(hand: Hand, phones: Phones, place: str) -> None:
    phones.vote(place, 2, votes_for(phones, place))
    hand.look(place)
    hand.done("close_answers")
    hand.done("management", votes=MANAGEMENT[place])
    hand.done("show_results")
    said = [note for note in asked(hand, place)["result"]["notes"] if note.startswith("Ledelsens svar: ")]
    assert len(said) == 1
    expected = {
        PRIORITISE: "Mål 1 3", BARRIERS: "Idé 0: Livet derhjemme", RATE: "Idé 0 (hjælper lidt, kræver meget)",
        SELFCHECK: "Både ledelse og medarbejdere planlægger og gør noget 2",
    }  # fmt: skip
    assert expected[place] in said[0]


@pytest.mark.parametrize(("field", "now"), [("leader_absent", True), ("leaders", 6)])
def test_management_is_not_asked_where_it_is_away_or_roles_are_asked(
    hand: Hand, phones: Phones, field: str, now: object
) -> None:
    was = {"leader_absent": False, "leaders": None}[field]
    phones.do(c.Change(WELCOME, "workplace", "people", 12, 40))
    phones.do(c.Change(WELCOME, "workplace", field, was, now))  # type: ignore[arg-type]
    phones.vote(SELFCHECK, 6, votes_for(phones, SELFCHECK))
    hand.look(SELFCHECK)
    hand.done("close_answers")
    assert asked(hand, SELFCHECK)["management"] is None


@pytest.mark.parametrize("votes", [{"goal-0": 4}, {"goal-0": True}, {"unknown": 1}, ["goal-0"], None])
def test_an_answer_of_management_that_cannot_be_given_is_refused(hand: Hand, phones: Phones, votes: object) -> None:
    goals(phones)
    phones.vote(PRIORITISE, 5, lambda n: {"goal-0": 1})
    hand.look(PRIORITISE)
    hand.done("close_answers")
    assert hand.do("management", votes=votes) is not None
    assert asked(hand, PRIORITISE)["management"]["given"] == {}


# --- roles and rounds -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("leaders", "apart"), [(5, True), (4, False)])
def test_roles_are_shown_apart_only_where_there_are_enough_of_both(
    hand: Hand, phones: Phones, leaders: int, apart: bool
) -> None:
    phones.do(c.Change(WELCOME, "workplace", "people", 12, 40))
    phones.do(c.Change(WELCOME, "workplace", "leaders", None, 6))
    phones.vote(SELFCHECK, 8, votes_for(phones, SELFCHECK), role="employee")
    phones.vote(SELFCHECK, leaders, lambda n: dict.fromkeys(LEVERS, 2), role="leader")
    hand.look(SELFCHECK)
    hand.done("close_answers")
    hand.done("show_results")
    result = asked(hand, SELFCHECK)["result"]
    assert ("Ledere: 2" in result["figure"]) is apart
    assert any("hver for sig" in note for note in result["notes"]) is apart


@pytest.mark.parametrize("place", [PRIORITISE, SELFCHECK, RATE, BARRIERS])
def test_a_second_round_is_set_beside_the_first_and_says_what_moved_most(
    hand: Hand, phones: Phones, place: str
) -> None:
    votes = votes_for(phones, place)
    phones.vote(place, 8, votes)
    hand.look(place)
    hand.done("close_answers")
    assert hand.do("open_answers", again=True) is not None
    hand.done("show_results")
    hand.done("open_answers", again=True)
    again = asked(hand, place)
    assert (again["note"], again["result"], again["text"]) == (
        "Ny runde: Alle svarer igen.", None, "Ingen har svaret endnu",
    )  # fmt: skip
    second: dict[str, Votes] = {
        PRIORITISE: lambda n: {"goal-2": 3},
        SELFCHECK: lambda n: dict.fromkeys(LEVERS, 2) | {"looked_at": 0},
        RATE: lambda n: {"idea-0.effect": 5, "idea-0.effort": 5},
        BARRIERS: lambda n: {"idea-1.home": 1},
    }
    phones.vote(place, 8, second[place], round=2)
    hand.done("close_answers")
    hand.done("show_results")
    result = asked(hand, place)["result"]
    assert any(note.startswith("Mest flyttet siden runden før: ") for note in result["notes"])
    if place in (PRIORITISE, SELFCHECK):
        assert "Runden før: " in result["figure"]
    if place == PRIORITISE:
        assert "Mest flyttet siden runden før: Mål 2, op." in result["notes"]


def test_no_shift_is_told_where_one_round_has_no_figures(hand: Hand, phones: Phones) -> None:
    goals(phones)
    phones.vote(PRIORITISE, 3, lambda n: {"goal-0": 3})
    hand.look(PRIORITISE)
    hand.done("close_answers")
    hand.done("show_results")
    hand.done("open_answers", again=True)
    phones.vote(PRIORITISE, 8, lambda n: {"goal-2": 3}, round=2)
    hand.done("close_answers")
    hand.done("show_results")
    result = asked(hand, PRIORITISE)["result"]
    assert result["notes"] == []
    assert "Runden før" not in result["figure"]


def test_dots_for_many_ideas_lead_on_to_the_six_with_most(hand: Hand, phones: Phones) -> None:
    ids = ideas(phones, 8)
    assert asked(hand, BARRIERS)["sort"] == "dots"
    phones.vote(BARRIERS, 6, lambda n: {ids[7]: 3})
    hand.done("close_answers")
    hand.done("show_results")
    now = asked(hand, BARRIERS)
    assert (now["sort"], now["sifted"], now["open"], now["note"]) == ("ticks", True, True, "")
    assert hand.data["rows"][0]["id"] == ids[7]
    assert len(hand.data["rows"]) == 6


# --- who moves the room ---------------------------------------------------------------------------------------------


def test_another_who_leads_is_named_and_this_screen_can_take_over(hand: Hand, phones: Phones) -> None:
    phones.do(c.TakeLead("hand-2", "Anna"))
    assert hand.view["lead"] == "Anna fører rummet."
    refused = hand.do("room", place=COLLECT, was=WELCOME)
    assert refused is not None
    assert refused["key"] == "another_leads"
    hand.done("lead")
    assert hand.view["lead"] == ""
    assert hand.done("room", place=COLLECT, was=WELCOME).place == COLLECT


def test_one_who_gave_no_name_leads_all_the_same(hand: Hand, phones: Phones) -> None:
    phones.do(c.TakeLead("hand-2"))
    assert hand.view["lead"] == "En anden side fører rummet."


# --- after the meeting, and rehearsal -------------------------------------------------------------------------------


def test_after_the_meeting_there_is_nothing_to_press_but_results_stay(hand: Hand, phones: Phones) -> None:
    phones.vote(WELCOME, 6, votes_for(phones, WELCOME))
    hand.look(WELCOME)
    hand.done("close_answers")
    hand.done("show_results")
    hand.done("close")
    shown = asked(hand, WELCOME)
    assert (shown["over"], shown["open"]) == (True, False)
    assert shown["result"]["figure"]


@pytest.mark.parametrize(("language", "word"), [("da", "Prøve"), ("en", "Rehearsal")])
def test_a_rehearsal_is_marked(
    hand: Hand, open_page: Callable[..., Hand], phones: Phones, language: str, word: str
) -> None:
    other = open_page(hand.page.session.id, language=language)
    assert other.view["rehearsal"] == ""
    phones.do(c.Change(WELCOME, "workplace", "rehearsal", False, True))
    other.page.session.refresh()
    other.page.show()
    assert other.view["rehearsal"] == word


@pytest.mark.parametrize("place", [COLLECT, WELCOME])
def test_after_the_meeting_nothing_is_said_of_what_was_never_shown(hand: Hand, phones: Phones, place: str) -> None:
    assert asked(hand, place) is not None
    hand.done("close")
    assert asked(hand, place) is None


def test_what_phones_are_asked_stands_beside_their_answers_where_it_is_not_the_question(
    hand: Hand, phones: Phones
) -> None:
    assert asked(hand, WELCOME)["ask"] == "Hvordan kom du herhen i dag?"
    goals(phones)
    assert asked(hand, PRIORITISE)["ask"] == ""
