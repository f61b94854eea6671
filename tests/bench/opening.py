"""How long until the shared screen of the worked example can be used, beside a notebook with one button.

Both are pre-heated and served alike. It is measured inside the page: from the start of the navigation until the
question is there and the button that stands out would be hit by a press. Nine rounds, one of each in turn.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext

from tests.bench._figures import busy, figure, median, spread
from tests.bench._stage import PATIENCE, Bare, browsing, kernel_of, room, serving, settle, writing

ROUNDS = 9
WARMING = 2
"""Rounds before those that count: with the second the browser begins to keep the scripts compiled."""

USABLE = """(() => {
  const look = () => {
    if (window.benchUsable) return;
    const heading = document.querySelector(benchHeading), button = document.querySelector(benchButton);
    if (heading?.getClientRects().length && button && !button.disabled) {
      const box = button.getBoundingClientRect();
      if (button.contains(document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2))) {
        window.benchUsable = performance.now();
        return seen.disconnect();
      }
    }
  };
  const frame = () => { look(); if (!window.benchUsable) requestAnimationFrame(frame); };
  const seen = new MutationObserver(look);
  seen.observe(document, { childList: true, subtree: true });
  requestAnimationFrame(frame);
})();"""


def opening(context: BrowserContext, address: str, heading: str, button: str) -> tuple[float, int]:
    """Milliseconds until one page can be used, and the number of the kernel it took; the page is closed again."""
    page = context.new_page()
    page.add_init_script(f"const benchHeading = {heading!r}, benchButton = {button!r};\n{USABLE}")
    page.goto(address, wait_until="commit")
    usable = page.wait_for_function("window.benchUsable", timeout=PATIENCE * 1_000)
    milliseconds = float(usable.json_value())
    kernel = kernel_of(page).pid
    page.close()
    return milliseconds, kernel


def main() -> None:
    busy()
    with serving() as kit, serving(Bare) as bare, browsing() as context:
        with writing(kit) as workshops:
            example = workshops.example("da")
        for server in (kit, bare):
            context.new_page().goto(server.facilitator)
        pages = [
            (kit, room(kit, example), ".trivsel h1", ".trivsel button.primary"),
            (bare, f"{bare.url}/voila/render/workshop.ipynb", ".jupyter-button", ".jupyter-button"),
        ]
        took: dict[str, list[float]] = {kit.url: [], bare.url: []}
        used: set[int] = set()
        for number in range(WARMING + ROUNDS):
            for server, address, heading, button in pages if number % 2 else reversed(pages):
                settle(kit, bare, used=used)
                milliseconds, kernel = opening(context, address, heading, button)
                used.add(kernel)
                if number >= WARMING:
                    took[server.url].append(milliseconds)
    ours, theirs = took[kit.url], took[bare.url]
    figure("the worked example can be used", median(ours), note=spread(ours))
    figure("a bare notebook with one button", median(theirs), note=spread(theirs))
    figure("ratio of the medians", median(ours) / median(theirs), "×", goal=1.15)
    pairs = [one / other for one, other in zip(ours, theirs, strict=True)]
    figure("median of the ratios round by round", median(pairs), "×")
    busy()


if __name__ == "__main__":
    main()
