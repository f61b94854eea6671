"""A kit that keeps its workshops in memory, for the tests of the pages."""

from __future__ import annotations

import datetime as dt
import json

from msgspec.structs import replace

from trivsel.domain.commands import Refusal
from trivsel.errors import Refused, StoreError
from trivsel.web.kit import Listed


class FakeKit:
    """What ``trivsel.web.kit.Kit`` promises, without a database."""

    def __init__(self, *workshops: Listed) -> None:
        self.kept = {workshop.id: workshop for workshop in workshops}
        self.asked: dict[str, object] = {}
        self.broken = False

    def workshops(self, language: str) -> list[Listed]:
        self.ping()
        return list(reversed(self.kept.values()))

    def programmes(self, language: str) -> list[tuple[str, str]]:
        return [("five", {"da": "Fem spørgsmål (2½ time)", "en": "Five questions (2½ hours)"}[language])]

    def start(self, **asked: object) -> str:
        self.asked = asked
        return self._keep(str(asked["title"]), str(asked["workplace"]), str(asked["language"]))

    def example(self, language: str) -> str:
        return self._keep("Plejehjemmet Solgården", "Solgården", language)

    def copy(self, workshop: str) -> str:
        return self._keep(f"{self.title(workshop)} 2", "", "da")

    def delete(self, workshop: str) -> None:
        del self.kept[workshop]

    def import_json(self, content: bytes) -> str:
        try:
            return self._keep(json.loads(content)["trivsel"], "", "da")
        except (ValueError, KeyError, TypeError):
            raise Refused(Refusal("foreign_file")) from None

    def export_html(self, workshop: str, language: str) -> bytes:
        return json.dumps([self.title(workshop), language]).encode()

    def export_json(self, workshop: str) -> bytes:
        return json.dumps({"trivsel": self.title(workshop)}).encode()

    def exists(self, workshop: str) -> bool:
        return workshop in self.kept

    def title(self, workshop: str) -> str:
        return self.kept[workshop].title

    def language(self, workshop: str) -> str:
        return self.kept[workshop].language

    def ping(self) -> None:
        if self.broken:
            raise StoreError("store.cannot_open", database="trivsel.db")

    def _keep(self, title: str, workplace: str, language: str) -> str:
        listed = replace(SOLGAARDEN, id=f"w{len(self.kept) + 1}", title=title, workplace=workplace, language=language)
        self.kept[listed.id] = listed
        return listed.id


SOLGAARDEN = Listed(
    id="w1",
    title="Et godt arbejdsliv",
    workplace="Plejehjemmet Solgården",
    day=dt.date(2026, 11, 12),
    language="da",
    people=17,
    standing="trin 4 af 5",
    closed=False,
)
IN_ENGLISH = replace(SOLGAARDEN, id="w2", title="A good working life", language="en", standing="step 4 of 5")
