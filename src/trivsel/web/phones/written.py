"""What the store has answered, brought from its thread into the server's loop."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar

Answer = TypeVar("Answer")


class Written:
    """Waits for answers of another thread. Those that come together wake the loop once, not once each: a whole room
    that votes at the same moment is written with one commit."""

    def __init__(self) -> None:
        self._done: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._called = False

    async def of(self, answer: Future[Answer]) -> Answer:
        """The answer when it is there. Raises what it raises."""
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[Answer] = loop.create_future()

        def arrived(done: Future[Answer]) -> None:
            self._done.append((waiting, done))
            if not self._called:
                self._called = True
                loop.call_soon_threadsafe(self._hand_out)

        answer.add_done_callback(arrived)
        return await waiting

    def _hand_out(self) -> None:
        self._called = False  # before anything is taken: what comes from now on calls again
        while self._done:
            waiting, done = self._done.popleft()
            if waiting.done():  # nobody waits any more
                continue
            if (error := done.exception()) is not None:
                waiting.set_exception(error)
            else:
                waiting.set_result(done.result())
