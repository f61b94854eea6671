"""Workshops of every version of the kit that ever was can be told for ever: their logs in ``logs`` never change.

A log holds one record a line. Beside it lies the document it led to when it was written. A new version of the events
gets a log of its own: ``python -m tests.domain.test_frozen`` writes the one of this version where there is none yet.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from tests.domain import samples as s
from trivsel.domain import commands as c
from trivsel.domain import things as t
from trivsel.domain.events import Added, Document, Erased, Event, Record
from trivsel.domain.workshop import FACILITATOR, Builder, document

LOGS = Path(__file__).parent / "logs"
VERSION = "v2"


@pytest.mark.parametrize("log", sorted(LOGS.glob("*.jsonl")), ids=lambda path: path.stem)
def test_a_log_of_any_version_leads_to_the_same_document(log: Path) -> None:
    records = [msgspec.json.decode(line, type=Record) for line in log.read_bytes().splitlines()]
    assert [record.seq for record in records] == list(range(1, len(records) + 1))
    snapshot = Builder().fold(records).snapshot()
    assert snapshot is not None
    expected = msgspec.json.decode(log.with_suffix(".document.json").read_bytes(), type=Document)
    assert document(snapshot) == expected


def test_the_log_of_this_version_has_every_kind_of_event_and_thing() -> None:
    logs = [LOGS / f"{VERSION}.jsonl", LOGS / f"{VERSION}_imported.jsonl"]
    lines = [msgspec.json.decode(line) for log in logs for line in log.read_bytes().splitlines()]
    kinds = {line["event"]["event"] for line in lines}
    assert kinds == {one.__struct_config__.tag for one in Event.__args__}  # type: ignore[attr-defined]
    things = {line["event"]["thing"]["kind"] for line in lines if line["event"]["event"] == "added"}
    started = {thing["kind"] for line in lines for thing in line["event"].get("things", ())}
    assert things | started == {one.__struct_config__.tag for one in t.Thing.__args__}  # type: ignore[attr-defined]


def this_version() -> s.Meeting:
    """A workshop with every kind of event and every kind of thing."""
    entry = s.initiative_entry("walk", goals=("ro",))
    meeting = s.Meeting(
        s.START,
        c.StartTimer(s.PLACES[0], "alone", 60),
        c.StopTimer(s.PLACES[0]),
        c.MoveRoom(s.COLLECT, s.PLACES[0]),
        s.add(s.card("a", "Mere ro"), s.card("b", "Færre afbrydelser"), s.card("c", "<b>Æøå</b> 🙂")),
        c.Gather(s.GROUP, "a", "b", "h"),
        s.change("h", "name", None, s.text("Ro"), place=s.GROUP),
        s.change("h", "name", s.text("Ro"), None, place=s.GROUP),
        s.change("h", "name", None, s.text("Fred"), place=s.GROUP),
        c.Remove(s.GROUP, "c"),
        c.Undo(s.GROUP),
        c.Redo(s.GROUP),
        c.Undo(s.GROUP),
        s.change("goal-h", "chosen", False, True, place=s.PRIORITISE),
        s.change("goal-h", "target", None, 0, place=s.MEASURE),
        s.change("goal-h", "gains", (), ("employee", "society"), place=s.MEASURE),
        s.add(s.goal("g", "Bedre søvn", entry=s.goal_entry("ro")), place=s.PRIORITISE),
        s.add(s.initiative("i", "Gå-møder", entry=entry), s.initiative("j"), place=s.IDEAS),
        s.change("i", "decision", "", "yes", place=s.DECIDE),
        s.change("j", "duty", "no", "yes", place=s.DECIDE),
        s.change("resource-i", "hours", 120, 7.5, place=s.ALLOCATE),
        s.add(t.Forum("own", s.text("Tavlemøde"), "week"), place=s.ANCHOR),
        s.change("anchor-i", "forum", None, "own", place=s.ANCHOR),
        s.change("anchor-i", "responsible", None, s.text("Mette"), place=s.ANCHOR),
        s.add(t.Commitment("p", "time", s.text("To timer om ugen"), s.text("Lederen"), "2026-11-23"), place=s.COMMIT),
        c.PlanActivity(s.PLACES[-1], "after"),
        s.add(t.Review("r", "2027-01-11", "weeks_6"), place=s.PLAN),
        s.add(t.Check("check-together", "together", 1), place="anchoring.selfcheck"),
        s.change("i", "barriers", (), ("night",), place="initiatives.barriers"),
        c.CloseMeeting("2026-11-23"),
        c.ReopenMeeting(),
        c.CloseMeeting("2026-11-24"),
        s.change("r", "date", "2027-01-11", "2027-01-12", place=s.PLAN),
        s.add(t.Task("task-goals.measure", s.MEASURE, s.text("Mette"), "2026-12-01"), place=s.PLACES[-1]),
        c.StartTimer(s.COLLECT, "pairs", 120),
    )
    meeting.must(s.add(s.card("d", "Fra en telefon")), actor="seat-1")
    meeting.must(c.ReopenMeeting())
    meeting.must(c.OpenDoor("KVX742", "2026-11-23"))
    _phones(meeting)
    meeting.must(c.CloseDoor())
    return meeting


def _phones(meeting: s.Meeting) -> None:
    """Six phones send cards and give dots; one of them is taken out."""
    for number in range(6):
        seat = f"seat-{number}"
        meeting.must(c.SendCard(s.COLLECT, seat, f"card-{number}", s.text(f"Kort {number}")), seat)
        dots = {"g": number % 3, "goal-h": 1}
        meeting.must(c.CastVote(s.PRIORITISE, f"{seat}-p", 1, dots), f"{seat}-p")
    for command in (
        c.MakeWish(s.COLLECT, "seat-0", "done"),
        c.WithdrawCard(s.COLLECT, "seat-5", "card-5"),
        c.JudgeCard(s.COLLECT, "card-4", "hold", "person"),
        c.TranslateCard(s.COLLECT, "card-0", "en", "Card 0"),
        c.ShowCards(s.COLLECT, ("card-0", "card-1")),
        c.CloseAnswers(s.PRIORITISE),
        c.AnswerForManagement(s.PRIORITISE, {"g": 3}),
        c.ShowResults(s.PRIORITISE),
        c.OpenAnswers(s.PRIORITISE, again=True),
        c.CloseAnswers(s.COLLECT),
        c.AddMinutes(s.COLLECT, 2),
        c.TakeLead("hand-1", "Anna"),
        c.RemoveSeat("seat-0-out"),
        c.ShowFinding("no_promise"),
    ):
        meeting.must(command, command.seat if isinstance(command, c.FromPhone) else FACILITATOR)


def write() -> None:
    """Write the logs of this version; one that is there is never touched."""
    records = this_version().records
    for place, record in enumerate(records):
        if isinstance(record.event, Added) and record.event.thing.id == "d":
            records[place] = Record(record.seq, "", "", record.command, Erased())
    write_one(VERSION, records)
    snapshot = Builder().fold(records).snapshot()
    assert snapshot is not None
    write_one(f"{VERSION}_imported", s.Meeting(c.ImportDocument(document(snapshot)), s.add(s.card("e"))).records)


def write_one(name: str, records: list[Record]) -> None:
    """One log and the document it leads to."""
    snapshot = Builder().fold(records).snapshot()
    assert snapshot is not None
    with (LOGS / f"{name}.jsonl").open("xb") as file:
        file.writelines(msgspec.json.encode(record) + b"\n" for record in records)
    with (LOGS / f"{name}.document.json").open("xb") as file:
        file.write(msgspec.json.format(msgspec.json.encode(document(snapshot)), indent=1) + b"\n")


if __name__ == "__main__":
    write()
