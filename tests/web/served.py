"""Runs the server with a notebook of the tests: ``python -m tests.web.served PORT TOKEN DATABASE NOTEBOOKS``."""

from __future__ import annotations

import sys
from pathlib import Path

from trivsel.web.app import serve
from trivsel.web.trouble import Trouble

if __name__ == "__main__":
    port, token, database, notebooks = sys.argv[1:]
    try:
        serve(
            database=database,
            ip="127.0.0.1",
            port=int(port),
            token=token or None,
            browser=False,
            notebooks=Path(notebooks),
        )
    except Trouble as trouble:
        print(trouble.say("en"), file=sys.stderr)
        sys.exit(1)
