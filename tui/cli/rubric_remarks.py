"""What is no mistake in rubric files and hardly meant: files that nothing reads, odd weights, no examples."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from tui.interview.load import CatalogueReading
from tui.rubric.yaml_file import Problem

FOLDERS = ("signals", "rounds", "questions")
TOP_FILES = ("rubric.yaml", "scopes.yaml", "levels.yaml", "loops.yaml", "plans.yaml")
GLOBS = (*TOP_FILES, "signals/*.yaml", "rounds/*.yaml", "questions/*/*.yaml")
"""What is read in a folder of rubrics."""
USUAL_WEIGHT = 5.0
"""A signal that weighs more drowns the others, which have 1 to 3."""


def strays(root: Path) -> Iterator[Problem]:
    """The YAML files below `root` that nothing reads, with where each would be read."""
    read = {file for glob in GLOBS for file in root.glob(glob)}
    for file in sorted([*root.rglob("*.yaml"), *root.rglob("*.yml")]):
        if file not in read and not any(part.startswith(".") for part in file.relative_to(root).parts):
            yield stray(file, root)


def stray(file: Path, root: Path) -> Problem:
    """That nothing reads `file`, which lies somewhere below `root`."""
    *above, _ = file.relative_to(root).parts
    name = f"{file.stem}.yaml"
    close = difflib.get_close_matches(name, TOP_FILES, n=1, cutoff=0.8)
    meant = difflib.get_close_matches(above[0] if above else "", FOLDERS, n=1)
    if not above and close:
        place = close[0]
    else:
        folder = meant[0] if meant else _folder(file)
        place = f"{folder}/{above[1] if len(above) > 1 else 'ROUND'}/{name}" if folder == "questions" else ""
        place = place or f"{folder}/{name}"
    return Problem(file, 1, f"is not read here; expected {place}")


def _folder(file: Path) -> str:
    """The folder that a file belongs to, going by its keys."""
    text = ""
    with suppress(OSError, UnicodeDecodeError):
        text = file.read_text(encoding="utf-8")
    keys = set(re.findall(r"^(\w+):", text, re.MULTILINE))
    return "questions" if "prompt" in keys else "rounds" if {"minutes", "signals"} & keys else "signals"


def remarks(reading: CatalogueReading, wanted: Callable[[Path], bool]) -> Iterator[Problem]:
    """What is odd about signals in `wanted` files."""
    signals = reading.catalogue.rubric.signals if reading.catalogue else {}
    for id_, signal in signals.items():
        file = reading.files[id_]
        if not wanted(file):
            continue
        if signal.weight > USUAL_WEIGHT:
            what = f"'weight' is {signal.weight:g}; those of the signals that ship are 1 to 3"
            yield Problem(file, _line(file, "weight"), what)
        if not (signal.examples.match and signal.examples.no_match):
            what = "there are no examples of what should match and what should not, by which patterns are tested"
            yield Problem(file, _line(file, "examples"), what)


def _line(file: Path, key: str) -> int:
    lines = file.read_text(encoding="utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if line.startswith(f"{key}:")), 1)
