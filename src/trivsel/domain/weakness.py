"""Where an initiative is weakest: which "does it still happen, if …" a group should put it to."""

from __future__ import annotations

from trivsel.domain.things import Anchor, Initiative, Test
from trivsel.domain.workshop import Snapshot


def weakest(snapshot: Snapshot, initiative: Initiative) -> Test:
    """The test it would most likely fail: the one who carries it leaves, the money goes, or a busy time comes.

    Plans seldom outlive the person they hang on, so that comes first (field notes, section 8).
    """
    if not _has_stand_in(snapshot.anchor(initiative.id)):
        return "leaves"
    return "cut" if _lacks_money(snapshot, initiative) else "busy"


def put_to(snapshot: Snapshot, anchor: Anchor) -> Test:
    """The test an initiative is put to: the one the group has answered, else where it is weakest now."""
    initiative = snapshot.get(anchor.initiative, Initiative)
    return anchor.tested or (weakest(snapshot, initiative) if initiative else "busy")


def _has_stand_in(anchor: Anchor | None) -> bool:
    return anchor is not None and anchor.deputy is not None and anchor.deputy_agreed


def _lacks_money(snapshot: Snapshot, initiative: Initiative) -> bool:
    """Whether it takes money that nobody has set aside, or the plan as a whole takes more than there is."""
    need = snapshot.resource(initiative.id)
    if need is None or not need.money:
        return False
    frame = snapshot.workplace.money
    needs = [snapshot.resource(one.id) for one in snapshot.tried()]
    return frame is None or sum(one.money or 0 for one in needs if one) > frame
