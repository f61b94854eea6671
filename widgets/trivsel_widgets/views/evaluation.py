"""Evaluation: the days for looking again, and the plan on one page before everybody goes home."""

from __future__ import annotations

import datetime as dt

from trivsel.content import calendar
from trivsel.domain.calendar import review_presets
from trivsel.domain.fields import SENTENCE_LIMIT
from trivsel.domain.standing import activity_mark
from trivsel.domain.things import Card, Commitment, Forum, Goal, Initiative, Review
from trivsel_widgets.views.anchoring import forum_name
from trivsel_widgets.views.goals import card
from trivsel_widgets.views.scene import Plain, Scene


def plan(scene: Scene) -> Plain:
    """Preset dates with one tap each, and those the group has chosen."""
    reviews = sorted(scene.snapshot.of(Review), key=lambda review: review.date)
    labels = {option.key: scene.pick(option.label) for option in scene.activity.options}
    taken = {review.label for review in reviews}
    return {
        "presets": [
            {
                "key": option.key,
                "label": labels[option.key],
                "shown": _with_weekday(scene, day),
                "taken": option.key in taken,
            }
            for option, day in review_presets(scene.snapshot, calendar())
            if option.key in labels
        ],
        "reviews": [
            {
                "id": review.id,
                "date": scene.field(review, "date"),
                "label": labels.get(review.label, scene.say("view.own_date")),
                "weekday": _weekday(scene, review.date),
            }
            for review in reviews
        ],
    }


def _weekday(scene: Scene, day: str) -> str:
    return scene.say(f"view.weekday_{dt.date.fromisoformat(day).isoweekday()}")


def _with_weekday(scene: Scene, day: str) -> str:
    return f"{_weekday(scene, day)} {scene.say.date(day)}"


def close(scene: Scene) -> Plain:
    """The one-page plan, three ticks and the last word."""
    snapshot, workplace = scene.snapshot, scene.snapshot.workplace
    rows = []
    for one in snapshot.tried():
        held = snapshot.anchor(one.id)
        rows.append({
            "id": one.id,
            "title": scene.read(one.title),
            "first": scene.say.date(held.first) if held and held.first else "",
            "forum": forum_name(scene, snapshot.get(held.forum, Forum)) if held else "",
            "responsible": scene.read(held.responsible) if held else "",
            "deputy": scene.read(held.deputy) if held else "",
            "waits": _waits(scene, one),
        })  # fmt: skip
    reviews = sorted(snapshot.of(Review), key=lambda review: review.date)
    return {
        "goals": [
            {"id": goal.id, "title": scene.read(goal.title), "how": _how(scene, goal)} for goal in snapshot.chosen()
        ],
        "rows": rows,
        "duties": [
            {"id": one.id, "title": scene.read(one.title), "how": _duty(scene, one)} for one in snapshot.duties()
        ],
        "promises": [
            {"id": one.id, "text": scene.read(one.text), "by": scene.read(one.role)} for one in snapshot.of(Commitment)
        ],
        "reviews": scene.say.names(scene.say.date(review.date) for review in reviews),
        "calendar": scene.field(workplace, "calendar_sent"),
        "keeper": scene.field(workplace, "keeper"),
        "readers": scene.field(workplace, "readers"),
        "words": [card(scene, one) for one in snapshot.of(Card) if one.place == scene.place],
        "limit": SENTENCE_LIMIT,
        "tasks": [
            {"place": place, "text": scene.pick(activity.task) or scene.pick(activity.label)}
            for place, _, activity in snapshot.programme.places()
            if snapshot.state(place) == "after" and activity_mark(snapshot, place) != "ready"
        ],
        "report": scene.report_file(),
        "closed": scene.say("view.closed_on", day=scene.say.long_date(snapshot.closed)) if snapshot.closed else "",
    }


def _waits(scene: Scene, one: Initiative) -> str:
    """Who else must say yes before it can begin; empty where the group decides itself."""
    if one.approver in (None, "ourselves"):
        return ""
    return scene.say(f"choice.approver_{one.approver}")


def _duty(scene: Scene, one: Initiative) -> str:
    """Who takes a legal duty, and by when, as far as it is known."""
    by = scene.say("view.no_later_than", day=scene.say.date(one.duty_when)) if one.duty_when else ""
    return ", ".join(part for part in (scene.read(one.duty_who), by) if part)


def _how(scene: Scene, goal: Goal) -> str:
    """How one can see that it goes the right way."""
    return scene.read(goal.sign) or scene.read(goal.indicator)
