"""Before the meeting: management's frame, who is invited and how the others are heard, and a notice for the wall."""

from __future__ import annotations

from typing import Any, ClassVar

from msgspec import Struct

from trivsel.content import Say, say
from trivsel.domain.things import Workplace
from trivsel.domain.words import Text
from trivsel.domain.workshop import Snapshot
from trivsel.report.figures.needs import amount_in_words
from trivsel.web.workplace import WorkplaceForm, spoken_in

GROUPS: dict[str, dict[str, str]] = {
    "before.the_frame": {
        "hours": "before.hours",
        "money": "before.money",
        "limits": "before.limits",
        "decide": "before.decide",
    },
    "before.the_meeting": {
        "day": "before.day",
        "begin": "before.begin",
        "end": "changing.end",
        "where": "before.where",
        "leads": "home.leads",
        "manager_leads": "changing.manager_leads",
        "data_owner": "changing.data_owner",
    },
    "before.the_people": {
        "people": "before.people",
        "leaders": "changing.leaders",
        "committee": "home.committee",
        "invited": "before.invited",
        "not_on_shift": "before.not_on_shift",
    },
    "before.the_rest": {
        "agreed": "before.agreed",
        "help_1": "before.help_1",
        "help_2": "before.help_2",
        "help_3": "before.help_3",
    },
}
"""What is asked, by heading."""

WANTED = {
    "day": "before.lacks_day",
    "leads": "before.lacks_leads",
    "decide": "before.lacks_decide",
    "not_on_shift": "before.lacks_not_on_shift",
    "data_owner": "before.lacks_data_owner",
    "help_1": "before.lacks_help",
}
"""What the meeting should not begin without."""

SMALL = 10
"""From so many people on the law asks for a work environment organisation (field notes, 5)."""

ROOMY = 800
"""Letters of people's own words that fit the sheet as it reads best, as measured on paper."""


class Notice(Struct, frozen=True):
    """What the sheet on the wall says, in the language of the workshop."""

    language: str
    title: str
    place: str
    when: str
    facts: list[tuple[str, str]]
    small: str
    help: list[str]

    @property
    def full(self) -> bool:
        """Whether so much is written that it must be set smaller to stay on one sheet."""
        written = (self.title, self.place, *(said for _, said in self.facts), *self.help)
        return sum(map(len, written)) > ROOMY


class Before(WorkplaceForm):
    """The form, and beside it the notice that is printed."""

    template = "before.html"
    asked: ClassVar = {name: label for group in GROUPS.values() for name, label in group.items()}

    def saved(self, workshop: str) -> None:
        self.redirect(f"/workshops/{workshop}/before?saved=1", status=303)

    def more(self, workshop: str) -> dict[str, Any]:
        snapshot, words = self.kit.snapshot(workshop), say(self.language)
        place = snapshot.workplace
        lacks = [words(label) for name, label in WANTED.items() if not getattr(place, name)]
        if place.hours is None and place.money is None:
            lacks.insert(0, words("before.lacks_frame"))
        spoken = spoken_in(snapshot, self.language)
        return {
            "groups": {heading: list(names) for heading, names in GROUPS.items()},
            "small": is_small(place),
            "lacks": words.names(lacks) if lacks else "",
            "saved": bool(self.get_query_argument("saved", "")) and self.request.method == "GET",
            "notice": notice(snapshot, spoken),
            "told": say(spoken),
        }


def is_small(place: Workplace) -> bool:
    """Whether so few work there that they have no committee and need none."""
    return place.people is not None and place.people < SMALL and place.committee == "none"


def notice(snapshot: Snapshot, language: str) -> Notice:
    """The sheet for the wall. What is not known is left out; only the frame is told even then."""
    place, words = snapshot.workplace, say(language)
    leads = _read(place.leads, language)
    if leads and place.manager_leads:
        leads = words("before.is_manager", who=leads)
    facts = [
        (words("before.notice_where"), _read(place.where, language)),
        (words("before.notice_leads"), leads),
        (words("before.notice_invited"), _read(place.invited, language)),
        (words("before.notice_not_on_shift"), _read(place.not_on_shift, language)),
        (words("before.notice_frame"), frame(place, words)),
        (words("before.notice_decide"), _read(place.decide, language)),
        (words("before.notice_limits"), _read(place.limits, language)),
        (words("before.notice_agreed"), _read(place.agreed, language)),
        (words("before.notice_data_owner"), _read(place.data_owner, language)),
    ]
    return Notice(
        language=language,
        title=_read(place.title, language),
        place=_read(place.name, language),
        when=when(place, words),
        facts=[(label, said) for label, said in facts if said],
        small=words("before.notice_small") if is_small(place) else "",
        help=[said for text in (place.help_1, place.help_2, place.help_3) if (said := _read(text, language))],
    )


def when(place: Workplace, words: Say) -> str:
    """Day and time as far as they are known: torsdag den 12. november 2026 kl. 13.00–15.30."""
    begin, end = (words.time(clock) if clock else "" for clock in (place.begin, place.end))
    if begin and end:
        hours = words("before.from_to", begin=begin, end=end)
    elif begin:
        hours = words("before.from", begin=begin)
    else:
        hours = words("before.until", end=end) if end else ""
    return " ".join(part for part in (words.weekday(place.day) if place.day else "", hours) if part)


def frame(place: Workplace, words: Say) -> str:
    """What management has set aside."""
    amounts = [amount_in_words(place.hours, "hours", words.language)] if place.hours is not None else []
    amounts += [amount_in_words(place.money, "money", words.language)] if place.money is not None else []
    return words("before.frame_known", amounts=words.names(amounts)) if amounts else words("before.frame_unknown")


def _read(text: Text | None, language: str) -> str:
    return text.read(language).strip() if text else ""
