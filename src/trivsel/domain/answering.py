"""Folds what comes from phones, and what the presenter does with it, into how the questions stand now."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from msgspec.structs import replace

from trivsel.domain import events as e
from trivsel.domain.asking import Asking, Door, Phones, Published, Sent, Tally, Vote, Wish
from trivsel.domain.programme import Programme
from trivsel.domain.tally import with_tally
from trivsel.domain.things import Card, Goal, Initiative, Thing

_NOBODY: dict[str, Any] = {}


class Answering:
    """The part of the fold that has to do with phones. ``things`` is the builder's own."""

    def __init__(self) -> None:
        self.door: Door | None = None
        self.asked: dict[str, Asking] = {}
        self.sent: dict[str, Sent] = {}
        self.votes: dict[str, dict[str, Vote]] = {}
        self.wishes: dict[str, dict[str, Wish]] = {}
        self.published: dict[str, Published] = {}
        self.frozen: frozenset[str] = frozenset()
        self.removed: frozenset[str] = frozenset()
        self.lead: tuple[str, str] | None = None
        self.minutes: dict[str, int] = {}
        self.findings: frozenset[str] = frozenset()

    def freeze(self) -> Phones:
        """How it stands now, as a value."""
        return Phones(
            door=self.door,
            asked=dict(self.asked),
            sent=dict(self.sent),
            votes={place: dict(votes) for place, votes in self.votes.items()},
            wishes={place: dict(wishes) for place, wishes in self.wishes.items()},
            published=dict(self.published),
            frozen=self.frozen,
            removed=self.removed,
            lead=self.lead,
            minutes=dict(self.minutes),
            findings=self.findings,
        )

    def take_in(self, document: e.Document) -> None:
        """What had been counted and shown comes in with a document."""
        places = {*document.tallies, *document.management}
        self.asked = {
            place: Asking(
                open=False,
                shown=True,
                round=max((tally.round for tally in document.tallies.get(place, ())), default=1),
                tallies=document.tallies.get(place, ()),
                management=document.management.get(place, _NOBODY),
            )
            for place in places
        }
        # Who had answered is not in the file, so nothing new may be set beside its figures.
        self.frozen = frozenset(places)

    def fold(self, event: Any, actor: str, programme: Programme | None, things: dict[str, Thing]) -> None:
        """Apply one event."""
        _FOLD[type(event)](self, event, actor, programme, things)

    def _asking(self, place: str) -> Asking:
        return self.asked.get(place) or Asking()

    def _door_opened(self, event: e.DoorOpened, *_: Any) -> None:
        self.door = Door(event.code, event.day)

    def _door_closed(self, event: e.DoorClosed, *_: Any) -> None:
        if self.door is not None:
            self.door = replace(self.door, open=False)

    def _seat_removed(self, event: e.SeatRemoved, *_: Any) -> None:
        self.removed |= {event.seat}

    def _card_sent(self, event: e.CardSent, actor: str, *_: Any) -> None:
        self.sent[event.id] = Sent(event.id, event.place, event.text, actor, event.works)

    def _card_withdrawn(self, event: e.CardWithdrawn, *_: Any) -> None:
        self.sent.pop(event.id, None)

    def _card_judged(self, event: e.CardJudged, *_: Any) -> None:
        if event.id in self.sent:
            self.sent[event.id] = replace(self.sent[event.id], verdict=event.verdict, reason=event.reason)

    def _card_translated(self, event: e.CardTranslated, *_: Any) -> None:
        card = self.sent.get(event.id)
        if card is not None:
            also = {lang: text for lang, text in card.text.also.items() if lang != event.lang}
            text = replace(card.text, also=also | ({event.lang: event.text} if event.text else {}))
            self.sent[event.id] = replace(card, text=text)

    def _cards_shown(
        self, event: e.CardsShown, actor: str, programme: Programme | None, things: dict[str, Thing]
    ) -> None:
        found = programme.find(event.place) if programme else None
        for id in event.ids:
            card = self.sent.get(id)
            if card is None:
                continue
            self.sent[id] = replace(card, shown=True)
            if found and found[1].kind == "ideas":
                things[id] = Initiative(id=id, title=card.text, works=card.works)
            else:
                things[id] = Card(id=id, place=event.place, text=card.text)
        self.asked[event.place] = replace(self._asking(event.place), shown=True)

    def _voted(self, event: e.Voted, actor: str, *_: Any) -> None:
        if event.round != self._asking(event.place).round:
            return
        votes = self.votes.setdefault(event.place, {})
        if event.votes:
            votes[actor] = Vote(event.votes, event.role)
        else:
            votes.pop(actor, None)

    def _wished(self, event: e.Wished, actor: str, *_: Any) -> None:
        wishes = self.wishes.setdefault(event.place, {})
        if event.wish:
            wishes[actor] = event.wish
        else:
            wishes.pop(actor, None)

    def _closed(self, event: e.AnswersClosed, *_: Any) -> None:
        asking, tally = self._asking(event.place), event.tally
        if tally is not None:
            before = self.published.get(event.place) or Published()
            self.published[event.place] = with_tally(before, tally, self.votes.get(event.place, _NOBODY))
        kept = tuple(one for one in asking.tallies if tally is None or one.round != tally.round)
        tallies = kept if tally is None else (*kept, tally)
        # New figures wait until they are shown, also where others have been.
        still = tally is None or tally.older or tally in asking.tallies
        self.asked[event.place] = replace(asking, open=False, shown=asking.shown and still, tallies=tallies)

    def _opened(self, event: e.AnswersOpened, *_: Any) -> None:
        asking = self._asking(event.place)
        if event.round != asking.round:
            self.votes.pop(event.place, None)
            self.wishes.pop(event.place, None)
            asking = replace(asking, shown=False, management={})
        self.asked[event.place] = replace(asking, open=True, round=event.round)

    def _management(self, event: e.ManagementAnswered, *_: Any) -> None:
        self.asked[event.place] = replace(self._asking(event.place), management=event.votes)

    def _results(
        self, event: e.ResultsShown, actor: str, programme: Programme | None, things: dict[str, Thing]
    ) -> None:
        asking = self._asking(event.place)
        tally = asking.tallies[-1] if asking.tallies else None
        found = programme.find(event.place) if programme else None
        self.asked[event.place] = replace(asking, shown=True)
        if tally is None or found is None:
            return
        if found[1].kind == "prioritise":
            _give_dots(things, Goal, tally)
        elif found[1].kind == "barriers" and not asking.sifted and _give_dots(things, Initiative, tally):
            self.asked[event.place] = replace(
                asking, open=True, shown=False, round=asking.round + 1, sifted=True, management={}
            )
            self.votes.pop(event.place, None)
        else:
            _give_answers(things, tally)

    def _minutes(self, event: e.MinutesAdded, *_: Any) -> None:
        self.minutes[event.place] = self.minutes.get(event.place, 0) + event.minutes

    def _lead(self, event: e.LeadTaken, *_: Any) -> None:
        self.lead = (event.hand, event.name) if event.hand else None

    def _finding(self, event: e.FindingShown, *_: Any) -> None:
        self.findings = self.findings | {event.key} if event.shown else self.findings - {event.key}

    def erased(self, place: str) -> None:
        """Somebody's answer was erased after it had been counted."""
        if place:
            self.frozen |= {place}


def _give_dots(things: dict[str, Thing], kind: type[Goal] | type[Initiative], tally: Tally) -> bool:
    """Put the dots where they were given, or, with too few for figures, whether they were about these things."""
    keys = [key for equal in tally.order for key in equal]
    for key, share in tally.shares.items():
        thing = things.get(key)
        if isinstance(thing, kind):
            things[key] = replace(thing, dots=share.sum)
    return any(isinstance(things.get(key), kind) for key in keys)


def _give_answers(things: dict[str, Thing], tally: Tally) -> None:
    """Put what was ticked and how ideas were rated where it belongs, so that the next step shows it."""
    for key, share in tally.shares.items():
        id, _, what = key.rpartition(".")
        thing = things.get(id)
        if not isinstance(thing, Initiative):
            continue
        if what in ("effect", "effort"):
            things[id] = replace(thing, **{what: round(share.sum / share.answers, 1)})
        elif share.sum and what not in thing.barriers:
            things[id] = replace(thing, barriers=(*thing.barriers, what))


Step = Callable[[Answering, Any, str, Programme | None, dict[str, Thing]], None]

_FOLD: Mapping[type, Step] = {
    e.DoorOpened: Answering._door_opened,
    e.DoorClosed: Answering._door_closed,
    e.SeatRemoved: Answering._seat_removed,
    e.CardSent: Answering._card_sent,
    e.CardWithdrawn: Answering._card_withdrawn,
    e.CardJudged: Answering._card_judged,
    e.CardTranslated: Answering._card_translated,
    e.CardsShown: Answering._cards_shown,
    e.Voted: Answering._voted,
    e.Wished: Answering._wished,
    e.AnswersClosed: Answering._closed,
    e.AnswersOpened: Answering._opened,
    e.ManagementAnswered: Answering._management,
    e.ResultsShown: Answering._results,
    e.MinutesAdded: Answering._minutes,
    e.LeadTaken: Answering._lead,
    e.FindingShown: Answering._finding,
}
ANSWERING = tuple(_FOLD)
"""The kinds of event that this part folds."""
