"""The secret stays, beside the database, for its owner only."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from trivsel.web.secret import Keys, read_secret, secret_path


def test_it_is_made_once(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "a.secret"
    first = read_secret(file)
    assert (len(first), read_secret(file)) == (32, first)


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights in another way")
def test_only_its_owner_reads_it(tmp_path: Path) -> None:
    read_secret(tmp_path / "a.secret")
    assert (tmp_path / "a.secret").stat().st_mode & 0o777 == 0o600


def test_half_a_secret_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "a.secret").write_bytes(b"short")
    assert len(read_secret(tmp_path / "a.secret")) == 32


def test_it_lies_beside_an_sqlite_file(tmp_path: Path) -> None:
    file = tmp_path / "trivsel.db"
    assert secret_path(f"sqlite:///{file}") == Path(f"{file}.secret")
    assert secret_path(f"sqlite+pysqlite:///{file}?timeout=3") == Path(f"{file}.secret")


def test_that_of_a_postgresql_database_does_not_depend_on_its_password() -> None:
    one, same, other = (
        secret_path(f"postgresql://{who}@db.local:5432/{name}")
        for who, name in (("a:b", "x"), ("c:d", "x"), ("a", "y"))
    )
    assert one == same != other


def test_without_a_key_of_ones_own_the_key_stays_the_same() -> None:
    assert Keys(b"1" * 32).token == Keys(b"1" * 32).token != Keys(b"2" * 32).token
