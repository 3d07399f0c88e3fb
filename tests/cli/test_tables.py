"""Tables fit into any width."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from tui.cli.tables import table

HEAD = ("ID", "SCORE", "QUESTION", "ROOT CAUSE")
ROWS = [("2026-11-22T18-30-05-ml-systems-k3f9", "92", "推薦影片 " * 8, "Ends at the\x1b[31m model " * 4)]


@pytest.mark.parametrize("columns", [20, 40, 60, 80, 200])
def test_no_line_is_too_wide(columns: int) -> None:
    text = table(HEAD, ROWS, columns)
    assert "\x1b" not in text
    assert "92" in text
    longest = max(len(ROWS[0][0]), columns)
    assert all(cell_len(line) <= longest for line in text.splitlines())


def test_columns_are_aligned() -> None:
    lines = table(("A", "B", "C"), [("1", "22", "3"), ("111", "2", "33")], 80).splitlines()
    assert lines == ["A    B   C", "1    22  3", "111  2   33"]
