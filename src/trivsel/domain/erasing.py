"""Erasing what one phone has sent: what every event becomes, so that the words are really gone."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from msgspec.structs import replace

from trivsel.domain import events as e
from trivsel.domain.events import Record


def without(records: Iterable[Record], seats: Collection[str]) -> dict[int, e.Event]:
    """By number, what takes the place of each event that a phone with these pseudonyms wrote, or that repeats it.

    A card that has been shown goes with all that was done to it. What the group has made of it since, such as a
    goal's title, is the group's own. Figures that have been counted stay: nobody's answer can be found in them.
    """
    found: dict[int, e.Event] = {}
    cards: set[str] = set()
    counted: set[str] = set()
    for record in records:
        event = record.event
        if isinstance(event, e.AnswersClosed) and event.tally is not None:
            counted.add(event.place)
    for record in records:
        event = record.event
        if record.actor in seats:
            if isinstance(event, e.CardSent):
                cards.add(event.id)
            voted = isinstance(event, e.Voted) and event.place in counted
            found[record.seq] = e.Erased(getattr(event, "place", "") if voted else "")
        elif isinstance(event, e.CardJudged | e.CardTranslated | e.Changed | e.Removed | e.Returned):
            if event.id in cards:
                found[record.seq] = e.Erased()
        elif isinstance(event, e.Added):
            if event.thing.id in cards:
                found[record.seq] = e.Erased()
        elif isinstance(event, e.CardsShown) and cards & set(event.ids):
            found[record.seq] = replace(event, ids=tuple(id for id in event.ids if id not in cards))
        elif isinstance(event, e.Undone | e.Redone):
            kept = tuple(one for one in event.changes if _about(one) not in cards)
            if len(kept) < len(event.changes):
                found[record.seq] = replace(event, changes=kept)
    return found


def seats_in(records: Iterable[Record]) -> set[str]:
    """The pseudonyms of all phones that have sent anything."""
    sent = e.CardSent | e.CardWithdrawn | e.Voted | e.Wished
    return {record.actor for record in records if isinstance(record.event, sent)}


def _about(change: e.Content) -> str:
    return change.thing.id if isinstance(change, e.Added) else change.id
