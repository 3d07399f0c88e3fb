"""The published table says what was measured."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent / "scripts"))
from measured_table import main, measured_lines, put_into

from tui.interview.load import load_catalogue

RUBRICS = Path(__file__).parent.parent.parent / "rubrics"


def test_the_published_table_is_that_of_the_measured_figures() -> None:
    measured = json.loads((RUBRICS / "measured.json").read_text(encoding="utf-8"))
    assert "\n".join(measured_lines(measured)) in (RUBRICS / "README.md").read_text(encoding="utf-8")
    assert {row["signal"] for row in measured["signals"]} == set(load_catalogue(RUBRICS).rubric.signals)


def test_only_what_is_between_the_marks_is_replaced(tmp_path: Path) -> None:
    measured = json.loads((RUBRICS / "measured.json").read_text(encoding="utf-8"))
    readme = tmp_path / "README.md"
    readme.write_text("before\n<!-- measured: begin -->\nold\n<!-- measured: end -->\nafter\n", encoding="utf-8")
    put_into(readme, measured)
    text = readme.read_text(encoding="utf-8")
    assert text.startswith("before\n<!-- measured: begin -->\nMeasured on")
    assert text.endswith("\n<!-- measured: end -->\nafter\n")
    assert "\nold\n" not in text
    readme.write_text("no marks", encoding="utf-8")
    with pytest.raises(ValueError, match="lacks"):
        put_into(readme, measured)


def test_a_folder_without_figures_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["measured_table", str(tmp_path)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert str(tmp_path / "measured.json") in capsys.readouterr().err.splitlines()[-1]
