"""The shared screen in somebody's hands: what a facilitator sees and does, by the words on the screen alone."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect

from trivsel.content import programme, say

PROGRAMME = programme("five_questions")
PLACES = [place for place, _, _ in PROGRAMME.places()]
CONTRACT = {
    "da": {"goal": ("Nyt mål", "Tilføj mål"), "initiative": ("Nyt initiativ", "Tilføj initiativ"),
           "undo": "Fortryd", "redo": "Gentag", "saved": "Gemt"},
    "en": {"goal": ("New goal", "Add goal"), "initiative": ("New initiative", "Add initiative"),
           "undo": "Undo", "redo": "Redo", "saved": "Saved"},
}  # fmt: skip
"""The words that others rely on, as the contract has them."""


class Room:
    """One page of the shared screen. ``w`` are its words, ``say`` is the kit's voice in its language."""

    def __init__(self, page: Page, language: str = "da") -> None:
        self.page = page
        self.speak(language)

    def speak(self, language: str) -> None:
        """Expect this language from now on."""
        self.language = language
        self.say = say(language)
        self.w = self.say.words("screen")
        self.contract: dict[str, Any] = CONTRACT[language]

    # --- what is seen -----------------------------------------------------------------------------------------------

    @property
    def main(self) -> Locator:
        return self.page.get_by_role("main")

    @property
    def dialog(self) -> Locator:
        return self.page.get_by_role("dialog")

    @property
    def status(self) -> Locator:
        return self.page.get_by_role("status").filter(has_text=re.compile(f"^{self.contract['saved']}"))

    @property
    def complaints(self) -> Locator:
        """What the page complains of, if anything."""
        return self.page.get_by_role("alert").filter(has_text=re.compile(r"\S"))

    def ready(self) -> Room:
        """Wait until the page is there."""
        expect(self.main).to_be_visible(timeout=30_000)
        return self

    def is_at(self, place: str) -> Room:
        """The page is at this activity, its step is named by the one main, and its address says so."""
        found = PROGRAMME.find(place)
        assert found is not None
        step, activity = found
        title = step.title[self.language]
        expect(self.page.get_by_role("heading", level=1)).to_have_text(activity.question[self.language])
        expect(self.page.get_by_role("main", name=title)).to_have_count(1)
        expect(self.page.get_by_role("main")).to_have_count(1)
        asked = parse_qs(urlsplit(self.page.url).query)
        assert f"{asked['step'][0]}.{asked['activity'][0]}" == place
        return self

    def is_saved(self) -> Room:
        """The page says that everything is saved."""
        expect(self.status).to_be_visible()
        return self

    def button(self, name: str | re.Pattern[str], within: Locator | None = None, exact: bool = True) -> Locator:
        return (within or self.page).get_by_role("button", name=name, exact=exact)

    def field(self, label: str, within: Locator | None = None) -> Locator:
        return (within or self.page).get_by_role("textbox", name=label, exact=True)

    def item(self, text: str) -> Locator:
        """The innermost thing in a list that has this text."""
        return self.main.get_by_role("listitem").filter(has_text=text).last

    def group(self, label: str) -> Locator:
        return self.page.get_by_role("group", name=label, exact=True)

    def heap(self, name: str) -> Locator:
        return self.main.get_by_role("region", name=name, exact=True)

    # --- what is done -----------------------------------------------------------------------------------------------

    def press(self, name: str | re.Pattern[str], within: Locator | None = None, exact: bool = True) -> Room:
        """Press a button and wait until it is done."""
        self.button(name, within, exact).click()
        return self.is_saved()

    def write(self, label: str, text: str, within: Locator | None = None) -> Room:
        """Write in a field and press Enter."""
        field = self.field(label, within)
        field.fill(text)
        field.press("Enter")
        return self.is_saved()

    def tick(self, label: str, within: Locator | None = None) -> Room:
        (within or self.page).get_by_role("checkbox", name=label, exact=True).check()
        return self.is_saved()

    def pick(self, label: str, choice: str, within: Locator | None = None) -> Room:
        (within or self.page).get_by_role("combobox", name=label, exact=True).select_option(label=choice)
        return self.is_saved()

    def open(self, name: str, within: Locator | None = None) -> Room:
        """Open what is folded behind a name."""
        (within or self.page).get_by_text(name, exact=True).click()
        return self

    def look(self, place: str) -> Room:
        """Look at an activity through the tabs, without moving the room."""
        found = PROGRAMME.find(place)
        assert found is not None
        step, activity = found
        tabs = self.page.get_by_role("navigation", name=self.w["steps"])
        self.button(step.title[self.language], tabs).click()
        expect(self.page.get_by_role("main", name=step.title[self.language])).to_be_visible()
        if not step.interlude:
            acts = self.page.get_by_role("navigation", name=self.w["activities"])
            self.button(activity.label[self.language], acts).click()
        return self.is_at(place)

    def go_on(self, to: str) -> Room:
        """Take the room on to the next activity."""
        found = PROGRAMME.find(to)
        assert found is not None
        onward = self.page.get_by_role("contentinfo").get_by_role("button").last
        expect(onward).to_contain_text(self.say("view.next", place="").strip())
        self.use(onward)
        return self.is_at(to)

    def use(self, button: Locator) -> None:
        """Press what is on the screen."""
        button.click()

    def drag(self, source: Locator, target: Locator) -> Room:
        """Drag with the mouse, as a hand does: down, a little, and then all the way."""
        source.scroll_into_view_if_needed()
        start, end = source.bounding_box(), target.bounding_box()
        assert start is not None
        assert end is not None
        mouse = self.page.mouse
        mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
        mouse.down()
        mouse.move(end["x"] + end["width"] / 2, end["y"] + min(end["height"] / 2, 20), steps=6)
        mouse.up()
        return self.is_saved()
