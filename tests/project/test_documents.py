"""README and guide tell the truth: commands exist, buttons are called what they are called, both languages agree."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.project.house_rules import ROOT

GUIDE = ROOT / "facilitator_guide"
CONTENT = ROOT / "src/trivsel/content"
README = (ROOT / "README.md").read_text(encoding="utf-8")
PARTS = {
    "da": ("Før", "Åbn", "Kør", "Luk", "Hvis I går i stå"),
    "en": ("Before", "Open", "Run", "Close", "If you get stuck"),
}
QUOTES = {"da": r"”([^”]+)”", "en": r"“([^”]+)”"}
LANGUAGES = tuple(PARTS)


def toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def room(language: str) -> str:
    return (GUIDE / language / "room.md").read_text(encoding="utf-8")


def ids(text: str) -> list[str]:
    return re.findall(r'^<a id="([a-z_]+)"></a>$', text, re.MULTILINE)


def section(text: str, id: str) -> str:
    """The part of a page under one id."""
    return text.split(f'<a id="{id}"></a>')[1].split("<a id=", maxsplit=1)[0]


@cache
def programme() -> dict[str, dict[str, Any]]:
    """The steps of the five questions in order."""
    keys = toml(CONTENT / "programmes/five_questions.toml")["steps"]
    return {key: toml(CONTENT / f"steps/{key}.toml") for key in keys}


def labels(node: Any, language: str) -> set[str]:
    """Every text of the kit in a language."""
    if not isinstance(node, dict):
        return set()
    own = node.get(language)
    here = {own} if isinstance(own, str) else set(own.values()) if isinstance(own, dict) else set()
    return here.union(*(labels(value, language) for value in node.values()))


@cache
def on_the_screen(language: str) -> list[re.Pattern[str]]:
    """What can stand on the screen, with its gaps open."""
    files = [CONTENT / "texts/screen.toml", *(CONTENT / "steps").glob("*.toml")]
    texts = set().union(*(labels(toml(file), language) for file in files))
    return [re.compile(re.sub(r"\\{\w+\\}", ".+", re.escape(text.replace("’", "'")))) for text in texts]


# --- the guide


def test_every_page_of_the_guide_is_there_in_both_languages() -> None:
    pages = [{path.name for path in (GUIDE / language).glob("*.md")} for language in LANGUAGES]
    assert pages[0] == pages[1] != set()
    for page in pages[0]:
        danish, english = ((GUIDE / language / page).read_text(encoding="utf-8") for language in LANGUAGES)
        assert ids(danish) == ids(english)
        assert [line.count("|") for line in danish.splitlines()] == [line.count("|") for line in english.splitlines()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_opens_each_step_with_its_question_and_has_all_five_parts(language: str) -> None:
    text = room(language)
    assert [id for id in ids(text) if id in programme()] == list(programme())
    for key, step in programme().items():
        part = section(text, key)
        first = next(one for one in step["activity"].values() if one.get("state", "meeting") == "meeting")
        question = re.escape(first["question"][language]).replace(r"\{time\}", "…")
        assert re.search(rf"^## {re.escape(step['title'][language])}$", part, re.MULTILINE), key
        assert re.search(rf"^> {question}$", part, re.MULTILINE), key
        assert re.findall(r"^- \*\*(.+?):\*\*", part, re.MULTILINE) == list(PARTS[language]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_has_the_minutes_of_the_steps(language: str) -> None:
    rows = re.findall(r"^\| (\d+) \| (.*?) ?\| (.+?) \| (\d+) \|$", section(room(language), "minutes"), re.MULTILINE)
    told = [(int(start), activity, int(minutes)) for start, _, activity, minutes in rows]
    expected, start = [], 0
    for step in programme().values():
        for activity in step["activity"].values():
            if activity.get("state", "meeting") == "meeting":
                expected.append((start, activity["label"][language].replace("’", "'"), activity["minutes"]))
                start += activity["minutes"]
    assert told == expected
    assert f" {start} " in section(room(language), "minutes")
    assert f" {150 - start} " in section(room(language), "minutes")


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_guide_quotes_stands_on_the_screen(language: str) -> None:
    quoted = re.findall(QUOTES[language], room(language).split('<a id="before"></a>')[1])
    assert len(quoted) > 15
    assert [one for one in quoted if not any(label.fullmatch(one) for label in on_the_screen(language))] == []


# --- the README


def test_every_command_is_in_the_readme_and_every_one_there_exists() -> None:
    import typer.main

    from trivsel.cli import commands

    group: Any = typer.main.get_command(commands)
    named = set(re.findall(r"(?:^|[`/\\])trivsel ([a-z]+)", README, re.MULTILINE))
    assert named == set(group.commands)


def test_every_make_target_of_the_readme_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)make ([a-z]+)", README, re.MULTILINE))
    assert {"run", "test", "check", "lab", "lint", "format", "bench", "lock"} <= named
    assert [name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_every_link_leads_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)(?:#[^)]*)?\)", text)
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_changelog_tells_of_this_version() -> None:
    version = toml(ROOT / "pyproject.toml")["project"]["version"]
    assert re.search(rf"^## {re.escape(version)}\b", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
