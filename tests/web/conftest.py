"""The pages in this process, and the whole server as a process with a small notebook; both with real workshops."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import nbformat
import psutil
import pytest
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application

from tests.kit import free_port, own_environment
from tests.web.visitor import Come, Visitor
from trivsel.kit import Kit
from trivsel.web.app import pages
from trivsel.web.handler import Entrance, NothingHere
from trivsel.web.phones.rooms import Rooms
from trivsel.web.secret import Keys

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "tulipan"
SECRET = b"0" * 32
CELL = """\
import os, ipywidgets
from trivsel_widgets.address import read_address
address = read_address()
shown = ipywidgets.HTML("<main><h1>Trin</h1><p></p></main>")
shown.value = shown.value.replace("<p>", f"<p>{address.workshop} {address.step} {address.activity} {os.getpid()} ")
shown.add_class("trivsel")
shown
"""


def visit(base: str, **more: object) -> httpx.Client:
    """A browser without a face: keeps cookies, follows nothing, asks no proxy."""
    return httpx.Client(base_url=base, trust_env=False, timeout=30, **more)  # type: ignore[arg-type]


def start_danish(kit: Kit) -> str:
    """A workshop at a care home; its id."""
    return kit.start(
        title="Et godt arbejdsliv", workplace="Plejehjemmet Solgården", people=17, committee="amo",
        day=dt.date(2026, 11, 12),
    )  # fmt: skip


@pytest.fixture
def kit(database: str) -> Iterator[Kit]:
    """The kit with a database of the test's own, empty at first."""
    kit = Kit(database)
    yield kit
    kit.close()


@pytest.fixture
def workshop(kit: Kit) -> str:
    """The id of a workshop that is in the list."""
    return start_danish(kit)


@pytest.fixture
def serve_pages(kit: Kit) -> Iterator[Callable[..., str]]:
    """Serve our pages from this process, each time at a port of their own: their address."""
    loops: list[tuple[asyncio.AbstractEventLoop, threading.Thread]] = []

    def start(token: str = TOKEN, language: str | None = None, port: int = 0, **more: object) -> str:
        sockets = bind_sockets(port, "127.0.0.1")
        number: int = sockets[0].getsockname()[1]
        ready = threading.Event()
        loop = asyncio.new_event_loop()

        async def listen() -> None:
            server = HTTPServer(
                Application(
                    pages(),  # type: ignore[arg-type]
                    kit=kit,
                    entrance=Entrance(Keys(SECRET, token), 8866),
                    language=language,
                    default_handler_class=NothingHere,
                    log=logging.getLogger("tests"),
                    **{"presence": Rooms(kit), **more},
                )
            )
            server.add_sockets(sockets)
            ready.set()

        def run() -> None:
            loop.run_until_complete(listen())
            loop.run_forever()
            for one in sockets:
                one.close()
            loop.close()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        loops.append((loop, thread))
        assert ready.wait(10)
        return f"http://127.0.0.1:{number}"

    yield start
    for loop, thread in loops:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)


@pytest.fixture
def stranger(serve_pages: Callable[..., str]) -> Iterator[httpx.Client]:
    """Somebody who has not logged in."""
    with visit(serve_pages()) as client:
        yield client


@pytest.fixture
def facilitator(stranger: httpx.Client) -> httpx.Client:
    """Somebody who has."""
    assert stranger.get("/", params={"token": TOKEN}).status_code == 302
    return stranger


@pytest.fixture
def come() -> Iterator[Come]:
    """Come to a room with a phone; all of them are put away in the end."""
    phones: list[Visitor] = []

    def make(base: str, code: str, language: str = "da", **more: bool) -> Visitor:
        phones.append(Visitor(base, code, language, **more))
        return phones[-1]

    yield make
    for phone in phones:
        phone.line.close()


class Served:
    """The whole server as a process, with a small notebook of its own."""

    def __init__(self, folder: Path, token: str = TOKEN) -> None:
        self.folder, self.token, self.port = folder, token, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[str] | None = None
        notebooks = folder / "notebooks"
        notebooks.mkdir(exist_ok=True)
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": spec}, cells=[nbformat.v4.new_code_cell(CELL)])
        nbformat.write(notebook, notebooks / "workshop.ipynb")
        self.database = f"sqlite:///{(folder / 'trivsel.sqlite').as_posix()}"
        kit = Kit(self.database)
        self.workshop = start_danish(kit)
        self.english = kit.start(title="A good working life", language="en")
        kit.close()

    def start(self) -> Served:
        arguments = [str(self.port), self.token, self.database, str(self.folder / "notebooks")]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.web.served", *arguments],
            cwd=ROOT,
            env=own_environment(self.folder),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("Facilitator: "), self.process.stderr
        return self

    @property
    def running(self) -> subprocess.Popen[str]:
        assert self.process is not None
        return self.process

    def kernels(self) -> set[int]:
        """The process ids of all kernels of this server."""
        children = psutil.Process(self.running.pid).children(recursive=True)
        return {child.pid for child in children if is_kernel(child)}

    def kill(self) -> None:
        self.running.kill()
        self.running.communicate()

    def stop(self) -> int:
        """Ends it as Ctrl-C would."""
        if self.running.poll() is None:
            self.running.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        try:
            self.running.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()
        return self.running.returncode

    def facilitator(self) -> httpx.Client:
        """Somebody who is logged in here."""
        client = visit(self.url)
        assert client.get("/", params={"token": self.token}).status_code == 302
        return client


def is_kernel(process: psutil.Process) -> bool:
    """Whether a process is a kernel, and not a dead one."""
    try:
        return any("ipykernel" in word for word in process.cmdline())
    except psutil.Error:
        return False


@pytest.fixture(scope="module")
def start_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., Served]]:
    """Start a server; all of them are ended with the module."""
    started: list[Served] = []

    def start(token: str = TOKEN) -> Served:
        started.append(Served(tmp_path_factory.mktemp("served"), token))
        return started[-1].start()

    yield start
    for server in started:
        server.stop()


@pytest.fixture(scope="module")
def server(start_server: Callable[..., Served]) -> Served:
    """A server, shared by the tests of a module."""
    return start_server()
