"""The report: one file that says what the group decided, shows text as text, and keeps to itself what it should."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable
from html.parser import HTMLParser

import msgspec
import pytest
from msgspec.structs import replace

from tests.report.workshops import DAY, HOSTILE, PLACE, begun, catalogue_goal, example, holding, hostile, text
from trivsel.content import languages
from trivsel.domain.commands import Add, CloseMeeting, ImportDocument
from trivsel.domain.events import Document, LaterChange
from trivsel.domain.rules import decide
from trivsel.domain.things import (
    WORKPLACE,
    Anchor,
    Card,
    Commitment,
    Forum,
    Goal,
    Heap,
    Initiative,
    Resource,
    Review,
    Task,
    Thing,
)
from trivsel.domain.workshop import Snapshot
from trivsel.report import html
from trivsel.report.carried import carried_in
from trivsel.report.notebook import notebook

VOID = {"meta", "br", "rect", "path", "circle"}


class Page(HTMLParser):
    """A page as its elements, the text in them, and what is above each."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self.feed(source)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((tuple(self._open), data))

    def words(self, *inside: str) -> str:
        """All that can be read, or what can be read in elements of these kinds."""
        shown = [
            data
            for above, data in self.texts
            if not {"style", "template"} & set(above) and (not inside or set(inside) & set(above))
        ]
        return re.sub(r"\s+", " ", " ".join(shown)).strip()

    def headings(self) -> list[tuple[int, str]]:
        """Every heading in order, with its level."""
        found: list[tuple[int, str]] = []
        seen: tuple[str, ...] | None = None
        for above, data in self.texts:
            level = next((int(tag[1]) for tag in above if re.fullmatch("h[1-6]", tag)), 0)
            if level and data.strip():
                if seen == above[: above.index(f"h{level}")] and found and found[-1][0] == level and "bdi" in above:
                    found[-1] = (level, found[-1][1] + data)
                else:
                    found.append((level, data.strip()))
        return found


def page(snapshot: Snapshot, language: str = "da") -> Page:
    return Page(html(snapshot, language))


ALL: dict[str, Callable[[], Snapshot]] = {
    "example": lambda: example("da"),
    "example in English": lambda: example("en"),
    "nothing yet": holding,
    "still open": lambda: begun().snapshot,
    "another programme": lambda: begun(key="one_question").snapshot,
    "hostile": hostile,
}


@pytest.fixture(params=ALL)
def any_workshop(request: pytest.FixtureRequest) -> Snapshot:
    return ALL[request.param]()


@pytest.mark.parametrize("language", languages())
class TestTheFile:
    """What holds for every report, whatever is in it."""

    def test_it_runs_nothing_and_fetches_nothing(self, any_workshop: Snapshot, language: str) -> None:
        shown = page(any_workshop, language)
        tags = {tag for tag, _ in shown.elements}
        assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form", "image", "use"}
        for _, attributes in shown.elements:
            assert not {"src", "href", "action", "style", "srcset"} & set(attributes)
            assert not any(name.startswith("on") for name in attributes)
        styles = "".join(data for above, data in shown.texts if "style" in above)
        assert not re.search(r"url\(|@import|https?:", styles)
        policy = next(a for t, a in shown.elements if a.get("http-equiv") == "Content-Security-Policy")
        assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'"

    def test_it_has_a_language_a_title_and_one_main(self, any_workshop: Snapshot, language: str) -> None:
        shown = page(any_workshop, language)
        assert shown.elements[0] == ("html", {"lang": language})
        assert shown.words("title")
        tags = [tag for tag, _ in shown.elements]
        assert tags.count("main") == tags.count("h1") == tags.count("footer") == 1

    def test_headings_are_in_order_and_never_empty(self, any_workshop: Snapshot, language: str) -> None:
        levels = [level for level, _ in page(any_workshop, language).headings()]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
        source = html(any_workshop, language)
        assert not re.search(r"<h(\d)[^>]*>\s*(<bdi[^>]*>\s*</bdi>)?\s*</h\1>", source)
        assert not re.search(r"</h2>\s*</section>|<(ul|ol|tbody)>\s*</\1>", source)

    def test_every_heading_of_a_table_says_what_it_is_a_heading_of(self, any_workshop: Snapshot, language: str) -> None:
        source = html(any_workshop, language)
        for tag, attributes in Page(source).elements:
            assert tag != "th" or attributes.get("scope") in ("row", "col")
        for table in re.findall(r"<table.*?</table>", source, re.DOTALL):
            assert '<th scope="col"' in table
            assert '<th scope="row"' in table

    def test_every_id_is_there_once(self, any_workshop: Snapshot, language: str) -> None:
        ids = [attributes["id"] for _, attributes in page(any_workshop, language).elements if "id" in attributes]
        assert len(ids) == len(set(ids))

    def test_every_figure_has_a_text_alternative(self, any_workshop: Snapshot, language: str) -> None:
        for drawing in re.findall(r"<svg.*?</svg>", html(any_workshop, language), re.DOTALL):
            assert 'role="img"' in drawing
            assert re.search(r"<title id=[^>]+>[^<]+</title><desc id=[^>]+>[^<]+</desc>", drawing)

    def test_no_key_and_no_placeholder_is_left_in_it(self, any_workshop: Snapshot, language: str) -> None:
        words = page(any_workshop, language).words()
        assert not re.search(r"\b(report|figure|choice|undo|advice)\.[a-z_]+\b", words)
        assert "None" not in words
        if any_workshop.workplace.title.text != HOSTILE[0]:
            assert "{" not in words


@pytest.mark.parametrize("words", HOSTILE)
def test_what_people_write_is_shown_as_they_wrote_it(words: str) -> None:
    assert words in page(hostile()).words()


def test_no_word_of_people_becomes_markdown() -> None:
    made = notebook(hostile(), "da")
    assert {cell.cell_type for cell in made.cells} == {"code"}
    assert all(cell.source == "" for cell in made.cells)
    assert all(set(cell.outputs[0].data) == {"text/html"} for cell in made.cells)


def test_another_language_is_marked_where_the_group_has_no_translation() -> None:
    shown = html(holding(Goal("g", text("Ro"), chosen=True)), "en")
    assert '<bdi lang="da">Ro</bdi>' in shown
    assert '<bdi lang="en">' not in html(example("en"), "en")


# --- the first page -------------------------------------------------------------------------------------------------


def first(snapshot: Snapshot, language: str = "da") -> str:
    """What can be read on the first page."""
    return Page(str(notebook(snapshot, language).cells[0].outputs[0].data["text/html"])).words()


def test_the_first_page_is_enough_for_a_notice_board() -> None:
    words = first(example("da"))
    for expected in (
        "Et godt arbejdsliv",
        "Plejehjemmet Solgården",
        "12. november 2026",
        "Forslag fra workshoppen",
        "Ro til at blive færdig",
        "fra 1 til 4 dage",
        "inden 11.06.2027",
        "Fokustid kl. 13–14",
        "11.01.2027",
        "Tavlemøde",
        "hver uge",
        "Teamlederen i stueetagen , stedfortræder Assistenten på 1. sal",
        "01.03.2027",
        "Det skal vi",
        "senest 05.04.2027",
        "Den første uge er det mig.",
        "Centerlederen , fra 11.01.2027",
        "Årshjul 2027",
    ):
        assert expected in words


def test_a_workshop_does_not_decide_for_others() -> None:
    words = first(example("da"))
    assert "Det foreslår vi" in words
    assert "Det gør vi" not in words
    assert words.count("indstilling til") == 2
    assert "indstilling til AMO" in words
    assert "indstilling til vores leder" in words


def test_what_the_group_decides_itself_is_what_we_do() -> None:
    words = first(holding(Initiative("i", text("Gåtur"), decision="yes", approver="ourselves")))
    assert "Det gør vi" in words
    assert "indstilling" not in words
    assert "Aftalt på workshoppen" in words


@pytest.mark.parametrize(("committee", "expected"), [("med", "indstilling til MED"), ("su", "indstilling til SU")])
def test_a_committee_goes_by_its_own_name(committee: str, expected: str) -> None:
    meeting = begun()
    meeting.change("welcome.welcome", WORKPLACE, committee=committee)
    snapshot = add(meeting.snapshot, Initiative("i", text("Gåtur"), decision="yes", approver="su"))
    assert expected in first(snapshot)


def add(snapshot: Snapshot, *things: Thing) -> Snapshot:
    """The workshop with some things more."""
    return replace(snapshot, things={**snapshot.things, **{thing.id: thing for thing in things}})


def test_what_is_missing_is_said_in_words() -> None:
    words = first(holding(Initiative("i", text("Gåtur"), decision="yes")))
    assert words.count("mangler") == 2
    assert words.count("ikke aftalt endnu") == 3
    assert "Ledelsen har ikke lovet noget endnu." in words
    assert "Vi har ikke valgt mål endnu." in words


def test_somebody_who_has_not_said_yes_is_marked() -> None:
    anchor = Anchor("a", "i", responsible=text("AMR"), deputy=text("TR"), deputy_agreed=True)
    words = first(holding(Initiative("i", text("Gåtur"), decision="yes"), anchor))
    assert "AMR (har ikke sagt ja endnu)" in words
    assert words.count("har ikke sagt ja endnu") == 1


def test_an_absent_management_is_said_calmly() -> None:
    meeting = begun()
    meeting.change("welcome.welcome", WORKPLACE, leader_absent=True)
    assert "Ledelsen var ikke til stede." in first(meeting.snapshot)


def test_without_management_it_is_a_proposal_whoever_says_yes() -> None:
    meeting = begun()
    meeting.change("welcome.welcome", WORKPLACE, leader_absent=True)
    meeting.do(Add(PLACE, (Initiative("i", text("Gåtur"), decision="yes", approver="ourselves"),)))
    meeting.do(CloseMeeting(DAY.isoformat()))
    words = first(meeting.snapshot)
    assert "Aftalt på workshoppen. Ledelsen var ikke med og har ikke svaret endnu." in words
    assert "Det foreslår vi" in words
    assert "Det gør vi" not in words


def test_an_open_meeting_is_a_draft() -> None:
    assert "Udkast." in first(begun().snapshot)


# --- privacy --------------------------------------------------------------------------------------------------------


def private(goal: str, people: int | None) -> Snapshot:
    """A workshop whose goal has figures that may not be for everybody."""
    entry = catalogue_goal(goal)
    chosen = Goal("g", text("Fravær"), entry=entry, chosen=True, sign=text("Vi ses"), now=8.75, target=4.25)
    return add(holding(people=people), chosen)


@pytest.mark.parametrize(
    ("goal", "people"), [("G01", 500), ("G16", 500), ("G05", 4), ("G05", None)], ids=["room", "room", "few", "unknown"]
)
def test_figures_that_are_not_for_everybody_are_nowhere_in_the_file(goal: str, people: int | None) -> None:
    source = html(private(goal, people), "da")
    assert not re.search(r"8[.,]75|4[.,]25", source)
    words = Page(source).words("footer")
    assert "Uden tal: ”Fravær”." in words
    assert ("Vi ved ikke, hvor mange" in words) == (people is None)
    assert "Vi ses" in first(private(goal, people))


def test_figures_for_enough_people_are_shown() -> None:
    source = html(private("G05", 17), "da")
    assert "fra 8,75 til 4,25" in source
    assert "Uden tal" not in source


def test_a_very_small_workplace_gets_the_order_and_no_count() -> None:
    goals = (Goal("g", text("Ro"), dots=2), Goal("h", text("Luft"), dots=3, chosen=True))
    assert "3 prikker" in html(holding(*goals), "da")
    source = html(holding(*goals, people=4), "da")
    assert "prikker, valgt" not in source
    assert "Luft (valgt) Ro" in Page(source).words("ol")


def test_the_order_of_cards_gives_nobody_away() -> None:
    cards = [Card(f"c{n}", "goals.collect", text(words)) for n, words in enumerate(("Øl", "vand", "Brød"))]
    assert Page(html(holding(*cards), "da")).words("ul").startswith("Brød vand Øl")


def test_words_of_the_last_round_are_no_wishes() -> None:
    cards = (Card("c", "goals.collect", text("Ro")), Card("d", "evaluation.close", text("Jeg glæder mig")))
    headings = [words for _, words in page(holding(*cards)).headings()]
    assert headings[-2:] == ["Det gik vi hjem med", "Om rapporten"]
    source = html(holding(*cards), "da")
    wishes, _, closing = source.partition("Det gik vi hjem med")
    assert ("Jeg glæder mig" in wishes, "Jeg glæder mig" in closing) == (False, True)
    assert "Kort for sig selv" not in html(holding(cards[1]), "da")


def test_nobody_is_said_to_have_said_what_they_did_not() -> None:
    snapshot = add(
        begun().snapshot,
        Initiative("i", text("Gåtur"), decision="yes"),
        Resource("r", "i", "medium", hours=20, money=4000),
    )
    words = page(snapshot).words("table")
    assert "20 timer (skøn)" in words
    assert "4.000 kr. (skøn)" not in words
    assert "ikke talt om" in words
    assert "Frivilligt" not in words
    assert "Virker på" not in words


# --- what was skipped -----------------------------------------------------------------------------------------------

LAST = [("Om rapporten", 2)]
CASES: dict[str, tuple[list[Thing], set[str]]] = {
    "nothing": ([], set()),
    "cards": ([Card("c", "goals.collect", text("Ro"))], {"Mål og gevinster"}),
    "goal": ([Goal("g", text("Ro"), chosen=True, sign=text("Stille"))], {"Mål og gevinster"}),
    "goal with nothing more": ([Goal("g", text("Ro"), chosen=True)], set()),
    "idea": ([Initiative("i", text("Gåtur"))], {"Initiativer"}),
    "promise": ([Commitment("p", "lead", text("Jeg er med"))], {"Forankring"}),
    "review": ([Review("r", "2027-02-22")], {"Evaluering"}),
    "trial": (
        [Initiative("i", text("Gåtur"), decision="yes"), Resource("x", "i", hours=2)],
        {"Initiativer", "Ressourcer"},
    ),
    "anchored": (
        [Initiative("i", text("Gåtur"), decision="yes"), Forum("f", text("Møde")), Anchor("a", "i", "f")],
        {"Initiativer", "Ressourcer", "Forankring"},
    ),
    "heap without cards": ([Heap("h", "goals.group", text("Ro"))], set()),
}


@pytest.mark.parametrize("case", CASES)
def test_what_was_skipped_has_no_heading(case: str) -> None:
    things, expected = CASES[case]
    steps = {"Mål og gevinster", "Initiativer", "Ressourcer", "Forankring", "Evaluering"}
    assert {words for level, words in page(holding(*things)).headings() if level == 2} & steps == expected


def test_what_was_not_reached_gets_one_line_each() -> None:
    shown = page(holding(Card("c", "goals.collect", text("Ro"))))
    words = shown.words()
    assert "Det nåede vi ikke" in [heading for _, heading in shown.headings()]
    assert "Vi aftalte ikke, hvornår vi mødes igen om det." in words
    assert "I samlede ikke ønsker ind" not in words
    assert "Det nåede vi ikke" not in page(example("da")).words()


def test_open_findings_are_about_the_plan_and_never_about_management() -> None:
    meeting = begun()
    snapshot = add(meeting.snapshot, Initiative("i", text("Gåtur"), decision="yes", levels=("I",)))
    words = page(snapshot).words()
    assert "Det mangler planen" in words
    assert "Hvilket mål hører ”Gåtur” til?" in words
    assert "Én sætning sagt højt er nok" not in words
    assert "Det mangler planen" not in page(example("da")).words()


def test_changes_after_the_meeting_are_listed() -> None:
    meeting = begun()
    meeting.do(CloseMeeting(DAY.isoformat()))
    snapshot = meeting.snapshot
    changed = replace(add(snapshot, Goal("g", text("Ro"))), later=(LaterChange("2026-12-01", "g", "goal.target"),))
    words = page(changed).words()
    assert "Rettet efter mødet, senest 1. december 2026." in words
    assert "01.12.2026 tal at nå: Ro" in words
    assert "Rettet efter mødet" not in page(snapshot).words()


def test_tasks_are_told_with_role_and_date_once_the_meeting_is_over() -> None:
    meeting = begun()
    assert "Efter mødet" not in [heading for _, heading in page(meeting.snapshot).headings()]
    meeting.do(CloseMeeting(DAY.isoformat()))
    meeting.do(Add(PLACE, (Task("task-evaluation.when", "evaluation.when", text("Afdelingslederen"), "2026-12-01"),)))
    for language, heading, words in (
        ("da", "Efter mødet", "sæt det i kalenderen. Afdelingslederen 01.12.2026"),
        ("en", "After the meeting", "put it in the calendar. Afdelingslederen"),
    ):
        shown = page(meeting.snapshot, language)
        assert heading in [said for _, said in shown.headings()]
        assert words in shown.words()
    assert "ny opgave" not in page(meeting.snapshot).words()


# --- the plan in it, its size and its speed -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_the_plan_in_the_file_can_be_brought_in_again(name: str) -> None:
    snapshot = ALL[name]()
    document = msgspec.json.decode(carried_in(html(snapshot, "da")), type=Document)
    assert isinstance(decide(None, ImportDocument(document)), list)
    kept = {thing.id: thing for thing in document.things}
    assert kept.keys() == {id for id, thing in snapshot.things.items() if not isinstance(thing, Card | Heap)}
    assert all(kept[id] == snapshot.things[id] for id in kept if not isinstance(kept[id], Goal))
    assert document.later == snapshot.later


def test_a_file_without_a_plan_says_so() -> None:
    with pytest.raises(ValueError, match="no plan"):
        carried_in("<html></html>")


@pytest.mark.parametrize("language", languages())
def test_the_example_is_small(language: str) -> None:
    source = html(example(language), language)
    drawings = "".join(re.findall(r"<svg.*?</svg>", source, re.DOTALL))
    assert len(source.encode()) <= 100_000
    # Markup and styles; the plan as data that the file carries is neither.
    assert len(source.encode()) - len(drawings.encode()) - len(carried_in(source).encode()) <= 60_000


def test_the_example_is_made_in_well_under_a_second() -> None:
    html(example("da"), "da")
    began = time.perf_counter()
    html(example("da"), "da")
    assert time.perf_counter() - began < 1


def test_the_goal_map_is_there_when_the_group_drew_it_and_nothing_of_it_when_not() -> None:
    goals = (Goal("a", text("Mere ro"), pulls="b", chosen=True), Goal("b", text("Færre fejl")))
    drawn = page(holding(*goals)).words()
    assert "Hvad trækker hvad med?" in drawn
    assert "Mere ro trækker Færre fejl med." in drawn
    without = page(holding(replace(goals[0], pulls=None), goals[1])).words()
    assert "trækker" not in without


def test_what_could_stop_an_initiative_is_there_when_it_was_talked_about() -> None:
    idea, anchor = Initiative("i", text("Gåmøder"), decision="yes"), Anchor("a", "i")
    asked = replace(anchor, holds="partly", tested="busy", safeguard=text("Vi går om fredagen"))
    words = page(holding(idea, asked)).words()
    assert "Sker det stadig, hvis …" in words
    assert "I får ekstra travlt i to måneder" in words
    assert "Delvist" in words
    assert "Vi går om fredagen" in words
    assert "Sker det stadig" not in page(holding(idea, anchor)).words()


def test_how_to_follow_up_and_when_to_stop_is_there_unless_all_stands_as_it_was_preset() -> None:
    idea = Initiative("i", text("Gåmøder"), decision="yes")
    words = page(holding(replace(idea, how="survey", stop=text("ingen går med")))).words()
    assert "Sådan følger vi op" in words
    assert "Et par spørgsmål til alle" in words
    assert "ingen går med" in words
    assert "Sådan følger vi op" not in page(holding(idea)).words()
