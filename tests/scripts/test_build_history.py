"""The made-up history that speed is measured on is a history like any other."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "scripts"))

import bench_history
import build_history

from tui.history.review import review_signals
from tui.history.store import History


def test_as_many_mocks_as_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    home = tmp_path / "home"
    monkeypatch.setattr(sys, "argv", ["build_history", str(home), "--mocks", "7", "--distinct", "3"])
    build_history.main()
    history = History(home)
    assert len(history.rows()) == 7
    assert history.reindex().damaged == ()
    assert review_signals(history).mocks == 7
    assert history.search("the")
    monkeypatch.setattr(sys, "argv", ["bench_history", str(home), "--runs", "1"])
    bench_history.main()
    assert "signals: figures, trends, grid" in capsys.readouterr().out
