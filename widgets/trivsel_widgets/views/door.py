"""The way into the room for phones: the code to read aloud, the address, and what a camera can read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from trivsel.domain.asking import Door
from trivsel_widgets.views.scene import Plain, Scene


@dataclass(frozen=True)
class Entrance:
    """What only this page knows of the way in: where phones can come from, whether the window about it is open, and
    the Wi-Fi that somebody typed, which is stored nowhere."""

    addresses: tuple[str, ...] = ()
    looking: bool = False
    wifi: tuple[str, str] | None = None


def door(scene: Scene, entrance: Entrance) -> Plain:
    """The code in two halves while the door is open; addresses and codes for cameras only while somebody looks."""
    held = scene.snapshot.phones.door
    is_open = held is not None and good(held) and scene.snapshot.closed is None
    code = held.code if held is not None and is_open else ""
    over, shared = scene.snapshot.closed is not None, bool(entrance.addresses)
    shown: Plain = {"open": is_open, "code": halves(code), "over": over, "shared": shared}
    return {**shown, "window": _window(scene, entrance, code)} if entrance.looking else shown


def good(door: Door) -> bool:
    """Whether a code is still one that lets phones in: on its day and the next."""
    today = dt.datetime.now().astimezone().date()
    return door.open and today <= dt.date.fromisoformat(door.day) + dt.timedelta(days=1)


def halves(code: str) -> str:
    """A code as it is read aloud: KVX 742."""
    return f"{code[:3]} {code[3:]}".strip()


def _window(scene: Scene, entrance: Entrance, code: str) -> Plain:
    from trivsel.qr import qr_svg, wifi_qr

    say = scene.say
    addresses = []
    for base in entrance.addresses if code else ():
        whole = f"{base.rstrip('/')}/join/{code}"
        label = say("view.qr_of", address=whole)
        addresses.append({"address": f"{base.rstrip('/')}/join", "qr": qr_svg(whole, label)})
    wifi: Plain | None = None
    if entrance.wifi is not None:
        name, password = entrance.wifi
        wifi = {"name": name, "qr": wifi_qr(name, password, say("view.wifi_qr_of", name=name))}
    return {"addresses": addresses, "wifi": wifi}
