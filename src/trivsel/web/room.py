"""The shared screen's page: our own head with title, language and notices, then what Voilà draws."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.services.kernels.handlers import KernelHandler
from tornado.web import HTTPError, StaticFileHandler
from voila.static_file_handler import MultiStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler

from trivsel.content import languages, say
from trivsel.web.handler import Entrance, PageHandler
from trivsel.web.kernels import SCRIPTS

FOREVER = "private, max-age=31536000, immutable"
HASHED = re.compile(r"\.[0-9a-f]{8,}\.js$")
NOTICES = ("loading", "empty", "kernel_gone", "server_gone", "logged_out", "link_gone", "again", "to_login")
"""What the page can say about itself, in the language it is held in."""


class Facilitator(IdentityProvider):
    """Tells Voilà's own handlers who is logged in: our login and nothing else."""

    def get_user(self, handler: Any) -> User | None:
        entrance: Entrance = handler.settings["entrance"]
        return User("facilitator") if entrance.login_of(handler) else None

    def get_handlers(self) -> list[tuple[str, object]]:
        return []


class Room(PageHandler, TornadoVoilaHandler):
    """One page of the shared screen. A workshop that is not there is refused before a kernel is spent."""

    # Jupyter's libraries compile functions (unsafe-eval), widgets bring their own styles and modules (blob);
    # a script in the page itself, as somebody's text might smuggle in, is never run.
    content_security = (
        "default-src 'self'; script-src 'self' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
    )

    async def prepare(self) -> None:
        if self.entrance.guard(self):
            await TornadoVoilaHandler.prepare(self)

    async def get(self, path: str = "") -> None:
        folder: Path = self.settings["notebooks"]
        if path not in {notebook.name for notebook in folder.glob("*.ipynb")}:
            raise HTTPError(404)
        title, language = await self._heading()
        self.set_header("Content-Type", "text/html; charset=utf-8")
        notices = {name: say(language)(f"room.{name}") for name in NOTICES}
        script = f"{SCRIPTS}/voila.js"
        self.write(self.words("room.html", language, title=title, words=notices, voila_script=script))
        await self.flush()
        try:
            async for part in self.get_generator(path=path):
                if not part.startswith("<script>window.voila_heartbeat"):
                    self.write(part)
                await self.flush()
        except Exception:
            self.settings["log"].exception("The page could not be drawn to its end")
        self.finish()

    async def _heading(self) -> tuple[str, str]:
        asked = self.get_query_argument("language", "")
        workshop = self.get_query_argument("workshop", "")
        if not workshop:
            return "Trivsel", asked if asked in languages() else self.language
        await self.need(workshop)
        language = asked if asked in languages() else await self.ask(self.kit.language, workshop)
        return await self.ask(self.kit.title, workshop), language

    def should_use_rendered_notebook(self, notebook_data: dict[str, Any], pool_size: int, *_: object) -> bool:
        """A kernel from the pool whenever there is one; nothing in the address changes template or theme."""
        return pool_size > 0 and bool(notebook_data)


class Kernel(KernelHandler):
    """What a page's script may ask about its kernel: to read, not to end it."""

    async def delete(self, kernel_id: str) -> None:
        raise HTTPError(405)


class VoilaFiles(MultiStaticFileHandler):
    """Voilà's scripts and those of the widgets, behind the login; what never changes is fetched once."""

    def prepare(self) -> None:
        entrance: Entrance = self.settings["entrance"]
        if entrance.login_of(self) is None:
            raise HTTPError(403)

    def set_extra_headers(self, path: str) -> None:
        versioned = self.request.path.startswith("/voila/static/")
        self.set_header("Cache-Control", FOREVER if versioned or HASHED.search(path) else "private, max-age=3600")
        self.set_header("X-Content-Type-Options", "nosniff")


class OurFiles(StaticFileHandler):
    """Our own styles and scripts; open, since the login page needs them too."""

    def set_extra_headers(self, path: str) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        if self.get_query_argument("v", ""):
            self.set_header("Cache-Control", FOREVER)
