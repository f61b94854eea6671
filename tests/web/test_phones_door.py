"""The way in for phones: codes, seats, and what keeps strangers out without keeping a room out."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit

import httpx
import pytest

from tests.web.conftest import visit
from tests.web.visitor import Come
from trivsel.content import say
from trivsel.domain import commands as c
from trivsel.kit import Kit
from trivsel.web.phones.budget import WRONG_CODES

DA, EN = say("da"), say("en")
NO_SUCH = "ZZZZZZ"


@pytest.fixture
def code(kit: Kit, workshop: str) -> str:
    """The code of the open door."""
    return kit.door(workshop, open=True)[0]


@pytest.fixture
def base(serve_pages: Callable[..., str]) -> str:
    return serve_pages()


@pytest.fixture
def at(base: str, code: str) -> tuple[str, str]:
    return base, code


def at_the_door(base: str, language: str = "da") -> httpx.Client:
    return visit(base, headers={"Accept-Language": language}, follow_redirects=True)


@pytest.mark.parametrize("typed", ["{}", " {} ", "{0[0]}{0[1]} {0[2]}{0[3]}-{0[4]}{0[5]}"])
@pytest.mark.parametrize("case", [str.upper, str.lower])
def test_a_code_is_taken_however_it_is_typed(base: str, code: str, typed: str, case: Callable[[str], str]) -> None:
    with at_the_door(base) as phone:
        answer = phone.post("/join", data={"code": case(typed.format(code))})
        assert answer.url.path == f"/join/{code}"
        assert 'id="part-in"' in answer.text


@pytest.mark.parametrize("address", ["/join/{}", "/join/{}/", "/join/{0[0]}{0[1]}{0[2]}%20{0[3]}{0[4]}{0[5]}"])
def test_a_code_is_taken_from_the_address_too(base: str, code: str, address: str, come: Come) -> None:
    assert come(base, code).open(address.format(code.lower())).mode == "cards"


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFG", "      ", "😀"])
def test_a_code_of_another_length_is_told_how_long_it_is(base: str, typed: str) -> None:
    with at_the_door(base) as phone:
        answer = phone.post("/join", data={"code": typed})
    assert answer.status_code == 400
    assert DA("phone.code_short") in answer.text


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("typed", [NO_SUCH, "ABCD10", "æøåæøå", "../../", "{{7}}", "<b>", "%00%00"])
def test_a_wrong_code_is_told_in_the_language_of_the_phone(base: str, typed: str, language: str) -> None:
    with at_the_door(base, language) as phone:
        answer = phone.post("/join", data={"code": typed})
    assert answer.status_code in (400, 404)
    assert f'<html lang="{language}"' in answer.text
    assert say(language)("phone.wrong_code") in answer.text or say(language)("phone.code_short") in answer.text


@pytest.mark.parametrize("rest", ["", "/", "/..%2f..%2f", "/AAAAAA/nothing", "/AAAAAA/part/more", "/%", "/a" * 80])
def test_an_address_that_leads_nowhere_leads_back_to_the_door_and_not_to_the_login(base: str, rest: str) -> None:
    with at_the_door(base) as phone:
        answer = phone.get(f"/join{rest}")
    assert answer.url.path.startswith("/join")
    assert 'name="code"' in answer.text
    assert 'name="password"' not in answer.text


def test_what_was_typed_stays_in_the_field(base: str) -> None:
    with at_the_door(base) as phone:
        assert 'value="ZZZ-ZZ"' in phone.post("/join", data={"code": "ZZZ-ZZ"}).text


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_door_speaks_the_language_of_the_phone_and_changes_it(base: str, code: str, language: str) -> None:
    other = "en" if language == "da" else "da"
    with at_the_door(base, language) as phone:
        assert say(language)("phone.join") in phone.get("/join").text
        for back in ("/join", f"/join/{code}"):
            phone.cookies.clear()
            answer = phone.post("/language", data={"language": other, "next": back})
            assert answer.url.path == back
            assert f'<html lang="{other}"' in answer.text


def test_a_phone_with_a_language_we_have_not_gets_the_language_of_the_workshop(kit: Kit, base: str, come: Come) -> None:
    english = kit.start(title="A good working life", language="en")
    code, _ = kit.door(english, open=True)
    assert come(base, code, "pl").open().page.html["lang"] == "en"  # type: ignore[index]


def test_refusals_and_receipts_are_in_the_language_of_the_page(
    kit: Kit, serve_pages: Callable[..., str], come: Come
) -> None:
    workshop = kit.start(title="Et godt arbejdsliv")
    code, _ = kit.door(workshop, open=True)
    phone = come(serve_pages(language="da"), code, "en-GB,en;q=0.9").open()
    assert phone.script(phone.fields("card") | {"text": ""}).json()["said"] == EN("refusal.empty_text")
    assert phone.script(phone.open().fields("card") | {"text": "More time"}).json()["said"] == EN(
        "phone.state_received"
    )


# --- who gets in ------------------------------------------------------------------------------------------------------


def test_two_hundred_phones_from_one_address_all_get_in(base: str, code: str, come: Come) -> None:
    def enter(_: int) -> int:
        return come(base, code).open().status

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(enter, range(200))) == {200}


def test_a_closed_door_lets_nobody_new_in_while_those_inside_go_on(
    kit: Kit, workshop: str, base: str, code: str, come: Come
) -> None:
    inside = come(base, code).open()
    kit.door(workshop, open=False)
    late = come(base, code).open()
    assert (late.status, late.problem) == (403, DA("phone.door_closed"))
    assert inside.send("card", text="Mere ro").cards == ["Mere ro"]
    kit.door(workshop, open=True)
    assert late.open().status == 200


def test_a_door_that_was_left_open_is_closed_after_the_next_day(kit: Kit, workshop: str, base: str, come: Come) -> None:
    days = {"ABCDEF": 1, "GHJKMN": 2}
    for code, ago in days.items():
        kit.session(workshop).send(
            c.OpenDoor(code, (dt.datetime.now().astimezone().date() - dt.timedelta(ago)).isoformat())
        )
        seen = come(base, code).open()
        assert seen.problem == (DA("phone.door_closed") if ago > 1 else "")


def test_a_new_code_for_a_new_day_makes_the_old_one_wrong(
    kit: Kit, workshop: str, base: str, code: str, come: Come
) -> None:
    inside = come(base, code).open()
    tomorrow = dt.datetime.now().astimezone().date() + dt.timedelta(1)
    kit.session(workshop).send(c.OpenDoor("ABCDEF", tomorrow.isoformat()))
    assert inside.open().problem == DA("phone.wrong_code")
    assert come(base, code).open().problem == DA("phone.wrong_code")
    assert come(base, "ABCDEF").open().status == 200


def test_when_the_wrong_codes_are_used_up_nobody_new_can_guess_and_those_inside_go_on(
    base: str, code: str, come: Come
) -> None:
    inside = come(base, code).open()
    with at_the_door(base) as guesser:
        statuses = [guesser.get(f"/join/{NO_SUCH}").status_code for _ in range(WRONG_CODES[0] + 5)]
        assert statuses[0] == 404
        assert statuses[-1] == 429
        guesser.cookies.set("trivsel-seat-mine", "forged..seal", path="/join")
        for guess in (NO_SUCH, code):
            answer = guesser.get(f"/join/{guess}")
            assert (answer.status_code, DA("phone.many_wrong_codes") in answer.text) == (429, True)
    assert inside.open().status == 200
    assert inside.send("card", text="Mere ro").cards == ["Mere ro"]
    inside.code = NO_SUCH
    assert inside.open().status == 429


def test_a_wrong_code_costs_one_of_the_wrong_codes_also_when_it_is_posted(base: str, kit: Kit) -> None:
    with at_the_door(base) as guesser:
        for _ in range(round(WRONG_CODES[0] / 2) + 5):
            assert guesser.post(f"/join/{NO_SUCH}", data={"text": "x"}).status_code == 404


# --- cookies and keys -------------------------------------------------------------------------------------------------


def test_the_cookies_are_for_the_phones_pages_alone_and_no_script_reads_them(base: str, code: str) -> None:
    with at_the_door(base) as phone:
        given = phone.get(f"/join/{code}").headers.get_list("set-cookie")
    assert any(one.startswith("trivsel-seat-") for one in given)
    for one in given:
        assert {"HttpOnly", "SameSite=Lax", "Path=/join"} <= set(one.split("; "))


@pytest.mark.parametrize("change", [lambda seat: seat[:-1] + ("0" if seat[-1] != "0" else "1"),
                                    lambda seat: "x" + seat, lambda seat: seat.replace("..", ".leader."),
                                    lambda seat: "..", lambda seat: "." * 300])  # fmt: skip
def test_a_forged_seat_or_role_is_a_stranger(
    kit: Kit, workshop: str, at: tuple[str, str], change: Callable[[str], str], come: Come
) -> None:
    phone = come(*at).open()
    fields = phone.fields("card") | {"text": "Forfalsket"}
    name = f"trivsel-seat-{workshop}"
    forged = change(phone.line.cookies[name])
    phone.line.cookies.clear()
    phone.line.cookies.set(name, forged, path="/join")
    phone.post(fields)
    assert (phone.status, phone.problem) == (403, DA("phone.no_cookie"))
    assert kit.session(workshop).snapshot.phones.sent == {}


@pytest.mark.parametrize("key", [None, "", "0" * 32, "æ"])
def test_a_form_without_the_key_of_its_seat_is_refused_and_its_text_kept(
    kit: Kit, workshop: str, at: tuple[str, str], key: str | None, come: Come
) -> None:
    phone = come(*at).open()
    fields = phone.fields("card") | {"text": "Mere ro"}
    fields.pop("_xsrf")
    phone.post(fields | ({} if key is None else {"_xsrf": key}))
    assert (phone.status, phone.problem) == (403, DA("phone.forbidden"))
    assert phone.fields("card")["text"] == "Mere ro"
    assert kit.session(workshop).snapshot.phones.sent == {}
    assert phone.post(phone.fields("card")).cards == ["Mere ro"]


def test_the_form_key_of_another_seat_does_not_fit(base: str, code: str, come: Come) -> None:
    one, other = come(base, code).open(), come(base, code).open()
    other.post(one.fields("card") | {"text": "Ikke min"})
    assert other.status == 403


def test_a_form_from_another_site_is_refused(base: str, code: str, come: Come) -> None:
    phone = come(base, code).open()
    phone.post(phone.fields("card") | {"text": "Fremmed"}, Origin="http://example.org")
    assert phone.status == 403
    assert phone.open().cards == []


def test_a_phone_that_keeps_no_cookies_is_told_so_and_keeps_its_text(base: str, code: str, come: Come) -> None:
    phone = come(base, code, cookies=False).open()
    phone.send("card", text="Mere ro til at tænke")
    assert (phone.status, phone.problem) == (403, DA("phone.no_cookie"))
    assert "Mere ro til at tænke" in phone.text


# --- too much ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/join", "/join/{}"])
def test_ten_megabytes_are_refused_unread_with_a_sentence(base: str, code: str, path: str) -> None:
    server = urlsplit(base)
    with socket.create_connection((server.hostname or "", server.port or 0), timeout=10) as line:
        head = f"POST {path.format(code)} HTTP/1.1\r\nHost: {server.netloc}\r\nAccept-Language: da\r\n"
        line.sendall(f"{head}Content-Length: 10000000\r\n\r\n".encode())
        answer = b""
        while chunk := line.recv(65536):
            answer += chunk
    assert answer.startswith(b"HTTP/1.1 413")
    assert DA("phone.too_big") in answer.decode()


def test_ten_megabytes_sent_whole_end_in_a_refusal_or_a_closed_line_and_the_server_goes_on(
    base: str, code: str, come: Come
) -> None:
    phone = come(base, code).open()
    with contextlib.suppress(httpx.TransportError):  # it may hang up before all is sent
        assert phone.post({"text": "x" * 10_000_000}).status == 413
    assert phone.open().status == 200


def test_a_body_without_an_end_is_refused(base: str, code: str) -> None:
    with at_the_door(base) as phone:
        answer = phone.post(f"/join/{code}", content=iter([b"text=x"]))
    assert answer.status_code == 413
    assert DA("phone.too_big") in answer.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/join", "/join/{}", "/join/{}/part", "/join/{}/stream"])
def test_a_method_that_is_not_ours_gets_a_sentence(base: str, code: str, method: str, path: str) -> None:
    with at_the_door(base) as phone:
        answer = phone.request(method, path.format(code))
    assert answer.status_code == 405
    assert "Traceback" not in answer.text
    assert DA("phone.forbidden") in answer.text
