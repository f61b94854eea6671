"""A meeting held without a room: every command is carried out at once, so that the next one knows what is there."""

from __future__ import annotations

from trivsel.domain.commands import Change, Command, MoveRoom, Refusal, StartWorkshop
from trivsel.domain.events import Record, Value
from trivsel.domain.rules import decide
from trivsel.domain.workshop import FACILITATOR, Builder, Snapshot


class Meeting:
    """Carries out commands as the store would, and keeps them. A refusal is a mistake in the example."""

    def __init__(self) -> None:
        self.commands: list[Command] = []
        self._builder = Builder()
        self._day = ""

    @property
    def snapshot(self) -> Snapshot:
        """The workshop as it is now."""
        snapshot = self._builder.snapshot()
        if snapshot is None:
            raise ValueError("the workshop has not begun")
        return snapshot

    def do(self, command: Command) -> None:
        """Carry out one command. Raises ValueError where it is refused."""
        events = decide(self._builder.snapshot(), command)
        if isinstance(events, Refusal):
            raise ValueError(f"{type(command).__name__}: {events.key} {events.about}")
        self.commands.append(command)
        if isinstance(command, StartWorkshop):
            self._day = command.day
        name = f"example-{len(self.commands)}"
        seq = self._builder.seq
        self._builder.fold(Record(seq + i, self._day, FACILITATOR, name, event) for i, event in enumerate(events, 1))

    def change(self, place: str, id: str, **fields: Value) -> None:
        """Fill in fields of a thing, leaving those that already say so."""
        for field, now in fields.items():
            was = getattr(self.snapshot.things[id], field)
            if was != now:
                self.do(Change(place, id, field, was, now))

    def move(self, place: str) -> None:
        """Take the room to an activity."""
        if self.snapshot.place != place:
            self.do(MoveRoom(place, self.snapshot.place))
