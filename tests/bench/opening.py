"""How long until the shared screen of the worked example can be used, beside a notebook with one button.

Both are pre-heated and served alike. It is measured inside the page: from the start of the navigation until the
question is there and the button that stands out would be hit by a press. Nine rounds, one of each in turn. The
processor time that browser, server and kernel spend on it says the same on a machine that does other things as well.
"""

from __future__ import annotations

from typing import NamedTuple

from playwright.sync_api import BrowserContext, TimeoutError

from tests.bench._figures import busy, figure, median, spread
from tests.bench._stage import PATIENCE, Bare, browser_spent, browsing, kernel_of, room, serving, settle, spent, writing
from tests.kit import Kit

ROUNDS = 9
WARMING = 2
"""Rounds before those that count: with the second the browser begins to keep the scripts compiled."""

USABLE = """(() => {
  const hit = (button) => {
    const box = button.getBoundingClientRect();
    const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return !button.disabled && button.contains(there);
  };
  const look = () => {
    if (window.benchUsable || !document.querySelector(benchHeading)?.getClientRects().length) return;
    if (benchButton === benchHeading) document.getElementById("trivsel-loading")?.remove(); // it waits for our screen
    if (![...document.querySelectorAll(benchButton)].some(hit)) return;
    window.benchUsable = performance.now();
    seen.disconnect();
  };
  const frame = () => { look(); if (!window.benchUsable) requestAnimationFrame(frame); };
  const seen = new MutationObserver(look);
  seen.observe(document, { childList: true, subtree: true });
  requestAnimationFrame(frame);
})();"""


class Opening(NamedTuple):
    """One page opened: milliseconds until it could be used, those of processor time, and the kernel it took."""

    milliseconds: float
    processor: float
    kernel: int


def opening(context: BrowserContext, server: Kit, address: str, heading: str, button: str) -> Opening:
    """Open a page until it can be used, and close it again."""
    page = context.new_page()
    page.add_init_script(f"const benchHeading = {heading!r}, benchButton = {button!r};\n{USABLE}")
    before, browser_before = spent(server), browser_spent()
    page.goto(address, wait_until="commit")
    try:
        usable = page.wait_for_function("window.benchUsable", timeout=PATIENCE * 1_000)
    except TimeoutError as late:
        raise RuntimeError(f"{address} cannot be used; it says: {page.inner_text('body')[:500]}") from late
    milliseconds = float(usable.json_value())
    after, browser_after = spent(server), browser_spent()
    kernel = kernel_of(page).pid
    page.close()
    ours = sum(after[pid] - before[pid] for pid in (server.pid, kernel))
    browser = sum(seconds - browser_before.get(pid, 0.0) for pid, seconds in browser_after.items())
    return Opening(milliseconds, (ours + browser) * 1_000, kernel)


def compare(what: str, unit: str, ours: list[float], theirs: list[float], goal: float | None = None) -> None:
    """Both medians and the ratios."""
    figure(f"the worked example, {what}", median(ours), unit, note=spread(ours))
    figure(f"a bare notebook with one button, {what}", median(theirs), unit, note=spread(theirs))
    figure(f"{what}: ratio of the medians", median(ours) / median(theirs), "×", goal)
    pairs = [one / other for one, other in zip(ours, theirs, strict=True)]
    figure(f"{what}: median of the ratios round by round", median(pairs), "×")


def main() -> None:
    busy()
    with serving() as kit, serving(Bare) as bare, browsing() as context:
        with writing(kit) as workshops:
            example = workshops.example("da")
        for server in (kit, bare):
            context.new_page().goto(server.facilitator)
        pages = [
            (kit, room(kit, example), ".trivsel h1", ".trivsel .primary"),
            (bare, f"{bare.url}/voila/render/workshop.ipynb", ".jupyter-button", ".jupyter-button"),
        ]
        took: dict[str, list[Opening]] = {kit.url: [], bare.url: []}
        used: set[int] = set()
        for number in range(WARMING + ROUNDS):
            for server, address, heading, button in pages if number % 2 else reversed(pages):
                settle(kit, bare, used=used)
                one = opening(context, server, address, heading, button)
                used.add(one.kernel)
                if number >= WARMING:
                    took[server.url].append(one)
    ours, theirs = took[kit.url], took[bare.url]
    times = [[one.milliseconds for one in openings] for openings in (ours, theirs)]
    compare("time until it can be used", "ms", *times, goal=1.15)
    compare("processor time", "ms", *[[one.processor for one in openings] for openings in (ours, theirs)])
    busy()


if __name__ == "__main__":
    main()
