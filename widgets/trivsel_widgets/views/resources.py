"""Resources: what each initiative takes, what is missing and who gets it; and management's frame in one line."""

from __future__ import annotations

from trivsel_widgets.views.scene import Plain, Scene
from trivsel_widgets.views.suggestion import suggested_fields


def frame_line(scene: Scene) -> str:
    """Management's frame as one short line: hours and kroner; empty where neither is known."""
    workplace, say = scene.snapshot.workplace, scene.say
    parts = []
    if workplace.hours is not None:
        parts.append(say("view.frame_hours", hours=say.number(workplace.hours), n=workplace.hours))
    if workplace.money is not None:
        parts.append(say.money(workplace.money))
    return say("view.frame_line", frame=" · ".join(parts)) if parts else ""


def allocate(scene: Scene) -> Plain:
    """Size, hours and kroner for each initiative that is tried, with the picture of the sum."""
    from trivsel.report.figures import needs

    snapshot = scene.snapshot
    rows = []
    for one in snapshot.tried():
        need = snapshot.resource(one.id)
        if need is not None:
            shown = suggested_fields(scene, need, "size", "hours", "money", "missing", "who")
            rows.append({"id": need.id, "title": scene.read(one.title), **shown})
    return {
        "rows": rows,
        "sizes": scene.choices(("small", "medium", "large"), "size"),
        "figure": needs(snapshot, scene.say.language, "needs", each=False),
        "unknown": "" if frame_line(scene) else scene.say("view.frame_unknown"),
    }
