"""The kit that the tests start is the real one: it answers, survives a kill, and leaves nothing running."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from tests.kit import Kit


def answers(kit: Kit) -> bool:
    try:
        with urllib.request.urlopen(f"{kit.url}/health", timeout=5) as response:
            return bool(response.status == 200)
    except urllib.error.URLError:
        return False


def test_it_answers_and_names_the_facilitators_address(kit_server: Kit) -> None:
    assert answers(kit_server)
    assert kit_server.facilitator.startswith(f"http://127.0.0.1:{kit_server.port}/")
    assert kit_server.token


def test_it_comes_back_on_the_same_port_after_a_kill(start_kit: Callable[..., Kit]) -> None:
    kit = start_kit()
    before = kit.pid
    kit.kill()
    assert not answers(kit)
    kit.restart()
    assert answers(kit)
    assert kit.pid != before


def test_it_stops_when_asked_and_leaves_nothing_running(tmp_path: Path) -> None:
    with Kit(tmp_path) as kit:
        family = [psutil.Process(kit.pid), *psutil.Process(kit.pid).children(recursive=True)]
        assert kit.stop() == 0
        assert "Traceback" not in "\n".join(kit.log)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == []


def test_what_went_wrong_at_the_start_is_shown(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="no-such-option"), Kit(tmp_path, "--no-such-option"):
        pass
