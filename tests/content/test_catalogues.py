"""The catalogues are whole, link to each other and can be changed in a spreadsheet."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from trivsel.content import ContentError, goals, ideas_for, initiatives, languages, nearest_goal, place
from trivsel.domain.programme import GoalEntry
from trivsel.domain.things import Goal
from trivsel.domain.words import Text

NEVER = {"G01", "G02", "G03", "G04", "G06", "G16", "G17", "G19", "G35"}


def test_every_row_is_there_in_every_language() -> None:
    assert sorted(entry.id for entry in goals()) == [f"G{number:02}" for number in range(1, 36)]
    assert sorted(entry.id for entry in initiatives()) == [f"I{number:02}" for number in range(1, 67)]
    for goal in goals():
        for words in (goal.title, goal.indicator, goal.unit, goal.data_source):
            assert set(words) == set(languages())
            assert all(words.values())
    for idea in initiatives():
        for words in (idea.category, idea.title, idea.description):
            assert set(words) == set(languages())
            assert all(words.values())


def test_initiatives_link_to_goals_that_are_there_and_every_goal_has_an_idea() -> None:
    ids = {goal.id for goal in goals()}
    linked = {goal for idea in initiatives() for goal in idea.goals}
    assert linked == ids


def test_what_is_never_shown_in_the_room_and_for_how_few() -> None:
    assert {goal.id for goal in goals() if goal.never_in_the_room} == NEVER
    assert all(goal.smallest_group >= 5 for goal in goals())


def test_what_is_not_verified_says_so() -> None:
    assert all(idea.source.startswith("Not verified here") for idea in initiatives() if not idea.verified)
    assert all(idea.source.startswith("Verified") for idea in initiatives() if idea.verified)


def test_the_files_open_in_a_danish_spreadsheet() -> None:
    for name in ("goals.csv", "initiatives.csv"):
        data = place("catalogues", name).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.splitlines()[0].count(b";") > 10


# --- ideas ----------------------------------------------------------------------------------------------------------


def goal(id: str, entry: str | None = None) -> Goal:
    found = next((one for one in goals() if one.id == entry), None)
    return Goal(id=id, title=Text("da", id), entry=found, chosen=True)


def test_ideas_for_the_goals_begin_with_the_organisation_and_end_with_the_individual() -> None:
    found = ideas_for([goal("a", "G24"), goal("b", "G16")])
    ranks = [0 if set(idea.levels) & {"O", "L"} else 1 if "G" in idea.levels else 2 for idea in found.fitting]
    assert ranks == sorted(ranks)
    assert all({"G24", "G16"} & set(idea.goals) for idea in found.fitting)
    assert len(found.fitting) + len(found.others) == 66
    assert found.unmatched == ()


def test_an_idea_that_serves_two_goals_comes_before_one_that_serves_one_at_the_same_level() -> None:
    found = [idea for idea in ideas_for([goal("a", "G12"), goal("b", "G32")]).fitting if "I" not in idea.levels]
    both = [{"G12", "G32"} <= set(idea.goals) for idea in found]
    assert both[0] is True
    assert both == sorted(both, reverse=True)


def test_a_goal_in_own_words_has_no_ideas_of_its_own_and_everything_is_by_category() -> None:
    found = ideas_for([goal("own")])
    assert found.fitting == ()
    assert found.unmatched == ("own",)
    categories = [idea.category["da"] for idea in found.others]
    assert len(found.others) == 66
    assert [one for i, one in enumerate(categories) if i == 0 or categories[i - 1] != one] == list(
        dict.fromkeys(categories)
    )
    assert categories[0] == "Arbejdets tilrettelæggelse"


def test_what_is_taken_is_not_offered_again() -> None:
    first = ideas_for([goal("a", "G05")]).fitting[0]
    again = ideas_for([goal("a", "G05")], taken=[first.id])
    assert first.id not in {idea.id for idea in (*again.fitting, *again.others)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (Text("da", "Mere tid til opgaverne"), "G12"),
        (Text("da", "Lavere sygefravaer"), "G01"),
        (Text("da", "Sund mad på nattevagten"), "G21"),
        (Text("da", "Færre tunge løft"), "G26"),
        (Text("da", "Nye kolleger føler sig velkomne"), "G10"),
        (Text("en", "Less stress"), "G16"),
        (Text("en", "better sleep"), "G24"),
        (Text("da", "Ro", {"en": "More quiet"}), "G27"),
        (Text("da", "Indflydelse på arbejdstiden"), "G13"),
        (Text("da", "Balance mellem arbejde og privatliv"), "G33"),
        (Text("da", "Mere bevægelse"), "G20"),
        (Text("da", "Godt indeklima"), "G27"),
        (Text("da", "Klare aftaler om alkohol"), "G23"),
        (Text("en", "Healthy food"), "G21"),
        (Text("en", "Recognition from the manager"), "G15"),
        (Text("en", "Clear roles"), "G14"),
        (Text("en", "Work-life balance"), "G33"),
        (Text("da", "Ro til at blive færdig"), None),
        (Text("da", "Kroppen skal holde"), None),
        (Text("da", "En vagtplan, man kan leve med"), None),
        (Text("da", "Bedre samarbejde"), None),
        (Text("da", "God tone"), None),
        (Text("da", "Gode kolleger"), None),
        (Text("da", "Hjælp fra kolleger"), None),
        (Text("da", "Tydelig ledelse"), None),
        (Text("en", "A roster you can live with"), None),
        (Text("en", "Good tone"), None),
        (Text("en", "Safer lifting"), None),
        (Text("en", "Fun at work"), None),
        (Text("en", "More time"), None),
        (Text("en", "Better communication"), None),
        (Text("da", "Færre afbrydelser"), None),
        (Text("da", "Bedre"), None),
        (Text("da", "Vi kender hinanden"), None),
        (Text("da", "🙂"), None),
        (Text("da", ""), None),
    ],
)
def test_a_heap_is_offered_the_goal_most_like_its_name(name: Text, expected: str | None) -> None:
    found: GoalEntry | None = nearest_goal(name)
    assert (found and found.id) == expected


# --- a trainer's own rows -------------------------------------------------------------------------------------------

GOALS = (
    "id;title_da;title_en;indicator_da;indicator_en;unit_da;unit_en;direction;data_source_da;data_source_en;"
    "never_in_the_room;smallest_group;source\n"
)
ROW = "G36;Mål;Goal;Tal;Figure;antal;number;up;Optælling;Count;no;5;Own\n"
IDEAS = (
    "id;category_da;category_en;title_da;title_en;description_da;description_en;level_iglo;time;competence;money;"
    "facilities;goal_ids;legal_duty;approval;evidence;verified;source\n"
)
IDEA = "I67;Kost;Food;Ny;New;Prøv;Try;G|O;low;low;low;low;G05;no;group;practice;no;Own\n"

Own = Callable[[str, bytes], None]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Own:
    """A trainer's folder with one catalogue."""

    def make(name: str, data: bytes) -> None:
        (tmp_path / "catalogues").mkdir(exist_ok=True)
        (tmp_path / "catalogues" / name).write_bytes(data)
        monkeypatch.setenv("TRIVSEL_CONTENT", str(tmp_path))

    return make


def commas(text: str) -> str:
    return "\n".join(",".join(cell for cell in row) for row in csv.reader(text.splitlines(), delimiter=";")) + "\n"


@pytest.mark.parametrize(
    "data",
    [
        (GOALS + ROW).encode("utf-8"),
        (GOALS + ROW).encode("utf-8-sig").replace(b"\n", b"\r\n"),
        (GOALS + ROW + ";;;;;;;;;;;;\n").encode("cp1252"),
        commas(GOALS + ROW).encode("utf-8"),
        (GOALS + ROW).replace(";", "\t").encode("utf-8"),
    ],
    ids=["plain", "excel", "windows-1252 with an empty row", "commas", "tabs"],
)
def test_a_trainers_goals_are_read_as_a_spreadsheet_saves_them(data: bytes, own: Own) -> None:
    own("goals.csv", data)
    assert len(goals()) == 36
    assert goals()[-1].title == {"da": "Mål", "en": "Goal"}


def test_a_row_with_the_kits_id_replaces_it(own: Own) -> None:
    own("initiatives.csv", (IDEAS + IDEA.replace("I67", "I03")).encode())
    assert len(initiatives()) == 66
    assert next(idea for idea in initiatives() if idea.id == "I03").title["en"] == "New"


AWKWARD = {
    "unknown heading": (
        "goals.csv", GOALS.replace("direction", "directon") + ROW,
        'catalogues/goals.csv: "directon" is not a known column; did you mean "direction"?',
    ),
    "missing heading": (
        "goals.csv", "id;title_da\nG36;Mål\n",
        "catalogues/goals.csv: data_source_da: the column is missing",
    ),
    "a cell too few": (
        "goals.csv", GOALS + ROW.replace(";Own", ""),
        "catalogues/goals.csv: line 2: the row has 12 fields, but there are 13 columns",
    ),
    "an empty cell": (
        "goals.csv", GOALS + ROW.replace("Goal", ""),
        "catalogues/goals.csv: G36.title_en: is missing",
    ),
    "a limit that is lowered": (
        "goals.csv", GOALS + ROW.replace(";5;", ";4;"),
        "catalogues/goals.csv: G36.smallest_group: 4 is not between 5 and 10000",
    ),
    "a limit that is no number": (
        "goals.csv", GOALS + ROW.replace(";5;", ";fem;"),
        'catalogues/goals.csv: G36.smallest_group: "fem" is not a whole number',
    ),
    "the same id twice": (
        "goals.csv", GOALS + ROW + ROW,
        'catalogues/goals.csv: line 3: "G36" is there twice',
    ),
    "no id": (
        "goals.csv", GOALS + ROW.replace("G36", ""),
        'catalogues/goals.csv: line 2: "" cannot be an id; write for example G36 or I67',
    ),
    "an unknown direction": (
        "goals.csv", GOALS + ROW.replace(";up;", ";op;"),
        'catalogues/goals.csv: G36.direction: "op" is not one of the words that can stand here; '
        "choose one of: up, down",
    ),
    "a goal that is not there": (
        "initiatives.csv", IDEAS + IDEA.replace("G05", "G05|GG5"),
        'catalogues/initiatives.csv: I67.goal_ids: "GG5" is not the id of a goal in the catalogue; '
        'did you mean "G05"?',
    ),
    "an unknown level": (
        "initiatives.csv", IDEAS + IDEA.replace("G|O", "G|X"),
        'catalogues/initiatives.csv: I67.level_iglo: "X" is not one of the words that can stand here; '
        "choose one of: I, G, L, O",
    ),
    "an unknown duty": (
        "initiatives.csv", IDEAS + IDEA.replace(";no;group;", ";ja;group;"),
        'catalogues/initiatives.csv: I67.legal_duty: "ja" is not one of the words that can stand here; '
        "choose one of: no, part, yes",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", AWKWARD)
def test_a_mistake_in_a_catalogue_is_told_by_row_and_column(case: str, own: Own) -> None:
    name, text, message = AWKWARD[case]
    own(name, text.encode("utf-8"))
    with pytest.raises(ContentError) as caught:
        initiatives()
    assert str(caught.value) == message
    assert caught.value.say("da") != message
