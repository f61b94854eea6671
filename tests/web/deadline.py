"""Waiting for something to happen, and failing in words if it does not."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")


def until(look: Callable[[], Seen], what: str, seconds: float = 15) -> Seen:
    """What ``look`` sees as soon as it sees anything."""
    end = time.monotonic() + seconds
    pause = threading.Event()
    while not (seen := look()):
        assert time.monotonic() < end, f"{what} did not happen within {seconds} s"
        pause.wait(0.05)
    return seen
