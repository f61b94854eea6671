"""Phones: who comes in, what they may send, what is counted, and what the presenter does with it."""

from __future__ import annotations

import pytest

from tests.domain import samples as s
from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain import things as t
from trivsel.domain.ballot import asks_for_role, ballot, shortlist
from trivsel.domain.erasing import without
from trivsel.domain.events import Record
from trivsel.domain.workshop import Builder, document

BARRIERS, RATE, SELFCHECK, CLOSE = (
    "initiatives.barriers",
    "initiatives.rate",
    "anchoring.selfcheck",
    "evaluation.close",
)
OPEN = c.OpenDoor("KVX742", "2026-11-23")


def send(seat: str, number: int = 0, words: str = "Mere ro", place: str = s.COLLECT) -> c.SendCard:
    return c.SendCard(place, seat, f"card-{seat}-{number}", s.text(words))


def vote(seat: str, votes: dict[str, int], place: str = s.PRIORITISE, round: int = 1, role: str = "") -> c.CastVote:
    return c.CastVote(place, seat, round, votes, role)  # type: ignore[arg-type]


def meeting(*commands: c.Command) -> s.Meeting:
    return s.Meeting(s.START, OPEN, *commands)


def phones(held: s.Meeting, *commands: c.FromPhone) -> s.Meeting:
    for command in commands:
        held.must(command, command.seat)
    return held


def with_goals(people: int, **place: str) -> s.Meeting:
    """Goals ``a`` and ``b``; everybody gives one dot to ``a``, every other one two to ``b``."""
    held = meeting(s.add(s.goal("a"), s.goal("b", "Søvn")))
    return phones(held, *(vote(f"seat-{n}", {"a": 1, "b": n % 2 * 2}) for n in range(people)))


# --- the door -----------------------------------------------------------------------------------------------------


def test_a_workshop_that_has_not_begun_begins_at_its_first_question_when_the_door_opens() -> None:
    held = meeting()
    assert held.snapshot.place == s.COLLECT
    assert held.snapshot.phones.door is not None
    assert held.snapshot.phones.door.open


def test_a_door_opened_from_the_welcome_page_leaves_the_room_there() -> None:
    held = s.Meeting(s.START, c.OpenDoor("KVX742", "2026-11-23", begin=False))
    assert held.snapshot.place == s.PLACES[0]


def test_a_door_opened_again_the_same_day_has_the_same_code_and_another_day_a_new_one() -> None:
    held = meeting(c.CloseDoor(), c.OpenDoor("ABCDEF", "2026-11-23"))
    door = held.snapshot.phones.door
    assert door is not None
    assert (door.code, door.open) == ("KVX742", True)
    held.must(c.OpenDoor("ABCDEF", "2026-11-24"))
    assert held.snapshot.phones.door is not None
    assert held.snapshot.phones.door.code == "ABCDEF"


@pytest.mark.parametrize("code", ["KVX74", "KVX7421", "kvx742", "KVO742", "KVI742", "KV 742", ""])
def test_a_code_has_six_characters_without_look_alikes(code: str) -> None:
    assert s.Meeting(s.START).refused(c.OpenDoor(code, "2026-11-23")) == "not_a_choice"


# --- cards --------------------------------------------------------------------------------------------------------


def test_cards_are_hidden_until_they_are_shown_and_then_stand_in_an_order_of_their_own() -> None:
    held = phones(meeting(), send("z"), send("a"), send("m"))
    assert held.snapshot.of(t.Card) == []
    held.must(c.ShowCards(s.COLLECT, ("card-z-0", "card-a-0", "card-m-0")))
    assert [card.id for card in held.snapshot.of(t.Card)] == ["card-a-0", "card-m-0", "card-z-0"]
    assert held.snapshot.phones.waiting(s.COLLECT) == []


def test_each_phone_has_two_cards_and_one_taken_back_makes_room() -> None:
    held = phones(meeting(), send("a", 0), send("a", 1))
    assert held.refused(send("a", 2)) == "no_more_cards"
    phones(held, c.WithdrawCard(s.COLLECT, "a", "card-a-0"), send("a", 2))
    assert held.refused(c.WithdrawCard(s.COLLECT, "b", "card-a-1")) == "not_yours"


def test_the_same_card_sent_five_times_is_one_card() -> None:
    held = phones(meeting(), *[send("a")] * 5)
    assert len(held.snapshot.phones.sent) == 1


@pytest.mark.parametrize(
    ("command", "why"),
    [
        (send("a", words="x" * 281), "text_too_long"),
        (send("a", words="   "), "empty_text"),
        (send("a", place=s.GROUP), "nothing_asked"),
        (vote("a", {}, place=s.COLLECT), "nothing_asked"),
        (c.MakeWish(s.COLLECT, "a", "sleep"), "not_a_choice"),  # type: ignore[arg-type]
    ],
)
def test_what_a_phone_may_not_send(command: c.FromPhone, why: str) -> None:
    assert meeting().refused(command) == why


def test_a_late_card_is_refused_once_the_answers_are_closed_and_taken_while_they_are_open() -> None:
    held = phones(meeting(), send("a"))
    held.must(c.MoveRoom(s.GROUP, s.COLLECT))
    phones(held, send("b"))
    held.must(c.CloseAnswers(s.COLLECT))
    assert held.refused(send("c")) == "answers_closed"
    held.must(c.OpenAnswers(s.COLLECT))
    phones(held, send("c"))
    assert len(held.snapshot.phones.waiting(s.COLLECT)) == 3


def test_an_idea_from_a_phone_becomes_an_initiative() -> None:
    held = phones(meeting(), c.SendCard(s.IDEAS, "a", "i1", s.text("Gå-møder"), works=True))
    held.must(c.ShowCards(s.IDEAS, ("i1",)))
    (idea,) = held.snapshot.of(t.Initiative)
    assert (idea.title.text, idea.works) == ("Gå-møder", True)


def test_a_card_held_back_is_told_by_its_reason_and_not_shown() -> None:
    held = phones(meeting(), send("a", words="Lene skal tale pænt"), send("b"))
    assert held.refused(c.JudgeCard(s.COLLECT, "card-a-0", "hold")) == "reason_needed"
    held.must(c.JudgeCard(s.COLLECT, "card-a-0", "hold", "person"))
    held.must(c.ShowCards(s.COLLECT, ("card-a-0", "card-b-0")))
    assert [card.id for card in held.snapshot.of(t.Card)] == ["card-b-0"]
    assert held.snapshot.phones.held(s.COLLECT) == {"person": 1}


def test_a_card_sent_back_leaves_room_for_another() -> None:
    held = phones(meeting(), send("a", 0), send("a", 1))
    held.must(c.JudgeCard(s.COLLECT, "card-a-0", "back"))
    phones(held, send("a", 2))


def test_a_manager_who_leads_cannot_hold_back_but_the_representative_can() -> None:
    held = phones(meeting(s.change("workplace", "manager_leads", False, True)), send("a"))
    judged = c.JudgeCard(s.COLLECT, "card-a-0", "hold", "person")
    assert held.refused(judged) == "manager_cannot_hold"
    held.must(c.JudgeCard(s.COLLECT, "card-a-0", "hold", "person", representative=True))
    assert held.refused(c.JudgeCard(s.COLLECT, "card-a-0", "show")) == "manager_cannot_hold"


def test_a_translation_stands_beside_the_card_and_goes_with_it() -> None:
    held = phones(meeting(), send("a"))
    held.must(c.TranslateCard(s.COLLECT, "card-a-0", "en", " More  calm "))
    held.must(c.ShowCards(s.COLLECT, ("card-a-0",)))
    assert held.snapshot.of(t.Card)[0].text.read("en") == "More calm"
    assert held.snapshot.of(t.Card)[0].text.read("da") == "Mere ro"


# --- votes --------------------------------------------------------------------------------------------------------


def test_one_seat_has_one_vote_which_can_be_changed_until_it_is_closed() -> None:
    held = phones(with_goals(5), vote("seat-0", {"a": 3}))
    held.must(c.CloseAnswers(s.PRIORITISE))
    assert held.refused(vote("seat-0", {"b": 3})) == "answers_closed"
    tally = held.snapshot.phones.asking(s.PRIORITISE).tallies[-1]
    assert (tally.answers, tally.shares["a"].sum, tally.shares["b"].sum) == (5, 7, 4)


@pytest.mark.parametrize(
    ("votes", "why"),
    [
        ({"a": 4}, "too_many_dots"),
        ({"a": 2, "b": 2}, "too_many_dots"),
        ({"a": -1}, "not_on_ballot"),
        ({"c": 1}, "not_on_ballot"),
        ({"a": True}, "not_on_ballot"),
        ({"a": 10**30}, "too_many_dots"),
    ],
)
def test_the_budget_of_dots_is_kept_by_the_rules(votes: dict[str, int], why: str) -> None:
    assert with_goals(0).refused(vote("x", votes)) == why


def test_dots_are_hidden_until_shown_and_then_stand_on_the_goals() -> None:
    held = with_goals(6)
    held.must(c.CloseAnswers(s.PRIORITISE))
    assert [goal.dots for goal in held.snapshot.of(t.Goal)] == [0, 0]
    held.must(c.ShowResults(s.PRIORITISE))
    assert [goal.dots for goal in held.snapshot.of(t.Goal)] == [6, 6]


def test_under_five_answers_there_is_an_order_and_no_figure() -> None:
    held = phones(with_goals(0), *(vote(f"seat-{n}", {"b": 2, "a": 1}) for n in range(4)))
    held.must(c.CloseAnswers(s.PRIORITISE))
    held.must(c.ShowResults(s.PRIORITISE))
    tally = held.snapshot.phones.asking(s.PRIORITISE).tallies[-1]
    assert (tally.answers, tally.shares, tally.spread) == (0, {}, {})
    assert tally.order == (("b",), ("a",))
    assert [goal.dots for goal in held.snapshot.of(t.Goal)] == [0, 0]


@pytest.mark.parametrize(("people", "spread"), [(7, False), (8, True)])
def test_a_spread_is_shown_from_eight(people: int, spread: bool) -> None:
    held = with_goals(people)
    held.must(c.CloseAnswers(s.PRIORITISE))
    assert bool(held.snapshot.phones.asking(s.PRIORITISE).tallies[-1].spread) is spread


def test_one_who_comes_late_is_not_found_by_counting_again() -> None:
    held = with_goals(6)
    held.must(c.CloseAnswers(s.PRIORITISE))
    before = held.snapshot.phones.asking(s.PRIORITISE).tallies[-1]
    held.must(c.OpenAnswers(s.PRIORITISE))
    phones(held, vote("late", {"a": 3}))
    held.must(c.CloseAnswers(s.PRIORITISE))
    tally = held.snapshot.phones.asking(s.PRIORITISE).tallies[-1]
    assert tally.older
    assert tally.shares == before.shares
    held.must(c.OpenAnswers(s.PRIORITISE))
    phones(held, *(vote(f"late-{n}", {"b": 1}) for n in range(4)))
    held.must(c.CloseAnswers(s.PRIORITISE))
    tally = held.snapshot.phones.asking(s.PRIORITISE).tallies[-1]
    assert (tally.answers, tally.older) == (11, False)


def test_a_second_round_starts_from_nothing_and_gives_only_an_order_if_one_has_joined() -> None:
    held = with_goals(6)
    held.must(c.CloseAnswers(s.PRIORITISE))
    assert held.refused(c.OpenAnswers(s.PRIORITISE, again=True)) == "not_shown_yet"
    held.must(c.ShowResults(s.PRIORITISE))
    held.must(c.OpenAnswers(s.PRIORITISE, again=True))
    assert held.refused(vote("seat-0", {"a": 1})) == "answers_closed"
    again = [vote(f"seat-{n}", {"a": 1, "b": n % 2 * 2}, round=2) for n in range(6)]
    phones(held, *again, vote("new", {"a": 2}, round=2))
    held.must(c.CloseAnswers(s.PRIORITISE))
    first, second = held.snapshot.phones.asking(s.PRIORITISE).tallies
    assert (first.answers, second.answers) == (6, 0)
    assert second.order


def test_management_answers_after_the_others_are_closed_and_before_they_are_shown() -> None:
    held = with_goals(6)
    answer = c.AnswerForManagement(s.PRIORITISE, {"a": 3})
    assert held.refused(answer) == "management_last"
    held.must(c.CloseAnswers(s.PRIORITISE))
    assert held.refused(c.AnswerForManagement(s.PRIORITISE, {"a": 4})) == "too_many_dots"
    held.must(answer)
    held.must(c.ShowResults(s.PRIORITISE))
    assert held.refused(c.AnswerForManagement(s.PRIORITISE, {"b": 3})) == "results_shown"
    assert held.snapshot.phones.asking(s.PRIORITISE).management == {"a": 3}
    assert document(held.snapshot).management == {s.PRIORITISE: {"a": 3}}


def test_votes_nobody_closed_are_counted_when_the_room_goes_on() -> None:
    held = with_goals(6)
    held.must(c.MoveRoom(s.PRIORITISE, s.COLLECT))
    held.must(c.MoveRoom(s.MEASURE, s.PRIORITISE))
    assert held.snapshot.phones.asking(s.PRIORITISE).tallies[-1].answers == 6
    assert held.refused(vote("late", {"a": 1})) == "answers_closed"


def test_with_many_ideas_dots_come_first_and_then_only_six_are_asked_about() -> None:
    held = meeting(s.add(*(s.initiative(f"i{n}", f"Ide {n}") for n in range(8)), place=s.IDEAS))
    asked = ballot(held.snapshot, BARRIERS)
    assert asked is not None
    assert asked.sort == "dots"
    phones(held, *(vote(f"seat-{n}", {"i7": 2, "i6": 1}, BARRIERS) for n in range(5)))
    held.must(c.CloseAnswers(BARRIERS))
    held.must(c.AnswerForManagement(BARRIERS, {"i0": 3}))
    held.must(c.ShowResults(BARRIERS))
    asked = ballot(held.snapshot, BARRIERS)
    assert asked is not None
    assert asked.sort == "ticks"
    assert held.snapshot.phones.asking(BARRIERS).management == {}
    assert asked.things[:2] == ("i7", "i6")
    assert len(asked.things) == 6
    assert asked.keys[0] == "i7.night"
    phones(held, vote("seat-0", {"i7.night": 1}, BARRIERS, round=2))
    assert shortlist(held.snapshot) == asked.things


def test_ratings_are_from_one_to_five_and_only_what_is_answered_counts() -> None:
    held = meeting(s.add(s.initiative("i"), s.initiative("j"), place=s.IDEAS))
    assert held.refused(vote("x", {"i.effect": 6}, RATE)) == "not_on_ballot"
    assert held.refused(vote("x", {"i.effect": 0}, RATE)) == "not_on_ballot"
    phones(held, *(vote(f"seat-{n}", {"i.effect": 4, "i.effort": 2}, RATE) for n in range(5)))
    held.must(c.CloseAnswers(RATE))
    tally = held.snapshot.phones.asking(RATE).tallies[-1]
    assert tally.mean("i.effect") == 4
    assert tally.mean("j.effect") is None


def test_a_role_is_asked_for_only_where_both_groups_can_be_large_enough() -> None:
    held = meeting()
    assert not asks_for_role(held.snapshot)
    held.must(s.change("workplace", "leaders", None, 5))
    assert asks_for_role(held.snapshot)
    held.must(s.change("workplace", "people", 34, 9))
    assert not asks_for_role(held.snapshot)


def test_results_by_role_need_five_of_each_and_no_small_rest() -> None:
    def count(employees: int, leaders: int, silent: int) -> bool:
        held = meeting(s.add(s.goal("a")), s.change("workplace", "leaders", None, 6))
        roles = ["employee"] * employees + ["leader"] * leaders + [""] * silent
        phones(held, *(vote(f"seat-{n}", {"a": 1}, role=role) for n, role in enumerate(roles)))
        held.must(c.CloseAnswers(s.PRIORITISE))
        return bool(held.snapshot.phones.asking(s.PRIORITISE).tallies[-1].roles)

    assert count(5, 5, 0)
    assert count(5, 5, 5)
    assert not count(8, 4, 0)
    assert not count(5, 5, 1)
    assert not count(4, 9, 0)


def test_a_forged_role_says_nothing_where_no_role_is_asked() -> None:
    held = phones(meeting(s.add(s.goal("a"))), vote("seat", {"a": 1}, role="leader"))
    assert held.snapshot.phones.votes[s.PRIORITISE]["seat"].role == ""


def test_the_limit_can_be_raised_and_never_lowered_nor_undone() -> None:
    held = meeting(s.change("workplace", "least", 5, 8, place=s.COLLECT))
    assert held.refused(s.change("workplace", "least", 8, 7)) == "limit_only_up"
    assert held.refused(c.Undo(s.COLLECT)) == "limit_only_up"
    assert held.refused(s.change("workplace", "least", 8, 4)) == "number_out_of_range"


# --- one of several facilitators ----------------------------------------------------------------------------------


def test_one_facilitator_moves_the_room_until_another_takes_over() -> None:
    held = meeting(c.TakeLead("hand-1", "Anna"))
    assert held.refused(c.MoveRoom(s.GROUP, s.COLLECT, "hand-2")) == "another_leads"
    assert held.refused(c.MoveRoom(s.GROUP, s.COLLECT)) == "another_leads"
    held.must(c.TakeLead("hand-2", "Bo"))
    held.must(c.MoveRoom(s.GROUP, s.COLLECT, "hand-2"))
    held.must(c.TakeLead(""))
    held.must(c.MoveRoom(s.COLLECT, s.GROUP))


# --- undo, exports, erasing ---------------------------------------------------------------------------------------


def test_undo_never_takes_back_what_phones_sent_nor_what_was_shown() -> None:
    held = phones(meeting(), send("a"))
    held.must(c.ShowCards(s.COLLECT, ("card-a-0",)))
    assert held.refused(c.Undo(s.COLLECT)) == "nothing_to_undo"


def test_exports_hold_no_pseudonym_and_no_card_that_is_hidden() -> None:
    held = phones(with_goals(6), send("seat-0", words="Vises"), send("seat-1", words="Skjult"))
    held.must(c.ShowCards(s.COLLECT, ("card-seat-0-0",)))
    written = repr(document(held.snapshot)).replace("card-seat-0-0", "")
    assert "seat-" not in written
    assert "Vises" in written
    assert "Skjult" not in written


def erased(held: s.Meeting, *seats: str) -> s.Meeting:
    """The meeting told anew without what those seats have sent."""
    instead = without(held.records, seats)
    after = s.Meeting()
    after.records = [
        Record(r.seq, "", "", r.command, instead[r.seq])
        if isinstance(instead.get(r.seq), e.Erased)
        else Record(r.seq, r.at, r.actor, r.command, instead.get(r.seq, r.event))
        for r in held.records
    ]
    after.builder = Builder().fold(after.records)
    return after


def test_an_erased_seat_leaves_no_word_behind_even_where_its_card_was_worked_on() -> None:
    held = phones(meeting(), send("a", words="Hemmelig"), send("b", words="Andres"))
    held.must(c.TranslateCard(s.COLLECT, "card-a-0", "en", "Secret"))
    held.must(c.ShowCards(s.COLLECT, ("card-a-0", "card-b-0")))
    held.must(s.change("card-a-0", "text", s.text("Hemmelig"), s.text("Hemmelig ting")))
    held.must(c.Gather(s.GROUP, "card-a-0", "card-b-0", "heap"))
    held.must(c.Undo(s.GROUP))
    held.must(c.Remove(s.GROUP, "card-a-0"))
    after = erased(held, "a")
    assert "emmelig" not in repr(after.records)
    assert "Secret" not in repr(after.records)
    assert [card.text.text for card in after.snapshot.of(t.Card)] == ["Andres"]


def test_after_an_erased_vote_no_new_figure_is_set_beside_the_old_one() -> None:
    held = with_goals(7)
    held.must(c.CloseAnswers(s.PRIORITISE))
    after = erased(held, "seat-0")
    after.must(c.OpenAnswers(s.PRIORITISE))
    phones(after, *(vote(f"more-{n}", {"a": 1}) for n in range(6)))
    after.must(c.CloseAnswers(s.PRIORITISE))
    assert after.snapshot.phones.asking(s.PRIORITISE).tallies[-1].answers == 7


def test_what_was_counted_comes_in_with_a_document_and_nothing_new_beside_it() -> None:
    held = with_goals(6)
    held.must(c.CloseAnswers(s.PRIORITISE))
    held.must(c.ShowResults(s.PRIORITISE))
    again = s.Meeting(c.ImportDocument(document(held.snapshot)))
    assert document(again.snapshot) == document(held.snapshot)
    again.must(c.OpenAnswers(s.PRIORITISE, again=True))
    phones(again, *(vote(f"x{n}", {"a": 1}, round=2) for n in range(6)))
    again.must(c.CloseAnswers(s.PRIORITISE))
    assert again.snapshot.phones.asking(s.PRIORITISE).tallies[-1].answers == 0


def test_a_finding_about_management_is_shown_to_the_room_by_the_presenter_alone() -> None:
    held = meeting(c.ShowFinding("no_promise"))
    assert held.snapshot.phones.findings == {"no_promise"}
    held.must(c.ShowFinding("no_promise", shown=False))
    assert held.snapshot.phones.findings == frozenset()


def test_management_can_put_itself_at_nought_on_a_lever() -> None:
    held = phones(meeting(), *(vote(f"seat-{n}", {"together": 1}, SELFCHECK) for n in range(5)))
    held.must(c.CloseAnswers(SELFCHECK))
    held.must(c.AnswerForManagement(SELFCHECK, {"together": 0, "again": 2}))
    assert held.snapshot.phones.asking(SELFCHECK).management == {"together": 0, "again": 2}
