"""Whether a page's kernel still works, asked every second, so that a dead screen never looks alive."""

from __future__ import annotations

import ipaddress
import json

from tornado.web import HTTPError, RequestHandler

from trivsel.web.handler import PageHandler
from trivsel.web.kernels import Kernels

NOT_YET = 25.0
"""Seconds after which a waiting kernel is told to ask again, so that no link is left hanging."""


class Alive(PageHandler):
    """Says that a kernel's process is there: its number, its open links and how many there have been."""

    async def get(self, kernel_id: str) -> None:
        kernels: Kernels = self.settings["kernel_manager"]
        sign = await kernels.sign_of_life(kernel_id)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        if sign is None:
            self.set_status(410)
        else:
            kernels.page_seen(kernel_id)
        self.finish(json.dumps(sign or {}))

    def prepare(self) -> None:
        """No redirect to the login for a script: it is told, and says so to people."""
        if self.entrance.login_of(self) is None:
            raise HTTPError(403)

    def write_error(self, status_code: int, **_: object) -> None:
        self.finish("{}")


class Closed(PageHandler):
    """The page says that it is going, so that its kernel need not be kept long."""

    def post(self, kernel_id: str) -> None:
        kernels: Kernels = self.settings["kernel_manager"]
        kernels.page_closed(kernel_id)
        self.set_status(204)


class Query(RequestHandler):
    """Tells a waiting kernel the query of the page that took it. Answers only to this machine."""

    async def get(self, kernel_id: str) -> None:
        if not from_here(self):
            raise HTTPError(403)
        kernels: Kernels = self.settings["kernel_manager"]
        if kernel_id not in kernels:
            raise HTTPError(404)
        query = await kernels.query_of(kernel_id, NOT_YET)
        if query is None:
            self.set_status(204)
            self.finish()
        else:
            self.finish({"query": query})


def from_here(handler: RequestHandler) -> bool:
    """Whether a request comes from this machine: from the loopback, or from the very address it was sent to."""
    remote = handler.request.remote_ip or ""
    try:
        if ipaddress.ip_address(remote).is_loopback:
            return True
    except ValueError:
        return False
    stream = getattr(handler.request.connection, "stream", None)
    socket = getattr(stream, "socket", None)
    return socket is not None and socket.getsockname()[0] == remote
