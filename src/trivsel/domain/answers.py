"""What may happen with phones: who comes in, what they send, and what the presenter does with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from trivsel.domain import commands as c
from trivsel.domain import events as e
from trivsel.domain.asking import REASONS, ROLES, WISHES, Published, Sent, is_code
from trivsel.domain.ballot import asks_for_role, ballot, card_limit, cards_each, takes_answers
from trivsel.domain.commands import Refusal
from trivsel.domain.fields import NAME_LIMIT, Day, Words
from trivsel.domain.references import fit_id
from trivsel.domain.tally import count
from trivsel.domain.undo import Decision
from trivsel.domain.words import LANGUAGES, Text
from trivsel.domain.workshop import Snapshot

SENT_LIMIT = 4_000
"""Cards of one workshop that can wait to be shown."""
VOTERS_LIMIT = 5_000
_NO_VOTES: dict[str, Any] = {}


# --- the door ---------------------------------------------------------------------------------------------------------


def _open_door(snapshot: Snapshot, command: c.OpenDoor) -> Decision:
    if not is_code(command.code):
        return Refusal("not_a_choice", {"value": command.code})
    if (wrong := Day(optional=False).refuse(command.day)) is not None:
        return wrong
    door, events = snapshot.phones.door, list[e.Event]()
    if door is None or door.day != command.day:
        events.append(e.DoorOpened(command.code, command.day))
    elif not door.open:
        events.append(e.DoorOpened(door.code, door.day))
    first = next((place for place, step, _ in snapshot.path() if not step.interlude), snapshot.place)
    if command.begin and len(snapshot.visited) == 1 and snapshot.place not in ("", first):
        step = snapshot.programme.find(snapshot.place)
        if step is not None and step[0].interlude:
            events.append(e.RoomMoved(first))
    return events


def _close_door(snapshot: Snapshot, command: c.CloseDoor) -> Decision:
    door = snapshot.phones.door
    return [e.DoorClosed()] if door is not None and door.open else []


def _remove_seat(snapshot: Snapshot, command: c.RemoveSeat) -> Decision:
    if not fit_id(command.seat):
        return Refusal("not_a_choice", {"value": command.seat})
    return [] if command.seat in snapshot.phones.removed else [e.SeatRemoved(command.seat)]


# --- phones -----------------------------------------------------------------------------------------------------------


def _send_card(snapshot: Snapshot, command: c.SendCard) -> Decision:
    found = snapshot.programme.find(command.place)
    each = cards_each(found[1]) if found else 0
    if found is None or not each:
        return Refusal("nothing_asked")
    if command.id in snapshot.phones.sent:
        return []
    if not takes_answers(snapshot, command.place):
        return Refusal("answers_closed")
    refusal = Words(card_limit(found[1]), required=True).refuse(command.text)
    if refusal is not None:
        return refusal
    if not fit_id(command.id) or command.id in snapshot.things or command.id in snapshot.removed:
        return Refusal("already_there")
    own = [card for card in snapshot.phones.of_seat(command.place, command.seat) if card.verdict != "back"]
    if len(own) >= each:
        return Refusal("no_more_cards", {"limit": str(each)})
    if len(snapshot.phones.sent) >= SENT_LIMIT:
        return Refusal("too_many_things", {"limit": str(SENT_LIMIT)})
    works = command.works and found[1].kind == "ideas"
    return [e.CardSent(command.place, command.id, command.text, works)]


def _withdraw(snapshot: Snapshot, command: c.WithdrawCard) -> Decision:
    card = snapshot.phones.sent.get(command.id)
    if card is None:
        return []
    if card.seat != command.seat or card.place != command.place:
        return Refusal("not_yours")
    return Refusal("card_shown") if card.shown else [e.CardWithdrawn(command.place, command.id)]


def _cast(snapshot: Snapshot, command: c.CastVote) -> Decision:
    asked, asking = ballot(snapshot, command.place), snapshot.phones.asking(command.place)
    if asked is None:
        return Refusal("nothing_asked")
    if command.round != asking.round or not takes_answers(snapshot, command.place):
        return Refusal("answers_closed")
    if (wrong := asked.refuse(command.votes)) is not None:
        return wrong
    if command.role not in ROLES:
        return Refusal("not_a_choice", {"value": command.role})
    votes = asked.complete(command.votes)
    role = command.role if asks_for_role(snapshot) else ""
    given = snapshot.phones.votes.get(command.place, _NO_VOTES)
    before = given.get(command.seat)
    if (before.votes, before.role) == (votes, role) if before else not votes:
        return []
    if before is None and len(given) >= VOTERS_LIMIT:
        return Refusal("too_many_things", {"limit": str(VOTERS_LIMIT)})
    return [e.Voted(command.place, command.round, votes, role)]


def _wish(snapshot: Snapshot, command: c.MakeWish) -> Decision:
    if command.wish not in WISHES:
        return Refusal("not_a_choice", {"value": command.wish})
    wishes = snapshot.phones.wishes.get(command.place, _NO_VOTES)
    if wishes.get(command.seat, "") == command.wish:
        return []
    if command.seat not in wishes and len(wishes) >= VOTERS_LIMIT:
        return Refusal("too_many_things", {"limit": str(VOTERS_LIMIT)})
    return [e.Wished(command.place, command.wish)]


# --- what the presenter does ------------------------------------------------------------------------------------------


def _hidden(snapshot: Snapshot, place: str, id: str) -> Sent | None:
    card = snapshot.phones.sent.get(id)
    return card if card is not None and card.place == place and not card.shown else None


def _judge(snapshot: Snapshot, command: c.JudgeCard) -> Decision:
    card = _hidden(snapshot, command.place, command.id)
    if card is None:
        return Refusal("thing_gone")
    if command.verdict not in ("", "show", "amo", "back", "hold"):
        return Refusal("not_a_choice", {"value": command.verdict})
    held = "hold" in (command.verdict, card.verdict)
    if held and snapshot.workplace.manager_leads and not command.representative:
        return Refusal("manager_cannot_hold")
    if command.verdict == "hold" and command.reason not in REASONS:
        return Refusal("reason_needed")
    reason = command.reason if command.verdict == "hold" else ""
    if (card.verdict, card.reason) == (command.verdict, reason):
        return []
    return [e.CardJudged(command.place, command.id, command.verdict, reason)]


def _translate(snapshot: Snapshot, command: c.TranslateCard) -> Decision:
    card = _hidden(snapshot, command.place, command.id)
    found = snapshot.programme.find(command.place)
    if card is None or found is None:
        return Refusal("thing_gone")
    if command.lang not in LANGUAGES or command.lang == card.text.lang:
        return Refusal("not_a_choice", {"value": command.lang})
    text = c.written(command.text, command.lang)
    refusal = Words(card_limit(found[1])).refuse(text)
    if refusal is not None:
        return refusal
    if card.text.also.get(command.lang, "") == text.text:
        return []
    return [e.CardTranslated(command.place, command.id, command.lang, text.text)]


def _show_cards(snapshot: Snapshot, command: c.ShowCards) -> Decision:
    cards = [_hidden(snapshot, command.place, id) for id in dict.fromkeys(command.ids)]
    # A card that was withdrawn, or shown by somebody else, since the presenter looked is simply not among them; nor
    # is one whose id something on the shared screen has got.
    free = [card for card in cards if card and card.id not in snapshot.things and card.id not in snapshot.removed]
    ids = sorted(card.id for card in free if card.verdict in ("", "show"))
    return [e.CardsShown(command.place, tuple(ids))] if ids else []


def counted(snapshot: Snapshot, place: str) -> e.AnswersClosed | None:
    """The end of the answers of an activity, with what may be shown of them; None if they are closed already."""
    phones = snapshot.phones
    asking, asked = phones.asking(place), ballot(snapshot, place)
    if not asking.open:
        return None
    votes = phones.votes.get(place, _NO_VOTES)
    if asked is None or not votes:
        return e.AnswersClosed(place)
    known, least = phones.published.get(place) or Published(), snapshot.workplace.least
    # A single tick or lever is somebody's own answer about themselves, also in an order.
    ordered = least if asked.sort in ("ticks", "levers") else 1
    frozen = place in phones.frozen
    return e.AnswersClosed(place, count(asked.keys, votes, asking, known, least, frozen=frozen, ordered=ordered))


def _close(snapshot: Snapshot, command: c.CloseAnswers) -> Decision:
    closed = counted(snapshot, command.place)
    return [] if closed is None else [closed]


def _open(snapshot: Snapshot, command: c.OpenAnswers) -> Decision:
    asking = snapshot.phones.asking(command.place)
    if command.again:
        return [e.AnswersOpened(command.place, asking.round + 1)] if asking.shown else Refusal("not_shown_yet")
    return [] if asking.open else [e.AnswersOpened(command.place, asking.round)]


def _management(snapshot: Snapshot, command: c.AnswerForManagement) -> Decision:
    asking, asked = snapshot.phones.asking(command.place), ballot(snapshot, command.place)
    if asked is None:
        return Refusal("nothing_asked")
    if asking.open:
        return Refusal("management_last")
    if asking.shown:
        return Refusal("results_shown")
    if (wrong := asked.refuse(command.votes)) is not None:
        return wrong
    # Nought dots say nothing; nought on a lever does.
    votes = {key: value for key, value in command.votes.items() if value or not asked.whole}
    return [] if votes == asking.management else [e.ManagementAnswered(command.place, votes)]


def _show_results(snapshot: Snapshot, command: c.ShowResults) -> Decision:
    asking = snapshot.phones.asking(command.place)
    if asking.open:
        return Refusal("close_first")
    if asking.counted is None:
        return Refusal("nobody_answered")
    return [] if asking.shown else [e.ResultsShown(command.place)]


def _minutes(snapshot: Snapshot, command: c.AddMinutes) -> Decision:
    if not 1 <= command.minutes <= 30:
        return Refusal("number_out_of_range", {"low": "1", "high": "30"})
    return [e.MinutesAdded(command.place, command.minutes)]


def _lead(snapshot: Snapshot, command: c.TakeLead) -> Decision:
    refusal = Words(NAME_LIMIT).refuse(Text(snapshot.language, command.name))
    if refusal is not None:
        return refusal
    if command.hand and not fit_id(command.hand):
        return Refusal("not_a_choice", {"value": command.hand})
    wanted = (command.hand, command.name) if command.hand else None
    return [] if snapshot.phones.lead == wanted else [e.LeadTaken(command.hand, command.name)]


def _show_finding(snapshot: Snapshot, command: c.ShowFinding) -> Decision:
    if not command.key.isidentifier() or len(command.key) > NAME_LIMIT:
        return Refusal("not_a_choice", {"value": command.key})
    shown = command.key in snapshot.phones.findings
    return [] if shown == command.shown else [e.FindingShown(command.key, command.shown)]


ANSWERS: dict[type, Callable[[Snapshot, Any], Decision]] = {
    c.OpenDoor: _open_door,
    c.CloseDoor: _close_door,
    c.RemoveSeat: _remove_seat,
    c.SendCard: _send_card,
    c.WithdrawCard: _withdraw,
    c.CastVote: _cast,
    c.MakeWish: _wish,
    c.JudgeCard: _judge,
    c.TranslateCard: _translate,
    c.ShowCards: _show_cards,
    c.CloseAnswers: _close,
    c.OpenAnswers: _open,
    c.AnswerForManagement: _management,
    c.ShowResults: _show_results,
    c.AddMinutes: _minutes,
    c.TakeLead: _lead,
    c.ShowFinding: _show_finding,
}
