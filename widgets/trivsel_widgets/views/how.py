"""How do you follow up? A talk at the fixed meeting unless the group wants more, and when it is right to stop."""

from __future__ import annotations

from trivsel.domain.things import Forum
from trivsel_widgets.views.anchoring import forum_name
from trivsel_widgets.views.scene import Plain, Scene


def how(scene: Scene) -> Plain:
    """Each initiative with its way of following up, its fixed meeting and its rule for stopping."""
    snapshot = scene.snapshot
    rows = []
    for one in snapshot.tried():
        held = snapshot.anchor(one.id)
        forum = snapshot.get(held.forum, Forum) if held else None
        rows.append({
            "id": one.id,
            "title": scene.read(one.title),
            "forum": forum_name(scene, forum),
            **scene.fields(one, "how", "stop"),
        })  # fmt: skip
    return {
        "rows": rows,
        "ways": [[option.key, scene.pick(option.label)] for option in scene.activity.options],
        "about": [
            {"key": option.key, "label": scene.pick(option.label), "text": scene.pick(option.text)}
            for option in scene.activity.options
        ],
    }
