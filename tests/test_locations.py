from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tui import locations


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_new_folders_are_their_owners_alone_and_old_ones_stay_as_they_are(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    locations.make_private(tmp_path / "home" / "logs")
    modes = [stat.S_IMODE(folder.stat().st_mode) for folder in (tmp_path, tmp_path / "home", tmp_path / "home/logs")]
    assert modes == [0o755, 0o700, 0o700]
    locations.make_private(tmp_path / "home")


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    with pytest.raises(OSError, match="home"):
        locations.make_private(tmp_path / "home" / "logs")
