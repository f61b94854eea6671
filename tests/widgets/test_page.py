"""What people press has its effect, or is refused in words; nothing is stored that was refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.widgets.browserless import Hand, Plain, press
from trivsel.content import goals, initiatives
from trivsel.domain.things import Card, Commitment, Forum, Goal, Heap, Initiative, Review
from trivsel_widgets import notebook
from trivsel_widgets.page import _COMMANDS, _OWN

SCREEN = Path(__file__).resolve().parents[2] / "widgets" / "trivsel_widgets" / "screen"


def cards(hand: Hand, *texts: str) -> list[str]:
    """Write cards; their ids."""
    hand.look("goals.collect")
    for text in texts:
        hand.done("add_card", text=text)
    return [card.id for card in hand.page.session.snapshot.of(Card)]


def heap(hand: Hand, *texts: str, name: str = "") -> Heap:
    """Write cards and lay them together; the heap."""
    first, *others = cards(hand, *texts)
    hand.look("goals.group")
    for other in others:
        hand.done("gather", card=other, onto=first, heap="heap-1")
    if name:
        assert hand.change(hand.data["heaps"][0]["name"], name) is None
    (made,) = hand.page.session.snapshot.of(Heap)
    return made


def tried(hand: Hand, title: str = "Gåmøder") -> Plain:
    """An initiative that the group has said yes to, as the decision shows it."""
    hand.look("initiatives.collect")
    hand.done("add_initiative", text=title)
    hand.look("initiatives.decide")
    assert hand.change(hand.data["rows"][0]["decision"], "yes") is None
    row: Plain = hand.data["rows"][0]
    return row


# --- what belongs to the page alone ---------------------------------------------------------------------------------


def test_looking_somewhere_moves_this_page_and_not_the_room(hand: Hand) -> None:
    before = hand.page.session.snapshot
    hand.look("initiatives.decide")
    assert hand.view["place"] == "initiatives.decide"
    assert hand.page.session.refresh() == before
    assert hand.view["strip"]["place"] == "welcome.welcome"


def test_looking_at_a_step_shows_its_first_activity(hand: Hand) -> None:
    hand.look("goals")
    assert hand.view["place"] == "goals.collect"


def test_looking_at_a_step_shows_the_room_s_activity_if_it_is_there(hand: Hand) -> None:
    hand.done("room", place="goals.prioritise", was="welcome.welcome")
    hand.look("welcome.welcome")
    hand.look("goals")
    assert hand.view["place"] == "goals.prioritise"


def test_the_language_of_one_page_is_its_own(hand: Hand, open_page: Callable[..., Hand]) -> None:
    other = open_page(hand.page.session.id)
    hand.done("language", language="en")
    assert hand.view["question"].startswith("Why are we here")
    assert hand.page.screen.words["undo"] == "Undo"
    other.page.show()
    assert other.view["question"].startswith("Hvorfor er vi her")


def test_a_language_the_kit_does_not_speak_changes_nothing(hand: Hand) -> None:
    hand.done("language", language="tlh")
    assert hand.view["language"] == "da"


def test_the_clock_is_shown_when_it_is_asked_for(hand: Hand) -> None:
    assert hand.view["clock"] is None
    hand.done("clock", on=True)
    assert "10" in hand.view["clock"]["text"]
    end = hand.view["menu"]["end"]
    assert hand.change(end, "kl. 14.40") is None
    assert "14.40" in hand.view["clock"]["end"]
    hand.done("clock", on=False)
    assert hand.view["clock"] is None


def test_the_report_is_handed_to_the_browser(hand: Hand) -> None:
    tried(hand, "Gåmøder <b>nu</b>")
    hand.done("report")
    files = [one["content"] for one in hand.page.screen.comm.sent if "report" in one.get("content", {})]
    assert files[-1]["name"].endswith(".html")
    assert "Gåmøder &lt;b&gt;nu&lt;/b&gt;" in files[-1]["report"]


# --- the room -------------------------------------------------------------------------------------------------------


def test_next_moves_the_room_and_the_page_with_it(hand: Hand) -> None:
    way = hand.view["foot"]["next"]
    snapshot = hand.done("room", place=way["place"], was=way["was"])
    assert snapshot.place == hand.view["place"] == "goals.collect"
    assert hand.view["strip"] is None


def test_two_presses_on_next_move_the_room_once(hand: Hand) -> None:
    hand.done("room", place="goals.collect", was="welcome.welcome")
    refused = hand.do("room", place="goals.group", was="welcome.welcome")
    assert refused is not None
    assert "videre" in refused["text"]
    assert hand.page.session.snapshot.place == "goals.collect"


def test_the_way_through_the_meeting_leads_to_its_end(hand: Hand) -> None:
    walked = [hand.view["place"]]
    while way := hand.view["foot"]["next"]:
        hand.done("room", place=way["place"], was=way["was"])
        walked.append(hand.view["place"])
    assert walked == [place for place, _, _ in hand.page.session.snapshot.path()]
    assert walked[-1] == "evaluation.close"
    assert hand.view["foot"]["back"]["place"] == "evaluation.when"


@pytest.mark.parametrize("state", ["extra", "after"])
def test_what_is_left_out_of_the_meeting_is_left_out_of_the_way(hand: Hand, state: str) -> None:
    hand.done("plan", place="goals.group", state=state)
    hand.look("goals.collect")
    hand.done("room", place="goals.collect", was="welcome.welcome")
    assert hand.view["foot"]["next"]["place"] == "goals.prioritise"


def test_a_clock_runs_until_it_is_stopped(hand: Hand) -> None:
    hand.look("goals.collect")
    alone, pairs = hand.data["timers"]
    assert (alone["phase"], pairs["phase"]) == ("alone", "pairs")
    hand.done("timer", phase="alone", seconds=alone["seconds"])
    assert 0 < hand.view["head"]["timer"]["left"] <= 240
    hand.done("stop_timer")
    assert hand.view["head"]["timer"] is None


def test_a_clock_says_where_it_runs_so_that_it_stands_large_there(hand: Hand) -> None:
    hand.look("goals.collect")
    hand.done("timer", phase="pairs", seconds=240)
    timer = hand.view["head"]["timer"]
    assert (timer["place"], timer["phase"]) == ("goals.collect", "pairs")
    hand.look("goals.group")
    assert hand.view["head"]["timer"]["place"] == "goals.collect"


@pytest.mark.parametrize(("language", "total"), [("da", "I alt {n} minutter"), ("en", "{n} minutes in all")])
def test_the_way_says_how_long_it_takes_and_when_we_end(hand: Hand, language: str, total: str) -> None:
    hand.done("language", language=language)
    minutes = sum(activity.minutes for _, _, activity in hand.page.session.snapshot.path())
    assert hand.data["total"].startswith(total.format(n=minutes))
    hand.done("plan", place="goals.group", state="after")
    assert not hand.data["total"].startswith(total.format(n=minutes))
    assert hand.change(hand.data["end"], "15.30") is None
    assert hand.data["end"]["value"] == {"da": "15.30", "en": "15:30"}[language]


def test_the_break_counts_down_to_when_we_are_back(hand: Hand) -> None:
    data = hand.look("break.break")
    assert re.search(r"kl\. \d+\.\d\d", data["back"])
    hand.done("timer", phase="break", seconds=data["seconds"])
    assert hand.data["timer"]["left"] <= 600


# --- what changes the workshop --------------------------------------------------------------------------------------


def test_what_is_added_is_there_and_shown(hand: Hand) -> None:
    cards(hand, "Ro til at tænke")
    assert hand.look("goals.collect")["cards"][0]["text"]["value"] == "Ro til at tænke"
    hand.look("goals.prioritise")
    hand.done("add_goal", text="Mere ro")
    assert hand.data["goals"][0]["title"] == "Mere ro"
    hand.look("initiatives.collect")
    hand.done("add_initiative", text="Gåmøder", works=True)
    assert [one["title"]["value"] for one in hand.data["works"]] == ["Gåmøder"]
    hand.look("anchoring.routines")
    hand.done("add_forum", text="Fredagsmøde")
    assert ["Fredagsmøde" in forum[1] for forum in hand.data["forums"]][-1]
    hand.look("anchoring.commitments")
    hand.done("add_promise", text="Jeg går forrest", sort="lead")
    assert hand.data["rows"][0]["text"]["value"] == "Jeg går forrest"
    hand.look("evaluation.when")
    hand.done("add_review", text="uge 3 2027")
    assert hand.data["reviews"][0]["date"]["value"] == "18.01.2027"
    assert hand.data["reviews"][0]["weekday"] == "mandag"
    assert hand.view["head"]["saved"]


def test_the_dates_that_are_offered_are_taken_with_one_press(hand: Hand) -> None:
    offered = [one["key"] for one in hand.look("evaluation.when")["presets"]]
    assert len(offered) == 4
    hand.done("add_reviews", keys=offered[:1])
    hand.done("add_reviews", keys=offered[1:])
    assert all(one["taken"] for one in hand.data["presets"])
    assert len(hand.page.session.snapshot.of(Review)) == 4


def test_a_catalogue_goal_is_taken_once(hand: Hand) -> None:
    entry = hand.look("goals.collect")["catalogue"][0]["id"]
    hand.done("take_goal", entry=entry)
    assert hand.data["catalogue"][0]["taken"]
    refused = hand.do("take_goal", entry=entry)
    assert refused is not None
    assert refused["key"] == "already_taken"


def test_catalogue_ideas_for_a_chosen_goal_come_first_and_say_why(hand: Hand) -> None:
    wanted = {goal for entry in initiatives() for goal in entry.goals}
    entry = next(goal for goal in goals() if goal.id in wanted)
    hand.look("goals.collect")
    hand.done("take_goal", entry=entry.id)
    hand.look("goals.prioritise")
    assert hand.change(hand.data["goals"][0]["chosen"], True) is None
    ideas = hand.look("initiatives.collect")
    assert "Forslag til jeres mål" in ideas["catalogue_note"]
    assert entry.title["da"] in ideas["catalogue"][0]["why"]
    hand.done("take_initiative", entry=ideas["catalogue"][0]["id"])
    assert hand.data["ideas"][0]["goals"]["value"] == [hand.page.session.snapshot.chosen()[0].id]


def test_without_a_goal_that_fits_the_ideas_come_by_category_and_it_says_so(hand: Hand) -> None:
    assert "så her er de alle" in hand.look("initiatives.collect")["catalogue_note"]


def test_what_the_law_demands_stands_outside_the_vote(hand: Hand) -> None:
    part = next(entry for entry in initiatives() if entry.legal_duty == "part")
    hand.look("initiatives.collect")
    hand.done("take_initiative", entry=part.id)
    (row,) = hand.look("initiatives.decide")["rows"]
    assert row["duty_part"]
    assert hand.change(row["duty"], "yes") is None
    assert hand.data["rows"] == []
    (must,) = hand.data["duties"]
    assert hand.change(must["duty_when"], "18.1.2027") is None
    assert hand.data["duties"][0]["duty_when"]["value"] == "18.01.2027"
    refused = hand.do("change", id=must["id"], field="decision", was="must", now="no")
    assert refused is not None
    assert refused["key"] == "duty_is_not_voted"


@pytest.mark.parametrize(("committee", "offered"), [("none", "amo"), ("amo", "su"), ("med", "amo")])
def test_nobody_is_asked_who_does_not_exist(
    kit: object, open_page: Callable[..., Hand], committee: str, offered: str
) -> None:
    hand = open_page(kit.start(title="Os", committee=committee))  # type: ignore[attr-defined]
    assert offered not in [key for key, _ in hand.look("initiatives.decide")["approvers"]]


def test_a_heap_with_a_name_is_a_goal(hand: Hand) -> None:
    heap(hand, "Ro", "Stilhed", name="Mere ro")
    hand.look("goals.prioritise")
    assert [(one["title"], one["note"], one["removable"]) for one in hand.data["goals"]] == [
        ("Mere ro", "2 kort", False)
    ]


def test_a_card_leaves_its_heap_again(hand: Hand) -> None:
    heap(hand, "Ro", "Stilhed")
    card = hand.data["heaps"][0]["cards"][1]
    hand.done("change", id=card["id"], field="heap", was=card["heap"], now=None)
    assert [one["id"] for one in hand.data["loose"]] == [card["id"]]


def test_dots_and_choice_are_kept(hand: Hand) -> None:
    heap(hand, "Ro", "Stilhed", name="Mere ro")
    hand.look("goals.prioritise")
    assert hand.change(hand.data["goals"][0]["dots"], 5) is None
    assert hand.change(hand.data["goals"][0]["chosen"], True) is None
    assert (hand.data["chosen"], hand.data["goals"][0]["dots"]["value"]) == ("1 af 3 valgt", 5)


@pytest.mark.parametrize(("typed", "kept"), [("51", 51), ("0", 0), (" 7 ", 7)])
def test_dots_are_typed(hand: Hand, typed: str, kept: int) -> None:
    heap(hand, "Ro", "Stilhed", name="Mere ro")
    hand.look("goals.prioritise")
    assert hand.change(hand.data["goals"][0]["dots"], typed) is None
    assert hand.data["goals"][0]["dots"]["value"] == kept


@pytest.mark.parametrize("typed", ["mange", "2,5", "-1", "1000", ""])
def test_dots_that_cannot_be_are_refused(hand: Hand, typed: str) -> None:
    heap(hand, "Ro", "Stilhed", name="Mere ro")
    hand.look("goals.prioritise")
    assert hand.change(hand.data["goals"][0]["dots"], 5) is None
    refused = hand.change(hand.data["goals"][0]["dots"], typed)
    assert refused is not None
    assert len(refused["text"]) > 20
    assert hand.data["goals"][0]["dots"]["value"] == 5


def test_a_fourth_goal_is_refused_and_the_three_stand(hand: Hand) -> None:
    for card in cards(hand, "Ro", "Tid", "Tillid", "Luft"):
        hand.look("goals.prioritise")
        refused = hand.do("tick_card", card=card, goal=f"goal-{card}")
    assert refused is not None
    assert "3" in refused["text"]
    assert len(hand.page.session.snapshot.chosen()) == 3


def test_yes_presets_what_it_takes_and_where_it_is_kept_up(hand: Hand) -> None:
    tried(hand, "Gåmøder")
    assert [row["title"] for row in hand.look("resources.needs")["rows"]] == ["Gåmøder"]
    (row,) = hand.data["rows"]
    assert (row["size"]["value"], row["hours"]["value"], row["money"]["value"]) == ("small", "8", "0")
    assert hand.change(row["size"], "large") is None
    assert hand.data["rows"][0]["hours"]["value"] == "60"
    assert hand.change(hand.data["rows"][0]["hours"], "2½") is None
    assert hand.data["rows"][0]["hours"]["value"] == "2,5"
    (row,) = hand.look("anchoring.routines")["rows"]
    for name, now in (("first", "18/1-2027"), ("responsible", "Pia"), ("deputy", "Bo")):
        assert hand.change(hand.data["rows"][0][name], now) is None
    assert hand.change(hand.data["rows"][0]["forum"], hand.data["forums"][0][0]) is None
    (row,) = hand.look("evaluation.close")["rows"]
    assert (row["first"], row["responsible"], row["deputy"]) == ("18.01.2027", "Pia", "Bo")


def test_the_plan_tells_what_we_do_from_what_waits_for_an_answer(hand: Hand) -> None:
    row = tried(hand, "Gåmøder")
    assert hand.change(row["approver"], "ourselves") is None
    assert [one["waits"] for one in hand.look("evaluation.close")["rows"]] == [""]
    hand.look("initiatives.decide")
    assert hand.change(hand.data["rows"][0]["approver"], "leader") is None
    assert [one["waits"] for one in hand.look("evaluation.close")["rows"]] == ["Vores leder"]


def test_whoever_takes_over_has_not_said_yes_yet(hand: Hand) -> None:
    tried(hand)
    hand.look("anchoring.routines")
    assert hand.change(hand.data["rows"][0]["responsible"], "Pia") is None
    assert hand.change(hand.data["rows"][0]["responsible_agreed"], True) is None
    assert hand.change(hand.data["rows"][0]["responsible"], "Bo") is None
    assert hand.data["rows"][0]["responsible_agreed"]["value"] is False


def test_what_is_removed_is_gone(hand: Hand) -> None:
    (card,) = cards(hand, "Ro")
    hand.done("remove", id=card)
    assert hand.data["cards"] == []


def test_the_meeting_is_ended_and_taken_up_again(hand: Hand) -> None:
    assert hand.look("evaluation.close")["closed"] == ""
    hand.done("close")
    assert hand.data["closed"].startswith("Mødet sluttede")
    hand.done("reopen")
    assert hand.data["closed"] == ""


def test_a_skipped_board_leaves_the_cards_to_choose_among(hand: Hand) -> None:
    cards(hand, "Ro", "Tid")
    hand.done("plan", place="goals.group", state="after")
    data = hand.look("goals.prioritise")
    assert [one["title"] for one in data["cards"]] == ["Ro", "Tid"]


def test_goals_can_be_typed_where_nothing_was_collected(hand: Hand) -> None:
    hand.look("goals.measure")
    assert hand.data["chosen"] == []
    hand.done("add_goal", text="Mere ro")
    assert hand.change(hand.data["goals"][0]["chosen"], True) is None
    assert hand.data["chosen"][0]["title"]["value"] == "Mere ro"


def test_a_figure_that_does_not_belong_on_the_screen_is_not_asked_for(hand: Hand) -> None:
    private = next(entry for entry in goals() if entry.never_in_the_room)
    hand.look("goals.collect")
    hand.done("take_goal", entry=private.id)
    hand.look("goals.prioritise")
    assert hand.change(hand.data["goals"][0]["chosen"], True) is None
    (goal,) = hand.look("goals.measure")["chosen"]
    assert goal["figures"] is False
    assert goal["no_figures"]
    refused = hand.change(goal["now"], "12")
    assert refused is not None
    assert refused["key"] == "figure_not_in_room"


# --- undo and redo --------------------------------------------------------------------------------------------------


def test_undo_says_what_it_takes_back_and_redo_what_it_brings(hand: Hand) -> None:
    heap(hand, "Ro", "Stilhed", name="Mere ro")
    assert hand.view["head"]["undo"] == "navn på bunke"
    hand.done("undo")
    assert hand.data["heaps"][0]["name"]["value"] == ""
    assert (hand.view["head"]["undo"], hand.view["head"]["redo"]) == ("kort flyttet", "navn på bunke")
    hand.done("redo")
    assert hand.data["heaps"][0]["name"]["value"] == "Mere ro"


def test_undo_belongs_to_the_activity_that_is_shown(hand: Hand) -> None:
    cards(hand, "Ro")
    hand.look("initiatives.collect")
    assert hand.view["head"]["undo"] == ""
    refused = hand.do("undo")
    assert refused is not None
    assert refused["key"] == "nothing_to_undo"
    assert hand.do("redo") is not None


def test_what_has_been_changed_since_is_not_undone(hand: Hand, open_page: Callable[..., Hand]) -> None:
    heap(hand, "Ro", "Stilhed", name="Mere ro")
    elsewhere = open_page(hand.page.session.id, "goals.measure")
    (goal,) = hand.page.session.snapshot.of(Goal)
    elsewhere.done("change", id=goal.id, field="sign", was=None, now="Vi hører det")
    refused = hand.do("undo")
    assert refused is not None
    assert refused["key"] == "changed_since"


# --- bad input ------------------------------------------------------------------------------------------------------

BAD = [
    {"do": "look", "place": "nowhere.at_all"},
    {"do": "room", "place": "nowhere.at_all", "was": "welcome.welcome"},
    {"do": "room", "place": "goals.collect", "was": "elsewhere"},
    {"do": "plan", "place": "nowhere", "state": "after"},
    {"do": "plan", "place": "goals.group", "state": "perhaps"},
    {"do": "plan", "place": "goals.group"},
    {"do": "timer", "phase": "alone", "seconds": 5},
    {"do": "timer", "phase": "alone", "seconds": "long"},
    {"do": "timer", "phase": "party", "seconds": 60},
    {"do": "add_card", "text": "  \n "},
    {"do": "add_card"},
    {"do": "add_card", "text": "x" * 281},
    {"do": "add_goal", "text": "x" * 121},
    {"do": "add_review", "text": "engang"},
    {"do": "add_review", "text": ""},
    {"do": "add_reviews", "keys": ["no_such"]},
    {"do": "take_goal", "entry": "no_such"},
    {"do": "take_initiative", "entry": "no_such"},
    {"do": "change", "id": "no_such", "field": "text", "was": "", "now": "x"},
    {"do": "change", "id": "workplace", "field": "no_such", "was": "", "now": "x"},
    {"do": "change", "id": "workplace", "field": "hours", "was": None, "now": "mange"},
    {"do": "change", "id": "workplace", "field": "hours", "was": None, "now": "-3"},
    {"do": "change", "id": "workplace", "field": "leader_absent", "was": False, "now": "perhaps"},
    {"do": "change", "id": "workplace", "field": "decide", "was": "something else", "now": "x"},
    {"do": "change", "id": "workplace", "field": "committee", "was": "amo", "now": "club"},
    {"do": "remove", "id": "no_such"},
    {"do": "remove", "id": "workplace"},
    {"do": "gather", "card": "no_such", "onto": "no_such", "heap": "h"},
    {"do": "tick_card", "card": "no_such", "goal": "g"},
    {"do": "dance"},
    {"do": None},
    {"do": ["undo"]},
    {},
    [],
    "undo",
    None,
    7,
]


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("message", BAD, ids=str)
def test_what_makes_no_sense_is_answered_in_words_and_stores_nothing(
    workshop: str, open_page: Callable[..., Hand], message: object, language: str
) -> None:
    hand = open_page(workshop, language=language)
    before = hand.page.session.refresh()
    sent = {"re": "m1", "place": hand.page.place, **message} if isinstance(message, dict) else message
    refused = press(hand.page.screen, sent)
    assert refused is not None
    assert len(refused["text"]) > 20
    assert hand.page.session.refresh() == before


def test_a_sentence_that_is_too_long_says_how_long_it_may_be(hand: Hand) -> None:
    hand.look("goals.collect")
    refused = hand.do("add_card", text="x" * 300)
    assert refused is not None
    assert "300" in refused["text"]
    assert "280" in refused["text"]


def test_what_two_have_changed_is_refused_with_both_texts(hand: Hand, open_page: Callable[..., Hand]) -> None:
    other = open_page(hand.page.session.id)
    stale = other.data["decide"]
    assert hand.change(hand.data["decide"], "Vagtplanen") is None
    refused = other.change(stale, "Alt under 5.000 kr.")
    assert refused is not None
    assert refused["theirs"] == "Vagtplanen"
    assert "Vagtplanen" in refused["text"]
    assert "Alt under 5.000 kr." in refused["text"]
    assert other.data["decide"]["value"] == "Vagtplanen"


def test_the_browser_and_the_page_know_the_same_deeds() -> None:
    scripts = "\n".join(path.read_text(encoding="utf-8") for path in SCREEN.glob("*.js"))
    asked = set(re.findall(r'do: "(\w+)"', scripts)) | {"take_goal", "take_initiative"}
    source = Path(str(notebook.__file__)).read_text(encoding="utf-8")
    chooser = set(re.findall(r'message\["do"\] == "(\w+)"', source))
    assert asked == {*_OWN, *_COMMANDS, *chooser}


def test_every_kind_of_thing_the_browser_adds_has_an_id_of_its_own(hand: Hand) -> None:
    cards(hand, "Ro", "Ro", "Ro")
    hand.look("goals.prioritise")
    hand.done("add_goal", text="Ro")
    hand.done("add_initiative", text="Ro")
    hand.done("add_forum", text="Ro")
    hand.done("add_promise", text="Ro", sort="lead")
    kinds = (Card, Goal, Initiative, Forum, Commitment)
    assert all(any(isinstance(thing, kind) for thing in hand.page.session.snapshot.things.values()) for kind in kinds)
