"""One lasting secret beside the database: who is logged in stays logged in when the kit is started again.

Three things derive from it, so that nothing else needs to be kept:

* the facilitator's token, if none is chosen (so that the address in the bookmark still works tomorrow);
* the login: a random part and its seal, made with the secret *and* the token (a new token logs everybody out);
* the form key of a login, which every form carries, so that no other site can post in the facilitator's name.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from pathlib import Path
from urllib.parse import urlsplit

from platformdirs import user_data_path

LENGTH = 32
"""Bytes of chance."""


def secret_path(database: str) -> Path:
    """Where the secret of a database (an SQLAlchemy URL) lies: beside an SQLite file, else in the person's data."""
    scheme, _, rest = database.partition("://")
    file = rest.removeprefix("/").partition("?")[0]
    if scheme.startswith("sqlite") and file and file != ":memory:":
        return Path(f"{file}.secret")
    where = urlsplit(database)
    name = hashlib.sha256(f"{where.hostname}:{where.port}{where.path}".encode()).hexdigest()[:16]
    return user_data_path("trivsel", appauthor=False) / f"{name}.secret"


def read_secret(path: Path) -> bytes:
    """The secret at ``path``, made if it is not there; readable by its owner only."""
    if not path.exists() or path.stat().st_size < LENGTH:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
    return path.read_bytes()


class Keys:
    """What derives from the secret and the token: logins and the form keys that belong to them."""

    def __init__(self, secret: bytes, token: str | None = None) -> None:
        self._secret = secret
        self.token = token or self._seal("token")[:32]

    def login(self) -> str:
        """A new login, to be kept in a cookie."""
        chance = secrets.token_urlsafe(18)
        return f"{chance}.{self._seal('login', self.token, chance)}"

    def knows(self, login: str | None) -> bool:
        """Whether ``login`` is one of ours, with the token of today."""
        chance, _, seal = (login or "").partition(".")
        return bool(seal) and _same(seal, self._seal("login", self.token, chance))

    def opens(self, token: str | None) -> bool:
        """Whether ``token`` is the facilitator's."""
        return bool(token) and _same(token or "", self.token)

    def form_key(self, login: str) -> str:
        """What every form of this login carries."""
        return self._seal("form", login)

    def cookie_secret(self) -> str:
        """For the parts of Voilà that sign cookies of their own."""
        return self._seal("cookie")

    def seal(self, *parts: str) -> str:
        """A seal over some words that only this kit can make; ``parts`` begin with what it is for."""
        return self._seal("sealed", *parts)

    def sealed(self, seal: str, *parts: str) -> bool:
        """Whether ``seal`` is ours over these words."""
        return _same(seal, self.seal(*parts))

    @staticmethod
    def same(left: str, right: str) -> bool:
        """Whether two seals are the same, told in the same time either way."""
        return _same(left, right)

    def _seal(self, *parts: str) -> str:
        return hmac.new(self._secret, "\0".join(parts).encode(), hashlib.sha256).hexdigest()


def _same(left: str, right: str) -> bool:
    return hmac.compare_digest(left.encode(), right.encode())
