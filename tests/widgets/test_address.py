"""A kernel learns which page it works for: at once where it can, patiently where it must, and cheaply."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from trivsel_widgets.address import Address, read_address

VOILA = ("VOILA_PREHEAT", "VOILA_KERNEL_ID", "QUERY_STRING", "TRIVSEL_SERVER")
Answer = tuple[int, bytes]


@pytest.fixture(autouse=True)
def outside_voila(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VOILA:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def answering(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[str]]]:
    """A server that gives these answers, one after the other, to a pre-heated kernel; what it was asked."""
    servers: list[ThreadingHTTPServer] = []

    def start(*answers: Answer) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked.append(self.path)
                status, body = left.pop(0)
                if not status:  # hangs up without a word
                    self.close_connection = True
                    return
                self.send_response(status)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("VOILA_PREHEAT", "True")
        monkeypatch.setenv("VOILA_KERNEL_ID", "k1")
        monkeypatch.setenv("TRIVSEL_SERVER", f"http://127.0.0.1:{server.server_port}/")
        return asked

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def test_plain_jupyterlab_has_no_address() -> None:
    assert read_address() == Address()


def test_a_kernel_started_for_its_page_knows_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VOILA_PREHEAT", "False")
    monkeypatch.setenv("QUERY_STRING", "workshop=w%C3%A6&step=goals&activity=group&language=en&workshop=no")
    address = read_address()
    assert (address.workshop, address.step, address.activity, address.language) == ("wæ", "goals", "group", "en")


def test_a_ready_kernel_waits_for_its_page(answering: Callable[..., list[str]]) -> None:
    asked = answering((204, b""), (204, b""), (200, b'{"query": "workshop=w1&step=goals"}'))
    address = read_address()
    assert (address.workshop, address.step, address.activity, address.kernel_id) == ("w1", "goals", None, "k1")
    assert asked == ["/voila/query/k1"] * 3


def test_a_server_that_refuses_leaves_the_address_empty(answering: Callable[..., list[str]]) -> None:
    answering((403, b""))
    assert read_address().workshop is None


def test_no_proxy_is_asked(answering: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    answering((200, b'{"query": "workshop=w1"}'))
    assert read_address().workshop == "w1"


def test_a_server_that_stumbles_is_asked_again(answering: Callable[..., list[str]]) -> None:
    asked = answering((0, b""), (200, b'{"query": "workshop=w1"}'))
    assert read_address().workshop == "w1"
    assert len(asked) == 2


def test_it_costs_nothing_to_have() -> None:
    probe = (
        "import sys, importlib.util as u; s = u.find_spec('trivsel_widgets').submodule_search_locations[0];"
        "f = u.spec_from_file_location('address', s + '/address.py'); m = u.module_from_spec(f);"
        "sys.modules['address'] = m; f.loader.exec_module(m);"
        "print({'asyncio', 'tornado', 'voila', 'websockets', 'http.client', 'ssl'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
