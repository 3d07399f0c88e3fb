"""The WAV file that a recording grows into, valid after every write, and the mending of one that was cut off.

Libraries write the header when a file is closed and hide short writes; a recording must outlive a kill and a full disk.
"""

from __future__ import annotations

import os
import struct
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from tui.errors import AudioFileError, StorageError
from tui.speech.types import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

HEADER_BYTES = 44
SAMPLE_BYTES = 2
_LARGEST = 0xFFFF_FFFF


class WavWriter:
    """A 16 kHz mono 16-bit WAV file that can be played at any moment while it grows."""

    def __init__(self, path: Path) -> None:
        """Create `path` with an empty recording. Raises OSError; FileExistsError rather than overwrite anything."""
        flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._fd = os.open(path, flags, 0o600)
        self.frames = 0
        """Samples that are in the file."""
        try:
            self._put(0, _header(0))
            os.fsync(self._fd)
            sync_folder(path.parent)
        except OSError:
            os.close(self._fd)
            path.unlink(missing_ok=True)
            raise

    def append(self, samples: npt.NDArray[np.int16]) -> None:
        """Write `samples`, shaped (frames,), and bring the header up to date.

        Raises OSError when the disk takes only part of them; `frames` then says how many are there.
        """
        start = HEADER_BYTES + self.frames * SAMPLE_BYTES
        try:
            written = self._put(start, samples.tobytes())
            problem = None
        except _ShortWriteError as short:
            written, problem = short.written, short.cause
        self.frames += written // SAMPLE_BYTES
        self._put(0, _header(self.frames * SAMPLE_BYTES))
        if problem is not None:
            raise problem

    def sync(self) -> None:
        """Make sure that what was written survives a power cut. Raises OSError."""
        os.fsync(self._fd)

    def close(self) -> None:
        """Sync and close. Raises OSError; the file is closed all the same."""
        try:
            # A full disk may have left half a sample at the end.
            os.ftruncate(self._fd, HEADER_BYTES + self.frames * SAMPLE_BYTES)
            os.fsync(self._fd)
        finally:
            os.close(self._fd)

    def _put(self, offset: int, data: bytes) -> int:
        os.lseek(self._fd, offset, os.SEEK_SET)
        written = 0
        while written < len(data):
            try:
                written += os.write(self._fd, data[written:])
            except OSError as problem:
                raise _ShortWriteError(written, problem) from problem
        return written


class _ShortWriteError(OSError):
    def __init__(self, written: int, cause: OSError) -> None:
        super().__init__(cause.errno, cause.strerror)
        self.written = written
        self.cause = cause


def sync_folder(folder: Path) -> None:
    """Make a new or renamed file in `folder` survive a power cut, where the system offers that."""
    if os.name != "posix":
        return
    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def repair(path: Path) -> float:
    """Make the WAV file at `path` say what is in it, wherever it was cut off; returns its length in seconds.

    Samples that the header does not know are taken in, an odd byte at the end is cut, and a header that was cut off
    is written anew. Raises AudioFileError when it is no WAV file, StorageError when it cannot be read or written.
    """
    try:
        with path.open("r+b") as file:
            return _repair(file, path)
    except FileNotFoundError:
        raise AudioFileError(f"{path} does not exist.", "Check the path.") from None
    except OSError as problem:
        raise StorageError(
            f"{path} could not be mended ({problem.strerror}).", "Check that the disk has space and can be written."
        ) from None


def _repair(file: BinaryIO, path: Path) -> float:
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    head = file.read(HEADER_BYTES)
    # A header is missing when the file was cut inside it, or when a power cut left its block empty.
    if not head.strip(b"\0") or (size < HEADER_BYTES and _header(0)[:4].startswith(head[:4])):
        data = max(0, size - HEADER_BYTES)
        data -= data % SAMPLE_BYTES
        _rewrite(file, 0, _header(data), HEADER_BYTES + data)
        return data / SAMPLE_BYTES / SAMPLE_RATE
    if head[:4] != b"RIFF" or head[8:12] != b"WAVE":
        raise AudioFileError(f"{path} is not a WAV file.", "Nothing was changed.")
    rate, frame, start, claimed = _find_data(file, size, path)
    there = size - start
    whole = claimed <= there and claimed % frame == 0
    if whole and _chunks_follow(file, start + claimed + claimed % 2, size):
        return claimed / frame / rate
    data = there - there % frame
    file.seek(4)
    file.write(struct.pack("<I", min(start + data - 8, _LARGEST)))
    _rewrite(file, start - 4, struct.pack("<I", min(data, _LARGEST)), start + data)
    return data / frame / rate


def _find_data(file: BinaryIO, size: int, path: Path) -> tuple[int, int, int, int]:
    """Rate in hertz, bytes of one frame, offset of the samples, and their length as the header claims it."""
    rate, frame, at = SAMPLE_RATE, SAMPLE_BYTES, 12
    while at + 8 <= size:
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        if name == b"fmt " and length >= 16 and at + 24 <= size:
            _, _, rate, _, frame, _ = struct.unpack("<HHIIHH", file.read(16))
        if name == b"data":
            return max(1, rate), max(1, frame), at + 8, length
        at += 8 + length + length % 2
    raise AudioFileError(f"{path} is a WAV file without sound in it.", "Nothing was changed.")


def _chunks_follow(file: BinaryIO, at: int, size: int) -> bool:
    """Whether the file ends at `at`, or goes on there with whole chunks to its end."""
    while at + 8 <= size:
        file.seek(at)
        name, length = struct.unpack("<4sI", file.read(8))
        if not (name.isascii() and name.decode("ascii").isprintable()):
            return False
        at += 8 + length + length % 2
    return at in (size, size + 1)


def _rewrite(file: BinaryIO, offset: int, data: bytes, end: int) -> None:
    file.seek(offset)
    file.write(data)
    file.truncate(end)
    file.flush()
    os.fsync(file.fileno())


def _header(data_bytes: int) -> bytes:
    byte_rate = SAMPLE_RATE * SAMPLE_BYTES
    sizes = min(_LARGEST, HEADER_BYTES - 8 + data_bytes), min(_LARGEST, data_bytes)
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", sizes[0], b"WAVE", b"fmt ", 16, 1, 1),
        *(SAMPLE_RATE, byte_rate, SAMPLE_BYTES, 8 * SAMPLE_BYTES, b"data", sizes[1]),
    )
