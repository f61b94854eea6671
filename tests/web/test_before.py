"""Before the meeting: what can be filled in, what is told where it cannot be read, and the notice for the wall."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from trivsel.domain.commands import Change
from trivsel.domain.events import Value
from trivsel.domain.fields import SENTENCE_LIMIT
from trivsel.domain.things import WORKPLACE
from trivsel.domain.words import Text
from trivsel.kit import Kit
from trivsel.store import Accepted
from trivsel.web.before import Before


def form(page: str) -> dict[str, str]:
    """What stands in the fields of the page, as a browser would send it back."""
    inside = page.split('class="fields"')[1].split("</form>", maxsplit=1)[0]
    fields = {}
    for tag in re.findall(r"<input [^>]*>", inside):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") != "checkbox" or tag.endswith(" checked>"):
            fields[said["name"]] = unescape(said.get("value", ""))
    for name, text in re.findall(r'<textarea id="(\w+)".*?>(.*?)</textarea>', inside, re.DOTALL):
        fields[name] = unescape(text)
    for name, options in re.findall(r'<select id="(\w+)".*?>(.*?)</select>', inside, re.DOTALL):
        fields[name] = re.findall(r'value="(\w*)" selected', options)[0]
    return fields


class Desk:
    """Somebody who gets one workshop ready."""

    def __init__(self, client: httpx.Client, kit: Kit, workshop: str) -> None:
        self.client, self.kit = client, kit
        self.id, self.address = workshop, f"/workshops/{workshop}/before"

    def page(self) -> str:
        return self.client.get(self.address).text

    def send(self, **typed: str) -> httpx.Response:
        return self.client.post(self.address, data=form(self.page()) | typed)

    def known(self, field: str) -> Value:
        value: Value = getattr(self.kit.snapshot(self.id).workplace, field)
        return value

    def notice(self) -> str:
        """The words on the sheet."""
        sheet = self.page().split('<article class="sheet')[1].split("</article>")[0]
        return " ".join(unescape(re.sub(r"<[^>]*>", " ", sheet.partition(">")[2])).split())


@pytest.fixture
def desk(facilitator: httpx.Client, kit: Kit, workshop: str) -> Desk:
    return Desk(facilitator, kit, workshop)


def problem(page: httpx.Response, field: str) -> str:
    assert f'aria-describedby="{field}-problem"' in page.text
    return unescape(page.text.split(f'id="{field}-problem">')[1].split("</p>")[0])


FILLED: dict[str, tuple[str, object]] = {
    "hours": ("37,5 timer", 37.5),
    "money": ("12.000 kr.", 12_000),
    "limits": ("Flere ansatte", Text("da", "Flere ansatte")),
    "decide": ("Alt inden for rammen", Text("da", "Alt inden for rammen")),
    "day": ("torsdag den 19. november 2026", "2026-11-19"),
    "begin": ("13.00", "13:00"),
    "end": ("15:30", "15:30"),
    "where": ("Kantinen", Text("da", "Kantinen")),
    "leads": ("Mette", Text("da", "Mette")),
    "manager_leads": ("yes", True),
    "data_owner": ("Kommunen", Text("da", "Kommunen")),
    "people": ("18", 18),
    "leaders": ("2", 2),
    "committee": ("med", "med"),
    "invited": ("Alle på\r\ndagvagt", Text("da", "Alle på dagvagt")),
    "not_on_shift": ("Nattevagten: på seddel", Text("da", "Nattevagten: på seddel")),
    "agreed": ("APV fra maj", Text("da", "APV fra maj")),
    "help_1": ("AMR Ali, 20 12 34 56", Text("da", "AMR Ali, 20 12 34 56")),
    "help_2": ("TR Bo, 30 12 34 56", Text("da", "TR Bo, 30 12 34 56")),
    "help_3": ("Rådgivning, 70 12 34 56", Text("da", "Rådgivning, 70 12 34 56")),
}


def test_everything_can_be_filled_in_at_once_and_stands_there_afterwards(desk: Desk) -> None:
    assert set(FILLED) == set(Before.asked)
    done = desk.send(**{name: typed for name, (typed, _) in FILLED.items()})
    assert (done.status_code, done.headers["location"]) == (303, f"{desk.address}?saved=1")
    assert "Det er gemt." in desk.client.get(done.headers["location"]).text
    assert {name: desk.known(name) for name in FILLED} == {name: value for name, (_, value) in FILLED.items()}
    shown = form(desk.page())
    assert (shown["hours"], shown["money"], shown["day"], shown["end"]) == ("37,5", "12.000", "19.11.2026", "15.30")
    assert "Mangler endnu" not in desk.page()
    before = desk.kit.store.records(desk.id)
    assert desk.send().status_code == 303
    assert desk.kit.store.records(desk.id) == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("hours", "mange", "”mange” er ikke et tal"),
        ("hours", "-5", "mellem 0 og 10000"),
        ("hours", "900000", "mellem 0 og 10000"),
        ("money", "gratis", "”gratis” er ikke et tal"),
        ("people", "2,5", "ikke et helt tal"),
        ("day", "snart", "snart"),
        ("day", "31.2.2027", "31.2.2027"),
        ("day", "fredag den 19.11.2026", "fredag"),
        ("begin", "25.00", "ikke et klokkeslæt"),
        ("invited", "x" * (SENTENCE_LIMIT + 1), f"plads til {SENTENCE_LIMIT}"),
        ("help_2", "x" * 121, "plads til 120"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_the_rest_is_kept(
    desk: Desk, field: str, typed: str, words: str
) -> None:
    page = desk.send(**{field: typed, "agreed": "APV fra maj"})
    assert page.status_code == 400
    assert words in problem(page, field)
    assert form(page.text)[field] == typed
    assert "Det, der er markeret, er ikke gemt. Resten er." in page.text
    assert desk.known("agreed") == Text("da", "APV fra maj")
    assert page.text.count("aria-invalid") == 1


def test_what_somebody_else_wrote_meanwhile_is_told_and_can_be_saved_over(desk: Desk) -> None:
    sent = form(desk.page()) | {"day": "19.11.2026"}
    session = desk.kit.session(desk.id)
    assert isinstance(session.send(Change(session.snapshot.place, WORKPLACE, "day", None, "2026-11-20")), Accepted)
    page = desk.client.post(desk.address, data=sent)
    assert "”20.11.2026”" in problem(page, "day")
    assert form(page.text)["day"] == "19.11.2026"
    assert desk.client.post(desk.address, data=form(page.text)).status_code == 303
    assert desk.known("day") == "2026-11-19"


def test_the_notice_says_what_is_known_and_that_the_frame_is_asked_for(desk: Desk) -> None:
    assert "Mangler endnu: ledelsens ramme, mødets dag" in unescape(desk.page())
    assert "Ikke oplyst endnu. Vi spørger." in desk.notice()
    assert "Inviteret" not in desk.notice()
    desk.send(**{name: typed for name, (typed, _) in FILLED.items()})
    words = desk.notice()
    for said in (
        "torsdag den 19. november 2026 kl. 13.00–15.30", "Mette (leder her)", "Der er sat 37,5 timer og 12.000 kr. af.",
        "AMR Ali, 20 12 34 56", "Ikke på vagt den dag Nattevagten: på seddel", "Plejehjemmet Solgården",
    ):  # fmt: skip
        assert said in words.replace("\N{NO-BREAK SPACE}", " ")
    assert "href" not in desk.page().split('<article class="sheet')[1].split("</article>")[0]


def test_the_notice_speaks_the_language_of_the_workshop_and_the_page_that_of_its_reader(
    facilitator: httpx.Client, kit: Kit
) -> None:
    desk = Desk(facilitator, kit, kit.start(title="A good working life", language="en"))
    desk.send(day="12 Nov 2026", begin="9:05")
    assert "<h1>Før mødet</h1>" in desk.page()
    assert "Thursday 12 November 2026 at 9:05" in desk.notice()
    assert 'class="sheet" lang="en"' in desk.page()
    facilitator.cookies.set("trivsel-language", "en")
    assert "<h1>Before the meeting</h1>" in desk.page()


@pytest.mark.parametrize(
    ("people", "committee", "small"),
    [(9, "none", True), (10, "none", False), (9, "amo", False), (None, "none", False)],
)
def test_a_small_workplace_without_a_committee_has_its_own_words(
    facilitator: httpx.Client, kit: Kit, people: int | None, committee: str, small: bool
) -> None:
    desk = Desk(facilitator, kit, kit.start(title="Vi er få", people=people, committee=committee))  # type: ignore[arg-type]
    assert ("I behøver" in desk.page() or "behøver I ingen arbejdsmiljøorganisation" in desk.page()) is small
    assert ("Vi taler direkte sammen" in desk.notice()) is small


def test_a_copy_keeps_what_belongs_to_the_workplace_and_not_what_belongs_to_the_day(desk: Desk) -> None:
    desk.send(**{name: typed for name, (typed, _) in FILLED.items()})
    copy = desk.kit.snapshot(desk.kit.copy(desk.id)).workplace
    assert (copy.day, copy.begin, copy.invited, copy.not_on_shift, copy.where) == (None,) * 5
    assert copy.help_1 == Text("da", "AMR Ali, 20 12 34 56")


def test_what_people_wrote_is_shown_as_they_wrote_it(desk: Desk) -> None:
    desk.send(invited="<script>alert(1)</script>", where="{{ 7 * 7 }}")
    page = desk.page()
    assert "<script>alert" not in page
    assert "{{ 7 * 7 }}" in desk.notice()
    assert form(page)["invited"] == "<script>alert(1)</script>"


def test_the_page_leads_on_and_home_leads_to_it(desk: Desk) -> None:
    assert f'href="{desk.address}"' in desk.client.get("/").text
    assert f'href="/present/{desk.id}"' in desk.page()
    assert f'action="/workshops/{desk.id}/rehearse"' in desk.page()
    assert desk.client.get("/workshops/w9/before").status_code == 404
    assert desk.client.post(desk.address, data=form(desk.page()) | {"_xsrf": "x"}).status_code == 403
