"""The worked example: a whole workshop at a made-up care home, to look at before holding one of your own.

Every text is in ``solgaarden.toml``; a language added there is a language the example can be held in.
"""

from __future__ import annotations

import datetime as dt

from trivsel.domain.commands import Command
from trivsel.example.meeting import Meeting
from trivsel.example.story import hold

__all__ = ["commands"]


def commands(language: str, today: dt.date | None = None) -> list[Command]:
    """Everything that is done in the example, in order, held on ``today``. The same language and day always give the
    same commands. Carried out one after the other in an empty workshop, none of them is refused."""
    meeting = Meeting()
    hold(meeting, language, today or dt.date.today())  # noqa: DTZ011 - the day where the room is
    return meeting.commands
