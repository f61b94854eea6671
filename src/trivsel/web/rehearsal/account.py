"""What became of everything the simulated phones sent: each receipt must be in the store, and only once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from msgspec import Struct

from trivsel.domain.events import CardSent, CardWithdrawn, Record, Voted, Wished
from trivsel.web.phones.seat import Seat, cookie_name, read_seat
from trivsel.web.rehearsal.phone import Phone, Sent
from trivsel.web.secret import Keys

KINDS = {"card": CardSent, "withdraw": CardWithdrawn, "vote": Voted, "wish": Wished}
"""What can be sent, and what it becomes in the store."""


class Kind(Struct, frozen=True):
    """How many of one kind were sent, sent again, received and refused in words, and how many are in the store."""

    does: str
    sent: int
    again: int
    received: int
    refused: int
    stored: int


class Account(Struct, frozen=True):
    """The whole of it. ``lost`` receipts are not in the store, ``doubled`` ones more than once, ``unanswered`` sendings
    got neither receipt nor reason, and ``unknown`` entries are in the store without a receipt."""

    kinds: tuple[Kind, ...]
    took: tuple[float, ...]
    """Milliseconds until each answer."""
    lost: int
    doubled: int
    unanswered: int
    unknown: int

    @property
    def whole(self) -> bool:
        """Whether nothing was lost and nothing counted twice."""
        return not (self.lost or self.doubled or self.unanswered or self.unknown)

    def within(self, share: float) -> float:
        """The milliseconds that ``share`` of the answers came within."""
        return sorted(self.took)[max(0, round(share * len(self.took)) - 1)] if self.took else 0.0


def account(
    workshop: str, records: Iterable[Record], sent: Iterable[tuple[Phone, Sent]], keys: Keys, after: int = 0
) -> Account:
    """Hold what was ``sent`` against what the store has written since event number ``after``."""
    sendings = [(seat_behind(phone, workshop, keys), one) for phone, one in sent if one.does in KINDS]
    stored = {
        does: Counter(one.command for one in records if one.seq > after and isinstance(one.event, kind))
        for records in (list(records),)
        for does, kind in KINDS.items()
    }
    got: dict[str, set[str]] = {does: set() for does in KINDS}
    for seat, one in sendings:
        if one.receipt and seat is not None:
            got[one.does].add(seat.command_id(one.form))
    found = [(stored[does][id], id) for does, ids in got.items() for id in ids]
    every = [one for _, one in sendings]
    return Account(
        kinds=tuple(
            Kind(
                does=does,
                sent=sum(one.does == does and not one.again for one in every),
                again=sum(one.does == does and one.again for one in every),
                received=len(got[does]),
                refused=sum(one.does == does and not one.again and _refused(one) for one in every),
                stored=sum(stored[does].values()),
            )
            for does in KINDS
        ),
        took=tuple(one.took for one in every),
        lost=sum(times == 0 for times, _ in found),
        doubled=sum(times > 1 for times, _ in found),
        unanswered=sum(not one.receipt and not _refused(one) for one in every),
        unknown=sum(id not in got[does] for does, times in stored.items() for id in times),
    )


def _refused(one: Sent) -> bool:
    return not one.receipt and 400 <= one.status < 500


def seat_behind(phone: Phone, workshop: str, keys: Keys) -> Seat | None:
    """The seat of a simulated phone, by the cookie it was given."""
    return read_seat(phone.cookies.get(cookie_name(workshop), ""), keys, workshop)
