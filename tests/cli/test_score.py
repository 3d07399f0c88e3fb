"""`mockloop score`: files to postmortems."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke
from tui.history.store import History
from tui.transcript import Transcript
from tui.transcript.formats import to_json


def demonstrated(report: dict[str, object]) -> set[str]:
    return {signal["signal"] for signal in report["signals"] if signal["outcome"] == "demonstrated"}


def test_text_has_offsets_and_no_seconds(invoke: Invoke, text_answer: Path, own_folders: Path) -> None:
    found = invoke("score", text_answer, "--round", "ml-systems", "--question", "video-recommendation", "--json")
    assert (found.code, found.err) == (0, "")
    report = found.json
    assert report["id"] is None
    assert report["question"] == "video-recommendation"
    assert len(demonstrated(report)) >= 10
    text = report["transcript"]["text"]
    for signal in report["signals"]:
        for evidence in signal["evidence"]:
            assert text[evidence["start"] : evidence["end"]] == evidence["quote"]
            assert evidence["start_seconds"] is None
    assert History(own_folders / "home").rows() == []


def test_report_as_text(invoke: Invoke, text_answer: Path) -> None:
    found = invoke("score", text_answer, "--round", "ml-systems")
    assert found.code == 0
    assert "Score" in found.out
    assert "Root cause" in found.out
    assert "\x1b" not in found.out


def test_several_files_are_several_reports(invoke: Invoke, text_answer: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(to_json(Transcript.of_text("We roll back to the previous model if it drops. " * 8))))
    found = invoke("score", text_answer, other, "--round", "ml-systems", "--json")
    assert [report["source"] for report in found.json] == ["answer.txt", "other.json"]
    assert demonstrated(found.json[1]) < demonstrated(found.json[0])
    text = invoke("score", text_answer, other, "--round", "ml-systems").out
    assert text.index("== answer.txt ==") < text.index("== other.json ==")


def test_short_text_is_unscored_and_no_failure(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "short.txt").write_text("We roll back.")
    found = invoke("score", tmp_path / "short.txt", "--round", "ml-systems", "--json")
    assert found.code == 0
    assert found.json["score"] is None
    assert found.json["unscored"] == "The text has 3 words; a score needs at least 25."
    (tmp_path / "short.txt").write_text("Hello.")
    found = invoke("score", tmp_path / "short.txt", "--round", "ml-systems", "--json")
    assert found.json["unscored"] == "The text has 1 word; a score needs at least 25."


def test_saved_text_is_in_the_history(invoke: Invoke, text_answer: Path, own_folders: Path) -> None:
    report = invoke("score", text_answer, "--round", "ml-systems", "--level", "staff", "--save", "--json").json
    kept = History(own_folders / "home").load(report["id"])
    assert kept.mock.settings.level == "staff"
    assert kept.mock.settings.source == "score"
    assert kept.audio is None
    assert kept.postmortem
    assert kept.postmortem.scorecard.overall == pytest.approx(report["score"], abs=0.01)


def test_saved_audio_is_a_copy_of_16_khz_mono(invoke: Invoke, short_answer: Path, own_folders: Path) -> None:
    import soundfile

    report = invoke("score", short_answer, "--round", "ml-systems", "--save", "--json").json
    assert "assumptions_stated" in demonstrated(report)
    kept = History(own_folders / "home").load(report["id"])
    assert kept.audio
    info = soundfile.info(kept.audio)
    assert (info.samplerate, info.channels, info.format) == (16_000, 1, "FLAC")
    assert info.duration == pytest.approx(12.0, abs=0.05)
    assert kept.mock.turns[0].end == pytest.approx(12.0, abs=0.05)


def test_silence_is_unscored(invoke: Invoke, tmp_path: Path) -> None:
    import numpy as np
    import soundfile

    soundfile.write(tmp_path / "silence.wav", np.zeros(16_000 * 12), 16_000)
    found = invoke("score", tmp_path / "silence.wav", "--round", "coding", "--json")
    assert found.code == 0
    assert found.json["score"] is None
    assert demonstrated(found.json) == set()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--round", "ml-system"], "There is no round ml-system. Did you mean ml-systems? Choose one of: "),
        (["--round", "zzz"], "There is no round zzz. Choose one of: "),
        (
            ["--round", "ml-systems", "--question", "video-recomendation"],
            "There is no question in ml-systems called video-recomendation. Did you mean video-recommendation?",
        ),
        (["--round", "ml-systems", "--level", "boss"], "'boss' is not one of 'junior', 'mid', 'senior', 'staff'"),
        ([], "Missing option '--round'"),
    ],
)
def test_unknown_names_are_listed(invoke: Invoke, text_answer: Path, options: list[str], said: str) -> None:
    found = invoke("score", text_answer, *options)
    assert found.code == 2
    assert said in found.error_line


def test_bad_files_are_one_line(invoke: Invoke, text_answer: Path, tmp_path: Path) -> None:
    empty, corrupt, broken = tmp_path / "empty.wav", tmp_path / "corrupt.flac", tmp_path / "broken.json"
    empty.touch()
    corrupt.write_bytes(b"fLaC" + bytes(500))
    broken.write_text("{")
    for file in (empty, corrupt, broken, tmp_path, tmp_path / "nope.wav"):
        found = invoke("score", file, "--round", "ml-systems")
        assert (found.code, found.out) == (2, ""), file
        assert file.name in found.error_line


def test_missing_file_is_told_before_any_work(invoke: Invoke, text_answer: Path) -> None:
    found = invoke("score", text_answer, "nope.wav", "--round", "ml-systems")
    assert (found.code, found.out) == (2, "")
    assert "nope.wav does not exist" in found.error_line


def test_failed_save_keeps_nothing(invoke: Invoke, text_answer: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    found = invoke("--home", tmp_path / "file", "score", text_answer, "--round", "ml-systems", "--save")
    assert found.code == 1
    assert found.err.count("\n") == 1
