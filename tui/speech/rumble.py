"""Take out rumble: what lies below all voices, from a knocked table, the wind, or a microphone's direct current.

It costs detection and recognition words where it is louder than the voice, and nobody hears it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.speech.types import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HALF = SAMPLE_RATE // 100
"""Samples before and after each one whose mean is taken from it: together 20 ms, which is rumble below some 25 Hz."""


class RumbleFilter:
    """A high-pass filter that is fed bit by bit; what it gives back lies at the same times as what it was fed."""

    def __init__(self) -> None:
        import numpy as np

        self._open = np.zeros(0, dtype=np.float32)
        """The samples that are still needed: HALF that are done, and those that wait for HALF more."""
        self._last: NDArray[np.float32] = np.zeros(1, dtype=np.float32)

    def feed(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """What can be given back after the next `samples`: mono float32 at 16 kHz, shape (n,)."""
        import numpy as np

        if not len(samples):
            return samples
        before = self._open if len(self._open) else np.repeat(samples[:1], HALF)
        self._last = samples[-1:].copy()
        return self._filtered(np.concatenate((before, samples)))

    def finish(self) -> NDArray[np.float32]:
        """The rest."""
        import numpy as np

        if not len(self._open):
            return self._open
        return self._filtered(np.concatenate((self._open, np.repeat(self._last, HALF))))

    def _filtered(self, audio: NDArray[np.float32]) -> NDArray[np.float32]:
        import numpy as np

        width = 2 * HALF + 1
        done = max(0, len(audio) - 2 * HALF)
        self._open = audio[done:].copy()
        sums = np.concatenate(([0.0], np.cumsum(audio, dtype=np.float64)))
        filtered: NDArray[np.float32] = audio[HALF : HALF + done] - ((sums[width:] - sums[:-width]) / width).astype(
            np.float32
        )
        return filtered
