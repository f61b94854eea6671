"""What can keep the kit from starting, as sentences for the person who starts it."""

from __future__ import annotations

import errno

from trivsel.content import say


class Trouble(Exception):
    """The server cannot run; ``say`` tells why and what to do."""

    def __init__(self, key: str, **params: object) -> None:
        super().__init__(say("en")(f"trouble.{key}", **params))
        self.key = key
        self.params = params

    def say(self, language: str) -> str:
        """The reason and the remedy in ``language``."""
        return say(language)(f"trouble.{self.key}", **self.params)


def listening_trouble(error: OSError, ip: str, port: int) -> Trouble:
    """Why the server cannot listen at ``ip`` and ``port``."""
    taken = (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE))
    refused = (errno.EACCES, getattr(errno, "WSAEACCES", errno.EACCES))
    if error.errno in taken:
        return Trouble("port_taken", port=port, other=port + 1)
    if error.errno in refused:
        return Trouble("port_refused", port=port)
    return Trouble("address_not_ours", ip=ip)
