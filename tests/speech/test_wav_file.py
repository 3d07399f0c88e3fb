from __future__ import annotations

import os
import struct
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.sounds import tone
from tui.errors import AudioFileError
from tui.speech.resample import to_int16
from tui.speech.wav_file import HEADER_BYTES, WavWriter, repair

SAMPLES = to_int16(tone(500, 1.0))


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """One second that was closed properly."""
    path = tmp_path / "answer.wav"
    writer = WavWriter(path)
    writer.append(SAMPLES)
    writer.close()
    return path


def stored(path: Path) -> np.ndarray:
    return soundfile.read(path, dtype="int16")[0]


def claim(path: Path, data_bytes: int) -> None:
    """Make the header speak of `data_bytes` bytes of sound."""
    with path.open("r+b") as file:
        file.seek(4)
        file.write(struct.pack("<I", data_bytes + 36))
        file.seek(40)
        file.write(struct.pack("<I", data_bytes))


def test_every_write_leaves_a_valid_private_file(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    writer = WavWriter(path)
    assert soundfile.info(path).frames == 0
    for part in np.array_split(SAMPLES, 7):
        writer.append(part)
        assert np.array_equal(stored(path), SAMPLES[: writer.frames])
    writer.sync()
    writer.close()
    assert writer.frames == len(SAMPLES)
    assert os.name != "posix" or path.stat().st_mode & 0o077 == 0


def test_an_existing_file_is_never_written_over(recording: Path) -> None:
    with pytest.raises(FileExistsError):
        WavWriter(recording)
    assert np.array_equal(stored(recording), SAMPLES)


@pytest.mark.parametrize("claimed", [0, 1000, 1001, 31_999, 32_000, 32_001, 999_999, 0xFFFFFFFF - 36])
def test_a_header_that_claims_more_or_less_is_mended(recording: Path, claimed: int) -> None:
    claim(recording, claimed)
    assert repair(recording) == pytest.approx(1.0)
    assert np.array_equal(stored(recording), SAMPLES)
    assert recording.stat().st_size == HEADER_BYTES + 32_000


@pytest.mark.parametrize("size", [44, 45, 46, 47, 1043, 1044, 32_042, 32_043])
def test_a_file_cut_off_anywhere_keeps_its_whole_samples(recording: Path, size: int) -> None:
    with recording.open("r+b") as file:
        file.truncate(size)
    frames = (size - HEADER_BYTES) // 2
    assert repair(recording) == pytest.approx(frames / 16_000)
    assert np.array_equal(stored(recording), SAMPLES[:frames])
    assert repair(recording) == pytest.approx(frames / 16_000)


@pytest.mark.parametrize("size", [0, 1, 4, 11, 20, 40, 43])
def test_a_file_cut_off_inside_its_header_becomes_an_empty_recording(recording: Path, size: int) -> None:
    with recording.open("r+b") as file:
        file.truncate(size)
    assert repair(recording) == 0.0
    assert soundfile.info(recording).frames == 0


def test_a_header_that_never_reached_the_disk_is_written_anew(recording: Path) -> None:
    with recording.open("r+b") as file:
        file.write(bytes(HEADER_BYTES))
    assert repair(recording) == pytest.approx(1.0)
    assert np.array_equal(stored(recording), SAMPLES)


def test_an_intact_file_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "other.wav"
    soundfile.write(path, np.zeros((4410, 2)), 44_100, subtype="PCM_24")
    with path.open("ab") as file:
        file.write(struct.pack("<4sI8s", b"LIST", 8, b"INFOabcd"))
    before = path.read_bytes()
    assert repair(path) == pytest.approx(0.1)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"this is a letter, not a sound, and long enough for a header", b"fLaC" + bytes(90)]
)
def test_what_is_no_wav_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(content)
    with pytest.raises(AudioFileError, match="not a WAV file"):
        repair(path)
    assert path.read_bytes() == content


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="does not exist"):
        repair(tmp_path / "answer.wav")
