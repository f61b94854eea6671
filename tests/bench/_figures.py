"""How the measurements print what they found: each figure beside its goal. Nothing fails for being slow."""

from __future__ import annotations

import os
import statistics
from collections.abc import Sequence


def figure(what: str, value: float, unit: str = "ms", goal: float | None = None, note: str = "") -> None:
    """One line: what was measured, the figure, and whether it is within its goal."""
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 1_000 else 0
    judged = "" if goal is None else f"  goal ≤ {goal:g}{_after(unit)}  {'ok' if value <= goal else 'over'}"
    print(f"{what:<58}{value:>9,.{digits}f}{_after(unit):<4}{judged}{f'   ({note})' if note else ''}", flush=True)


def spread(values: Sequence[float]) -> str:
    """The least and the most of several figures, and how many there were."""
    return f"{min(values):,.0f} to {max(values):,.0f}, {len(values)} times"


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` of all stay at or below."""
    return sorted(values)[max(0, round(share * len(values)) - 1)]


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def busy() -> None:
    """Say how much else this machine is doing, where the system tells: on a busy one only the ratios mean anything."""
    cores = os.cpu_count() or 1
    if hasattr(os, "getloadavg"):
        waiting = os.getloadavg()[0]
        hint = "; busy, so believe ratios and processor time rather than milliseconds" if waiting > cores else ""
        print(f"{cores} processors, load {waiting:.1f}{hint}", flush=True)


def _after(unit: str) -> str:
    return f" {unit}" if unit else ""
