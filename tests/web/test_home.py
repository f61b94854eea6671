"""The front page: what stands in the list, and what one can do there."""

from __future__ import annotations

import json

import httpx
import pytest
from msgspec.structs import replace

from tests.web.fake_kit import IN_ENGLISH, SOLGAARDEN, FakeKit
from tests.web.test_login import form_key
from trivsel.web.home import LARGEST_FILE, facts

FILLED = {
    "title": "Et godt arbejdsliv",
    "workplace": "Lager Nord",
    "people": "45",
    "committee": "amo",
    "leads": "Mette",
    "programme": "five",
    "language": "da",
}


def send(client: httpx.Client, address: str, **data: str) -> httpx.Response:
    return client.post(address, data={"_xsrf": form_key(client.get("/"))} | data)


def bring(client: httpx.Client, content: bytes) -> httpx.Response:
    return client.post("/import", data={"_xsrf": form_key(client.get("/"))}, files={"file": ("a.json", content)})


def test_the_list_says_where_each_workshop_stands(facilitator: httpx.Client) -> None:
    page = facilitator.get("/").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Plejehjemmet Solgården · 12. november 2026 · trin 4 af 5 · 17 ansatte" in page
    assert 'href="/voila/render/workshop.ipynb?workshop=w1"' in page
    assert 'href="/report/w1.html"' in page


def test_one_works_alone_or_nobody_has_said() -> None:
    assert facts(replace(IN_ENGLISH, people=1), "en")[-1].split() == ["1", "person"]
    assert facts(replace(IN_ENGLISH, people=None), "en")[-1].split() == ["step", "4", "of", "5"]


def test_an_empty_list_says_what_to_do(facilitator: httpx.Client, kit: FakeKit) -> None:
    kit.kept.clear()
    assert "Her er ingen workshops endnu" in facilitator.get("/").text


def test_a_workshop_is_started_with_what_was_filled_in(facilitator: httpx.Client, kit: FakeKit) -> None:
    done = send(facilitator, "/workshops", **FILLED)
    assert (done.status_code, done.headers["location"]) == (303, "/?done=created&workshop=w2")
    assert kit.asked == FILLED | {"people": 45}
    assert "Workshoppen er oprettet" in facilitator.get(done.headers["location"]).text


def test_only_the_title_is_needed(facilitator: httpx.Client, kit: FakeKit) -> None:
    send(facilitator, "/workshops", **FILLED | {"workplace": "", "people": "", "leads": ""})
    assert kit.asked["people"] is None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": "  "}, "Giv workshoppen en titel"),
        ({"title": "x" * 201}, "højst fylde 200 tegn"),
        ({"people": "mange"}, "helt tal"),
        ({"people": "0"}, "helt tal"),
        ({"people": "1" * 5000}, "helt tal"),
        ({"people": "²"}, "helt tal"),
    ],
)
def test_what_cannot_be_is_told_and_what_was_typed_stays(
    facilitator: httpx.Client, kit: FakeKit, wrong: dict[str, str], words: str
) -> None:
    page = send(facilitator, "/workshops", **FILLED | wrong)
    assert page.status_code == 400
    assert words in page.text
    assert 'value="Lager Nord"' in page.text
    assert '<option value="amo" selected>' in page.text
    assert not kit.asked


def test_what_no_form_of_ours_sends_is_refused(facilitator: httpx.Client, kit: FakeKit) -> None:
    assert send(facilitator, "/workshops", **FILLED | {"committee": "x"}).status_code == 400
    assert not kit.asked


def test_the_example_opens(facilitator: httpx.Client) -> None:
    assert send(facilitator, "/example").headers["location"] == "/voila/render/workshop.ipynb?workshop=w2"


def test_a_file_is_brought_in(facilitator: httpx.Client, kit: FakeKit) -> None:
    assert bring(facilitator, b'{"trivsel": "Fra en fil"}').headers["location"] == "/?done=imported&workshop=w2"
    assert kit.title("w2") == "Fra en fil"


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "Vælg en fil"), (b" " * (LARGEST_FILE + 1), "for stor"), (b"[1]", "Trivsel"), (b"\xff\x00", "Trivsel")],
)
def test_a_file_that_is_none_of_ours_is_told(
    facilitator: httpx.Client, kit: FakeKit, content: bytes, words: str
) -> None:
    page = bring(facilitator, content)
    assert page.status_code == 400
    assert words in page.text.split('class="problem"')[1].split("</p>")[0]
    assert list(kit.kept) == ["w1"]


def test_a_copy_stands_in_the_list(facilitator: httpx.Client) -> None:
    assert send(facilitator, "/workshops/w1/copy").headers["location"] == "/?done=copied&workshop=w2"


def test_deleting_asks_once_more_by_name(facilitator: httpx.Client, kit: FakeKit) -> None:
    assert "Slet ”Et godt arbejdsliv”?" in facilitator.get("/workshops/w1/delete").text
    assert "w1" in kit.kept
    assert send(facilitator, "/workshops/w1/delete").headers["location"] == "/?done=deleted"
    assert not kit.kept


def test_the_pages_change_language_and_keep_it(facilitator: httpx.Client) -> None:
    assert facilitator.post("/language", data={"language": "en", "next": "/"}).status_code == 303
    page = facilitator.get("/").text
    assert '<html lang="en">' in page
    assert "12\N{NO-BREAK SPACE}November" in page


def test_what_people_wrote_is_shown_as_they_wrote_it(facilitator: httpx.Client, kit: FakeKit) -> None:
    kit.kept["w1"] = replace(SOLGAARDEN, title="<script>alert(1)</script>", workplace="{{ 7 * 7 }} \u202e")
    for address in ("/", "/workshops/w1/delete"):
        assert "<script>alert" not in facilitator.get(address).text
    assert "{{ 7 * 7 }}" in facilitator.get("/").text


def test_the_report_runs_no_script_and_the_file_is_taken_home(facilitator: httpx.Client) -> None:
    report = facilitator.get("/report/w1.html")
    assert json.loads(report.text) == ["Et godt arbejdsliv", "da"]
    assert report.headers["content-security-policy"].startswith("default-src 'none'")
    assert json.loads(facilitator.get("/report/w1.html?language=en").text)[1] == "en"
    record = facilitator.get("/report/w1.json")
    assert record.headers["content-disposition"] == 'attachment; filename="w1.json"'


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


def test_a_store_that_does_not_answer_is_told(facilitator: httpx.Client, kit: FakeKit) -> None:
    assert facilitator.get("/health").json() == {"status": "ok"}
    kit.broken = True
    assert facilitator.get("/health").status_code == 503
    page = facilitator.get("/")
    assert page.status_code == 503
    assert "trivsel.db" in page.text


def test_a_page_may_load_nothing_from_elsewhere(facilitator: httpx.Client) -> None:
    page = facilitator.get("/")
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["cache-control"] == "no-store"
    assert "://" not in page.text.replace("http://www.w3.org", "")
