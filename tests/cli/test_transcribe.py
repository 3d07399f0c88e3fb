"""`mockloop transcribe`: audio to transcripts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, spawn


def test_json_has_words_with_times(invoke: Invoke, short_answer: Path) -> None:
    data = invoke("transcribe", short_answer, "--format", "json").json
    assert set(data) >= {"text", "segments", "words", "audio_seconds", "elapsed_seconds", "engine", "model"}
    assert data["audio_seconds"] == pytest.approx(12.0, abs=0.05)
    assert (data["engine"], data["model"]) == ("faster-whisper", "tiny.en")
    assert "million members" in data["text"]
    starts = [word["start"] for word in data["words"]]
    assert starts == sorted(starts)
    assert all(0 <= word["probability"] <= 1 for word in data["words"])


def test_formats_go_to_standard_output_alone(short_answer: Path) -> None:
    found = spawn("transcribe", short_answer, "--format", "srt", "--round", "ml-systems")
    assert (found.code, found.err) == (0, "")
    assert re.match(r"1\n00:00:0\d,\d{3} --> 00:00:\d\d,\d{3}\n", found.out)


def test_text_and_vtt(invoke: Invoke, short_answer: Path) -> None:
    assert "million members" in invoke("transcribe", short_answer, "--no-prime").out
    assert invoke("transcribe", short_answer, "--format", "vtt").out.startswith("WEBVTT\n\n")


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (["--json", "--format", "srt"], 2, "--json and --format srt exclude each other"),
        (["--format", "docx"], 2, "'docx' is not one of"),
        (["--engine", "nope"], 2, "There is no engine called nope"),
        (["--model", "nope.en"], 1, "mockloop models --pull nope.en"),
        (["--round", "nope"], 2, "There is no round nope"),
    ],
)
def test_errors_are_one_line(invoke: Invoke, short_answer: Path, options: list[str], code: int, said: str) -> None:
    found = invoke("transcribe", short_answer, *options)
    assert (found.code, found.out) == (code, "")
    assert said in found.error_line


def test_no_audio_is_bad_input(invoke: Invoke, tmp_path: Path) -> None:
    (tmp_path / "words.wav").write_text("words")
    for name in ("words.wav", "nope.wav"):
        found = invoke("transcribe", tmp_path / name)
        assert (found.code, found.out) == (2, "")
        assert name in found.error_line
