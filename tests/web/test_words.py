"""Every word of the pages is there in every language, and none lies unused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.web.conftest import ROOT
from trivsel.web.texts import LANGUAGES, catalogue, say
from trivsel.web.trouble import listening_trouble

SOURCES = ROOT / "src" / "trivsel" / "web"
FAMILIES = (
    "home.committee_",
    "error.",
    "room.",
    "trouble.",
    "home.created",
    "home.copied",
    "home.imported",
    "home.deleted",
)
"""Keys that are put together where they are used."""


def written() -> str:
    kinds = {".py", ".html"}
    return "\n".join(path.read_text(encoding="utf-8") for path in Path(SOURCES).rglob("*") if path.suffix in kinds)


def test_every_text_is_there_in_every_language() -> None:
    assert [key for key, words in catalogue().items() if set(words) != set(LANGUAGES) or not all(words.values())] == []


def test_a_text_has_the_same_places_in_every_language() -> None:
    places = {
        key: {frozenset(re.findall(r"{(\w+)}", text)) for text in words.values()} for key, words in catalogue().items()
    }
    assert [key for key, found in places.items() if len(found) > 1] == []


def test_every_key_that_is_used_is_there() -> None:
    used = re.findall(r"""say\(\s*["']([a-z_]+\.[a-z_]+)["']""", written())
    assert len(used) > 40
    assert sorted(set(used) - set(catalogue())) == []


def test_no_text_lies_unused() -> None:
    source = written()
    unused = [key for key in catalogue() if f'"{key}"' not in source and f"'{key}'" not in source]
    assert [key for key in unused if not key.startswith(FAMILIES)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_keeps_the_kit_from_starting_is_told(language: str) -> None:
    assert "9999" in listening_trouble(OSError(13, "denied"), "127.0.0.1", 9999).say(language)
    assert "192.0.2.1" in listening_trouble(OSError(99, "no such address"), "192.0.2.1", 9999).say(language)
    assert "8867" in say("trouble.port_taken", language, port=8866, other=8867)
