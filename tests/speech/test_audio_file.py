from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.speech.sounds import melody, notes_of, tone
from tui.errors import AudioFileError, StorageError
from tui.speech.audio_file import blocks, load, seconds_of, to_flac
from tui.speech.resample import to_int16

NOTES = [400, 900, 500, 1500, 700, 1100]
SECONDS = 1.5


def written(path: Path, rate: int, channels: int) -> Path:
    """A melody of SECONDS in the kind of file that `path` ends in."""
    mono = melody(NOTES, rate)
    soundfile.write(path, np.stack([mono] * channels, axis=1), rate)
    return path


def m4a(path: Path) -> Path:
    """The melody in a container that libsndfile does not know."""
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=16_000)
        stream.layout = "mono"
        frame = av.AudioFrame.from_ndarray(to_int16(melody(NOTES)).reshape(1, -1), format="s16", layout="mono")
        frame.sample_rate = 16_000
        resampler = av.AudioResampler(format="fltp", layout="mono", rate=16_000, frame_size=1024)
        for part in [*resampler.resample(frame), *resampler.resample(None)]:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


@pytest.mark.parametrize("kind", ["wav", "flac", "ogg", "mp3"])
@pytest.mark.parametrize(("rate", "channels"), [(16_000, 1), (44_100, 2), (48_000, 1)])
def test_any_file_becomes_16_khz_mono(tmp_path: Path, kind: str, rate: int, channels: int) -> None:
    path = written(tmp_path / f"answer.{kind}", rate, channels)
    samples = load(path)
    assert samples.dtype == np.float32
    assert len(samples) / 16_000 == pytest.approx(SECONDS, abs=0.1)
    assert notes_of(samples, len(NOTES)) == NOTES
    assert seconds_of(path) == pytest.approx(SECONDS, abs=0.1)


def test_other_containers_are_read_too(tmp_path: Path) -> None:
    path = m4a(tmp_path / "answer.m4a")
    samples = load(path)
    assert notes_of(samples, len(NOTES)) == NOTES
    assert seconds_of(path) == pytest.approx(len(samples) / 16_000, abs=0.1)


def test_16_khz_mono_is_passed_on_sample_by_sample(tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    kept = to_int16(tone(500, 70))
    soundfile.write(path, kept, 16_000)
    assert np.array_equal(to_int16(load(path)), kept)


def test_blocks_of_a_resampled_file_join_without_a_seam(tmp_path: Path) -> None:
    path = tmp_path / "answer.flac"
    soundfile.write(path, tone(500, 65, 44_100), 44_100)
    parts = list(blocks(path))
    assert len(parts) >= 3
    joined = np.concatenate(parts)
    assert len(joined) == pytest.approx(65 * 16_000, abs=2)
    inner = joined[1000 : 64 * 16_000]
    assert np.abs(inner - tone(500, 65)[1000 : 64 * 16_000]).max() < 0.01


def test_an_hour_takes_little_more_memory_than_its_samples(tmp_path: Path) -> None:
    path = tmp_path / "hour.flac"
    with soundfile.SoundFile(path, "w", 16_000, 1, "PCM_16") as file:
        minute = to_int16(tone(500, 60))
        for _ in range(60):
            file.write(minute)
    program = (
        "import resource, sys\nfrom pathlib import Path\nimport numpy, soundfile\n"
        "from tui.speech.audio_file import load\n"
        "before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
        "print(len(load(Path(sys.argv[1]))), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    samples, kilobytes = map(int, done.stdout.split())
    assert samples == 3600 * 16_000
    if sys.platform.startswith("linux"):
        assert kilobytes < 1.3 * 3600 * 16_000 * 4 / 1024


@pytest.mark.parametrize("name", ["answer.wav", "answer.flac", "answer.mp3", "answer.ogg", "answer.m4a", "answer"])
def test_what_is_no_audio_is_a_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("This is a letter, and no sound at all. " * 50)
    for read in (load, seconds_of):
        with pytest.raises(AudioFileError) as caught:
            read(path)
        assert str(path) in caught.value.sentence
        assert caught.value.remedy


def test_missing_empty_and_folder_are_sentences(tmp_path: Path) -> None:
    empty = tmp_path / "empty.wav"
    empty.touch()
    silent = tmp_path / "header-only.wav"
    soundfile.write(silent, np.zeros(0), 16_000)
    for path, said in [
        (tmp_path / "missing.wav", "does not exist"),
        (empty, "is empty"),
        (silent, "has no sound in it"),
        (tmp_path, "is not a file"),
    ]:
        with pytest.raises(AudioFileError, match=said):
            load(path)


def test_a_flac_that_breaks_off_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answer.flac"
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, 160_000), 16_000)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(AudioFileError, match="damaged"):
        load(path)


def test_a_flac_with_damage_inside_is_told(tmp_path: Path) -> None:
    path = tmp_path / "answer.flac"
    soundfile.write(path, np.random.default_rng(1).normal(0, 0.1, 160_000), 16_000)
    whole = bytearray(path.read_bytes())
    middle = len(whole) // 2
    whole[middle : middle + 4000] = bytes(4000)
    path.write_bytes(bytes(whole))
    with pytest.raises(AudioFileError, match="damaged"):
        load(path)


def test_flac_replaces_the_wav_with_the_same_samples(tmp_path: Path) -> None:
    wav = tmp_path / "answer-1.wav"
    samples = to_int16(melody(NOTES * 30))
    soundfile.write(wav, samples, 16_000)
    flac = to_flac(wav)
    assert flac == tmp_path / "answer-1.flac"
    assert np.array_equal(soundfile.read(flac, dtype="int16")[0], samples)
    assert [path.name for path in tmp_path.iterdir()] == ["answer-1.flac"]
    assert os.name != "posix" or flac.stat().st_mode & 0o077 == 0


def test_flac_of_a_recording_that_was_cut_off_holds_all_that_was_there(tmp_path: Path) -> None:
    wav = tmp_path / "answer.wav"
    samples = to_int16(melody(NOTES))
    soundfile.write(wav, samples, 16_000)
    with wav.open("r+b") as file:
        file.truncate(44 + 2 * 12_345 + 1)
    assert np.array_equal(soundfile.read(to_flac(wav), dtype="int16")[0], samples[:12_345])


def test_flac_that_differs_when_read_back_does_not_replace_the_wav(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that stores something else than was written cannot be had, so the written file is changed here."""
    from tui.speech import audio_file

    wav = tmp_path / "answer.wav"
    soundfile.write(wav, to_int16(melody(NOTES)), 16_000)
    before = wav.read_bytes()
    write = audio_file._write_flac

    def write_and_spoil(wav: Path, partial: Path) -> None:
        write(wav, partial)
        soundfile.write(partial, to_int16(melody(NOTES[::-1])), 16_000, format="FLAC")

    monkeypatch.setattr(audio_file, "_write_flac", write_and_spoil)
    with pytest.raises(StorageError, match="left as it is"):
        to_flac(wav)
    assert wav.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["answer.wav"]


def test_flac_of_an_empty_recording_is_a_sentence_and_keeps_it(tmp_path: Path) -> None:
    wav = tmp_path / "answer.wav"
    soundfile.write(wav, np.zeros(0), 16_000)
    with pytest.raises(AudioFileError, match="no sound"):
        to_flac(wav)
    assert [path.name for path in tmp_path.iterdir()] == ["answer.wav"]


FULL = """
import resource, sys
from pathlib import Path
from tui.errors import StorageError
from tui.speech.audio_file import to_flac
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
try:
    to_flac(Path(sys.argv[1]))
except StorageError as told:
    print(told)
"""


@pytest.mark.skipif(os.name != "posix", reason="a limit on file sizes is POSIX")
def test_a_full_disk_keeps_the_wav(tmp_path: Path) -> None:
    wav = tmp_path / "answer.wav"
    soundfile.write(wav, np.random.default_rng(1).normal(0, 0.1, 160_000), 16_000)
    before = wav.read_bytes()
    done = subprocess.run([sys.executable, "-c", FULL, str(wav)], capture_output=True, text=True, timeout=60)
    assert "left as it is" in done.stdout, done.stderr
    assert wav.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["answer.wav"]
