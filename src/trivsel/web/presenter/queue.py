"""The cards that are looked at before the room sees them: which, in what order, and why; never who wrote them."""

from __future__ import annotations

from collections.abc import Collection

from msgspec import Struct

from trivsel.content import doubts, languages
from trivsel.domain.asking import Sent
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot

TOGETHER = 5
"""While people still write, new cards come into sight so many at a time: one by one they would tell who has just put
the phone down."""


class Waiting(Struct, frozen=True):
    """A card that nobody in the room has seen."""

    id: str
    text: Text
    reasons: tuple[str, ...]
    """Why it may be one to think about."""
    cleared: bool
    """Somebody has looked and said that it can be shown."""
    others: tuple[str, ...]
    """Languages it could be put into."""
    reason: str = ""
    """Why it is held back, where it is."""


class Queue(Struct, frozen=True):
    """All that is hidden in one activity. ``coming`` more have been sent, but not enough of them to look at."""

    waiting: tuple[Waiting, ...]
    coming: int
    amo: tuple[Waiting, ...]
    held: tuple[Waiting, ...]
    kept: dict[str, int]
    """How many are kept from the screen, by reason, as the room is told."""

    @property
    def doubtful(self) -> int:
        """How many somebody should look at first."""
        return sum(bool(card.reasons) and not card.cleared for card in self.waiting)

    @property
    def ready(self) -> tuple[str, ...]:
        """Those that can be shown."""
        return tuple(card.id for card in self.waiting if card.cleared or not card.reasons)


def queue(snapshot: Snapshot, place: str, in_sight: Collection[str] = ()) -> Queue:
    """What is hidden in an activity, the doubtful cards first and otherwise in an order that tells nothing.

    ``in_sight`` are cards that could be read before; they stay, even if others are taken back meanwhile.
    """
    phones = snapshot.phones
    late = _not_yet(snapshot, place).difference(in_sight)
    waiting = [_card(snapshot, one) for one in phones.waiting(place) if one.id not in late]
    hidden = [one for one in phones.sent.values() if one.place == place and not one.shown]
    apart = sorted(hidden, key=lambda one: one.id)
    return Queue(
        waiting=tuple(sorted(waiting, key=lambda card: not card.reasons or card.cleared)),
        coming=len(late),
        amo=tuple(_card(snapshot, one) for one in apart if one.verdict == "amo"),
        held=tuple(_card(snapshot, one) for one in apart if one.verdict == "hold"),
        kept=phones.held(place),
    )


def _not_yet(snapshot: Snapshot, place: str) -> frozenset[str]:
    """The newest cards, while answers are open and there are too few of them to be looked at together."""
    asking = snapshot.phones.asked.get(place)
    # Opened again, everything that could be read stays in sight.
    if asking is not None and not (asking.open and asking.shown):
        return frozenset()
    sent = [one for one in snapshot.phones.sent.values() if one.place == place]
    newest = sent[len(sent) // TOGETHER * TOGETHER :]
    return frozenset(one.id for one in newest if not one.verdict and not one.shown)


def _card(snapshot: Snapshot, sent: Sent) -> Waiting:
    text = sent.text
    return Waiting(
        id=sent.id,
        text=text,
        reasons=doubts(snapshot, text),
        cleared=sent.verdict == "show",
        others=tuple(language for language in languages() if language != text.lang),
        reason=sent.reason,
    )
