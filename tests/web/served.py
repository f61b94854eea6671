"""Runs the kit's server with the workshops of the tests: ``python served.py PORT TOKEN DATABASE NOTEBOOKS``."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from fake_kit import SOLGAARDEN, FakeKit

from trivsel.web.app import serve
from trivsel.web.trouble import Trouble

if __name__ == "__main__":
    port, token, database, notebooks = sys.argv[1:]
    english = replace(SOLGAARDEN, id="w2", title="A good working life", language="en")
    try:
        serve(
            database=database,
            ip="127.0.0.1",
            port=int(port),
            token=token or None,
            browser=False,
            kit=FakeKit(SOLGAARDEN, english),
            notebooks=Path(notebooks),
        )
    except Trouble as trouble:
        print(trouble.say("en"), file=sys.stderr)
        sys.exit(1)
