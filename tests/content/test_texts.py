"""The gate: every text has every language, every text is used, and every text that is asked for is there."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from trivsel.content import languages, place, say
from trivsel.content.texts import Entry, read_texts
from trivsel.domain import programme, standing, things
from trivsel.domain.fields import FIELDS

ROOT = Path(__file__).resolve().parents[2]
ENDINGS = (".py", ".js", ".html", ".j2", ".ipynb")
FOLDERS = ("src", "widgets", "notebooks")
NOT_KEYS = r"(?!html\b|css\b|js\b|json\b|py\b|toml\b|j2\b|ipynb\b|svg\b|csv\b)"


@cache
def texts() -> dict[str, Entry]:
    return read_texts(None)


@cache
def source() -> dict[Path, str]:
    """The code of the kit and its pages, without what others have written."""
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*") if path.suffix in ENDINGS)
    return {path: path.read_text("utf-8") for path in paths if not {"vendor", "node_modules"} & set(path.parts)}


@cache
def code() -> str:
    return "\n".join(source().values())


@cache
def browser() -> str:
    return "\n".join(text for path, text in source().items() if path.suffix == ".js")


def sections() -> list[str]:
    return sorted({key.partition(".")[0] for key in texts()})


# --- families whose keys are put together from words of the domain --------------------------------------------------


def words_of(family: str, kind: Any) -> set[str]:
    return {f"{family}_{word}" for word in get_args(kind)}


def refusals() -> set[str]:
    folder = ROOT / "src" / "trivsel"
    found: set[str] = set()
    for path in [*(folder / "domain").glob("*.py"), *(ROOT / "widgets").rglob("*.py")]:
        found |= set(re.findall(r'Refusal\(\s*"(\w+)"', path.read_text("utf-8")))
    return found


def findings() -> set[str]:
    """The keys of findings: what ``Finding``, ``about`` and the like are called with."""
    folder = ROOT / "src" / "trivsel" / "domain" / "advice"
    advice = "\n".join(path.read_text("utf-8") for path in folder.glob("*.py"))
    return set(re.findall(r'(?:Finding|about|_gone|_away)\(\s*"(\w+)"', advice))


def labels() -> set[str]:
    """Everything that ``label_of`` can say a change was about."""
    found = set()
    for kind, fields in FIELDS.items():
        tag = str(kind.__struct_config__.tag)  # type: ignore[attr-defined]
        deeds = () if kind is things.Workplace else ("added", "removed")
        found |= {f"{tag}_{what}" for what in (*fields, *deeds)}
    return found


def mistakes() -> set[str]:
    text = "\n".join(path.read_text("utf-8") for path in place().glob("*.py"))
    return set(re.findall(r'"(\w+)"', text)) & {key.removeprefix("mistake.") for key in texts()}


ERRORS = {"missing", "forbidden", "too_big", "wrong"}
"""What an error page can be about."""

FAMILIES = {
    "error": {"refused", *ERRORS, *(f"{kind}_what" for kind in ERRORS)},
    "refusal": refusals(),
    "advice": {f"{key}{part}" for key in findings() for part in ("", "_why", "_mend")},
    "undo": labels(),
    "mistake": mistakes(),
    "language": set(languages()),
    "choice": {
        *words_of("gain", things.Gain), *words_of("level", programme.Level), *words_of("rhythm", things.Rhythm),
        *words_of("decision", things.Choice) - {"decision_", "decision_must"}, *words_of("size", things.Size),
        *words_of("approver", programme.Approver), *words_of("holds", things.Holds) - {"holds_"},
        *words_of("rating", programme.Rating), *words_of("duty", programme.Duty),
        *words_of("evidence", get_type_hints(programme.InitiativeEntry)["evidence"]),
        *words_of("state", programme.State), *words_of("mark", standing.Mark),
    },
}  # fmt: skip


@pytest.mark.parametrize("section", FAMILIES)
def test_a_family_has_a_text_for_each_of_its_words_and_no_other(section: str) -> None:
    assert {key.partition(".")[2] for key in texts() if key.startswith(f"{section}.")} == FAMILIES[section]


def test_every_family_of_choices_is_asked_for() -> None:
    """Undecided has no word of its own, and a legal duty has other ones."""
    families = {key.partition(".")[2].partition("_")[0] for key in texts() if key.startswith("choice.")}
    unused = [one for one in families if not re.search(rf"""choice\.{one}_|choice[s]?\(.*["']{one}["']""", code())]
    assert sorted(unused) == []


# --- every text in every language -----------------------------------------------------------------------------------


def test_every_text_is_there_in_every_language() -> None:
    """Reading refuses a text without one of the languages; this says that reading was strict."""
    assert len(texts()) > 200
    for key, entry in texts().items():
        assert tuple(entry) == languages(), key
        for language, forms in entry.items():
            assert all(text.strip() == text and text for text in forms.values()), f"{key} {language}"


def test_a_text_is_not_the_same_in_both_languages_unless_it_may_be() -> None:
    """A text somebody forgot to translate. Names, abbreviations and words of one or two letters may be the same."""
    same = [
        key
        for key, entry in texts().items()
        if len({str(forms) for forms in entry.values()}) == 1
        and len(re.findall(r"[^\W\d]{3,}", re.sub(r"\{\w+\}", "", entry["da"]["other"]))) > 1
        and not key.startswith(("format.", "language."))
    ]
    assert same == []


def test_danish_uses_danish_quotation_marks_and_english_english_ones() -> None:
    for key, entry in texts().items():
        assert "“" not in entry["da"]["other"], key
        assert key.startswith("format.") or entry["en"]["other"].count("“") == entry["en"]["other"].count("”"), key


# --- every text is used, and what is used is there ------------------------------------------------------------------


def asked() -> set[str]:
    """Keys that stand in the code as they are."""
    return set(re.findall(rf"""["'`]((?:{"|".join(sections())})\.{NOT_KEYS}\w+)["'`]""", code()))


def begun() -> set[str]:
    """How keys begin that are put together: ``f"view.timer_{phase}"``, ``"home." ~ done``."""
    names = "|".join(sections())
    put = re.findall(rf"""["'`]((?:{names})\.\w*)\$?\{{""", code())
    added = re.findall(rf"""["']((?:{names})\.(?:\w+_)?)["']\s*[+~]""", code())
    return {*put, *added}


def handed_over() -> set[str]:
    """Sections that the browser gets as a whole."""
    return set(re.findall(r"""\.words\(\s*["'](\w+)["']\s*\)""", code())) & set(sections())


def used(key: str) -> bool:
    section, _, name = key.partition(".")
    if section in FAMILIES or key in asked():
        return True
    if section in handed_over() and re.search(rf"""(?:\bw\.|["'`]){name}\b""", browser()):
        return True
    for start in begun():
        rest = key.removeprefix(start)
        if rest != key and (re.search(rf"""["'`]{rest}["'`]|\b{rest}=""", code()) or rest.isdecimal()):
            return True
    return False


@pytest.mark.parametrize("section", sections())
def test_no_text_is_left_over(section: str) -> None:
    assert [key for key in texts() if key.startswith(f"{section}.") and not used(key)] == []


def test_every_text_that_is_asked_for_is_there() -> None:
    assert sorted(key for key in asked() - set(texts()) if not key.endswith("_")) == []


def test_every_word_the_browser_uses_is_there() -> None:
    screen = say("da").words("screen")
    words = {name.partition(".")[0] for name in screen}
    assert sorted(set(re.findall(r"\bw\.(\w+)", browser())) - words) == []


def test_every_error_a_person_is_told_about_has_words() -> None:
    raised = set(re.findall(r"""(?:Error|__init__)\(\s*f?"([a-z]+\.[a-z_]+)["{]""", code()))
    missing = [
        key
        for key in raised
        if key not in texts() and not (key.endswith((".", "_")) and any(text.startswith(key) for text in texts()))
    ]
    assert sorted(missing) == []
