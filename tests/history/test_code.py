"""Code and results beside the audio of a mock."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from tui.errors import StorageError
from tui.history.code import KeptCode, read_code, save_code


def test_code_and_results_are_kept_together(tmp_path: Path) -> None:
    save_code(tmp_path, 2, "python", "x = 1\r\nprint('ä')\n", {"runs": [{"passed": 1}]})
    assert read_code(tmp_path, 2) == KeptCode("python", "x = 1\nprint('ä')\n", {"schema": 1, "runs": [{"passed": 1}]})
    assert read_code(tmp_path, 1) is None
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "code-2.py").stat().st_mode) == 0o600


def test_code_alone_leaves_the_results_of_earlier_runs(tmp_path: Path) -> None:
    save_code(tmp_path, 1, "sql", "select 1", {"runs": []})
    save_code(tmp_path, 1, "sql", "select 2 \ud800")
    assert read_code(tmp_path, 1) == KeptCode("sql", "select 2 ?", {"schema": 1, "runs": []})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["code-1.sql", "code-results-1.json"]


def test_damaged_results_do_not_cost_the_code(tmp_path: Path) -> None:
    save_code(tmp_path, 1, "python", "x")
    (tmp_path / "code-results-1.json").write_text("{")
    assert read_code(tmp_path, 1) == KeptCode("python", "x", None)


def test_what_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="Saving your code failed"):
        save_code(tmp_path / "gone", 1, "python", "x")
