"""What every activity shows: plain data, whole sentences, both languages, and people's text as they wrote it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from tests.widgets.browserless import Hand, Plain, strings
from trivsel.content import programme, programmes, say
from trivsel.domain.programme import Kind
from trivsel.kit import Kit
from trivsel_widgets.views.frame import WORK

PLACES = [place for place, _, _ in programme("five_questions").places()]
LANGUAGES = ("da", "en")
SCREEN = Path(__file__).resolve().parents[2] / "widgets" / "trivsel_widgets" / "screen"
OPEN_PLACE = re.compile(r"\{\w+\}")
ODD = '<script>alert("x")</script> {{ 7*7 }} {text} $x^2$ =1+1 🌱 مرحبا'


@pytest.fixture
def example(kit: Kit) -> Callable[[str], str]:
    return kit.example


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_an_activity_of_the_example_is_shown_in_whole_sentences(
    example: Callable[[str], str], open_page: Callable[..., Hand], place: str, language: str
) -> None:
    assert_whole(open_page(example("da"), place, language).view, language, place)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("place", PLACES)
def test_an_activity_of_a_new_workshop_is_shown_in_whole_sentences(
    workshop: str, open_page: Callable[..., Hand], place: str, language: str
) -> None:
    assert_whole(open_page(workshop, place, language).view, language, place)


def assert_whole(view: Plain, language: str, place: str) -> None:
    """Everything is in the language asked for, and no place in a text has been left open."""
    assert (view["language"], view["place"]) == (language, place)
    step, activity = programme("five_questions").find(place) or (None, None)
    assert step is not None
    assert activity is not None
    assert (view["question"], view["why"]) == (activity.question[language], activity.why[language])
    assert step.title[language] in view["main"]
    assert all(view[key] for key in ("kind", "title", "main", "question", "why", "colour"))
    assert [path for path, text in strings(view) if OPEN_PLACE.search(text)] == []
    assert [path for path, text in strings(view) if text != text.strip() and "svg" not in text] == []


def test_every_kind_of_activity_has_a_view_and_a_work_area_in_the_browser() -> None:
    assert set(WORK) == set(get_args(Kind))
    drawn = re.search(r"const KINDS = \{(.*?)\};", source("screen"), re.DOTALL)
    assert drawn is not None
    assert set(re.findall(r"(\w+):", drawn[1])) == {*WORK, "choose"}


@cache
def source(name: str) -> str:
    return (SCREEN / f"{name}.js").read_text(encoding="utf-8")


def scripts() -> str:
    return "\n".join(source(path.stem) for path in SCREEN.glob("*.js"))


def test_every_word_the_browser_asks_for_is_there_and_none_is_left_over() -> None:
    asked = set(re.findall(r"\b(?:w|words)\.([a-z]\w*)", scripts())) - {"map"}
    python = "\n".join(path.read_text(encoding="utf-8") for path in SCREEN.parent.rglob("*.py"))
    known = set(say("da").words("screen"))
    assert asked - known == set()
    assert known - asked - set(re.findall(r'"screen\.(\w+)"', python)) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_people_s_text_stays_text_wherever_it_is_shown(
    hand: Hand, open_page: Callable[..., Hand], language: str
) -> None:
    hand.look("goals.collect")
    hand.done("add_card", text=ODD)
    hand.look("initiatives.collect")
    hand.done("add_initiative", text=ODD)
    hand.look("goals.prioritise")
    (card,) = hand.data["cards"]
    hand.done("tick_card", card=card["id"], goal="goal-1")
    hand.look("initiatives.decide")
    (row,) = hand.data["rows"]
    assert hand.change(row["decision"], "yes") is None
    hand.look("anchoring.commitments")
    hand.done("add_promise", text=ODD, sort="lead")
    other = open_page(hand.page.session.id, language=language)
    for place in PLACES:
        other.look(place)
        marked = [(path, text) for path, text in strings(other.view) if "alert(" in text]
        in_figures = [text for _, text in marked if text.startswith("<svg")]
        assert all("<script" not in text for text in in_figures), place
        assert all(ODD in text for _, text in marked if text not in in_figures), place


def test_numbers_and_dates_stand_as_the_language_writes_them(kit: Kit, open_page: Callable[..., Hand]) -> None:
    page = open_page(kit.example("da"), "resources.needs")
    assert page.done("language", language="en")
    page.done("change", **{**changed(page.data["rows"][0]["money"]), "now": "12,500"})
    assert page.data["rows"][0]["money"]["value"] == "12,500"
    page.done("language", language="da")
    assert page.data["rows"][0]["money"]["value"] == "12.500"
    assert re.fullmatch(r"\d\d\.\d\d\.\d{4}", page.look("anchoring.routines")["rows"][0]["first"]["value"])


def changed(field: Plain) -> Plain:
    return {"id": field["id"], "field": field["field"], "was": field["was"]}


def test_an_activity_that_is_switched_off_has_no_tab_unless_it_is_shown(hand: Hand) -> None:
    hand.look("goals.collect")
    hand.done("plan", place="goals.group", state="after")
    assert "goals.group" not in [one["place"] for one in hand.view["activities"]]
    hand.look("goals.group")
    assert "goals.group" in [one["place"] for one in hand.view["activities"]]
    assert "goals.group" not in (hand.view["foot"]["next"] or {}).get("place", "")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", [key for key in programmes() if key != "five_questions"])
def test_the_engine_is_not_the_five_steps(kit: Kit, open_page: Callable[..., Hand], key: str, language: str) -> None:
    page = open_page(kit.start(title="Lige nu", programme=key, language=language), language=language)
    for place, step, activity in programme(key).places():
        page.look(place)
        assert page.view["question"] == activity.question[language]
        assert [tab["title"] for tab in page.view["steps"]] == [step.title[language]]


def test_a_small_programme_is_walked_from_its_card_to_its_choice(kit: Kit, open_page: Callable[..., Hand]) -> None:
    page = open_page(kit.start(title="Lige nu", programme="one_question"))
    page.done("add_card", text="Vagtplanen")
    assert page.view["foot"]["next"] is None
    page.done("plan", place="now.prioritise", state="meeting")
    page.done("room", place=page.view["foot"]["next"]["place"], was=page.view["foot"]["next"]["was"])
    (card,) = page.data["cards"]
    snapshot = page.done("tick_card", card=card["id"], goal="goal-1")
    assert [goal.title.text for goal in snapshot.chosen()] == ["Vagtplanen"]


@pytest.mark.parametrize(("language", "quoted"), [("da", "”Mere ro”"), ("en", "“Mere ro”")])
def test_advice_quotes_as_its_language_does(
    hand: Hand, open_page: Callable[..., Hand], language: str, quoted: str
) -> None:
    hand.look("goals.measure")
    hand.done("add_goal", text="Mere ro")
    assert hand.change(hand.data["goals"][0]["chosen"], True) is None
    hand.done("room", place="initiatives.collect", was="welcome.welcome")
    page = open_page(hand.page.session.id, language=language)
    assert quoted in page.view["foot"]["advice"]["text"]
