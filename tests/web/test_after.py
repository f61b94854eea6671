"""After the meeting: tasks get a role and a date, are ticked, and nothing that was typed is lost."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from trivsel.domain.commands import Add, Change, CloseMeeting, Command
from trivsel.domain.fields import NAME_LIMIT
from trivsel.domain.tasks import task_id
from trivsel.domain.things import Goal, Initiative, Review, Task
from trivsel.domain.words import Text
from trivsel.kit import Kit
from trivsel.store import Accepted

PLAN = "evaluation.when"


def form(page: str) -> dict[str, str | list[str]]:
    """What stands in the fields of the page, as a browser would send it back."""
    fields: dict[str, str | list[str]] = {"task": []}
    for tag in re.findall(r"<input [^>]*>", page.split('<ul class="tasks">')[1].split("</form>", maxsplit=1)[0]):
        said = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if said["name"] == "task":
            fields["task"] = [*fields["task"], said["value"]]
        elif said.get("type") != "checkbox" or tag.endswith(" checked>"):
            fields[said["name"]] = unescape(said.get("value", ""))
    return fields


class Desk:
    """Somebody who sees to one workshop after the meeting."""

    def __init__(self, client: httpx.Client, kit: Kit, workshop: str) -> None:
        self.client, self.kit = client, kit
        self.id, self.address = workshop, f"/workshops/{workshop}/after"
        self.key = re.findall(r'name="_xsrf" value="(\w+)"', self.page())[0]

    def page(self) -> str:
        return self.client.get(self.address).text

    def post(self, fields: dict[str, str | list[str]]) -> httpx.Response:
        return self.client.post(self.address, data={"_xsrf": self.key} | fields)

    def do(self, *commands: Command) -> None:
        session = self.kit.session(self.id)
        for command in commands:
            assert isinstance(session.send(command), Accepted)

    def task(self, place: str) -> Task | None:
        return self.kit.snapshot(self.id).get(task_id(place), Task)


@pytest.fixture
def desk(facilitator: httpx.Client, kit: Kit, workshop: str) -> Desk:
    made = Desk(facilitator, kit, workshop)
    made.do(CloseMeeting("2026-11-20"))
    return made


def problem(page: httpx.Response, field: str) -> str:
    assert f'aria-describedby="{field}-problem"' in page.text
    return unescape(page.text.split(f'id="{field}-problem">')[1].split("</p>")[0])


def test_a_task_is_made_when_somebody_first_fills_it_in_and_keeps_its_preset_date(desk: Desk) -> None:
    assert desk.task("share") is None
    done = desk.post(form(desk.page()) | {"who-share": "Lederen"})
    assert (done.status_code, done.headers["location"]) == (303, f"{desk.address}?saved=1")
    assert desk.task("share") == Task("task-share", "share", Text("da", "Lederen"), "2026-11-23")
    assert [desk.task(place) for place in ("absent", "comments", PLAN)] == [None] * 3


@pytest.mark.parametrize(
    ("typed", "day"),
    [("1.12.2026", "2026-12-01"), ("1/12 2026", "2026-12-01"), ("1. december 2026", "2026-12-01"),
     ("2026-12-01", "2026-12-01"), ("uge 49 2026", "2026-11-30"), ("", None)],
)  # fmt: skip
def test_dates_are_read_in_any_form(desk: Desk, typed: str, day: str | None) -> None:
    assert desk.post(form(desk.page()) | {f"due-{PLAN}": typed, f"who-{PLAN}": "TR"}).status_code == 303
    task = desk.task(PLAN)
    assert task is not None
    assert task.due == day


def test_a_task_is_changed_ticked_and_emptied_again(desk: Desk) -> None:
    desk.post(form(desk.page()) | {"who-share": "Lederen"})
    desk.post(form(desk.page()) | {"done-share": "yes", "due-share": ""})
    assert desk.task("share") == Task("task-share", "share", Text("da", "Lederen"), None, True)
    assert "1 af" in desk.page()
    fields = form(desk.page())
    assert fields.pop("done-share") == "yes"
    desk.post(fields | {"who-share": ""})
    assert desk.task("share") == Task("task-share", "share")


def test_a_form_sent_as_it_was_shown_changes_nothing(desk: Desk) -> None:
    before = desk.kit.store.records(desk.id)
    assert desk.post(form(desk.page())).status_code == 303
    assert desk.kit.store.records(desk.id) == before


@pytest.mark.parametrize("there", [False, True])
@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        ("due-share", "snart", "snart"),
        ("due-share", "31.2.2027", "31.2.2027"),
        ("who-share", "x" * (NAME_LIMIT + 1), f"plads til {NAME_LIMIT}"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_field_and_the_rest_is_kept(
    desk: Desk, field: str, typed: str, words: str, there: bool
) -> None:
    if there:
        desk.post(form(desk.page()) | {"done-share": "yes"})
    page = desk.post(form(desk.page()) | {field: typed, "who-absent": "TR", "done-share": "yes"})
    assert page.status_code == 400
    assert words in problem(page, field)
    assert form(page.text)[field] == typed
    kept, other = desk.task("share"), desk.task("absent")
    assert kept is not None
    assert kept.done
    assert other is not None
    assert other.who == Text("da", "TR")
    mended = form(page.text) | {field: "1.12.2026" if field.startswith("due") else "Lederen"}
    assert desk.post(mended).status_code == 303


@pytest.mark.parametrize("there", [False, True])
def test_what_somebody_else_wrote_meanwhile_is_told_and_can_be_saved_over(desk: Desk, there: bool) -> None:
    if there:
        desk.post(form(desk.page()) | {"done-share": "yes"})
    sent = form(desk.page()) | {"who-share": "Lederen"}
    desk.post(form(desk.page()) | {"who-share": "TR"})
    page = desk.post(sent)
    assert page.status_code == 400
    assert "Nu står der: ”TR”" in problem(page, "who-share")
    assert form(page.text)["who-share"] == "Lederen"
    assert desk.post(form(page.text)).status_code == 303
    kept = desk.task("share")
    assert kept is not None
    assert kept.who == Text("da", "Lederen")


def test_a_task_goes_when_its_activity_is_ready_and_what_was_typed_for_it_is_kept(desk: Desk) -> None:
    sent = form(desk.page()) | {f"who-{PLAN}": "TR"}
    desk.do(Add(PLAN, (Review("r", "2027-01-11"),)))
    assert PLAN not in form(desk.page())["task"]
    assert desk.post(sent).status_code == 303
    assert desk.task(PLAN) == Task(task_id(PLAN), PLAN, Text("da", "TR"))


def test_a_task_that_never_was_is_refused_in_words(desk: Desk) -> None:
    page = desk.post({"task": ["nowhere"], "who-nowhere": "TR"})
    assert page.status_code == 400
    assert "Den opgave er der ikke mere" in page.text


def test_undo_on_the_shared_screen_leaves_tasks_alone(desk: Desk) -> None:
    before = desk.kit.snapshot(desk.id).done
    desk.post(form(desk.page()) | {"who-share": "Lederen"})
    assert desk.kit.snapshot(desk.id).done == before


def test_what_was_changed_and_not_reached_is_told_and_tasks_are_no_change(desk: Desk) -> None:
    assert "Der er ikke rettet noget" in desk.page()
    desk.do(Add("goals.collect", (Goal("g", Text("da", "Ro")),)))
    desk.do(Change("goals.collect", "g", "title", Text("da", "Ro"), Text("da", "Mere ro")))
    desk.post(form(desk.page()) | {"who-share": "Lederen"})
    page = unescape(desk.page())
    assert "mål omdøbt: <bdi>Mere ro</bdi>" in page
    assert "ny opgave" not in page
    assert "Vi aftalte ikke, hvornår vi mødes igen om det." in page


def test_the_page_speaks_both_languages_and_says_while_the_meeting_goes_on(facilitator: httpx.Client, kit: Kit) -> None:
    desk = Desk(facilitator, kit, kit.start(title="A good working life", language="en"))
    assert "Mødet er ikke rundet af endnu" in desk.page()
    facilitator.cookies.set("trivsel-language", "en")
    page = desk.page()
    assert "<h1>After the meeting</h1>" in page
    assert "Agree when you will meet about it again" in page
    assert desk.post(form(page) | {"due-share": "1 Dec 2026"}).status_code == 303
    assert form(desk.page())["due-share"] == "1 Dec 2026"


def test_the_page_leads_to_where_a_task_is_done_and_home_leads_to_the_page(desk: Desk) -> None:
    assert f'href="{desk.address}"' in desk.client.get("/").text
    assert f"workshop={desk.id}&step=evaluation&activity=when" in unescape(desk.page())
    assert desk.client.get("/workshops/w9/after").status_code == 404
    assert desk.client.post(desk.address, data=form(desk.page()) | {"_xsrf": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("language", "asks", "sends"),
    [
        ("da", "Spørg AMO om ”Gåture”.", "Send ”Løft” til AMO. Det er arbejdsgiverens pligt."),
        ("en", "Ask the work environment committee about “Gåture”.", "Send “Løft” to the work environment committee."),
    ],
)
def test_whoever_must_say_yes_or_hear_of_it_is_asked(desk: Desk, language: str, asks: str, sends: str) -> None:
    walks = Initiative("walks", Text("da", "Gåture"), approver="amo")
    lifts = Initiative("lifts", Text("da", "Løft"), duty="yes", duty_who=Text("da", "Lederen"))
    desk.do(Add("initiatives.collect", (walks, lifts)))
    desk.do(Change("initiatives.decide", "walks", "decision", "", "yes"))
    desk.client.cookies.set("trivsel-language", language)
    page = unescape(desk.page())
    assert asks in page
    assert sends in page
    fields = form(desk.page())
    assert fields["who-duty-lifts"] == "Lederen"
    assert desk.post(fields | {"done-yes-walks": "yes", "who-yes-walks": "AMR"}).status_code == 303
    kept = desk.task("yes-walks")
    assert kept is not None
    assert (kept.done, kept.who) == (True, Text("da", "AMR"))
    assert desk.task("duty-lifts") is None, "what nobody touched is not made"
