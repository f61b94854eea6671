"""The way in for phones, as the shared screen shows it: code, addresses, squares for cameras, and what stays here."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable

import pytest

from tests.widgets.browserless import Hand
from trivsel.domain import commands as c
from trivsel.domain.asking import CODE_LETTERS
from trivsel.kit import Kit, new_code

BEST, OTHER = "http://192.0.2.7:8866", "http://198.51.100.4:8866"


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch, workshop: str, open_page: Callable[..., Hand]) -> Hand:
    """A page of a kit that was started for phones, on a computer with two networks."""
    monkeypatch.setenv("TRIVSEL_JOIN", f"{BEST} {OTHER}")
    return open_page(workshop)


def test_a_code_has_six_letters_that_are_not_taken_for_one_another() -> None:
    codes = {new_code() for _ in range(200)}
    assert len(codes) == 200
    assert all(re.fullmatch(f"[{CODE_LETTERS}]{{6}}", code) for code in codes)


def test_without_share_the_page_knows_that_phones_cannot_come(hand: Hand, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TRIVSEL_JOIN", raising=False)
    hand.done("door", on=True)
    assert hand.view["door"] == {
        "open": False, "code": "", "over": False, "shared": False, "window": {"addresses": [], "wifi": None},
    }  # fmt: skip


def test_opening_the_door_makes_a_code_that_stands_in_two_halves_and_leaves_the_room_where_it_is(shared: Hand) -> None:
    before = shared.page.session.snapshot.place
    snapshot = shared.done("open_door")
    door = snapshot.phones.door
    assert door is not None
    assert shared.view["door"]["code"] == f"{door.code[:3]} {door.code[3:]}"
    assert snapshot.place == before
    assert door.day == dt.datetime.now().astimezone().date().isoformat()


def test_the_same_code_is_kept_when_the_door_is_closed_and_opened_again(shared: Hand) -> None:
    shared.done("open_door")
    code = shared.view["door"]["code"]
    shared.done("close_door")
    assert (shared.view["door"]["open"], shared.view["door"]["code"]) == (False, "")
    shared.done("open_door")
    assert shared.view["door"]["code"] == code


def test_squares_for_cameras_are_drawn_only_while_somebody_looks_at_the_door(shared: Hand) -> None:
    shared.done("open_door")
    assert "window" not in shared.view["door"]
    shared.done("door", on=True)
    code = shared.view["door"]["code"].replace(" ", "")
    ways = shared.view["door"]["window"]["addresses"]
    assert [way["address"] for way in ways] == [f"{BEST}/join", f"{OTHER}/join"]
    assert [f"{base}/join/{code}" in way["qr"] for base, way in zip((BEST, OTHER), ways, strict=True)] == [True, True]
    shared.done("door", on=False)
    assert "window" not in shared.view["door"]


def test_there_is_no_way_in_to_scan_while_the_door_is_closed(shared: Hand) -> None:
    shared.done("door", on=True)
    assert shared.view["door"]["window"]["addresses"] == []


@pytest.mark.parametrize(("days", "good"), [(0, True), (1, True), (2, False)])
def test_a_code_is_shown_on_its_day_and_the_next(shared: Hand, days: int, good: bool) -> None:
    day = dt.datetime.now().astimezone().date() - dt.timedelta(days=days)
    shared.page.session.send(c.OpenDoor("KVX742", day.isoformat(), begin=False))
    shared.page.show()
    assert (shared.view["door"]["open"], shared.view["door"]["code"]) == (good, "KVX 742" if good else "")


def test_the_wifi_is_a_square_on_this_page_and_stored_nowhere(shared: Hand, kit: Kit, workshop: str) -> None:
    shared.done("open_door")
    shared.done("door", on=True)
    before = shared.page.session.refresh().seq
    shared.done("wifi", name="Solgården gæst", password="hemmelig-123")
    wifi = shared.view["door"]["window"]["wifi"]
    assert wifi["name"] == "Solgården gæst"
    assert "<svg" in wifi["qr"]
    assert "hemmelig-123" not in json.dumps(shared.view)
    assert shared.page.session.refresh().seq == before
    records = repr(kit.store.follow(workshop).snapshot)
    assert "hemmelig" not in records
    assert "gæst" not in records
    shared.done("wifi", name="")
    assert shared.view["door"]["window"]["wifi"] is None


@pytest.mark.parametrize("name", ["x" * 5_000, '"><script>alert(1)</script>', "S;P:\\,"])
def test_any_name_of_a_network_makes_a_square(shared: Hand, name: str) -> None:
    shared.done("open_door")
    shared.done("door", on=True)
    shared.done("wifi", name=name, password="y" * 5_000)
    assert "<script" not in shared.view["door"]["window"]["wifi"]["qr"]


def test_after_the_meeting_there_is_no_door(shared: Hand) -> None:
    shared.done("open_door")
    shared.done("close")
    assert (shared.view["door"]["open"], shared.view["door"]["over"]) == (False, True)
