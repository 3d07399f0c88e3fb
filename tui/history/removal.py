"""Taking mocks off the disk for good."""

from __future__ import annotations

import contextlib
import shutil
import time
from pathlib import Path

from tui.history.atomic import TEMPORARY, explained
from tui.history.folders import MOCK_FILE
from tui.history.ids import is_id

REMOVED = ".removed-"
"""How the name of a folder begins while it is being removed: a removal that was cut short is never half a mock."""
STALE_SECONDS = 3600.0
"""A folder that was being created this long ago belongs to a process that is gone."""


def remove(folder: Path) -> None:
    """Remove `folder` and everything in it. Raises StorageError, which names what is left."""
    doomed = folder.with_name(REMOVED + folder.name)
    with explained("removing a mock", folder):
        folder.rename(doomed)
    with explained("removing a mock", doomed):
        shutil.rmtree(doomed)


def clear_leftovers(home: Path) -> None:
    """Finish removals that were cut short, and remove mocks that were never fully created. Raises StorageError."""
    with explained("removing a mock", home):
        entries = list(home.iterdir())
    for entry in entries:
        # What another process is creating gets its own name at any moment.
        with contextlib.suppress(OSError):
            if _is_leftover(entry):
                shutil.rmtree(entry)


def _is_leftover(entry: Path) -> bool:
    if entry.is_symlink() or not entry.is_dir():
        return False
    if is_id(entry.name.removeprefix(REMOVED)) and entry.name.startswith(REMOVED):
        return True
    if not (is_id(entry.name.removeprefix(TEMPORARY)) and entry.name.startswith(TEMPORARY)):
        return False
    names = {path.name for path in entry.iterdir()}
    return names <= {MOCK_FILE} and time.time() - entry.stat().st_mtime > STALE_SECONDS
