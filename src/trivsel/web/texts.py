"""The words of the pages, in Danish and English."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = {"da": "Dansk", "en": "English"}


@cache
def catalogue() -> dict[str, dict[str, str]]:
    """Every text by its key: ``{"home.title": {"da": …, "en": …}}``."""
    tables: dict[str, Any] = tomllib.loads((files("trivsel.web") / "texts.toml").read_text(encoding="utf-8"))
    return {f"{table}.{name}": words for table, texts in tables.items() for name, words in texts.items()}


def say(key: str, language: str, **params: object) -> str:
    """The text ``key`` in ``language``, with ``{name}`` filled in."""
    words = catalogue()[key]
    text = words.get(language) or words["en"]
    return text.format(**params) if params else text
