"""The kit says texts, dates and numbers in the language of whoever reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from trivsel.content import ContentError, Say, fill, languages, say
from trivsel.content.texts import read_texts

Texts = Callable[[str], Say]


@pytest.fixture
def danish(tmp_path: Path) -> Texts:
    """The kit in Danish with a few texts of a trainer's."""

    def make(text: str) -> Say:
        (tmp_path / "texts").mkdir(exist_ok=True)
        (tmp_path / "texts" / "mine.toml").write_text(text, "utf-8")
        return Say("da", read_texts(tmp_path))

    return make


PLURAL = """
[mine]
cards.da = { one = "{n} kort, ét", other = "{n} kort" }
cards.en = { one = "{n} card", other = "{n} cards" }
plain = { da = "Hej {name} {literal", en = "Hello {name} {literal" }
"""


def test_a_text_is_filled_in_literally(danish: Texts) -> None:
    assert danish(PLURAL)("mine.plain", name="{0} {name} %s \\1 <b>") == "Hej {0} {name} %s \\1 <b> {literal"
    assert fill("{a}{b}", {"a": "{b}", "b": "x"}) == "{b}x"


def test_the_form_follows_the_number(danish: Texts) -> None:
    speak = danish(PLURAL)
    assert [speak("mine.cards", n=n) for n in (0, 1, 2)] == ["0 kort", "1 kort, ét", "2 kort"]


def test_a_section_is_handed_to_the_browser_with_its_placeholders(danish: Texts) -> None:
    assert danish(PLURAL).words("mine") == {
        "cards.one": "{n} kort, ét",
        "cards.other": "{n} kort",
        "plain": "Hej {name} {literal",
    }


def test_an_unknown_text_a_missing_value_and_an_unknown_section_are_errors(danish: Texts) -> None:
    speak = danish(PLURAL)
    for wrong in (lambda: speak("mine.nothing"), lambda: speak("mine.plain"), lambda: speak.words("nothing")):
        with pytest.raises(KeyError):
            wrong()


def test_an_unknown_language_is_refused() -> None:
    assert languages() == ("da", "en")
    with pytest.raises(ContentError, match='"sv" is not a language of the kit'):
        say("sv")


def test_dates_times_numbers_money_and_lists() -> None:
    da, en = say("da"), say("en")
    assert (da.date("2027-01-11"), en.date("2027-01-11")) == ("11.01.2027", "11 Jan 2027")
    assert (da.date("2026-11-12T13:26:00+00:00"), en.date("2026-09-01")) == ("12.11.2026", "1 Sept 2026")
    assert (da.long_date("2026-11-12"), en.long_date("2026-11-12")) == ("12. november 2026", "12 November 2026")
    assert (da.time("14:40"), en.time("14:40"), da.time("09:05")) == ("14.40", "14:40", "9.05")
    assert [da.number(x) for x in (1234.5, 3, 0.125, -2.5)] == ["1.234,5", "3", "0,12", "-2,5"]
    assert en.number(1234.5) == "1,234.5"
    assert (da.money(12000), en.money(12000), da.money(0), da.money(12.5)) == (
        "12.000 kr.", "DKK 12,000", "0 kr.", "12,50 kr.",
    )  # fmt: skip
    assert (da.names(["a", "b", "c"]), en.names(["a", "b", "c"])) == ("a, b og c", "a, b and c")
    assert (da.names([]), da.names(["a"]), da.names(["a", "b"])) == ("", "a", "a og b")
    assert (da.titles(["Ro", "Luft"]), en.titles(["Quiet"])) == ("”Ro” og ”Luft”", "“Quiet”")


AWKWARD = {
    "Danish only": ('[mine]\na = { da = "x" }', 'texts/mine.toml: mine.a: the text is missing in the language "en"'),
    "no table": (
        '[mine]\na = "x"',
        'texts/mine.toml: mine.a: "x" is not a text with its languages side by side, { da = "…", en = "…" }',
    ),
    "outside a section": (
        'a = "x"',
        "texts/mine.toml: a: stands outside a section; write a line like [section] above it",
    ),
    "a placeholder one language leaves out": (
        '[mine]\na = { da = "{n} kort", en = "cards" }',
        "texts/mine.toml: mine.a.en: the text leaves out {n}",
    ),
    "a placeholder only one language has": (
        '[mine]\na = { da = "kort", en = "{n} cards" }',
        "texts/mine.toml: mine.a.en: {n} cannot stand in this text; it has no such name",
    ),
    "a trainer's text with another placeholder": (
        '[refusal]\nthing_gone = { da = "{x} er væk", en = "{x} is gone" }',
        "texts/mine.toml: refusal.thing_gone.da: {x} cannot stand in this text; it has no such name",
    ),
    "a misspelt form": (
        '[mine]\na.da = { one = "x", othr = "y" }\na.en = { one = "x", other = "y" }',
        'texts/mine.toml: mine.a.da.othr: "othr" is not a plural form; did you mean "other"?',
    ),
    "one form only": (
        '[mine]\na.da = { other = "y" }\na.en = { one = "x", other = "y" }',
        "texts/mine.toml: mine.a.da.one: is missing",
    ),
    "forms in one language only": (
        '[mine]\na.da = { one = "x", other = "y" }',
        'texts/mine.toml: mine.a: the text is missing in the language "en"',
    ),
    "forms in Danish, a text in English": (
        '[mine]\na.da = { one = "x", other = "y" }\na.en = "y"',
        'texts/mine.toml: mine.a.en: "y" is not a table of plural forms',
    ),
    "a language too many": (
        '[mine]\na = { da = "x", en = "x", dk = "x" }',
        'texts/mine.toml: mine.a.dk: "dk" is not a language of the kit; choose one of: da, en',
    ),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_a_mistake_in_a_text_is_told_by_file_and_key(case: str, danish: Texts) -> None:
    text, message = AWKWARD[case]
    with pytest.raises(ContentError) as caught:
        danish(text)
    if case == "a language too many":
        assert str(caught.value).startswith('texts/mine.toml: mine.a.dk: "dk" is not a language of the kit')
    else:
        assert str(caught.value) == message


def test_the_same_text_in_two_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    for name in ("a.toml", "b.toml"):
        (tmp_path / "texts" / name).write_text('[mine]\na = { da = "x", en = "x" }', "utf-8")
    with pytest.raises(ContentError) as caught:
        read_texts(tmp_path)
    assert str(caught.value) == "texts/b.toml: mine.a: the text is in texts/a.toml too; delete one of them"
