"""The addresses of the phones, and who answers there."""

from __future__ import annotations

from typing import Any

from trivsel.web.phones.door import Door, NoDoor
from trivsel.web.phones.news import Part, Stream, Told
from trivsel.web.phones.sending import Phone


def phone_pages() -> list[tuple[Any, ...]]:
    """The addresses of the phones."""
    code = r"([^/]{1,60})"
    return [
        (r"/join/?", Door),
        (rf"/join/{code}/?", Phone),
        (rf"/join/{code}/part", Part),
        (rf"/join/{code}/told", Told),
        (rf"/join/{code}/stream", Stream),
        (r"/join/.*", NoDoor),
    ]
