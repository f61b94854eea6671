"""One page on one workshop: what it shows, and what happens when somebody presses something on it."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from trivsel.content import calendar, goals, initiatives, say
from trivsel.domain import commands as c
from trivsel.domain.calendar import review_presets
from trivsel.domain.commands import Refusal, written
from trivsel.domain.presets import in_languages
from trivsel.domain.things import Card, Commitment, Forum, Goal, Initiative, Review, Thing
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.errors import StoreError, TrivselError
from trivsel.session import Session
from trivsel_widgets.asking import ASKING, PAGE_ALONE, addresses
from trivsel_widgets.merging import MERGING
from trivsel_widgets.reading import read_lines, read_value, read_was
from trivsel_widgets.screen import Screen
from trivsel_widgets.views import Scene, frame
from trivsel_widgets.views.door import Entrance, door
from trivsel_widgets.views.phones import SCREEN, phones

log = logging.getLogger(__name__)

Message = dict[str, Any]
Made = c.Command | Refusal | None


class Page:
    """Holds only what belongs to this page: which activity it looks at, its language, whether it shows the clock.

    ``only`` is the key of the one step a notebook is about; ``report`` is the address of the report where a server
    has one. Everything else is in the workshop.
    """

    def __init__(
        self, session: Session, *, place: str | None, language: str | None, only: str | None = None, report: str | None
    ) -> None:
        self.session = session
        self.only = only
        self._report = report
        snapshot = session.snapshot
        self.language = language if language in _languages() else snapshot.language
        self.place = self._known(place) or self._known(only) or snapshot.place
        self.problem = self._problem(place)
        self.clock = False
        self.saved: str | None = None
        self.entrance = Entrance(addresses())
        self._told = ""
        self.screen = Screen(self._view(), self._words(), self.received)

    # --- what it shows ----------------------------------------------------------------------------------------------

    def _known(self, place: str | None) -> str | None:
        """A place of the programme; a step alone means the room's activity in it, else its first in the meeting."""
        snapshot = self.session.snapshot
        if not place:
            return None
        if snapshot.programme.find(place):
            return place
        step = place.split(".")[0]
        places = [here for here, other, _ in snapshot.path() if other.key == step]
        return snapshot.place if snapshot.place in places else next(iter(places), None)

    def _problem(self, place: str | None) -> str:
        """What the page says if the address asks for something the programme does not have."""
        programme = self.session.snapshot.programme
        if not place or programme.find(place) or programme.step(place):
            return ""
        return say(self.language)("refusal.unknown_activity", place=place)

    def _view(self) -> dict[str, Any]:
        snapshot = self.session.snapshot
        found = snapshot.programme.find(self.place) or snapshot.programme.find(snapshot.place)
        assert found is not None, "a workshop is always at an activity of its programme"
        scene = Scene(
            workshop=self.session.id,
            snapshot=snapshot,
            place=self.place,
            step=found[0],
            activity=found[1],
            say=say(self.language),
            report=self._report,
            saved=self.saved,
            clock=self.clock,
        )
        return {**frame(scene), **phones(scene), "door": door(scene, self.entrance), "problem": self.problem}

    def _words(self) -> dict[str, str]:
        return say(self.language).words("screen")

    def show(self, _snapshot: Snapshot | None = None) -> None:
        """Draw what has changed, whoever changed it."""
        view = self._view()
        if view != self.screen.view:
            self.screen.view = view

    # --- what people do ---------------------------------------------------------------------------------------------

    def received(self, message: Message) -> None:
        """Carry out what was pressed or written, and answer whether it was done."""
        self._told = ""
        try:
            refused = self._do(message)
        except StoreError as error:
            refused = {"key": error.key, "text": error.message(say(self.language))}
        except Exception:
            log.exception("Could not carry out %s", message.get("do"))
            refused = {"key": "went_wrong", "text": say(self.language)("view.went_wrong")}
        try:
            self.show()
        finally:
            self.screen.answer(str(message.get("re", "")), refused, "" if refused else self._told)

    def _do(self, message: Message) -> dict[str, str] | None:
        own = _OWN.get(str(message.get("do")))
        if own is not None:
            own(self, message)
            return None
        made = _COMMANDS[str(message.get("do"))](self, message)
        if made is None:
            return None
        outcome = made if isinstance(made, Refusal) else self.session.send(made)
        if isinstance(outcome, Refusal):
            self.session.refresh()
            return self._worded(outcome)
        self.saved = say(self.language).time(f"{dt.datetime.now().astimezone():%H:%M}")
        if isinstance(made, c.MoveRoom):
            self.place = made.place
        return None

    def _worded(self, refusal: Refusal) -> dict[str, str]:
        key = refusal.key if "." in refusal.key else f"refusal.{refusal.key}"
        text = say(self.language)(key, **refusal.about)
        return {"key": refusal.key, "text": text, "theirs": refusal.about.get("theirs", "")}

    # What belongs to this page alone.

    def _look(self, message: Message) -> Made:
        place = self._known(str(message["place"]))
        if place is None:
            return Refusal("unknown_activity", {"place": str(message["place"])})
        self.place = place
        return None

    def _speak(self, message: Message) -> None:
        if message["language"] in _languages():
            self.language = message["language"]
            self.screen.words = self._words()

    def _clock(self, message: Message) -> None:
        self.clock = bool(message["on"])

    def _make_report(self, message: Message) -> None:
        from trivsel.report import html

        self.screen.hand_over(f"trivsel-{self.session.id}.html", html(self.session.snapshot, self.language))

    # What changes the workshop.

    def _text(self, message: Message) -> Text:
        return written(str(message.get("text", "")), self.language)

    def _each(self, message: Message, make: Callable[[Text], Thing]) -> Made:
        """One thing for each line that was pasted, all in one command."""
        texts = [written(line, self.language) for line in read_lines(str(message.get("text", "")))]
        if len(texts) > 1:
            self._told = say(self.language)("view.n_added", n=len(texts))
        return c.Add(self.place, tuple(make(text) for text in texts))

    def _room(self, message: Message) -> Made:
        lead = self.session.snapshot.phones.lead
        hand = SCREEN if lead is not None and lead[0] == SCREEN else ""
        return c.MoveRoom(str(message["place"]), str(message["was"]), hand)

    def _undo(self, message: Message) -> Made:
        return c.Undo(self.place)

    def _redo(self, message: Message) -> Made:
        return c.Redo(self.place)

    def _plan(self, message: Message) -> Made:
        return c.PlanActivity(str(message["place"]), message["state"])

    def _timer(self, message: Message) -> Made:
        return c.StartTimer(self.place, str(message["phase"]), int(message["seconds"]))

    def _stop_timer(self, message: Message) -> Made:
        return c.StopTimer(self.place)

    def _add_card(self, message: Message) -> Made:
        return self._each(message, lambda text: Card(id=_new("card"), place=self.place, text=text))

    def _add_goal(self, message: Message) -> Made:
        return self._each(message, lambda text: Goal(id=_new("goal"), title=text))

    def _add_initiative(self, message: Message) -> Made:
        works = bool(message.get("works"))
        return self._each(message, lambda text: Initiative(id=_new("initiative"), title=text, works=works))

    def _add_forum(self, message: Message) -> Made:
        return c.Add(self.place, (Forum(id=_new("forum"), name=self._text(message)),))

    def _add_promise(self, message: Message) -> Made:
        thing = Commitment(id=_new("commitment"), sort=str(message["sort"]), text=self._text(message))
        return c.Add(self.place, (thing,))

    def _add_review(self, message: Message) -> Made:
        from trivsel.content.reading import read_day

        try:
            day = read_day(str(message.get("text", "")), self.language)
        except TrivselError as error:
            return Refusal(error.key, {name: str(value) for name, value in error.about.items()})
        return c.Add(self.place, (Review(id=_new("review"), date=day),))

    def _add_reviews(self, message: Message) -> Made:
        presets = review_presets(self.session.snapshot, calendar())
        wanted = [(option.key, day) for option, day in presets if option.key in message["keys"]]
        return c.Add(self.place, tuple(Review(id=_new("review"), date=day, label=key) for key, day in wanted))

    def _take_goal(self, message: Message) -> Made:
        entry = next((entry for entry in goals() if entry.id == message["entry"]), None)
        if entry is None:
            return Refusal("not_a_choice", {"value": str(message["entry"])})
        return c.Add(
            self.place,
            (Goal(id=_new("goal"), title=in_languages(entry.title, self.session.snapshot.language), entry=entry),),
        )

    def _take_initiative(self, message: Message) -> Made:
        entry = next((entry for entry in initiatives() if entry.id == message["entry"]), None)
        if entry is None:
            return Refusal("not_a_choice", {"value": str(message["entry"])})
        thing = Initiative(
            id=_new("initiative"), title=in_languages(entry.title, self.session.snapshot.language), entry=entry
        )
        return c.Add(self.place, (thing,))

    def _change(self, message: Message) -> Made:
        thing = self.session.snapshot.things.get(str(message["id"]))
        if thing is None:
            return Refusal("thing_gone")
        field = str(message["field"])
        now = read_value(thing, field, message.get("now"), self.language)
        if isinstance(now, Refusal):
            return now
        return c.Change(self.place, thing.id, field, read_was(thing, field, message.get("was"), self.language), now)

    def _remove(self, message: Message) -> Made:
        return c.Remove(self.place, str(message["id"]))

    def _gather(self, message: Message) -> Made:
        return c.Gather(self.place, str(message["card"]), str(message["onto"]), str(message["heap"]))

    def _tick_card(self, message: Message) -> Made:
        return c.TickCard(self.place, str(message["card"]), str(message["goal"]))

    def _close(self, message: Message) -> Made:
        return c.CloseMeeting(dt.datetime.now().astimezone().date().isoformat())

    def _reopen(self, message: Message) -> Made:
        return c.ReopenMeeting()


_OWN: dict[str, Callable[[Page, Message], None]] = {
    "language": Page._speak,
    "clock": Page._clock,
    "report": Page._make_report,
    **PAGE_ALONE,
}

_COMMANDS: dict[str, Callable[[Page, Message], Made]] = {
    "look": Page._look,
    "room": Page._room,
    "undo": Page._undo,
    "redo": Page._redo,
    "plan": Page._plan,
    "timer": Page._timer,
    "stop_timer": Page._stop_timer,
    "add_card": Page._add_card,
    "add_goal": Page._add_goal,
    "add_initiative": Page._add_initiative,
    "add_forum": Page._add_forum,
    "add_promise": Page._add_promise,
    "add_review": Page._add_review,
    "add_reviews": Page._add_reviews,
    "take_goal": Page._take_goal,
    "take_initiative": Page._take_initiative,
    "change": Page._change,
    "remove": Page._remove,
    "gather": Page._gather,
    "tick_card": Page._tick_card,
    "close": Page._close,
    "reopen": Page._reopen,
    **ASKING,
    **MERGING,
}


def _new(kind: str) -> str:
    return f"{kind}-{uuid4().hex[:12]}"


def _languages() -> tuple[str, ...]:
    from trivsel.content import languages

    return languages()
