"""Audio files of any kind: read as 16 kHz mono in blocks, measured, and kept as FLAC."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.errors import AudioFileError, StorageError
from tui.speech.resample import ToMono16k
from tui.speech.types import SAMPLE_RATE
from tui.speech.wav_file import repair, sync_folder

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

__all__ = ["blocks", "kept", "load", "repair", "seconds_of", "to_flac"]

BLOCK_SECONDS = 60
KINDS = "WAV, FLAC, Ogg, MP3, M4A or another common audio file"


def load(path: Path) -> npt.NDArray[np.float32]:
    """All of `path` as mono samples at 16 kHz, -1 to 1, shape (samples,).

    An hour takes 230 MB and little more while it is read. Raises AudioFileError when the file is missing, empty,
    corrupt or no audio.
    """
    import numpy as np

    samples = np.empty(0, np.float32)
    filled = 0
    for block in blocks(path):
        if filled + len(block) > len(samples):
            # realloc in place: joining a list of blocks at the end would hold everything twice.
            expected = int(seconds_of(path) * SAMPLE_RATE) + SAMPLE_RATE
            samples.resize(max(expected, 2 * len(samples), filled + len(block)), refcheck=False)
        samples[filled : filled + len(block)] = block
        filled += len(block)
    samples.resize(filled, refcheck=False)
    return samples


def blocks(path: Path) -> Iterator[npt.NDArray[np.float32]]:
    """What `load` returns, in blocks of about BLOCK_SECONDS; raises the same errors, possibly after some blocks."""
    _check(path)
    try:
        source = _open(path)
    except AudioFileError:
        whole = _decode(path)
        yield from (
            whole[at : at + BLOCK_SECONDS * SAMPLE_RATE] for at in range(0, len(whole), BLOCK_SECONDS * SAMPLE_RATE)
        )
        return
    with source:
        yield from _read(source, path)


def seconds_of(path: Path) -> float:
    """Length of the audio in seconds. Raises AudioFileError like `load`, except for damage inside the file."""
    _check(path)
    try:
        with _open(path) as source:
            return float(source.frames / source.samplerate)
    except AudioFileError:
        return _container_seconds(path)


def to_flac(wav: Path) -> Path:
    """Keep the recording `wav` as FLAC beside it and return the new path.

    The WAV is deleted only after the FLAC has been read back sample by sample. Raises AudioFileError when the
    recording is empty or broken and StorageError when the FLAC cannot be written; the WAV then stays.
    """
    repair(wav)
    flac = wav.with_suffix(".flac")
    partial = wav.with_suffix(".flac.partial")
    try:
        _write_flac(wav, partial)
        _verify(wav, partial)
        partial.replace(flac)
        sync_folder(flac.parent)
    except OSError as problem:
        raise _cannot_keep(flac, problem.strerror or str(problem)) from None
    finally:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
    with suppress(OSError):
        # The FLAC is safe; a WAV that cannot be deleted just now does no harm.
        wav.unlink()
    return flac


def kept(path: Path) -> Path:
    """Where the recording that was made at `path` is now: there, or beside it as FLAC."""
    flac = path.with_suffix(".flac")
    return flac if not path.exists() and flac.exists() else path


def _check(path: Path) -> None:
    try:
        if not path.exists():
            raise AudioFileError(f"{path} does not exist.", "Check the path.")
        if not path.is_file():
            raise AudioFileError(f"{path} is not a file.", f"Give {KINDS}.")
        if path.stat().st_size == 0:
            raise AudioFileError(f"{path} is empty.", f"Give {KINDS}.")
        path.open("rb").close()
    except OSError as problem:
        raise AudioFileError(f"{path} cannot be read ({problem.strerror}).", "Check its permissions.") from None


def _open(path: Path) -> Any:
    import soundfile

    try:
        return soundfile.SoundFile(path)
    except (soundfile.LibsndfileError, OSError, TypeError):
        raise AudioFileError(f"{path} is not audio that can be read.", f"Give {KINDS}.") from None


def _read(source: Any, path: Path) -> Iterator[npt.NDArray[np.float32]]:
    import soundfile

    convert = ToMono16k(source.samplerate)
    read = 0
    try:
        while len(block := source.read(BLOCK_SECONDS * source.samplerate, dtype="float32", always_2d=True)):
            read += len(block)
            yield convert.feed(block)
    except soundfile.LibsndfileError:
        raise _broken(path, read / source.samplerate) from None
    if read == 0:
        raise AudioFileError(f"{path} has no sound in it.", "Record the answer again.")
    # MP3 files state their length only roughly; the others exactly.
    if source.format != "MP3" and read < source.frames:
        raise _broken(path, read / source.samplerate)
    yield convert.flush()


def _broken(path: Path, seconds: float) -> AudioFileError:
    return AudioFileError(f"{path} is damaged after {seconds:.1f} s.", "Nothing was changed; use another copy of it.")


def _decode(path: Path) -> npt.NDArray[np.float32]:
    """Containers that libsndfile does not know, through the decoder that comes with faster-whisper."""
    import numpy as np

    with _decoding(path):
        from faster_whisper.audio import decode_audio

        samples = np.asarray(decode_audio(str(path), sampling_rate=SAMPLE_RATE), np.float32)
    if not len(samples):
        raise AudioFileError(f"{path} has no sound in it.", "Record the answer again.")
    return samples


def _container_seconds(path: Path) -> float:
    with _decoding(path):
        import av

        with av.open(str(path), metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise AudioFileError(f"{path} has no sound in it.", f"Give {KINDS}.")
            if container.duration:
                return float(container.duration / av.time_base)
    return len(_decode(path)) / SAMPLE_RATE


@contextmanager
def _decoding(path: Path) -> Iterator[None]:
    try:
        yield
    except AudioFileError:
        raise
    except Exception:
        # PyAV raises a class of its own for every way in which a file can be broken.
        raise AudioFileError(f"{path} is not audio that can be read, or is damaged.", f"Give {KINDS}.") from None


def _write_flac(wav: Path, partial: Path) -> None:
    import soundfile

    with _open(wav) as source:
        if source.frames == 0:
            raise AudioFileError(f"{wav} has no sound in it.", "Record the answer again.")
        rate, channels = source.samplerate, source.channels
        fd = os.open(partial, os.O_RDWR | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
        os.close(fd)
        try:
            with soundfile.SoundFile(partial, "w", rate, channels, "PCM_16", format="FLAC") as target:
                while len(block := source.read(BLOCK_SECONDS * rate, dtype="int16", always_2d=True)):
                    target.write(block)
        except (soundfile.LibsndfileError, AssertionError, RuntimeError) as problem:
            raise _cannot_keep(partial.with_suffix(""), str(problem)) from None
    with partial.open("rb+") as written:
        os.fsync(written.fileno())


def _verify(wav: Path, partial: Path) -> None:
    """Raises StorageError unless both files hold the same samples."""
    import numpy as np
    import soundfile

    try:
        with _open(wav) as source, _open(partial) as kept:
            same = source.frames == kept.frames
            size = BLOCK_SECONDS * source.samplerate
            while same and len(block := source.read(size, dtype="int16", always_2d=True)):
                same = np.array_equal(block, kept.read(size, dtype="int16", always_2d=True))
    except (soundfile.LibsndfileError, AudioFileError):
        same = False
    if not same:
        raise _cannot_keep(partial.with_suffix(""), "it could not be read back as it was written")


def _cannot_keep(flac: Path, why: str) -> StorageError:
    return StorageError(
        f"{flac.name} could not be written ({why.rstrip('.')}); the WAV was left as it is.",
        "Free some space on the disk and try again.",
    )
