"""Which workshop, step and activity this page shows: what stands in its address."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

PATIENCE = 60.0
"""Seconds one question to the server may take; it answers "not yet" well before."""


@dataclass(frozen=True)
class Address:
    """What the page's address says; everything is ``None`` in plain JupyterLab, where the notebook shows a chooser."""

    workshop: str | None = None
    step: str | None = None
    activity: str | None = None
    language: str | None = None
    url: str | None = None
    """Where the kit's server answers, with a slash at the end: ``http://127.0.0.1:8866/``."""
    kernel_id: str | None = None


def pooled() -> bool:
    """Whether this kernel was started before anybody asked for it."""
    return os.environ.get("VOILA_PREHEAT") == "True"


def read_address() -> Address:
    """The address of the page this kernel works for.

    A pre-heated kernel waits here until a page has taken it; any other kernel knows at once.
    """
    server = os.environ.get("TRIVSEL_SERVER")
    kernel_id = os.environ.get("VOILA_KERNEL_ID")
    if pooled() and server and kernel_id:
        query = _wait_for_page(server, kernel_id)
    else:
        query = os.environ.get("QUERY_STRING", "")
    asked = {name: values[0] for name, values in parse_qs(query).items()}
    return Address(
        workshop=asked.get("workshop"),
        step=asked.get("step"),
        activity=asked.get("activity"),
        language=asked.get("language"),
        url=server,
        kernel_id=kernel_id,
    )


def _wait_for_page(server: str, kernel_id: str) -> str:
    """The query of the page that takes this kernel. Never by a proxy: the server is this machine.

    A server that does not answer is asked again; should it be gone for good, the kernel ends with it.
    """
    from http.client import HTTPConnection, HTTPException

    where = urlsplit(server)
    while True:
        connection = HTTPConnection(where.hostname or "127.0.0.1", where.port, timeout=PATIENCE)
        try:
            connection.request("GET", f"{where.path}voila/query/{kernel_id}")
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, HTTPException):
            time.sleep(0.2)
            continue
        finally:
            connection.close()
        if answer.status == 200:
            return str(json.loads(body)["query"])
        if answer.status != 204:
            return ""
