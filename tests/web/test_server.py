"""The whole server: what it keeps closed, what it spends kernels on, and how it starts and stops."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import psutil
import pytest
from websocket import WebSocketBadStatusException, create_connection

from tests.web.conftest import ROOT, Served, visit
from tests.web.deadline import until
from trivsel.web.alive import from_here
from trivsel.web.kernels import POOL, SCRIPTS

NOBODY = "00000000-0000-0000-0000-000000000000"
ROOM = "/voila/render/workshop.ipynb"


def kernel_of(page: httpx.Response) -> str:
    return page.text.split('"kernelId": "')[1].split('"')[0]


@pytest.fixture
def facilitator(server: Served) -> httpx.Client:
    return server.facilitator()


@pytest.mark.parametrize(
    "address",
    [
        f"/api/kernels/{NOBODY}",
        f"/alive/{NOBODY}",
        f"{SCRIPTS}/voila.js",
        "/voila/labextensions/anywidget/package.json",
        f"{ROOM}?workshop=any",
    ],
)
def test_a_stranger_gets_nothing_of_the_shared_screen(server: Served, address: str) -> None:
    with visit(server.url) as stranger:
        answer = stranger.get(address)
    assert answer.status_code in (302, 403)
    assert "kernel" not in answer.text


def test_a_stranger_cannot_talk_to_a_kernel(server: Served, facilitator: httpx.Client) -> None:
    kernel = kernel_of(facilitator.get(ROOM, params={"workshop": server.workshop}))
    address = f"{server.url}/api/kernels/{kernel}/channels".replace("http", "ws", 1)
    with pytest.raises(WebSocketBadStatusException) as refused:
        create_connection(address, timeout=10)
    assert refused.value.status_code == 403
    cookie = "; ".join(f"{one.name}={one.value}" for one in facilitator.cookies.jar)
    with pytest.raises(WebSocketBadStatusException) as foreign:
        create_connection(address, timeout=10, cookie=cookie, origin="http://evil.example")
    assert foreign.value.status_code == 403
    create_connection(address, timeout=10, cookie=cookie, origin=server.url).close()


@pytest.mark.parametrize(
    "address",
    [
        "/voila/tree",
        "/voila/files/workshop.ipynb",
        "/voila/api/contents",
        "/voila/templates/lab/static/index.css",
        "/voila/render/../served.py",
        "/voila/render/other.ipynb",
        "/api/contents",
        "/tree",
    ],
)
def test_nothing_else_of_voila_is_open(facilitator: httpx.Client, address: str) -> None:
    assert facilitator.get(address).status_code == 404


def test_a_page_cannot_end_a_kernel(server: Served, facilitator: httpx.Client) -> None:
    kernel = kernel_of(facilitator.get(ROOM, params={"workshop": server.workshop}))
    assert facilitator.delete(f"/api/kernels/{kernel}").status_code >= 400
    assert facilitator.post(f"/voila/api/shutdown/{kernel}").status_code >= 400
    assert facilitator.get(f"/alive/{kernel}").status_code == 200


def test_an_unknown_workshop_costs_no_kernel(server: Served, facilitator: httpx.Client) -> None:
    ready = until(lambda: len(server.kernels()) >= POOL and server.kernels(), "a full pool")
    page = facilitator.get(ROOM, params={"workshop": "w9"})
    assert page.status_code == 404
    assert "Siden findes ikke" in page.text
    assert server.kernels() >= ready


def test_the_page_is_in_the_language_of_its_workshop(server: Served, facilitator: httpx.Client) -> None:
    page = facilitator.get(ROOM, params={"workshop": server.english}).text
    assert '<html lang="en">' in page
    assert "<title>A good working life</title>" in page
    assert "Getting the screen ready" in page


def test_nothing_in_the_address_changes_template_or_theme(server: Served, facilitator: httpx.Client) -> None:
    page = facilitator.get(ROOM, params={"workshop": server.workshop, "template": "lab", "theme": "dark"})
    assert 'id="trivsel-alert"' in page.text
    assert "spinner" not in page.text


def test_a_waiting_kernel_is_the_only_one_told_its_query(server: Served) -> None:
    with visit(server.url) as anybody:
        assert anybody.get(f"/voila/query/{NOBODY}").status_code == 404


@pytest.mark.parametrize(
    ("remote", "here", "answer"),
    [
        ("127.0.0.1", "127.0.0.1", True),
        ("127.8.8.8", "127.0.0.1", True),
        ("::1", "::1", True),
        ("192.0.2.7", "192.0.2.7", True),
        ("192.0.2.8", "192.0.2.7", False),
        ("", "127.0.0.1", False),
    ],
)
def test_only_this_machine_may_ask_for_a_query(remote: str, here: str, answer: bool) -> None:
    socket = SimpleNamespace(getsockname=lambda: (here, 8866))
    connection = SimpleNamespace(stream=SimpleNamespace(socket=socket))
    asking: Any = SimpleNamespace(request=SimpleNamespace(remote_ip=remote, connection=connection))
    assert from_here(asking) is answer


def test_a_port_in_use_is_told(server: Served, tmp_path: Path) -> None:
    arguments = [str(server.port), "", f"sqlite:///{tmp_path / 'a.db'}", str(tmp_path)]
    command = [sys.executable, "-m", "tests.web.served", *arguments]
    second = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 1
    assert f"Port {server.port} is in use" in second.stderr
    assert "Traceback" not in second.stderr


def test_stopping_ends_the_kernels_and_starting_again_keeps_the_login(start_server: Callable[..., Served]) -> None:
    server = start_server("")
    server.token = str(server_key(server))
    kernels = until(server.kernels, "a kernel")
    with closing(server.facilitator()) as facilitator:
        assert server.stop() == 0
        until(lambda: not any(psutil.pid_exists(kernel) for kernel in kernels), "the end of the kernels")
        server.token = ""
        server.start()
        assert facilitator.get("/").status_code == 200


def server_key(server: Served) -> str:
    """The key the server has made for itself."""
    from trivsel.web.secret import Keys, read_secret

    return Keys(read_secret(server.folder / "trivsel.sqlite.secret")).token


def test_a_killed_server_leaves_no_kernel(start_server: Callable[..., Served]) -> None:
    server = start_server()
    kernels = until(lambda: len(server.kernels()) == POOL and server.kernels(), "a full pool")
    server.kill()
    until(lambda: not any(psutil.pid_exists(kernel) for kernel in kernels), "the end of the kernels")


def test_a_dead_kernel_in_the_pool_is_replaced(start_server: Callable[..., Served]) -> None:
    server = start_server()
    (dead, *_) = until(lambda: len(server.kernels()) == POOL and server.kernels(), "a full pool")
    os.kill(dead, 9)
    until(lambda: len(server.kernels() - {dead}) == POOL, "a full pool again")
    with closing(server.facilitator()) as facilitator:
        kernel = kernel_of(facilitator.get(ROOM, params={"workshop": server.workshop}))
        assert facilitator.get(f"/alive/{kernel}").json()["pid"] != dead


def test_a_kernel_finds_the_database_and_leaves_the_person_alone(server: Served) -> None:
    kernel = psutil.Process(min(until(server.kernels, "a kernel")))
    around = kernel.environ()
    assert around["TRIVSEL_DATABASE"].endswith("trivsel.sqlite")
    assert around["TRIVSEL_SERVER"] == f"{server.url}/"
    assert not around["IPYTHONDIR"].startswith(str(Path.home()))
    assert "--HistoryManager.enabled=False" in kernel.cmdline()
