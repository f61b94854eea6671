"""A phone without a face: it keeps its cookies, reads its page and sends the forms that stand there."""

from __future__ import annotations

from collections.abc import Callable

import httpx
from bs4 import BeautifulSoup, Tag

Fields = dict[str, str]
Come = Callable[..., "Visitor"]
"""Makes a visitor who is put away after the test."""


class Visitor:
    """One phone in a room. ``page`` is what it shows now, ``status`` how the last request was answered."""

    def __init__(self, base: str, code: str, language: str = "da", *, cookies: bool = True) -> None:
        self.line = httpx.Client(
            base_url=base, trust_env=False, timeout=30, headers={"Accept-Language": language}, follow_redirects=True
        )
        self.code = code
        self._keeps = cookies
        self.status = 0
        self.page = BeautifulSoup("", "html.parser")

    @property
    def address(self) -> str:
        return f"/join/{self.code}"

    def open(self, address: str | None = None) -> Visitor:
        """Go to the room."""
        return self._read(self.line.get(address or self.address))

    def _read(self, answer: httpx.Response) -> Visitor:
        if not self._keeps:
            self.line.cookies.clear()
        self.status = answer.status_code
        self.page = BeautifulSoup(answer.text, "html.parser")
        assert "Traceback" not in answer.text
        return self

    # --- what is seen -----------------------------------------------------------------------------------------------

    @property
    def text(self) -> str:
        """Everything a person reads."""
        return " ".join(self.page.get_text(" ").split())

    @property
    def problem(self) -> str:
        found = self.page.select_one(".problem")
        return " ".join(found.get_text().split()) if found else ""

    @property
    def mode(self) -> str:
        found = self.page.select_one("#part-in")
        return str(found["data-mode"]) if found else ""

    @property
    def cards(self) -> list[str]:
        """The own cards that are shown."""
        return [one.get_text() for one in self.page.select("#own li span")]

    def form(self, do: str) -> Tag | None:
        """The first form that is for this."""
        forms = self.page.select("form")
        return next((form for form in forms if form.select_one(f"[name=do][value={do}]")), None)

    def fields(self, do: str) -> Fields:
        """What that form would send if nothing were changed."""
        form = self.form(do)
        assert form is not None, f"there is no form for {do}: {self.text}"
        fields = {str(one["name"]): str(one["value"]) for one in form.select("input[type=hidden]")}
        fields |= {str(one["name"]): str(one["value"]) for one in form.select("input[checked]")}
        return fields | {str(one["name"]): one.get_text() for one in form.select("textarea")}

    # --- what is done -----------------------------------------------------------------------------------------------

    def send(self, do: str, **more: str) -> Visitor:
        """Send a form of the page with ``more`` filled in."""
        return self.post(self.fields(do) | more)

    def post(self, fields: Fields, **headers: str) -> Visitor:
        """Send these fields as they are."""
        return self._read(self.line.post(self.address, data=fields, headers=headers))

    def script(self, fields: Fields) -> httpx.Response:
        """Send these fields as our script does."""
        return self.line.post(self.address, data=fields, headers={"X-Trivsel": "1"})
