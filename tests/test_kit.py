"""The kit as a whole: workshops started, listed, copied, taken home, brought in and taken away."""

from __future__ import annotations

import datetime as dt
import json
import queue
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from tests.domain.samples import COLLECT, add, card
from trivsel.content import languages, say
from trivsel.domain.commands import (
    Add,
    Change,
    CloseMeeting,
    MoveRoom,
    PlanActivity,
    Refusal,
    SendCard,
    ShowCards,
    TickCard,
)
from trivsel.domain.events import Document
from trivsel.domain.fields import TITLE_LIMIT
from trivsel.domain.things import WORKPLACE, Anchor, Card, Commitment, Forum, Goal, Heap, Initiative, Review
from trivsel.domain.words import Text
from trivsel.errors import KitError, Refused, StoreError, TrivselError, UnknownWorkshop
from trivsel.kit import LARGEST_FILE, Kit, database
from trivsel.store import Accepted


@pytest.fixture
def kit(tmp_path: Path) -> Iterator[Kit]:
    kit = Kit(str(tmp_path / "trivsel.db"))
    yield kit
    kit.close()


@pytest.fixture
def id(kit: Kit) -> str:
    return kit.start(title="Ro i hverdagen", workplace="Skolen", people=34, committee="amo", leads="Mette")


def go(kit: Kit, id: str, step: str) -> None:
    """Take the room to the first activity of a step."""
    session = kit.session(id)
    place = next(place for place, one, _ in session.snapshot.programme.places() if one.key == step)
    assert isinstance(session.send(MoveRoom(place, session.snapshot.place)), Accepted)


# --- starting and listing -------------------------------------------------------------------------------------------


def test_a_new_workshop_is_in_the_list(kit: Kit, id: str) -> None:
    [one] = kit.workshops("da")
    assert (one.id, one.title, one.workplace, one.people, one.language) == (id, "Ro i hverdagen", "Skolen", 34, "da")
    assert one.day == dt.datetime.now().astimezone().date()
    assert (one.standing, one.closed) == ("ikke begyndt", False)
    assert (kit.title(id), kit.language(id), kit.exists(id), kit.exists("nobody")) == (one.title, "da", True, False)


@pytest.mark.parametrize(
    ("step", "danish", "english"),
    [
        ("welcome", "ikke begyndt", "not begun"),
        ("goals", "trin 1 af 5", "step 1 of 5"),
        ("initiatives", "trin 2 af 5", "step 2 of 5"),
        ("break", "trin 2 af 5", "step 2 of 5"),
        ("evaluation", "trin 5 af 5", "step 5 of 5"),
    ],
)
def test_the_list_says_where_each_workshop_stands(kit: Kit, id: str, step: str, danish: str, english: str) -> None:
    if step != "welcome":
        go(kit, id, step)
    assert [kit.workshops(language)[0].standing for language in ("da", "en")] == [danish, english]


def test_the_list_says_when_the_group_looks_again(kit: Kit, id: str) -> None:
    session = kit.session(id)
    session.send(CloseMeeting("2026-11-23"))
    assert (kit.workshops("da")[0].standing, kit.workshops("da")[0].closed) == ("afsluttet", True)
    ahead = dt.datetime.now().astimezone().date() + dt.timedelta(days=60)
    for name, day in (("past", "2020-01-01"), ("late", ahead + dt.timedelta(days=9)), ("next", ahead)):
        session.send(add(Review(name, str(day))))
    assert kit.workshops("da")[0].standing == f"afsluttet, følges op {say('da').date(str(ahead))}"
    assert say("en").date(str(ahead)) in kit.workshops("en")[0].standing


def test_the_list_follows_what_happens_here_and_elsewhere(kit: Kit, id: str) -> None:
    other = kit.start(title="En til", language="en")
    assert {one.id for one in kit.workshops("da")} == {id, other}
    elsewhere = Kit(kit.database)
    go(elsewhere, id, "goals")
    elsewhere.delete(other)
    assert [(one.id, one.standing) for one in kit.workshops("da")] == [(id, "trin 1 af 5")]
    elsewhere.close()


def test_a_list_of_a_hundred_workshops_is_folded_once(kit: Kit) -> None:
    for number in range(100):
        kit.start(title=f"Workshop {number}")
    begun = time.perf_counter()
    first = kit.workshops("da")
    cold = time.perf_counter() - begun
    begun = time.perf_counter()
    again = kit.workshops("da")
    warm = time.perf_counter() - begun
    assert first == again
    assert len(again) == 100
    assert warm < cold / 3, f"{warm * 1000:.0f} ms the second time, {cold * 1000:.0f} ms the first"


def test_the_usual_programme_is_offered_first(kit: Kit) -> None:
    for language in languages():
        offered = kit.programmes(language)
        assert offered[0][0] == "five_questions"
        assert {key for key, _ in offered} >= {"five_questions", "one_question"}
        assert all(title for _, title in offered)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ({"title": ""}, "refusal.empty_text"),
        ({"title": "x" * 121}, "refusal.text_too_long"),
        ({"title": "Ro", "people": 0}, "refusal.number_out_of_range"),
        ({"title": "Ro", "programme": "five_qestions"}, "mistake.unknown"),
        ({"title": "Ro", "language": "xx"}, "kit.unknown_language"),
    ],
)
def test_what_cannot_be_started_is_said_in_words(kit: Kit, given: dict[str, object], key: str) -> None:
    with pytest.raises(TrivselError) as raised:
        kit.start(**given)  # type: ignore[arg-type]
    assert raised.value.key == key
    sentences = {raised.value.message(say(language)) for language in languages()}
    assert len(sentences) == len(languages())
    assert kit.workshops("da") == []


@pytest.mark.parametrize("language", languages())
def test_the_example_is_made_once_unless_a_fresh_one_is_wanted(kit: Kit, language: str) -> None:
    id = kit.example(language)
    assert kit.example(language) == id
    assert kit.language(id) == language
    assert kit.example(language, fresh=True) != id
    assert len(kit.workshops(language)) == 2
    kit.delete(id)
    assert kit.example(language) not in (id, None)


# --- copies, files and taking away ----------------------------------------------------------------------------------


def test_a_copy_has_the_frame_and_nothing_filled_in(kit: Kit, id: str) -> None:
    session = kit.session(id)
    for field, now in (
        ("hours", 40.0),
        ("end", "14:40"),
        ("leader_absent", True),
        ("leaders", 3),
        ("keeper", Text("da", "Ali")),
    ):
        was = getattr(session.snapshot.workplace, field)
        assert isinstance(session.send(Change(COLLECT, WORKPLACE, field, was, now)), Accepted)
    session.send(add(card("a"), Forum("own", Text("da", "Tavlemøde"))))
    session.send(TickCard(COLLECT, "a", "g"))
    session.send(PlanActivity("anchoring.wheel", "after"))
    go(kit, id, "resources")
    session.send(CloseMeeting("2026-11-23"))
    fresh = kit.session(kit.copy(id)).snapshot
    old = session.refresh()
    assert fresh.programme == old.programme
    assert (fresh.workplace.name, fresh.workplace.people) == (old.workplace.name, 34)
    assert (fresh.workplace.committee, fresh.workplace.hours) == ("amo", 40.0)
    assert (fresh.workplace.end, fresh.workplace.leader_absent, fresh.workplace.keeper) == (None, False, None)
    assert fresh.workplace.leaders is None
    assert fresh.of(Forum) == old.of(Forum)
    for kind in (Card, Heap, Goal, Initiative, Commitment, Review):
        assert fresh.of(kind) == []
    assert (fresh.closed, fresh.states) == (None, old.states)
    assert fresh.place == next(fresh.programme.places())[0]


def test_copies_have_titles_of_their_own(kit: Kit) -> None:
    first = kit.start(title="Et godt arbejdsliv")
    second = kit.copy(first)
    third = kit.copy(first)
    assert [kit.title(one) for one in (second, third, kit.copy(second))] == [
        f"Et godt arbejdsliv ({number})" for number in (2, 3, 4)
    ]
    kit.delete(second)
    assert kit.title(kit.copy(third)) == "Et godt arbejdsliv (2)"


@pytest.mark.parametrize(
    ("title", "numbered"),
    [
        ("x" * TITLE_LIMIT, "x" * (TITLE_LIMIT - 4) + " (2)"),
        ("Trivsel (2026)", "Trivsel (2026) (2)"),
        ("(1)", "(1) (2)"),
    ],
)
def test_a_number_fits_in_any_title(kit: Kit, title: str, numbered: str) -> None:
    assert kit.title(kit.copy(kit.start(title=title))) == numbered


def test_a_title_is_numbered_in_every_language_it_has(kit: Kit, id: str) -> None:
    session = kit.session(id)
    both = Text("da", "Et godt arbejdsliv", {"en": "A good working life"})
    session.send(Change(COLLECT, WORKPLACE, "title", session.snapshot.workplace.title, both))
    kit.start(title="A good working life (2)", language="en")
    assert kit.session(kit.copy(id)).snapshot.workplace.title == Text(
        "da", "Et godt arbejdsliv (3)", {"en": "A good working life (3)"}
    )


@pytest.mark.parametrize("language", languages())
def test_the_list_knows_what_was_copied_and_what_was_brought_in(kit: Kit, id: str, language: str) -> None:
    copied, brought, example = kit.copy(id), kit.import_json(kit.export_json(id)), kit.example(language)
    origins = {one.id: (one.origin, one.made) for one in kit.workshops(language)}
    today = dt.datetime.now().astimezone().date()
    assert origins == {
        id: ("", None), copied: ("copied", today), brought: ("imported", today), example: ("", None)
    }  # fmt: skip
    assert kit.listed(copied, language).origin == "copied"
    with pytest.raises(UnknownWorkshop):
        kit.listed("nobody", language)


@pytest.mark.parametrize("language", languages())
def test_a_workshop_comes_back_from_its_file_as_it_was(kit: Kit, language: str) -> None:
    id = kit.example(language)
    taken = kit.export_json(id)
    brought = kit.import_json(taken)
    assert brought != id
    assert kit.export_json(brought) == taken
    assert len(kit.store.records(brought)) == 1
    assert kit.title(brought) == kit.title(id)
    assert json.loads(taken)["format"] == "trivsel"
    assert kit.import_json(b"\xef\xbb\xbf" + taken)


@pytest.mark.parametrize("language", languages())
def test_the_report_is_a_page_in_the_language_asked_for(kit: Kit, language: str) -> None:
    page = kit.export_html(kit.example("da"), language).decode()
    assert f'lang="{language}"' in page


EMPTY = Document("trivsel", 1, "da", "2026-11-23", None, ())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "refusal.foreign_file"),
        (b"\x00\x01", "refusal.foreign_file"),
        (b"PK\x03\x04 a spreadsheet", "refusal.foreign_file"),
        (b"<!doctype html><p>Hej", "refusal.foreign_file"),
        (b"[]", "refusal.foreign_file"),
        (b"{}", "refusal.foreign_file"),
        (b'{"cells": [], "nbformat": 4}', "refusal.foreign_file"),
        (b'{"format": 7}', "refusal.foreign_file"),
        (b'{"format": "trivsel", "version": 1', "refusal.damaged_file"),
        (b'{"format": "trivsel", "version": 1}', "refusal.damaged_file"),
        (b'{"format": "trivsel", "version": "1"}', "refusal.damaged_file"),
        (b'{"format": "trivsel", "version": 99, "new": true}', "refusal.newer_file"),
        (b'{"a": ' + b"[" * 50_000, "refusal.damaged_file"),
        (b'{"format": "trivsel \xff"}', "refusal.damaged_file"),
        (msgspec.json.encode(EMPTY), "refusal.damaged_file"),
        (b" " * (LARGEST_FILE + 1), "kit.file_too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else value[:24],
)
def test_a_file_that_is_no_workshop_is_said_so(kit: Kit, content: bytes, key: str) -> None:
    with pytest.raises(TrivselError) as raised:
        kit.import_json(content)
    assert raised.value.key == key
    assert isinstance(raised.value, Refused | KitError)
    assert kit.workshops("da") == []


def test_a_file_cut_short_or_changed_by_hand_is_never_half_brought_in(kit: Kit) -> None:
    taken = kit.export_json(kit.example("da"))
    broken = [taken[: len(taken) * part // 17] for part in range(1, 17)]
    broken.append(taken.replace(b'"kind": "card"', b'"kind": "dog"', 1))
    broken.append(taken.replace(b'"heap-', b'"gone-', 1))
    for content in broken:
        with pytest.raises(Refused) as raised:
            kit.import_json(content)
        assert raised.value.key == "refusal.damaged_file"
    assert len(kit.workshops("da")) == 1


def test_what_is_deleted_is_gone(kit: Kit, id: str) -> None:
    kit.delete(id)
    for ask in (kit.title, kit.language, kit.delete, kit.copy, kit.export_json, kit.session):
        with pytest.raises(UnknownWorkshop):
            ask(id)
    assert kit.workshops("da") == []


def test_old_workshops_are_taken_away_together(kit: Kit, id: str) -> None:
    assert kit.purge(dt.date(2020, 1, 1)) == []
    assert kit.purge(dt.date(2099, 1, 1)) == [id]


def test_what_phones_sent_goes_before_the_plan_does(kit: Kit, id: str) -> None:
    session = kit.session(id)
    kit.door(id, open=True)
    for number in range(3):
        seat = f"seat-{number}"
        card = SendCard("goals.collect", seat, f"card-{number}", Text("da", f"Hemmeligt {number}"))
        assert not isinstance(session.send(card, seat), Refusal)
    session.send(ShowCards("goals.collect", ("card-0",)))
    session.send(Add("goals.prioritise", (Goal("goal", Text("da", "Mere ro")),)))
    assert kit.purge_answers(dt.date(2099, 1, 1)) == []
    session.send(CloseMeeting("2026-11-12"))
    assert kit.purge_answers(dt.date(2026, 11, 12)) == []
    assert kit.purge_answers(dt.date(2099, 1, 1)) == [id]
    assert kit.purge_answers(dt.date(2099, 1, 1)) == []
    assert "Hemmeligt" not in repr(kit.store.records(id))
    assert [goal.title.text for goal in kit.snapshot(id).of(Goal)] == ["Mere ro"]
    assert kit.snapshot(id).of(Card) == []


def test_a_page_of_the_kit_hears_of_what_another_did(kit: Kit, id: str) -> None:
    heard: queue.Queue[int] = queue.Queue()
    stop = kit.feed.watch(id, lambda snapshot: heard.put(snapshot.seq))
    kit.session(id).send(add(card("a")))
    assert heard.get(timeout=10) == 2
    stop()


# --- the database ---------------------------------------------------------------------------------------------------


def test_the_database_is_the_one_chosen_else_the_one_of_the_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "data"))
    monkeypatch.delenv("TRIVSEL_DATABASE", raising=False)
    assert database().startswith(f"sqlite:///{tmp_path}")
    monkeypatch.setenv("TRIVSEL_DATABASE", f"sqlite:///{tmp_path}/other.db")
    assert database() == f"sqlite:///{tmp_path}/other.db"
    assert database(str(tmp_path / "third.db")) == f"sqlite:///{tmp_path}/third.db"


def test_a_database_that_answers_is_well(kit: Kit) -> None:
    kit.ping()


def test_a_database_that_cannot_be_used_is_said_so_in_both_languages(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a database. " * 100)
    with pytest.raises(StoreError) as raised:
        Kit(str(tmp_path / "notes.txt"))
    for language in languages():
        assert "notes.txt" in raised.value.message(say(language))


def test_a_report_brings_its_plan_back_without_the_cards(kit: Kit) -> None:
    """What the group chose is inside the report; what each of them wrote is not."""
    id = kit.example("da")
    back = kit.session(kit.import_json(kit.export_html(id, "da"))).snapshot
    there = kit.session(id).snapshot
    assert [goal.title for goal in back.chosen()] == [goal.title for goal in there.chosen()]
    assert [one.title for one in back.tried()] == [one.title for one in there.tried()]
    assert back.of(Anchor) == there.of(Anchor)
    assert back.of(Card) == []
