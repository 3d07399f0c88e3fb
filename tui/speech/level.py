"""How loud an input is, and what is wrong with it. Pure: the time of every block is given."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tui.speech.types import Condition, Level

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FLOOR = -120.0
"""What digital silence reads, in dBFS."""
NOTHING_SECONDS = 2.0
"""This long without a single non-zero sample means that nothing is coming in."""
QUIET_DBFS = -48.0
"""Speech at a microphone that is set right stays far above this."""
FULL_SCALE = 32_760
"""A 16-bit sample at least this far from zero counts as clipped."""
CLIPPED_SAMPLES = 8
"""Fewer clipped samples in CLIPPING_SECONDS cannot be heard."""
CLIPPING_SECONDS = 2.0
METER_SECONDS = 0.3
"""The meter shows the loudest block of this time."""


@dataclass(frozen=True)
class _Heard:
    at: float
    rms: float
    peak: float
    clipped: int


class LevelJudge:
    """Keeps the last seconds of levels of one input and says how it is doing."""

    def __init__(self, now: float, quiet_after: float = 4.0, silent_after: float = NOTHING_SECONDS) -> None:
        """`now`: when the input was opened.

        `quiet_after`: seconds of low level that count as too quiet. `silent_after`: seconds of digital silence that
        count as nothing coming in once something had been heard; before that it is NOTHING_SECONDS.
        """
        self._began = now
        self._sounded: float | None = None
        self._quiet_after = quiet_after
        self._silent_after = silent_after
        self._heard: deque[_Heard] = deque()

    def feed(self, samples: npt.NDArray[np.int16], now: float) -> None:
        """Take in a block of 16-bit samples, shaped (frames, channels), that arrived at `now` (seconds)."""
        import numpy as np

        if samples.size == 0:
            return
        frames = samples.astype(np.float32) / 32_768
        loud = np.abs(samples.astype(np.int32))
        heard = _Heard(
            now,
            decibels(float(np.sqrt(np.mean(np.square(frames.mean(axis=1)))))),
            decibels(float(loud.max()) / 32_768),
            int((loud >= FULL_SCALE).sum()),
        )
        self._heard.append(heard)
        if loud.any():
            self._sounded = now
        while self._heard[0].at < now - max(self._quiet_after, CLIPPING_SECONDS):
            self._heard.popleft()

    def level(self, now: float) -> Level:
        """How loud the input is at `now`, and its condition."""
        recent = [heard for heard in self._heard if heard.at > now - METER_SECONDS]
        rms = max((heard.rms for heard in recent), default=FLOOR)
        peak = max((heard.peak for heard in recent), default=FLOOR)
        return Level(rms, peak, self._condition(now))

    def _condition(self, now: float) -> Condition:
        if self._sounded is None:
            return Condition.NOTHING if now - self._began >= NOTHING_SECONDS else Condition.WAITING
        if now - self._sounded >= self._silent_after:
            return Condition.NOTHING
        if sum(heard.clipped for heard in self._heard if heard.at > now - CLIPPING_SECONDS) >= CLIPPED_SAMPLES:
            return Condition.CLIPPING
        lately = [heard.rms for heard in self._heard if heard.at > now - self._quiet_after]
        if now - self._began >= self._quiet_after and max(lately, default=FLOOR) < QUIET_DBFS:
            return Condition.QUIET
        return Condition.OK


def decibels(share: float) -> float:
    """`share` of full scale (1.0) in dBFS, at least FLOOR."""
    return max(FLOOR, 20 * math.log10(share)) if share > 0 else FLOOR
