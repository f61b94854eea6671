"""What the buttons of the presenter's page ask for: a form comes in, a command goes out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence

from trivsel.domain import commands as c
from trivsel.domain.workshop import Snapshot
from trivsel.kit import new_code
from trivsel.web.presenter.clock import MORE, seconds_left

LONGEST_CLOCK = 7_200
"""Seconds that a clock can run."""
Form = Mapping[str, Sequence[str]]
"""What was sent, by name."""


class Unknown(Exception):
    """A form that is none of ours."""


class Away(Exception):
    """The phone that a card came from is not here."""


class Asked:
    """One press of a button: the form, the workshop as it stands, and whose press it was."""

    def __init__(
        self,
        form: Form,
        snapshot: Snapshot,
        now: dt.datetime,
        hand: str = "",
        *,
        representative: bool = False,
        behind: Callable[[str], str | None] = lambda card: None,
    ) -> None:
        self.behind = behind
        self.form, self.snapshot, self.now = form, snapshot, now
        self.hand, self.representative = hand, representative

    def one(self, name: str, default: str = "") -> str:
        """A field of the form."""
        return next(iter(self.form.get(name, ())), default)

    def whole(self, name: str) -> int:
        """A field that is a whole number."""
        typed = self.one(name)
        if not (typed.isdecimal() and len(typed) < 6):
            raise Unknown(name)
        return int(typed)

    @property
    def place(self) -> str:
        """The activity the page showed."""
        return self.one("place", self.snapshot.place)


def command(asked: Asked) -> c.Command:
    """What is asked for. Raises ``Unknown``."""
    known = FOR_REPRESENTATIVES if asked.representative else DEEDS
    deed = known.get(asked.one("do"))
    if deed is None:
        raise Unknown(asked.one("do"))
    return deed(asked)


def _more(asked: Asked) -> c.Command:
    """Two minutes more: for the running clock, else for the activity."""
    timer = asked.snapshot.timer
    if timer is None:
        return c.AddMinutes(asked.place, MORE // 60)
    left = max(0, seconds_left(asked.snapshot, asked.now))
    return c.StartTimer(timer.place, timer.phase, min(left + MORE, LONGEST_CLOCK))


def _translate(asked: Asked) -> c.Command:
    return c.TranslateCard(asked.place, asked.one("id"), asked.one("lang"), asked.one("text").strip())


def _judge(asked: Asked) -> c.Command:
    return c.JudgeCard(
        asked.place,
        asked.one("id"),
        asked.one("verdict"),  # type: ignore[arg-type]  # the rules say whether it is one
        asked.one("reason"),
        representative=asked.representative,
    )


def _shut_out(asked: Asked) -> c.Command:
    """Take the phone out that a card came from, without knowing whose it is. Raises ``Away``."""
    if asked.snapshot.workplace.manager_leads and not asked.representative:
        raise Unknown("shut_out")
    seat = asked.behind(asked.one("id"))
    if seat is None:
        raise Away
    return c.RemoveSeat(seat)


def _plan(asked: Asked) -> c.Command:
    return c.PlanActivity(asked.one("what"), asked.one("state"))  # type: ignore[arg-type]  # so do they here


def _open_door(asked: Asked) -> c.Command:
    return c.OpenDoor(new_code(), asked.now.astimezone().date().isoformat(), begin=False)


Deed = Callable[[Asked], c.Command]
FOR_REPRESENTATIVES: dict[str, Deed] = {"judge": _judge, "translate": _translate, "shut_out": _shut_out}
"""What AMR's or TR's own page can do."""
DEEDS: dict[str, Deed] = {
    **FOR_REPRESENTATIVES,
    "move": lambda asked: c.MoveRoom(asked.one("to"), asked.place, asked.hand),
    "open": lambda asked: c.OpenAnswers(asked.place),
    "again": lambda asked: c.OpenAnswers(asked.place, again=True),
    "close": lambda asked: c.CloseAnswers(asked.place),
    "show_cards": lambda asked: c.ShowCards(asked.place, tuple(asked.form.get("id", ()))),
    "show_results": lambda asked: c.ShowResults(asked.place),
    "timer": lambda asked: c.StartTimer(asked.place, asked.one("phase"), asked.whole("minutes") * 60),
    "more": _more,
    "stop": lambda asked: c.StopTimer(asked.place),
    "plan": _plan,
    "show_finding": lambda asked: c.ShowFinding(asked.one("key"), asked.one("shown") == "yes"),
    "open_door": _open_door,
    "try_door": _open_door,
    "close_door": lambda asked: c.CloseDoor(),
    "lead": lambda asked: c.TakeLead(asked.hand, asked.one("name").strip()),
    "free": lambda asked: c.TakeLead(""),
}
