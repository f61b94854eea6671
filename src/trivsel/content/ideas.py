"""Which ideas of the catalogue a group is offered for its goals, and which catalogue goal is like one of its own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from itertools import takewhile

from msgspec import Struct

from trivsel.content.catalogues import goals, initiatives
from trivsel.domain.programme import GoalEntry, InitiativeEntry
from trivsel.domain.things import Goal
from trivsel.domain.words import Text

_LIKE = 0.35
"""How much of a name, by letters, must be in the title of a goal for it to be offered."""
_SLIP = 86
_ENDING = 3
"""How many letters two forms of a word may differ by at the end: healthy, healthier."""
_WEAK = {
    *("god", "gode", "godt", "arbejde", "arbejdet", "arbejdsdag", "arbejdsdagen", "arbejdsplads", "arbejdspladsen"),
    *("arbejdstid", "arbejdstiden", "kolleger"),
    *("good", "work", "working", "day", "hours", "workplace", "colleagues", "time", "after"),
}
"""Words that a name and a goal can share without being about the same: alone they are no reason to offer a goal."""


class Ideas(Struct, frozen=True):
    """Ideas in the order they are offered. Where none fits the goals, ``fitting`` is empty and the screen says so."""

    fitting: tuple[InitiativeEntry, ...]
    """Ideas for the chosen goals: organisation and leadership first, then group, then individual."""
    others: tuple[InitiativeEntry, ...]
    """All the rest by category, in the order of the catalogue's file, and within it by level."""
    unmatched: tuple[str, ...]
    """The ids of the chosen goals that the catalogue has no idea for."""


def ideas_for(chosen: Iterable[Goal], taken: Iterable[str] = ()) -> Ideas:
    """The ideas for the chosen goals, without those in ``taken`` (ids of catalogue entries).

    Measures in the organisation come before offers to the individual, since they have been found to do most
    (field notes, section 6). The links between goals and ideas are the kit's own judgement.
    """
    chosen, left_out = tuple(chosen), set(taken)
    wanted = {goal.id: goal.entry.id for goal in chosen if goal.entry is not None}
    aims = set(wanted.values())
    free = [entry for entry in initiatives() if entry.id not in left_out]
    fitting = sorted(
        (entry for entry in free if aims & set(entry.goals)),
        key=lambda entry: (_depth(entry), -len(aims & set(entry.goals))),
    )
    categories = list(dict.fromkeys(str(entry.category) for entry in free))
    others = sorted(
        (entry for entry in free if not aims & set(entry.goals)),
        key=lambda entry: (categories.index(str(entry.category)), _depth(entry)),
    )
    served = {goal for entry in initiatives() for goal in entry.goals}
    unmatched = tuple(goal.id for goal in chosen if wanted.get(goal.id) not in served)
    return Ideas(fitting=tuple(fitting), others=tuple(others), unmatched=unmatched)


def _depth(entry: InitiativeEntry) -> tuple[int, bool]:
    """How close to the cause an idea works: 0 for organisation or leadership, 1 for group, 2 for individual only."""
    levels = set(entry.levels)
    return (0 if levels & {"O", "L"} else 1 if "G" in levels else 2), "I" in levels


def nearest_goal(name: Text) -> GoalEntry | None:
    """The catalogue goal that is most like what a heap is called, to be offered for one tap, or None.

    A wrong goal would bring wrong ideas and a wrong indicator, so where two are equally like it, none is offered.
    """
    best: tuple[float, GoalEntry | None] = (_LIKE, None)
    for language, said in {**name.also, name.lang: name.text}.items():
        common = _common(language)
        words = _words(said) - common
        for goal in goals():
            telling = _words(goal.title.get(language, "")) - common
            shared = {word for word in words if any(_alike(word, other) for other in telling)}
            if not shared or (shared <= _WEAK and shared != words):
                continue
            like = sum(map(len, shared)) / sum(map(len, words))
            if like > best[0]:
                best = (like, goal)
            elif like == best[0] and best[1] is not None and best[1].id != goal.id:
                best = (like, None)
    return best[1]


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))


def _common(language: str) -> set[str]:
    """Words that tell nothing because many goals have them: better, fewer, the small words."""
    counts = Counter(word for goal in goals() for word in _words(goal.title.get(language, "")))
    return {word for word, count in counts.items() if count > 2}


def _alike(word: str, other: str) -> bool:
    """Whether two words are the same but for their ending or a slip of the finger: sund, sundere."""
    from rapidfuzz import fuzz

    short, long = sorted((word, other), key=len)
    if word == other:
        return True
    if len(short) <= 3 or word[0] != other[0]:
        return False
    stem = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, other, strict=False)))
    ending = stem > 4 and len(long) - stem <= _ENDING
    return ending or long.startswith(short) or fuzz.ratio(word, other) >= _SLIP
