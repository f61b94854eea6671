"""Nobody comes in without the key, and whoever has come in stays in until the key changes."""

from __future__ import annotations

from collections.abc import Callable
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.web.conftest import TOKEN, visit
from trivsel.web.handler import local
from trivsel.web.secret import Keys

CLOSED = ["/", "/workshops", "/report/w1.html", "/report/w1.json", "/workshops/w1/delete", "/nowhere"]


def form_key(page: httpx.Response) -> str:
    return page.text.split('name="_xsrf" value="')[1].split('"')[0]


@pytest.mark.parametrize("address", CLOSED)
def test_a_stranger_is_sent_to_the_login_and_on_from_there(stranger: httpx.Client, address: str) -> None:
    sent = stranger.get(f"{address}?a=1")
    assert sent.status_code == 302
    assert parse_qs(urlsplit(sent.headers["location"]).query)["next"] == [f"{address}?a=1"]
    let_in = stranger.post("/login", data={"token": TOKEN, "next": f"{address}?a=1"})
    assert (let_in.status_code, let_in.headers["location"]) == (303, f"{address}?a=1")


def test_the_key_in_an_address_logs_in_and_leaves_the_address(stranger: httpx.Client, workshop: str) -> None:
    report = f"/report/{workshop}.html"
    sent = stranger.get(report, params={"token": TOKEN, "language": "da"})
    assert (sent.status_code, sent.headers["location"]) == (302, f"{report}?language=da")
    assert stranger.get(report).status_code == 200


def test_a_wrong_key_is_told_in_words(stranger: httpx.Client) -> None:
    page = stranger.get("/", params={"token": "rose"}, follow_redirects=True)
    assert "passer ikke" in page.text
    again = stranger.post("/login", data={"token": "rose"}, headers={"Accept-Language": "en"})
    assert again.status_code == 403
    assert "does not fit" in again.text


@pytest.mark.parametrize(
    "address", ["//evil.example", "/\\evil.example", "https://evil.example/", "evil", "", "/\t/evil.example"]
)
def test_the_login_never_leads_elsewhere(address: str) -> None:
    assert local(address) == "/"


def test_the_login_cookie_is_out_of_reach_of_scripts_and_other_sites(stranger: httpx.Client) -> None:
    sent = stranger.get("/", params={"token": TOKEN})
    (cookie,) = SimpleCookie(sent.headers["set-cookie"]).values()
    assert (cookie["httponly"], cookie["samesite"], TOKEN in cookie.value) == (True, "Lax", False)


def test_a_login_outlives_a_restart_but_not_a_new_key(serve_pages: Callable[..., str]) -> None:
    with visit(serve_pages()) as before:
        before.get("/", params={"token": TOKEN})
        cookies = {cookie.name: cookie.value or "" for cookie in before.cookies.jar}
    with visit(serve_pages(), cookies=cookies) as restarted:
        assert restarted.get("/").status_code == 200
    with visit(serve_pages("nellike"), cookies=cookies) as changed:
        assert changed.get("/").status_code == 302


def test_logging_out_forgets_the_login(facilitator: httpx.Client) -> None:
    facilitator.post("/logout", data={"_xsrf": form_key(facilitator.get("/"))})
    assert facilitator.get("/").status_code == 302


def test_a_form_without_its_key_is_refused(facilitator: httpx.Client) -> None:
    refused = facilitator.post("/example")
    assert refused.status_code == 403
    assert "Gå til forsiden" in refused.text


def test_a_form_with_the_key_of_another_login_is_refused(facilitator: httpx.Client) -> None:
    keys = Keys(b"0" * 32, TOKEN)
    assert facilitator.post("/example", data={"_xsrf": keys.form_key(keys.login())}).status_code == 403


@pytest.mark.parametrize("address", ["/example", "/language", "/login"])
def test_a_form_from_another_site_is_refused(facilitator: httpx.Client, address: str) -> None:
    data = {"_xsrf": form_key(facilitator.get("/")), "language": "en", "token": TOKEN}
    refused = facilitator.post(address, data=data, headers={"Origin": "http://evil.example"})
    assert refused.status_code == 403


def test_a_made_up_login_is_none() -> None:
    keys = Keys(b"0" * 32)
    assert [keys.knows(login) for login in ("", ".", "a.b", None, "æ.ø")] == [False] * 5
    assert keys.knows(keys.login())


def test_no_key_opens_without_a_key() -> None:
    assert [Keys(b"0" * 32).opens(token) for token in ("", None)] == [False, False]
