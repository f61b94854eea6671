"""The front page: what stands in the list, and what one can do there."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from contextlib import closing
from urllib.parse import unquote

import httpx
import pytest

from tests.web.test_login import form_key
from trivsel.kit import Kit, Listed
from trivsel.web.exports import file_name, plain
from trivsel.web.home import LARGEST_FILE, LONGEST, LONGEST_NAME, facts

FILLED = {
    "title": "Et godt arbejdsliv",
    "workplace": "Lager Nord",
    "people": "45",
    "committee": "amo",
    "leads": "Mette",
    "programme": "five_questions",
    "language": "da",
}

TODAY = f"{dt.datetime.now().astimezone():%d.%m.%Y}"


def send(client: httpx.Client, address: str, **data: str) -> httpx.Response:
    return client.post(address, data={"_xsrf": form_key(client.get("/"))} | data)


def bring(client: httpx.Client, content: bytes) -> httpx.Response:
    return client.post("/import", data={"_xsrf": form_key(client.get("/"))}, files={"file": ("a.json", content)})


def ids(kit: Kit) -> list[str]:
    return [one.id for one in kit.workshops("da")]


def listed(client: httpx.Client, workshop: str) -> str:
    """What stands of one workshop in the list."""
    items = client.get("/").text.replace("\N{NO-BREAK SPACE}", " ").split("<li ")
    return next(item for item in items if f'id="w-{workshop}"' in item).split("</li>")[0]


def test_the_list_says_where_each_workshop_stands(facilitator: httpx.Client, workshop: str) -> None:
    page = facilitator.get("/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Plejehjemmet Solgården · 12. november 2026 · ikke begyndt · 17 ansatte" in page
    assert f'href="/voila/render/workshop.ipynb?workshop={workshop}"' in page
    assert f'href="/report/{workshop}.html"' in page


@pytest.mark.parametrize(("people", "said"), [(1, ["1", "person"]), (None, ["step", "4", "of", "5"])])
def test_one_works_alone_or_nobody_has_said(people: int | None, said: list[str]) -> None:
    one = Listed("w2", "A good working life", "", dt.date(2026, 11, 12), "en", people, "step 4 of 5", False)
    assert facts(one, "en")[-1].split() == said


def test_an_empty_list_says_what_to_do(facilitator: httpx.Client) -> None:
    assert "Her er ingen workshops endnu" in facilitator.get("/").text


def test_a_workshop_is_started_with_what_was_filled_in(facilitator: httpx.Client, kit: Kit) -> None:
    done = send(facilitator, "/workshops", **FILLED)
    (made,) = ids(kit)
    assert (done.status_code, done.headers["location"]) == (303, f"/?done=created&workshop={made}")
    workplace = kit.session(made).snapshot.workplace
    assert (workplace.title.text, workplace.people, workplace.committee) == ("Et godt arbejdsliv", 45, "amo")
    assert workplace.name is not None
    assert workplace.leads is not None
    assert (workplace.name.text, workplace.leads.text) == ("Lager Nord", "Mette")
    assert "Workshoppen er oprettet" in facilitator.get(done.headers["location"]).text


def test_only_the_title_is_needed(facilitator: httpx.Client, kit: Kit) -> None:
    send(facilitator, "/workshops", **FILLED | {"workplace": "", "people": "", "leads": ""})
    (made,) = ids(kit)
    assert kit.session(made).snapshot.workplace.people is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": "  "}, "Giv workshoppen en titel"),
        ({"title": "x" * (LONGEST + 1)}, f"højst fylde {LONGEST} tegn"),
        ({"people": "mange"}, "helt tal"),
        ({"people": "0"}, "helt tal"),
        ({"people": "1" * 5000}, "helt tal"),
        ({"people": "²"}, "helt tal"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    facilitator: httpx.Client, kit: Kit, wrong: dict[str, str], words: str
) -> None:
    page = send(facilitator, "/workshops", **FILLED | wrong)
    assert page.status_code == 400
    assert words in page.text
    assert 'value="Lager Nord"' in page.text
    assert '<option value="amo" selected>' in page.text
    assert not ids(kit)


def test_the_longest_title_is_taken(facilitator: httpx.Client, kit: Kit) -> None:
    long = {"title": "x" * LONGEST, "workplace": "y" * LONGEST, "leads": "z" * LONGEST_NAME}
    assert send(facilitator, "/workshops", **FILLED | long).status_code == 303
    assert len(ids(kit)) == 1


def test_what_no_form_of_ours_sends_is_refused(facilitator: httpx.Client, kit: Kit) -> None:
    assert send(facilitator, "/workshops", **FILLED | {"committee": "x"}).status_code == 400
    assert not ids(kit)


def test_the_example_opens(facilitator: httpx.Client, kit: Kit) -> None:
    sent = send(facilitator, "/example").headers["location"]
    (made,) = ids(kit)
    assert sent == f"/voila/render/workshop.ipynb?workshop={made}"


def test_a_file_is_brought_in(facilitator: httpx.Client, kit: Kit, workshop: str) -> None:
    sent = bring(facilitator, kit.export_json(workshop)).headers["location"]
    (made,) = set(ids(kit)) - {workshop}
    assert sent == f"/?done=imported&workshop={made}"
    assert kit.title(made) == kit.title(workshop)
    assert f"hentet ind {TODAY}" in listed(facilitator, made)
    assert "hentet ind" not in listed(facilitator, workshop)


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "Vælg en fil"), (b" " * (LARGEST_FILE + 1), "for stor"), (b"[1]", "Trivsel"), (b"\xff\x00", "Trivsel")],
)
def test_a_file_that_is_none_of_ours_is_told(facilitator: httpx.Client, kit: Kit, content: bytes, words: str) -> None:
    page = bring(facilitator, content)
    assert page.status_code == 400
    assert words in page.text.split('class="problem"')[1].split("</p>")[0]
    assert not ids(kit)


def test_a_copy_stands_in_the_list(facilitator: httpx.Client, kit: Kit, workshop: str) -> None:
    sent = send(facilitator, f"/workshops/{workshop}/copy").headers["location"]
    (made,) = set(ids(kit)) - {workshop}
    assert sent == f"/?done=copied&workshop={made}"
    assert "Et godt arbejdsliv (2)" in listed(facilitator, made)
    assert f"kopieret {TODAY}" in listed(facilitator, made)
    assert "kopieret" not in listed(facilitator, workshop)
    done = facilitator.get(sent).text.split('role="status"')[1].split("</p>")[0]
    assert f'href="/workshops/{made}/details"' in done


def test_deleting_asks_once_more_by_name(facilitator: httpx.Client, kit: Kit, workshop: str) -> None:
    page = facilitator.get(f"/workshops/{workshop}/delete").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Slet ”Et godt arbejdsliv”?" in page
    assert "Plejehjemmet Solgården · 12. november 2026 · ikke begyndt" in page
    assert ids(kit) == [workshop]
    assert send(facilitator, f"/workshops/{workshop}/delete").headers["location"] == "/?done=deleted"
    assert not ids(kit)


def test_the_pages_change_language_and_keep_it(facilitator: httpx.Client, workshop: str) -> None:
    assert facilitator.post("/language", data={"language": "en", "next": "/"}).status_code == 303
    page = facilitator.get("/").text
    assert '<html lang="en">' in page
    assert "12\N{NO-BREAK SPACE}November" in page


def test_what_people_wrote_is_shown_as_they_wrote_it(facilitator: httpx.Client, kit: Kit) -> None:
    made = kit.start(title="<script>alert(1)</script>", workplace="{{ 7 * 7 }} \u202e")
    for address in ("/", f"/workshops/{made}/delete"):
        assert "<script>alert" not in facilitator.get(address).text
    assert "{{ 7 * 7 }}" in facilitator.get("/").text


def test_the_report_runs_no_script_and_the_file_is_taken_home(facilitator: httpx.Client, workshop: str) -> None:
    report = facilitator.get(f"/report/{workshop}.html")
    assert '<html lang="da">' in report.text
    assert "Et godt arbejdsliv" in report.text
    assert report.headers["content-security-policy"].startswith("default-src 'none'")
    assert '<html lang="en">' in facilitator.get(f"/report/{workshop}.html?language=en").text
    assert json.loads(facilitator.get(f"/report/{workshop}.json").text)["format"] == "trivsel"


@pytest.mark.parametrize(
    ("address", "how", "ending"),
    [(".html", "inline", "html"), (".html?download=1", "attachment", "html"), (".json", "attachment", "json")],
)
def test_a_file_is_named_after_workplace_and_day(
    facilitator: httpx.Client, workshop: str, address: str, how: str, ending: str
) -> None:
    said = facilitator.get(f"/report/{workshop}{address}").headers["content-disposition"].split("; ")
    assert said[:2] == [how, f'filename="trivsel-plejehjemmet-solgaarden-2026-11-12.{ending}"']
    assert said[2].startswith("filename*=UTF-8''")
    assert said[2].isascii()
    assert unquote(said[2].partition("''")[2]) == f"trivsel-plejehjemmet-solgården-2026-11-12.{ending}"


@pytest.mark.parametrize(
    ("workplace", "name", "letters"),
    [
        ("Café Ærø & Søn", "trivsel-café-ærø-søn-2026-11-12", "trivsel-cafe-aeroe-soen-2026-11-12"),
        ("", "trivsel-vores-mål-2026-11-12", "trivsel-vores-maal-2026-11-12"),
        ("日本", "trivsel-日本-2026-11-12", "trivsel-2026-11-12"),
        ('../a\\b"\r\nc', "trivsel-a-b-c-2026-11-12", "trivsel-a-b-c-2026-11-12"),
        ("\u202e🙂", "trivsel-2026-11-12", "trivsel-2026-11-12"),
        ("x" * LONGEST, f"trivsel-{'x' * 60}-2026-11-12", f"trivsel-{'x' * 60}-2026-11-12"),
    ],
)
def test_every_workplace_makes_a_name_a_computer_can_have(workplace: str, name: str, letters: str) -> None:
    one = Listed("w2", "Vores mål", workplace, dt.date(2026, 11, 12), "da", None, "", False)
    assert (file_name(one), plain(file_name(one))) == (name, letters)


@pytest.mark.parametrize(
    "address", ["/report/w9.html", "/report/w9.json", "/workshops/w9/delete", "/nowhere", "/static/x"]
)
def test_what_is_not_there_is_told(facilitator: httpx.Client, address: str) -> None:
    page = facilitator.get(address)
    assert page.status_code == 404


def test_a_workshop_that_is_gone_is_told_in_the_language_of_the_page(facilitator: httpx.Client) -> None:
    assert "Siden findes ikke" in facilitator.get("/report/w9.html").text
    facilitator.post("/language", data={"language": "en"})
    assert "This page does not exist" in facilitator.get("/report/w9.html").text


def test_a_store_that_does_not_answer_is_told(facilitator: httpx.Client, database: str) -> None:
    """Another program has been at the file."""
    assert facilitator.get("/health").json() == {"status": "ok"}
    with closing(sqlite3.connect(database.removeprefix("sqlite:///"))) as other, other:
        other.execute("alter table workshop rename to elsewhere")
    assert facilitator.get("/health").status_code == 503
    page = facilitator.get("/")
    assert page.status_code == 503
    assert "trivsel.sqlite" in page.text


def test_a_page_may_load_nothing_from_elsewhere(facilitator: httpx.Client) -> None:
    page = facilitator.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert "://" not in page.text.replace("http://www.w3.org", "")
