"""Which cards to look at before the room sees them: they may name a person, be about illness, or belong with AMO."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from trivsel.content.shelf import place
from trivsel.content.tables import Table, read_table
from trivsel.content.texts import languages
from trivsel.domain.asking import REASONS
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ENDS = frozenset(".!?:…•/\n")
"""After these a sentence begins, where everybody writes a capital."""
_OWNED = re.compile(r"['’]?s$")
_MARKED = ("illness", "amo", "person")


def sensitive(text: str, names: Iterable[str] = (), known: Iterable[str] = ()) -> tuple[str, ...]:
    """Why a card may have to be looked at first, in the order of ``REASONS``; nothing if nothing was found.

    ``names`` are people to watch for, ``known`` what the workplace calls itself and so is nobody's name. Every
    language is looked for, whatever the card says it is in. It finds what is on the lists in ``sensitive.toml`` and
    words with a capital in mid-sentence: a help for whoever reads the cards, and no promise.
    """
    plain = _pattern("harmless").sub("", _plain(text))
    found = {reason for reason in _MARKED if _pattern(reason).search(plain)}
    if _named(plain, frozenset(_people(names)), frozenset(_parts(known))):
        found.add("person")
    return tuple(reason for reason in REASONS if reason in found)


def doubts(snapshot: Snapshot, text: Text) -> tuple[str, ...]:
    """Why a card of this workshop may have to be looked at first. Who leads is known by name; those responsible are
    often roles, which everybody may speak of."""
    place = snapshot.workplace
    names = (place.leads.text,) if place.leads else ()
    known = tuple(said.text for said in (place.name, place.title) if said is not None)
    found = {reason for said in (text.text, *text.also.values()) for reason in sensitive(said, names, known)}
    return tuple(reason for reason in REASONS if reason in found)


def _named(text: str, people: frozenset[str], known: frozenset[str]) -> bool:
    """Whether a word is one of ``people``, a common first name, or one with a capital where none belongs."""
    before = None
    for word in _WORD.finditer(text):
        begins = before is None or not _ENDS.isdisjoint(text[before : word.start()])
        before = word.end()
        said = word[0].replace("’", "'")
        forms = {said.casefold(), _OWNED.sub("", said.casefold())}
        if forms & known:
            continue
        if forms & people or forms & _listed("first_names"):
            return True
        odd = said[0].isupper() and not said.isupper()
        if odd and not forms & _listed("capital") and not begins:
            return True
    return False


def _people(names: Iterable[str]) -> Iterable[str]:
    """The words of names by which somebody can be known: those with a capital, or all where nobody used one."""
    for name in names:
        words = [word for word in _WORD.findall(_plain(name)) if len(word) > 1]
        named = [word for word in words if word[0].isupper() and not word.isupper()]
        yield from (word.casefold() for word in named or words)


def _parts(texts: Iterable[str]) -> Iterable[str]:
    return (word.casefold() for text in texts for word in _WORD.findall(_plain(text)))


def _plain(text: str) -> str:
    """The text in composed letters, without marks that cannot be seen and could split a word."""
    return "".join(c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) != "Cf")


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    file = read_table(place("sensitive.toml"), languages())
    found = {}
    for key in (*_MARKED, "harmless", "capital", "first_names"):
        table = Table(file.get(key, dict, "noun_table", required=True), languages(), file.file, key)
        found[key] = tuple(word for language in languages() for word in table.names(language))
        table.end()
    file.end()
    return found


@cache
def _listed(key: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _lists()[key])


@cache
def _pattern(key: str) -> re.Pattern[str]:
    """All words of a list as one pattern; a star stands for any letters."""
    words = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in _lists()[key])
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)
