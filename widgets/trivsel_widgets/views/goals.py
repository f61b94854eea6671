"""Goals: cards, heaps with names, dots, the choice of one to three and how to see that it goes the right way."""

from __future__ import annotations

from trivsel.domain.fields import CARD_LIMIT, CHOSEN_LIMIT, TITLE_LIMIT
from trivsel.domain.things import GAINS, Card, Goal, Heap
from trivsel.domain.words import pick
from trivsel_widgets.views.doubles import offered, pointed_out
from trivsel_widgets.views.scene import Plain, Scene


def _adding(scene: Scene, limit: int) -> Plain:
    new, add = scene.pick(scene.activity.new), scene.pick(scene.activity.add)
    return {"label": new or scene.say("view.new_goal"), "button": add or scene.say("view.add_goal"), "limit": limit}


def goal_cards(scene: Scene) -> list[Card]:
    """The cards about goals: those written where cards are collected or laid in heaps."""
    places = {*scene.snapshot.programme.kinds("collect"), *scene.snapshot.programme.kinds("group")}
    return [card for card in scene.snapshot.of(Card) if card.place in places]


def card(scene: Scene, one: Card) -> Plain:
    """A card with its text to be mended, and the heap it lies in."""
    return {"id": one.id, "text": scene.field(one, "text"), "heap": one.heap}


def collect(scene: Scene) -> Plain:
    """Cards as they come, clocks for thinking and talking, and the catalogue for whoever asks for it."""
    cards = [card(scene, one) for one in goal_cards(scene)]
    taken = [goal for goal in scene.snapshot.of(Goal) if goal.entry and goal.origin is None]
    tagged = [
        {"id": goal.id, "text": scene.field(goal, "title"), "fixed": True, "tag": scene.say("view.from_catalogue")}
        for goal in taken
    ]
    timers = [
        {"phase": phase, "seconds": minutes * 60, "label": scene.say(f"view.start_{phase}", n=minutes)}
        for phase, minutes in (("alone", scene.activity.alone), ("pairs", scene.activity.pairs))
        if minutes
    ]
    return {
        **_adding(scene, CARD_LIMIT),
        "cards": [*tagged, *cards],
        "count": scene.say("view.n_cards", n=len(cards)) if cards else "",
        "timers": timers,
        "catalogue": catalogue(scene),
    }


def catalogue(scene: Scene) -> list[Plain]:
    """The goals of the catalogue, with what must be known before one is chosen."""
    from trivsel.content import goals

    taken = {goal.entry.id for goal in scene.snapshot.of(Goal) if goal.entry}
    people = scene.snapshot.workplace.people
    items = []
    for entry in sorted(goals(), key=lambda entry: entry.never_in_the_room):
        warn = ""
        if entry.never_in_the_room:
            warn = scene.say("view.never_in_the_room")
        if people is not None and people < entry.smallest_group:
            warn = scene.say("view.too_small_group", n=entry.smallest_group)
        items.append({
            "id": entry.id, "title": scene.pick(entry.title), "text": scene.pick(entry.indicator), "category": "",
            "facts": scene.pick(entry.data_source), "warn": warn, "taken": entry.id in taken,
        })  # fmt: skip
    return items


def group(scene: Scene) -> Plain:
    """The board: heaps with their cards, and the cards that lie loose."""
    cards = goal_cards(scene)
    heaps = []
    for heap in scene.snapshot.of(Heap):
        own = [one for one in cards if one.heap == heap.id]
        inside = [card(scene, one) for one in own]
        name = scene.read(heap.name)
        label = name or scene.say("view.heap_with", text=inside[0]["text"]["value"] if inside else "")
        heaps.append(
            {
                "id": heap.id,
                "name": scene.field(heap, "name"),
                "label": label,
                "cards": inside,
                "offer": offered(scene, heap, own),
            }
        )
    known = {heap["id"] for heap in heaps}
    loose = [{**card(scene, one), "heap": None} for one in cards if one.heap not in known]
    others = [goal for goal in scene.snapshot.of(Goal) if goal.entry and goal.origin is None]
    return {
        **_adding(scene, CARD_LIMIT),
        "heaps": heaps,
        "loose": loose,
        "doubles": pointed_out(scene, cards),
        "goals": [{"id": goal.id, "title": scene.read(goal.title)} for goal in others],
    }


def rows(scene: Scene) -> Plain:
    """Goals to choose among; every card that has not become part of a goal can be ticked as one."""
    snapshot = scene.snapshot
    goals = snapshot.of(Goal)
    heaps = {heap.id: sum(one.heap == heap.id for one in goal_cards(scene)) for heap in snapshot.of(Heap)}
    made = {goal.origin for goal in goals}
    cards = [one for one in goal_cards(scene) if one.id not in made and one.heap not in made]
    return {
        "goals": [
            {
                "id": goal.id,
                "title": scene.read(goal.title),
                "note": scene.say("view.n_cards", n=heaps[goal.origin]) if goal.origin in heaps else "",
                "removable": goal.origin not in heaps,
                "twins": [[other.id, scene.read(other.title)] for other in goals if other.id != goal.id],
                **scene.fields(goal, "chosen", "dots"),
            }
            for goal in goals
        ],
        "cards": [{"id": one.id, "title": scene.read(one.text)} for one in cards],
        "chosen": scene.say("view.chosen_of", n=len(snapshot.chosen()), limit=CHOSEN_LIMIT),
        **_adding(scene, TITLE_LIMIT),
    }


def prioritise(scene: Scene) -> Plain:
    """Dots and ticks, with the picture that the dots make."""
    from trivsel.report.figures import goal_dots

    return {**rows(scene), "figure": goal_dots(scene.snapshot, scene.say.language, "dots", 400)}


def measure(scene: Scene) -> Plain:
    """One sentence a goal, and for whom it is a gain; figures and dates can wait."""
    return {
        **rows(scene),
        "chosen": [goal(scene, one) for one in scene.snapshot.chosen()],
        "gains": scene.choices(GAINS, "gain"),
    }


def goal(scene: Scene, one: Goal) -> Plain:
    """A chosen goal with its fields. A figure that does not belong on a shared screen is not asked for here."""
    entry, people = one.entry, scene.snapshot.workplace.people
    why_not = ""
    hint: Plain | None = None
    if entry is not None:
        if entry.never_in_the_room:
            why_not = scene.say("view.never_in_the_room")
        elif people is not None and people < entry.smallest_group:
            why_not = scene.say("view.too_small_group", n=entry.smallest_group)
        suggestion = pick(entry.indicator, scene.say.language)
        if one.indicator is None and not why_not:
            hint = {"text": scene.say("view.suggested_indicator", text=suggestion), "take": suggestion}
        elif why_not:
            hint = {"text": why_not, "take": None}
    return {
        "id": one.id,
        **scene.fields(one, "title", "gains", "sign", "indicator", "unit", "now", "target", "due"),
        "hint": hint,
        "figures": not why_not,
        "no_figures": why_not,
    }
