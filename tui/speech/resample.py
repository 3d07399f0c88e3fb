"""From a device's own rate and channels to 16 kHz mono, block by block."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui.speech.types import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt


class ToMono16k:
    """Mixes channels to one and brings a stream to SAMPLE_RATE; keeps the resampler's state between blocks."""

    def __init__(self, rate: int) -> None:
        """`rate`: hertz of what will be fed."""
        self._resampler: Any = None
        if rate != SAMPLE_RATE:
            import soxr

            self._resampler = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32")

    def feed(self, samples: npt.NDArray[Any], last: bool = False) -> npt.NDArray[np.float32]:
        """The mono samples at 16 kHz that `samples`, shaped (frames, channels), bring; `last` flushes the rest.

        Integers are scaled to -1..1; what is not a number becomes silence.
        """
        import numpy as np

        if samples.dtype == np.int16:
            frames = samples.astype(np.float32) / 32_768
        else:
            frames = np.nan_to_num(samples.astype(np.float32, copy=False), posinf=1.0, neginf=-1.0)
        mono = frames[:, 0] if frames.shape[1] == 1 else frames.mean(axis=1)
        if self._resampler is None:
            return np.ascontiguousarray(mono, dtype=np.float32)
        resampled: npt.NDArray[np.float32] = self._resampler.resample_chunk(np.ascontiguousarray(mono), last=last)
        return resampled

    def flush(self) -> npt.NDArray[np.float32]:
        """What the resampler still holds back."""
        import numpy as np

        return self.feed(np.zeros((0, 1), np.float32), last=True)


def to_int16(samples: npt.NDArray[np.float32]) -> npt.NDArray[np.int16]:
    """`samples` of -1..1 as 16-bit integers; what is louder is clipped."""
    import numpy as np

    return np.clip(np.rint(samples * 32_768), -32_768, 32_767).astype("<i2")
