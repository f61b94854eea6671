"""What if? One test for each initiative, where it is weakest: whether it still happens, and what you do then."""

from __future__ import annotations

from trivsel.domain.things import HOLDS
from trivsel.domain.weakness import put_to, weakest
from trivsel_widgets.views.scene import Plain, Scene


def whatif(scene: Scene) -> Plain:
    """Each initiative with the one thing that could stop it, in the words of the programme."""
    tests = {option.key: option for option in scene.activity.options}
    rows = []
    for one in scene.snapshot.tried():
        held = scene.snapshot.anchor(one.id)
        if held is None:
            continue
        test = tests.get(put_to(scene.snapshot, held))
        rows.append({
            "id": held.id,
            "title": scene.read(one.title),
            "test": scene.pick(test.label) if test else "",
            "why": scene.pick(test.text) if test and test.key == weakest(scene.snapshot, one) else "",
            "holds": {**scene.field(held, "holds"), "optional": True},
            "safeguard": scene.field(held, "safeguard"),
        })  # fmt: skip
    return {"rows": rows, "answers": scene.choices(HOLDS, "holds")}
