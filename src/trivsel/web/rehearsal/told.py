"""Says in words what came of a rehearsal: what was sent, what is stored, how fast, and whether all of it is there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from trivsel.content import Say
from trivsel.domain.programme import Programme
from trivsel.domain.words import pick
from trivsel.web.rehearsal.practice import Held

HEADINGS = ("sent", "again", "received", "refused", "stored")
KINDS = {
    "card": "rehearsal.cards",
    "withdraw": "rehearsal.withdraws",
    "vote": "rehearsal.votes",
    "wish": "rehearsal.wishes",
}


def activity(programme: Programme, place: str, missing: int, say: Say) -> str:
    """That an activity is done, and how many did not answer in time."""
    found = programme.find(place)
    assert found is not None, "the conductor goes through the programme"
    names = {"step": pick(found[0].title, say.language), "activity": pick(found[1].label, say.language)}
    return say("rehearsal.late", n=missing, **names) if missing else say("rehearsal.done", **names)


def lines(held: Held, say: Say, own: str) -> Iterator[str]:
    """The account, line by line; ``own`` is the language most of them read."""
    people, account = held.people, held.account
    yield say(
        "rehearsal.people",
        phones=len(people),
        foreign=sum(one.language != own for one in people),
        late=sum(one.comes > 0 for one in people),
        left=sum(one.leaves < 100 for one in people),
    )
    rows = [("", *(say(f"rehearsal.{heading}") for heading in HEADINGS))]
    for kind in account.kinds:
        rows.append((say(KINDS[kind.does]), *(say.number(getattr(kind, one)) for one in HEADINGS)))
    yield from _table(rows)
    if account.took:
        half, most = (say.number(round(account.within(share))) for share in (0.5, 0.95))
        yield say("rehearsal.speed", answers=say.number(len(account.took)), half=half, most=most)
    if held.good:
        yield say("rehearsal.whole")


def troubles(held: Held, say: Say) -> Iterator[str]:
    """What went wrong, if anything did."""
    found = {
        "rehearsal.lost": held.account.lost,
        "rehearsal.doubled": held.account.doubled,
        "rehearsal.unanswered": held.account.unanswered,
        "rehearsal.unknown": held.account.unknown,
        "rehearsal.shut_out": held.shut_out,
        "rehearsal.missing": held.missing,
        "rehearsal.failed": held.failed,
    }
    for key, n in found.items():
        if n:
            yield say(key, n=n)


def _table(rows: Sequence[tuple[str, ...]]) -> Iterator[str]:
    """The first column to the left, figures to the right."""
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for first, *others in rows:
        yield "  ".join(
            [first.ljust(widths[0]), *(one.rjust(width) for one, width in zip(others, widths[1:], strict=True))]
        )
