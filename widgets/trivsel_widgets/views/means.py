"""What has been set aside: hours, kroner and what is not possible, beside what the plan takes."""

from __future__ import annotations

from trivsel_widgets.views.resources import frame_line
from trivsel_widgets.views.scene import Plain, Scene


def means(scene: Scene) -> Plain:
    """Management's frame to be filled in; the picture is there when both what is needed and the frame are known."""
    from trivsel.report.figures import needs

    known = bool(frame_line(scene))
    return {
        **scene.fields(scene.snapshot.workplace, "hours", "money", "limits"),
        "figure": needs(scene.snapshot, scene.say.language, "needs") if known else "",
        "unknown": "" if known else scene.say("view.frame_unknown"),
    }
