"""Make the folder of a new mock."""

from __future__ import annotations

import shutil
from pathlib import Path

from tui.history import codec, folders
from tui.history.atomic import TEMPORARY, explained, sync_folder, write_json
from tui.history.types import Mock


def create(home: Path, mock: Mock) -> None:
    """Put the folder of `mock`, with its `mock.json`, into `home`. Raises StorageError.

    It is built aside and then renamed, so that nobody ever meets a mock without its `mock.json`.
    """
    staged = home / f"{TEMPORARY}{mock.id}"
    with explained("creating a mock", home):
        staged.mkdir(mode=0o700)
        try:
            write_json(staged / folders.MOCK_FILE, codec.encode_mock(mock), "creating a mock")
            staged.rename(home / mock.id)
        except BaseException:
            shutil.rmtree(staged, ignore_errors=True)
            raise
        sync_folder(home)
