"""The details of a workshop: what can be changed after it was made, and what happens when it cannot."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from html import unescape

import httpx
import pytest

from trivsel.domain.commands import Change
from trivsel.domain.events import Value
from trivsel.domain.fields import NAME_LIMIT, TITLE_LIMIT
from trivsel.domain.things import WORKPLACE
from trivsel.domain.words import Text
from trivsel.kit import Kit
from trivsel.store import Accepted


def address(workshop: str) -> str:
    return f"/workshops/{workshop}/details"


def form(page: str) -> dict[str, str]:
    """What stands in the fields of the page, as a browser would send it back."""
    fields = {}
    for tag in re.findall(r"<input [^>]*>", page.split('class="fields"')[1]):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said.get("type") != "checkbox" or tag.endswith(" checked>"):
            fields[said["name"]] = unescape(said.get("value", ""))
    for name, inside in re.findall(r'<select id="(\w+)".*?>(.*?)</select>', page, re.DOTALL):
        fields[name] = re.findall(r'value="(\w*)" selected', inside)[0]
    return fields


class Desk:
    """Somebody at the form of one workshop."""

    def __init__(self, client: httpx.Client, kit: Kit, workshop: str) -> None:
        self.client, self.kit, self.workshop = client, kit, workshop

    def shown(self) -> dict[str, str]:
        return form(self.client.get(address(self.workshop)).text)

    def post(self, fields: dict[str, str], **changed: str) -> httpx.Response:
        return self.client.post(address(self.workshop), data=fields | changed)

    def send(self, **changed: str) -> httpx.Response:
        return self.post(self.shown(), **changed)

    def known(self, field: str) -> Value:
        value: Value = getattr(self.kit.session(self.workshop).snapshot.workplace, field)
        return value

    def elsewhere(self, field: str, now: Value) -> None:
        """Somebody else changes a field."""
        session = self.kit.session(self.workshop)
        outcome = session.send(Change(session.snapshot.place, WORKPLACE, field, self.known(field), now))
        assert isinstance(outcome, Accepted)


@pytest.fixture
def desk(facilitator: httpx.Client, kit: Kit, workshop: str) -> Desk:
    return Desk(facilitator, kit, workshop)


def problem(page: httpx.Response, field: str) -> str:
    """What the page says is wrong with a field."""
    assert f'aria-describedby="{field}-problem"' in page.text
    return unescape(page.text.split(f'id="{field}-problem">')[1].split("</p>")[0])


def test_the_page_shows_what_is_known(desk: Desk) -> None:
    assert f'href="{address(desk.workshop)}"' in desk.client.get("/").text
    fields = desk.shown()
    expected = {
        "title": "Et godt arbejdsliv", "name": "Plejehjemmet Solgården", "people": "17", "committee": "amo",
        "leads": "", "leaders": "", "end": "", "data_owner": "", "least": "5",
    }  # fmt: skip
    assert {name: fields[name] for name in expected} == expected
    assert {name: fields[f"was_{name}"] for name in expected} == expected


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("title", "Ro  i hverdagen", Text("da", "Ro i hverdagen")),
        ("name", "Lager Nord", Text("da", "Lager Nord")),
        ("name", "", None),
        ("people", "1.200", 1200),
        ("people", "", None),
        ("committee", "med", "med"),
        ("leads", "Åse", Text("da", "Åse")),
        ("end", "14:40", "14:40"),
        ("end", "9.05", "09:05"),
        ("manager_leads", "yes", True),
        ("leaders", "0", 0),
        ("data_owner", "Kommunen", Text("da", "Kommunen")),
        ("least", "8", 8),
    ],
)
def test_what_is_changed_is_saved_and_nothing_else(desk: Desk, field: str, typed: str, value: object) -> None:
    before = desk.kit.session(desk.workshop).snapshot
    done = desk.send(**{field: typed})
    assert (done.status_code, done.headers["location"]) == (303, f"/?done=changed&workshop={desk.workshop}")
    assert "Oplysningerne er rettet" in desk.client.get(done.headers["location"]).text
    assert desk.known(field) == value
    assert len(desk.kit.store.records(desk.workshop)) == before.seq + 1


def test_a_form_sent_as_it_was_shown_changes_nothing(desk: Desk) -> None:
    before = desk.kit.store.records(desk.workshop)
    assert desk.send().status_code == 303
    assert desk.kit.store.records(desk.workshop) == before


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("title", "", "Her mangler noget"),
        ("title", "x" * (TITLE_LIMIT + 1), f"plads til {TITLE_LIMIT}"),
        ("leads", "x" * (NAME_LIMIT + 1), f"plads til {NAME_LIMIT}"),
        ("people", "mange", "”mange” er ikke et helt tal"),
        ("people", "0", "mellem 1 og"),
        ("people", "2,5", "ikke et helt tal"),
        ("committee", "x", "kan ikke vælges"),
        ("least", "", "ikke et helt tal"),
        ("least", "4", "mellem 5 og"),
        ("leaders", "et par", "ikke et helt tal"),
        ("end", "25:00", "ikke et klokkeslæt"),
        ("end", "snart", "ikke et klokkeslæt"),
    ],
)
def test_what_cannot_be_is_told_at_its_field_and_stays_there_to_be_put_right(
    desk: Desk, field: str, typed: str, words: str
) -> None:
    before = desk.known(field)
    page = desk.send(**{field: typed})
    assert page.status_code == 400
    assert words in problem(page, field)
    assert field == "committee" or form(page.text)[field] == typed
    assert desk.known(field) == before


def test_the_smallest_group_is_never_made_smaller_again(desk: Desk) -> None:
    assert desk.send(least="10").status_code == 303
    page = desk.send(least="8")
    assert "kan kun sættes op" in problem(page, "least")
    assert (form(page.text)["least"], desk.known("least")) == ("8", 10)


def test_a_tick_is_taken_away_again(desk: Desk) -> None:
    assert desk.send(manager_leads="yes").status_code == 303
    ticked = desk.shown()
    assert ticked.pop("manager_leads") == "yes"
    assert desk.post(ticked).status_code == 303
    assert desk.known("manager_leads") is False


def test_the_rest_is_saved_and_the_page_says_so(desk: Desk) -> None:
    page = desk.send(people="mange", leads="Mette")
    assert "Det, der er markeret, er ikke gemt. Resten er." in page.text
    assert page.text.count("aria-invalid") == 1
    assert desk.known("leads") == Text("da", "Mette")
    done = desk.post(form(page.text), people="18")
    assert done.status_code == 303
    assert (desk.known("people"), desk.known("leads")) == (18, Text("da", "Mette"))


@pytest.mark.parametrize(
    ("field", "theirs", "mine", "words"),
    [
        ("name", Text("da", "Lager Syd"), "Lager Nord", "Nu står der: ”Lager Syd”"),
        ("name", None, "Lager Nord", "En anden har slettet det"),
        ("committee", "su", "med", "”AMO og SU (hver for sig)”"),
        ("end", "15:00", "14.40", "”15.00”"),
    ],
)
def test_what_somebody_else_changed_meanwhile_is_told_and_can_be_saved_over(
    desk: Desk, field: str, theirs: Value, mine: str, words: str
) -> None:
    sent = desk.shown() | {field: mine}
    desk.elsewhere(field, theirs)
    page = desk.post(sent)
    assert page.status_code == 400
    assert words in problem(page, field)
    assert form(page.text)[field] == mine
    assert desk.known(field) == theirs
    assert desk.post(form(page.text)).status_code == 303
    assert desk.shown()[field] == mine


def test_what_is_wrong_and_changed_meanwhile_is_told_twice(desk: Desk) -> None:
    sent = desk.shown() | {"end": "snart"}
    desk.elsewhere("end", "15:00")
    page = desk.post(sent)
    assert "ikke et klokkeslæt" in problem(page, "end")
    page = desk.post(form(page.text), end="14:40")
    assert "”15.00”" in problem(page, "end")


def test_two_who_write_the_same_agree(desk: Desk) -> None:
    sent = desk.shown() | {"name": "Lager Nord"}
    desk.elsewhere("name", Text("da", "Lager Nord"))
    assert desk.post(sent).status_code == 303


def test_what_cannot_be_written_down_is_not_lost(desk: Desk) -> None:
    """Another program holds the file; the page still has what was typed."""
    sent = desk.shown() | {"leads": "Mette"}
    with closing(sqlite3.connect(desk.kit.database.removeprefix("sqlite:///"))) as other, other:
        other.execute("create trigger full before insert on event begin select raise(abort, 'full'); end")
    page = desk.post(sent)
    assert page.status_code == 400
    assert problem(page, "leads")
    assert form(page.text)["leads"] == "Mette"


def test_what_people_wrote_is_shown_as_they_wrote_it(facilitator: httpx.Client, kit: Kit) -> None:
    made = kit.start(title="<script>alert(1)</script>", workplace='{{ 7 * 7 }} " onfocus="')
    page = facilitator.get(address(made)).text
    assert "<script>alert" not in page
    assert form(page)["name"] == '{{ 7 * 7 }} " onfocus="'


def test_nobody_else_changes_anything(desk: Desk) -> None:
    sent = desk.shown()
    assert desk.post(sent, _xsrf="x", leads="Mette").status_code == 403
    assert desk.client.post(address("w9"), data=sent).status_code == 404
    assert desk.known("leads") is None
