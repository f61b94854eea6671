"""What the kit has suggested and nobody in the group has settled yet, so that the screen can say so."""

from __future__ import annotations

from trivsel.domain.events import Changed
from trivsel.domain.presets import approver_of, option, resource_preset
from trivsel.domain.things import Initiative, Resource, Thing
from trivsel_widgets.views.scene import Plain, Scene


def suggested_fields(scene: Scene, thing: Thing, *names: str) -> Plain:
    """Fields of a thing; those that hold what the kit suggested carry the word for it."""
    presets, shown = _presets(scene, thing), scene.fields(thing, *names)
    for name, field in shown.items():
        value = getattr(thing, name)
        if value is not None and value in presets.get(name, ()) and not _settled(scene, thing.id, name):
            field["suggested"] = scene.say("view.suggested")
    return shown


def _presets(scene: Scene, thing: Thing) -> dict[str, tuple[object, ...]]:
    """What the kit would put in each field it presets; another size brings other figures, or leaves the first ones."""
    snapshot = scene.snapshot
    if isinstance(thing, Initiative):
        return {"approver": (approver_of(snapshot, thing),)}
    if isinstance(thing, Resource) and (initiative := snapshot.get(thing.initiative, Initiative)):
        first, size = resource_preset(snapshot, initiative), option(snapshot, thing.size)
        return {
            "size": (first.size,),
            "hours": (first.hours, size.hours if size else None),
            "money": (first.money, size.money if size else None),
        }
    return {}


def _settled(scene: Scene, id: str, field: str) -> bool:
    """Whether somebody has changed this very field; what only followed from another change is still a suggestion."""
    firsts = (deed.changes[0] for deed in scene.snapshot.done)
    return any(isinstance(first, Changed) and (first.id, first.field) == (id, field) for first in firsts)
