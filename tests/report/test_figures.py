"""The figures: small, safe in any page, and saying in words what they show."""

from __future__ import annotations

import datetime as dt
import itertools
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.report.workshops import HOSTILE, example, holding, hostile, text
from trivsel.domain.asking import Asking, Phones, Share, Tally
from trivsel.domain.things import RHYTHMS, Anchor, Forum, Goal, Initiative, Resource, Review
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures import answer_bars, goal_dots, goal_map, matrix, needs, year_wheel
from trivsel.report.figures.ink import lines
from trivsel.report.figures.matrix import HEIGHT, PLOT_WITH_NAMES, Point, Spot, apart, in_words, place
from trivsel.report.figures.wheel import Year, in_year_wheel, meetings

Figure = Callable[[Snapshot, str, str], str]
FIGURES: tuple[Figure, ...] = (year_wheel, goal_dots, goal_map, needs)
YEAR = Year(dt.date(2027, 1, 1), dt.date(2028, 1, 1))


def said(svg: str) -> str:
    """The description, for those who do not see the figure."""
    found = ET.fromstring(svg).find("desc")
    return (found.text or "") if found is not None else ""


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("figure", FIGURES)
def test_a_figure_is_one_small_drawing_with_title_and_description(figure: Figure, language: str) -> None:
    svg = figure(example(language), language, "x")
    root = ET.fromstring(svg)
    assert root.tag == "svg"
    assert root.get("role") == "img"
    title, description = root.find("title"), root.find("desc")
    assert title is not None
    assert title.text
    assert description is not None
    assert description.text
    assert root.get("aria-labelledby") == title.get("id")
    assert root.get("aria-describedby") == description.get("id")
    assert len(svg.encode()) < 6_500
    assert not re.search(r"<style|<script|href|url\(|\bclass=", svg)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_id_begins_with_the_prefix_of_the_figure(figure: Figure) -> None:
    one, other = (set(re.findall(r' id="([^"]+)"', figure(example("da"), "da", p))) for p in ("one", "other"))
    assert one
    assert not one & other


@pytest.mark.parametrize("figure", FIGURES)
def test_what_people_write_stays_text(figure: Figure) -> None:
    svg = figure(hostile(), "da", "x")
    root = ET.fromstring(svg)
    assert {element.tag for element in root.iter()} <= {
        "svg", "title", "desc", "g", "path", "circle", "rect", "text", "tspan",
    }  # fmt: skip
    assert not any(name.startswith("on") for element in root.iter() for name in element.attrib)


@pytest.mark.parametrize("figure", [goal_dots, needs, goal_map])
def test_a_figure_with_nothing_to_show_is_nothing(figure: Figure) -> None:
    assert figure(holding(), "da", "x") == ""


def test_an_empty_year_wheel_is_calm_and_says_so() -> None:
    assert not in_year_wheel(holding())
    svg = year_wheel(holding(), "da", "x")
    assert "Her kommer jeres møder og datoer til at stå." in svg
    assert "NaN" not in svg


def test_the_wheel_says_meetings_first_dates_and_reviews() -> None:
    words = said(year_wheel(example("da"), "da", "x"))
    for expected in (
        "Tavlemøde, hver uge.",
        "AMO-møde, hver måned.",
        "Fokustid kl. 13–14 begynder 11.01.2027.",
        "Vi følger op 01.03.2027, 12.04.2027 og 02.08.2027.",
        "Vi følger op 11.01.2028.",
        "Juli er holdt fri.",
    ):
        assert expected in words


def test_the_wheel_shows_the_numbers_of_the_plan_in_text() -> None:
    shown = [element.text for element in ET.fromstring(year_wheel(example("da"), "da", "x")).iter("text")]
    assert {"1", "2", "3", "2027", "jan", "fri"} <= set(shown)


def test_a_wheel_that_begins_in_the_middle_of_a_year_names_both() -> None:
    assert ">2026–27<" in year_wheel(holding(Review("r", "2026-11-30")), "da", "x")


def test_first_dates_on_one_ring_do_not_cover_each_other() -> None:
    things: list[Initiative | Anchor | Forum] = [Forum("f", text("Møde"), "month")]
    for n in range(4):
        things += [Initiative(f"i{n}", text(str(n)), decision="yes"), Anchor(f"a{n}", f"i{n}", "f", "2027-03-01")]
    circles = list(ET.fromstring(year_wheel(holding(*things), "da", "x", "none")).iter("circle"))
    places = [(float(c.get("cx", 0)), float(c.get("cy", 0))) for c in circles]
    assert len(places) == 4
    for n, (x, y) in enumerate(places):
        assert all((x - a) ** 2 + (y - b) ** 2 > 18**2 for a, b in places[:n])


@given(
    rhythm=st.sampled_from(RHYTHMS),
    first=st.dates(dt.date(2026, 6, 1), dt.date(2027, 12, 31)).map(dt.date.isoformat) | st.none(),
)
def test_meetings_lie_within_the_year_in_order_and_leave_july_free(rhythm: str, first: str | None) -> None:
    days = meetings(rhythm, first, YEAR)
    assert days == sorted(set(days))
    assert all(day in YEAR and day.month != 7 for day in days)
    most = {"day": 0, "week": 53, "fortnight": 27, "month": 12, "quarter": 4, "half": 2, "year": 1}
    assert len(days) <= most[rhythm]


@given(dots=st.lists(st.integers(0, 200), min_size=1, max_size=8))
def test_dots_are_drawn_to_scale_and_said_most_first(dots: list[int]) -> None:
    snapshot = holding(*(Goal(f"g{n}", text(f"Mål {n}"), dots=count) for n, count in enumerate(dots)))
    svg = goal_dots(snapshot, "da", "x")
    if not any(dots):
        assert svg == ""
        return
    counts = [int(found) for found in re.findall(r": (\d+) prik", said(svg))]
    assert counts == sorted((d for d in dots if d), reverse=True)
    if max(dots) <= 30:
        assert len(re.findall(r"M\d+ \d+h\.01", svg)) == 2 * sum(dots)
    else:
        bars = [float(bar.get("width", 0)) for bar in ET.fromstring(svg).iter("rect")]
        assert bars == pytest.approx([540 * count / max(counts) for count in counts], abs=0.1)


def test_a_chosen_goal_is_marked_by_word_and_shape_not_by_colour_alone() -> None:
    svg = goal_dots(holding(Goal("a", text("A"), chosen=True, dots=2), Goal("b", text("B"), dots=2)), "da", "x")
    assert "✓ valgt" in svg
    assert "A: 2 prikker, valgt. B: 2 prikker." in svg
    assert svg.count("M8 ") == 1 + 2  # hollow dots are drawn twice


def test_on_paper_a_long_title_is_whole() -> None:
    title = "Mere ro til at blive færdig med det, vi er i gang med, også når telefonen ringer, og nogen kalder os væk"
    snapshot = holding(Goal("g", text(title), dots=2), Goal("h", text("Luft"), dots=1))
    root = ET.fromstring(goal_dots(snapshot, "da", "x", most_lines=3))
    shown = [element.text or "" for element in root.iter("text")]
    assert title in " ".join(shown)
    assert len({element.get("y") for element in root.iter("text")}) == 5  # three lines of titles, two of counts
    assert not any("…" in one for one in shown)


@given(
    amounts=st.lists(st.tuples(st.none() | st.floats(0, 9_999), st.none() | st.floats(0, 1e7)), min_size=1, max_size=6)
)
def test_no_bar_is_longer_than_its_column_and_sums_are_said(
    amounts: list[tuple[float | None, float | None]],
) -> None:
    things: list[Initiative | Resource] = []
    for n, (hours, money) in enumerate(amounts):
        things += [Initiative(f"i{n}", text(f"Idé {n}"), decision="yes")]
        things += [Resource(f"r{n}", f"i{n}", hours=hours, money=money)]
    svg = needs(holding(*things), "da", "x")
    if all(hours is None and money is None for hours, money in amounts):
        assert svg == ""
        return
    assert all(float(bar.get("width", -1)) <= 200.1 for bar in ET.fromstring(svg).iter("rect"))
    assert "Tilsammen: " in said(svg)


def test_needs_say_what_is_set_aside_and_what_nobody_knows() -> None:
    words = said(needs(example("da"), "da", "x"))
    assert "Liften på plads: 8 timer og 12.000 kr." in words
    assert "Der er sat 60 timer og 20.000 kr. af." in words
    unknown = holding(Initiative("i", text("I"), decision="yes"), Resource("r", "i", hours=1))
    assert "1 time og ikke talt om" in said(needs(unknown, "da", "x"))


@given(words=st.text(max_size=200), width=st.integers(2, 60), most=st.integers(1, 3))
def test_lines_never_run_over(words: str, width: int, most: int) -> None:
    folded = lines(words, width, most)
    assert 1 <= len(folded) <= most
    assert all(len(line) <= width for line in folded)


def test_figures_need_neither_nbconvert_nor_pandas() -> None:
    code = "import sys, trivsel.report.figures; print({'nbconvert', 'pandas', 'nbformat'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_hostile_words_are_what_they_say_they_are() -> None:
    """The list keeps something that would run, something that would be filled in, and something that would fetch."""
    joined = " ".join(HOSTILE)
    assert all(sign in joined for sign in ("<script", "{{", "onerror", "http://", "</template>"))


# --- what was answered ----------------------------------------------------------------------------------------------

RATE, PRIORITISE, SELFCHECK = "initiatives.rate", "goals.prioritise", "anchoring.selfcheck"
LEVERS = ("found_together", "both_sides", "fixed_item", "looked_at")


def answered(snapshot: Snapshot, place: str, *tallies: Tally, shown: bool = True, **management: int) -> Snapshot:
    """The workshop with its answers counted, the last of them of the round in hand."""
    given = {key.replace("__", "."): value for key, value in management.items()}
    asking = Asking(open=False, shown=shown, round=tallies[-1].round, tallies=tallies, management=given)
    return replace(snapshot, phones=Phones(asked={place: asking}))


def counted(round: int = 1, answers: int = 10, **sums: int) -> Tally:
    shares = {key.replace("__", "."): Share(answers, value) for key, value in sums.items()}
    return Tally(round, answers=answers, shares=shares, order=tuple((key,) for key in shares))


def rated() -> Snapshot:
    """Two ideas in the field; management put the first somewhere else, and it stood lower a round before."""
    ideas = [
        Initiative("i", text("Gåmøder & ”ro”"), effect=4.5, effort=1.5),
        Initiative("j", text(HOSTILE[0]), effect=2, effort=5),
        Initiative("k", text("Ikke vurderet")),
    ]
    before, now = counted(i__effect=20, i__effort=30), counted(2, i__effect=45, i__effort=15)
    return answered(holding(*ideas), RATE, before, now, i__effect=2, i__effort=4)


def voted() -> Snapshot:
    goals = [Goal("a", text("Mere ro")), Goal("b", text(HOSTILE[1]))]
    return answered(holding(*goals), PRIORITISE, counted(a=7, b=3), counted(2, a=4, b=11), b=3)


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("drawn", ["matrix", "field", "bars"])
def test_a_figure_of_answers_is_one_safe_drawing_that_says_what_it_shows(drawn: str, language: str) -> None:
    svg = {
        "matrix": lambda: matrix(rated(), language, "x"),
        "field": lambda: matrix(rated(), language, "x", names=False),
        "bars": lambda: answer_bars(voted(), PRIORITISE, language, "x"),
    }[drawn]()
    root = ET.fromstring(svg)
    assert (root.tag, root.get("role")) == ("svg", "img")
    assert root.get("aria-labelledby") == "x-t"
    assert root.get("aria-describedby") == "x-d"
    assert said(svg)
    assert {element.tag for element in root.iter()} <= {"svg", "title", "desc", "g", "path", "circle", "rect", "text"}
    assert not re.search(r"<style|<script|href|url\(|\bclass=|\{\w", svg)
    assert len(svg.encode()) < 6_500


def test_the_matrix_names_each_idea_that_has_a_place_and_says_where_without_a_number() -> None:
    svg = matrix(rated(), "da", "x")
    assert "Gåmøder & ”ro”: hjælper meget, kræver lidt." in said(svg)
    assert "Ikke vurderet" not in svg
    shown = [element.text for element in ET.fromstring(svg).iter("text")]
    assert {"A", "B", "Start her", "Planlæg", "Ledelsens svar", "Runden før"} <= set(shown)
    assert not any(one for one in shown if one and re.search(r"\d", one.replace("alert(1)", "")))


def test_the_field_alone_has_no_names_but_keeps_where_others_put_them() -> None:
    svg = matrix(rated(), "da", "x", names=False)
    assert "Gåmøder" not in svg
    assert svg.count('fill="#fff" stroke="#8a5300"') == 1


def test_a_matrix_without_ideas_is_nothing_and_an_empty_field_is_still_a_field() -> None:
    assert matrix(holding(), "da", "x") == ""
    assert "Start her" in matrix(holding(), "da", "x", names=False)


@given(effect=st.floats(1, 5), effort=st.floats(1, 5))
def test_more_effect_is_higher_and_more_effort_is_further_right(effect: float, effort: float) -> None:
    at, corner = place(effect, effort), place(5, 1)
    assert at.x >= corner.x
    assert at.y >= corner.y
    assert 0 < at.x < 640
    assert 0 < at.y < HEIGHT


@given(places=st.lists(st.tuples(st.integers(1, 5), st.integers(1, 5)), max_size=12))
def test_no_idea_hides_another(places: list[tuple[int, int]]) -> None:
    spots = [Spot("A", "", place(effect, effort, PLOT_WITH_NAMES)) for effect, effort in places]
    stand = [spot.at for spot in apart(spots, PLOT_WITH_NAMES)]
    for n, one in enumerate(stand):
        assert all((one.x - other.x) ** 2 + (one.y - other.y) ** 2 > 26**2 for other in stand[:n])


def test_an_idea_with_room_around_it_stays_where_it_was_put() -> None:
    spots = [Spot("A", "", Point(100, 100)), Spot("B", "", Point(300, 300))]
    assert [spot.at for spot in apart(spots, PLOT_WITH_NAMES)] == [Point(100, 100), Point(300, 300)]


@pytest.mark.parametrize(
    ("effect", "effort", "words"),
    [(5, 1, "hjælper meget, kræver lidt"), (3, 3, "hjælper noget, kræver noget"), (1, 4, "hjælper lidt, kræver meget")],
)
def test_a_place_is_said_in_words(effect: float, effort: float, words: str) -> None:
    assert in_words(effect, effort, "da") == words


def test_bars_stand_most_first_with_management_and_the_round_before_below() -> None:
    words = said(answer_bars(voted(), PRIORITISE, "da", "x"))
    assert "Mere ro: 4 og Runden før: 7." in words
    assert f"{HOSTILE[1]}: 11, Ledelsen: 3 og Runden før: 3." in words


def test_bars_are_to_one_scale_by_what_each_has_given() -> None:
    bars = ET.fromstring(answer_bars(voted(), PRIORITISE, "da", "x")).iter("rect")
    lengths = [float(bar.get("width", -1)) for bar in bars]
    assert lengths == pytest.approx([520 * mean / 3 for mean in (0.4, 0.7, 1.1, 3, 0.3)], abs=0.1)


def test_levers_stand_in_their_own_order_and_tell_how_answers_are_spread() -> None:
    tally = replace(counted(**dict.fromkeys(LEVERS, 11)), spread={"both_sides": (2, 5, 3)}, order=(LEVERS[::-1],))
    words = said(answer_bars(answered(holding(), SELFCHECK, tally, looked_at=2), SELFCHECK, "da", "x"))
    assert "noget: 1,1 · 2 slet ikke, 5 lidt, 3 godt og Ledelsen: 0." in words
    assert words.index("Vi har fundet på det sammen") < words.index("Vi ser på det igen")


def test_each_role_has_a_bar_where_it_was_counted() -> None:
    tally = replace(counted(a=12), roles={"employee": {"a": Share(5, 10)}, "leader": {"a": Share(5, 2)}})
    words = said(answer_bars(answered(holding(Goal("a", text("Ro"))), PRIORITISE, tally), PRIORITISE, "da", "x"))
    assert words == "Ro: 12, Medarbejdere: 10 og Ledere: 2."


@pytest.mark.parametrize(
    "snapshot",
    [
        holding(Goal("a", text("Ro"))),
        answered(holding(Goal("a", text("Ro"))), PRIORITISE, counted(a=7), shown=False),
        answered(holding(Goal("a", text("Ro"))), PRIORITISE, Tally(1, order=(("a",),))),
        answered(holding(), PRIORITISE, counted(a=7)),
    ],
    ids=["nothing asked", "not shown", "too few", "the goal is gone"],
)
def test_where_there_is_nothing_to_show_there_are_no_bars(snapshot: Snapshot) -> None:
    assert answer_bars(snapshot, PRIORITISE, "da", "x") == ""


# --- the goal map -----------------------------------------------------------------------------------------------------


def arrows(*pairs: str, names: dict[str, str] | None = None) -> Snapshot:
    """A workshop with goals A to F and arrows such as ``"ab"``."""
    pulls = {pair[0]: pair[1] for pair in pairs}
    return holding(*(Goal(id, text((names or {}).get(id, id.upper())), pulls=pulls.get(id)) for id in "abcdef"))


def boxes(svg: str) -> dict[str, tuple[float, float, bool]]:
    """Each goal of the map by its words: where its box stands, and whether it is dark."""
    elements = list(ET.fromstring(svg))
    found = {}
    for rect, after in itertools.pairwise(elements):
        if rect.tag == "rect" and after.tag == "text":
            found[after.text or ""] = (float(rect.get("x", 0)), float(rect.get("y", 0)), rect.get("fill") != "#fff")
    return found


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("da", "A trækker B med. B trækker C med. D trækker C med. Trækker flest med: ”A”."),
        ("en", "A helps B along. B helps C along. D helps C along. Helps the most along: “A”."),
    ],
)
def test_the_goal_map_says_every_arrow_and_who_helps_most(language: str, words: str) -> None:
    assert said(goal_map(arrows("ab", "bc", "dc"), language, "x")) == words


def test_the_goal_map_goes_from_left_to_right_and_leaves_out_goals_without_arrows() -> None:
    found = boxes(goal_map(arrows("ab", "bc", "dc"), "da", "x"))
    assert set(found) == {"A", "B", "C", "D"}
    assert found["A"][0] < found["B"][0] < found["C"][0]
    assert found["D"][0] < found["C"][0]
    assert {title for title, (_, _, dark) in found.items() if dark} == {"A"}


def test_goals_on_the_map_do_not_cover_each_other() -> None:
    for pairs in (("ab", "cb", "db", "eb", "fb"), ("ab", "bc", "cd", "de", "ef"), ("ab", "cd", "ef")):
        places = [(x, y) for x, y, _ in boxes(goal_map(arrows(*pairs), "da", "x")).values()]
        assert len(places) == 6
        assert len(set(places)) == 6


def test_a_long_title_is_folded_in_its_box_and_hostile_words_stay_words() -> None:
    svg = goal_map(arrows("ab", names={"a": "Tid til det, der er vigtigt, " * 4, "b": HOSTILE[0]}), "da", "x")
    root = ET.fromstring(svg)
    assert all(len(one.text or "") <= 32 for one in root.iter("text"))
    assert HOSTILE[0] in said(svg)
    assert {one.tag for one in root.iter()} == {"svg", "title", "desc", "path", "rect", "text"}


def test_the_goal_map_is_quick_with_many_goals() -> None:
    many = [Goal(f"g{n}", text(f"Mål {n}"), pulls=f"g{(n - 1) // 2}" if n else None) for n in range(30)]
    snapshot = holding(*many)
    goal_map(snapshot, "da", "x")
    started = time.perf_counter()
    goal_map(snapshot, "da", "x")
    assert time.perf_counter() - started < 0.05
