"""The shared screen in Chromium: a change of step or activity, two pages in step, and what a kernel weighs.

A switch is measured inside the page, from the press until the new question has been painted, on a tour of every step
and activity. The tour is made with the worked example and with fifty cards on the board.
"""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from tests.bench._figures import busy, figure, median, percentile, spread
from tests.bench._stage import browsing, kernel_of, opened, serving, settle, writing
from tests.kit import Kit
from trivsel.domain import commands as c
from trivsel.domain.things import Card
from trivsel.domain.words import Text
from trivsel.kit import Kit as Workshops

CARDS = 50
HEAPS = 6
TOURS = 3
CHANGES = 20
COLLECT, GROUP = "goals.collect", "goals.group"

SWITCH = """([nav, number]) => new Promise((done, fail) => {
  const button = document.querySelectorAll(`.trivsel nav.${nav} button:not(.link)`)[number];
  const question = () => document.querySelector(".trivsel h1")?.textContent;
  const before = question();
  if (button.ariaCurrent) return done(null);
  const late = setTimeout(() => fail(new Error("no new question")), 10000);
  const seen = new MutationObserver(() => {
    if (question() === before) return;
    seen.disconnect();
    clearTimeout(late);
    requestAnimationFrame(() => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => done(performance.now() - pressed);
      painted.port2.postMessage(null);
    });
  });
  seen.observe(document.querySelector(".trivsel"), { childList: true, subtree: true, characterData: true });
  const pressed = performance.now();
  button.click();
})"""

WAIT = """(text) => {
  window.benchSeen = new Promise((done) => {
    const look = () => [...document.querySelectorAll(".trivsel .note .text")].some((one) => one.textContent === text);
    const seen = new MutationObserver(() => {
      if (!look()) return;
      seen.disconnect();
      done(performance.timeOrigin + performance.now());
    });
    seen.observe(document.body, { childList: true, subtree: true, characterData: true });
  });
}"""

WRITE = """(text) => {
  const form = document.querySelector(".trivsel form.add"), input = form.querySelector("input, textarea");
  input.value = text;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  const pressed = performance.timeOrigin + performance.now();
  form.querySelector("button.primary").click();
  return pressed;
}"""


def fifty(workshops: Workshops) -> str:
    """A workshop with fifty cards, thirty of them in six heaps."""
    id = workshops.start(title="Halvtreds kort", workplace="Lager Nord", language="da")
    session = workshops.session(id)
    cards = [Card(f"card-{n}", COLLECT, Text("da", f"Nummer {n}: mere ro, når vi taler")) for n in range(CARDS)]
    done = [session.send(c.Add(COLLECT, (card,))) for card in cards]
    for number in range(HEAPS, 30):
        heap = number % HEAPS
        done.append(session.send(c.Gather(GROUP, f"card-{number}", f"card-{heap}", f"heap-{heap}")))
    done.append(session.send(c.MoveRoom(GROUP, session.snapshot.place)))
    refused = [one for one in done if isinstance(one, c.Refusal)]
    if refused:
        raise RuntimeError(f"The board could not be laid: {refused[0]}")
    return id


def tour(page: Page) -> dict[str, list[float]]:
    """Milliseconds of every switch on a way through every step and activity, by the activity that was come to."""
    took: dict[str, list[float]] = {}

    def press(nav: str, number: int) -> None:
        if (milliseconds := page.evaluate(SWITCH, [nav, number])) is not None:
            took.setdefault(place_of(page), []).append(milliseconds)

    for step in range(page.locator(".trivsel nav.steps button").count()):
        press("steps", step)
        for activity in range(page.locator(".trivsel nav.acts ol button").count()):
            press("acts", activity)
    return took


def place_of(page: Page) -> str:
    """The activity that stands in the page's address."""
    page.wait_for_function("new URLSearchParams(location.search).has('activity')")
    step, activity = page.evaluate("['step', 'activity'].map((name) => new URLSearchParams(location.search).get(name))")
    return f"{step}.{activity}"


def switching(context: BrowserContext, kit: Kit, workshop: str, what: str) -> Page:
    """Tours through a workshop; the page is left open."""
    page = opened(context, kit, workshop)
    tour(page)
    settle(kit, used={kernel_of(page).pid, *_taken(context)})
    by_place: dict[str, list[float]] = {}
    for _ in range(TOURS):
        for place, took in tour(page).items():
            by_place.setdefault(place, []).extend(took)
    every = [one for took in by_place.values() for one in took]
    slowest = max(by_place, key=lambda place: median(by_place[place]))
    figure(f"a switch, {what}: median", median(every), goal=100, note=spread(every))
    figure(f"a switch, {what}: 95 of 100 within", percentile(every, 0.95))
    figure(f"the slowest to come to, {slowest}: median", median(by_place[slowest]))
    return page


def _taken(context: BrowserContext) -> set[int]:
    return {kernel_of(page).pid for page in context.pages if "/voila/" in page.url}


def in_step(one: Page, other: Page) -> None:
    """A card written on one page, until it stands on the other; by turns in both directions."""
    took = []
    for number in range(CHANGES):
        here, there = (one, other) if number % 2 else (other, one)
        text = f"Fra den ene til den anden {number}"
        there.evaluate(WAIT, text)
        pressed = here.evaluate(WRITE, text)
        took.append(there.evaluate("window.benchSeen") - pressed)
    figure("written on one page, seen on the other: median", median(took), goal=500, note=spread(took))
    figure("written on one page, seen on the other: longest", max(took), goal=500)


def main() -> None:
    busy()
    with serving() as kit, browsing() as context:
        with writing(kit) as workshops:
            example, board = workshops.example("da"), fifty(workshops)
        context.new_page().goto(kit.facilitator)
        page = switching(context, kit, example, "worked example")
        weight = kernel_of(page).memory_full_info().uss / 1e6
        page.close()
        page = switching(context, kit, board, f"{CARDS} cards")
        in_step(opened(context, kit, board, COLLECT), opened(context, kit, board, COLLECT))
        figure("kernel of the worked example after the tours, not shared", weight, "MB", goal=60)
        figure("kernel of the fifty cards", kernel_of(page).memory_full_info().uss / 1e6, "MB", goal=60)
    busy()


if __name__ == "__main__":
    main()
