"""Recordings inside documents."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.cli.conftest import ANSWER
from tui.errors import AudioFileError
from tui.speech.embedding import ogg_address


def test_a_recording_is_there_whole_and_in_its_place() -> None:
    head, _, content = ogg_address(ANSWER).partition(",")
    assert head == "data:audio/ogg;base64"
    samples, rate = soundfile.read(io.BytesIO(base64.b64decode(content)))
    wanted, _ = soundfile.read(ANSWER)
    assert rate == 16_000
    assert abs(len(samples) - len(wanted)) <= 16
    assert len(content) < ANSWER.stat().st_size
    length = min(len(samples), len(wanted))
    # Lossy, but nothing has moved: the two go up and down together.
    assert np.corrcoef(samples[:length], wanted[:length])[0, 1] > 0.9


def test_a_broken_recording_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "answer.flac"
    path.write_bytes(b"fLaC nonsense")
    with pytest.raises(AudioFileError):
        ogg_address(path)
