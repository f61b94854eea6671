"""A simulated phone's own connection to the server: kept open from one request to the next, as a browser keeps it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping

from msgspec import Struct

PATIENCE = 30.0
"""Seconds to wait for an answer."""
NO_LINK = (OSError, EOFError, TimeoutError)
"""What happens when the link is gone."""


class Answer(Struct, frozen=True):
    """What the server said; names of headers are in small letters, cookies apart."""

    status: int
    headers: dict[str, str]
    cookies: tuple[str, ...]
    body: bytes


class Line:
    """One connection to a server on this computer. Raises one of ``NO_LINK``."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    @property
    def place(self) -> str:
        """The server as an address has it."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    async def open(self) -> None:
        """Be connected, so that the next request does not have to wait for it."""
        if self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(self.host, self.port)

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes = b"") -> Answer:
        """One request and its answer. A connection that had gone to sleep is opened anew, once."""
        used = self._writer is not None
        try:
            return await self._ask(method, path, headers, body)
        except NO_LINK:
            self.close()
            if not used:
                raise
        try:
            return await self._ask(method, path, headers, body)
        except NO_LINK:
            self.close()
            raise

    async def _ask(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        async with asyncio.timeout(PATIENCE):  # wait_for loses a cancellation now and then in Python 3.11
            return await self._exchange(method, path, headers, body)

    async def _exchange(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        reader = await self._send(method, path, headers, body)
        status, found, cookies = await _head(reader)
        if found.get("transfer-encoding") == "chunked":
            whole = b"".join([chunk async for chunk in _chunks(reader)])
        else:
            whole = await reader.readexactly(int(found.get("content-length", "0")))
        if found.get("connection") == "close":
            self.close()
        return Answer(status, found, cookies, whole)

    async def events(self, path: str, headers: Mapping[str, str]) -> AsyncIterator[tuple[str, str]]:
        """What a stream of events says, name and data, until it ends."""
        reader = await self._send("GET", path, headers, b"")
        status, _, _ = await _head(reader)
        if status != 200:
            raise ConnectionRefusedError(status)
        name, text = "", ""
        async for chunk in _chunks(reader):
            text += chunk.decode()
            *lines, text = text.split("\n")
            for line in lines:
                what, _, value = line.partition(": ")
                if what == "event":
                    name = value
                elif name and what.rstrip(":") == "data":
                    yield name, value
                    name = ""

    async def _send(self, method: str, path: str, headers: Mapping[str, str], body: bytes) -> asyncio.StreamReader:
        await self.open()
        assert self._reader is not None
        assert self._writer is not None
        said = {"Host": self.place, **headers} | ({"Content-Length": str(len(body))} if method == "POST" else {})
        head = "".join(f"{name}: {value}\r\n" for name, value in said.items())
        self._writer.write(f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
        await self._writer.drain()
        return self._reader


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], tuple[str, ...]]:
    first, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers, cookies = {}, []
    for line in filter(None, lines):
        name, _, value = line.partition(":")
        if name.lower() == "set-cookie":
            cookies.append(value.strip())
        headers[name.lower()] = value.strip()
    return int(first.split(" ")[1]), headers, tuple(cookies)


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while size := int((await reader.readline()).strip() or b"0", 16):
        yield (await reader.readexactly(size + 2))[:-2]
    await reader.readline()
