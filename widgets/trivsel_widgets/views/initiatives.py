"""Initiatives: what works already, own ideas and the catalogue's, and what the group decides to try."""

from __future__ import annotations

from trivsel.domain.fields import TITLE_LIMIT
from trivsel.domain.presets import duty_goes_to
from trivsel.domain.programme import Approver, InitiativeEntry
from trivsel.domain.things import APPROVERS, Initiative
from trivsel_widgets.views.scene import Plain, Scene
from trivsel_widgets.views.suggestion import suggested_fields

LEVELS = ("O", "L", "G", "I")
"""The order in which levels are shown: what changes the work itself comes first (field notes, section 6)."""


def _shared(scene: Scene) -> Plain:
    goals = [[goal.id, scene.read(goal.title)] for goal in scene.snapshot.chosen()]
    return {
        "label": scene.say("view.new_initiative"),
        "button": scene.say("view.add_initiative"),
        "limit": TITLE_LIMIT,
        "goals": goals,
        "levels": scene.choices(LEVELS, "level"),
    }


def ideas(scene: Scene) -> Plain:
    """What works is kept first; then what could be tried, with ideas from the catalogue for the chosen goals."""
    all_of = scene.snapshot.of(Initiative)
    note, items = catalogue(scene)
    return {
        **_shared(scene),
        "keep": {"label": scene.say("view.new_that_works"), "button": scene.say("view.add_that_works")},
        "works": [initiative(scene, one) for one in all_of if one.works],
        "ideas": [initiative(scene, one) for one in all_of if not one.works],
        "catalogue": items,
        "catalogue_note": note,
    }


def initiative(scene: Scene, one: Initiative) -> Plain:
    """An initiative with its fields and what there is to know about it."""
    facts = [scene.levels(one), scene.goals_of(one)]
    return {
        "id": one.id,
        **scene.fields(one, "title", "works", "goals", "levels"),
        "facts": " · ".join(fact for fact in facts if fact),
        "description": scene.pick(one.entry.description) if one.entry else "",
    }


def catalogue(scene: Scene) -> tuple[str, list[Plain]]:
    """Ideas for the chosen goals, organisation and leadership first, and a line that says how they were found."""
    from trivsel.content.ideas import ideas_for

    found = ideas_for(scene.snapshot.chosen())
    taken = {one.entry.id for one in scene.snapshot.of(Initiative) if one.entry}
    items = []
    for entry in (*found.fitting, *found.others):
        levels = scene.say.names(scene.say(f"choice.level_{level}") for level in entry.levels)
        evidence = scene.say(f"choice.evidence_{entry.evidence}")
        time = scene.say("view.takes_time", rating=scene.say(f"choice.rating_{entry.time}"))
        items.append({
            "id": entry.id, "title": scene.pick(entry.title), "text": scene.pick(entry.description),
            "category": scene.pick(entry.category), "facts": f"{levels} · {time} · {evidence}",
            "warn": "" if entry.legal_duty == "no" else scene.say(f"choice.duty_{entry.legal_duty}"),
            "why": _why(scene, entry), "taken": entry.id in taken,
        })  # fmt: skip
    return scene.say("view.ideas_for_goals" if found.fitting else "view.ideas_by_category"), items


def _why(scene: Scene, entry: InitiativeEntry) -> str:
    """Which of the chosen goals an idea is offered for."""
    served = [goal for goal in scene.snapshot.chosen() if goal.entry and goal.entry.id in entry.goals]
    return (
        scene.say("view.offered_for", goals=scene.say.names(scene.read(goal.title) for goal in served))
        if served
        else ""
    )


def decide(scene: Scene) -> Plain:
    """Yes, later or no to each idea; what is the employer's legal duty stands apart and is not voted on."""
    open_ones = [one for one in scene.snapshot.of(Initiative) if not one.works]
    choices = [[key, scene.say(f"choice.decision_{key}")] for key in ("yes", "later", "no")]
    return {
        **_shared(scene),
        "duties": [
            {"id": one.id, **scene.fields(one, "title", "duty_who", "duty_when"), "duty": _duty(scene, one)}
            for one in open_ones
            if one.decision == "must"
        ],
        "rows": [_row(scene, one) for one in open_ones if one.decision != "must"],
        "duty_to": {"amo": "amo", "su": "med"}.get(duty_goes_to(scene.snapshot), "leader"),
        "choices": choices,
        "approvers": scene.choices(_approvers(scene), "approver"),
    }


def _row(scene: Scene, one: Initiative) -> Plain:
    return {
        **initiative(scene, one),
        "decision": {**scene.field(one, "decision"), "optional": True},
        **suggested_fields(scene, one, "approver", "reason"),
        "duty": _duty(scene, one),
        "duty_part": one.duty == "part",
        "aimless": one.decision == "yes" and bool(scene.snapshot.chosen()) and not scene.goals_of(one),
    }


def _duty(scene: Scene, one: Initiative) -> Plain:
    return {**scene.field(one, "duty"), "optional": one.entry is None or one.entry.legal_duty != "yes"}


def _approvers(scene: Scene) -> tuple[Approver, ...]:
    """A workplace without a committee has none to ask."""
    committee = scene.snapshot.workplace.committee
    hidden = {"none": {"amo", "su"}, "amo": {"su"}, "su": set(), "med": {"amo"}}[committee]
    used = {one.approver for one in scene.snapshot.of(Initiative)}
    return tuple(key for key in APPROVERS if key not in hidden or key in used)
