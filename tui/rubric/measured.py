"""How good detection was measured to be, signal by signal: scripts/bench_signals.py writes it, people are shown it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = "measured.json"


@dataclass(frozen=True)
class Measured:
    """Detection of one signal on test answers that neither patterns nor encoder were tuned on."""

    n: int
    """Answers that demonstrate it."""
    precision: float
    """Share of credits that were right, 0 to 1."""
    recall: float
    """Share of demonstrations that were credited, 0 to 1."""


def read_measured(folder: Path) -> Mapping[str, Measured]:
    """What was measured, by signal; empty when nothing was, or the file cannot be read."""
    try:
        told = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {
            row["signal"]: Measured(int(row["n"]), float(row["precision"]), float(row["recall"]))
            for row in told["signals"]
        }
    except (OSError, ValueError, KeyError, TypeError):
        return {}
