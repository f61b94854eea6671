"""Where phones can reach this computer: its own addresses, the likeliest first, found without internet."""

from __future__ import annotations

import errno
import re
import socket
from collections.abc import Iterable, Sequence
from enum import IntEnum
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import ifaddr
import msgspec
from tornado.netutil import bind_sockets

from trivsel.content import Say
from trivsel.web.trouble import listening_trouble

LOCALHOST = "127.0.0.1"
EVERYWHERE = ("", "0.0.0.0", "::")
"""What stands for all addresses of this computer."""


class Kind(IntEnum):
    """What an address belongs to, the best for phones in a room first."""

    hotspot = 0
    """The computer's own hotspot: no router in between that could keep devices apart."""
    wifi = 1
    """A Wi-Fi, or the network of a phone that shares its connection."""
    private = 2
    """Another network of the house, mostly a cable."""
    public = 3
    """An address that is known outside the house too."""
    virtual = 4
    """Made by a program (virtual machines, containers, VPN): phones are hardly ever there."""
    alone = 5
    """Given by the computer to itself, since it found no network at that plug."""
    loopback = 6
    """Only this computer."""


class Address(msgspec.Struct, frozen=True):
    """One of the computer's own addresses, and what the system calls the adapter."""

    ip: str
    adapter: str
    kind: Kind

    @property
    def reachable(self) -> bool:
        """Whether others can reach the computer there."""
        return self.kind < Kind.alone


_HOTSPOTS = (ip_network("192.168.137.0/24"), ip_network("10.42.0.0/16"))
"""Where Windows and Linux put their own hotspots."""
_PHONE = ip_network("172.20.10.0/28")
"""Where an iPhone puts those who share its connection."""
_MAC_SHARING = re.compile(r"bridge1\d\d 192\.168\.[23]\.1")
_OWN_HOTSPOT = re.compile(r"wi-fi direct|hosted network")
_WIFI = re.compile(r"\bwl|wlan|wi-?fi|wireless|802\.11|airport|trådløs")
_VIRTUAL = re.compile(
    r"^(docker|br-|veth|virbr|vbox|vmnet|vmenet|bridge\d|u?tun|tap|wg|zt|ppp|ipsec|cni|cali|flannel|kube|podman|lxc|lxd"
    r"|ham|awdl|llw|anpi|gif|stf|ifb|dummy)"
    r"|virtual|hyper-v|vethernet|vmware|tailscale|wireguard|zerotier|hamachi|tap-|tunnel|vpn|anyconnect|fortinet|pangp"
    r"|zscaler|npcap|pseudo|bluetooth"
)


def addresses(adapters: Iterable[ifaddr.Adapter]) -> list[Address]:
    """The addresses of ``adapters``, the likeliest for phones first; IPv6 only where no network has IPv4."""
    found: dict[str, Address] = {}
    for adapter in adapters:
        for one in adapter.ips:
            ip = one.ip if isinstance(one.ip, str) else one.ip[0]
            called = " ".join(str(name) for name in (adapter.name, adapter.nice_name, one.nice_name))
            found.setdefault(ip, Address(ip, one.nice_name or adapter.nice_name, _kind(ip, called.lower())))
    ordered = sorted(found.values(), key=lambda address: address.kind)
    if any(":" not in address.ip and address.kind < Kind.virtual for address in ordered):
        return [address for address in ordered if ":" not in address.ip]
    return ordered


def _kind(ip: str, called: str) -> Kind:
    number = _number(ip)
    if number is None:
        return Kind.loopback if ip == "localhost" else Kind.public
    if number.is_loopback:
        return Kind.loopback
    if number.is_link_local:
        return Kind.alone
    if _OWN_HOTSPOT.search(called) or _MAC_SHARING.fullmatch(f"{called.partition(' ')[0]} {ip}"):
        return Kind.hotspot
    if _VIRTUAL.search(called):
        return Kind.virtual
    if any(number in network for network in _HOTSPOTS):
        return Kind.hotspot
    if not number.is_private:
        return Kind.public
    return Kind.wifi if number in _PHONE or _WIFI.search(called) else Kind.private


def _number(ip: str) -> IPv4Address | IPv6Address | None:
    """The address as a number; ``None`` for a name."""
    try:
        return ip_address(ip)
    except ValueError:
        return None


def own_addresses() -> list[Address]:
    """The addresses of this computer as they are now."""
    return addresses(ifaddr.get_adapters())


def choices(ip: str, own: Sequence[Address]) -> list[Address]:
    """Where participants may be sent, the best first: the address asked for, or all that others can reach."""
    if ip in EVERYWHERE:
        return [address for address in own if address.reachable]
    return [next((address for address in own if address.ip == ip), Address(ip, "", _kind(ip, "")))]


def moved(before: Sequence[Address], now: Sequence[Address], at: Sequence[str]) -> list[Address]:
    """Where participants are to be sent from now on; nothing if that is as before, or if no network is left."""
    heard = [address for address in now if ":" not in address.ip or "::" in at]
    return [] if heard == list(before) else heard


def join_addresses(chosen: Sequence[Address], port: int) -> list[str]:
    """What stands before ``/join``, the best first; this computer's own if there is no other, to try things alone."""
    return [base(address.ip, port) for address in chosen] or [base(LOCALHOST, port)]


def remarks(chosen: Sequence[Address], port: int, say: Say) -> list[str]:
    """What to know about the first address: which others there are, the firewall, or why phones have none."""
    if not chosen:
        return [say("cli.no_network")]
    if not chosen[0].reachable:
        return [say("cli.only_here")]
    others = [
        say("cli.other_address", url=f"{base(one.ip, port)}/join", adapter=one.adapter, ip=one.ip) for one in chosen[1:]
    ]
    return [*others, say("cli.firewall")]


def base(ip: str, port: int) -> str:
    """The address of the kit at ``ip``, without a slash at its end."""
    return f"http://{f'[{ip}]' if ':' in ip else ip}:{port}"


def places(ip: str, chosen: Sequence[Address] | None) -> list[str]:
    """Where to listen: at ``ip`` alone, or for participants (``chosen``) there and for the facilitator here."""
    if chosen is None:
        return [ip]
    if ip in EVERYWHERE:
        return ["0.0.0.0", "::"] if any(":" in address.ip for address in chosen) else ["0.0.0.0"]
    number = _number(ip)
    return [ip] if number is None or number.is_loopback else [LOCALHOST, ip]


def facilitator(at: Sequence[str]) -> str:
    """Which of the places the facilitator's own browser goes to."""
    return LOCALHOST if at[0] in EVERYWHERE else at[0]


def listen(at: Sequence[str], port: int) -> list[socket.socket]:
    """Takes the port at all these places. Raises ``Trouble``, which says in words why not."""
    sockets: list[socket.socket] = []
    try:
        for ip in at:
            if not sockets and ip in EVERYWHERE and _answers(port):
                raise OSError(errno.EADDRINUSE, "in use")
            sockets += bind_sockets(sockets[0].getsockname()[1] if sockets else port, ip)
    except OSError as error:
        for taken in sockets:
            taken.close()
        raise listening_trouble(error, ip, port) from error
    return sockets


def _answers(port: int) -> bool:
    """Whether a program answers here already."""
    # Windows and macOS let two share a port, one at all addresses and one at its own: phones would meet another kit.
    try:
        socket.create_connection((LOCALHOST, port), timeout=0.5).close()
    except OSError:
        return False
    return True
