"""What the measurements stand on: the kit as a process, workshops in its database, a browser with a warm profile."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from pathlib import Path

import nbformat
import psutil
from playwright.sync_api import BrowserContext, Page, sync_playwright

from tests import chromium
from tests.kit import Kit
from tests.web.deadline import until
from trivsel import kit as workshops
from trivsel.web.kernels import POOL

ROOT = Path(__file__).resolve().parents[2]
BUTTON = """\
import ipywidgets
button = ipywidgets.Button(description="Press")
button.add_class("trivsel")
button
"""
"""With the class the page does not take itself for empty, and is not fetched again."""
LOOK = 0.4
"""Seconds over which kernels are watched."""
WARM = 0.2
"""Seconds of processor time that even the barest kernel has used when it is ready."""
STILL = 0.03
"""Seconds of processor time in which a kernel that waits does whatever it does meanwhile."""
PATIENCE = 120.0


class Bare(Kit):
    """The same server with a notebook that shows one button and nothing else, ready in a pool like ours."""

    def start(self) -> Bare:
        spec = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(metadata={"kernelspec": spec}, cells=[nbformat.v4.new_code_cell(BUTTON)])
        (self.folder / "notebooks").mkdir(exist_ok=True)
        nbformat.write(notebook, self.folder / "notebooks" / "workshop.ipynb")
        arguments = [str(self.port), self.database, str(self.folder / "notebooks")]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench._bare", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()
        self.facilitator = self.wait_for_line("Facilitator:").split("Facilitator:", 1)[1].strip()
        return self


@contextlib.contextmanager
def serving(kind: type[Kit] = Kit) -> Iterator[Kit]:
    """The kit, or the bare server, with an empty database."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, kind(Path(folder)) as server:
        yield server


@contextlib.contextmanager
def writing(server: Kit) -> Iterator[workshops.Kit]:
    """The workshops of a running server, to make some before it is measured."""
    kit = workshops.Kit(server.database)
    try:
        yield kit
    finally:
        kit.close()


@contextlib.contextmanager
def browsing() -> Iterator[BrowserContext]:
    """Chromium with a profile that is kept, as a person's is; 1280×720 and Danish."""
    path = chromium.install()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile, sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=path,
            args=list(chromium.ARGUMENTS),
            viewport={"width": 1280, "height": 720},
            locale="da-DK",
            timezone_id="Europe/Copenhagen",
        )
        yield context
        context.close()


def settle(*servers: Kit, used: Collection[int] = ()) -> None:
    """Wait until the pool of each server is full and nothing moves; ``used`` are the kernels that pages have taken."""
    began, before = time.monotonic(), [spent(server) for server in servers]

    def still() -> bool:
        nonlocal began, before
        if time.monotonic() - began < LOOK:
            return False
        earlier, began, before = before, time.monotonic(), [spent(server) for server in servers]
        return all(_ready(server, *looks, used) for server, *looks in zip(servers, earlier, before, strict=True))

    until(still, "a full pool", PATIENCE)


def _ready(server: Kit, before: dict[int, float], after: dict[int, float], used: Collection[int]) -> bool:
    pooled = after.keys() - {server.pid, *used}
    warm = all(after[pid] > WARM for pid in pooled)
    still = all(after[pid] - before.get(pid, 0.0) <= STILL for pid in after)
    return len(pooled) == POOL and warm and still


def spent(server: Kit) -> dict[int, float]:
    """The processor time of the server and of each of its kernels so far."""
    whole = psutil.Process(server.pid)
    return {whole.pid: _seconds(whole)} | _under(whole, "ipykernel")


def browser_spent() -> dict[int, float]:
    """The processor time of the browser's processes so far."""
    return _under(psutil.Process(), "chrom")


def _under(whole: psutil.Process, word: str) -> dict[int, float]:
    found = {}
    for process in whole.children(recursive=True):
        with contextlib.suppress(psutil.Error):  # ended meanwhile
            if any(word in argument for argument in process.cmdline()):
                found[process.pid] = _seconds(process)
    return found


def _seconds(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def room(server: Kit, workshop: str, place: str = "") -> str:
    """The address of a shared screen, at an activity if one is named: ``goals.group``."""
    step, _, activity = place.partition(".")
    at = f"&step={step}" * bool(step) + f"&activity={activity}" * bool(activity)
    return f"{server.url}/voila/render/workshop.ipynb?workshop={workshop}{at}"


def opened(context: BrowserContext, server: Kit, workshop: str, place: str = "") -> Page:
    """A shared screen that is drawn and can be used."""
    page = context.new_page()
    page.goto(room(server, workshop, place))
    page.wait_for_selector(".trivsel h1", timeout=PATIENCE * 1_000)
    return page


def kernel_of(page: Page) -> psutil.Process:
    """The kernel that draws a page."""
    sign = page.evaluate(
        """async () => {
          const { kernelId } = JSON.parse(document.getElementById("jupyter-config-data").textContent);
          return (await fetch(`/alive/${kernelId}`)).json();
        }"""
    )
    return psutil.Process(sign["pid"])
