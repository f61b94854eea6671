"""One simulated phone: it asks for its page, keeps its cookies, sends forms and remembers every receipt it got."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
import time
from typing import Literal
from urllib.parse import quote, urlencode

from msgspec import Struct

from trivsel.web.rehearsal.forms import Page, read_page
from trivsel.web.rehearsal.line import NO_LINK, Answer, Line

Way = Literal["stream", "poll", "plain"]
"""Told at once by a stream; asks again and again, where a firewall cuts streams; scripts off."""
TRIES = 4
LONG = 20
"""So many times the usual pause without news, and a phone looks for itself."""
AGAIN = 0.7
"""Seconds before something that got no answer is sent once more."""


class NotIn(Exception):
    """The phone was not let in, or not any longer."""


class Sent(Struct, frozen=True):
    """Something that was sent: ``took`` milliseconds until the answer came, which was a receipt, or no in words.

    ``form`` is the id it was sent with; the second time the same one is sent it is ``again``.
    """

    does: str
    place: str
    form: str
    took: float
    status: int
    receipt: bool
    said: str = ""
    again: bool = False


class Phone:
    """A phone in the hands of somebody who reads ``language``."""

    def __init__(self, host: str, port: int, code: str, *, language: str = "da", way: Way = "stream") -> None:
        self.way = way
        self.code = code
        self.sent: list[Sent] = []
        self.last: dict[str, str] = {}
        """The newest form that was sent, to send it once more."""
        self.cookies: dict[str, str] = {}
        self.failed = 0
        """How often the server could not answer."""
        self.bytes = 0
        """What has come over the line, less the heads."""
        self.page = Page()
        """The newest page it has seen."""
        self.version = ""
        """The newest version of the page that the server has told of."""
        self._line = Line(host, port)
        self._language = language
        self._told = asyncio.Event()
        self._listener: asyncio.Task[None] | None = None
        self.streaming = asyncio.Event()
        """Whether the stream has said something."""

    @property
    def address(self) -> str:
        return f"/join/{quote(self.code)}"

    async def ask(self, method: str, path: str, body: dict[str, str] | None = None) -> Answer:
        """One request as this phone's browser would make it. Raises one of ``NO_LINK``."""
        headers = {"Accept-Language": f"{self._language},{self._language};q=0.8", "User-Agent": "Trivsel rehearsal"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if self.way != "plain" and path != self.address:
            headers["X-Trivsel"] = "1"
        data = b""
        if body is not None:
            data = urlencode(body).encode()
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self._line.place}"}
            if self.way != "plain":
                headers["X-Trivsel"] = "1"
        answer = await self._line.ask(method, path, headers, data)
        for cookie in answer.cookies:
            name, _, value = cookie.partition(";")[0].partition("=")
            self.cookies[name] = value
        self.bytes += len(answer.body)
        self.failed += answer.status >= 500
        return answer

    async def open(self) -> Page:
        """The page as it is when one comes in. Raises ``NotIn``."""
        page = await self._page(self.address)
        if self.way == "stream":
            self.listen()
        return page

    def listen(self) -> None:
        """Begin to hear from the stream."""
        if self._listener is None:
            self._listener = asyncio.create_task(self._listen())

    async def look(self) -> Page:
        """The page as it is now."""
        return await self._page(self.address if self.way == "plain" else f"{self.address}/part")

    async def _page(self, path: str) -> Page:
        answer = await self.ask("GET", path)
        _let_in(answer)
        self.page = read_page(answer.body.decode())
        self.version = self.page.version
        return self.page

    async def wait(self, page: Page, every: float) -> Page:
        """The page when it shows something else than ``page``; without a stream it is asked for ``every`` seconds."""
        since = time.monotonic()
        while True:
            if self.way == "stream":
                if self.version == page.version:
                    await self._hears(LONG * every)
            else:
                await asyncio.sleep(every)
            if self.way == "poll":
                answer = await self.ask("GET", f"{self.address}/told")
                _let_in(answer)
                self.version = json.loads(answer.body)["version"]
            quiet = time.monotonic() - since > LONG * every  # then whether the workshop is there at all
            if self.way == "plain" or quiet or self.version != page.version:
                since = time.monotonic()
                new = await self.look()
                if new.version != page.version:
                    return new

    async def _hears(self, seconds: float) -> None:
        """Until the stream says something new, or for so long."""
        self._told.clear()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._told.wait()

    async def send(self, form: dict[str, str], *, again: bool = False) -> Sent:
        """Send a form until there is an answer; the same id makes that harmless."""
        form = dict(form)
        if self.way != "plain" and not again and "form" in form:
            form["form"] = new_id()
        for attempt in range(TRIES):
            begun = time.perf_counter()
            try:
                answer = await self.ask("POST", self.address, form)
            except NO_LINK:
                if attempt == TRIES - 1:
                    return self._note(form, begun, None, again)
                await asyncio.sleep(AGAIN)
                continue
            return self._note(form, begun, answer, again)
        raise AssertionError

    def _note(self, form: dict[str, str], begun: float, answer: Answer | None, again: bool) -> Sent:
        took = (time.perf_counter() - begun) * 1_000
        status, receipt, said = 0, False, ""
        if answer is not None:
            status = answer.status
            receipt = status == 303
            if self.way != "plain" and answer.headers.get("content-type", "").startswith("application/json"):
                told = json.loads(answer.body)
                receipt, said = bool(told["ok"]), str(told["said"])
        sent = Sent(form.get("do", ""), form.get("place", ""), form.get("form", ""), took, status, receipt, said, again)
        self.sent.append(sent)
        self.last = form
        return sent

    async def _listen(self) -> None:
        """Hear from the stream; when it is cut, call again."""
        while True:
            line = Line(self._line.host, self._line.port)
            cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            try:
                async for name, data in line.events(f"{self.address}/stream", {"Cookie": cookies}):
                    self.streaming.set()
                    if name == "state":
                        self.version = data
                        self._told.set()
            except NO_LINK:
                pass
            finally:
                line.close()
            await asyncio.sleep(AGAIN)

    async def close(self) -> None:
        """Put the phone away."""
        if self._listener is not None:
            self._listener.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._listener
            self._listener = None
        self._line.close()


def _let_in(answer: Answer) -> None:
    """Raises ``NotIn`` for a phone that is turned away, and as without a link where the server cannot answer now."""
    if answer.status >= 500 or answer.status == 429:
        raise ConnectionError(answer.status)
    if answer.status != 200:
        raise NotIn(answer.status)


def new_id() -> str:
    """An id for a form, as the phone's script makes it."""
    return secrets.token_hex(12)
