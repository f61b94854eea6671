"""What a view is drawn from: the workshop, the activity the page shows, and the words of its language."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from trivsel.content import Say
from trivsel.domain.fields import FIELDS, Clock, Day, Number, Words
from trivsel.domain.programme import Activity, Step
from trivsel.domain.things import Initiative, Thing
from trivsel.domain.words import Text, pick
from trivsel.domain.workshop import Snapshot

Plain = dict[str, Any]
"""Plain data for the browser: text, numbers, lists and more of the same."""


@dataclass(frozen=True)
class Scene:
    """One activity of one workshop, as one page shows it in one language."""

    workshop: str
    snapshot: Snapshot
    place: str
    step: Step
    activity: Activity
    say: Say
    report: str | None = None
    """The address of the report where a server has one."""
    saved: str | None = None
    clock: bool = False

    def read(self, text: Text | None) -> str:
        """People's text in the language of the page if the group has it."""
        return text.read(self.say.language) if text else ""

    def pick(self, words: dict[str, str] | None) -> str:
        """The programme's words in the language of the page."""
        return pick(words, self.say.language)

    def choices(self, keys: tuple[str, ...], family: str) -> list[list[str]]:
        """Values with their words, for a choice."""
        return [[key, self.say(f"choice.{family}_{key}")] for key in keys]

    def field(self, thing: Thing, name: str) -> Plain:
        """A field that can be filled in: what stands there as a person reads it, and as it is stored."""
        value, rule = getattr(thing, name), FIELDS[type(thing)][name]
        shown: Any = value
        limit = 0
        if isinstance(rule, Words):
            shown, limit = self.read(value), rule.limit
            value = value.text if value else None
        elif isinstance(rule, Number):
            if name != "dots":
                shown = "" if value is None else self.say.number(value)
        elif isinstance(rule, Day):
            shown = self.say.date(value) if value else ""
        elif isinstance(rule, Clock):
            shown = self.say.time(value) if value else ""
        elif isinstance(value, tuple):
            shown = value = list(value)
        return {"id": thing.id, "field": name, "value": shown, "was": value, "limit": limit}

    def fields(self, thing: Thing, *names: str) -> Plain:
        """Several fields of a thing by their names."""
        return {name: self.field(thing, name) for name in names}

    def levels(self, initiative: Initiative) -> str:
        """The levels an initiative works on, in words."""
        return self.say.names(self.say(f"choice.level_{level}") for level in initiative.levels)

    def goals_of(self, initiative: Initiative) -> str:
        """The chosen goals that an initiative serves."""
        chosen = [goal for goal in self.snapshot.chosen() if goal.id in initiative.goals]
        return self.say.names(self.read(goal.title) for goal in chosen)

    def timer(self) -> Plain | None:
        """The running clock, as the seconds that are left."""
        running = self.snapshot.timer
        if running is None:
            return None
        passed = (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(running.at)).total_seconds()
        label = self.say(f"view.timer_{running.phase}")
        return {
            "label": label,
            "left": max(0, round(running.seconds - passed)),
            "place": running.place,
            "phase": running.phase,
        }

    def desk(self) -> str | None:
        """Where the page for what comes after the meeting is, if there is a server."""
        return f"/workshops/{self.workshop}/after" if self.report else None

    def report_file(self) -> Plain:
        """Where the report is, and what its file is called."""
        address = f"{self.report}?language={self.say.language}" if self.report else None
        return {"url": address, "name": f"trivsel-{self.workshop}.html"}
