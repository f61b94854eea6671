"""Welcome and break: why we are here, what can be decided today, and when we go on."""

from __future__ import annotations

import datetime as dt

from trivsel_widgets.views.scene import Plain, Scene


def welcome(scene: Scene) -> Plain:
    """Management's frame, what can be decided today, the ground rules and the way through the meeting."""
    workplace = scene.snapshot.workplace
    path = scene.snapshot.path()
    steps = [step for step in scene.snapshot.programme.steps if not step.interlude]
    minutes = {step.key: sum(a.minutes for _, other, a in path if other.key == step.key) for step in steps}
    return {
        **scene.fields(workplace, "decide", "hours", "money", "limits", "leader_absent", "end"),
        "rules": [
            {"key": option.key, "label": scene.pick(option.label), "text": scene.pick(option.text)}
            for option in scene.activity.options
        ],
        "way": [
            {"key": s.key, "title": scene.pick(s.title), "minutes": scene.say("view.minutes", n=minutes[s.key])}
            for s in steps
            if minutes[s.key]
        ],
        "total": scene.say("view.minutes_in_all", n=sum(activity.minutes for _, _, activity in path)),
    }


def pause(scene: Scene) -> Plain:
    """When we are back; the clock runs as soon as somebody starts it."""
    running = scene.timer() if scene.snapshot.timer and scene.snapshot.timer.phase == "break" else None
    seconds = running["left"] if running else scene.activity.minutes * 60
    back = dt.datetime.now().astimezone() + dt.timedelta(seconds=seconds)
    return {
        "timer": running,
        "seconds": scene.activity.minutes * 60,
        "start": scene.say("view.start_break", n=scene.activity.minutes),
        "back": scene.say("view.back_at", time=scene.say.time(f"{back:%H:%M}")),
    }
