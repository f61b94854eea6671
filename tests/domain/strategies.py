"""Commands as people and programs could send them to a workshop that is under way: most make sense, some do not."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import strategies as st

from tests.domain.samples import PLACES, PROGRAMME, START, goal_entry, initiative_entry, text
from trivsel.domain import commands as c
from trivsel.domain import fields as f
from trivsel.domain import things as t
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot, document

ENTRIES = [goal_entry("ro"), goal_entry("fravær", never=True), goal_entry("smerter", smallest=50)]
IDEAS = [
    initiative_entry("pause", goals=("ro",)),
    initiative_entry("apv", duty="yes", approval="committee"),
    initiative_entry("walk", duty="part", approval="leader"),
]
POOL = [f"x{number}" for number in range(8)]
"""Few ids, so that doubles and things that are gone come up often."""

places = st.sampled_from(PLACES)
words = st.sampled_from(
    ["", "   ", "Ro", "Fred", "x" * 120, "x" * 281, "<script>", "{{ 7*7 }}", "=1+1", "שלום", "🙂", "a\nb", "\ud800"]
)
texts = st.builds(Text, st.sampled_from(["da", "en"]), words, st.just({}) | st.just({"en": "Peace"}))
good_texts = st.sampled_from([text("Ro"), text("Fred"), Text("da", "Ro", {"en": "Peace"})])
numbers = st.sampled_from([None, 0, 1, 2.5, -1, 10, 1e12, float("nan"), float("inf"), True])
days = st.sampled_from([None, "2026-12-01", "2027-02-29", "1066-10-14", "i morgen", ""])
garbage = st.one_of(texts, numbers, days, st.just(("x0",)), st.just("x0"))


def values(rule: f.Rule, ids: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Values for a field, most of them good."""
    match rule:
        case f.Words():
            good: st.SearchStrategy[Any] = good_texts if rule.required else good_texts | st.none()
        case f.OneOf(values=choices):
            good = st.sampled_from(choices)
        case f.SomeOf(values=choices):
            good = st.lists(st.sampled_from(choices), unique=True).map(tuple)
        case f.Number():
            good = st.sampled_from([None, 0, 1, 2, 34])
        case f.Day():
            good = st.sampled_from(["2026-12-01", "2027-01-11"])
        case f.Clock():
            good = st.just("14:40")
        case f.Flag():
            good = st.booleans()
        case f.Ref():
            good = ids | st.none()
        case f.Refs():
            good = st.lists(ids, unique=True, max_size=3).map(tuple)
    return st.one_of(good, good, good, good, garbage)


def things(snapshot: Snapshot) -> st.SearchStrategy[t.Thing]:
    """A new thing of any kind."""
    id = st.one_of(st.sampled_from(POOL), st.sampled_from(["", "workplace", "med æ", "y" * 101]))
    id = st.one_of(st.sampled_from(POOL), st.sampled_from(POOL), st.uuids().map(lambda one: one.hex), id)
    some = existing(snapshot)
    few = st.lists(some, max_size=2, unique=True).map(tuple)
    return st.one_of(
        st.builds(t.Card, id, places | st.just("nowhere.at_all"), texts, st.none() | some),
        st.builds(t.Heap, id, places, st.none() | texts),
        st.builds(
            t.Goal, id, good_texts, entry=st.none() | st.sampled_from(ENTRIES), chosen=st.booleans(), now=numbers
        ),
        st.builds(
            t.Initiative,
            id,
            good_texts,
            entry=st.none() | st.sampled_from(IDEAS),
            goals=few,
            decision=st.sampled_from(["", "yes", "must"]),
        ),
        st.builds(t.Resource, id, some),
        st.builds(t.Forum, id, texts),
        st.builds(t.Anchor, id, some, st.none() | some),
        st.builds(t.Commitment, id, st.just("time"), texts),
        st.builds(t.Review, id, st.sampled_from(["2027-01-11", "soon"])),
        st.builds(t.Workplace, id, texts),
    )


def existing(snapshot: Snapshot) -> st.SearchStrategy[str]:
    """The id of something that is there, that has been taken out, or that never was."""
    return st.sampled_from([*snapshot.things, *snapshot.things, *snapshot.removed, *POOL[:2]])


@st.composite
def changes(draw: st.DrawFn, snapshot: Snapshot) -> c.Command:
    """A change of any field of anything; ``was`` mostly as it is."""
    id = draw(existing(snapshot))
    thing = snapshot.things.get(id, snapshot.workplace)
    name = draw(st.sampled_from([*f.FIELDS[type(thing)], "id"]))
    rule = f.FIELDS[type(thing)].get(name, f.Flag())
    now = draw(values(rule, existing(snapshot)))
    was = getattr(thing, name) if draw(st.integers(0, 9)) else draw(garbage)
    return c.Change(draw(places), id, name, was, now)


def commands(snapshot: Snapshot) -> st.SearchStrategy[c.Command]:
    """Anything that can be asked of a workshop that looks like this."""
    some, new = existing(snapshot), st.sampled_from(POOL) | st.uuids().map(lambda one: one.hex)
    cards = st.sampled_from([one.id for one in snapshot.of(t.Card)] or ["x0"])
    add = st.builds(c.Add, places, st.lists(things(snapshot), max_size=3).map(tuple))
    cards_only = st.builds(t.Card, new, places, good_texts)
    return st.one_of(
        add,
        add,
        st.builds(c.Add, places, st.lists(cards_only, min_size=1, max_size=3).map(tuple)),
        changes(snapshot),
        changes(snapshot),
        changes(snapshot),
        st.builds(c.Remove, places, some),
        st.builds(c.Gather, places, cards, cards | some, new),
        st.builds(c.TickCard, places, cards, new),
        st.builds(c.Undo, places),
        st.builds(c.Redo, places),
        st.builds(c.MoveRoom, places | st.just("nowhere"), st.just(snapshot.place) | places),
        st.builds(c.PlanActivity, places, st.sampled_from(["meeting", "extra", "after", cast(Any, "never")])),
        st.builds(c.StartTimer, places, st.sampled_from(["alone", "pairs", "song"]), st.sampled_from([0, 60, 9_999])),
        st.builds(c.StopTimer, places),
        st.builds(c.CloseMeeting, st.sampled_from(["2026-11-23", "yesterday"])),
        st.builds(c.ReopenMeeting),
        st.just(START),
        st.just(c.ImportDocument(document(snapshot))),
    )


__all__ = ["PROGRAMME", "commands"]
