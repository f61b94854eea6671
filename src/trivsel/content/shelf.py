"""Where the kit's files lie, whether it was installed from a wheel, installed editable or cloned."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from trivsel.content.mistakes import ContentError

OWN = "TRIVSEL_CONTENT"
"""The environment variable that names a trainer's own folder of programmes, steps, texts and catalogues."""

_HERE = Path(__file__).resolve().parent
_SHIPPED = ("notebooks", "facilitator_guide", "data_templates")


def place(*parts: str) -> Path:
    """The path of one of the kit's files or folders, such as ``place("steps", "goals.toml")``.

    ``notebooks``, ``facilitator_guide`` and ``data_templates`` lie beside ``src`` in a checkout and in
    ``trivsel/_files`` in a wheel; everything else lies beside this module.
    """
    if parts and parts[0] in _SHIPPED:
        wheel = _HERE.parent / "_files"
        root = wheel if wheel.is_dir() else _HERE.parents[2]
        return root.joinpath(*parts)
    return _HERE.joinpath(*parts)


def own_folder() -> Path | None:
    """The trainer's own folder, or None where none is named; refused if it is not there."""
    named = os.environ.get(OWN, "").strip()
    folder = Path(named).expanduser() if named else None
    if folder is not None and not folder.is_dir():
        raise ContentError("no_folder", file=str(folder))
    return folder


def files(folder: str, ending: str, own: Path | None) -> Iterator[Path]:
    """The kit's files of a folder in order of their names, then the trainer's own."""
    for root in filter(None, (_HERE, own)):
        yield from sorted((root / folder).glob(f"*{ending}"))
