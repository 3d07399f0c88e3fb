"""Raise quiet speech: Whisper leaps over what is much quieter than the rest of its piece, and hears whispers worse."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.speech.types import SAMPLE_RATE
from tui.transcript import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEAST_SECONDS = 0.3
"""Shorter stretches of voice keep the gain of their neighbours: their level says little."""
UNEVEN_DB = 10.0
"""Decibels by which speech may be quieter than the loudest of its piece without being raised."""
MOST_DB = 36.0
"""Decibels that speech is raised at most."""
PEAK = 0.5
"""Peak that a quieter piece is raised to: the model's features change with the level."""


def levelled(samples: NDArray[np.float32], voice: Sequence[Span]) -> NDArray[np.float32]:
    """`samples` as loud as recordings usually are; even and loud ones as they are.

    Quiet stretches of `voice` are raised to 10 dB under the loudest one, and then everything to a peak of 0.5.
    `samples` is mono float32 at 16 kHz, shape (n,); `voice` is in seconds from its start.
    """
    import numpy as np

    evened = _evened(samples, voice)
    peak = float(np.max(np.abs(evened), initial=0.0))
    if peak >= PEAK or peak == 0.0:
        return evened
    return evened * np.float32(min(PEAK / peak, 10 ** (MOST_DB / 20)))


def _evened(samples: NDArray[np.float32], voice: Sequence[Span]) -> NDArray[np.float32]:
    """`samples` with quiet stretches of `voice` raised; between stretches the gain changes steadily."""
    import numpy as np

    parts = [(s, samples[int(max(0.0, s.start) * SAMPLE_RATE) : int(s.end * SAMPLE_RATE)]) for s in voice]
    levels = [(s, _level(part)) for s, part in parts if len(part) >= LEAST_SECONDS * SAMPLE_RATE]
    if len(levels) < 2:
        return samples
    loudest = max(level for _, level in levels)
    gains = [min(MOST_DB, max(0.0, loudest - UNEVEN_DB - level)) for _, level in levels]
    if not any(gains):
        return samples
    moments = [moment for s, _ in levels for moment in (s.start, s.end)]
    at = np.arange(len(samples), dtype=np.float32) / SAMPLE_RATE
    curve = np.interp(at, moments, np.repeat(gains, 2))
    raised: NDArray[np.float32] = (samples * 10 ** (curve / 20)).astype(np.float32)
    return raised


def _level(samples: NDArray[np.float32]) -> float:
    """In decibels relative to full scale."""
    import numpy as np

    return float(10 * np.log10(np.mean(np.square(samples, dtype=np.float64)) + 1e-12))
