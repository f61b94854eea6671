"""What a workshop is about: cards, heaps, goals, initiatives and all that a plan is made of."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from trivsel.domain.asking import LEAST
from trivsel.domain.programme import Approver, Duty, GoalEntry, InitiativeEntry, Level
from trivsel.domain.words import Text

Gain = Literal["employee", "workplace", "society"]
"""Whom a goal is a gain for (the seed's three)."""

Choice = Literal["", "yes", "later", "no", "must"]
"""Undecided; we try it for six weeks; later; no, with a reason; the employer's legal duty, outside the vote."""

Size = Literal["small", "medium", "large"]

Rhythm = Literal["day", "week", "fortnight", "month", "quarter", "half", "year"]
"""How often a forum meets."""

Committee = Literal["none", "amo", "su", "med"]
"""Which committee the workplace has: none (under ten), AMO, AMO beside SU, or MED."""

Holds = Literal["", "yes", "partly", "no"]
"""Not talked about; it still happens; partly; it does not."""

Test = Literal["", "leaves", "cut", "busy"]
"""What could stop an initiative: the one who carries it leaves, the money is cut, a busy time comes."""

How = Literal["talk", "survey", "statistics"]
"""How an initiative is followed up: a talk at the fixed meeting, a short survey, or figures there are already."""

HOWS: tuple[How, ...] = ("talk", "survey", "statistics")
HOLDS: tuple[Holds, ...] = ("yes", "partly", "no")
GAINS: tuple[Gain, ...] = ("employee", "workplace", "society")
RHYTHMS: tuple[Rhythm, ...] = ("day", "week", "fortnight", "month", "quarter", "half", "year")
APPROVERS: tuple[Approver, ...] = ("ourselves", "leader", "amo", "su", "top")


class Base(Struct, frozen=True, omit_defaults=True, gc=False, tag_field="kind"):
    """Every thing has an id that is unique in its workshop and is made where the thing is made."""

    id: str


class Card(Base, frozen=True, tag="card"):
    """One contribution, made in the activity at ``place``; ``heap`` is the heap it lies in."""

    place: str
    text: Text
    heap: str | None = None


class Heap(Base, frozen=True, tag="heap"):
    """Cards that belong together. A name makes it a goal."""

    place: str
    name: Text | None = None


class Goal(Base, frozen=True, tag="goal"):
    """Something the group wants more of. ``sign`` is one sentence: how you can see that it goes the right way."""

    title: Text
    origin: str | None = None
    """The heap or card it came from."""
    entry: GoalEntry | None = None
    pulls: str | None = None
    """The goal it helps along: at most one arrow goes out from a goal, and arrows never make a circle."""
    chosen: bool = False
    dots: int = 0
    gains: tuple[Gain, ...] = ()
    sign: Text | None = None
    indicator: Text | None = None
    unit: Text | None = None
    now: float | None = None
    target: float | None = None
    due: str | None = None


class Initiative(Base, frozen=True, tag="initiative"):
    """Something to do. ``works`` means that you do it already and it works, so it is kept."""

    title: Text
    note: Text | None = None
    entry: InitiativeEntry | None = None
    goals: tuple[str, ...] = ()
    levels: tuple[Level, ...] = ()
    works: bool = False
    dots: int = 0
    decision: Choice = ""
    reason: Text | None = None
    approver: Approver | None = None
    duty: Duty = "no"
    duty_who: Text | None = None
    duty_when: str | None = None
    barriers: tuple[str, ...] = ()
    """What keeps somebody from taking part: keys of the activity's own list."""
    alternative: Text | None = None
    """What the group does about it."""
    effect: float | None = None
    effort: float | None = None
    """How much it helps and how much it takes, 1 to 5."""
    how: How = "talk"
    stop: Text | None = None
    """When the group stops it: the rule that makes stopping all right."""


class Resource(Base, frozen=True, tag="resource"):
    """What one initiative needs: hours and kroner in all, what is missing, and who gets it."""

    initiative: str
    size: Size = "small"
    hours: float | None = None
    money: float | None = None
    missing: Text | None = None
    who: Text | None = None


class Forum(Base, frozen=True, tag="forum"):
    """A meeting that the workplace already holds."""

    name: Text
    rhythm: Rhythm = "month"


class Anchor(Base, frozen=True, tag="anchor"):
    """Where one initiative lives in daily work: its forum, first date, the responsible and the deputy."""

    initiative: str
    forum: str | None = None
    first: str | None = None
    responsible: Text | None = None
    deputy: Text | None = None
    responsible_agreed: bool = False
    deputy_agreed: bool = False
    holds: Holds = ""
    """Whether it still happens if the worst that is likely does."""
    tested: Test = ""
    """What it was put to, from when the group answered."""
    safeguard: Text | None = None
    """What you do then."""


class Commitment(Base, frozen=True, tag="commitment"):
    """One sentence that management has said aloud, of one of the five kinds, with role and date."""

    sort: str
    text: Text
    role: Text | None = None
    date: str | None = None


class Review(Base, frozen=True, tag="review"):
    """A day on which the group looks again."""

    date: str
    label: str = ""
    """The key of the preset it came from, or empty."""


class Check(Base, frozen=True, tag="check"):
    """Where the group puts itself on one lever of the self-check: 0 not at all, 1 a little, 2 well."""

    lever: str
    level: int | None = None


class Workplace(Base, frozen=True, tag="workplace"):
    """What is known of the workplace and of management's frame. There is one, with the id ``workplace``."""

    title: Text
    name: Text | None = None
    people: int | None = None
    committee: Committee = "none"
    leads: Text | None = None
    decide: Text | None = None
    """What can be decided today."""
    hours: float | None = None
    money: float | None = None
    limits: Text | None = None
    """What is not possible."""
    leader_absent: bool = False
    asks: Text | None = None
    """Who asks management, and by when, if it was not there."""
    end: str | None = None
    """When the meeting must end, HH:MM."""
    calendar_sent: bool = False
    keeper: Text | None = None
    readers: Text | None = None
    leaders: int | None = None
    """How many leaders are expected in the room; from five on, phones ask for a role."""
    manager_leads: bool = False
    """Whether whoever leads the meeting is a manager here; then holding cards back belongs to AMR or TR."""
    data_owner: Text | None = None
    """Who answers for the data."""
    least: int = LEAST
    """The fewest answers that a figure is made of; it can be raised, never lowered."""
    rehearsal: bool = False
    """Whether this is only a rehearsal, with simulated phones."""
    day: str | None = None
    """When the meeting is to be held (ISO 8601)."""
    begin: str | None = None
    """When it begins, HH:MM."""
    where: Text | None = None
    invited: Text | None = None
    not_on_shift: Text | None = None
    """Who is not at work that day, and how they are heard."""
    agreed: Text | None = None
    """What is already agreed, and so is not to be found anew."""
    help_1: Text | None = None
    """Whom to call if somebody is hit, with the number; three at most."""
    help_2: Text | None = None
    help_3: Text | None = None


class Task(Base, frozen=True, tag="task"):
    """Something to do after the meeting: who does it, by when, and whether it is done. ``place`` is the activity it
    comes from, or the key of a task that every meeting leaves."""

    place: str
    who: Text | None = None
    due: str | None = None
    done: bool = False


Thing = Card | Heap | Goal | Initiative | Resource | Forum | Anchor | Commitment | Review | Check | Task | Workplace
WORKPLACE = "workplace"
