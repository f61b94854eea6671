"""Draws every activity once before anybody asks, so that the first press in the meeting is as quick as the rest."""

from __future__ import annotations

from trivsel.content import languages, programme, say
from trivsel.domain.commands import StartWorkshop
from trivsel.domain.events import Record
from trivsel.domain.rules import decide
from trivsel.domain.workshop import FACILITATOR, Builder
from trivsel_widgets.views import Scene, frame


def warm() -> None:
    """Read the texts, catalogues and drawings into memory, on a workshop that is never stored."""
    decided = decide(None, StartWorkshop(programme("five_questions"), languages()[0], "2026-01-01", "–"))
    if not isinstance(decided, list):
        return
    records = [Record(1, "2026-01-01T00:00:00+00:00", FACILITATOR, "warm", event) for event in decided]
    snapshot = Builder().fold(records).snapshot()
    if snapshot is None:
        return
    for language in languages():
        for place, step, activity in snapshot.programme.places():
            scene = Scene("", snapshot, place, step, activity, say(language))
            frame(scene)
