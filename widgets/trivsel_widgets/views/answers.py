"""Who cannot join, what it is worth and where we stand: what phones are asked, and a room without phones does here."""

from __future__ import annotations

from trivsel.domain.ballot import SHORTLIST, ideas, shortlist
from trivsel.domain.things import Check, Initiative
from trivsel_widgets.views.scene import Plain, Scene

LEVELS = (0, 1, 2)
"""Not at all, a little, well."""
STEP = 0.5
"""How far an idea moves in the matrix with one press of an arrow key."""


def _few(scene: Scene) -> list[Initiative]:
    here = {one.id: one for one in ideas(scene.snapshot)}
    return [here[id] for id in shortlist(scene.snapshot)]


def barriers(scene: Scene) -> Plain:
    """The few ideas with what keeps somebody out, and what the group does about it; before that dots, if many."""
    asking = scene.snapshot.phones.asking(scene.place)
    every = ideas(scene.snapshot)
    return {
        "many": len(every) > SHORTLIST,
        "dotted": asking.sifted or any(one.dots for one in every),
        "limit": SHORTLIST,
        "ideas": [{"id": one.id, "title": scene.read(one.title), **scene.fields(one, "dots")} for one in every],
        "answers": [[option.key, scene.pick(option.label)] for option in scene.activity.answers],
        "rows": [
            {
                "id": one.id,
                "title": scene.read(one.title),
                "asked": bool(one.barriers or one.alternative),
                "dots": scene.say("view.n_dots", n=one.dots) if one.dots else "",
                **scene.fields(one, "barriers", "alternative"),
            }
            for one in _few(scene)
        ],
    }


def rate(scene: Scene) -> Plain:
    """The field of effect and effort, and the few ideas with their places in it."""
    from trivsel.report.figures import matrix
    from trivsel.report.figures.matrix import HEIGHT, HIGH, LOW, WIDTH, in_words, place

    language, rows = scene.say.language, []
    for number, one in enumerate(_few(scene)):
        placed = one.effect is not None and one.effort is not None
        rows.append({
            "id": one.id, "title": scene.read(one.title), "letter": "ABCDEF"[number],
            "effect": one.effect, "effort": one.effort,
            "place": in_words(one.effect or LOW, one.effort or LOW, language) if placed else "",
        })  # fmt: skip
    corner, middle = place(HIGH, LOW), place(LOW, HIGH)
    return {
        "rows": rows,
        "field": matrix(scene.snapshot, language, "field", names=False),
        "low": LOW,
        "high": HIGH,
        "step": STEP,
        "box": {
            "left": corner.x / WIDTH,
            "top": corner.y / HEIGHT,
            "right": middle.x / WIDTH,
            "bottom": middle.y / HEIGHT,
        },
    }


def selfcheck(scene: Scene) -> Plain:
    """Each lever with its level, as far as the group has put itself."""
    set_down = {check.lever: check.level for check in scene.snapshot.of(Check)}
    return {
        "levels": [[level, scene.say(f"view.level_{level}")] for level in LEVELS],
        "rows": [
            {"lever": option.key, "label": scene.pick(option.label), "level": set_down.get(option.key)}
            for option in scene.activity.answers
        ],
    }
