"""The way into the room for phones: the code to read aloud, the address, and what a camera can read."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

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
    over, shared = scene.snapshot.closed is not None, bool(entrance.addresses)
    lets_in = held is not None and not over and held.lets_in(dt.datetime.now().astimezone().date())
    open_door = held if lets_in else None
    said = " ".join(open_door.halves) if open_door else ""
    shown: Plain = {"open": open_door is not None, "code": said, "over": over, "shared": shared}
    if not entrance.looking:
        return shown
    return {**shown, "window": _window(scene, entrance, open_door.code if open_door else "")}


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
