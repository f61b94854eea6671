"""Every refusal has its words: each reason in the rules has a text in every language, with what it is about."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from trivsel.content import languages, say
from trivsel.domain.commands import Refusal
from trivsel.errors import Refused, UnknownWorkshop

SOURCES = sorted((Path(__file__).resolve().parents[2] / "src" / "trivsel").rglob("*.py"))


def refusals() -> dict[str, set[str]]:
    """Every key that is given to ``Refusal`` anywhere, with the names of what it is about."""
    found: dict[str, set[str]] = {}
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Refusal":
                keys = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
                about = node.args[1] if len(node.args) > 1 else None
                names = set()
                if isinstance(about, ast.Dict):
                    names = {one.value for one in about.keys if isinstance(one, ast.Constant)}
                for key in keys:
                    if isinstance(key, str) and key != "double":
                        found.setdefault(key, set()).update(map(str, names))
    return found


REFUSALS = refusals()


def test_the_refusals_are_found() -> None:
    assert {"thing_gone", "changed_meanwhile", "damaged_file", "already_there"} <= set(REFUSALS)
    assert len(REFUSALS) > 25


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_every_refusal_has_its_words(key: str, language: str) -> None:
    about = {name: f"«{name}»" for name in REFUSALS[key]}
    sentence = say(language)(f"refusal.{key}", **about)
    assert sentence.endswith((".", "?", "!"))
    assert not re.search(r"\{\w+\}", sentence)


def test_an_error_says_its_sentence() -> None:
    error = Refused(Refusal("too_many_goals", {"limit": "3"}))
    assert "3" in error.message(say("da"))
    assert error.message(say("da")) != error.message(say("en"))
    assert "nobody" in UnknownWorkshop("nobody").message(say("en"))
