"""Taking a workshop home: the report to read and the file to bring in again; and whether the kit is well."""

from __future__ import annotations

import json
import re
import unicodedata
from urllib.parse import quote

from trivsel.content import languages
from trivsel.kit import Listed
from trivsel.web.handler import PageHandler

REPORT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
"""A report runs no script and fetches nothing, whatever somebody wrote in it."""


LONGEST = 60
"""Letters of a workplace or a title in the name of a file."""


class Taken(PageHandler):
    """Something that can be taken home as a file, with a name one finds again."""

    async def name(self, workshop: str, ending: str, *, attached: bool) -> None:
        """Say what the file is called, whether it is taken home now or saved from the browser later."""
        name = f"{file_name(await self.ask(self.kit.listed, workshop, self.language))}.{ending}"
        how = "attachment" if attached else "inline"
        self.set_header("Content-Disposition", f"{how}; filename=\"{plain(name)}\"; filename*=UTF-8''{quote(name)}")


class Report(Taken):
    """The report as one page."""

    content_security = REPORT

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        asked = self.get_query_argument("language", "")
        language = asked if asked in languages() else await self.ask(self.kit.language, workshop)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        await self.name(workshop, "html", attached=bool(self.get_query_argument("download", "")))
        self.finish(await self.ask(self.kit.export_html, workshop, language))


class Record(Taken):
    """The workshop as a file that can be brought in again."""

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        await self.name(workshop, "json", attached=True)
        self.finish(await self.ask(self.kit.export_json, workshop))


class Health(PageHandler):
    """Whether the kit and its store answer."""

    open_to_all = True

    async def get(self) -> None:
        try:
            await self.ask(self.kit.ping)
        except Exception as error:
            self.settings["log"].error("The store does not answer: %s", error)
            self.set_status(503)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps({"status": "ok" if self.get_status() == 200 else "store"}))


def file_name(workshop: Listed) -> str:
    """What the files of a workshop are called, less the ending: trivsel-solgården-2026-11-23."""
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFC", workshop.workplace or workshop.title).lower())
    return "-".join(["trivsel", *filter(None, ["-".join(words)[:LONGEST].strip("-")]), workshop.day.isoformat()])


def plain(name: str) -> str:
    """The name in letters that every computer has: å becomes aa, é becomes e, and what has none goes."""
    danish = name.replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    letters = unicodedata.normalize("NFKD", danish).encode("ascii", "ignore").decode()
    return re.sub(r"-{2,}", "-", re.sub(r"[^\w.-]", "", letters))
