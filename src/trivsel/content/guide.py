"""The facilitator's guide: what to say, do and listen for in each activity, from pages that a trainer can replace."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from msgspec import Struct

from trivsel.content.mistakes import ContentError, shown, unknown
from trivsel.content.programmes import programmes
from trivsel.content.shelf import own_folder
from trivsel.content.shelf import place as shelf
from trivsel.content.texts import languages

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PARTS = ("open", "run", "listen", "stuck", "close")
"""What every activity has on its step's page, under the ids ``collect.open``, ``collect.run`` and so on."""

_FOLDER = "facilitator_guide"
_TITLE = re.compile(r"^# +(.+?) *$", re.MULTILINE)
_HEADING = re.compile(r"^## +(.+?) *\{#([a-z][a-z0-9_.]*)\} *$", re.MULTILINE)
_ANCHOR = re.compile(r'^<a id="([a-z_]+)"></a>\n\n(## .+)$', re.MULTILINE)
"""How a page writes its ids that others link to, since GitHub only follows these."""


class Guide(Struct, frozen=True):
    """What the guide says about one activity, as Markdown; a part nobody has written is empty.

    ``open`` and ``close`` are words to say aloud, the others are for the facilitator's eyes.
    """

    open: str = ""
    run: str = ""
    listen: str = ""
    stuck: str = ""
    close: str = ""


class Section(Struct, frozen=True):
    """What stands under a heading with an id, as Markdown, and on which line the heading stands."""

    id: str
    title: str
    text: str
    line: int


class Page(Struct, frozen=True):
    """One page: a step's (its key is the step's), or one about what comes before, around and after the meeting."""

    key: str
    file: str
    title: str
    intro: str
    sections: tuple[Section, ...]

    def text(self, id: str) -> str:
        """The Markdown of the section with that id; empty if there is none."""
        return next((section.text for section in self.sections if section.id == id), "")


def guide(language: str, place: str) -> Guide:
    """What the guide says about the activity at ``place``, such as ``goals.collect``."""
    step, _, activity = place.partition(".")
    page = guide_pages(language).get(step)
    return Guide(*(page.text(f"{activity}.{part}") for part in PARTS)) if page else Guide()


def guide_pages(language: str) -> dict[str, Page]:
    """Every page by its key, the file's name: the kit's own, added to or replaced by a trainer's."""
    if language not in languages():
        raise unknown("noun_language", language, languages())
    return _pages(language, own_folder())


@cache
def _pages(language: str, own: Path | None) -> dict[str, Page]:
    roots = [shelf(_FOLDER), *([own / _FOLDER] if own else [])]
    return {path.stem: read_page(path) for root in roots for path in sorted((root / language).glob("*.md"))}


def read_page(path: Path) -> Page:
    """One page. Refused if it is not UTF-8 or has an id twice; a heading without an id belongs to what is above it."""
    try:
        text = path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise ContentError("not_utf8", file=shown(path), where=f"line {line}") from None
    except OSError as error:
        raise ContentError("cannot_read", file=shown(path), what=error.strerror or "") from None
    text = _ANCHOR.sub(r"\n\n\2 {#\1}", text)
    headings = list(_HEADING.finditer(text))
    starts = [*(heading.start() for heading in headings), len(text)]
    sections = tuple(
        Section(heading[2], heading[1], text[heading.end() : end].strip(), text.count("\n", 0, heading.start()) + 1)
        for heading, end in zip(headings, starts[1:], strict=True)
    )
    for number, section in enumerate(sections):
        if any(section.id == other.id for other in sections[:number]):
            raise ContentError("twice", file=shown(path), where=f"line {section.line}", value=section.id)
    title = _TITLE.search(text, 0, starts[0])
    intro = text[title.end() if title else 0 : starts[0]].strip()
    return Page(path.stem, shown(path), title[1] if title else path.stem, intro, sections)


def guide_mistakes() -> Iterator[ContentError]:
    """What is wrong in the pages as they lie there: a part that is missing, an id nobody asks for, a page or an id
    that only one language has."""
    steps = {step.key: step for programme in programmes().values() for step in programme.steps}
    pages = {language: guide_pages(language) for language in languages()}
    for key in dict.fromkeys(key for known in pages.values() for key in known):
        if key in steps:
            wanted = [f"{activity.key}.{part}" for activity in steps[key].activities for part in PARTS]
        else:
            wanted = list(dict.fromkeys(s.id for known in pages.values() if key in known for s in known[key].sections))
        for language, known in pages.items():
            if key not in known:
                yield ContentError("missing", file=f"{language}/{key}.md")
                continue
            page = known[key]
            for section in page.sections:
                if section.id not in wanted:
                    yield unknown("noun_key", section.id, wanted, file=page.file, where=f"line {section.line}")
            for id in wanted:
                if not page.text(id):
                    yield ContentError("missing", file=page.file, where=id)


@lru_cache(200)
def guide_html(text: str) -> Markup:
    """Markdown of the guide as HTML that is safe to show: tags in it are shown as text, pictures are left as links."""
    return Markup(_markdown().render(text))


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
