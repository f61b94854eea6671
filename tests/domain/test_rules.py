"""What may happen in a workshop and what it leads to, case by case."""

from __future__ import annotations

import math

import pytest
from msgspec.structs import replace

from tests.domain.samples import (
    ALLOCATE,
    ANCHOR,
    COLLECT,
    DECIDE,
    GROUP,
    IDEAS,
    MEASURE,
    PLACES,
    PRIORITISE,
    PROGRAMME,
    START,
    Meeting,
    add,
    card,
    change,
    goal,
    goal_entry,
    initiative,
    initiative_entry,
    text,
)
from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain import things as t
from trivsel.domain.beginning import is_label
from trivsel.domain.commands import written
from trivsel.domain.presets import approver_of
from trivsel.domain.programme import Programme
from trivsel.domain.rules import decide
from trivsel.domain.words import Text, pick

WELCOME = PLACES[0]


def filled() -> Meeting:
    """A workshop with a little of everything."""
    return Meeting(
        START,
        add(card("loose"), card("a"), card("b"), card("d")),
        c.Gather(GROUP, "a", "b", "heap"),
        add(goal("goal"), goal("chosen", chosen=True), place=PRIORITISE),
        add(goal("never", entry=goal_entry("never", never=True)), place=PRIORITISE),
        add(goal("many", entry=goal_entry("many", smallest=50)), place=PRIORITISE),
        add(initiative("idea", goals=("goal",)), initiative("tried"), place=IDEAS),
        add(initiative("duty", entry=initiative_entry("apv", duty="yes")), place=IDEAS),
        change("tried", "decision", "", "yes", place=DECIDE),
        add(t.Review("review", "2027-01-11"), place=ANCHOR),
    )


# --- refusals -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "refusal"),
    [
        (START, "already_started"),
        (c.ImportDocument(e.Document("trivsel", 1, "da", "2026-11-23", PROGRAMME, ())), "already_started"),
        (add(card("x"), place="nowhere.at_all"), "unknown_activity"),
        (c.MoveRoom("nowhere", WELCOME), "unknown_activity"),
        (c.MoveRoom(COLLECT, IDEAS), "room_moved"),
        (c.PlanActivity(COLLECT, "never"), "not_a_choice"),  # type: ignore[arg-type]
        (c.StartTimer(COLLECT, "alone", 9), "number_out_of_range"),
        (c.StartTimer(COLLECT, "alone", 7_201), "number_out_of_range"),
        (c.StartTimer(COLLECT, "song", 60), "not_a_choice"),
        (c.CloseMeeting("today"), "not_a_date"),
        (add(), "empty_text"),
        (add(card("")), "not_a_choice"),
        (add(card("å")), "not_a_choice"),
        (add(card("x" * 101)), "not_a_choice"),
        (add(card("a")), "already_there"),
        (add(card("x"), card("x")), "already_there"),
        (add(t.Workplace("another", text("En til"))), "already_there"),
        (add(t.Card("x", "nowhere", text("Ro"))), "unknown_activity"),
        (add(replace(card("x"), heap="gone")), "thing_gone"),
        (add(replace(card("x"), heap="goal")), "thing_gone"),
        (add(initiative("x", goals=("a",))), "thing_gone"),
        (add(t.Resource("x", "gone")), "thing_gone"),
        (add(t.Anchor("x", "idea", "gone")), "thing_gone"),
        (add(t.Anchor("x", "tried")), "already_there"),
        (add(t.Resource("x", "idea"), t.Resource("y", "idea")), "already_there"),
        (add(*(goal(f"x{n}", chosen=True) for n in range(3))), "too_many_goals"),
        (add(goal("x", entry=goal_entry("never"))), "already_taken"),
        (add(goal("x", entry=goal_entry("e")), goal("y", entry=goal_entry("e"))), "already_taken"),
        (add(initiative("x", entry=initiative_entry("apv"))), "already_taken"),
        (add(goal("x", entry=goal_entry("e", never=True), now=3.0)), "figure_not_in_room"),
        (add(goal("x", entry=goal_entry("e", smallest=50), target=3.0)), "group_too_small"),
        (add(*(card(f"x{n}") for n in range(2_000))), "too_many_things"),
        (change("gone", "text", None, text("Ro")), "thing_gone"),
        (change("a", "place", COLLECT, GROUP), "field_fixed"),
        (change("a", "text", text("Noget andet"), text("Ro")), "changed_meanwhile"),
        (change("a", "heap", "heap", "gone"), "thing_gone"),
        (change("a", "heap", "heap", "goal"), "thing_gone"),
        (change("idea", "goals", ("goal",), ("goal", "gone")), "thing_gone"),
        (change("never", "now", None, 4), "figure_not_in_room"),
        (change("never", "target", None, 4), "figure_not_in_room"),
        (change("many", "now", None, 4), "group_too_small"),
        (change("duty", "decision", "must", "no"), "duty_is_not_voted"),
        (change("idea", "decision", "", "must"), "not_a_choice"),
        (c.Remove(COLLECT, "gone"), "thing_gone"),
        (c.Remove(COLLECT, t.WORKPLACE), "field_fixed"),
        (c.Remove(ALLOCATE, "resource-tried"), "field_fixed"),
        (c.Remove(ANCHOR, "anchor-tried"), "field_fixed"),
        (c.Gather(GROUP, "gone", "a", "x"), "thing_gone"),
        (c.Gather(GROUP, "loose", "gone", "x"), "thing_gone"),
        (c.Gather(GROUP, "loose", "goal", "x"), "thing_gone"),
        (c.Gather(GROUP, "loose", "d", "heap"), "already_there"),
        (c.Gather(GROUP, "loose", "d", ""), "not_a_choice"),
        (c.TickCard(PRIORITISE, "gone", "x"), "thing_gone"),
        (c.TickCard(PRIORITISE, "a", "goal"), "already_there"),
        (c.Undo(MEASURE), "nothing_to_undo"),
        (c.Redo(MEASURE), "nothing_to_redo"),
    ],
)
def test_what_may_not_happen(command: c.Command, refusal: str) -> None:
    meeting = filled()
    before = meeting.snapshot
    assert meeting.refused(command) == refusal
    assert meeting.snapshot == before


@pytest.mark.parametrize("id", ["a", "goal", "idea", "tried", "review", t.WORKPLACE])
def test_a_thing_in_the_plan_does_not_come_in_twice(id: str) -> None:
    meeting = filled()
    assert meeting.refused(add(replace(meeting.snapshot.things[id]))) == "already_there"


def test_a_thing_taken_out_keeps_its_id() -> None:
    meeting = filled()
    meeting.must(c.Remove(COLLECT, "a"))
    assert meeting.refused(add(card("a"))) == "already_there"


@pytest.mark.parametrize("command", [c.Undo(COLLECT), add(card("a")), c.CloseMeeting("2026-11-23")])
def test_nothing_happens_before_a_workshop_has_begun(command: c.Command) -> None:
    assert decide(None, command) == c.Refusal("not_started")


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"title": "  "}, "empty_text"),
        ({"title": "x" * 121}, "text_too_long"),
        ({"workplace": "x" * 121}, "text_too_long"),
        ({"leads": "x" * 81}, "text_too_long"),
        ({"people": 0}, "number_out_of_range"),
        ({"committee": "friends"}, "not_a_choice"),
        ({"language": "xx"}, "not_a_choice"),
        ({"day": "23.11.2026"}, "not_a_date"),
        ({"programme": Programme("empty", {"da": "Tom"}, ())}, "unknown_activity"),
    ],
)
def test_what_a_workshop_cannot_begin_with(changed: dict[str, object], refusal: str) -> None:
    assert Meeting().refused(replace(START, **changed)) == refusal


@pytest.mark.parametrize(
    ("id", "field", "value", "refusal"),
    [
        ("a", "text", text("x" * 281), "text_too_long"),
        ("a", "text", Text("da", "Ro", {"en": "x" * 281}), "text_too_long"),
        ("a", "text", text(" "), "empty_text"),
        ("a", "text", None, "empty_text"),
        ("a", "text", "Ro", "not_a_text"),
        ("a", "text", text("halv \ud83d"), "not_a_text"),
        ("goal", "title", text("x" * 121), "text_too_long"),
        ("goal", "chosen", 1, "not_a_choice"),
        ("goal", "dots", None, "not_a_number"),
        ("goal", "dots", 1.5, "not_a_whole_number"),
        ("goal", "dots", -1, "number_out_of_range"),
        ("goal", "dots", True, "not_a_number"),
        ("goal", "now", math.nan, "not_a_number"),
        ("goal", "now", math.inf, "number_out_of_range"),
        ("goal", "now", "12", "not_a_number"),
        ("goal", "due", "18-01-2027", "not_a_date"),
        ("goal", "due", "20270118", "not_a_date"),
        ("goal", "due", "2027-02-29", "not_a_date"),
        ("goal", "due", "1999-12-31", "date_too_far"),
        ("goal", "due", "2100-01-01", "date_too_far"),
        ("goal", "gains", ("employee", "employee"), "not_a_choice"),
        ("goal", "gains", ("everybody",), "not_a_choice"),
        ("idea", "levels", "I", "not_a_choice"),
        ("idea", "goals", ("goal", "goal"), "not_a_choice"),
        ("idea", "goals", None, "not_a_choice"),
        ("idea", "decision", "perhaps", "not_a_choice"),
        ("anchor-tried", "forum", 7, "not_a_choice"),
        ("anchor-tried", "responsible", text("x" * 81), "text_too_long"),
        ("review", "date", None, "not_a_date"),
        (t.WORKPLACE, "end", "halv tre", "not_a_time"),
        (t.WORKPLACE, "people", 2.5, "not_a_whole_number"),
    ],
)
def test_what_a_field_does_not_take(id: str, field: str, value: object, refusal: str) -> None:
    meeting = filled()
    now = getattr(meeting.snapshot.things[id], field)
    assert meeting.refused(change(id, field, now, value)) == refusal


def test_both_texts_are_shown_where_two_people_wrote() -> None:
    refusal = filled().try_(change("a", "text", text("Noget andet"), text("Fred")))
    assert refusal == c.Refusal("changed_meanwhile", {"theirs": "Mere ro", "yours": "Fred"})


# --- what happens ---------------------------------------------------------------------------------------------------


def test_a_workshop_begins_with_its_workplace_and_the_meetings_it_is_likely_to_hold() -> None:
    snapshot = Meeting(START).snapshot
    assert snapshot.workplace == t.Workplace(
        t.WORKPLACE, text("Et godt arbejdsliv"), text("Skolen"), people=34, committee="amo"
    )
    assert [(one.id, one.name, one.rhythm) for one in snapshot.of(t.Forum)] == [
        ("forum-staff", Text("da", "Personalemøde", {"en": "Staff meeting"}), "month"),
        ("forum-committee", Text("da", "AMO-møde", {"en": "Committee meeting"}), "quarter"),
    ]
    assert (snapshot.place, snapshot.visited) == (WELCOME, {WELCOME})


def test_a_workplace_without_a_committee_has_no_committee_meeting() -> None:
    snapshot = Meeting(replace(START, committee="none", workplace=" ", leads=" ")).snapshot
    assert [one.id for one in snapshot.of(t.Forum)] == ["forum-staff"]
    assert (snapshot.workplace.name, snapshot.workplace.leads) == (None, None)


@pytest.mark.parametrize(
    "command",
    [
        c.MoveRoom(WELCOME, WELCOME),
        c.PlanActivity(COLLECT, "meeting"),
        c.StopTimer(COLLECT),
        c.ReopenMeeting(),
        change("a", "text", text("Mere ro"), text("Mere ro")),
        change("goal", "sign", None, text("  ")),
        c.Gather(GROUP, "a", "heap", "x"),
        c.Gather(GROUP, "a", "b", "x"),
    ],
)
def test_what_is_so_already_leaves_nothing(command: c.Command) -> None:
    assert filled().must(command) == []


def test_the_room_moves_once_when_two_press_next() -> None:
    meeting = Meeting(START, c.StartTimer(WELCOME, "alone", 60), c.MoveRoom(COLLECT, WELCOME))
    assert (meeting.snapshot.place, meeting.snapshot.timer) == (COLLECT, None)
    assert meeting.refused(c.MoveRoom(COLLECT, WELCOME)) == "room_moved"


def test_an_activity_can_be_left_for_later_and_taken_back() -> None:
    meeting = Meeting(START, c.PlanActivity(COLLECT, "after"))
    assert COLLECT not in [place for place, _, _ in meeting.snapshot.path()]
    meeting.must(c.PlanActivity(COLLECT, "meeting"))
    assert COLLECT in [place for place, _, _ in meeting.snapshot.path()]


def test_a_clock_runs_until_it_is_stopped() -> None:
    meeting = Meeting(START, c.StartTimer(WELCOME, "pairs", 120))
    timer = meeting.snapshot.timer
    assert timer is not None
    assert (timer.place, timer.phase, timer.seconds) == (WELCOME, "pairs", 120)
    meeting.must(c.StopTimer(WELCOME))
    assert meeting.snapshot.timer is None


def test_nought_is_a_number_to_write_down() -> None:
    meeting = filled()
    meeting.must(change("goal", "target", None, 0))
    assert meeting.snapshot.things["goal"].target == 0  # type: ignore[union-attr]


@pytest.mark.parametrize(("field", "typed", "kept"), [("target", 12, "12.0"), ("dots", 3.0, "3")])
def test_a_figure_is_kept_as_the_number_its_field_holds(field: str, typed: float, kept: str) -> None:
    meeting = filled()
    meeting.must(change("goal", field, getattr(meeting.snapshot.things["goal"], field), typed))
    assert repr(getattr(meeting.snapshot.things["goal"], field)) == kept


def test_a_translation_can_be_added() -> None:
    meeting = filled()
    both = Text("da", "Mere ro", {"en": "More peace"})
    meeting.must(change("a", "text", text("Mere ro"), both))
    assert meeting.snapshot.things["a"].text.read("en") == "More peace"  # type: ignore[union-attr]


def test_the_last_card_takes_a_nameless_heap_with_it() -> None:
    meeting = filled()
    meeting.must(change("a", "heap", "heap", None, place=GROUP))
    assert meeting.snapshot.get("heap", t.Heap)
    meeting.must(c.Remove(GROUP, "b"))
    assert meeting.snapshot.get("heap", t.Heap) is None


def test_a_heap_with_a_name_stays_when_it_is_empty() -> None:
    meeting = filled()
    meeting.must(change("heap", "name", None, text("Ro")))
    for id in ("a", "b"):
        meeting.must(change(id, "heap", "heap", None))
    assert meeting.snapshot.get("heap", t.Heap)


def test_a_card_moves_from_heap_to_heap() -> None:
    meeting = filled()
    meeting.must(c.Gather(GROUP, "loose", "d", "other"))
    meeting.must(c.Gather(GROUP, "a", "d", "unused"))
    assert [one.id for one in meeting.snapshot.of(t.Card) if one.heap == "other"] == ["loose", "a", "d"]
    meeting.must(c.Gather(GROUP, "b", "other", "unused"))
    assert [one.id for one in meeting.snapshot.of(t.Heap)] == ["other"]


def test_a_card_laid_on_itself_begins_a_heap() -> None:
    meeting = filled()
    meeting.must(c.Gather(GROUP, "loose", "loose", "new"))
    meeting.must(c.Gather(GROUP, "a", "a", "newer"))
    heaps = {one.id: one.heap for one in meeting.snapshot.of(t.Card)}
    assert heaps == {"loose": "new", "a": "newer", "b": "heap", "d": None}


def test_naming_a_heap_makes_a_goal_and_renaming_renames_it() -> None:
    meeting = filled()
    meeting.must(change("heap", "name", None, text("Ro")))
    made = meeting.snapshot.get("goal-heap", t.Goal)
    assert made == t.Goal("goal-heap", text("Ro"), origin="heap")
    meeting.must(change("heap", "name", text("Ro"), text("Ro i hverdagen")))
    assert meeting.snapshot.things["goal-heap"].title == text("Ro i hverdagen")  # type: ignore[union-attr]
    meeting.must(change("goal-heap", "title", text("Ro i hverdagen"), text("Fred")))
    meeting.must(change("heap", "name", text("Ro i hverdagen"), text("Stilhed")))
    assert meeting.snapshot.things["goal-heap"].title == text("Fred")  # type: ignore[union-attr]


@pytest.mark.parametrize("how", ["name", "remove"])
def test_a_goal_nobody_has_worked_on_goes_with_its_heap_and_comes_back_with_a_name(how: str) -> None:
    meeting = filled()
    meeting.must(change("heap", "name", None, text("Ro")))
    if how == "remove":
        meeting.must(c.Remove(GROUP, "heap"))
        assert {one.heap for one in meeting.snapshot.of(t.Card)} == {None}
        assert "goal-heap" not in meeting.snapshot.things
        return
    meeting.must(change("heap", "name", text("Ro"), None))
    assert "goal-heap" not in meeting.snapshot.things
    meeting.must(change("heap", "name", None, text("Fred")))
    assert meeting.snapshot.things["goal-heap"].title == text("Fred")  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("field", "was", "now"),
    [("chosen", False, True), ("dots", 0, 2), ("sign", None, text("Vi ler")), ("target", None, 0)],
)
def test_a_goal_that_was_worked_on_stays_when_its_heap_goes(field: str, was: object, now: object) -> None:
    meeting = filled()
    meeting.must(change("heap", "name", None, text("Ro")))
    meeting.must(change("goal-heap", field, was, now))
    meeting.must(c.Remove(GROUP, "heap"))
    assert "goal-heap" in meeting.snapshot.things


def test_a_goal_that_comes_back_is_not_a_fourth() -> None:
    meeting = filled()
    meeting.must(change("heap", "name", None, text("Ro")))
    meeting.must(change("goal-heap", "chosen", False, True))
    meeting.must(c.Remove(PRIORITISE, "goal-heap"))
    meeting.must(add(goal("x", chosen=True), goal("y", chosen=True)))
    meeting.must(change("heap", "name", text("Ro"), text("Fred")))
    assert meeting.snapshot.things["goal-heap"].chosen is False  # type: ignore[union-attr]


def test_three_goals_are_chosen_and_no_more() -> None:
    meeting = filled()
    for id in ("goal", "never"):
        meeting.must(change(id, "chosen", False, True))
    assert meeting.refused(change("many", "chosen", False, True)) == "too_many_goals"
    meeting.must(change("goal", "chosen", True, False))
    meeting.must(change("many", "chosen", False, True))


def test_a_card_becomes_a_chosen_goal_once() -> None:
    meeting = filled()
    meeting.must(c.TickCard(PRIORITISE, "a", "new"))
    assert meeting.snapshot.things["new"] == goal("new", "Mere ro", origin="a", chosen=True)
    assert meeting.refused(c.TickCard(PRIORITISE, "a", "newer")) == "already_taken"


def test_a_long_card_becomes_a_goal_with_a_short_title() -> None:
    meeting = Meeting(START, add(card("a", "x" * 280)), c.TickCard(PRIORITISE, "a", "g"))
    assert meeting.snapshot.chosen()[0].title.text == "x" * 120


def test_a_figure_may_be_shown_where_enough_people_work() -> None:
    meeting = Meeting(replace(START, people=50), add(goal("g", entry=goal_entry("g", smallest=50))))
    meeting.must(change("g", "now", None, 12.5))


def test_an_initiative_comes_with_all_that_can_be_preset() -> None:
    entry = initiative_entry("walk", approval="committee", goals=("ro",))
    meeting = Meeting(START, add(goal("g", chosen=True, entry=goal_entry("ro")), goal("h", chosen=True)))
    meeting.must(add(initiative("i", entry=entry), place=IDEAS))
    made = meeting.snapshot.things["i"]
    assert made == initiative("i", entry=entry, goals=("g",), levels=("G", "O"), approver="amo")


def test_an_idea_of_ones_own_serves_the_only_chosen_goal() -> None:
    meeting = Meeting(START, add(goal("g", chosen=True), goal("h")), add(initiative("i"), place=IDEAS))
    assert meeting.snapshot.things["i"].goals == ("g",)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("committee", "levels", "approval", "expected"),
    [
        ("none", ("O",), None, "leader"),
        ("amo", ("O", "I"), None, "amo"),
        ("su", ("O",), None, "su"),
        ("med", ("O",), None, "su"),
        ("amo", ("L",), None, "leader"),
        ("amo", ("I", "G"), None, "ourselves"),
        ("amo", (), None, "ourselves"),
        ("amo", ("I",), "committee", "amo"),
        ("none", ("I",), "committee", "leader"),
        ("amo", ("O",), "group", "ourselves"),
        ("amo", ("O",), "leader", "leader"),
    ],
)
def test_who_must_say_yes(committee: str, levels: tuple[str, ...], approval: str | None, expected: str) -> None:
    snapshot = Meeting(replace(START, committee=committee)).snapshot
    entry = initiative_entry("x", approval=approval) if approval else None
    assert approver_of(snapshot, initiative("i", levels=levels, entry=entry)) == expected


def test_another_level_means_another_approver_unless_somebody_chose_one() -> None:
    meeting = filled()
    meeting.must(change("idea", "levels", (), ("O",)))
    assert meeting.snapshot.things["idea"].approver == "amo"  # type: ignore[union-attr]
    meeting.must(change("idea", "approver", "amo", "top"))
    meeting.must(change("idea", "levels", ("O",), ("I",)))
    assert meeting.snapshot.things["idea"].approver == "top"  # type: ignore[union-attr]


def test_what_we_try_gets_its_resources_and_a_place_once() -> None:
    meeting = filled()
    assert meeting.snapshot.resource("tried") == t.Resource("resource-tried", "tried", hours=10, money=0)
    assert meeting.snapshot.anchor("tried") == t.Anchor("anchor-tried", "tried")
    meeting.must(change("resource-tried", "hours", 10, 12))
    for was, now in (("yes", "no"), ("no", "yes")):
        meeting.must(change("tried", "decision", was, now))
    assert [one.hours for one in meeting.snapshot.of(t.Resource)] == [12]
    assert len(meeting.snapshot.of(t.Anchor)) == 1


def test_an_initiative_that_comes_in_decided_gets_them_too() -> None:
    meeting = filled()
    meeting.must(add(initiative("x", decision="yes"), t.Anchor("own", "x", "forum-staff"), place=IDEAS))
    assert meeting.snapshot.anchor("x") == t.Anchor("own", "x", "forum-staff")
    assert meeting.snapshot.resource("x")


def test_the_catalogue_says_how_much_an_initiative_takes() -> None:
    entry = initiative_entry("walk")
    meeting = Meeting(START, add(initiative("i", entry=entry)), change("i", "decision", "", "yes"))
    assert meeting.snapshot.resource("i") == t.Resource("resource-i", "i", "large", hours=120, money=5_000)


def test_another_size_brings_other_figures_where_nobody_wrote_their_own() -> None:
    meeting = filled()
    meeting.must(change("resource-tried", "money", 0, 700))
    meeting.must(change("resource-tried", "size", "small", "medium"))
    need = meeting.snapshot.resource("tried")
    assert need is not None
    assert (need.size, need.hours, need.money) == ("medium", 40, 700)


def test_a_legal_duty_is_outside_the_vote() -> None:
    meeting = filled()
    assert meeting.snapshot.things["duty"].decision == "must"  # type: ignore[union-attr]
    meeting.must(change("idea", "duty", "no", "yes"))
    made = meeting.snapshot.things["idea"]
    assert isinstance(made, t.Initiative)
    assert (made.decision, made.approver) == ("must", "amo")
    meeting.must(change("idea", "duty", "yes", "part"))
    assert meeting.snapshot.things["idea"].decision == ""  # type: ignore[union-attr]


def test_what_is_no_duty_cannot_come_in_as_one() -> None:
    meeting = Meeting(START, add(initiative("i", decision="must")))
    assert meeting.snapshot.things["i"].decision == ""  # type: ignore[union-attr]


def test_somebody_else_has_not_said_yes_yet() -> None:
    meeting = filled()
    for field in ("responsible", "deputy"):
        meeting.must(change("anchor-tried", field, None, text("Mette")))
        meeting.must(change("anchor-tried", f"{field}_agreed", False, True))
        meeting.must(change("anchor-tried", field, text("Mette"), text("Ali")))
    anchor = meeting.snapshot.anchor("tried")
    assert anchor is not None
    assert (anchor.responsible_agreed, anchor.deputy_agreed) == (False, False)


def test_nothing_refers_to_what_has_been_taken_out() -> None:
    meeting = filled()
    meeting.must(change("anchor-tried", "forum", None, "forum-staff"))
    meeting.must(c.Remove(ANCHOR, "forum-staff"))
    assert meeting.snapshot.things["anchor-tried"].forum is None  # type: ignore[union-attr]
    meeting.must(c.Remove(PRIORITISE, "goal"))
    assert meeting.snapshot.things["idea"].goals == ()  # type: ignore[union-attr]
    meeting.must(c.Remove(DECIDE, "tried"))
    assert not {"anchor-tried", "resource-tried"} & meeting.snapshot.things.keys()


def test_a_meeting_closes_once_and_can_be_taken_up_again() -> None:
    meeting = filled()
    meeting.must(c.CloseMeeting("2026-11-23"))
    assert meeting.must(c.CloseMeeting("2026-11-24")) == []
    assert meeting.snapshot.closed == "2026-11-23"
    meeting.must(c.ReopenMeeting())
    assert meeting.snapshot.closed is None


# --- words ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Mere   ro \n nu\t", "Mere ro nu"),
        ("a\x00b\x1bc", "a b c"),
        ("\ud800", ""),
        ("שלום \u200fעולם", "שלום \u200fעולם"),
        ("👩‍👧 <b>", "👩‍👧 <b>"),
        ("=SUM(A1)", "=SUM(A1)"),
    ],
)
def test_what_is_kept_of_what_somebody_typed(typed: str, kept: str) -> None:
    assert written(typed, "da") == text(kept)


def test_words_in_a_language_that_is_not_there_are_read_in_another() -> None:
    assert pick({"da": "Ro", "en": "Peace"}, "en") == "Peace"
    assert pick({"da": "Ro"}, "en") == "Ro"
    assert pick({}, "en") == ""
    assert Text("da", "Ro", {"en": "Peace"}).read("en") == "Peace"
    assert text("Ro").read("en") == "Ro"


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("goal.added", True),
        ("heap.name", True),
        ("goal.colour", False),
        ("dog.added", False),
        ("goal", False),
        ("", False),
    ],
)
def test_labels_of_changes(label: str, expected: bool) -> None:
    assert is_label(label) is expected
