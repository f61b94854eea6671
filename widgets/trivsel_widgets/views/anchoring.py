"""Anchoring: a fixed meeting, a responsible and a deputy for each initiative, and what management promises."""

from __future__ import annotations

from trivsel.domain.fields import SENTENCE_LIMIT
from trivsel.domain.things import RHYTHMS, Commitment, Forum
from trivsel_widgets.views.scene import Plain, Scene


def forum_name(scene: Scene, forum: Forum | None) -> str:
    """A meeting with its rhythm: AMO-møde, hver måned."""
    return f"{scene.read(forum.name)}, {scene.say('choice.rhythm_' + forum.rhythm)}" if forum else ""


def anchor(scene: Scene) -> Plain:
    """Where each initiative lives in daily work, beside the year it makes."""
    from trivsel.report.figures import year_wheel

    snapshot = scene.snapshot
    rows = []
    for one in snapshot.tried():
        held = snapshot.anchor(one.id)
        if held is not None:
            names = ("forum", "first", "responsible", "deputy", "responsible_agreed", "deputy_agreed")
            rows.append({"id": held.id, "title": scene.read(one.title), **scene.fields(held, *names)})
    forums = snapshot.of(Forum)
    return {
        "rows": rows,
        "forums": [[forum.id, forum_name(scene, forum)] for forum in forums],
        "own": [
            {"id": forum.id, "name": scene.read(forum.name), "rhythm": scene.field(forum, "rhythm")} for forum in forums
        ],
        "rhythms": scene.choices(RHYTHMS, "rhythm"),
        "wheel": year_wheel(snapshot, scene.say.language, "wheel", "key"),
    }


def commit(scene: Scene) -> Plain:
    """What management puts on the table: one to three spoken sentences of the five kinds."""
    kinds = {option.key: scene.pick(option.label) for option in scene.activity.options}
    return {
        "rows": [
            {"id": one.id, **scene.fields(one, "text", "role", "date"), "sort": kinds.get(one.sort, "")}
            for one in scene.snapshot.of(Commitment)
        ],
        "kinds": [
            {"key": option.key, "label": scene.pick(option.label), "text": scene.pick(option.text)}
            for option in scene.activity.options
        ],
        "limit": SENTENCE_LIMIT,
        "absent": scene.field(scene.snapshot.workplace, "leader_absent"),
        "asks": scene.field(scene.snapshot.workplace, "asks"),
    }


def wheel(scene: Scene) -> Plain:
    """The year: meetings, first dates and when we look again."""
    from trivsel.report.figures import year_wheel

    return {"figure": year_wheel(scene.snapshot, scene.say.language, "wheel")}
