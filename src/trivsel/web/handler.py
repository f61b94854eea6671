"""What every page of ours has in common: the login, form keys, language, our error page and careful headers."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

import jinja2
from tornado.ioloop import IOLoop
from tornado.web import HTTPError, RequestHandler

from trivsel import content
from trivsel.errors import TrivselError, UnknownWorkshop
from trivsel.kit import Kit
from trivsel.web.secret import Keys

Answer = TypeVar("Answer")

LOGIN_DAYS = 180
OURS = "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
"""What a page of ours may load: only what comes from this server, and no script in the page itself."""


@cache
def environment() -> jinja2.Environment:
    """The page templates; everything put into them is escaped."""
    return jinja2.Environment(
        loader=jinja2.PackageLoader("trivsel.web"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def asset(name: str) -> str:
    """The address of one of our own files, which changes when the file does."""
    content = (files("trivsel.web") / "static" / name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:12]}"


class Entrance:
    """The login, for our own pages and for those of Voilà: a cookie per port, sealed by the secret and the token."""

    def __init__(self, keys: Keys, port: int) -> None:
        self.keys = keys
        self.cookie = f"trivsel-{port}"

    def login_of(self, handler: RequestHandler) -> str | None:
        """The login this request comes with, if it is a good one."""
        login = handler.get_cookie(self.cookie)
        return login if self.keys.knows(login) else None

    def let_in(self, handler: RequestHandler) -> None:
        """Gives the browser a login."""
        handler.set_cookie(
            self.cookie,
            self.keys.login(),
            expires_days=LOGIN_DAYS,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=handler.request.protocol == "https",
        )

    def let_out(self, handler: RequestHandler) -> None:
        """Takes the browser's login away."""
        handler.clear_cookie(self.cookie, path="/")

    def guard(self, handler: RequestHandler) -> bool:
        """Lets a request through (True) or has sent it to the login or on to its address without the token."""
        token = handler.get_query_argument("token", None)
        if handler.request.method in ("GET", "HEAD"):
            if token is not None and self.keys.opens(token):
                self.let_in(handler)
                handler.redirect(without_token(handler))
                return False
            if self.login_of(handler) is None:
                wrong = {"wrong": "1"} if token is not None else {}
                handler.redirect(f"/login?{urlencode({'next': without_token(handler), **wrong})}")
                return False
            if token is not None:
                handler.redirect(without_token(handler))
                return False
        elif self.login_of(handler) is None:
            raise HTTPError(403, "not logged in")
        return True


def without_token(handler: RequestHandler) -> str:
    """The address asked for, on this server, less the token."""
    asked = [
        (name, value)
        for name, values in handler.request.query_arguments.items()
        if name != "token"
        for value in (part.decode("utf-8", "replace") for part in values)
    ]
    return local(handler.request.path) + (f"?{urlencode(asked)}" if asked else "")


def local(address: str) -> str:
    """``address`` if it stays on this server, else the way home."""
    good = address.startswith("/") and not re.match(r"/[/\\]|.*[\x00-\x1f\x7f\\]", address)
    return address if good and not urlsplit(address).netloc else "/"


class PageHandler(RequestHandler):
    """A page behind the login. Pages open to all set ``open_to_all``."""

    open_to_all = False
    content_security = OURS

    @property
    def kit(self) -> Kit:
        kit: Kit = self.settings["kit"]
        return kit

    @property
    def entrance(self) -> Entrance:
        entrance: Entrance = self.settings["entrance"]
        return entrance

    def set_default_headers(self) -> None:
        self.clear_header("Server")
        for name, value in {
            "Content-Security-Policy": self.content_security,
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Referrer-Policy": "same-origin",
            "Cache-Control": "no-store",
        }.items():
            self.set_header(name, value)
        if self.request.protocol == "https" or self.request.host_name in ("localhost", "127.0.0.1", "::1"):
            # On a room's plain http browsers ignore it and say so on every page.
            self.set_header("Cross-Origin-Opener-Policy", "same-origin")

    def prepare(self) -> Awaitable[None] | None:
        if not self.open_to_all and not self.entrance.guard(self):
            return None
        if self.request.method not in ("GET", "HEAD", "OPTIONS"):
            self.check_origin()
            if not self.open_to_all:
                self.check_form_key()
        return None

    def check_xsrf_cookie(self) -> None:
        """Ours is the form key, which belongs to the login (tornado's needs a cookie shared with other ports)."""

    def check_form_key(self) -> None:
        """A form of ours carries the key of its login; another site cannot know it."""
        if self.get_body_argument("_xsrf", "") != self.form_key():
            raise HTTPError(403, "wrong form key")

    def check_origin(self) -> None:
        """A browser says where a form comes from; it must be from here."""
        origin = self.request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != self.request.host:
            raise HTTPError(403, "foreign origin")

    def form_key(self) -> str:
        login = self.entrance.login_of(self)
        return self.entrance.keys.form_key(login) if login else ""

    @property
    def language(self) -> str:
        """The language of the pages: as chosen, else as the kit was started, else as the browser asks."""
        started = self.settings.get("language")
        known = started if started in content.languages() else None
        return self.chosen_language or known or self.asked_language or content.languages()[0]

    @property
    def chosen_language(self) -> str | None:
        """The language somebody has chosen in this browser."""
        chosen = self.get_cookie("trivsel-language")
        return chosen if chosen in content.languages() else None

    @property
    def asked_language(self) -> str | None:
        """The first language the browser asks for that the kit speaks."""
        asked = self.request.headers.get("Accept-Language", "").split(",")
        return next((code for part in asked if (code := part.strip()[:2].lower()) in content.languages()), None)

    def words(self, name: str, language: str | None = None, **values: object) -> str:
        """The template ``name`` with the page's words and ``values`` in it."""
        spoken = language or self.language

        def text(key: str, **params: object) -> str:
            return content.say(spoken)(key, **params)

        common = {
            "say": text,
            "asset": asset,
            "language": spoken,
            "languages": {code: content.say(code)(f"language.{code}") for code in content.languages()},
            "form_key": self.form_key(),
            "here": self.request.uri if self.request.method == "GET" else "/",
        }
        return environment().get_template(name).render(common | values)

    def show(self, name: str, **values: Any) -> None:
        """Answers with a page."""
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(self.words(name, **values))

    async def ask(self, question: Callable[..., Answer], *args: object, **named: object) -> Answer:
        """Puts a question to the kit without holding everybody else up."""
        return await IOLoop.current().run_in_executor(None, lambda: question(*args, **named))

    async def need(self, workshop: str) -> None:
        """Refuses an address with a workshop that is not there."""
        if not await self.ask(self.kit.exists, workshop):
            raise HTTPError(404, "no such workshop")

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Only what nobody foresaw is kept, and the address without its query, which may hold a token."""
        if not isinstance(error, HTTPError | TrivselError):
            where = (self.request.method, self.request.path)
            self.settings["log"].error("%s %s failed", *where, exc_info=(kind, error, trace))

    def write_error(self, status_code: int, **about: Any) -> None:
        """Our error page; where the kit itself refused, with its reason."""
        error = about.get("exc_info", (None, None, None))[1]
        if isinstance(error, UnknownWorkshop):
            status_code = 404
        elif isinstance(error, TrivselError):
            self.set_status(503)
            self.show("error.html", kind="refused", reason=sentence(error, self.language))
            return
        self.set_status(status_code)
        kind = {404: "missing", 405: "missing", 413: "too_big"}.get(status_code)
        self.show("error.html", kind=kind or ("wrong" if status_code >= 500 else "forbidden"), reason="")


def sentence(error: TrivselError, language: str) -> str:
    """What went wrong and what to do, in words."""
    return error.message(content.say(language))


class NothingHere(PageHandler):
    """Any address that leads nowhere."""

    def prepare(self) -> None:
        if self.entrance.guard(self):
            raise HTTPError(404)
