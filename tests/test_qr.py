"""A code says what it should to a phone, and its drawing is safe to put into a page."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
import segno

from trivsel.qr import QUIET, qr_svg, wifi, wifi_qr

ADDRESS = "http://192.168.137.1:8866/join/KVX742"
SVG = "{http://www.w3.org/2000/svg}"
HOSTILE = ["</title><script>alert(1)</script>", '" onload="alert(1)', "&lt;b&gt;", "Mødelokale \u202e1\u202c"]


def inked(svg: str) -> set[tuple[int, int]]:
    """The black squares of a drawing, read from its path: (column, row)."""
    ink = ElementTree.fromstring(svg).findall(f"{SVG}path")[1].get("d", "")
    runs = re.findall(r"M(\d+) (\d+)h(\d+)v1H(\d+)z", ink)
    assert "".join(f"M{x} {y}h{width}v1H{back}z" for x, y, width, back in runs) == ink
    assert all(x == back for x, _, _, back in runs)
    return {(int(x) + step, int(y)) for x, y, width, _ in runs for step in range(int(width))}


def expected(text: str, encoding: str | None = None) -> set[tuple[int, int]]:
    matrix = segno.make(text, error="m", micro=False, encoding=encoding).matrix
    return {(x + QUIET, y + QUIET) for y, row in enumerate(matrix) for x, dark in enumerate(row) if dark}


@pytest.mark.parametrize("text", [ADDRESS, "http://[fd00::2]:8866/join", "7", "x" * 400])
def test_the_drawing_is_the_code_square_by_square(text: str) -> None:
    assert inked(qr_svg(text, "Kode")) == expected(text)


def test_letters_of_danish_go_as_utf_8() -> None:
    assert inked(qr_svg("Mødelokale på Nørregård", "Kode")) == expected("Mødelokale på Nørregård", "utf-8")


def test_the_drawing_scales_and_keeps_a_white_edge() -> None:
    root = ElementTree.fromstring(qr_svg(ADDRESS, "Kode"))
    side = int(root.get("viewBox", "").split()[2])
    assert not {"width", "height"} & set(root.keys())
    paper, ink = root.findall(f"{SVG}path")
    assert (paper.get("fill"), paper.get("d")) == ("#fff", f"M0 0h{side}v{side}H0z")
    assert ink.get("fill") == "#000"
    squares = inked(qr_svg(ADDRESS, "Kode"))
    assert {min(x for x, _ in squares), min(y for _, y in squares)} == {QUIET}
    assert {max(x for x, _ in squares), max(y for _, y in squares)} == {side - QUIET - 1}


@pytest.mark.parametrize("label", HOSTILE)
def test_a_name_stays_text_in_the_drawing(label: str) -> None:
    root = ElementTree.fromstring(qr_svg(ADDRESS, label))
    assert (root.get("aria-label"), root.findtext(f"{SVG}title")) == (label, label)
    assert [element.tag for element in root.iter()] == [f"{SVG}svg", f"{SVG}title", f"{SVG}path", f"{SVG}path"]
    assert set(root.keys()) == {"viewBox", "role", "aria-label", "shape-rendering"}


def test_more_than_a_code_can_hold_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        qr_svg("x" * 3000, "Kode")


@pytest.mark.parametrize(
    ("name", "password", "said"),
    [
        ("Trivsel", "tulipan42", "WIFI:T:WPA;S:Trivsel;P:tulipan42;;"),
        ("Trivsel", "", "WIFI:T:nopass;S:Trivsel;;"),
        ("a;b", "c;d", r"WIFI:T:WPA;S:a\;b;P:c\;d;;"),
        ("a,b", "c,d", r"WIFI:T:WPA;S:a\,b;P:c\,d;;"),
        ("a:b", "c:d", r"WIFI:T:WPA;S:a\:b;P:c\:d;;"),
        ("a\\b", "c\\d", r"WIFI:T:WPA;S:a\\b;P:c\\d;;"),
        ('"a"', 'c"', r"WIFI:T:WPA;S:\"a\";P:c\";;"),
        ("x;T:nopass", "", r"WIFI:T:nopass;S:x\;T\:nopass;;"),
        ("x;;WIFI:S:evil", "\\;", r"WIFI:T:WPA;S:x\;\;WIFI\:S\:evil;P:\\\;;;"),
        ("Nørregård 2", "rød grød", "WIFI:T:WPA;S:Nørregård 2;P:rød grød;;"),
    ],
)
def test_a_wifi_code_says_name_and_password_whatever_is_in_them(name: str, password: str, said: str) -> None:
    assert wifi(name, password) == said
    assert inked(wifi_qr(name, password, "Wi-Fi")) == expected(said, None if said.isascii() else "utf-8")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_wifi_code_never_shows_its_password(name: str) -> None:
    drawn = wifi_qr(name, "hemmeligt", name)
    assert "hemmeligt" not in drawn
    assert ElementTree.fromstring(drawn).get("aria-label") == name
