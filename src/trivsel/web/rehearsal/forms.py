"""Reads a phone's page as a browser does: which question it asks, and which forms can be filled in."""

from __future__ import annotations

from html.parser import HTMLParser

from msgspec import Struct, field


class Field(Struct):
    """Something that can be filled in: one text, one of several values, or a box to tick."""

    name: str
    kind: str
    """hidden, text, radio, checkbox, select"""
    values: list[str] = field(default_factory=list)
    given: str | None = None
    """What stands there already."""
    about: str = ""
    """The heading that it stands under."""
    longest: int = 0


class Form(Struct):
    """One form of a page; ``does`` is what it is for: card, vote, withdraw, wish, role and so on."""

    action: str = ""
    does: str = ""
    sort: str = ""
    budget: int = 0
    fields: dict[str, Field] = field(default_factory=dict)
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self) -> dict[str, str]:
        """What would be sent if nothing were changed."""
        return {one.name: one.given for one in self.fields.values() if one.given is not None}

    def rows(self) -> list[tuple[str, list[Field]]]:
        """What there is to choose, under the heading it stands under, in the order of the headings."""
        found: dict[str, list[Field]] = {}
        for one in self.fields.values():
            if one.kind in ("radio", "checkbox"):
                found.setdefault(one.about, []).append(one)
        return sorted(found.items())


class Page(Struct):
    """What stands on a phone."""

    ask: str = ""
    version: str = ""
    place: str = ""
    mode: str = ""
    forms: list[Form] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    """Addresses of what the page fetches besides: styles, scripts, pictures."""

    def form(self, does: str) -> Form | None:
        """The first form that is for this."""
        return next((form for form in self.forms if form.does == does), None)


def read_page(html: str) -> Page:
    """The page, or its inner part."""
    reader = _Reader()
    reader.feed(html)
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._form: Form | None = None
        self._legend = ""
        self._in: str = ""
        self._select: Field | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if said.get("id") == "part-in":
            self.page.ask, self.page.version = said["data-ask"], said["data-version"]
            self.page.place, self.page.mode = said["data-place"], said["data-mode"]
        if tag == "script" and "src" in said:
            self.page.files.append(said["src"])
        elif tag == "link":
            self.page.files.append(said["href"])
        elif tag == "form":
            self._form = Form(said.get("action", ""), said.get("data-send", ""), said.get("data-sort", ""))
            self._form.budget = int(said.get("data-budget", "0"))
            self.page.forms.append(self._form)
            self._legend = ""
        elif tag == "legend":
            self._legend, self._in = "", "legend"
        elif self._form is not None:
            self._field(tag, said, self._form)

    def _field(self, tag: str, said: dict[str, str], form: Form) -> None:
        name, value = said.get("name", ""), said.get("value", "")
        if tag == "button" and name:
            form.buttons.append((name, value))
        elif tag == "textarea":
            form.fields[name] = Field(name, "text", longest=int(said.get("maxlength", "0")))
        elif tag == "select":
            self._select = form.fields[name] = Field(name, "select")
        elif tag == "option" and self._select is not None:
            self._select.values.append(value)
            if "selected" in said or self._select.given is None:
                self._select.given = value
        elif tag == "input" and name:
            kind = said.get("type", "text")
            one = form.fields.setdefault(name, Field(name, kind, about=self._legend))
            one.values.append(value)
            if kind == "hidden" or "checked" in said:
                one.given = value
            if name == "do" and not form.does:
                form.does = value

    def handle_data(self, data: str) -> None:
        if self._in == "legend":
            self._legend += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "legend":
            self._legend, self._in = " ".join(self._legend.split()), ""
