"""What keeps the kit from starting is said in words."""

from __future__ import annotations

import pytest

from trivsel.content import languages, say
from trivsel.web.trouble import listening_trouble


@pytest.mark.parametrize("language", languages())
def test_what_keeps_the_kit_from_starting_is_told(language: str) -> None:
    assert "9999" in listening_trouble(OSError(13, "denied"), "127.0.0.1", 9999).say(language)
    assert "192.0.2.1" in listening_trouble(OSError(99, "no such address"), "192.0.2.1", 9999).say(language)
    assert "8867" in say(language)("trouble.port_taken", port=8866, other=8867)
