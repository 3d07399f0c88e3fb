"""Writing files so that a reader, even after a crash, finds the old or the new content and never half of it."""

from __future__ import annotations

import contextlib
import errno
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui import locations
from tui.errors import StorageError
from tui.transcript import one_line

FOLDER_MODE = 0o700
FILE_MODE = 0o600
TEMPORARY = ".new-"
"""How the names of files and folders begin that are not finished."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG} if hasattr(errno, "EDQUOT") else {errno.ENOSPC, errno.EFBIG}


def storage_error(error: OSError, doing: str, path: Path) -> StorageError:
    """The sentence and remedy for `error`, which came up while `doing` ('saving the mock') at `path`."""
    place = one_line(str(path))
    if error.errno in _FULL:
        return StorageError(f"The disk is full: {doing} failed in {place}.", "Free some space and try again.")
    if error.errno == errno.EROFS:
        return StorageError(f"{place} is read-only: {doing} failed.", "Choose another folder with --home.")
    if error.errno in {errno.EACCES, errno.EPERM}:
        remedy = "Change the permissions of the folder, or choose another with --home."
        return StorageError(f"There is no permission for {place}: {doing} failed.", remedy)
    if error.errno in {errno.ENOTDIR, errno.EEXIST}:
        return StorageError(f"A file is in the way at {place}: {doing} failed.", "Choose another folder with --home.")
    reason = one_line(error.strerror or type(error).__name__)
    return StorageError(f"{doing[:1].upper()}{doing[1:]} failed in {place}: {reason}.", "Try again.")


@contextlib.contextmanager
def explained(doing: str, path: Path) -> Iterator[None]:
    """Turn any OSError of the block into a StorageError."""
    try:
        yield
    except OSError as error:
        raise storage_error(error, doing, path) from error


def make_home(home: Path) -> None:
    """Create the home folder, for its owner alone, if it is not there. Raises StorageError."""
    with explained("creating the folder for recordings", home):
        locations.make_private(home)


def write_bytes(path: Path, content: bytes, doing: str = "saving") -> None:
    """Replace `path` with `content`, readable by its owner alone; on disk when this returns. Raises StorageError."""
    with explained(doing, path.parent):
        handle, name = tempfile.mkstemp(prefix=TEMPORARY, dir=path.parent)
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)


def write_json(path: Path, data: dict[str, Any], doing: str = "saving") -> None:
    """Replace `path` with `data` as indented JSON in UTF-8. Raises StorageError."""
    # Lone surrogates cannot be encoded; they reach here only in hand-made settings.
    text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    write_bytes(path, text.encode("utf-8", errors="replace"), doing)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power cut, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        # Some network file systems cannot sync a folder; the file itself is synced.
        with contextlib.suppress(OSError):
            os.fsync(handle)
    finally:
        os.close(handle)
