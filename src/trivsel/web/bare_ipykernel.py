"""Starts the kernel of a shared screen without a debugger, which no room needs: 8 MB less for each open page."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        sys.path.pop(0)  # the notebooks' folder, as ipykernel's own launcher does
    sys.modules["debugpy"] = None  # type: ignore[assignment]  # "not installed"
    from ipykernel import kernelapp

    kernelapp.launch_new_instance()
