"""The kit as a real process, so that tests can stop it, kill it and start it again."""

from __future__ import annotations

import os
import queue
import shlex
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from urllib.parse import parse_qs, urlsplit

import psutil

READY_SECONDS = 60
STOP_SECONDS = 15


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def program() -> str:
    """The ``trivsel`` command of the Python that runs the tests."""
    found = shutil.which("trivsel", path=str(Path(sys.executable).parent))
    assert found, "`trivsel` is not installed beside this Python: pip install --no-deps -e ."
    return found


def own_environment(folder: Path, **more: str) -> dict[str, str]:
    """This environment without the settings of the person who runs the tests: Jupyter's files lie in ``folder``."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("TRIVSEL_", "JUPYTER", "IPYTHON"))
    }
    jupyter = folder / "jupyter"
    return kept | {
        "JUPYTER_CONFIG_DIR": str(jupyter / "config"),
        "JUPYTER_DATA_DIR": str(jupyter / "data"),
        "JUPYTER_RUNTIME_DIR": str(jupyter / "runtime"),
        "IPYTHONDIR": str(jupyter / "ipython"),
        "PYTHONUNBUFFERED": "1",
        "PYTHONUTF8": "1",
        **more,
    }


class Kit:
    """``trivsel serve`` on a port and a database of its own.

    ``facilitator`` is the printed address with its token, ``url`` the address without, ``log`` every line printed.
    With ``checkout`` it is started there by ``make run``.
    """

    def __init__(
        self,
        folder: Path,
        *arguments: str,
        database: str | None = None,
        environment: Mapping[str, str] | None = None,
        checkout: Path | None = None,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.database = database or f"sqlite:///{(folder / 'trivsel.sqlite').as_posix()}"
        self.arguments = arguments
        self.checkout = checkout
        self.environment = own_environment(folder, **(environment or {}))
        self.url = f"http://127.0.0.1:{self.port}"
        self.facilitator = ""
        self.token = ""
        self.log: list[str] = []
        self._lines: queue.Queue[str | None] = queue.Queue()
        self._process: subprocess.Popen[str] | None = None
        self._children: list[psutil.Process] = []

    def start(self) -> Kit:
        """Start the server and wait until it says where the facilitator goes."""
        arguments = ["--no-browser", "--port", str(self.port), "--database", self.database, *self.arguments]
        command = [program(), "serve", *arguments]
        if self.checkout:
            command = ["make", "--no-print-directory", "-C", str(self.checkout), "run", f"ARGS={shlex.join(arguments)}"]
        self._lines = queue.Queue()
        self._process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )
        threading.Thread(target=self._read, args=(self._process, self._lines), daemon=True).start()
        self.facilitator = self.wait_for_line("Facilitator:").split("Facilitator:", 1)[1].strip()
        self.token = parse_qs(urlsplit(self.facilitator).query).get("token", [""])[0]
        return self

    def _read(self, process: subprocess.Popen[str], lines: queue.Queue[str | None]) -> None:
        assert process.stdout is not None
        with process.stdout as output:
            for line in output:
                self.log.append(line.rstrip())
                lines.put(line.rstrip())
        lines.put(None)

    def wait_for_line(self, part: str, seconds: float = READY_SECONDS) -> str:
        """The next printed line that contains ``part``."""
        while True:
            try:
                line = self._lines.get(timeout=seconds)
            except queue.Empty:
                line = None
            if line is None:
                raise AssertionError(f"The kit never printed “{part}”. It said:\n" + "\n".join(self.log[-40:]))
            if part in line:
                return line

    @property
    def process(self) -> subprocess.Popen[str]:
        """The running server."""
        assert self._process is not None, "the kit has not been started"
        return self._process

    @property
    def pid(self) -> int:
        """The server's process id."""
        return self.process.pid

    def kernels(self) -> list[psutil.Process]:
        """The kernels that the server runs now, oldest first."""
        found = psutil.Process(self.pid).children(recursive=True)
        kernels = [one for one in found if any("ipykernel" in word for word in one.cmdline())]
        return sorted(kernels, key=lambda one: one.create_time())

    def stop(self) -> int:
        """End the server as Ctrl-C would, and return its exit code."""
        self._remember_children()
        self.process.terminate()
        try:
            return self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(STOP_SECONDS)
            raise AssertionError(f"The kit did not stop within {STOP_SECONDS} s.") from None

    def kill(self) -> None:
        """End the server as a power cut would."""
        self._remember_children()
        self.process.kill()
        self.process.wait(STOP_SECONDS)

    def restart(self) -> Kit:
        """Start again on the same port and database; a running server is killed first."""
        if self.process.poll() is None:
            self.kill()
        return self.start()

    def close(self) -> None:
        """End whatever of this kit is still running, by process id."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._remember_children()
            self._process.terminate()
            try:
                self._process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait(STOP_SECONDS)
        _, alive = psutil.wait_procs(self._children, timeout=3)
        for child in alive:
            child.kill()

    def _remember_children(self) -> None:
        if self.process.poll() is None:
            self._children += psutil.Process(self.pid).children(recursive=True)

    def __enter__(self) -> Kit:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
