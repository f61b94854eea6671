"""The kit's server: Voilà for the shared screen, with our own pages, login and order among the kernels around it."""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import shutil
import signal
import tempfile
import webbrowser
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tornado.httpserver import HTTPServer
from tornado.ioloop import PeriodicCallback
from tornado.web import Application, RequestHandler
from traitlets import Any as AnyTrait
from traitlets import Bool, Unicode
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from trivsel.content import place, say
from trivsel.kit import Kit
from trivsel.web import kernels, network
from trivsel.web.after import After
from trivsel.web.alive import Alive, Closed, Query
from trivsel.web.before import Before
from trivsel.web.details import Details
from trivsel.web.exports import Health, Record, Report
from trivsel.web.handler import Entrance, NothingHere
from trivsel.web.home import Bring, ChooseLanguage, Copy, Delete, Example, Home, Start
from trivsel.web.login import Login, Logout
from trivsel.web.phones.handlers import phone_pages
from trivsel.web.phones.rooms import Rooms
from trivsel.web.presenter.handlers import Cards, Present
from trivsel.web.rehearsal.handlers import Rehearse
from trivsel.web.room import Facilitator, Kernel, OurFiles, Room, VoilaFiles
from trivsel.web.secret import Keys, read_secret, secret_path
from trivsel.web.trouble import Trouble

HERE = Path(__file__).parent
NOTEBOOK = "workshop.ipynb"
_COLLECT = 20_000
"""Objects made before the collector looks for what nobody needs any more."""
LOOK_AROUND = 3
"""Seconds between two looks at which networks the computer is on."""
LARGEST_REQUEST = 24 * 1024 * 1024
WIDGETS = ["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"]
"""The only scripts of others that a page loads, all from this server."""

_KERNEL = r"(\w+-\w+-\w+-\w+-\w+)"
_WORKSHOP = r"([\w-]+)"


def pages() -> list[tuple[Any, ...]]:
    """Our own addresses."""
    return [
        *phone_pages(),  # a whole room asks at once
        (r"/", Home),
        (r"/login", Login),
        (r"/logout", Logout),
        (r"/language", ChooseLanguage),
        (r"/workshops", Start),
        (r"/example", Example),
        (r"/import", Bring),
        (rf"/workshops/{_WORKSHOP}/copy", Copy),
        (rf"/workshops/{_WORKSHOP}/rehearse", Rehearse),
        (rf"/workshops/{_WORKSHOP}/delete", Delete),
        (rf"/workshops/{_WORKSHOP}/details", Details),
        (rf"/workshops/{_WORKSHOP}/before", Before),
        (rf"/workshops/{_WORKSHOP}/after", After),
        (rf"/present/{_WORKSHOP}", Present),
        (rf"/present/{_WORKSHOP}/cards", Cards),
        (rf"/report/{_WORKSHOP}\.html", Report),
        (rf"/report/{_WORKSHOP}\.json", Record),
        (r"/health", Health),
        (r"/static/(.*)", OurFiles, {"path": str(HERE / "static")}),
    ]


class Server(Voila):
    """Voilà, stand-alone, with our routes in place of its own: no tree, no files, no contents, no shutdown by page."""

    port: int
    kernel_manager: Any
    kit = AnyTrait(help="The workshops of the database.")
    keys = AnyTrait(help="The token and the logins.")
    database = Unicode(help="The database, for the kernels.")
    language = Unicode(None, allow_none=True, help="The language of the pages, unless somebody chooses.")
    spoken = Unicode("en", help="The language of what is printed.")
    share = Bool(False, help="Whether phones on the room's network may come in.")
    look = AnyTrait(network.own_addresses, help="Tells the computer's own addresses.")
    chosen: list[network.Address]
    at: list[str]

    def setup_template_dirs(self) -> None:
        """Our template, and Voilà's scripts; nothing from the person's own Jupyter folders goes before them."""
        self.template_paths = [str(HERE / "voila_template")]
        self.static_paths = collect_static_paths(["voila"], self.voila_configuration.template)

    def init_settings(self) -> dict[str, Any]:
        settings: dict[str, Any] = super().init_settings()
        join = network.join_addresses(self.chosen, self.port) if self.share else []
        self.kernel_manager = kernels.Kernels(
            parent=self,
            connection_dir=self.connection_dir,
            kernel_spec_manager=self.kernel_spec_manager,
            allowed_message_types=self.kernel_manager.allowed_message_types,
            kernel_pools_config=kernels.only(NOTEBOOK),
            kit_environment=kernels.environment(self.database, f"{self.own_base}/", join),
            ipython_dir=os.path.join(self.connection_dir, "ipython"),
        )
        return settings | {
            "kernel_manager": self.kernel_manager,
            "kit": self.kit,
            "presence": Rooms(self.kit),
            "entrance": Entrance(self.keys, self.port),
            "join": join,
            "language": self.language,
            "notebooks": Path(self.root_dir),
            "default_handler_class": NothingHere,
            "log": self.log,
            "log_function": note_failures,
            "ws_ping_interval": 0,  # the page asks every second; that is a better sign
            "ws_ping_timeout": 0,
        }

    def init_handlers(self) -> list[tuple[Any, ...]]:
        static = {"paths": self.static_paths}
        return [
            *pages(),
            (rf"/alive/{_KERNEL}", Alive),
            (rf"/closed/{_KERNEL}", Closed),
            (rf"/voila/query/{_KERNEL}", Query),
            (rf"/api/kernels/{_KERNEL}", Kernel),
            (rf"/api/kernels/{_KERNEL}/channels", VoilaKernelWebsocketHandler),
            (rf"{kernels.SCRIPTS}/(.*)", VoilaFiles, static),
            (r"/voila/labextensions/(.*)", VoilaFiles, {"paths": self.labextensions_path}),
            (
                r"/voila/render/(.*)",
                Room,
                {
                    "template_paths": self.template_paths,
                    "config": self.config,
                    "voila_configuration": self.voila_configuration,
                },
            ),
        ]

    def start(self) -> None:
        """Runs until Ctrl-C or SIGTERM. The port is taken first, so that nothing else is begun in vain."""
        self.chosen = network.choices(self.ip, self.look()) if self.share else []
        self.at = network.places(self.ip, self.chosen if self.share else None)
        sockets = network.listen(self.at, self.port)
        self.port = sockets[0].getsockname()[1]
        asyncio.run(self._run(sockets))

    async def _run(self, sockets: Sequence[Any]) -> None:
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(stopped.set))
        self.connection_dir = tempfile.mkdtemp(prefix="trivsel-")
        settings = self.init_settings()
        self.app = Application(self.init_handlers(), **settings)
        server = HTTPServer(self.app, max_body_size=LARGEST_REQUEST)
        server.add_sockets(list(sockets))
        self.kernel_manager.keep_order()
        self.announce()
        # What is loaded stays: the collector need not look through it again while a whole room votes at once.
        gc.collect()
        gc.freeze()
        gc.set_threshold(_COLLECT, 50, 50)
        watch = PeriodicCallback(self.look_around, LOOK_AROUND * 1000)
        if self.share and self.ip in network.EVERYWHERE:
            watch.start()
        try:
            while not stopped.is_set():  # a signal alone wakes no loop on Windows
                with suppress(TimeoutError):
                    await asyncio.wait_for(stopped.wait(), 0.5)
        finally:
            watch.stop()
            server.stop()
            await server.close_all_connections()  # phones hear that the line is gone, and find back to it
            await self.kernel_manager.end_all()
            shutil.rmtree(self.connection_dir, ignore_errors=True)

    @property
    def own_base(self) -> str:
        """Where this computer's own browser finds the kit."""
        return network.base(network.facilitator(self.at), self.port)

    def announce(self) -> None:
        """Says where the facilitator and the participants go, and opens the browser there if asked to."""
        url = f"{self.own_base}/?{urlencode({'token': self.keys.token})}"
        print(f"Facilitator: {url}", flush=True)
        if self.share:
            self.announce_join()
        if self.open_browser:
            asyncio.get_running_loop().run_in_executor(None, webbrowser.open, url)

    def announce_join(self) -> None:
        """Says where the participants go, and what to know about it."""
        print(f"Participants: {network.join_addresses(self.chosen, self.port)[0]}/join", flush=True)
        for line in network.remarks(self.chosen, self.port, say(self.spoken)):
            print(line, flush=True)

    async def look_around(self) -> None:
        """Follows the computer to another network, or to a hotspot turned on late."""
        if now := network.moved(self.chosen, network.choices(self.ip, self.look()), self.at):
            self.chosen = now
            join = network.join_addresses(now, self.port)
            self.app.settings["join"][:] = join
            self.announce_join()
            await self.kernel_manager.renew(kernels.participants(join))


def serve(
    *,
    database: str,
    ip: str = "127.0.0.1",
    port: int = 8866,
    token: str | None = None,
    browser: bool = True,
    share: bool = False,
    language: str | None = None,
    spoken: str = "en",
    notebooks: Path | None = None,
    look: Callable[[], list[network.Address]] = network.own_addresses,
) -> None:
    """Starts everything and stays until it is stopped. ``database`` is an SQLAlchemy URL.

    With ``share``, phones on the room's network may come in. ``spoken`` is the language of what is printed.

    Raises ``Trouble``, which says in words what keeps it from starting.
    """
    path = secret_path(database)
    try:
        keys = Keys(read_secret(path), token)
    except OSError as error:
        raise Trouble("no_secret", path=path, reason=error.strerror or error) from error
    server = Server(
        config=settings(),
        config_file_paths=[],
        identity_provider_class=Facilitator,
        kit=Kit(database),
        keys=keys,
        database=database,
        language=language,
        spoken=spoken,
        share=share,
        look=look,
        ip=ip,
        port=port,
        open_browser=browser,
        root_dir=str(notebooks or place("notebooks")),
        log_level=logging.ERROR,
    )
    server.initialize([])
    server.start()


def settings() -> Config:
    """How Voilà and its kernels behave here."""
    return Config(
        {
            "VoilaConfiguration": {
                "template": "base",
                "allow_template_override": "NO",
                "allow_theme_override": "NO",
                "kernel_spec_manager_class": kernels.OwnPython,
                "extension_allowlist": WIDGETS,
                "page_config_hook": kernels.page_config,
            },
            "KernelManager": {"autorestart": False},
            "MappingKernelManager": {"buffer_offline_messages": False},
        }
    )


def note_failures(handler: RequestHandler) -> None:
    """Keeps a line about what went wrong on our side; addresses, which may hold a token, stay out of it."""
    if handler.get_status() >= 500:
        handler.settings["log"].error("%s %s failed", handler.request.method, handler.request.path)
