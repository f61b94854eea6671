"""What a finding says, in the language of whoever reads it: a line, the reason, and the words of the link."""

from __future__ import annotations

from msgspec import Struct

from trivsel.content.texts import Say
from trivsel.domain.advice import Finding
from trivsel.domain.words import pick


class Told(Struct, frozen=True):
    """One finding in words."""

    text: str
    why: str
    mend: str


def told(finding: Finding, say: Say) -> Told:
    """A finding in words, with the titles, person, day and figures it is about."""
    key = f"advice.{finding.key}"
    day = say.date(finding.day) if finding.day else ""
    about = {
        "names": say.titles(title.read(say.language) for title in finding.about),
        "n": len(finding.about),
        "who": finding.who.read(say.language) if finding.who else "",
        "day": say("finding.day_is", day=day, what=pick(finding.what, say.language)) if finding.what else day,
        "needed": say.number(finding.needed),
        "available": say.number(finding.available),
    }
    return Told(say(key, **about), say(f"{key}_why", **about), say(f"{key}_mend"))
