"""The report as a notebook, built from the workshop without a kernel: one cell for each page or part of a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook, new_output

from trivsel.content import calendar, told
from trivsel.domain.advice import findings
from trivsel.domain.things import Goal
from trivsel.domain.workshop import Snapshot
from trivsel.report.afterwards import chores, days_of_change, left_out, told_afterwards
from trivsel.report.carried import BLOCK, carried
from trivsel.report.density import density
from trivsel.report.discretion import cards_of, closing_words, counted, withheld
from trivsel.report.figures import goal_dots, goal_map, needs, year_wheel
from trivsel.report.figures.dots import voted
from trivsel.report.figures.needs import amount_in_words, needed, total
from trivsel.report.figures.wheel import in_year_wheel
from trivsel.report.plan import Plan, Said

_pages = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "pages"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
    auto_reload=False,
)


def notebook(snapshot: Snapshot, language: str) -> NotebookNode:
    """The report of a workshop in a language. People's words stand in it as escaped HTML output, never as Markdown."""
    plan = Plan(snapshot, language)
    cells = [_cell(number, page, html) for number, (page, html) in enumerate(_parts(plan), 1)]
    made: NotebookNode = new_notebook(cells=cells)  # type: ignore[no-untyped-call]
    place = snapshot.workplace
    title = " – ".join(text.read(language) for text in (place.title, place.name) if text and text.text.strip())
    made.metadata["trivsel"] = {
        "language": language,
        "title": title or plan.words("report.about"),
        "block": BLOCK,
        "plan": carried(snapshot),
    }
    return made


def _cell(number: int, page: str, html: str) -> NotebookNode:
    output = new_output("display_data", data={"text/html": html})  # type: ignore[no-untyped-call]
    about = {"trivsel": {"page": page}}
    cell: NotebookNode = new_code_cell(id=f"part-{number}", outputs=[output], metadata=about)  # type: ignore[no-untyped-call]
    return cell


def _parts(plan: Plan) -> Iterator[tuple[str, str]]:
    """Every part that has something to say, in order; a part that was skipped is not there at all."""
    words = plan.words
    yield "first", _render("first", plan, **_first(plan))
    for step, about in (
        ("goals", _goals(plan)),
        ("initiatives", _initiatives(plan)),
        ("resources", _resources(plan)),
        ("anchoring", _anchoring(plan)),
        ("evaluation", _evaluation(plan)),
    ):
        if about:
            yield step, _headed(plan, plan.heading(step) or words(f"report.{step}"), step, about)
    for part, heading, about in (
        ("advice", words("report.advice"), _advice(plan)),
        ("tasks", words("after.title"), _tasks(plan)),
        ("changed", words("report.changed"), _changed(plan)),
        ("not_reached", words("report.not_reached"), _not_reached(plan)),
        ("closing", words("report.closing"), _closing(plan)),
        ("about", words("report.about"), {"privacy": list(_privacy(plan))}),
    ):
        if about:
            yield part, _headed(plan, heading, part, about)


def _render(page: str, plan: Plan, **about: Any) -> str:
    return _pages.get_template(f"{page}.html.j2").render(say=plan.words, **about).strip()


def _headed(plan: Plan, heading: str, page: str, about: dict[str, Any]) -> str:
    return _render("step", plan, heading=heading, body=Markup(_render(page, plan, **about)))


def _first(plan: Plan) -> dict[str, Any]:
    snapshot, words = plan.snapshot, plan.words
    place = snapshot.workplace
    return {
        "title": plan.said(place.title) or Said(words("report.about")),
        "place": plan.said(place.name),
        "day": words.long_date(place.day or snapshot.day),
        "people": words("report.people", n=place.people) if place.people else "",
        "state": " ".join(_state(plan)),
        "aims": plan.aims(),
        "decided": plan.decided() and bool(snapshot.tried()),
        "trials": plan.trials(),
        "duties": plan.duties(),
        "must_sent": words("report.must_sent" if place.committee != "none" else "report.must_sent_none"),
        "promises": plan.promises(),
        "absent": place.leader_absent,
        "wheel": _drawing(year_wheel(snapshot, plan.language, "wheel", "key")) if in_year_wheel(snapshot) else "",
        "density": density(plan),
    }


def _state(plan: Plan) -> Iterator[str]:
    """How far the plan has come, in one line."""
    snapshot, words = plan.snapshot, plan.words
    date = words.long_date(snapshot.closed or snapshot.day)
    if snapshot.closed is None:
        yield words("report.state_open")
    elif snapshot.tried() and snapshot.workplace.leader_absent:
        yield words("report.state_absent")
    elif snapshot.tried():
        yield words("report.state_decided" if plan.decided() else "report.state_proposed", date=date)
    if snapshot.later:
        last = max(change.day for change in snapshot.later)
        yield words("report.state_later", date=words.long_date(last))


def _drawing(svg: str) -> Markup:
    """A figure is markup already; its own template has escaped what people wrote."""
    return Markup(svg)


def _goals(plan: Plan) -> dict[str, Any]:
    snapshot = plan.snapshot
    heaps = [(plan.said(heap.name) if heap else None, cards, heap) for heap, cards in cards_of(snapshot)]
    shown = counted(snapshot)
    dots = goal_dots(snapshot, plan.language, "dots", most_lines=3)
    measured = [aim for aim in plan.aims() if aim.sign or aim.indicator or aim.figures]
    about = {
        "heaps": [(name, [plan.said(card.text) for card in cards]) for name, cards, _ in heaps],
        "unnamed": [plan.words("report.unnamed" if heap else "report.loose") for _, _, heap in heaps],
        "dots": _drawing(dots) if shown and dots else "",
        "ranking": [(plan.said(goal.title), goal.chosen) for goal in voted(snapshot)] if dots and not shown else [],
        "map": _drawing(goal_map(snapshot, plan.language, "map")),
        "others": [plan.said(goal.title) for goal in snapshot.of(Goal) if not goal.chosen],
        "measured": measured,
    }
    return about if heaps or dots or measured or about["others"] or about["map"] else {}


def _initiatives(plan: Plan) -> dict[str, Any]:
    about = {
        "trials": plan.trials(),
        "duties": plan.duties(),
        "kept": plan.kept(),
        "later": plan.ideas("later"),
        "no": plan.ideas("no"),
        "undecided": plan.ideas(""),
    }
    return {**about, "english": plan.language == "en"} if any(about.values()) else {}


def _resources(plan: Plan) -> dict[str, Any]:
    snapshot, words, language = plan.snapshot, plan.words, plan.language
    found, place = needed(snapshot, language), snapshot.workplace
    if not found:
        return {}
    hours, money = total([need.hours for need in found]), total([need.money for need in found])
    amounts = [amount_in_words(place.hours, "hours", language)] if place.hours is not None else []
    amounts += [amount_in_words(place.money, "money", language)] if place.money is not None else []
    limits = plan.said(place.limits)
    return {
        "frame": words("report.frame_known", amounts=words.names(amounts))
        if amounts
        else words("report.frame_unknown"),
        "limits": words("report.limits", text=limits.words) if limits else "",
        "trials": plan.trials(),
        "hours": amount_in_words(hours, "hours", language),
        "money": amount_in_words(money, "money", language),
        "needs": _drawing(needs(snapshot, language, "needs")),
    }


def _anchoring(plan: Plan) -> dict[str, Any]:
    trials = plan.trials()
    held = [one for one in trials if one.forum or one.first or one.responsible.who or one.deputy.who]
    about = {"trials": trials if held else [], "tested": plan.tested(), "promises": plan.promises()}
    return about if any(about.values()) else {}


def _evaluation(plan: Plan) -> dict[str, Any]:
    words, place = plan.words, plan.snapshot.workplace
    closing = [words("report.calendar_sent")] if place.calendar_sent else []
    for key, text in (("report.keeper", place.keeper), ("report.readers", place.readers)):
        said = plan.said(text)
        if said is not None:
            closing.append(words(key, who=said.words))
    about = {"reviews": plan.reviews(), "followed": plan.followed(), "closing": closing}
    return about if any(about.values()) else {}


def _advice(plan: Plan) -> dict[str, Any]:
    """What the plan still needs. What is about people or management is for whoever leads the meeting, not for paper."""
    found = findings(plan.snapshot, calendar(), whole=True)
    said = [told(finding, plan.words) for finding in found if finding.audience == "room"]
    advice = [(one.text, one.why) for one in said]
    return {"advice": advice} if advice else {}


def _tasks(plan: Plan) -> dict[str, Any]:
    return {"chores": chores(plan)} if told_afterwards(plan) else {}


def _changed(plan: Plan) -> dict[str, Any]:
    days = days_of_change(plan)
    return {"days": days} if days else {}


def _not_reached(plan: Plan) -> dict[str, Any]:
    left = left_out(plan)
    return {"left": left} if left else {}


def _closing(plan: Plan) -> dict[str, Any]:
    said = [plan.said(card.text) for card in closing_words(plan.snapshot)]
    return {"said": said} if said else {}


def _privacy(plan: Plan) -> Iterator[str]:
    words, snapshot = plan.words, plan.snapshot
    leads = plan.said(snapshot.workplace.leads)
    if leads is not None:
        yield words("report.leads", who=leads.words)
    if cards_of(snapshot) or closing_words(snapshot):
        yield words("report.privacy_names")
    if snapshot.tried() or snapshot.duties() or plan.promises():
        yield words("report.privacy_roles")
    hidden = withheld(snapshot)
    if hidden:
        titles = words.titles(goal.title.read(plan.language) for goal in hidden)
        yield words("report.privacy_withheld", goals=titles)
        if snapshot.workplace.people is None:
            yield words("report.privacy_people")
    yield words("report.privacy_none")
