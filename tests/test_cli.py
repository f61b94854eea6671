"""The command line: what each command says, writes and answers, and that bad luck is told in a sentence."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.kit import own_environment, program
from trivsel.cli import commands, system_language
from trivsel.domain.commands import SendCard
from trivsel.domain.words import Text
from trivsel.kit import Kit

Run = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    """What a command has written, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """An English system with an empty database of this test's own."""
    return {"TRIVSEL_DATABASE": str(tmp_path / "trivsel.db"), "LC_ALL": "en_GB.UTF-8"}


@pytest.fixture
def run(settings: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process; it must end with ``code`` and never by an error that nobody caught."""
    monkeypatch.chdir(tmp_path)

    def run_(*arguments: str, code: int = 0, **more: str) -> Done:
        result = CliRunner().invoke(commands, arguments, env=settings | more, prog_name="trivsel")
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return Done(result.exit_code, result.stdout_bytes.decode(), result.stderr_bytes.decode())

    return run_


@pytest.fixture
def run_process(settings: dict[str, str], tmp_path: Path) -> Run:
    """Run ``trivsel`` as somebody would."""

    def run_(*arguments: str, code: int = 0, **more: str) -> Done:
        environment = own_environment(tmp_path, **settings) | more
        done = subprocess.run(
            [program(), *arguments], env=environment, cwd=tmp_path, capture_output=True, check=False, timeout=60
        )
        out, err = done.stdout.decode(), done.stderr.decode()
        assert "Traceback" not in err, err
        assert done.returncode == code, out + err
        return Done(done.returncode, out, err)

    return run_


@pytest.fixture
def id(run: Run) -> str:
    return last(run("new", "--title", "Ro på Æblegården", "--workplace", "Ørsted", "--language", "da"))


def last(done: Done) -> str:
    return done.stdout.splitlines()[-1]


def sentence(done: Done) -> str:
    """The one line that says why not."""
    assert done.stdout == ""
    [line] = done.stderr.splitlines()
    return line


# --- what it does ---------------------------------------------------------------------------------------------------


def test_the_help_names_every_command(run: Run) -> None:
    said = run("--help").stdout
    for command in (
        "serve",
        "new",
        "example",
        "list",
        "room",
        "rehearse",
        "backup",
        "restore",
        "doctor",
        "delete",
        "purge",
        "export",
        "import",
    ):
        assert re.search(rf"^  {command} ", said, re.MULTILINE), said
        assert "Usage" in run(command, "--help").stdout


def test_the_version_is_told(run: Run) -> None:
    assert re.fullmatch(r"\d+\.\d+\.\d+\S*\n", run("--version").stdout)


def test_asking_for_help_loads_nothing_heavy() -> None:
    code = "import sys, trivsel.cli; print([m for m in ('sqlalchemy', 'voila', 'pandas', 'babel') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_new_workshop_is_listed_in_both_languages(run: Run, id: str) -> None:
    assert re.fullmatch("[a-z2-9]{10}", id)
    assert re.search(rf"^{id} .*not begun +Ro på Æblegården +Ørsted$", run("list").stdout, re.MULTILINE)
    assert "ikke begyndt" in run("list", "--language", "da").stdout


def test_the_list_is_there_for_programs_too(run: Run, id: str) -> None:
    assert json.loads(run("list", "--json").stdout) == [
        {
            "id": id,
            "title": "Ro på Æblegården",
            "workplace": "Ørsted",
            "day": json.loads(run("export", id, "--to", "json").stdout)["day"],
            "language": "da",
            "people": None,
            "standing": "not begun",
            "closed": False,
        }
    ]


def test_an_empty_list_says_how_to_begin(run: Run) -> None:
    assert "trivsel new" in run("list").stdout
    assert json.loads(run("list", "--json").stdout) == []


@pytest.mark.parametrize(("language", "word"), [("da", "Mål"), ("en", "Goals")])
def test_the_example_is_made_and_taken_out_as_a_report(run: Run, tmp_path: Path, language: str, word: str) -> None:
    id = last(run("example", "--language", language))
    report = tmp_path / "rapport æ.html"
    assert run("export", id, "--to", "html", "--out", str(report)).stdout == ""
    page = report.read_text(encoding="utf-8")
    assert f'lang="{language}"' in page
    assert word in page
    assert run("export", id, "--to", "html").stdout.replace("\r\n", "\n") == page
    other = "en" if language == "da" else "da"
    assert f'lang="{other}"' in run("export", id, "--to", "html", "--language", other).stdout


def test_a_workshop_goes_out_and_comes_in_again(run: Run, tmp_path: Path) -> None:
    id = last(run("example"))
    file = tmp_path / "out.json"
    run("export", id, "--to", "json", "--out", str(file))
    brought = last(run("import", str(file)))
    assert brought != id
    assert run("export", brought, "--to", "json").stdout == file.read_text(encoding="utf-8")


def test_a_workshop_can_follow_another_programme(run: Run) -> None:
    id = last(run("new", "--title", "Kort", "--programme", "one_question"))
    assert json.loads(run("export", id, "--to", "json").stdout)["programme"]["key"] == "one_question"


def test_what_is_deleted_is_gone(run: Run, id: str) -> None:
    assert "Ro på Æblegården" in run("delete", id).stdout
    assert id in sentence(run("delete", id, code=1))


@pytest.mark.parametrize("date", ["2099-01-31", "31-01-2099", "31.01.2099"])
def test_old_workshops_are_taken_away(run: Run, id: str, date: str) -> None:
    assert run("purge", "--before", "2020-01-01").stdout == "0 workshops have been deleted.\n"
    assert run("purge", "--before", date).stdout == f"1 workshop has been deleted.\n{id}\n"
    assert json.loads(run("list", "--json").stdout) == []


def test_the_door_is_opened_and_closed_and_its_code_is_the_last_line(run: Run, id: str) -> None:
    assert "--open" in sentence(run("room", id, code=1))
    code = last(run("room", id, "--open"))
    assert re.fullmatch("[A-HJKMNP-Z2-9]{6}", code)
    closed = run("room", id, "--close")
    assert last(closed) == code
    assert "closed" in closed.stdout
    assert last(run("room", id, "--open")) == code


def test_only_what_phones_sent_is_taken_away_if_asked_for(run: Run, id: str) -> None:
    assert run("purge", "--before", "2099-01-01", "--answers").stdout.startswith(
        "What phones sent has been deleted in 0"
    )
    assert id in run("list").stdout


def test_a_database_can_be_chosen_by_path_or_address(run: Run, tmp_path: Path) -> None:
    id = last(run("new", "--title", "Her", "--database", "own æ.db"))
    assert (tmp_path / "own æ.db").exists()
    assert id in run("list", "--database", f"sqlite:///{tmp_path}/own æ.db").stdout
    assert id not in run("list").stdout


def test_the_database_of_nobody_in_particular_lies_in_the_data_folder(run: Run, tmp_path: Path) -> None:
    home = {"HOME": str(tmp_path), "XDG_DATA_HOME": str(tmp_path / "data"), "LOCALAPPDATA": str(tmp_path / "data")}
    run("list", TRIVSEL_DATABASE="", **home)
    assert list(tmp_path.rglob("trivsel/trivsel.db"))


# --- languages ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("names", "language"),
    [
        ({"LANG": "da_DK.UTF-8"}, "da"),
        ({"LANG": "en_US.UTF-8"}, "en"),
        ({"LANG": "sv_SE.UTF-8"}, "en"),
        ({"LC_ALL": "da", "LANG": "en_US.UTF-8"}, "da"),
        ({"LC_ALL": "C", "LANG": "da_DK.UTF-8"}, "en"),
        ({"LC_MESSAGES": "da_DK", "LANG": "C"}, "da"),
        ({}, "en"),
    ],
)
def test_the_language_of_the_system(names: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language


def test_a_workshop_is_held_in_the_language_of_the_system_unless_another_is_chosen(run: Run) -> None:
    id = last(run("new", "--title", "Ro", LC_ALL="da_DK.UTF-8"))
    assert json.loads(run("list", "--json").stdout)[0]["language"] == "da"
    assert run("list", LC_ALL="da_DK.UTF-8").stdout.startswith("ID")
    assert "Slettet" in run("delete", id, LC_ALL="da_DK.UTF-8").stdout


def test_output_is_utf_8_whatever_the_console_says(run_process: Run, id: str) -> None:
    for more in ({"PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}, {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}):
        assert "Ro på Æblegården" in run_process("list", **more, LC_ALL="C").stdout


# --- bad luck -------------------------------------------------------------------------------------------------------

REFUSED = [
    (["export", "nobody", "--to", "json"], "nobody"),
    (["export", "nobody", "--to", "html"], "nobody"),
    (["delete", "nobody"], "nobody"),
    (["new", "--title", " "], ""),
    (["new", "--title", "x" * 121], "121"),
    (["new", "--title", "Ro", "--programme", "five_qestions"], "five_questions"),
    (["import", "none.json"], "none.json"),
    (["import", "."], "."),
    (["import", "foreign.json"], "Trivsel"),
    (["import", "damaged.json"], ""),
    (["import", "newer.json"], "99"),
    (["list", "--database", "foreign.json"], "foreign.json"),
    (["list", "--database", "none/trivsel.db"], "trivsel.db"),
    (["list", "--database", "mysql://localhost/x"], "mysql"),
]


@pytest.mark.parametrize(("arguments", "names"), REFUSED, ids=lambda value: " ".join(value) if value else "")
def test_what_cannot_be_done_is_said_in_one_sentence_in_each_language(
    run: Run, tmp_path: Path, arguments: list[str], names: str
) -> None:
    (tmp_path / "foreign.json").write_text(json.dumps(list(range(1_000))))
    (tmp_path / "damaged.json").write_text('{"format": "trivsel", "version": 1')
    (tmp_path / "newer.json").write_text('{"format": "trivsel", "version": 99}')
    said = {sentence(run(*arguments, "--language", language, code=1)) for language in ("da", "en")}
    assert len(said) == 2
    assert all(names in one for one in said)


WRONG = [
    ["nonsense"],
    ["new"],
    ["new", "--title", "Ro", "--language", "fr"],
    ["export", "nobody"],
    ["export", "nobody", "--to", "pdf"],
    ["export", "--to", "json"],
    ["purge"],
    ["purge", "--before", "yesterday"],
    ["serve", "--port", "0"],
    ["serve", "--port", "high"],
    ["list", "--nonsense"],
]


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_wrong_usage_is_told_apart(run: Run, arguments: list[str]) -> None:
    done = run(*arguments, code=2)
    assert done.stdout == ""
    assert "Usage" in done.stderr


def test_a_server_that_cannot_start_is_said_so(run_process: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("Not a database. " * 100)
    assert "notes.txt" in sentence(run_process("serve", "--no-browser", "--database", "notes.txt", code=1))


def test_a_port_that_is_taken_is_said_so(run_process: Run) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = run_process("serve", "--no-browser", "--port", port, "--language", "da", code=1)
        assert port in sentence(done)


def test_a_report_that_cannot_be_written_leaves_nothing(run: Run, id: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    for out in ("folder", "none/out.json", f"{id}\0.json" if os.name == "nt" else "/proc/out.json"):
        assert out.rpartition("/")[2] in sentence(run("export", id, "--to", "json", "--out", out, code=1))
    assert [path.name for path in tmp_path.rglob("*") if ".part" in path.name or "out" in path.name] == []


def test_a_file_is_written_over_whole_and_a_link_stays_a_link(run: Run, id: str, tmp_path: Path) -> None:
    target, link = tmp_path / "target.json", tmp_path / "link.json"
    target.write_text("old")
    link.symlink_to(target)
    run("export", id, "--to", "json", "--out", str(link))
    assert link.is_symlink()
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == "trivsel"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such files")
def test_an_output_that_is_no_file_is_written_to_as_it_is(run: Run, id: str) -> None:
    run("export", id, "--to", "json", "--out", "/dev/null")
    assert os.path.exists("/dev/null")
    assert not os.path.isfile("/dev/null")
    assert json.loads(run("export", id, "--to", "json", "--out", "-").stdout)["format"] == "trivsel"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such pipes")
def test_nobody_listening_to_the_output_is_no_disaster(run: Run, settings: dict[str, str], tmp_path: Path) -> None:
    id = last(run("example"))
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [program(), "export", id, "--to", "json"],
        env=own_environment(tmp_path, **settings),
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (1, "")


# --- rehearsals -------------------------------------------------------------------------------------------------------


def test_a_rehearsal_says_what_was_sent_and_ends_with_the_copy(run: Run) -> None:
    original = last(run("new", "--title", "Short", "--programme", "one_question"))
    done = run("rehearse", original, "--phones", "5", "--seed", "3")
    copy = last(done)
    assert copy != original
    assert "Everything that got a receipt is in the database exactly once." in done.stdout
    assert re.search(r"^Cards +\d+ +\d+ +\d+ +0 +\d+$", done.stdout, re.MULTILINE)
    assert done.stderr == ""
    marks = {one["id"]: one.get("rehearsal", False) for one in json.loads(run("list", "--json").stdout)}
    assert marks == {original: False, copy: True}
    assert "Short [Rehearsal]" in run("list").stdout


def test_a_workshop_that_real_phones_have_answered_is_left_alone_unless_told_otherwise(
    run: Run, settings: dict[str, str]
) -> None:
    original = last(run("new", "--title", "Kort", "--programme", "one_question", "--language", "da"))
    kit = Kit(settings["TRIVSEL_DATABASE"])
    kit.session(original).send(SendCard("now.collect", "s" * 24, "card-1", Text("da", "Mere ro")))
    kit.close()
    assert "--anyway" in sentence(run("rehearse", original, "--in-place", code=1))
    assert last(run("rehearse", original, "--in-place", "--anyway", "--phones", "3")) == original
