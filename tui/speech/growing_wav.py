"""Reading a recording while it grows: what its header vouches for, and nothing that is half written."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import AudioFileError
from tui.speech.types import SAMPLE_RATE
from tui.speech.wav_file import HEADER_BYTES, SAMPLE_BYTES

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_SECONDS = 30
"""Seconds that are read at a time."""
_LENGTH_AT = HEADER_BYTES - 4


class GrowingWav:
    """A recording that `WavWriter` is writing, read bit by bit.

    The file is open only while it is read, so that it may be renamed or removed at any other moment, on Windows too.
    """

    def __init__(self, path: Path) -> None:
        """`path` need not exist before the first reading."""
        self._path = path
        self._frames = 0

    def read(self) -> NDArray[np.float32]:
        """What has been added since the last call, at most 30 s of it: mono at 16 kHz, -1 to 1, shape (n,).

        Raises AudioFileError when the file cannot be read.
        """
        import numpy as np

        try:
            with self._path.open("rb") as file:
                head = file.read(HEADER_BYTES)
                if len(head) < HEADER_BYTES:
                    return np.zeros(0, np.float32)
                (claimed,) = struct.unpack_from("<I", head, _LENGTH_AT)
                count = min(claimed // SAMPLE_BYTES - self._frames, MOST_SECONDS * SAMPLE_RATE)
                file.seek(HEADER_BYTES + self._frames * SAMPLE_BYTES)
                data = file.read(max(0, count) * SAMPLE_BYTES)
        except OSError as problem:
            raise AudioFileError(f"{self._path} cannot be read ({problem.strerror}).", "Check the disk.") from None
        samples = np.frombuffer(data[: len(data) // SAMPLE_BYTES * SAMPLE_BYTES], "<i2")
        self._frames += len(samples)
        return samples.astype(np.float32) / np.float32(32_768)
