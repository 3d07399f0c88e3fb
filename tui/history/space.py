"""Whether a disk has room for a mock."""

from __future__ import annotations

import shutil
from pathlib import Path

from tui.errors import StorageError
from tui.history.atomic import explained

BYTES_PER_SECOND = 32_000
"""16 kHz mono, 16 bits."""
SPARE_BYTES = 20_000_000
"""Room that is left for what a mock needs beside its audio."""


def check_space(home: Path, seconds: float) -> None:
    """Return if there is room in `home` for `seconds` of audio; raise StorageError if not."""
    with explained("creating a mock", home):
        free = shutil.disk_usage(home).free
    needed = SPARE_BYTES + int(max(0.0, seconds) * 2 * BYTES_PER_SECOND)
    if free < needed:
        sentence = f"The disk is almost full: {free // 1_000_000} MB are free, {needed // 1_000_000} MB are needed."
        raise StorageError(sentence, "Free some space, or choose another folder with --home.")
