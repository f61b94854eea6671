"""The button to practise alone: a marked copy, its door open, and simulated phones on their way."""

from __future__ import annotations

import asyncio
import secrets
from functools import partial
from typing import Any

from trivsel import content
from trivsel.web.home import FromHome
from trivsel.web.rehearsal.crowd import SLOW, Crowd
from trivsel.web.rehearsal.practice import crowd_of

PHONES = 20
LONGEST = 60 * 60.0
"""Seconds after which the simulated participants go home, whatever happens."""
AT_ONCE = 5
"""Rehearsals that one server takes at the same time."""


class Rehearse(FromHome):
    """Makes the copy and lets the crowd in; they follow whoever moves the room, until the meeting is closed."""

    async def post(self, workshop: str) -> None:
        await self.need(workshop)
        going: set[asyncio.Task[None]] = self.settings.setdefault("rehearsals", set())
        if len(going) >= AT_ONCE:
            await self.refuse(content.say(self.language)("home.many_rehearsals"))
            return
        copy = await self.ask(self.kit.rehearsal, workshop)
        code, _ = await self.ask(partial(self.kit.door, copy, open=True, begin=False))
        snapshot = await self.ask(self.kit.snapshot, copy)
        # Where this request came in, the phones can come in too, whatever the address is called outside.
        connection: Any = self.request.connection
        host, port = connection.stream.socket.getsockname()[:2]
        crowd = Crowd(crowd_of(snapshot, PHONES, secrets.randbelow(10**6)), host, port, code, SLOW)
        task = asyncio.create_task(attend(crowd))
        going.add(task)
        task.add_done_callback(going.discard)
        self.done("rehearsed", copy)


async def attend(crowd: Crowd) -> None:
    """Let a crowd come, and stay until nobody is left or it has been long enough."""
    crowd.start()
    try:
        async with asyncio.timeout(LONGEST):
            await crowd.last()
    except TimeoutError:
        pass
    finally:
        await crowd.end()
