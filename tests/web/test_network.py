"""Phones are sent to the likeliest of the computer's own addresses, and where there is none, words say so."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Callable
from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import nbformat
import psutil
import pytest
from ifaddr import IP, Adapter

from tests.kit import Kit, free_port, own_environment
from tests.web.conftest import ROOT, TOKEN, is_kernel, visit
from tests.web.deadline import until
from trivsel.content import languages, say
from trivsel.web import network
from trivsel.web.kernels import POOL, environment
from trivsel.web.network import Address, Kind, addresses, choices, facilitator, join_addresses, moved, places, remarks
from trivsel.web.trouble import Trouble

LO = ("lo", "127.0.0.1", "::1")
NOT_MINE = "192.0.2.254"


def unix(name: str, *ips: str) -> Adapter:
    """An adapter as macOS and Linux tell of it: one name for all."""
    return Adapter(name, name, [IP((ip, 0, 0) if ":" in ip else ip, 24, name) for ip in ips])


def windows(device: str, connection: str, *ips: str) -> Adapter:
    """An adapter as Windows tells of it: a number, the device, and what the connection is called."""
    number = "{846EE342-7039-11DE-9D20-806E6F6E6963}"
    return Adapter(number, device, [IP((ip, 0, 0) if ":" in ip else ip, 24, connection) for ip in ips])


ADAPTERS = {
    "a laptop on the room's Wi-Fi": (
        [unix(*LO), unix("enp3s0"), unix("wlp2s0", "192.168.1.44", "fe80::1")],
        ["192.168.1.44", "127.0.0.1"],
    ),
    "Wi-Fi before cable, containers last": (
        [unix("docker0", "172.17.0.1"), unix("eth0", "10.1.2.3"), unix(*LO), unix("wlan0", "192.168.1.44")],
        ["192.168.1.44", "10.1.2.3", "172.17.0.1", "127.0.0.1"],
    ),
    "Linux as a hotspot": (
        [unix("eth0", "10.1.2.3"), unix("wlan0", "10.42.0.1"), unix("virbr0", "192.168.122.1")],
        ["10.42.0.1", "10.1.2.3", "192.168.122.1"],
    ),
    "Windows as a hotspot": (
        [
            windows("VirtualBox Host-Only Ethernet Adapter", "Ethernet 3", "192.168.56.1"),
            windows("Hyper-V Virtual Ethernet Adapter", "vEthernet (WSL)", "172.29.16.1"),
            windows("Intel(R) Wi-Fi 6 AX201 160MHz", "Wi-Fi", "10.20.30.40"),
            windows("Microsoft Wi-Fi Direct Virtual Adapter #2", "LAN-forbindelse* 10", "192.168.137.1"),
            windows("Bluetooth Device (Personal Area Network)", "Bluetooth", "169.254.9.9"),
            windows("Software Loopback Interface 1", "Loopback Pseudo-Interface 1", "127.0.0.1", "::1"),
        ],
        ["192.168.137.1", "10.20.30.40", "192.168.56.1", "172.29.16.1", "169.254.9.9", "127.0.0.1"],
    ),
    "Windows with VPN and a virtual switch that is no hotspot": (
        [
            windows("Cisco AnyConnect Virtual Miniport Adapter", "VPN", "10.99.0.7"),
            windows("Hyper-V Virtual Ethernet Adapter", "vEthernet (Default Switch)", "192.168.137.1"),
            windows("Realtek PCIe GbE Family Controller", "Ethernet", "10.1.2.3"),
        ],
        ["10.1.2.3", "10.99.0.7", "192.168.137.1"],
    ),
    "macOS that shares its connection": (
        [
            unix("lo0", "127.0.0.1"),
            unix("en0", "10.1.2.3"),
            unix("utun3", "10.8.0.2"),
            unix("bridge100", "192.168.2.1"),
        ],
        ["192.168.2.1", "10.1.2.3", "10.8.0.2", "127.0.0.1"],
    ),
    "macOS with a virtual machine": (
        [unix("bridge100", "192.168.64.1"), unix("en0", "192.168.1.44")],
        ["192.168.1.44", "192.168.64.1"],
    ),
    "an iPhone shares its connection": (
        [unix("en0", "10.1.2.3"), unix("en7", "172.20.10.4")],
        ["172.20.10.4", "10.1.2.3"],
    ),
    "an address of the house before one of the world": (
        [unix("eth0", "130.225.1.1"), unix("eth1", "192.168.0.9")],
        ["192.168.0.9", "130.225.1.1"],
    ),
    "no router gave an address": ([unix("eth0", "169.254.7.7"), unix(*LO)], ["169.254.7.7", "127.0.0.1", "::1"]),
    "IPv6 only": (
        [unix(*LO), unix("docker0", "172.17.0.1"), unix("wlan0", "fe80::1", "fd12::5")],
        ["fd12::5", "172.17.0.1", "fe80::1", "127.0.0.1", "::1"],
    ),
    "the same address twice": ([unix("br0", "10.0.0.2"), unix("eth0", "10.0.0.2")], ["10.0.0.2"]),
    "the order of the system where nothing else tells": (
        [unix("en5", "10.0.0.5"), unix("en0", "10.0.0.2")],
        ["10.0.0.5", "10.0.0.2"],
    ),
    "nothing at all": ([], []),
}


@pytest.mark.parametrize("case", ADAPTERS)
def test_the_likeliest_address_for_phones_comes_first(case: str) -> None:
    adapters, expected = ADAPTERS[case]
    assert [address.ip for address in addresses(adapters)] == expected


def test_the_system_is_asked_without_internet() -> None:
    own = network.own_addresses()
    assert Address("127.0.0.1", own[-1].adapter, Kind.loopback) in own
    assert [one.kind for one in own] == sorted(one.kind for one in own)


WIFI = Address("192.168.1.44", "wlan0", Kind.wifi)
CABLE = Address("10.1.2.3", "eth0", Kind.private)
SIX = Address("fd12::5", "wlan0", Kind.wifi)
ALONE = Address("169.254.7.7", "eth1", Kind.alone)
HERE = Address("127.0.0.1", "lo", Kind.loopback)


@pytest.mark.parametrize(
    ("ip", "own", "listens", "own_place", "join"),
    [
        ("0.0.0.0", [WIFI, CABLE, HERE], ["0.0.0.0"], "127.0.0.1", ["192.168.1.44", "10.1.2.3"]),
        ("0.0.0.0", [ALONE, HERE], ["0.0.0.0"], "127.0.0.1", ["127.0.0.1"]),
        ("0.0.0.0", [], ["0.0.0.0"], "127.0.0.1", ["127.0.0.1"]),
        ("::", [SIX, HERE], ["0.0.0.0", "::"], "127.0.0.1", ["[fd12::5]"]),
        ("10.1.2.3", [WIFI, CABLE, HERE], ["127.0.0.1", "10.1.2.3"], "127.0.0.1", ["10.1.2.3"]),
        ("169.254.7.7", [ALONE, HERE], ["127.0.0.1", "169.254.7.7"], "127.0.0.1", ["169.254.7.7"]),
        ("127.0.0.1", [WIFI, HERE], ["127.0.0.1"], "127.0.0.1", ["127.0.0.1"]),
        ("localhost", [WIFI, HERE], ["localhost"], "localhost", ["localhost"]),
        ("kit.example.dk", [WIFI, HERE], ["kit.example.dk"], "kit.example.dk", ["kit.example.dk"]),
    ],
)
def test_the_facilitator_stays_on_this_computer_and_phones_get_the_best_address(
    ip: str, own: list[Address], listens: list[str], own_place: str, join: list[str]
) -> None:
    chosen = choices(ip, own)
    assert places(ip, chosen) == listens
    assert facilitator(listens) == own_place
    assert join_addresses(chosen, 8866) == [f"http://{one}:8866" for one in join]


@pytest.mark.parametrize("ip", ["127.0.0.1", "0.0.0.0", "10.1.2.3"])
def test_without_share_it_listens_where_it_is_told_and_nowhere_else(ip: str) -> None:
    assert places(ip, None) == [ip]


@pytest.mark.parametrize(
    ("before", "now", "at", "new"),
    [
        ([WIFI], [WIFI], ["0.0.0.0"], []),
        ([], [WIFI], ["0.0.0.0"], [WIFI]),
        ([WIFI, CABLE], [CABLE], ["0.0.0.0"], [CABLE]),
        ([WIFI], [], ["0.0.0.0"], []),
        ([WIFI], [SIX], ["0.0.0.0"], []),
        ([CABLE], [SIX], ["0.0.0.0", "::"], [SIX]),
    ],
)
def test_another_network_is_noticed_and_a_short_loss_changes_nothing(
    before: list[Address], now: list[Address], at: list[str], new: list[Address]
) -> None:
    assert moved(before, now, at) == new


@pytest.mark.parametrize("language", languages())
def test_words_tell_of_other_addresses_and_of_none(language: str) -> None:
    other, firewall = remarks([WIFI, CABLE], 8866, say(language))
    assert all(part in other for part in ("http://10.1.2.3:8866/join", "eth0", "--ip 10.1.2.3"))
    assert "Python" in firewall
    assert remarks([WIFI], 8866, say(language)) == [firewall]
    (none,) = remarks([], 8866, say(language))
    assert "hotspot" in none
    (only_here,) = remarks([HERE], 8866, say(language))
    assert "--share" in only_here


def test_a_running_kit_keeps_its_port_to_itself() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(Trouble) as trouble:
            network.listen(["0.0.0.0"], port)
    assert str(port) in trouble.value.say("da")


def test_what_cannot_be_had_leaves_nothing_taken() -> None:
    port = free_port()
    with pytest.raises(Trouble) as trouble:
        network.listen(["127.0.0.1", NOT_MINE], port)
    assert NOT_MINE in trouble.value.say("en")
    for one in network.listen(["127.0.0.1"], port):
        one.close()


def test_a_kernel_knows_where_it_may_send_participants() -> None:
    shared = environment("sqlite:///a.db", "http://127.0.0.1:8866/", ["http://10.1.2.3:8866", "http://[fd12::5]:8866"])
    assert shared["TRIVSEL_JOIN"].split() == ["http://10.1.2.3:8866", "http://[fd12::5]:8866"]
    assert environment("sqlite:///a.db", "http://127.0.0.1:8866/")["TRIVSEL_JOIN"] == ""


def test_the_key_lets_in_over_the_rooms_network_too(serve_pages: Callable[..., str]) -> None:
    """By plain http and the computer's address, as the facilitator's own phone comes."""
    there = {"Host": "192.168.1.44:8866", "Origin": "http://192.168.1.44:8866"}
    with visit(serve_pages(), headers=there) as phone:
        let_in = phone.post("/login", data={"token": TOKEN, "next": "/"})
        (cookie,) = SimpleCookie(let_in.headers["set-cookie"]).values()
        assert (let_in.status_code, cookie["secure"], cookie["httponly"]) == (303, "", True)
        assert phone.get("/").status_code == 200


LATE = """\
import sys
from pathlib import Path
from trivsel.web.app import serve
from trivsel.web.network import Address, Kind
folder, port = Path(sys.argv[1]), int(sys.argv[2])
def look():
    hotspot = [Address("192.168.137.1", "Wi-Fi Direct", Kind.hotspot)] if (folder / "hotspot").exists() else []
    return [*hotspot, Address("127.0.0.1", "lo", Kind.loopback)]
serve(
    database=f"sqlite:///{(folder / 'a.db').as_posix()}", ip="0.0.0.0", port=port, browser=False, share=True,
    notebooks=folder, look=look,
)
"""


def kernels_told(server: psutil.Process) -> list[str]:
    """What the kernels of a server know about where participants go."""
    kernels = [child for child in server.children(recursive=True) if is_kernel(child)]
    return [kernel.environ().get("TRIVSEL_JOIN", "") for kernel in kernels]


def test_a_hotspot_turned_on_late_is_told_to_everybody(tmp_path: Path) -> None:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("1")])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(notebook, tmp_path / "workshop.ipynb")
    port = free_port()
    command = [sys.executable, "-c", LATE, str(tmp_path), str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=own_environment(tmp_path), stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        try:
            first = [process.stdout.readline() for _ in range(3)]
            assert first[1] == f"Participants: http://127.0.0.1:{port}/join\n"
            assert "hotspot" in first[2]
            (tmp_path / "hotspot").touch()
            assert process.stdout.readline() == f"Participants: http://192.168.137.1:{port}/join\n"
            told = [f"http://192.168.137.1:{port}"] * POOL
            until(lambda: kernels_told(psutil.Process(process.pid)) == told, "new kernels in the pool", 60)
        finally:
            process.terminate()


def printed(kit: Kit) -> list[str]:
    kit.wait_for_line("Participants:")
    return kit.log


def test_sharing_prints_both_addresses_and_answers_at_both(tmp_path: Path) -> None:
    with Kit(tmp_path, "--share", "--language", "en") as kit:
        participants = next(line for line in printed(kit) if line.startswith("Participants: "))
        join = participants.removeprefix("Participants: ")
        assert kit.facilitator.startswith(f"http://127.0.0.1:{kit.port}/?token=")
        assert join.endswith(f":{kit.port}/join")
        for address in (kit.url, join.removesuffix("/join")):
            assert httpx.get(f"{address}/health", trust_env=False).status_code == 200


def test_one_address_can_be_chosen_and_without_share_none_is_printed(tmp_path: Path) -> None:
    with Kit(tmp_path, "--share", "--ip", "127.0.0.1", "--language", "da") as kit:
        assert f"Participants: http://127.0.0.1:{kit.port}/join" in printed(kit)
        kit.wait_for_line("uden --ip")
    with Kit(tmp_path) as kit:
        assert httpx.get(f"{kit.url}/health", trust_env=False).status_code == 200
        assert not [line for line in kit.log if "Participants" in line]
