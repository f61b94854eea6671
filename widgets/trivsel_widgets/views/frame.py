"""What stands around every activity: the steps with their marks, undo, the way on, and what to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from trivsel.content import calendar, told
from trivsel.domain.advice import Finding, findings
from trivsel.domain.events import Added, Content
from trivsel.domain.standing import step_mark
from trivsel.domain.things import WORKPLACE
from trivsel.domain.undo import last_done, last_undone
from trivsel.domain.workshop import Deed, Snapshot, label_of
from trivsel_widgets.views.anchoring import anchor, commit, wheel
from trivsel_widgets.views.answers import barriers, rate, selfcheck
from trivsel_widgets.views.connect import connect
from trivsel_widgets.views.evaluation import close, plan
from trivsel_widgets.views.goals import collect, group, measure, prioritise
from trivsel_widgets.views.how import how
from trivsel_widgets.views.initiatives import decide, ideas
from trivsel_widgets.views.means import means
from trivsel_widgets.views.resources import allocate, frame_line
from trivsel_widgets.views.scene import Plain, Scene
from trivsel_widgets.views.welcome import pause, welcome
from trivsel_widgets.views.whatif import whatif

WORK: dict[str, Callable[[Scene], Plain]] = {
    "welcome": welcome,
    "break": pause,
    "collect": collect,
    "group": group,
    "connect": connect,
    "prioritise": prioritise,
    "measure": measure,
    "ideas": ideas,
    "barriers": barriers,
    "rate": rate,
    "decide": decide,
    "allocate": allocate,
    "frame": means,
    "anchor": anchor,
    "whatif": whatif,
    "commit": commit,
    "selfcheck": selfcheck,
    "wheel": wheel,
    "how": how,
    "plan": plan,
    "close": close,
}


def frame(scene: Scene) -> Plain:
    """The whole page: what stands around the activity, and its work area under ``data``."""
    step, activity = scene.step, scene.activity
    tips = advice(scene)
    alone = activity.kind == "commit" and scene.snapshot.workplace.leader_absent
    return {
        "kind": activity.kind,
        "workshop": scene.workshop,
        "language": scene.say.language,
        "place": scene.place,
        "colour": step.colour,
        "title": f"{scene.pick(activity.label)} · {scene.read(scene.snapshot.workplace.title)}",
        "main": main_label(scene),
        "question": scene.say("view.who_asks") if alone else scene.pick(activity.question),
        "why": scene.say("view.who_asks_why") if alone else scene.pick(activity.why),
        "frame": frame_line(scene) if not step.interlude else "",
        "head": head(scene),
        "steps": steps(scene),
        "activities": activities(scene),
        "strip": strip(scene),
        "clock": meeting_clock(scene) if scene.clock else None,
        "foot": foot(scene, tips),
        "advice": tips,
        "adjust": adjust(scene),
        "menu": menu(scene),
        "data": WORK[activity.kind](scene),
    }


def main_label(scene: Scene) -> str:
    """The name of the page's main landmark: the step and the activity."""
    step, label = scene.pick(scene.step.title), scene.pick(scene.activity.label)
    return step if step == label else f"{step}: {label}"


def head(scene: Scene) -> Plain:
    """Workplace and title, what is saved, what can be taken back, and a running clock."""
    snapshot = scene.snapshot
    done, undone = last_done(snapshot, scene.place), last_undone(snapshot, scene.place)
    return {
        "workplace": scene.read(snapshot.workplace.name),
        "title": scene.read(snapshot.workplace.title),
        "saved": scene.saved,
        "undo": deed_name(scene, done),
        "redo": deed_name(scene, undone),
        "timer": scene.timer(),
    }


def deed_name(scene: Scene, deed: Deed | None) -> str:
    """What a deed was about: the first field it changed, else what it added or took out."""
    if deed is None:
        return ""
    change: Content = next((change for change in deed.changes if not isinstance(change, Added)), deed.changes[0])
    things = {**scene.snapshot.things, **scene.snapshot.removed}
    thing = change.thing if isinstance(change, Added) else things[change.id]
    return scene.say("undo." + label_of(change, thing).replace(".", "_"))


def steps(scene: Scene) -> list[Plain]:
    """The steps with their marks, and where a press leads: to the room if it is there, else to the first activity."""
    snapshot, here = scene.snapshot, scene.step.key
    tabs = []
    for step in snapshot.programme.steps:
        places = [place for place, other, _ in snapshot.path() if other.key == step.key]
        if not places:
            continue
        room = snapshot.place.split(".")[0] == step.key
        tabs.append({
            "key": step.key,
            "title": scene.pick(step.title),
            "interlude": step.interlude,
            "mark": step_mark(snapshot, step.key),
            "standing": scene.say("choice.mark_" + step_mark(snapshot, step.key)),
            "here": step.key == here,
            "room": room,
            "place": snapshot.place if room else places[0],
        })  # fmt: skip
    return tabs


def activities(scene: Scene) -> list[Plain]:
    """The activities of the step that are in the meeting, and the one shown."""
    if scene.step.interlude:
        return []
    shown = [f"{scene.step.key}.{activity.key}" for activity in scene.step.activities]
    return [
        {"place": place, "label": scene.pick(activity.label), "here": place == scene.place}
        for place, activity in zip(shown, scene.step.activities, strict=True)
        if scene.snapshot.state(place) == "meeting" or place == scene.place
    ]


def strip(scene: Scene) -> Plain | None:
    """Where the room is, when the page looks somewhere else; after the meeting there is no room to follow."""
    room = scene.snapshot.place
    found = scene.snapshot.programme.find(room)
    if room == scene.place or found is None or scene.snapshot.closed:
        return None
    step, activity = (scene.pick(found[0].title), scene.pick(found[1].label))
    name = activity if step == activity else f"{step}, {activity}"
    return {"place": room, "text": scene.say("view.room_is_at", place=name)}


def meeting_clock(scene: Scene) -> Plain:
    """How long the room has been at its activity, what was planned for it, and when the meeting must end."""
    snapshot = scene.snapshot
    found = snapshot.programme.find(snapshot.place)
    spent = (dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(snapshot.since)).total_seconds()
    end = snapshot.workplace.end
    return {
        "spent": max(0, round(spent)),
        "text": scene.say("view.minutes_of", spent="{n}", planned=found[1].minutes if found else 0),
        "end": scene.say("view.ends_at", time=scene.say.time(end)) if end else "",
    }


def foot(scene: Scene, tips: list[Plain]) -> Plain:
    """Back and next along the path of the meeting, and the first thing to look at."""
    path = [place for place, _, _ in scene.snapshot.path()]
    before = [place for place in path if _order(scene.snapshot, place) < _order(scene.snapshot, scene.place)]
    after = [place for place in path if _order(scene.snapshot, place) > _order(scene.snapshot, scene.place)]
    closed = scene.snapshot.closed is not None
    at_room = scene.snapshot.place == scene.place or closed
    more = ""
    if tips:
        more = scene.say("view.why_is_that") if len(tips) == 1 else scene.say("view.more_advice", n=len(tips) - 1)
    next_place = after[0] if after and at_room else None
    last = at_room and not after and not closed
    return {
        "back": {"place": before[-1], "label": _name(scene, before[-1])} if before else None,
        "next": {
            "place": next_place,
            "do": "look" if closed else "room",
            "was": scene.snapshot.place,
            "label": scene.say("view.next", place=_name(scene, next_place)),
        }
        if next_place
        else None,
        "finish": scene.say("view.close_meeting") if last else "",
        "advice": tips[0] if tips else None,
        "more": more,
    }


def _order(snapshot: Snapshot, place: str) -> int:
    return next((index for index, here in enumerate(snapshot.programme.places()) if here[0] == place), -1)


def _name(scene: Scene, place: str) -> str:
    """An activity by its label, or by its step when it is the first of another step."""
    found = scene.snapshot.programme.find(place)
    if found is None:
        return ""
    step, activity = found
    return scene.pick(activity.label if step.key == scene.step.key or step.interlude else step.title)


def advice(scene: Scene) -> list[Plain]:
    """Findings about the plan; those about people or management only where the presenter has shown them."""
    shown = scene.snapshot.phones.findings
    found = findings(scene.snapshot, calendar())
    return [_finding(scene, one) for one in found if one.audience == "room" or one.key in shown]


def _finding(scene: Scene, finding: Finding) -> Plain:
    said = told(finding, scene.say)
    desk = scene.desk() if finding.desk else None
    shown: Plain = {"key": finding.key, "text": said.text, "why": said.why, "mend": said.mend, "place": finding.place}
    return {**shown, "desk": desk}


def adjust(scene: Scene) -> Plain:
    """What the step consists of, and what is left for after the meeting."""
    return {
        "title": scene.say("view.adjust_step", step=scene.pick(scene.step.title)),
        "states": scene.choices(("meeting", "extra", "after"), "state"),
        "rows": [
            {
                "place": f"{scene.step.key}.{activity.key}",
                "label": scene.pick(activity.label),
                "minutes": activity.minutes,
                "state": scene.snapshot.state(f"{scene.step.key}.{activity.key}"),
            }
            for activity in scene.step.activities
        ],
    }


def menu(scene: Scene) -> Plain:
    """Language, size of type, clock and report."""
    from trivsel.content import languages, say

    workplace = scene.snapshot.things[WORKPLACE]
    return {
        "languages": [[code, say(code)(f"language.{code}")] for code in languages()],
        "clock": scene.clock,
        "end": scene.field(workplace, "end"),
        "report": scene.report_file(),
    }
