"""Cards to look at first: what is found in both languages, and what is left in peace."""

from __future__ import annotations

import time

import pytest

from trivsel.content import goals, initiatives, programmes, sensitive
from trivsel.domain.asking import REASONS


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        # A person
        ("Lene skal lære at tale pænt til os", "person"),
        ("lene taler grimt", "person"),
        ("Mettes humør går ud over os", "person"),
        ("Mere hjælp fra Lykke på kontoret", "person"),
        ("Det er altid LARS der bestemmer", "person"),
        ("Hun hører aldrig efter", "person"),
        ("Vores leder er aldrig til stede", "person"),
        ("Afdelingslederen svarer ikke på mails", "person"),
        ("Chefen råber", "person"),
        ("I would like Kowalski to listen", "person"),
        ("She never says good morning", "person"),
        ("Our manager is never here", "person"),
        ("More time with Mary's team", "person"),
        # Illness
        ("Plads til at man kan være syg", "illness"),
        ("Hjælp til os med angst og depression", "illness"),
        ("Brystkræft er svært at tale om", "illness"),
        ("Der lugter af alkohol om morgenen", "illness"),
        ("Flere hensyn, når man er gravid", "illness"),
        ("Better cover when somebody is ill", "illness"),
        ("More room for those who are pregnant or depressed", "illness"),
        # Where AMO comes in
        ("Slut med mobning", "amo"),
        ("Der er nogle, der bliver mobbet", "amo"),
        ("Borgerne truer os om natten", "amo"),
        ("Vold og trusler skal tages alvorligt", "amo"),
        ("Ingen sexchikane til festerne", "amo"),
        ("The machine is dangerous", "amo"),
        ("Stop the bullying", "amo"),
        ("People are being harassed on nights", "amo"),
        # Several at once, always in the same order
        ("Hun mobber dem, der er syge", "person illness amo"),
        ("He is drunk and threatens us", "person illness amo"),
        # Hidden marks and letters in two parts do not hide a word
        ("Slut med mob\u200bning", "amo"),
        ("Angst for kra\u030aben", "illness"),
        ("SLUT MED MOBNING", "amo"),
    ],
)
def test_what_is_marked(text: str, reasons: str) -> None:
    assert sensitive(text) == tuple(reasons.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Mere ro til at tænke sig om",
        "Flere kræfter, når jeg kommer hjem",
        "Mindre støj. Bedre luft! Færre møder?",
        "Kan I ikke lade os lave vagtplanen selv?",
        "Et fast møde på Teams hver uge",
        "AMO, MED og TR skal tale sammen",
        "Voldsomt gode grin i pausen",
        "Fred og ro: En dør, der kan lukkes",
        "1. Bedre kaffe 2. Længere pauser",
        "Lave om på vagtplanen, så alle får fri en fredag",
        "More time to do the job well",
        "No meetings on Mondays or in December",
        "What I need is a quiet room, and I'd like it soon",
        "A skilled team that will still be here",
        "😀 Mere sjov",
    ],
)
def test_what_is_left_in_peace(text: str) -> None:
    assert sensitive(text) == ()


@pytest.mark.parametrize(
    ("text", "names", "found"),
    [
        ("Bo hører aldrig efter", ["Bo Lykke"], True),
        ("lykkes møder er for lange", ["Bo Lykke"], True),
        ("Bo hører aldrig efter", ["Per"], False),
        ("Kristensen hører aldrig efter", ["Kristensen fra HR"], True),
        ("Flere folk fra HR", ["Kristensen fra HR"], False),
        ("zeynep lytter", ["zeynep"], True),
        ("Mere ro", ["", "  ", "-"], False),
    ],
)
def test_people_one_watches_for_are_found_wherever_they_stand(text: str, names: list[str], found: bool) -> None:
    assert (sensitive(text, names) == ("person",)) is found


def test_the_name_of_the_workplace_is_nobody() -> None:
    card = "Flere fester på Plejehjemmet Solgården og på Solgårdens terrasse"
    assert sensitive(card) == ("person",)
    assert sensitive(card, known=["Plejehjemmet Solgården"]) == ()
    assert sensitive("Karen skal væk fra Solgården", known=["Solgården"]) == ("person",)


def test_what_the_kit_itself_suggests_is_seldom_held_up() -> None:
    """A list that marks every other card helps nobody."""
    said = [words for entry in (*goals(), *initiatives()) for words in entry.title.values()]
    marked = [text for text in said if sensitive(text)]
    assert len(said) > 100
    assert len(marked) < len(said) / 10, marked


def test_what_phones_are_asked_is_nothing_to_look_at() -> None:
    asked = [words for one in programmes().values() for _, _, act in one.places() for words in act.question.values()]
    assert [text for text in asked if sensitive(text)] == []


def test_a_card_as_long_as_can_be_is_read_at_once() -> None:
    began = time.perf_counter()
    for text in ("a" * 5_000, "Ro " * 1_500, "'" * 5_000, "a-" * 2_500, "(" * 5_000 + "Ro"):
        sensitive(text)
    assert time.perf_counter() - began < 2


def test_there_are_no_other_reasons_than_those_a_card_can_be_held_for() -> None:
    assert sensitive("Hun mobber dem, der er syge") == REASONS
