"""The folder a trainer copies works as it is, and what its README says is so."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from trivsel.content import ContentError, goals, ideas_for, initiatives, place, programme, programmes, say
from trivsel.domain.programme import Kind
from trivsel.domain.things import RHYTHMS, Goal
from trivsel.domain.words import Text

README = place("data_templates", "to_adapt", "README.md").read_text("utf-8")


@pytest.fixture
def copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trainer's copy of the folder, named to the kit."""
    folder = tmp_path / "mit trivsel"
    shutil.copytree(place("data_templates", "to_adapt"), folder)
    monkeypatch.setenv("TRIVSEL_CONTENT", str(folder))
    return folder


@pytest.mark.usefixtures("copy")
def test_the_copy_adds_a_programme_words_a_goal_and_an_idea() -> None:
    places = [where for where, _, _ in programme("crew_talk").places()]
    assert places[:3] == ["crew_talk.talk", "crew_talk.sort", "crew_talk.choose"]
    assert programme("crew_talk").title["da"] in README
    assert say("da")("choice.approver_su") == "MED-udvalget"
    own = goals()[-1]
    assert (len(goals()), len(initiatives()), own.id) == (36, 67, "OWN1")
    assert ideas_for([Goal(id="a", title=Text("da", "x"), entry=own)]).fitting[0].id == "OWN1"


def test_the_readme_tells_of_every_kind_and_every_rhythm_in_both_languages() -> None:
    for half in README.split("## English"):
        assert set(re.findall(r"`(\w+)` \|", half)) >= set(get_args(Kind))
        assert all(f"`{rhythm}`" in half for rhythm in RHYTHMS)


def test_the_mistake_the_readme_shows_is_told_in_these_words(copy: Path) -> None:
    step = copy / "steps" / "crew_talk.toml"
    step.write_text(step.read_text("utf-8").replace('"collect"', '"colect"'), "utf-8")
    with pytest.raises(ContentError) as caught:
        programmes()
    assert f"    {caught.value.say('da')}\n" in README
    assert f"    {caught.value}\n" in README
