"""The programmes of the kit are what the table of activities says, and a mistake in a file is told by its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest

from trivsel.content import ContentError, languages, programme, programmes, say
from trivsel.domain.presets import forums_of
from trivsel.domain.programme import Kind

FIVE = [
    ("welcome.welcome", "welcome", 10, "Velkommen", "Hvorfor er vi her, og hvad kan vi bestemme i dag?"),
    ("goals.collect", "collect", 15, "Saml", "Hvad vil I gerne have mere af i jeres arbejdsdag?"),
    ("goals.group", "group", 10, "Gruppér", "Hvad hører sammen?"),
    ("goals.connect", "connect", 6, "Se sammenhæng", "Hvilket mål trækker de andre med?"),
    ("goals.prioritise", "prioritise", 5, "Prioritér", "Hvad vil I gå efter først?"),
    ("goals.measure", "measure", 8, "Gør det målbart", "Hvordan kan I se, at det går den rigtige vej?"),
    ("initiatives.collect", "ideas", 15, "Find på", "Hvad gør I allerede, som virker? Hvad kunne I prøve?"),
    (
        "initiatives.barriers", "barriers", 7, "Hvem kan ikke være med?",
        "Hvem bliver holdt udenfor, og hvad gør I ved det?",
    ),
    ("initiatives.rate", "rate", 5, "Vurdér", "Hvor får I mest ud af kræfterne?"),
    ("initiatives.decide", "decide", 10, "Beslut", "Hvad prøver I? Hvad må vente?"),
    ("break.break", "break", 10, "Pause", "Så holder vi pause"),
    ("resources.needs", "allocate", 10, "Hvad skal der til?", "Hvad kræver det, hvad mangler I, og hvem skaffer det?"),
    ("resources.frame", "frame", 5, "Hvad har vi?", "Hvad er der sat af?"),
    (
        "anchoring.routines", "anchor", 12, "Faste møder",
        "Hvordan holder I liv i det, når nyhedens interesse har lagt sig?",
    ),
    ("anchoring.whatif", "whatif", 5, "Hvad nu hvis?", "Sker det stadig, hvis …"),
    ("anchoring.commitments", "commit", 8, "Ledelsens løfter", "Hvad lægger ledelsen på bordet?"),
    ("anchoring.selfcheck", "selfcheck", 6, "Selvtjek", "Hvor godt står I?"),
    ("anchoring.wheel", "wheel", 1, "Årshjul", "Sådan ser jeres år ud"),
    ("evaluation.how", "how", 6, "Hvordan følger I op?", "Taler I om det, spørger I, eller tæller I?"),
    ("evaluation.when", "plan", 5, "Hvornår?", "Hvornår mødes I igen om det?"),
    ("evaluation.close", "close", 8, "Rund af", "Hvad går I herfra med?"),
]  # fmt: skip


def test_five_questions_are_those_of_the_table() -> None:
    found = [
        (place, activity.kind, activity.minutes, activity.label["da"], activity.question["da"])
        for place, _, activity in programme("five_questions").places()
    ]
    assert found == FIVE
    extra = [place for place, _, activity in programme("five_questions").places() if activity.state == "extra"]
    assert extra == ["goals.connect", "anchoring.selfcheck"]
    after = [place for place, _, activity in programme("five_questions").places() if activity.state == "after"]
    assert after == ["resources.frame", "evaluation.how"]


def test_five_questions_fit_in_the_meeting_with_room_for_a_nervous_typist() -> None:
    places = programme("five_questions").places()
    assert sum(activity.minutes for _, _, activity in places if activity.state == "meeting") == 144


def test_every_kind_of_activity_is_used() -> None:
    used = {activity.kind for one in programmes().values() for _, _, activity in one.places()}
    assert used == set(get_args(Kind))


def test_the_small_programme_has_one_step_and_two_activities_of_which_one_is_extra() -> None:
    small = programme("one_question")
    assert len(small.steps) == 1
    assert [(activity.kind, activity.state, activity.minutes) for _, _, activity in small.places()] == [
        ("collect", "meeting", 15),
        ("prioritise", "extra", 5),
    ]


def test_only_welcome_and_break_are_interludes() -> None:
    steps = programme("five_questions").steps
    assert [step.key for step in steps if step.interlude] == ["welcome", "break"]
    assert all(step.colour == step.key and step.purpose for step in steps if not step.interlude)


def test_what_can_be_skipped_says_what_was_not_reached() -> None:
    for one in programmes().values():
        for place, step, activity in one.places():
            if not step.interlude and activity.kind != "wheel":
                assert activity.if_skipped, place


def test_the_presets_the_rules_ask_for_are_there() -> None:
    five = programme("five_questions")
    options = {place: {option.key: option for option in activity.options} for place, _, activity in five.places()}
    assert list(options["resources.needs"]) == ["small", "medium", "large"]
    assert all(size.hours is not None and size.money is not None for size in options["resources.needs"].values())
    assert len(options["anchoring.commitments"]) == 5
    assert all(promise.text for promise in options["anchoring.commitments"].values())
    assert [(when.weeks, when.months) for when in options["evaluation.when"].values()] == [
        (6, None), (None, 3), (None, 6), (None, 12),
    ]  # fmt: skip
    assert 4 <= len(options["welcome.welcome"]) <= 5


def test_a_workplace_without_a_committee_is_not_offered_one() -> None:
    with_one = {forum.name.read("da") for forum in forums_of(programme("five_questions"), "da", "amo")}
    without = {forum.name.read("da") for forum in forums_of(programme("five_questions"), "da", "none")}
    assert with_one - without == {"AMO-møde"}


@pytest.mark.parametrize("language", languages())
def test_questions_are_questions_or_sentences_and_nothing_is_left_to_fill_in(language: str) -> None:
    for one in programmes().values():
        for place, _, activity in one.places():
            for words in (activity.label, activity.question, activity.why, activity.task, activity.if_skipped):
                text = words.get(language, "")
                assert "{" not in text, place
                assert text == " ".join(text.split()), place
            assert activity.why[language].endswith((".", "?")), place
            assert len(activity.why[language]) <= 130, place


def test_an_unknown_programme_gets_the_nearest() -> None:
    with pytest.raises(ContentError) as caught:
        programme("five_qestions")
    assert str(caught.value) == '"five_qestions" is not a programme; did you mean "five_questions"?'
    assert caught.value.say("da") == '"five_qestions" er ikke et program; mente du "five_questions"?'


# --- a trainer's own folder ---------------------------------------------------------------------------------------

Own = Callable[[dict[str, str]], Path]


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Own:
    """A trainer's folder with the files given, named to the kit."""

    def make(written: dict[str, str]) -> Path:
        for name, text in written.items():
            path = tmp_path / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode("utf-8"))
        monkeypatch.setenv("TRIVSEL_CONTENT", str(tmp_path))
        return tmp_path

    return make


STEP = """
title = { da = "Start", en = "Start" }

[activity.talk]
kind = "collect"
label = { da = "Saml", en = "Collect" }
question = { da = "Hvad nu?", en = "What now?" }
why = { da = "Sig det.", en = "Say it." }
minutes = 10
"""
PROGRAMME = """
title = { da = "Mit", en = "Mine" }
steps = ["mine"]
"""


def test_a_trainers_step_and_programme_are_added(own: Own) -> None:
    own({"steps/mine.toml": "\ufeff" + STEP.replace("\n", "\r\n"), "programmes/mine.toml": PROGRAMME})
    assert [place for place, _, _ in programme("mine").places()] == ["mine.talk"]
    assert len(list(programme("five_questions").places())) == len(FIVE)


def test_a_trainers_step_of_the_same_name_replaces_the_kits(own: Own) -> None:
    own({"steps/break.toml": STEP})
    assert "break.talk" in [place for place, _, _ in programme("five_questions").places()]


def test_a_trainers_text_replaces_the_kits_and_keeps_its_placeholders(own: Own) -> None:
    own({"texts/mine.toml": '[refusal]\nalready_taken = { da = "{title}: nej", en = "{title}: no" }\n'})
    assert say("da")("refusal.already_taken", title="Ro") == "Ro: nej"
    assert say("en")("refusal.already_there").startswith("It is already in.")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIVSEL_CONTENT", str(tmp_path / "gone"))
    with pytest.raises(ContentError, match="correct TRIVSEL_CONTENT") as caught:
        programmes()
    assert str(tmp_path / "gone") in caught.value.say("da")


def changed(old: str, new: str) -> str:
    """The step with one thing otherwise."""
    assert old in STEP
    return STEP.replace(old, new)


AWKWARD = {
    "misspelt kind": (
        changed('"collect"', '"colect"'),
        'steps/mine.toml: activity.talk.kind: "colect" is not a kind; did you mean "collect"?',
    ),
    "kind like nothing": (
        changed('"collect"', '"xyzzy"'),
        'steps/mine.toml: activity.talk.kind: "xyzzy" is not a kind; choose one of: ' + ", ".join(get_args(Kind)),
    ),
    "misspelt key": (
        changed("minutes", "minuts"),
        'steps/mine.toml: activity.talk.minuts: "minuts" is not a known key here; did you mean "minutes"?',
    ),
    "key left out": (
        changed("minutes = 10\n", ""),
        "steps/mine.toml: activity.talk.minutes: is missing",
    ),
    "key too many": (
        STEP + 'qestion = { da = "?", en = "?" }\n',
        'steps/mine.toml: activity.talk.qestion: "qestion" is not a known key here; did you mean "question"?',
    ),
    "key too many at the top": (
        changed('title = { da = "Start"', 'titel = "x"\ntitle = { da = "Start"'),
        'steps/mine.toml: titel: "titel" is not a known key here; did you mean "title"?',
    ),
    "Danish only": (
        changed('{ da = "Hvad nu?", en = "What now?" }', '{ da = "Hvad nu?" }'),
        'steps/mine.toml: activity.talk.question: the text is missing in the language "en"',
    ),
    "empty English": (
        changed('"What now?"', '" "'),
        'steps/mine.toml: activity.talk.question: the text is missing in the language "en"',
    ),
    "text without languages": (
        changed('{ da = "Hvad nu?", en = "What now?" }', '"Hvad nu?"'),
        'steps/mine.toml: activity.talk.question: "Hvad nu?" is not a text with its languages side by side, '
        '{ da = "…", en = "…" }',
    ),
    "unknown language": (
        changed('en = "What now?"', 'eng = "What now?"'),
        'steps/mine.toml: activity.talk.question.eng: "eng" is not a language of the kit; did you mean "en"?',
    ),
    "a number for a text": (
        changed('en = "What now?"', "en = 12"),
        'steps/mine.toml: activity.talk.question.en: "12" is not text in quotation marks',
    ),
    "too many minutes": (
        changed("minutes = 10", "minutes = 241"),
        "steps/mine.toml: activity.talk.minutes: 241 is not between 0 and 240",
    ),
    "negative minutes": (
        changed("minutes = 10", "minutes = -1"),
        "steps/mine.toml: activity.talk.minutes: -1 is not between 0 and 240",
    ),
    "minutes in quotation marks": (
        changed("minutes = 10", 'minutes = "10"'),
        'steps/mine.toml: activity.talk.minutes: "10" is not a whole number',
    ),
    "half minutes": (
        changed("minutes = 10", "minutes = 7.5"),
        'steps/mine.toml: activity.talk.minutes: "7.5" is not a whole number',
    ),
    "true for minutes": (
        changed("minutes = 10", "minutes = true"),
        'steps/mine.toml: activity.talk.minutes: "true" is not a whole number',
    ),
    "more talk than time": (
        STEP + "alone = 6\npairs = 5\n",
        "steps/mine.toml: activity.talk.minutes: the activity has 10 minutes, but time alone and in pairs takes 11 "
        "together",
    ),
    "unknown state": (
        STEP + 'state = "aftre"\n',
        'steps/mine.toml: activity.talk.state: "aftre" is not one of the three states; did you mean "after"?',
    ),
    "Danish-only option": (
        STEP + '[activity.talk.option.one]\nlabel = { da = "Et" }\n',
        'steps/mine.toml: activity.talk.option.one.label: the text is missing in the language "en"',
    ),
    "unknown rhythm": (
        STEP + '[activity.talk.option.one]\nlabel = { da = "Et", en = "One" }\nrhythm = "monthly"\n',
        'steps/mine.toml: activity.talk.option.one.rhythm: "monthly" is not a known rhythm; did you mean "month"?',
    ),
    "key with a dot or space": (
        changed("[activity.talk]", '[activity."talk now"]'),
        'steps/mine.toml: activity.talk now: "talk now" cannot be a key; use small letters a-z, digits and '
        "underscores, and begin with a letter",
    ),
    "the same activity twice": (
        STEP + "\n[activity.talk]\n",
        "steps/mine.toml: line 11: the file cannot be read here; look for a missing quotation mark, comma or bracket",
    ),
    "an open quotation mark": (
        changed('"Hvad nu?"', '"Hvad nu?'),
        "steps/mine.toml: line 7: the file cannot be read here; look for a missing quotation mark, comma or bracket",
    ),
    "no activity": (
        'title = { da = "Start", en = "Start" }\n',
        "steps/mine.toml: activity: is missing",
    ),
    "activity that is no table": (
        'title = { da = "Start", en = "Start" }\n[activity]\ntalk = 1\n',
        'steps/mine.toml: activity.talk: "1" is not a table',
    ),
    "unknown colour": (
        changed("\n[activity", 'colour = "blue"\n\n[activity'),
        'steps/mine.toml: colour: "blue" is not a colour of the kit; choose one of: goals, initiatives, resources, '
        "anchoring, evaluation",
    ),
}


@pytest.mark.parametrize("case", AWKWARD)
def test_a_mistake_in_a_step_is_told_by_file_and_place(case: str, own: Own) -> None:
    text, message = AWKWARD[case]
    own({"steps/mine.toml": text, "programmes/mine.toml": PROGRAMME})
    with pytest.raises(ContentError) as caught:
        programmes()
    what = caught.value.about.get("what", "")
    assert str(caught.value).removesuffix(f" ({what})") == message
    danish = caught.value.say("da")
    assert danish != message
    assert danish.startswith("steps/mine.toml: ")
    assert not re.search(r"\{\w+\}", danish)
    assert caught.value.message(say("da")) == danish


PROGRAMMES = {
    "a step that is not there": (
        PROGRAMME.replace('"mine"', '"welcome", "gols"'),
        'programmes/mine.toml: steps[2]: "gols" is not a step; did you mean "goals"?',
    ),
    "a step twice": (
        PROGRAMME.replace('"mine"', '"goals", "goals"'),
        'programmes/mine.toml: steps[2]: "goals" is there twice',
    ),
    "no steps": (PROGRAMME.replace('"mine"', ""), "programmes/mine.toml: steps: is missing"),
    "steps that are no list": (
        PROGRAMME.replace('["mine"]', '"mine"'),
        'programmes/mine.toml: steps: "mine" is not a list in square brackets',
    ),
    "a title that is missing": (
        'steps = ["goals"]',
        "programmes/mine.toml: title: is missing",
    ),
}


@pytest.mark.parametrize("case", PROGRAMMES)
def test_a_mistake_in_a_programme_is_told_by_file_and_place(case: str, own: Own) -> None:
    text, message = PROGRAMMES[case]
    own({"programmes/mine.toml": text})
    with pytest.raises(ContentError) as caught:
        programmes()
    assert str(caught.value) == message


def test_a_file_that_is_not_utf8_is_told_by_its_line(own: Own) -> None:
    folder = own({"steps/mine.toml": STEP})
    (folder / "steps" / "mine.toml").write_bytes(STEP.replace("Hvad nu?", "Hvad gør vi?").encode("cp1252"))
    with pytest.raises(ContentError) as caught:
        programmes()
    assert str(caught.value) == (
        "steps/mine.toml: line 7: the file is not saved as UTF-8; save it again with the encoding UTF-8"
    )


def test_a_file_name_that_cannot_be_a_key_is_told(own: Own) -> None:
    own({"steps/Mit trin.toml": STEP})
    with pytest.raises(ContentError, match=r'steps/Mit trin\.toml: "Mit trin" cannot be a key'):
        programmes()
