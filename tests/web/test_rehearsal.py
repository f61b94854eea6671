"""Rehearsals: the same people for the same seed, everything they send is in the store once, and the copy is marked."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.web.deadline import until
from tests.web.test_home import listed, send
from trivsel.content import languages, sensitive
from trivsel.content.rehearsal import rehearsal
from trivsel.domain.commands import CloseMeeting, MoveRoom, SendCard
from trivsel.domain.events import CardJudged, CardSent, Event, Record, Voted
from trivsel.domain.fields import TITLE_LIMIT
from trivsel.domain.things import Goal, Initiative
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.errors import KitError
from trivsel.kit import Kit
from trivsel.store import Accepted
from trivsel.web.phones.seat import cookie_name, new_seat
from trivsel.web.rehearsal.account import account
from trivsel.web.rehearsal.crowd import FAST, Crowd
from trivsel.web.rehearsal.forms import read_page
from trivsel.web.rehearsal.handlers import AT_ONCE, PHONES
from trivsel.web.rehearsal.person import Deed, Person, people
from trivsel.web.rehearsal.phone import Phone, Sent
from trivsel.web.rehearsal.practice import Held, practise, ready
from trivsel.web.secret import Keys

FEW = 7
SHORT = "one_question"
"""A programme of two questions."""


def held(kit: Kit, workshop: str, seed: int = 1, phones: int = FEW) -> Held:
    return practise(kit, ready(kit, workshop, in_place=False, anyway=False), phones=phones, seed=seed)


# --- what they write --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_there_is_enough_to_write_and_only_what_should_be_held_back_is_found(language: str) -> None:
    lines = rehearsal()
    ideas = [*lines.ideas[language], *lines.works[language]]
    for texts in (lines.cards(language), ideas, lines.last[language]):
        assert len(set(texts)) == len(texts) >= 40
        assert [text for text in texts if sensitive(text) or len(text) > TITLE_LIMIT] == []
    for reason, cards in lines.hold.items():
        assert [text for text in cards[language] if reason not in sensitive(text)] == []


def test_every_theme_is_known_by_its_cards_in_every_language() -> None:
    lines = rehearsal()
    for key, theme in lines.themes.items():
        assert {lines.theme_of(card) for cards in theme.cards.values() for card in cards} == {key}
    assert lines.theme_of(lines.held("da")[0]) is None


# --- who they are -----------------------------------------------------------------------------------------------------


def crowd(seed: int, leaders: int = 0) -> list[Person]:
    return people(30, seed, rehearsal(), ("da", "en"), leaders)


def test_the_same_seed_gives_the_same_people_and_another_seed_others() -> None:
    assert crowd(1) == crowd(1)
    assert crowd(1) != crowd(2)


@pytest.mark.parametrize("seed", range(5))
def test_some_come_late_some_leave_some_read_another_language_and_somebody_writes_a_card_to_hold_back(
    seed: int,
) -> None:
    found = crowd(seed, leaders=6)
    assert sum(one.comes > 0 for one in found) == 3
    assert sum(one.leaves < 100 for one in found) == 2
    assert sum(one.language == "en" for one in found) == 9
    assert sum(one.leader for one in found) == 6
    assert {one.way for one in found} >= {"stream"}
    assert any(sensitive(card) for one in found for card in one.cards)


DOTS = """
<div id="part-in" data-ask="goals.prioritise.1.vote" data-version="v" data-place="goals.prioritise" data-mode="vote">
<form action="/join/A" data-send="vote" data-sort="dots" data-budget="3"><input type="hidden" name="do" value="vote">
<fieldset><legend>Ro &amp; plads</legend><input type="radio" name="v:a" value="0"><input type="radio" name="v:a"
value="1" checked><input type="radio" name="v:a" value="2"><input type="radio" name="v:a" value="3"></fieldset>
<fieldset><legend>Bedre pauser</legend><input type="radio" name="v:b" value="0"><input type="radio" name="v:b"
value="1"><input type="radio" name="v:b" value="2"><input type="radio" name="v:b" value="3"></fieldset>
</form><form action="/join/A" data-send="wish"><input type="hidden" name="do" value="wish">
<button name="wish" value="more">Mere tid</button><button name="wish" value="">Gerne videre</button>
<button name="wish" value="done">Færdig</button></form></div>
"""


def test_a_page_is_read_as_a_browser_reads_it() -> None:
    page = read_page(DOTS)
    vote = page.form("vote")
    assert vote is not None
    assert (page.ask, page.mode, vote.budget, vote.sort) == ("goals.prioritise.1.vote", "vote", 3, "dots")
    assert [title for title, _ in vote.rows()] == ["Bedre pauser", "Ro & plads"]
    assert vote.filled() == {"do": "vote", "v:a": "1"}


@pytest.mark.parametrize("number", range(20))
def test_three_dots_are_given_and_a_changed_answer_is_another_one(number: int) -> None:
    page, person = read_page(DOTS), Person(number, 1, "da", "stream")
    filled = person.fill(Deed("vote"), page)
    assert filled is not None
    assert sum(int(value) for name, value in filled.items() if name.startswith("v:")) == 3
    assert filled != {"do": "vote", "v:a": "1"}


def test_a_wish_that_is_pressed_already_is_taken_back_as_a_browser_would() -> None:
    person = Person(1, 1, "da", "stream")
    assert person.fill(Deed("wish", "more"), read_page(DOTS)) == {"do": "wish", "wish": "more"}
    assert person.fill(Deed("wish", "on"), read_page(DOTS)) == {"do": "wish", "wish": ""}


# --- a whole rehearsal ------------------------------------------------------------------------------------------------


def said(snapshot: Snapshot) -> tuple[list[str], list[tuple[str, int]]]:
    """What was written and how the dots fell, without ids."""
    titles = [(goal.title.text, goal.dots) for goal in snapshot.of(Goal)]
    return sorted(card.text.text for card in snapshot.phones.sent.values()), sorted(titles)


def test_a_rehearsal_goes_through_every_question_and_loses_nothing(kit: Kit, workshop: str) -> None:
    before = kit.store.records(workshop)
    done = held(kit, workshop, phones=10)
    assert done.good, done
    assert {kind.does: kind.received == kind.stored > 0 for kind in done.account.kinds if kind.does != "withdraw"} == {
        "card": True, "vote": True, "wish": True,
    }  # fmt: skip
    assert kit.store.records(workshop) == before
    snapshot = kit.snapshot(done.workshop)
    asked = ("welcome.welcome", "goals.prioritise", "initiatives.rate", "anchoring.selfcheck")
    assert all(snapshot.phones.asked[place].shown for place in asked)
    assert snapshot.workplace.rehearsal
    assert 1 <= len(snapshot.chosen()) <= 3
    assert {one.decision for one in snapshot.of(Initiative)} >= {"yes", "later", "no"}
    judged = [one.event for one in kit.store.records(done.workshop) if isinstance(one.event, CardJudged)]
    assert {one.verdict for one in judged} <= {"hold", "amo"}
    assert all(not sensitive(card.text.text) for card in snapshot.phones.sent.values() if card.shown)


def test_the_same_seed_gives_the_same_answers(kit: Kit) -> None:
    workshop = kit.start(title="Kort", programme=SHORT)
    first, second, other = (held(kit, workshop, seed) for seed in (1, 1, 2))
    assert all(one.good for one in (first, second, other))
    texts = [said(kit.snapshot(one.workshop)) for one in (first, second, other)]
    assert texts[0] == texts[1]
    assert texts[0] != texts[2]


def test_a_copy_keeps_who_is_expected_and_takes_nothing_else_with_it(kit: Kit) -> None:
    workshop = kit.example("da", fresh=True)
    original, copy = kit.snapshot(workshop), kit.snapshot(kit.rehearsal(workshop))
    assert copy.workplace.title == original.workplace.title
    assert copy.workplace.people == original.workplace.people
    assert (copy.workplace.rehearsal, original.workplace.rehearsal) == (True, False)
    assert (copy.workplace.end, copy.workplace.keeper, copy.of(Goal), copy.of(Initiative)) == (None, None, [], [])


def test_on_the_workshop_itself_only_where_no_real_phone_has_answered(kit: Kit, workshop: str) -> None:
    session = kit.session(workshop)
    assert isinstance(session.send(SendCard("goals.collect", "s" * 24, "card-1", Text("da", "Mere ro"))), Accepted)
    with pytest.raises(KitError, match="has_answers"):
        ready(kit, workshop, in_place=True, anyway=False)
    assert not session.refresh().workplace.rehearsal
    assert ready(kit, workshop, in_place=True, anyway=True) == workshop
    assert session.refresh().workplace.rehearsal
    # Once it is a rehearsal, what lies there is not real any more.
    assert ready(kit, workshop, in_place=True, anyway=False) == workshop


def test_a_closed_meeting_is_not_practised_on(kit: Kit, workshop: str) -> None:
    kit.session(workshop).send(CloseMeeting("2026-11-12"))
    with pytest.raises(KitError, match="is_closed"):
        ready(kit, workshop, in_place=True, anyway=True)
    assert ready(kit, workshop, in_place=False, anyway=False) != workshop


# --- the account ------------------------------------------------------------------------------------------------------


KEYS = Keys(b"1" * 32)
SEAT = new_seat(KEYS, "w")


def phone() -> Phone:
    phone = Phone("127.0.0.1", 1, "ABCDEF")
    phone.cookies[cookie_name("w")] = f"{SEAT.chance}..{KEYS.seal('seat', 'w', SEAT.chance, '')}"
    return phone


def sent(form: str, *, does: str = "card", status: int = 200, receipt: bool = True, again: bool = False) -> Sent:
    return Sent(does, "goals.collect", form, 5.0, status, receipt, "", again)


def record(seq: int, form: str) -> Record:
    event: Event = CardSent("goals.collect", f"card-{seq}", Text("da", "Ro"))
    return Record(seq, "2026-11-12", "seat", SEAT.command_id(form), event)


@pytest.mark.parametrize(
    ("sendings", "stored", "wrong"),
    [
        ([sent("form-one")], ["form-one"], None),
        ([sent("form-one"), sent("form-one", again=True)], ["form-one"], None),
        ([sent("form-one", status=409, receipt=False)], [], None),
        ([sent("form-one")], [], "lost"),
        ([sent("form-one"), sent("form-one", again=True)], ["form-one", "form-one"], "doubled"),
        ([sent("form-one", status=0, receipt=False)], [], "unanswered"),
        ([sent("form-one", status=500, receipt=False)], [], "unanswered"),
        ([], ["form-one"], "unknown"),
        ([sent("form-one", does="vote")], ["form-one"], "lost"),
    ],
)
def test_a_receipt_without_an_entry_or_an_entry_without_a_receipt_is_found(
    sendings: list[Sent], stored: list[str], wrong: str | None
) -> None:
    one = phone()
    records = [record(seq, form) for seq, form in enumerate(stored, start=2)]
    found = account("w", records, [(one, each) for each in sendings], KEYS, after=1)
    assert found.whole == (wrong is None)
    assert wrong is None or getattr(found, wrong) == 1


def test_what_was_there_before_is_not_counted() -> None:
    assert account("w", [record(1, "form-one")], [], KEYS, after=1).whole


# --- following whoever leads ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", ["closed", "deleted"])
def test_the_crowd_follows_the_room_and_goes_home_when_the_meeting_ends(
    kit: Kit, serve_pages: Callable[..., str], end: str
) -> None:
    workshop = kit.start(title="Kort", programme=SHORT)
    code, _ = kit.door(workshop, open=True, begin=False)
    port = urlsplit(serve_pages()).port
    assert port is not None
    session = kit.session(workshop)

    async def attend() -> None:
        persons = people(4, 1, rehearsal(), ("da", "en"))
        coming = Crowd([one for one in persons if not one.comes], "127.0.0.1", port, code, FAST)
        coming.start()
        assert await coming.finished("now.collect.1.cards", 30) == 0
        await asyncio.to_thread(session.send, MoveRoom("now.prioritise", "now.collect"))
        if end == "closed":
            await asyncio.to_thread(session.send, CloseMeeting("2026-11-12"))
        else:
            await asyncio.to_thread(kit.delete, workshop)
        await asyncio.wait_for(coming.last(), 30)
        await coming.end()
        assert coming.shut_out == 0
        assert {one.receipt for _, one in coming.sent} == {True}

    asyncio.run(attend())


def test_the_button_makes_a_marked_copy_and_its_crowd_answers(
    facilitator: httpx.Client, kit: Kit, workshop: str
) -> None:
    done = send(facilitator, f"/workshops/{workshop}/rehearse")
    assert done.status_code == 303
    asked = parse_qs(urlsplit(done.headers["location"]).query)
    copy = asked["workshop"][0]
    assert asked["done"] == ["rehearsed"]
    assert f"{PHONES} prøvedeltagere" in facilitator.get(done.headers["location"]).text
    assert "Prøve</strong>" in listed(facilitator, copy)
    assert "Prøve</strong>" not in listed(facilitator, workshop)
    assert kit.door(copy)[1]
    assert kit.snapshot(copy).place == "welcome.welcome"
    answered = until(lambda: [one for one in kit.store.records(copy) if isinstance(one.event, Voted)], "an answer", 60)
    assert answered[0].event.place == "welcome.welcome"  # type: ignore[union-attr]
    kit.delete(copy)


def test_the_button_is_in_the_menu_and_takes_only_so_many_at_once(
    facilitator: httpx.Client, kit: Kit, workshop: str
) -> None:
    assert f'action="/workshops/{workshop}/rehearse"' in listed(facilitator, workshop)
    for _ in range(AT_ONCE):
        assert send(facilitator, f"/workshops/{workshop}/rehearse").status_code == 303
    refused = send(facilitator, f"/workshops/{workshop}/rehearse")
    assert refused.status_code == 400
    assert "ikke er plads til flere" in refused.text
    assert len(kit.workshops("da")) == AT_ONCE + 1


def test_a_stranger_cannot_start_a_rehearsal(stranger: httpx.Client, kit: Kit, workshop: str) -> None:
    assert stranger.post(f"/workshops/{workshop}/rehearse").status_code == 403
    assert [one.id for one in kit.workshops("da")] == [workshop]
