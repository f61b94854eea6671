"""The shared screen without a mouse: Tab, Enter, Space and arrows, and never a focus that is lost."""

from __future__ import annotations

import re

from playwright.sync_api import Locator, expect

from tests.e2e.room import Room

STEPS_TO = """target => {
  const dialog = document.querySelector("dialog[open]");
  const all = "a[href], button, input, textarea, select, summary, [tabindex]";
  const reached = [...(dialog ?? document).querySelectorAll(all)]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && one.checkVisibility());
  const here = document.activeElement;
  const at = reached.indexOf(here);
  const from = at >= 0 ? at
    : reached.findIndex((one) => here.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING) - 1;
  return reached.indexOf(target) - from;
}"""
"""How many times Tab must be pressed from what has the focus; below nought with Shift."""

ATTEMPTS = 3


class Keys(Room):
    """A room that is led from the keyboard."""

    def reach(self, target: Locator) -> Locator:
        """Press Tab until it has the focus; what came or went on the way is counted anew."""
        expect(target).to_be_visible()
        expect(target).to_be_enabled()
        for _ in range(ATTEMPTS):
            steps = target.evaluate(STEPS_TO)
            for _ in range(abs(steps)):
                self.page.keyboard.press("Tab" if steps > 0 else "Shift+Tab")
        expect(target).to_be_focused(timeout=3_000)
        return target

    def keep_focus(self) -> None:
        """What was just done must not have sent the focus to the top of the page."""
        self.is_saved()
        self.page.wait_for_function("document.activeElement && document.activeElement !== document.body", timeout=3_000)

    def use(self, button: Locator) -> None:
        self.reach(button)
        self.page.keyboard.press("Enter")
        self.keep_focus()

    def press(self, name: str | re.Pattern[str], within: Locator | None = None, exact: bool = True) -> Room:
        self.use(self.button(name, within, exact))
        return self

    def write(self, label: str, text: str, within: Locator | None = None) -> Room:
        self.reach(self.field(label, within))
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")
        self.keep_focus()
        return self

    def tick(self, label: str, within: Locator | None = None) -> Room:
        self.reach((within or self.page).get_by_role("checkbox", name=label, exact=True))
        self.page.keyboard.press("Space")
        self.keep_focus()
        return self

    def pick(self, label: str, choice: str, within: Locator | None = None) -> Room:
        box = self.reach((within or self.page).get_by_role("combobox", name=label, exact=True))
        options = box.locator("option").all_inner_texts()
        for _ in range(options.index(choice)):
            self.page.keyboard.press("ArrowDown")
        expect(box.locator("option:checked")).to_have_text(choice)
        self.keep_focus()
        return self
