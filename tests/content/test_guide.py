"""The facilitator's guide says what the screen says, can be taken in at a glance, and is equal in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from trivsel.content import ContentError, Guide, guide, guide_html, guide_mistakes, guide_pages, languages, programmes
from trivsel.content import place as shelf
from trivsel.content.guide import PARTS, Page
from trivsel.content.tables import read_toml
from trivsel.domain.programme import Activity

MOST_WORDS = {"open": 60, "run": 80, "listen": 40, "stuck": 60, "close": 30}
AROUND = {"before", "after", "sensitive", "roles", "privacy", "room"}
QUOTES = {"da": r"”([^”]+)”", "en": r"“([^”]+)”"}


def activities() -> dict[str, Activity]:
    """Every activity of the kit by its place."""
    return {place: activity for one in programmes().values() for place, _, activity in one.places()}


PLACES = [(language, place) for language in languages() for place in activities()]


def part_titles(page: Page) -> set[tuple[str, str]]:
    return {(section.id.rpartition(".")[2], section.title) for section in page.sections}


# --- the kit's own pages --------------------------------------------------------------------------------------------


def test_the_pages_have_every_part_of_every_activity_in_both_languages_and_no_other() -> None:
    assert [str(one) for one in guide_mistakes()] == []


@pytest.mark.parametrize("language", languages())
def test_every_step_has_a_page_and_so_has_what_comes_before_around_and_after(language: str) -> None:
    steps = {step.key for one in programmes().values() for step in one.steps}
    assert set(guide_pages(language)) == steps | AROUND


@pytest.mark.parametrize(("language", "place"), PLACES)
def test_the_opening_asks_the_question_of_the_screen_in_the_same_words(language: str, place: str) -> None:
    assert activities()[place].question[language] in guide(language, place).open


@pytest.mark.parametrize(("language", "place"), PLACES)
def test_the_opening_stands_under_the_name_of_the_activity(language: str, place: str) -> None:
    step, _, activity = place.partition(".")
    titles = {section.id: section.title for section in guide_pages(language)[step].sections}
    assert titles[f"{activity}.open"] == activities()[place].label[language].replace("’", "'")


@pytest.mark.parametrize(("language", "place"), PLACES)
def test_every_part_is_short_enough_to_glance_at(language: str, place: str) -> None:
    said = guide(language, place)
    for part, most in MOST_WORDS.items():
        words = re.findall(r"\w[\w’'.:-]*", getattr(said, part))
        assert 3 <= len(words) <= most, f"{language}/{place}.{part}: {len(words)} words"


@pytest.mark.parametrize(("language", "place"), PLACES)
def test_the_minutes_are_those_of_the_step(language: str, place: str) -> None:
    told = re.match(r"\*\*(\d+) minut", guide(language, place).run)
    assert told or activities()[place].state == "extra"
    assert not told or int(told[1]) == activities()[place].minutes


@pytest.mark.parametrize(("language", "place"), PLACES)
def test_running_is_told_with_phones_and_without(language: str, place: str) -> None:
    ways = {"da": ("- **Med telefoner:** ", "- **Uden:** "), "en": ("- **With phones:** ", "- **Without:** ")}
    assert all(way in guide(language, place).run for way in ways[language])


@pytest.mark.parametrize("language", languages())
def test_the_parts_are_called_the_same_on_every_page(language: str) -> None:
    steps = {step.key for one in programmes().values() for step in one.steps}
    called = set().union(*(part_titles(guide_pages(language)[key]) for key in steps))
    assert len({pair for pair in called if pair[0] != "open"}) == len(PARTS) - 1


@cache
def labels(language: str) -> list[re.Pattern[str]]:
    """What can stand on a surface of the kit, with its gaps open."""
    paths = [path for folder in ("texts", "steps") for path in shelf(folder).glob("*.toml")]
    found = {text for path in paths for text in _texts(read_toml(path), language)}
    return [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text.replace("’", "'")))) for text in found]


def _texts(node: Any, language: str) -> Iterator[str]:
    if isinstance(node, dict):
        own = node.get(language)
        yield from [own] if isinstance(own, str) else own.values() if isinstance(own, dict) else ()
        for value in node.values():
            yield from _texts(value, language)


@pytest.mark.parametrize("language", languages())
def test_what_a_step_quotes_stands_on_the_screen(language: str) -> None:
    steps = {step.key for one in programmes().values() for step in one.steps}
    texts = [section.text for key in steps for section in guide_pages(language)[key].sections]
    quoted = [one for text in texts for one in re.findall(QUOTES[language], text)]
    assert len(quoted) > 10
    assert [one for one in quoted if not any(label.fullmatch(one) for label in labels(language))] == []


@pytest.mark.parametrize("language", languages())
def test_every_section_has_a_title_and_becomes_html(language: str) -> None:
    for page in guide_pages(language).values():
        assert page.title != page.key
        for section in page.sections:
            html = guide_html(section.text)
            assert html.startswith("<"), f"{page.file} {section.id}"
            assert not re.search(r"\*\*|\{#|&lt;", html), f"{page.file} {section.id}"


def test_an_activity_is_found_by_its_place() -> None:
    said = guide("da", "goals.collect")
    assert said.open.startswith("Hvad vil I gerne have mere af i jeres arbejdsdag?")
    assert said.close == "Tak. Ingen af dem er forkerte. Nu ser vi, hvad der hører sammen."
    assert "{#" not in "".join((said.open, said.run, said.listen, said.stuck, said.close))
    assert guide("en", "goals.collect").close.startswith("Thank you.")


@pytest.mark.parametrize("place", ["goals.nowhere", "crew_talk.talk", "goals", ""])
def test_a_place_nobody_has_written_of_is_empty(place: str) -> None:
    assert guide("da", place) == Guide("", "", "", "", "")


def test_an_unknown_language_is_refused_with_the_nearest() -> None:
    with pytest.raises(ContentError) as caught:
        guide_pages("dk")
    assert caught.value.mistake == "unknown"
    assert "dk" in caught.value.say("da")


# --- a trainer's own folder -----------------------------------------------------------------------------------------

OWN_STEP = """
title = { da = "Snak", en = "Talk" }
[activity.talk]
kind = "collect"
label = { da = "Snak", en = "Talk" }
question = { da = "Hvad fylder?", en = "What is up?" }
why = { da = "Sig det.", en = "Say it." }
minutes = 10
"""
OWN_PROGRAMME = 'title = { da = "Snak", en = "Talk" }\nsteps = ["crew"]\n'
WHOLE = "# Snak\n\n" + "\n\n".join(f"## {part} {{#talk.{part}}}\n\nTekst." for part in PARTS) + "\n"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A trainer's folder with a programme of one step, named to the kit; its guide is still to be written."""
    for folder, text in (("steps", OWN_STEP), ("programmes", OWN_PROGRAMME)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "crew.toml").write_text(text, "utf-8")
    for language in languages():
        (tmp_path / "facilitator_guide" / language).mkdir(parents=True)
    monkeypatch.setenv("TRIVSEL_CONTENT", str(tmp_path))
    return tmp_path / "facilitator_guide"


def told(own: Path, **pages: str | bytes) -> list[str]:
    """What is said of the trainer's pages; ``da`` and ``en`` are the text of ``crew.md``."""
    for language, text in pages.items():
        (own / language / "crew.md").write_bytes(text.encode() if isinstance(text, str) else text)
    return [str(one) for one in guide_mistakes() if "crew" in one.file]


def test_a_programme_of_ones_own_needs_no_page(own: Path) -> None:
    assert guide("da", "crew.talk") == Guide()
    assert told(own) == []


def test_a_page_of_ones_own_is_read(own: Path) -> None:
    assert told(own, da=WHOLE, en=WHOLE) == []
    assert guide("da", "crew.talk") == Guide("Tekst.", "Tekst.", "Tekst.", "Tekst.", "Tekst.")


@pytest.mark.usefixtures("own")
def test_a_page_of_ones_own_replaces_the_kits_in_its_language(own: Path) -> None:
    (own / "da" / "break.md").write_text("\ufeff# Pause\n\n## Pause {#break.open}\n\nKaffe!\n", "utf-8")
    assert guide("da", "break.break") == Guide(open="Kaffe!")
    assert guide("en", "break.break").open.startswith("Time for a break.")
    assert guide("da", "goals.collect").open


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (
            WHOLE.replace("#talk.listen", "#talk.lisen"),
            [
                'da/crew.md: line 11: "talk.lisen" is not a known key here; did you mean "talk.listen"?',
                "da/crew.md: talk.listen: is missing",
            ],
        ),
        (WHOLE.replace("{#talk.close}", ""), ["da/crew.md: talk.close: is missing"]),
        (WHOLE.replace("Tekst.\n\n## run", "\n\n## run"), ["da/crew.md: talk.open: is missing"]),
        (WHOLE.replace("{#talk.", "{#chat."), [f"da/crew.md: talk.{part}: is missing" for part in PARTS]),
    ],
)
def test_a_mistake_is_told_with_file_and_id(own: Path, wrong: str, message: list[str]) -> None:
    found = told(own, da=wrong, en=WHOLE)
    assert [one for one in found if "chat." not in one] == message


def test_a_page_in_one_language_only_is_told(own: Path) -> None:
    assert told(own, da=WHOLE) == ["en/crew.md: is missing"]


def test_a_page_that_is_no_step_has_the_same_ids_in_both_languages(own: Path) -> None:
    (own / "da" / "our_house.md").write_text(
        "# Hos os\n\n## Lokale {#room}\n\nStuen.\n\n## Kaffe {#coffee}\n\nJa.\n", "utf-8"
    )
    (own / "en" / "our_house.md").write_text("# With us\n\n## Room {#room}\n\nGround floor.\n", "utf-8")
    assert [str(one) for one in guide_mistakes() if "house" in one.file] == ["en/our_house.md: coffee: is missing"]


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (WHOLE + "\n## Igen {#talk.open}\n\nTekst.\n", 'da/crew.md: line 23: "talk.open" is there twice'),
        (WHOLE.encode("cp1252").replace(b"Tekst", b"T\xe6kst"), "da/crew.md: line 5: the file is not saved as UTF-8"),
    ],
)
def test_a_page_that_cannot_be_read_is_refused_with_its_line(own: Path, wrong: str | bytes, message: str) -> None:
    with pytest.raises(ContentError) as caught:
        told(own, da=wrong)
    assert str(caught.value).startswith(message)


# --- HTML -----------------------------------------------------------------------------------------------------------


def test_markdown_becomes_html() -> None:
    assert guide_html("**10 minutter.** *Hvad?*\n\n- Én\n- To") == (
        "<p><strong>10 minutter.</strong> <em>Hvad?</em></p>\n<ul>\n<li>Én</li>\n<li>To</li>\n</ul>\n"
    )
    assert "<table>" in guide_html("| a | b |\n|---|---|\n| 1 | 2 |")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick='x'>b</b>",
        "![picture](https://example.org/a.png)",
        "[here](javascript:alert(1))",
        "[here](data:text/html;base64,x)",
        '[a](https://example.org "x" onclick="y")',
        "<!-- -->",
    ],
)
def test_a_page_cannot_bring_tags_pictures_or_scripts(text: str) -> None:
    html = guide_html(text)
    tags = re.findall(r"<(/?\w+)([^>]*)>", html)
    assert {name for name, _ in tags} <= {"p", "/p", "a", "/a"}
    assert all(re.fullmatch(r'( href="https://example\.org[^"]*")?', attributes) for _, attributes in tags)
