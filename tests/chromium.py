"""The browser that the tests drive: where it is, how it gets onto a machine, and what its pages may not do."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Error, Page, Request, WebSocket

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge")
PLACES = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever a page asks for elsewhere is not found, so that a test cannot depend on the internet by mistake.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
INSTALLERS: dict[str, tuple[tuple[str, ...], ...]] = {
    "apt-get": (
        ("apt-get", "update", "-qq"),
        ("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium", "fonts-dejavu-core"),
    ),
    "dnf": (("dnf", "install", "-y", "chromium"),),
    "pacman": (("pacman", "-Sy", "--noconfirm", "chromium"),),
    "brew": (("brew", "install", "--cask", "google-chrome"),),
}
MISSING = (
    "The browser tests need Chromium, and none was found. Install it (Debian: sudo apt-get install chromium), "
    "or say where it is with CHROMIUM=/path/to/chromium, and run the tests again."
)
HERE = frozenset({"127.0.0.1", "localhost", "::1"})


class NoChromium(RuntimeError):
    """There is no browser to test with. The message says what to do."""


def find() -> Path | None:
    """Chromium, or a browser built from it: the one ``CHROMIUM`` names, else on PATH, else where it usually lies."""
    if named := os.environ.get("CHROMIUM"):
        found = shutil.which(named)
        if found is None:
            raise NoChromium(f"CHROMIUM says {named}, and there is no program there.")
        return Path(found)
    for name in NAMES:
        if found := shutil.which(name):
            return Path(found)
    return next((Path(place) for place in PLACES if Path(place).is_file()), None)


def install() -> Path:
    """The browser, installed with the system's own package manager if it is not here yet."""
    if found := find():
        return found
    manager = next((name for name in INSTALLERS if shutil.which(name)), None)
    if manager is None:
        raise NoChromium(MISSING)
    for command in INSTALLERS[manager]:
        full = (*_as_root(manager), *command)
        print("Installing Chromium for the browser tests:", " ".join(full), flush=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        done = subprocess.run(full, stdin=subprocess.DEVNULL, env=quiet, check=False)
        if done.returncode:
            raise NoChromium(f"`{' '.join(full)}` ended with {done.returncode}. {MISSING}")
    if found := find():
        return found
    raise NoChromium(MISSING)


def _as_root(manager: str) -> tuple[str, ...]:
    if manager == "brew" or os.geteuid() == 0 or not shutil.which("sudo"):
        return ()
    return ("sudo",) if sys.stdin.isatty() else ("sudo", "-n")


def is_outside(address: str) -> bool:
    """Whether a request for ``address`` would leave this machine."""
    parts = urlsplit(address)
    return parts.scheme not in {"data", "blob", "about"} and parts.hostname not in HERE


class Watch:
    """What the pages of one browser context did that no page of ours may do."""

    def __init__(self, context: BrowserContext) -> None:
        self.outside: list[str] = []
        self.errors: list[str] = []
        context.on("request", self._request)
        context.on("weberror", lambda error: self._error(error.error))
        context.on("page", self._page)

    def _request(self, request: Request) -> None:
        self._address(request.url)

    def _page(self, page: Page) -> None:
        page.on("websocket", self._socket)

    def _socket(self, socket: WebSocket) -> None:
        self._address(socket.url)

    def _address(self, address: str) -> None:
        if is_outside(address):
            self.outside.append(address)

    def _error(self, error: Error) -> None:
        self.errors.append(str(error.stack or error.message))

    def complaint(self) -> str:
        """What went wrong, in words; empty if nothing did."""
        lines = [f"asked another host for {address}" for address in self.outside]
        lines += [f"had an error that nobody caught: {error}" for error in self.errors]
        return "\n".join(f"A page {line}" for line in lines)


def main() -> int:
    """``python -m tests.chromium [--install]``: say where the browser is, or why there is none."""
    try:
        found = install() if "--install" in sys.argv[1:] else find()
    except NoChromium as problem:
        print(problem, file=sys.stderr)
        return 1
    print(found or MISSING)
    return 0 if found else 1


if __name__ == "__main__":
    sys.exit(main())
