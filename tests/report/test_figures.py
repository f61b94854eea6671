"""The figures: small, safe in any page, and saying in words what they show."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.report.workshops import HOSTILE, example, holding, hostile, text
from trivsel.domain.things import RHYTHMS, Anchor, Forum, Goal, Initiative, Resource, Review
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures import goal_dots, needs, year_wheel
from trivsel.report.figures.ink import lines
from trivsel.report.figures.wheel import Year, in_year_wheel, meetings

Figure = Callable[[Snapshot, str, str], str]
FIGURES: tuple[Figure, ...] = (year_wheel, goal_dots, needs)
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


@pytest.mark.parametrize("figure", [goal_dots, needs])
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
