"""What is preset so that nobody has to write it: meetings, who must say yes, hours and kroner."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from trivsel.domain.programme import Activity, Approver, Programme
from trivsel.domain.things import (
    Committee,
    Forum,
    Initiative,
    Resource,
    Size,
    Thing,
)
from trivsel.domain.words import Text, Words
from trivsel.domain.workshop import Snapshot

_MEETINGS: dict[str, tuple[Committee, ...]] = {"committee": ("amo", "su"), "med": ("med",)}
"""Presets of meetings that only some workplaces hold."""


def forums_of(programme: Programme, language: str, committee: Committee) -> list[Forum]:
    """The meetings a workplace is likely to hold already, from the presets of the programme."""
    return [
        Forum(id=f"forum-{option.key}", name=in_languages(option.label, language), rhythm=option.rhythm)  # type: ignore[arg-type]
        for _, _, activity in programme.places()
        if activity.kind == "anchor"
        for option in activity.options
        if committee in _MEETINGS.get(option.key, (committee,))
    ]


def in_languages(words: Words, language: str) -> Text:
    """The kit's words as a text of the workshop, with the other languages as its translations."""
    own = language if language in words else next(iter(words))
    return Text(own, words[own], {key: value for key, value in words.items() if key != own})


def duty_goes_to(snapshot: Snapshot) -> Approver:
    """Who takes care of what the law asks of the employer: the committee, or the leader where there is none."""
    takers: dict[Committee, Approver] = {"none": "leader", "amo": "amo", "su": "amo", "med": "su"}
    return takers[snapshot.workplace.committee]


def approver_of(snapshot: Snapshot, initiative: Initiative) -> Approver:
    """Who must say yes, preset from the catalogue or from the highest level the initiative works on."""
    committee: Approver = "leader" if snapshot.workplace.committee == "none" else "su"
    if snapshot.workplace.committee == "amo":
        committee = "amo"
    entry = initiative.entry
    if entry is not None:
        presets: dict[str, Approver] = {"group": "ourselves", "leader": "leader", "committee": committee}
        return presets[entry.approval]
    if "O" in initiative.levels:
        return committee
    return "leader" if "L" in initiative.levels else "ourselves"


def prepared(snapshot: Snapshot, thing: Thing) -> Thing:
    """A new initiative with all that can be preset: goals it serves, levels, legal duty, who must say yes."""
    if not isinstance(thing, Initiative):
        return thing
    goals, entry = thing.goals, thing.entry
    chosen = snapshot.chosen()
    if not goals:
        matching = [goal.id for goal in chosen if entry and goal.entry and goal.entry.id in entry.goals]
        goals = tuple(matching) or (tuple(goal.id for goal in chosen) if len(chosen) == 1 and not entry else ())
    levels = thing.levels or (entry.levels if entry else ())
    duty = entry.legal_duty if entry and thing.duty == "no" else thing.duty
    approver = thing.approver or approver_of(snapshot, replace(thing, levels=levels))
    decision = "must" if duty == "yes" else "" if thing.decision == "must" else thing.decision
    return replace(thing, goals=goals, levels=levels, duty=duty, approver=approver, decision=decision)


def resource_preset(snapshot: Snapshot, thing: Initiative) -> Resource:
    """Small, medium or large: the catalogue's rating of time and money, in hours and kroner from the programme."""
    sizes: dict[str, Size] = {"low": "small", "medium": "medium", "high": "large"}
    size: Size = sizes[thing.entry.time] if thing.entry else "small"
    money: Size = sizes[thing.entry.money] if thing.entry else "small"
    hours, kroner = option(snapshot, size), option(snapshot, money)
    return Resource(
        id=f"resource-{thing.id}",
        initiative=thing.id,
        size=size,
        hours=hours.hours if hours else None,
        money=kroner.money if kroner else None,
    )


def option(snapshot: Snapshot, key: str) -> Any:
    for place in snapshot.programme.kinds("allocate"):
        found = snapshot.programme.find(place)
        activity: Activity | None = found[1] if found else None
        for option in activity.options if activity else ():
            if option.key == key:
                return option
    return None
