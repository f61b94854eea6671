"""After the meeting: tasks with role and date, what has been changed since, and what the group did not reach."""

from __future__ import annotations

from urllib.parse import urlencode

from msgspec import Struct

from trivsel.content import read_day
from trivsel.domain.commands import Add, Change, Refusal, written
from trivsel.domain.events import Value
from trivsel.domain.fields import FIELDS, NAME_LIMIT
from trivsel.domain.tasks import fits, task_id
from trivsel.domain.things import Task
from trivsel.errors import Refused, TrivselError, UnknownWorkshop
from trivsel.report.afterwards import Chore, chores, days_of_change, left_out
from trivsel.report.plan import Plan
from trivsel.session import Session
from trivsel.web.handler import sentence
from trivsel.web.home import HomePage, facts, room

ASKED = ("who", "due", "done")
"""What is filled in for each task."""
AT_A_DESK = "desk"
"""The actor of what is done here: the shared screen's Undo leaves it alone."""

Row = dict[str, str]
"""The fields of one task as they stand in the form."""


class Line(Struct, frozen=True):
    """One task on the page: what it is, what stands in its fields and stood when they were read, what is wrong."""

    place: str
    what: str
    hint: str
    address: str
    """Where it is done on the shared screen, if it belongs there."""
    now: Row
    was: Row
    problems: Row


class After(HomePage):
    """The page, and what it changes."""

    async def get(self, workshop: str) -> None:
        await self.need(workshop)
        await self.page_of(workshop)

    async def post(self, workshop: str) -> None:
        await self.need(workshop)
        places = [*dict.fromkeys(self.get_body_arguments("task"))]
        now = {place: self.typed("", place) for place in places}
        was = {place: self.typed("was_", place) for place in places}
        problems = await self.ask(self.save, workshop, was, now)
        if not any(problems.values()):
            self.redirect(f"/workshops/{workshop}/after?saved=1", status=303)
            return
        self.set_status(400)
        await self.page_of(workshop, was, now, problems)

    def typed(self, start: str, place: str) -> Row:
        """The fields of a task as they were sent."""
        return {name: self.get_body_argument(f"{start}{name}-{place}", "").strip() for name in ASKED}

    async def page_of(
        self,
        workshop: str,
        was: dict[str, Row] | None = None,
        now: dict[str, Row] | None = None,
        problems: dict[str, Row] | None = None,
    ) -> None:
        """The page; with what was sent and what was wrong with it, if something was refused."""
        listed = await self.ask(self.kit.listed, workshop, self.language)
        plan = Plan(await self.ask(self.kit.snapshot, workshop), self.language)
        found = chores(plan)
        sent, seen, wrong = now or {}, was or {}, problems or {}
        lines = []
        for chore in found:
            current, theirs = as_typed(chore, plan), wrong.get(chore.place, {})
            refused = {name: sent[chore.place][name] for name in theirs}
            unseen = {name: seen[chore.place][name] for name in theirs if name not in _told(theirs, current, plan)}
            step, _, activity = chore.place.partition(".")
            address = f"{room(workshop)}&{urlencode({'step': step, 'activity': activity})}" if activity else ""
            hint = self.hint(chore, plan)
            lines.append(Line(chore.place, chore.what, hint, address, current | refused, current | unseen, theirs))
        self.show(
            "after.html",
            workshop=listed,
            facts=facts(listed, self.language),
            lines=lines,
            how_many=plan.words("after.how_many", n=len(found), done=sum(one.done for one in found)),
            lost={} if {*wrong} <= {chore.place for chore in found} else wrong,
            longest=NAME_LIMIT,
            days=days_of_change(plan),
            left=left_out(plan),
            closed=plan.snapshot.closed is not None,
            room=room(workshop),
            saved=bool(self.get_query_argument("saved", "")) and not wrong,
        )

    def hint(self, chore: Chore, plan: Plan) -> str:
        """What is already known about a task."""
        said = plan.said(plan.snapshot.workplace.not_on_shift) if chore.place == "absent" else None
        return plan.words("after.before_said", text=said.words) if said else ""

    def save(self, workshop: str, was: dict[str, Row], now: dict[str, Row]) -> dict[str, Row]:
        """Keeps what somebody has written in: what is wrong with that which could not be kept, by task and field."""
        session = self.kit.session(workshop)
        return {place: self.keep(session, place, was[place], now[place]) for place in now}

    def keep(self, session: Session, place: str, was: Row, now: Row) -> Row:
        """Keeps one task: what is wrong, by field."""
        plan = Plan(session.snapshot, self.language)
        chore = next((one for one in chores(plan) if one.place == place), None)
        current = as_typed(chore, plan) if chore else dict.fromkeys(ASKED, "")
        changed = [name for name in ASKED if now[name] not in (was[name], current[name])]
        problems: Row = {}
        values: dict[str, Value] = {}
        for name in changed:
            try:
                values[name] = read(name, now[name], plan)
            except TrivselError as error:
                problems[name] = sentence(error, self.language)
        try:
            kept = session.snapshot.get(task_id(place), Task)
            if kept is None and values and not self.begin(session, place, chore, values):
                kept = session.snapshot.get(task_id(place), Task)
            if kept is not None:
                problems |= self.change(session, kept, was, current, values)
        except UnknownWorkshop:
            raise
        except TrivselError as error:
            problems |= dict.fromkeys(values, sentence(error, self.language))
        return problems

    def begin(self, session: Session, place: str, chore: Chore | None, values: dict[str, Value]) -> bool:
        """Makes a task with what is filled in; False if somebody else has just made it. Raises ``TrivselError``."""
        due = values.get("due", chore.due or None if chore else None)
        task = Task(task_id(place), place, values.get("who"), due, values.get("done", False))  # type: ignore[arg-type]
        if not fits(session.snapshot, task):
            raise TrivselError("after.gone")
        outcome = session.send(Add(session.snapshot.place, (task,)), AT_A_DESK)
        if isinstance(outcome, Refusal) and outcome.key != "already_there":
            raise Refused(outcome)
        return not isinstance(outcome, Refusal)

    def change(self, session: Session, kept: Task, was: Row, current: Row, values: dict[str, Value]) -> Row:
        """Changes the fields of a task that is there: what is wrong, by field. Raises ``TrivselError``."""
        problems: Row = {}
        for name, value in values.items():
            seen = getattr(kept, name) if was[name] == current[name] else was[name]
            outcome = session.send(Change(session.snapshot.place, kept.id, name, seen, value), AT_A_DESK)
            if isinstance(outcome, Refusal) and outcome.key == "changed_meanwhile":
                problems[name] = meanwhile(name, Plan(session.snapshot, self.language), kept.place)
            elif isinstance(outcome, Refusal):
                problems[name] = sentence(Refused(outcome), self.language)
        return problems


def as_typed(chore: Chore, plan: Plan) -> Row:
    """The fields of a task as somebody would type them."""
    task = plan.snapshot.get(task_id(chore.place), Task)
    said = chore.who.words if chore.who else ""  # by the room, where nobody has written it here
    who = task.who.read(plan.snapshot.language) if task and task.who else said
    return {"who": who, "due": chore.date, "done": "yes" if chore.done else ""}


def read(name: str, typed: str, plan: Plan) -> Value:
    """What somebody typed as the value of a field. Raises ``TrivselError``."""
    value: Value = typed == "yes"
    if name == "who":
        value = written(typed, plan.snapshot.language) if typed else None
    elif name == "due":
        value = read_day(typed, plan.language) if typed else None
    refusal = FIELDS[Task][name].refuse(value)
    if refusal is not None:
        raise Refused(refusal)
    return value


def meanwhile(name: str, plan: Plan, place: str) -> str:
    """That somebody else has changed a field, and what one can do."""
    chore = next((one for one in chores(plan) if one.place == place), None)
    theirs = as_typed(chore, plan)[name] if chore else ""
    return plan.words("changing.meanwhile", theirs=theirs) if theirs else plan.words("changing.emptied")


def _told(problems: Row, current: Row, plan: Plan) -> set[str]:
    """In which fields it has been said what somebody else wrote, so that saving again saves over it."""
    said = {plan.words("changing.emptied")}
    return {
        name for name, problem in problems.items()
        if problem in said or problem == plan.words("changing.meanwhile", theirs=current[name])
    }  # fmt: skip
