"""The kit as a whole, as the home page and the command line need it: every workshop of one database."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import re
import secrets
import threading
from collections.abc import Iterable
from itertools import count

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from trivsel.content import languages, say
from trivsel.content import programme as programme_of
from trivsel.content import programmes as all_programmes
from trivsel.domain.asking import CODE_LENGTH, CODE_LETTERS
from trivsel.domain.commands import CloseDoor, Command, ImportDocument, OpenDoor, Refusal, StartWorkshop
from trivsel.domain.events import Document
from trivsel.domain.fields import TITLE_LIMIT
from trivsel.domain.things import Committee, Forum, Review, Workplace
from trivsel.domain.words import Text, pick
from trivsel.domain.workshop import DOCUMENT_VERSION, Snapshot, document
from trivsel.errors import KitError, Refused, StoreError, UnknownWorkshop
from trivsel.feed import Feed
from trivsel.session import Session
from trivsel.store import Mark, Store, url_of

DATABASE = "TRIVSEL_DATABASE"
"""The environment variable that names the database."""

PROGRAMME = "five_questions"
"""The programme a workshop follows unless another is chosen."""

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a file that is brought in."""


class Listed(Struct, frozen=True, omit_defaults=True):
    """One workshop as a list shows it; ``standing`` is where it stands, in words.

    ``origin`` is copied or imported for one that came so on the day ``made``; the others have neither.
    """

    id: str
    title: str
    workplace: str
    day: dt.date
    language: str
    people: int | None
    standing: str
    closed: bool
    origin: str = ""
    made: dt.date | None = None
    rehearsal: bool = False


def database(chosen: str | None = None) -> str:
    """The URL of the database: the one chosen, else ``TRIVSEL_DATABASE``, else a file in the user's data folder."""
    named = (chosen or os.environ.get(DATABASE, "")).strip()
    if named:
        return url_of(named)
    from platformdirs import user_data_path

    file = user_data_path("trivsel", appauthor=False) / "trivsel.db"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError("store.cannot_open", database=str(file)) from error
    return url_of(str(file))


class Kit:
    """The workshops of one database. Safe to use from any thread. Every error is a ``TrivselError``."""

    def __init__(self, database_url: str | None = None) -> None:
        self.database = database(database_url)
        self.store = Store(self.database)
        self.feed = Feed(self.store)
        self._seen: dict[str, tuple[tuple[Mark, dt.date], dict[str, Listed]]] = {}
        self._last: tuple[str, Mark, Snapshot] | None = None
        self._lock = threading.Lock()

    def close(self) -> None:
        """Let go of the database."""
        self.feed.close()
        self.store.close()

    def ping(self) -> None:
        """Raises ``StoreError`` if the store does not answer."""
        self.store.ping()

    # --- one workshop -----------------------------------------------------------------------------------------------

    def session(self, id: str) -> Session:
        """A workshop to work in. Raises ``UnknownWorkshop``."""
        return Session(self.store, id, self.feed.wake)

    def exists(self, id: str) -> bool:
        """Whether there is such a workshop."""
        try:
            self.store.mark(id)
        except UnknownWorkshop:
            return False
        return True

    def title(self, id: str) -> str:
        """What it is called. Raises ``UnknownWorkshop``."""
        return _read(self.snapshot(id)).title

    def language(self, id: str) -> str:
        """The language it is held in. Raises ``UnknownWorkshop``."""
        return self.snapshot(id).language

    def export_json(self, id: str) -> bytes:
        """The workshop as a file that can be brought in again. Raises ``UnknownWorkshop``."""
        encoded = msgspec.json.encode(document(self.snapshot(id)))
        return msgspec.json.format(encoded, indent=2) + b"\n"

    def export_html(self, id: str, language: str) -> bytes:
        """The report as one file. Raises ``UnknownWorkshop``."""
        snapshot = self.snapshot(id)
        from trivsel.report import html

        return html(snapshot, language).encode()

    def door(self, id: str, *, open: bool | None = None, begin: bool = True) -> tuple[str, bool]:
        """The code for phones and whether the door is open, opened or closed first if asked to. With ``begin`` a
        workshop that has not begun begins at its first question. The code is empty where there never was a door.
        Raises ``UnknownWorkshop``."""
        session = self.session(id)
        if open is not None:
            made = session.send(OpenDoor(new_code(), _today().isoformat(), begin) if open else CloseDoor())
            if isinstance(made, Refusal):
                raise Refused(made)
        door = session.snapshot.phones.door
        return (door.code, door.open) if door else ("", False)

    def delete(self, id: str) -> None:
        """Take a workshop away for good. Raises ``UnknownWorkshop``."""
        self.store.delete(id)
        self._last = None

    # --- all of them ------------------------------------------------------------------------------------------------

    def workshops(self, language: str) -> list[Listed]:
        """Every workshop, the newest first."""
        entries = self.store.workshops()
        with self._lock:
            before = dict(self._seen)
        known = {}
        origins: dict[str, str] | None = None
        for entry in entries:
            state = (entry.mark, _today())
            if entry.id in before and before[entry.id][0] == state:
                known[entry.id] = before[entry.id]
                continue
            with contextlib.suppress(StoreError):  # deleted meanwhile, or cannot be read: the others can
                snapshot = self.store.follow(entry.id).snapshot
                origins = self._origins() if origins is None else origins
                came = {"origin": origins[entry.id], "made": _here(entry.created)} if entry.id in origins else {}
                shown = {one: replace(listed(entry.id, snapshot, one), **came) for one in languages()}
                known[entry.id] = (state, shown)
        with self._lock:
            self._seen = known
        return [known[entry.id][1][language] for entry in entries if entry.id in known]

    def listed(self, id: str, language: str) -> Listed:
        """One workshop as the list shows it. Raises ``UnknownWorkshop``."""
        found = listed(id, self.snapshot(id), language)
        origin = self._origins().get(id)
        if origin is None:
            return found
        created = next((entry.created for entry in self.store.workshops() if entry.id == id), None)
        return replace(found, origin=origin, made=_here(created)) if created else found

    def _origins(self) -> dict[str, str]:
        """How those came that were not started from nothing: the log knows by what they were begun."""
        return {id: origin for origin in ("copied", "imported") for id in self.store.begun_by(f"{origin}-1")}

    def purge_answers(self, before: dt.date) -> list[str]:
        """Erase for good what phones have sent in workshops that were closed before ``before``: the ids of those
        in which there was something. The plans stay."""
        gone = []
        for entry in self.store.workshops():
            closed = self.snapshot(entry.id).closed
            if closed is not None and closed < before.isoformat() and self.store.erase_phones(entry.id):
                gone.append(entry.id)
        return gone

    def purge(self, before: dt.date) -> list[str]:
        """Take away for good every workshop in which nothing has happened on or after ``before``: their ids."""
        return self.store.purge(before)

    def programmes(self, language: str) -> list[tuple[str, str]]:
        """What a workshop can follow: key and title, the usual one first."""
        known = all_programmes()
        keys = sorted(known, key=lambda key: (key != PROGRAMME, key))
        return [(key, pick(known[key].title, language)) for key in keys]

    # --- new ones ---------------------------------------------------------------------------------------------------

    def start(
        self,
        *,
        title: str,
        workplace: str = "",
        people: int | None = None,
        committee: Committee = "none",
        leads: str = "",
        programme: str = PROGRAMME,
        language: str = "da",
        day: dt.date | None = None,
    ) -> str:
        """A new workshop, today unless ``day`` is given: its id. Raises ``Refused``, and ``ContentError`` for an
        unknown programme."""
        command = StartWorkshop(
            programme=programme_of(programme),
            language=_known(language),
            day=(day or _today()).isoformat(),
            title=title,
            workplace=workplace,
            people=people,
            committee=committee,
            leads=leads,
        )
        return self._create([command])

    def example(self, language: str, *, fresh: bool = False) -> str:
        """The worked example, made if it is not there or if a ``fresh`` one is wanted: its id."""
        key = f"example-{_known(language)}"
        there = [] if fresh else self.store.begun_by(f"{key}-1")
        if there:
            return there[0]
        from trivsel.example import commands

        return self._create(commands(language), key)

    def copy(self, id: str) -> str:
        """A new workshop at the same workplace with the same programme and meetings, and nothing filled in: its id.

        Its title gets a number, so that it can be told from the one it was made from on every page and in every file.
        """
        snapshot = self.snapshot(id)
        title = numbered(snapshot.workplace.title, {one.title for one in self.workshops(snapshot.language)})
        return self._fresh(snapshot, replace(_without(snapshot.workplace, _OF_THE_DAY), title=title))

    def rehearsal(self, id: str) -> str:
        """A copy to practise on, marked as a rehearsal: same frame, same people expected, and nothing filled in, so
        that everything can be practised: its id. The workshop itself is left alone."""
        snapshot = self.snapshot(id)
        return self._fresh(snapshot, replace(_without(snapshot.workplace, _NOT_PRACTISED), rehearsal=True))

    def _fresh(self, snapshot: Snapshot, workplace: Workplace) -> str:
        template = Document(
            format="trivsel",
            version=DOCUMENT_VERSION,
            language=snapshot.language,
            day=_today().isoformat(),
            programme=snapshot.programme,
            things=(workplace, *snapshot.of(Forum)),
            states=snapshot.states,
        )
        return self._create([ImportDocument(template)], "copied")

    def import_json(self, content: bytes) -> str:
        """Bring in a workshop from a file: its new id. Raises ``Refused`` or ``KitError`` for what is not one."""
        return self._create([ImportDocument(read_document(content))], "imported")

    def _create(self, commands: Iterable[Command], key: str | None = None) -> str:
        made = self.store.create(commands, key=key)
        if isinstance(made, Refusal):
            raise Refused(made)
        return made

    def snapshot(self, id: str) -> Snapshot:
        """The workshop as it is now; a page asks several times for the same one, so the last is kept."""
        mark = self.store.mark(id)
        last = self._last
        if last is None or last[:2] != (id, mark):
            last = self._last = (id, mark, self.store.follow(id).snapshot)
        return last[2]


_OF_THE_DAY = (
    "day", "begin", "end", "where", "invited", "not_on_shift", "leader_absent", "leaders",
    "calendar_sent", "keeper", "readers", "rehearsal",
)  # fmt: skip
"""What is known of one meeting, and not of the workplace."""
_NOT_PRACTISED = ("day", "begin", "end", "calendar_sent", "keeper", "readers")
"""What would be in the way when the same meeting is practised."""


def _without(workplace: Workplace, fields: Iterable[str]) -> Workplace:
    blank = Workplace(id=workplace.id, title=workplace.title)
    return replace(workplace, **{name: getattr(blank, name) for name in fields})


def read_document(content: bytes) -> Document:
    """A file as the workshop it holds, or a report as the plan it carries.

    Raises ``Refused`` for what is damaged, foreign or newer, ``KitError`` for what is too large.
    """
    if len(content) > LARGEST_FILE:
        raise KitError("kit.file_too_big", limit=str(LARGEST_FILE // 1024 // 1024))
    content = content.removeprefix(b"\xef\xbb\xbf")
    if content.lstrip().startswith(b"<"):
        content = _plan_in(content)
    if not content.lstrip().startswith((b"{", b"[")):
        raise Refused(Refusal("foreign_file"))
    try:
        found = msgspec.json.decode(content)
    except (ValueError, RecursionError) as error:
        raise Refused(Refusal("damaged_file")) from error
    if not isinstance(found, dict) or found.get("format") != "trivsel":
        raise Refused(Refusal("foreign_file"))
    version = found.get("version")
    if isinstance(version, int) and version > DOCUMENT_VERSION:
        raise Refused(Refusal("newer_file", {"version": str(version)}))
    try:
        return msgspec.json.decode(content, type=Document)
    except (ValueError, RecursionError) as error:
        raise Refused(Refusal("damaged_file")) from error


def _plan_in(page: bytes) -> bytes:
    """The plan in a report, or nothing where the page is not a report."""
    from trivsel.report.carried import carried_in

    try:
        return carried_in(page.decode("utf-8", "replace")).encode()
    except ValueError:
        return b""


def listed(id: str, snapshot: Snapshot, language: str) -> Listed:
    """A workshop for a list in ``language``; its title is as the group wrote it."""
    names = _read(snapshot)
    return Listed(
        id=id,
        title=names.title,
        workplace=names.workplace,
        day=dt.date.fromisoformat(snapshot.workplace.day or snapshot.day),
        language=snapshot.language,
        people=snapshot.workplace.people,
        standing=standing(snapshot, language),
        closed=snapshot.closed is not None,
        rehearsal=snapshot.workplace.rehearsal,
    )


def standing(snapshot: Snapshot, language: str) -> str:
    """Where a workshop stands: not begun, at which step, closed, or when the group looks again."""
    words = say(language)
    if snapshot.closed is not None:
        ahead = sorted(review.date for review in snapshot.of(Review) if review.date >= _today().isoformat())
        return words("kit.follows_up", date=words.date(ahead[0])) if ahead else words("kit.closed")
    steps = [step for step in snapshot.programme.steps if not step.interlude]
    number = 0
    for step in snapshot.programme.steps:
        number += not step.interlude
        if snapshot.place.startswith(f"{step.key}."):
            break
    else:
        number = 0
    if number == 0:
        return words("kit.not_begun")
    return words("kit.step_of", number=number, steps=len(steps))


class _Names(Struct, frozen=True):
    title: str
    workplace: str


def _read(snapshot: Snapshot) -> _Names:
    workplace = snapshot.workplace
    return _Names(
        title=workplace.title.read(snapshot.language),
        workplace=workplace.name.read(snapshot.language) if workplace.name else "",
    )


def numbered(title: Text, taken: set[str]) -> Text:
    """The title with the first number that makes it one of its own: ”Et godt arbejdsliv (2)”."""

    def named(text: str, number: int) -> str:
        ending = f" ({number})"
        return re.sub(r" \(\d{1,2}\)$", "", text)[: TITLE_LIMIT - len(ending)] + ending

    texts = (title.text, *title.also.values())
    free = next(number for number in count(2) if not {named(text, number) for text in texts} & taken)
    return Text(title.lang, named(title.text, free), {lang: named(text, free) for lang, text in title.also.items()})


def _known(language: str) -> str:
    if language not in languages():
        raise KitError("kit.unknown_language", language=language, languages=", ".join(languages()))
    return language


def new_code() -> str:
    """A code for phones that nobody can guess."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))


def _here(at: str) -> dt.date:
    """The day, on this computer's calendar, of a time as it is stored."""
    return dt.datetime.fromisoformat(at).astimezone().date()


def _today() -> dt.date:
    return dt.datetime.now().astimezone().date()
