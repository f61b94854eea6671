"""The plan as data inside the report: a block that no browser runs or shows, and that the kit can bring in again."""

from __future__ import annotations

import re

import msgspec
from msgspec.structs import replace

from trivsel.domain.events import Document
from trivsel.domain.things import Card, Goal, Heap, Thing
from trivsel.domain.workshop import Snapshot, document
from trivsel.report.discretion import discreet

BLOCK = "trivsel-plan"
"""The id of the ``template`` element that holds the plan."""

_ESCAPES = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
_FOUND = re.compile(rf'<template id="{BLOCK}">(.*?)</template>', re.DOTALL)


def plan(snapshot: Snapshot) -> Document:
    """The workshop as a file without its cards: goals, what is tried, resources, meetings, promises and dates."""
    whole = document(snapshot)
    kept: list[Thing] = []
    for thing in whole.things:
        if isinstance(thing, Goal):
            kept.append(replace(discreet(snapshot, thing), origin=None))
        elif not isinstance(thing, Card | Heap):
            kept.append(thing)
    return replace(whole, things=tuple(kept))


def carried(snapshot: Snapshot) -> str:
    """The plan as JSON in which nothing can be read as markup."""
    text = msgspec.json.encode(plan(snapshot)).decode()
    for sign, escape in _ESCAPES.items():
        text = text.replace(sign, escape)
    return text


def carried_in(page: str) -> str:
    """The plan that a report carries, as JSON. Raises ValueError where there is none."""
    found = _FOUND.search(page)
    if found is None:
        raise ValueError("no plan in this file")
    return found[1]
