"""What stands in a notebook: the shared screen of a workshop, or a list to choose one from."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.widgets.browserless import Chooser, Hand
from trivsel.kit import Kit
from trivsel_widgets.notebook import Shown


def page_of(shown: Shown) -> Hand:
    assert shown.page is not None
    return Hand(shown.page)


def test_an_address_opens_its_workshop_at_its_activity(open_notebook: Callable[..., Shown], workshop: str) -> None:
    assert page_of(open_notebook(workshop, "initiatives.decide")).view["place"] == "initiatives.decide"


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("step", ["nowhere", "nowhere.group", "goals.nowhere"])
def test_an_unknown_place_in_the_address_is_said_and_something_else_is_shown(
    open_notebook: Callable[..., Shown], workshop: str, step: str, language: str
) -> None:
    view = page_of(open_notebook(workshop, step, language=language)).view
    assert step in view["problem"]
    assert len(view["problem"]) > 30
    assert view["place"] == ("goals.collect" if step.startswith("goals") else "welcome.welcome")


def test_a_known_place_is_no_problem(open_notebook: Callable[..., Shown], workshop: str) -> None:
    for step in (None, "goals", "goals.group"):
        assert page_of(open_notebook(workshop, step)).view["problem"] == ""


@pytest.mark.parametrize("step", ["goals", "initiatives", "resources", "anchoring", "evaluation"])
def test_a_notebook_of_one_step_begins_there(open_notebook: Callable[..., Shown], workshop: str, step: str) -> None:
    assert page_of(open_notebook(workshop, only=step)).view["place"].startswith(f"{step}.")


@pytest.mark.parametrize("language", ["da", "en"])
def test_an_unknown_workshop_gives_the_list_with_the_reason(
    open_notebook: Callable[..., Shown], workshop: str, language: str
) -> None:
    view = Chooser(open_notebook("no-such", language=language)).view
    assert view["kind"] == "choose"
    assert len(view["problem"]) > 20
    assert [one["title"] for one in view["workshops"]] == ["Værkstedet"]


def test_without_an_address_there_is_a_list(chooser: Chooser, workshop: str) -> None:
    chooser.shown.choose()
    assert chooser.view["problem"] == ""
    assert [one["id"] for one in chooser.view["workshops"]] == [workshop]


def test_a_workshop_is_opened_from_the_list(chooser: Chooser, workshop: str) -> None:
    assert chooser.do("open", workshop=workshop) is None
    assert page_of(chooser.shown).page.session.id == workshop


def test_a_workshop_that_has_gone_leaves_the_list_with_the_reason(chooser: Chooser) -> None:
    chooser.do("open", workshop="gone")
    assert chooser.view["kind"] == "choose"
    assert len(chooser.view["problem"]) > 20


def test_the_example_is_opened_from_the_list(chooser: Chooser) -> None:
    assert chooser.do("example") is None
    assert page_of(chooser.shown).view["kind"] == "close"


def test_a_new_workshop_begins_from_the_list(chooser: Chooser, kit: Kit) -> None:
    assert chooser.do("start", title="Et godt arbejdsliv") is None
    assert page_of(chooser.shown).view["kind"] == "welcome"
    assert [one.title for one in kit.workshops("da")] == ["Et godt arbejdsliv"]


@pytest.mark.parametrize("message", [{"do": "start", "title": " "}, {"do": "start", "title": "x" * 500}])
def test_a_title_that_will_not_do_is_refused_in_words(chooser: Chooser, kit: Kit, message: dict[str, str]) -> None:
    refused = chooser.do(**{"what": message["do"], "title": message["title"]})
    assert refused is not None
    assert len(refused["text"]) > 20
    assert kit.workshops("da") == []


@pytest.mark.parametrize("what", ["dance", "open", "start"])
def test_a_message_without_sense_is_answered_in_words(chooser: Chooser, what: str) -> None:
    refused = chooser.do(what)
    assert refused is not None
    assert len(refused["text"]) > 20
