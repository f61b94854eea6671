"""Taking a workshop home: the report to read and the file to bring in again; and whether the kit is well."""

from __future__ import annotations

import json

from trivsel.content import languages
from trivsel.web.handler import PageHandler

REPORT = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; base-uri 'none'"
"""A report runs no script and fetches nothing, whatever somebody wrote in it."""


class Report(PageHandler):
    """The report as one page."""

    content_security = REPORT

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        asked = self.get_query_argument("language", "")
        language = asked if asked in languages() else await self.ask(self.kit.language, workshop)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        if self.get_query_argument("download", ""):
            self.set_header("Content-Disposition", f'attachment; filename="{workshop}.html"')
        self.finish(await self.ask(self.kit.export_html, workshop, language))


class Record(PageHandler):
    """The workshop as a file that can be brought in again."""

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{workshop}.json"')
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
