"""What a wise colleague would point out: when each finding comes and goes, who it is for, and where it leads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.domain.samples import (
    ALLOCATE,
    ANCHOR,
    COMMIT,
    DECIDE,
    IDEAS,
    MEASURE,
    PLACES,
    PLAN,
    PRIORITISE,
    PROGRAMME,
    START,
    Meeting,
    add,
    change,
    goal,
    initiative,
    text,
)
from tests.domain.strategies import actor
from tests.domain.strategies import command as drawn
from trivsel.domain import advice as module
from trivsel.domain import commands as c
from trivsel.domain.advice import Finding, findings
from trivsel.domain.calendar import Away, Calendar
from trivsel.domain.tasks import task_id
from trivsel.domain.things import WORKPLACE, Commitment, Goal, Initiative, Review, Task
from trivsel.domain.workshop import Snapshot

WELCOME, BARRIERS, CLOSE = PLACES[0], "initiatives.barriers", "evaluation.close"
CALENDAR = Calendar(
    (Away({"da": "i juli"}, first="07-01", last="07-31"), Away({"da": "en søndag"}, weekday=7)),
    {"2027-05-06": {"da": "Kristi himmelfartsdag"}},
)

Commands = tuple[c.Command, ...]


def at(place: str, *commands: c.Command) -> Meeting:
    """A workshop in which this has happened and the room has come to ``place``."""
    meeting = Meeting(START, *commands)
    for here in PLACES[1 : PLACES.index(place) + 1]:
        meeting.must(c.MoveRoom(here, meeting.snapshot.place))
    return meeting


def found(snapshot: Snapshot, *, whole: bool = False) -> dict[str, Finding]:
    return {finding.key: finding for finding in findings(snapshot, CALENDAR, whole=whole)}


def keys(meeting: Meeting, *, whole: bool = False) -> list[str]:
    return list(found(meeting.snapshot, whole=whole))


def know(**fields: object) -> Commands:
    """Something comes to be known of the workplace."""
    return tuple(change(WORKPLACE, field, False if now is True else None, now) for field, now in fields.items())


def trying(*ids: str, yes: bool = True, **fields: object) -> Commands:
    """A goal, and these initiatives tried for it."""
    things = (
        add(goal("g", chosen=True, sign=text("Vi ler")), place=PRIORITISE),
        *(add(initiative(id, id.upper(), **{"goals": ("g",), **fields}), place=IDEAS) for id in ids),
    )
    return (*things, *(change(id, "decision", "", "yes", place=DECIDE) for id in ids if yes))


def held(id: str, **fields: str) -> Commands:
    """Where an initiative lives: texts of people, else as it is written."""
    return tuple(
        change(f"anchor-{id}", field, None, text(now) if field in ("responsible", "deputy") else now, place=ANCHOR)
        for field, now in fields.items()
    )


def review(*days: str) -> c.Command:
    return add(*(Review(f"review-{day}", day) for day in days), place=PLAN)


def must(**fields: object) -> Commands:
    """What the law asks of the employer."""
    return (add(initiative("d", "D", duty="yes", **fields), place=IDEAS),)


CLOSED = c.CloseMeeting("2026-11-23")


def done(place: str, tick: bool = True) -> c.Command:
    """Somebody has ticked off what was to be asked after the meeting."""
    return add(Task(task_id(place), place, done=tick))


def answered(*after: c.Command) -> Commands:
    """Six phones give a dot each, and what was counted is shown; ``after`` happens before that."""
    votes = (c.CastVote(PRIORITISE, f"seat-{n}", 1, {"g": 1}) for n in range(6))
    door = c.OpenDoor("KVX742", "2026-11-23", begin=False)
    return (door, add(goal("g")), *votes, c.CloseAnswers(PRIORITISE), *after, c.ShowResults(PRIORITISE))


SURE = (
    *trying("i"),
    *know(hours=100.0, money=0.0),
    *held("i", forum="forum-staff", first="2027-01-11", responsible="Mette", deputy="Ali"),
    add(Commitment("p", "time", text("To timer")), place=COMMIT),
    review("2027-02-22"),
)
"""A plan with nothing to point out."""


def test_a_plan_that_lacks_nothing_needs_no_advice() -> None:
    assert keys(at(CLOSE, *SURE), whole=True) == []


COMES: list[tuple[str, str, Commands, Commands]] = [
    # key, where it is mended, what has happened, and what makes it go away
    (
        "nothing_to_measure", MEASURE,
        (add(goal("g", chosen=True)),), (change("g", "sign", None, text("Vi ler")),),
    ),
    (
        "goal_without_initiative", DECIDE,
        trying("i", yes=False), (change("i", "decision", "", "yes"),),
    ),
    (
        "somebody_left_out", BARRIERS,
        trying("i", barriers=("night",)), (change("i", "alternative", None, text("Også kl. 21")),),
    ),
    (
        "somebody_left_out", BARRIERS,
        trying("i", yes=False, barriers=("night",)), (change("i", "barriers", ("night",), ()),),
    ),
    (
        "initiative_without_goal", DECIDE,
        (add(goal("g"), goal("h")), *trying("i", goals=())[1:]), (change("i", "goals", (), ("h",)),),
    ),
    (
        "too_many", DECIDE,
        trying("i", "j", "k", "l"), (change("k", "decision", "yes", "later"),),
    ),
    (
        "only_individual", DECIDE,
        trying("i", "j", levels=("I",)), (change("j", "levels", ("I",), ("I", "O")),),
    ),
    (
        "duty_not_passed_on", DECIDE,
        must(), (change("d", "duty_who", None, text("Lederen")), change("d", "duty_when", None, "2027-02-01")),
    ),
    (
        "duty_kept", DECIDE,
        trying("i", duty="part", approver="ourselves"), (change("i", "approver", "ourselves", "amo"),),
    ),
    (
        "nobody_says_yes", DECIDE,
        (*trying("i"), change("i", "approver", "ourselves", None)), (change("i", "approver", None, "leader"),),
    ),
    (
        "yes_not_asked", COMMIT,
        (*trying("i", approver="leader"), *know(leader_absent=True)), know(asks=text("TR på fredag")),
    ),
    (
        "duty_not_sent", DECIDE,
        (*must(duty_who=text("Lederen"), duty_when="2027-01-11"), CLOSED), (done("duty-d"),),
    ),
    ("yes_not_sought", DECIDE, (*trying("i", approver="amo"), CLOSED), (done("yes-i"),)),
    (
        "nobody_gets_it", ALLOCATE,
        (*trying("i"), change("resource-i", "missing", None, text("Et kursus"))),
        (change("resource-i", "who", None, text("Teamlederen")),),
    ),
    ("no_forum", ANCHOR, trying("i"), held("i", forum="forum-staff")),
    ("nobody_responsible", ANCHOR, trying("i"), held("i", responsible="Mette")),
    ("no_deputy", ANCHOR, (*trying("i"), *held("i", responsible="Mette")), held("i", deputy="Ali")),
    (
        "same_person", ANCHOR,
        (*trying("i"), *held("i", responsible="Mette  Holm", deputy="mette holm ")),
        (change("anchor-i", "deputy", text("mette holm "), text("Ali")),),
    ),
    (
        "deadline_gone", MEASURE,
        (add(goal("g", chosen=True, due="2026-06-01")),), (change("g", "due", "2026-06-01", "2027-06-01"),),
    ),
    ("deadline_gone", DECIDE, must(duty_when="2026-06-01"), (change("d", "duty_when", "2026-06-01", "2026-11-23"),)),
    (
        "deadline_gone", COMMIT,
        (add(Commitment("p", "time", text("To timer"), date="2026-06-01")),),
        (change("p", "date", "2026-06-01", None),),
    ),
    (
        "first_gone", ANCHOR,
        (*trying("i"), *held("i", first="2026-11-22")),
        (change("anchor-i", "first", "2026-11-22", "2026-11-23"),),
    ),
    (
        "first_away", ANCHOR,
        (*trying("i"), *held("i", first="2027-07-12")),
        (change("anchor-i", "first", "2027-07-12", "2027-08-02"),),
    ),
    ("no_review", PLAN, trying("i"), (review("2027-02-22"),)),
    ("review_gone", PLAN, (review("2026-01-11"),), (change("review-2026-01-11", "date", "2026-01-11", "2027-01-11"),)),
    ("review_far", PLAN, (review("2027-11-24"),), (review("2027-05-24"),)),
    ("review_away", PLAN, (review("2027-05-06"),), (change("review-2027-05-06", "date", "2027-05-06", "2027-05-10"),)),
    ("frame_unknown", WELCOME, (), know(hours=0.0)),
    ("frame_unknown", WELCOME, (), know(money=5000.0)),
    (
        "more_hours", ALLOCATE,
        (*trying("i"), *know(hours=8.0)), (change(WORKPLACE, "hours", 8.0, 10.0),),
    ),
    (
        "more_money", ALLOCATE,
        (*trying("i"), *know(money=400.0), change("resource-i", "money", 0.0, 500.0)),
        (change("resource-i", "money", 500.0, 400.0),),
    ),
    ("no_promise", COMMIT, (), (add(Commitment("p", "time", text("To timer"))),)),
    ("nobody_asks", COMMIT, know(leader_absent=True), know(asks=text("AMR på mandag"))),
    ("one_side", PRIORITISE, answered(), know(leader_absent=True)),
    (
        "one_carries", ANCHOR,
        (*trying("i", "j"), *held("i", responsible="Mette"), *held("j", responsible="mette")),
        (change("anchor-j", "responsible", text("mette"), text("Ali")),),
    ),
    (
        "duty_on_representative", DECIDE,
        must(duty_who=text("AMR")), (change("d", "duty_who", text("AMR"), text("Lederen og AMR")),),
    ),
]  # fmt: skip


@pytest.mark.parametrize(("key", "place", "commands", "mended"), COMES, ids=[row[0] for row in COMES])
def test_a_finding_comes_leads_to_where_it_is_mended_and_goes_away(
    key: str, place: str, commands: Commands, mended: Commands
) -> None:
    meeting = at(CLOSE, *commands)
    assert found(meeting.snapshot)[key].place == place
    for command in mended:
        meeting.must(command)
    assert key not in keys(meeting)
    assert key not in keys(meeting, whole=True)


@pytest.mark.parametrize(("key", "place", "commands", "_"), COMES, ids=[row[0] for row in COMES])
def test_nobody_is_told_before_the_room_has_been_where_it_is_mended(
    key: str, place: str, commands: Commands, _: Commands
) -> None:
    at_once = key in AT_ONCE
    before = at(PLACES[PLACES.index(place) - at_once], *commands)
    assert key not in keys(before)
    assert key in keys(before, whole=True)
    after = at(PLACES[PLACES.index(place) - at_once + 1], *commands)
    assert key in keys(after)
    assert not at_once or keys(after)[0] in AT_ONCE


@pytest.mark.parametrize(("key", "place", "commands", "_"), COMES, ids=[row[0] for row in COMES])
def test_a_plan_is_not_faulted_for_what_it_left_out(key: str, place: str, commands: Commands, _: Commands) -> None:
    meeting = at(CLOSE, *commands)
    for activity in (place, *([IDEAS] if place == DECIDE else [])):
        meeting.must(c.PlanActivity(activity, "after"))
    assert key not in keys(meeting) or key == "one_side"


AT_ONCE = {"too_many", "same_person", "deadline_gone", "first_gone", "first_away", "review_gone", "review_away"}
"""About what somebody has just chosen: said first, while the room is still there."""
PRESENTER = {
    "frame_unknown", "more_hours", "more_money", "no_promise", "nobody_asks", "one_side", "one_carries",
    "duty_on_representative",
}  # fmt: skip


def test_what_is_about_people_or_management_is_for_the_presenter_and_everything_else_for_all() -> None:
    audience = {key: found(at(CLOSE, *commands).snapshot)[key].audience for key, _, commands, _ in COMES}
    assert {key for key, who in audience.items() if who == "presenter"} == PRESENTER


def test_every_finding_there_is_has_been_seen_to_come_and_go() -> None:
    folder = Path(module.__file__).parent
    code = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    assert {row[0] for row in COMES} == set(re.findall(r'(?:Finding|about|_gone|_away)\(\s*"(\w+)"', code))


EDGES: list[tuple[str, bool, Commands]] = [
    # Three at a time is what most places can hold.
    ("too_many", False, trying("i", "j", "k")),
    # Nobody is left out of what was turned down, of what is done already, or of what is not asked about.
    ("somebody_left_out", False, (*trying("i", yes=False, barriers=("night",)), change("i", "decision", "", "no"))),
    ("somebody_left_out", False, trying("i", yes=False, works=True, barriers=("night",))),
    ("somebody_left_out", False, (*trying("j"), add(initiative("i", barriers=("night",))))),
    ("only_individual", False, ()),
    ("only_individual", False, (*trying("i", levels=("I",)), *trying("j", levels=("L",))[1:])),
    ("only_individual", False, trying("i")),
    # Who takes the duty is not enough without a day, nor the day without a person.
    ("duty_not_passed_on", True, must(duty_who=text("Lederen"))),
    ("duty_not_passed_on", True, must(duty_when="2027-02-01")),
    ("duty_kept", True, trying("i", duty="part")),
    ("duty_kept", False, trying("i", duty="part", approver="leader")),
    # Nothing is decided in the employer's place, so nobody asks twice who must say yes.
    ("nobody_says_yes", False, (*trying("i", duty="part"), change("i", "approver", "ourselves", None))),
    ("yes_not_asked", False, trying("i", approver="leader")),
    ("yes_not_asked", True, (*trying("i", approver="top"), *know(leader_absent=True))),
    ("yes_not_asked", False, (*trying("i", approver="ourselves"), *know(leader_absent=True))),
    # Nobody is asked during the meeting; what the group decides by itself needs nobody's yes.
    ("duty_not_sent", False, must()),
    ("duty_not_sent", True, (*must(), CLOSED, done("duty-d", False))),
    ("yes_not_sought", False, trying("i", approver="top")),
    ("yes_not_sought", False, (*trying("i", approver="ourselves"), CLOSED)),
    ("yes_not_sought", True, (*trying("i", approver="leader"), CLOSED, done("yes-i", False))),
    ("nobody_gets_it", False, (*trying("i"), change("resource-i", "who", None, text("Teamlederen")))),
    ("same_person", False, trying("i")),
    ("no_deputy", False, trying("i")),
    ("no_review", False, ()),
    ("deadline_gone", False, (add(goal("g", due="2026-06-01")), *must(duty_when="2026-11-23"))),
    ("review_gone", False, (review("2026-11-23"),)),
    # A year to the day, and a year's day that was moved because many are away; then a day more.
    ("review_far", False, (review("2027-11-23"),)),
    ("review_far", False, (*trying("i"), *held("i", first="2026-12-06"), review("2027-12-06"))),
    ("review_far", False, (*trying("i"), *held("i", first="2027-07-05"), review("2028-08-01"))),
    ("review_far", True, (*trying("i"), *held("i", first="2027-07-05"), review("2028-08-02"))),
    ("review_far", True, (review("2027-05-24", "2028-05-25"),)),
    ("review_far", False, (review("2026-01-11"),)),
    ("review_away", True, (review("2027-11-21"),)),
    ("frame_unknown", True, know(limits=text("Ikke flere timer"))),
    ("more_hours", False, (*trying("i"), *know(hours=10.0))),
    ("more_hours", False, trying("i")),
    ("more_hours", True, (*trying("i", "j"), *know(hours=19.0))),
    ("more_money", False, (*trying("i"), *know(money=0.0))),
    # Management that was not there cannot promise; once somebody asks it, there is nothing more to do in the room.
    ("no_promise", False, know(leader_absent=True)),
    ("nobody_asks", False, ()),
    ("nobody_asks", False, (*know(leader_absent=True), add(Commitment("p", "time", text("To timer"))))),
    ("one_side", False, answered(c.AnswerForManagement(PRIORITISE, {"g": 1}))),
    ("one_side", False, answered()[:-1]),
    ("one_side", False, (*know(leaders=6), *answered())),
    # Half is not more than half, and one initiative has to be somebody's.
    ("one_carries", False, (*trying("i", "j"), *held("i", responsible="Mette"), *held("j", responsible="Ali"))),
    ("one_carries", False, (*trying("i", "j"), *held("i", responsible="Mette"))),
    ("one_carries", False, (*trying("i"), *held("i", responsible="Mette"))),
    ("one_carries", True, (*trying("i", "j", "k"), *held("i", responsible="Mette"), *held("k", responsible="Mette"))),
]


@pytest.mark.parametrize(("key", "there", "commands"), EDGES, ids=[row[0] for row in EDGES])
def test_where_the_edge_is(key: str, there: bool, commands: Commands) -> None:
    assert (key in keys(at(CLOSE, *commands))) is there


@pytest.mark.parametrize(
    ("who", "theirs"),
    [
        ("AMR", True),
        ("TR og AMR", True),
        ("FTR", True),
        ("vores tr", True),
        ("Arbejdsmiljørepræsentanten", True),
        ("Fællestillidsrepræsentanten på nathold", True),
        ("The safety representative", True),
        ("Union rep", True),
        ("Shop steward", True),
        ("AMO", False),
        ("Centerlederen", False),
        ("Centerlederen og arbejdsmiljørepræsentanten", False),
        ("Plejehjemmets ledelse med TR", False),
        ("HR-chefen", False),
        ("Care home manager and safety representative", False),
        ("Trine", False),
        ("Sales representative", False),
    ],
)
def test_the_employers_duty_is_not_put_on_a_representative_alone(who: str, theirs: bool) -> None:
    assert ("duty_on_representative" in keys(at(CLOSE, *must(duty_who=text(who))))) is theirs


def test_a_small_programme_is_not_asked_for_a_frame_it_has_no_use_for() -> None:
    steps = tuple(step for step in PROGRAMME.steps if step.key in ("welcome", "goals"))
    meeting = Meeting(replace(START, programme=replace(PROGRAMME, steps=steps)), add(goal("g", chosen=True)))
    assert keys(meeting, whole=True) == ["nothing_to_measure"]


def test_a_finding_names_what_it_is_about() -> None:
    meeting = at(CLOSE, *trying("i", "j"), *held("j", responsible="Mette"), review("2027-07-11", "2027-07-12"))
    here = found(meeting.snapshot)
    assert (here["nobody_responsible"].about, here["nobody_responsible"].ids) == ((text("I"),), ("i",))
    assert (here["review_away"].day, here["review_away"].what) == ("2027-07-11", {"da": "i juli"})
    assert here["no_deputy"].ids == ("j",)


def test_a_finding_knows_who_and_how_much() -> None:
    carried = (*held("i", responsible="Mette"), *held("j", responsible="METTE"))
    here = found(at(CLOSE, *trying("i", "j"), *know(hours=15.0), *carried).snapshot)
    assert here["one_carries"].who == text("Mette")
    assert (here["more_hours"].needed, here["more_hours"].available) == (20, 15)


def test_a_finding_never_stands_in_the_way() -> None:
    """With everything wrong at once the meeting still goes on, and can be closed."""
    commands = (
        *trying("i", "j", "k", "l", levels=("I",), barriers=("night",)), *must(duty_who=text("AMR")),
        *held("i", first="2026-01-01", responsible="Mette", deputy="Mette"), review("2026-01-11", "2028-07-12"),
    )  # fmt: skip
    meeting = at(CLOSE, *commands)
    assert len(keys(meeting)) > 10
    meeting.must(c.CloseMeeting("2026-11-23"))
    assert meeting.snapshot.closed


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data(), st.integers(1, 30), st.sampled_from([(), *(row[2] for row in COMES)]))
def test_whatever_people_do_each_finding_is_said_once_about_what_is_there(
    data: st.DataObject, steps: int, commands: Commands
) -> None:
    meeting = at(CLOSE, *commands)
    for _ in range(steps):
        command = drawn(data.draw, meeting.snapshot)
        meeting.try_(command, actor(data.draw, command))
    snapshot = meeting.snapshot
    said = findings(snapshot, CALENDAR, whole=True)
    assert len({finding.key for finding in said}) == len(said)
    assert {finding.key for finding in findings(snapshot, CALENDAR)} <= {finding.key for finding in said}
    for finding in said:
        assert snapshot.programme.find(finding.place)
        assert all(isinstance(snapshot.things[id], Goal | Initiative) for id in finding.ids)
