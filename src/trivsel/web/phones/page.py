"""What stands on one phone: which question, what it has sent, and what to do when there is nothing to answer."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from typing import Any, Literal

from msgspec import Struct

from trivsel.content import Say, say
from trivsel.domain.asking import Sent
from trivsel.domain.ballot import (
    Ballot,
    asks_for_role,
    ballot,
    card_limit,
    cards_each,
    takes_answers,
)
from trivsel.domain.programme import Activity, Step
from trivsel.domain.words import pick
from trivsel.domain.workshop import Snapshot
from trivsel.report.plan import Plan, Said
from trivsel.web.phones.choices import Row, read_votes, rows_of
from trivsel.web.phones.seat import Seat

_KEPT = 5_000
"""Characters of what was typed that are shown again."""

Mode = Literal["cards", "vote", "look", "talk", "pause", "over", "out"]
"""Write, choose, look at the screen, talk in pairs, have a break, the meeting is over, the phone was taken out."""


class Own(Struct, frozen=True):
    """A card that this phone has sent, and what has become of it."""

    id: str
    text: Said
    state: str
    note: str
    removable: bool


class Phone(Struct, frozen=True):
    """Everything the page needs. Texts are in the page's language; people's words are as they wrote them."""

    mode: Mode
    ask: str
    """Which question this is: a new one has another name, the same one after a reload has the same."""
    version: str
    place: str
    round: int
    step: str
    colour: str
    label: str
    question: str
    hint: str
    workplace: str
    rehearsal: bool
    late: tuple[str, ...] = ()
    open: bool = True
    limit: int = 0
    left: int = 0
    """Cards that this phone may still send."""
    ideas: bool = False
    text: str = ""
    works: bool = False
    """What had been typed and ticked when it was not taken."""
    unsent: str = ""
    """What had been typed, where there is no field to put it back into."""
    own: tuple[Own, ...] = ()
    sort: str = ""
    budget: int | None = None
    low: int = 0
    high: int = 1
    rows: tuple[Row, ...] = ()
    answered: bool = False
    wish: str = ""
    role: str = ""
    roles: bool = False
    who: str = ""
    plan: Any = None
    form: str = ""
    """An id for the next thing that is sent; another one each time the page is made."""


def phone(
    snapshot: Snapshot,
    seat: Seat,
    version: str,
    language: str,
    *,
    late: bool = False,
    typed: Mapping[str, str] | None = None,
) -> Phone:
    """The page of one phone as it is now. ``typed`` is a form that was not taken, so that nothing is typed twice."""
    words = say(language)
    found = snapshot.programme.find(snapshot.place)
    assert found is not None, "a workshop is always at an activity of its programme"
    step, activity = found
    place, asking = snapshot.place, snapshot.phones.asking(snapshot.place)
    asked = ballot(snapshot, place)
    mode = _mode(snapshot, seat, activity, asked)
    view: dict[str, Any] = {
        "mode": mode,
        "ask": f"{place}.{asking.round}.{mode}",
        "version": version,
        "place": place,
        "round": asking.round,
        "step": pick(step.title, language),
        "colour": step.colour,
        "label": pick(activity.label, language),
        "question": words("phone.over_title") if mode == "over" else pick(activity.question, language),
        "workplace": _workplace(snapshot, language),
        "rehearsal": snapshot.workplace.rehearsal,
        "late": _late(snapshot, words, step, activity) if late else (),
        "open": takes_answers(snapshot, place),
        "hint": _hint(words, snapshot, activity, mode, asked),
        "own": _own(snapshot, seat, place, words),
        "wish": snapshot.phones.wishes.get(place, {}).get(seat.name(place), ""),
        "role": seat.role,
        "roles": asks_for_role(snapshot) and mode == "vote",
        "who": _who(snapshot, words, mode),
        "plan": Plan(snapshot, language) if activity.kind == "close" or mode == "over" else None,
        "form": secrets.token_urlsafe(12),
    }
    if mode == "cards":
        used = sum(card.verdict != "back" for card in snapshot.phones.of_seat(place, seat.name(place)))
        view |= {
            "limit": card_limit(activity),
            "left": max(0, cards_each(activity) - used),
            "ideas": activity.kind == "ideas",
        }
    here = typed if typed is not None and typed.get("place") == place else {}
    if mode == "vote" and asked is not None:
        vote = snapshot.phones.votes.get(place, {}).get(seat.name(place))
        chosen, wrong = read_votes(here)
        given = chosen if here and not wrong else vote.votes if vote else {}
        view |= {
            "sort": asked.sort,
            "budget": asked.budget,
            "low": asked.low,
            "high": asked.high,
            "rows": rows_of(snapshot, activity, asked, given, words),
            "answered": vote is not None,
        }
    view |= _typed(typed or {}, back=bool(here) and mode == "cards" and view["open"] and view["left"] > 0)
    return Phone(**view)


def _typed(typed: Mapping[str, str], *, back: bool) -> dict[str, Any]:
    """What had been typed: back in the field, or beside it where it cannot be sent from here."""
    text = typed.get("text", "")[:_KEPT]
    return {"text": text, "works": typed.get("works") == "1"} if back else {"unsent": text}


def _mode(snapshot: Snapshot, seat: Seat, activity: Activity, asked: Ballot | None) -> Mode:
    if seat.taken_out in snapshot.phones.removed:
        return "out"
    if snapshot.closed is not None:
        return "over"
    phase = snapshot.timer.phase if snapshot.timer else ""
    if activity.kind == "break" or phase == "break":
        return "pause"
    if phase == "pairs":
        return "talk"
    if cards_each(activity):
        return "cards"
    return "vote" if asked is not None and takes_answers(snapshot, snapshot.place) else "look"


def _workplace(snapshot: Snapshot, language: str) -> str:
    workplace = snapshot.workplace
    return (workplace.name or workplace.title).read(language)


def _late(snapshot: Snapshot, words: Say, step: Step, activity: Activity) -> tuple[str, ...]:
    """Three lines for somebody who comes when others are under way: here we are, this is chosen."""
    language = words.language
    here = words("phone.late_here", step=pick(step.title, language), label=pick(activity.label, language))
    goals = [goal.title.read(language) for goal in snapshot.chosen()]
    tried = [one.title.read(language) for one in snapshot.tried()]
    lines = [here]
    if goals:
        lines.append(words("phone.late_goals", titles=words.titles(goals)))
    if tried:
        lines.append(words("phone.late_tried", titles=words.titles(tried)))
    return tuple(lines) if len(lines) > 1 else ()


def _hint(words: Say, snapshot: Snapshot, activity: Activity, mode: Mode, asked: Ballot | None) -> str:
    language = words.language
    if mode == "pause":
        timer = snapshot.timer
        if timer is None or timer.phase != "break":
            return words("phone.pause")
        end = dt.datetime.fromisoformat(timer.at) + dt.timedelta(seconds=timer.seconds)
        return words("phone.back_at", time=words.time(f"{end.astimezone():%H:%M}"))
    if mode == "vote" and activity.kind == "welcome":
        return pick(activity.ask, language)
    if mode == "vote" and asked is not None and asked.sort == "dots":
        return words("phone.give_dots", n=asked.budget or 0)
    keys = {
        "cards": f"phone.write_{activity.kind}" if activity.kind in ("collect", "ideas", "close") else "",
        "vote": f"phone.vote_{asked.sort}" if asked else "",
        "talk": "phone.talk",
        "over": "phone.over",
        "out": "phone.out",
        "look": "phone.look" if takes_answers(snapshot, snapshot.place) or not asked else "phone.counted",
    }
    return words(keys[mode]) if keys.get(mode) else ""


def _who(snapshot: Snapshot, words: Say, mode: Mode) -> str:
    """Who can see what is sent, in a sentence, and who answers for the data."""
    if mode not in ("cards", "vote"):
        return ""
    workplace = snapshot.workplace
    leads = workplace.leads.read(words.language) if workplace.leads else ""
    if mode == "cards":
        who = words("phone.who_cards_named", who=leads) if leads else words("phone.who_cards")
    else:
        who = words("phone.who_votes", least=workplace.least)
    owner = workplace.data_owner
    return f"{who} {words('phone.data_owner', who=owner.read(words.language))}" if owner else who


def _own(snapshot: Snapshot, seat: Seat, place: str, words: Say) -> tuple[Own, ...]:
    cards = snapshot.phones.of_seat(place, seat.name(place))
    return tuple(
        Own(
            card.id,
            Said(card.text.text, None if card.text.lang == words.language else card.text.lang),
            words(f"phone.{_state(card)}"),
            words(f"phone.held_{card.reason}" if card.verdict == "hold" else "phone.note_back")
            if card.verdict in ("back", "hold") and not card.shown
            else "",
            not card.shown,
        )
        for card in cards
    )


def _state(card: Sent) -> str:
    if card.shown:
        return "state_shown"
    return {"amo": "state_amo", "back": "state_back", "hold": "state_hold"}.get(card.verdict, "state_received")
