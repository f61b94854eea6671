"""Pages of the running kit without a browser: the report of the worked example, and home with a hundred workshops.

The goals for home are the ones a person would notice; nobody has asked for others.
"""

from __future__ import annotations

import contextlib
import re
import time
from collections.abc import Iterator

import httpx

from tests.bench._figures import busy, figure, median, spread
from tests.bench._stage import serving, settle, writing
from tests.kit import Kit

WORKSHOPS = 100
ROUNDS = 9
_DRAWN = re.compile(rb"<svg.*?</svg>", re.DOTALL)
_CARRIED = re.compile(rb"<template.*?</template>", re.DOTALL)


@contextlib.contextmanager
def facilitator(kit: Kit) -> Iterator[httpx.Client]:
    """Somebody who is logged in."""
    with httpx.Client(base_url=kit.url, trust_env=False, timeout=60) as client:
        client.get(kit.facilitator)
        yield client


def fetch(client: httpx.Client, address: str) -> tuple[float, bytes]:
    """Milliseconds until a page is there, and the page."""
    begun = time.perf_counter()
    answer = client.get(address)
    took = (time.perf_counter() - begun) * 1_000
    answer.raise_for_status()
    return took, answer.content


def report(client: httpx.Client, workshop: str, language: str) -> None:
    """What the report weighs and how long it takes."""
    address = f"/report/{workshop}.html?language={language}"
    first, page = fetch(client, address)
    again = [fetch(client, address)[0] for _ in range(ROUNDS)]
    drawn, carried = (sum(map(len, shape.findall(page))) / 1e3 for shape in (_DRAWN, _CARRIED))
    whole = len(page) / 1e3
    what = f"report of the worked example ({language}):"
    figure(f"{what} markup and styles", whole - drawn - carried, "kB", goal=60)
    figure(f"{what} figures", drawn, "kB")
    figure(f"{what} the plan it carries as data", carried, "kB")
    figure(f"{what} in all", whole, "kB", goal=100)
    figure(f"{what} first", first)
    figure(f"{what} in a running kit", median(again), goal=1_000, note=spread(again))


def main() -> None:
    busy()
    with serving() as kit:
        with writing(kit) as workshops:
            examples = {language: workshops.example(language) for language in ("da", "en")}
        settle(kit)
        with facilitator(kit) as client:
            for language, example in examples.items():
                report(client, example, language)
    with serving() as kit:
        with writing(kit) as workshops:
            for number in range(WORKSHOPS):
                workshops.example(("da", "en")[number % 2], fresh=True)
        settle(kit)
        with facilitator(kit) as client:
            first, _ = fetch(client, "/")
            again = [fetch(client, "/")[0] for _ in range(ROUNDS)]
        figure(f"home with {WORKSHOPS} workshops: first", first, goal=1_000)
        figure(f"home with {WORKSHOPS} workshops: again", median(again), goal=200, note=spread(again))
    busy()


if __name__ == "__main__":
    main()
