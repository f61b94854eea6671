"""The command line: for whoever hosts the kit, and for taking workshops in and out."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from trivsel.content import Say
    from trivsel.errors import TrivselError
    from trivsel.kit import Kit, Listed

commands = typer.Typer(
    name="trivsel",
    help="A workshop kit for health and wellbeing at work. Start it with: trivsel serve",
    epilog="Exit codes: 0 done, 1 refused with a reason, 2 wrong usage.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


class Format(StrEnum):
    """What a workshop can be exported to."""

    html = "html"
    json = "json"


class Pace(StrEnum):
    """How quickly simulated participants think."""

    fast = "fast"
    slow = "slow"


def _language(chosen: str | None) -> str | None:
    """Refuse a language that the kit does not speak; that is wrong usage."""
    from trivsel.content import languages

    if chosen is not None and chosen not in languages():
        raise typer.BadParameter(f"'{chosen}' is not one of {', '.join(languages())}.")
    return chosen


Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="URL",
        envvar="TRIVSEL_DATABASE",
        help="Where the workshops are kept: sqlite:///FILE or postgresql://…; else a file in your data folder.",
    ),
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="da|en", callback=_language, help="Else the language of the system."),
]
Id = Annotated[str, typer.Argument(metavar="ID", help="The id of a workshop, as trivsel list shows it.")]


@commands.callback(invoke_without_command=True)
def trivsel(version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    if version:
        from importlib.metadata import version as version_of

        typer.echo(version_of("trivsel"))
        raise typer.Exit


@commands.command()
def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8866,
    ip: Annotated[
        str | None, typer.Option(help="The address to listen on; else 127.0.0.1, or all with --share.")
    ] = None,
    share: Annotated[
        bool, typer.Option("--share", help="Let phones on the room's network in, and show the address for them.")
    ] = False,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the home page in a browser.")] = True,
    token: Annotated[
        str | None, typer.Option(help="What the facilitator logs in with; else one is made and kept.")
    ] = None,
    database: Database = None,
    language: Language = None,
) -> None:
    """Start everything and open the home page."""
    with _speaking(language) as say:
        from trivsel.kit import database as database_of
        from trivsel.web.app import serve as serve_web
        from trivsel.web.trouble import Trouble

        url = database_of(database)
        try:
            serve_web(
                database=url,
                ip=ip or ("0.0.0.0" if share else "127.0.0.1"),
                port=port,
                token=token,
                browser=browser,
                share=share,
                language=language,
                spoken=say.language,
            )
        except Trouble as trouble:
            typer.echo(trouble.say(say.language), err=True)
            raise typer.Exit(1) from trouble


@commands.command()
def new(
    title: Annotated[str, typer.Option(help="What the workshop is called.")],
    workplace: Annotated[str, typer.Option(help="Where it is held.")] = "",
    programme: Annotated[str | None, typer.Option(help="The programme it follows; else the five questions.")] = None,
    language: Language = None,
    database: Database = None,
) -> None:
    """Make a new workshop. Its id is the last line."""
    from trivsel.kit import PROGRAMME

    with _at_work(language, database) as (kit, say):
        id = kit.start(title=title, workplace=workplace, programme=programme or PROGRAMME, language=say.language)
        typer.echo(say("cli.made", title=kit.title(id)))
        typer.echo(id)


@commands.command()
def example(language: Language = None, database: Database = None) -> None:
    """Make the worked example. Its id is the last line."""
    with _at_work(language, database) as (kit, say):
        id = kit.example(say.language, fresh=True)
        typer.echo(say("cli.made", title=kit.title(id)))
        typer.echo(id)


@commands.command("list")
def list_(
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, for other programs.")] = False,
    language: Language = None,
    database: Database = None,
) -> None:
    """Show every workshop, the newest first."""
    with _at_work(language, database) as (kit, say):
        found = kit.workshops(say.language)
        if as_json:
            import msgspec

            typer.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
        elif not found:
            typer.echo(say("cli.none_yet"))
        else:
            rows = [
                (one.id, say.date(one.day.isoformat()), one.standing, _title(one, say), one.workplace) for one in found
            ]
            headings = ("cli.id", "cli.day", "cli.standing", "cli.title", "cli.workplace")
            for line in _columns([tuple(say(key) for key in headings), *rows]):
                typer.echo(line)


def _title(listed: Listed, say: Say) -> str:
    return f"{listed.title} [{say('home.is_rehearsal')}]" if listed.rehearsal else listed.title


@commands.command()
def room(
    id: Id,
    open_: Annotated[bool | None, typer.Option("--open/--close", help="Let phones in, or let no more in.")] = None,
    language: Language = None,
    database: Database = None,
) -> None:
    """Open or close the door for phones. The code is the last line."""
    with _at_work(language, database) as (kit, say):
        code, is_open = kit.door(id, open=open_)
        if not code:
            typer.echo(say("cli.never_opened"), err=True)
            raise typer.Exit(1)
        typer.echo(say("cli.door_open" if is_open else "cli.door_closed"))
        typer.echo(code)


@commands.command()
def rehearse(
    *,
    id: Id,
    phones: Annotated[int, typer.Option(min=1, max=1000, help="How many simulated participants.")] = 30,
    seed: Annotated[int, typer.Option(help="The same number gives the same participants and the same answers.")] = 1,
    pace: Annotated[Pace, typer.Option(help="fast: in seconds. slow: as people think, most of an hour.")] = Pace.fast,
    in_place: Annotated[
        bool, typer.Option("--in-place", help="On the workshop itself, which is marked then; else on a copy.")
    ] = False,
    anyway: Annotated[
        bool, typer.Option("--anyway", help="With --in-place: even where real phones have answered.")
    ] = False,
    language: Language = None,
    database: Database = None,
) -> None:
    """Hold a rehearsal with simulated participants, on a marked copy. The copy's id is the last line."""
    with _at_work(language, database) as (kit, say):
        from trivsel.web.rehearsal import practice, told

        workshop = practice.ready(kit, id, in_place=in_place, anyway=anyway)
        typer.echo(say("rehearsal.on_itself" if in_place else "rehearsal.on_copy"))
        snapshot = kit.snapshot(workshop)
        held = practice.practise(
            kit,
            workshop,
            phones=phones,
            seed=seed,
            pace=pace,
            begun=lambda address: typer.echo(say("rehearsal.at", address=address)),
            tell=lambda place, missing: typer.echo(told.activity(snapshot.programme, place, missing, say)),
        )
        for line in told.lines(held, say, snapshot.language):
            typer.echo(line)
        for line in told.troubles(held, say):
            typer.echo(line, err=True)
        typer.echo(workshop)
        if not held.good:
            raise typer.Exit(1)


@commands.command()
def delete(id: Id, language: Language = None, database: Database = None) -> None:
    """Take a workshop away for good."""
    with _at_work(language, database) as (kit, say):
        title = kit.title(id)
        kit.delete(id)
        typer.echo(say("cli.deleted", title=title))


@commands.command()
def purge(
    before: Annotated[
        dt.datetime,
        typer.Option(metavar="DATE", formats=["%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"], help="Such as 2026-01-31."),
    ],
    *,
    answers: Annotated[
        bool, typer.Option("--answers", help="Only what phones sent, in meetings closed before the date; plans stay.")
    ] = False,
    language: Language = None,
    database: Database = None,
) -> None:
    """Take away for good every workshop in which nothing has happened since a date."""
    with _at_work(language, database) as (kit, say):
        gone = kit.purge_answers(before.date()) if answers else kit.purge(before.date())
        typer.echo(say("cli.purged_answers" if answers else "cli.purged", n=len(gone)))
        for id in gone:
            typer.echo(id)


File = Annotated[Path, typer.Argument(metavar="FILE", help="Where the copy lies.")]


@commands.command()
def backup(file: File, language: Language = None, database: Database = None) -> None:
    """Copy all workshops to a file, also while people are working."""
    with _at_work(language, database) as (kit, say):
        kit.store.backup(file.expanduser().absolute())
        typer.echo(say("cli.backed_up", file=file))


@commands.command()
def restore(file: File, language: Language = None, database: Database = None) -> None:
    """Bring back what a copy holds and is not here. What has gone on since the copy stays as it is."""
    with _at_work(language, database) as (kit, say):
        done = kit.store.restore(file.expanduser().absolute())
        typer.echo(say("cli.restored", new=len(done.new), longer=len(done.longer), same=len(done.same)))


@commands.command()
def doctor(language: Language = None, database: Database = None) -> None:
    """Check that everything in the database is as it should be, and say what to do if not."""
    with _at_work(language, database) as (kit, say):
        faults = kit.store.check()
        for fault in faults:
            typer.echo(say(fault.key, **fault.about), err=True)
        if faults:
            raise typer.Exit(1)
        typer.echo(say("doctor.well", n=len(kit.store.workshops())))


@commands.command()
def export(
    id: Id,
    to: Annotated[Format, typer.Option(help="html: the report. json: everything, to bring in again.")],
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Where to; else to standard output.")] = None,
    language: Language = None,
    database: Database = None,
) -> None:
    """Take a workshop out as a report or as a file."""
    with _at_work(language, database) as (kit, say):
        content = kit.export_json(id) if to is Format.json else kit.export_html(id, language or kit.language(id))
        if out is None or str(out) == "-":
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
        else:
            write(out, content)
            typer.echo(say("cli.written", file=out), err=True)


@commands.command("import")
def import_(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A .json file from trivsel export, or an HTML report: it carries the plan."
        ),
    ],
    language: Language = None,
    database: Database = None,
) -> None:
    """Bring in a workshop from a file. Its new id is the last line."""
    with _at_work(language, database) as (kit, say):
        id = kit.import_json(read(file))
        typer.echo(say("cli.brought_in", title=kit.title(id)))
        typer.echo(id)


def read(file: Path) -> bytes:
    """A file's content, no more of it than can be brought in. Raises ``KitError``."""
    from trivsel.errors import KitError
    from trivsel.kit import LARGEST_FILE

    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise KitError("cli.cannot_read", file=str(file), reason=error.strerror or str(error)) from error


def write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all. Raises ``KitError``."""
    from secrets import token_hex

    from trivsel.errors import KitError

    try:
        if file.exists() and not file.is_file() and not file.is_dir():
            file.write_bytes(content)  # a pipe or a device cannot be replaced
            return
        target = file.resolve()
        beside = target.with_name(f".{target.name[:100]}.{token_hex(4)}.part")
        try:
            with beside.open("xb") as opened:
                opened.write(content)
                opened.flush()
                os.fsync(opened.fileno())
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise KitError("cli.cannot_write", file=str(file), reason=error.strerror or str(error)) from error


@contextlib.contextmanager
def _speaking(language: str | None) -> Iterator[Say]:
    """Says why, and stops with 1, if something cannot be done."""
    from trivsel.content import say
    from trivsel.errors import TrivselError

    words = say(language or system_language())
    try:
        yield words
    except TrivselError as error:
        typer.echo(_sentence(error, words), err=True)
        raise typer.Exit(1) from error


@contextlib.contextmanager
def _at_work(language: str | None, database: str | None) -> Iterator[tuple[Kit, Say]]:
    from trivsel.kit import Kit

    with _speaking(language) as words, contextlib.closing(Kit(database)) as kit:
        yield kit, words


def _sentence(error: TrivselError, words: Say) -> str:
    return " ".join(error.message(words).split())


def system_language() -> str:
    """Danish where the system is Danish, else English."""
    names = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    named = next((name for name in names if name), "")
    if not named and sys.platform == "win32":
        import ctypes
        import locale

        number = ctypes.windll.kernel32.GetUserDefaultUILanguage()
        named = locale.windows_locale.get(number, "")
    return "da" if named.lower().startswith("da") else "en"


def _columns(rows: list[tuple[str, ...]]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def app(arguments: list[str] | None = None) -> Any:
    """What ``trivsel`` runs. Output is UTF-8 on every system."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(AttributeError, ValueError):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        commands(arguments)
    except BrokenPipeError:
        # Whoever read our output has heard enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    app()
