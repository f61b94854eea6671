"""Runs the kit's server with another folder of notebooks: ``python -m tests.bench._bare PORT DATABASE NOTEBOOKS``."""

from __future__ import annotations

import sys
from pathlib import Path

from trivsel.web.app import serve

if __name__ == "__main__":
    port, database, notebooks = sys.argv[1:]
    serve(database=database, port=int(port), browser=False, notebooks=Path(notebooks))
