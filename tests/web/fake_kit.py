"""A kit that keeps its workshops in memory, for the tests of the pages."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from trivsel.web.kit import Listed, Refused

NOT_OURS = Refused({"da": "Filen er ikke fra Trivsel.", "en": "The file is not from Trivsel."})


class FakeKit:
    """What ``trivsel.web.kit.Kit`` promises, without a database."""

    def __init__(self, *workshops: Listed) -> None:
        self.kept = {workshop.id: workshop for workshop in workshops}
        self.asked: dict[str, object] = {}
        self.broken = False

    def workshops(self, language: str) -> list[Listed]:
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
            raise NOT_OURS from None

    def export_html(self, workshop: str, language: str) -> bytes:
        return f"<!doctype html><html lang={language}><title>{self.title(workshop)}</title>".encode()

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
            raise OSError("no disk")

    def _keep(self, title: str, workplace: str, language: str) -> str:
        listed = replace(SOLGAARDEN, id=f"w{len(self.kept) + 1}", title=title, workplace=workplace, language=language)
        self.kept[listed.id] = listed
        return listed.id


SOLGAARDEN = Listed(
    id="w1",
    title="Et godt arbejdsliv",
    workplace="Plejehjemmet Solgården",
    day=date(2026, 11, 12),
    language="da",
    people=17,
    standing="trin 4 af 5",
    closed=False,
)
