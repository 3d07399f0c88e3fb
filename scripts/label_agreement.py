"""How far two people who labelled the same answers agree: Cohen's kappa per signal and over all verdicts.

Usage: python scripts/label_agreement.py tests/data/signals/first tests/data/signals/second

Compares every FILE.jsonl of the second folder with the one of that name in the first. Lists the disagreements with
--list. Kappa after Cohen 1960, doi 10.1177/001316446002000104.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import numpy as np


def read_lines(path: Path) -> dict[str, dict[str, Any]]:
    """The objects of a JSON Lines file, by id."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {line["id"]: line for line in lines}


def kappa(first: np.ndarray, second: np.ndarray) -> float:
    """Cohen's kappa of two arrays of booleans; 1 when both say the same throughout."""
    agreed = float((first == second).mean())
    both = float(first.mean() * second.mean() + (1 - first.mean()) * (1 - second.mean()))
    return 1.0 if both == 1.0 else (agreed - both) / (1.0 - both)


def main() -> None:
    """Print kappa for each signal and overall."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--list", action="store_true", help="print every disagreement as JSON Lines instead")
    given = parser.parse_args()
    pairs: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for path in sorted(given.second.glob("*.jsonl")):
        known = read_lines(given.first / path.name)
        pairs += [(known[id_], line) for id_, line in read_lines(path).items()]
    if not pairs:
        parser.error(f"no answers are in {given.second}: expected FILE.jsonl of the same names in both folders")
    ids = sorted({signal for pair in pairs for line in pair for signal in line["signals"]})
    if given.list:
        for first, second in pairs:
            for signal in ids:
                if (signal in first["signals"]) != (signal in second["signals"]):
                    said = {"first": first["signals"].get(signal), "second": second["signals"].get(signal)}
                    print(json.dumps({"id": first["id"], "signal": signal, **said}, ensure_ascii=False))
        return
    labels = [np.array([[signal in pair[n]["signals"] for signal in ids] for pair in pairs]) for n in (0, 1)]
    for n, signal in enumerate(ids):
        first, second = labels[0][:, n], labels[1][:, n]
        print(f"{signal:20} kappa {kappa(first, second):.2f}  first {first.sum():3}  second {second.sum():3}")
    print(f"{len(pairs)} answers, all verdicts: kappa {kappa(labels[0].ravel(), labels[1].ravel()):.3f}")


if __name__ == "__main__":
    main()
