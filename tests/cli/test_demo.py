"""`mockloop demo`: the whole chain, for real, in processes of its own."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import ANSWER, Invoke, Result
from tui import locations
from tui.cli.demo import QUESTION, ROUND
from tui.history.store import History


def test_at_least_twelve_signals_each_with_quote_and_time(scored_demo: tuple[Path, Result]) -> None:
    _, found = scored_demo
    assert (found.code, found.err) == (0, "")
    report = found.json
    credited = [signal for signal in report["signals"] if signal["outcome"] == "demonstrated"]
    assert len(credited) >= 12
    for signal in credited:
        evidence = signal["evidence"][0]
        assert evidence["quote"] in report["transcript"]["text"]
        assert 0 <= evidence["start_seconds"] < evidence["end_seconds"] <= report["transcript"]["audio_seconds"]
    assert report["root_cause"]
    missed = {signal["signal"] for signal in report["signals"] if signal["outcome"] == "missed"}
    assert "retrain_cadence" in missed
    assert report["fix"]["signal"] in missed
    assert report["round"] == ROUND
    assert report["question"] == QUESTION


def test_save_keeps_a_mock_with_audio(scored_demo: tuple[Path, Result]) -> None:
    home, found = scored_demo
    (row,) = History(home).rows()
    assert row.id == found.json["id"]
    kept = History(home).load(row.id)
    assert kept.mock.settings.source == "demo"
    assert kept.audio
    assert soundfile.info(kept.audio).duration == soundfile.info(ANSWER).duration


def test_saved_demo_can_be_listed_and_shown(scored_demo: tuple[Path, Result], invoke: Invoke) -> None:
    home, found = scored_demo
    (row,) = invoke("history", "--home", home, "--json").json
    assert row["overall"] == pytest.approx(found.json["score"], abs=0.01)
    shown = invoke("show", "last", "--home", home, "--json").json
    assert {key: shown[key] for key in ("score", "signals", "fix")} == {
        key: found.json[key] for key in ("score", "signals", "fix")
    }


def test_answer_that_ships_is_small_and_as_said() -> None:
    info = soundfile.info(ANSWER)
    assert (info.samplerate, info.channels, info.format) == (16_000, 1, "FLAC")
    assert 70 <= info.duration <= 100
    assert ANSWER.stat().st_size < 1_600_000
    assert {file.name for file in locations.demo().iterdir()} >= {"README.md", "answer.txt", "answer.flac"}
