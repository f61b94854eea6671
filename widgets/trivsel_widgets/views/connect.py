"""Connect: which goal helps which along, an arrow at most from each, and the map the arrows make."""

from __future__ import annotations

from trivsel.domain.things import Goal
from trivsel_widgets.views.scene import Plain, Scene


def connect(scene: Scene) -> Plain:
    """Each goal with the choice of the one it helps, and the goal map."""
    from trivsel.report.figures import goal_map

    goals = [(goal, scene.read(goal.title)) for goal in scene.snapshot.of(Goal)]
    return {
        "rows": [
            {
                "id": goal.id,
                "title": title,
                "pulls": scene.field(goal, "pulls"),
                "label": scene.say("view.pulls_label", goal=title),
                "others": [[other.id, name] for other, name in goals if other.id != goal.id],
            }
            for goal, title in goals
        ],
        "figure": goal_map(scene.snapshot, scene.say.language, "map", 480),
    }
