"""What a phone is told: at once over a stream, or when it asks, where something on the way cuts streams."""

from __future__ import annotations

import asyncio
import contextlib

from tornado.iostream import StreamClosedError

from trivsel.web.phones.door import InRoom

BEAT = 1.5
"""Seconds between two signs of life on the stream: a phone that hears nothing for twice as long says so."""
COMMENT = 15.0
"""Seconds between two comment lines, which keep some firewalls from cutting the stream."""


class Part(InRoom):
    """The inner part of the page, for our script."""

    async def get(self, code: str) -> None:
        room, seat = await self.enter(code)
        self.page("phone_part.html", room, await self.fresh(room), seat)


class Told(InRoom):
    """Which version of the page is the newest: asked for again and again where a firewall cuts the stream."""

    async def get(self, code: str) -> None:
        room, seat = await self.enter(code)
        self.answer(version=room.version_for(seat))


class Stream(InRoom):
    """Tells a phone at once when there is something new, and every other second that the link is alive."""

    def initialize(self) -> None:
        super().initialize()
        self._new = asyncio.Event()

    def on_connection_close(self) -> None:
        """The phone has hung up; whoever waits to tell it something need not wait any longer."""
        super().on_connection_close()
        self._new.set()

    async def get(self, code: str) -> None:
        room, seat = await self.enter(code)
        self.set_header("Content-Type", "text/event-stream")
        self.set_header("X-Accel-Buffering", "no")
        new = self._new
        room.listen(new)
        beats, told = 0, ""
        try:
            while not room.over:
                new.clear()
                if (version := room.version_for(seat)) != told:
                    told = version
                    self.write(f"event: state\ndata: {version}\n\n")
                else:
                    beats += 1
                    self.write(": still here\n\n" if beats % round(COMMENT / BEAT) == 0 else "")
                    self.write("event: beat\ndata:\n\n")
                room.heard(seat)
                await self.flush()
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(BEAT):
                        await new.wait()
            self.write("event: state\ndata: over\n\n")
        except StreamClosedError:
            pass
        finally:
            room.forget(new)
