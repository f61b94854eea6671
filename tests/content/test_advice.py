"""What a finding says, in both languages: titles in quotes, days and figures as people write them."""

from __future__ import annotations

import pytest

from trivsel.content import say, told
from trivsel.domain.advice import Finding
from trivsel.domain.words import Text

QUIET = Text("da", "En stille time", {"en": "A quiet hour"})
JULY = {"da": "i juli", "en": "in July"}


@pytest.mark.parametrize(
    ("finding", "danish", "english"),
    [
        (
            Finding("no_forum", "room", "p", (QUIET, Text("da", "Gåture"))),
            "”En stille time” og ”Gåture” har ikke fået plads på et fast møde.",
            "There is no regular meeting yet for “A quiet hour” and “Gåture”.",
        ),
        (
            Finding("too_many", "room", "p", (QUIET,) * 4),
            "I har sagt ja til 4 ting på én gang.",
            "You have said yes to 4 things at once.",
        ),
        (
            Finding("review_away", "room", "p", day="2027-07-11", what=JULY),
            "11.07.2027 er i juli. Kan I mødes en anden dag?",
            "11 Jul 2027 is in July. Could you meet on another day?",
        ),
        (
            Finding("review_gone", "room", "p", day="2026-01-11"),
            "I vil se på det igen 11.01.2026, men den dag er gået.",
            "You want to look at it again on 11 Jan 2026, but that day has passed.",
        ),
        (
            Finding("more_money", "presenter", "p", needed=25_000, available=12_500.5),
            "Initiativerne koster 25.000 kr., men der er kun sat 12.500,5 kr. af.",
            "The initiatives cost DKK 25,000, but only DKK 12,500.5 has been set aside.",
        ),
        (
            Finding("one_carries", "presenter", "p", who=Text("da", "Teamlederen", {"en": "The team leader"})),
            "Teamlederen er ansvarlig for mere end halvdelen.",
            "The team leader is responsible for more than half of it.",
        ),
    ],
)
def test_a_finding_in_words(finding: Finding, danish: str, english: str) -> None:
    assert told(finding, say("da")).text == danish
    assert told(finding, say("en")).text == english


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_finding_has_a_reason_and_a_link(language: str) -> None:
    words = told(Finding("no_deputy", "room", "p", (QUIET,)), say(language))
    assert len({words.text, words.why, words.mend}) == 3
    assert all((words.text, words.why, words.mend))


@pytest.mark.parametrize("language", ["da", "en"])
def test_every_finding_fits_on_the_foot_of_the_screen_and_the_link_on_a_button(language: str) -> None:
    words = say(language).words("advice")
    lines = {key for key in words if not key.endswith(("_why", "_mend"))}
    assert len(lines) > 25
    assert [key for key in lines if len(words[key]) > 100] == []
    assert [key for key in lines if len(words[f"{key}_mend"]) > 30] == []
    assert [key for key in lines if len(words[f"{key}_why"]) > 170] == []
