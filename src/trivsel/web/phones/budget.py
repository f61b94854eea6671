"""How much a room and a phone may ask for at once, so that guessing codes and flooding lead nowhere.

Nothing is limited by address: a whole room sits behind one. A seat costs nothing, so what must be scarce (wrong
codes, new seats) is counted for the room and the server, and only what one seat sends is counted for the seat.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

WRONG_CODES = (60, 1.0)
"""Wrong codes for the whole server: sixty at once, then one a second. Of 900 million codes that finds an open door
in some thirty years."""
NEW_SEATS = (1_500, 20.0)
"""New seats for one room."""
SENDING = (30, 2.0)
"""What one seat sends."""
_SEATS = 20_000


class Bucket:
    """So many at once, and so many a second after that."""

    def __init__(self, most: float, refill: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._refill, self._clock = most, refill, clock
        self._left, self._at = most, clock()

    def _fill(self) -> None:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._refill)
        self._at = now

    def empty(self) -> bool:
        """Whether nothing more may be taken now."""
        self._fill()
        return self._left < 1

    def take(self) -> bool:
        """Take one; False if there is none."""
        if self.empty():
            return False
        self._left -= 1
        return True


class Buckets:
    """A bucket for each of many; those not used for longest are forgotten first."""

    def __init__(self, most: float, refill: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._refill, self._clock = most, refill, clock
        self._known: OrderedDict[str, Bucket] = OrderedDict()

    def take(self, name: str) -> bool:
        """Take one from the bucket of ``name``."""
        bucket = self._known.pop(name, None) or Bucket(self._most, self._refill, self._clock)
        self._known[name] = bucket
        if len(self._known) > _SEATS:
            self._known.popitem(last=False)
        return bucket.take()
