"""The code of a mock: one file for each coding question beside its audio, and what its examples made of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tui.errors import StorageError
from tui.history.atomic import explained, write_bytes, write_json
from tui.history.codec import parse

SCHEMA = 1
SUFFIXES = {"python": ".py", "sql": ".sql"}
"""How the file of a language ends."""


@dataclass(frozen=True)
class KeptCode:
    """What was written for one question."""

    language: str
    code: str
    results: dict[str, Any] | None
    """The runs of its examples; None when none were kept or their file is damaged."""


def save_code(folder: Path, number: int, language: str, code: str, results: dict[str, Any] | None = None) -> None:
    """Replace the code of question `number` (from 1) in a mock's `folder`, and with `results` its runs.

    On disk when this returns. Raises StorageError.
    """
    path = folder / f"code-{number}{SUFFIXES[language]}"
    write_bytes(path, code.encode("utf-8", errors="replace"), "saving your code")
    if results is not None:
        write_json(folder / f"code-results-{number}.json", {"schema": SCHEMA, **results}, "saving your results")


def read_code(folder: Path, number: int) -> KeptCode | None:
    """The code of question `number` in a mock's `folder`, None when there is none. Raises StorageError."""
    for language, suffix in SUFFIXES.items():
        path = folder / f"code-{number}{suffix}"
        if path.is_file() and not path.is_symlink():
            with explained("reading your code", folder):
                code = path.read_text(encoding="utf-8", errors="replace")
            return KeptCode(language, code, _results(folder / f"code-results-{number}.json"))
    return None


def _results(path: Path) -> dict[str, Any] | None:
    try:
        return parse(path.read_bytes(), path.name, SCHEMA)
    except (OSError, StorageError):
        return None
