"""A microphone's level before an answer, without recording anything."""

from __future__ import annotations

from threading import Lock
from time import monotonic

from tui.speech.input_stream import InputStream
from tui.speech.level import FLOOR, LevelJudge
from tui.speech.types import Condition, Level


class LevelMonitor:
    """Listens to one microphone and says how loud it is; meant to be polled about ten times a second."""

    def __init__(self, device: str | None = None, channel: int | None = None) -> None:
        """`device`: name of a microphone, None for the default. `channel` counts from 1; None mixes the first two."""
        self._device = device
        self._channel = channel
        self._lock = Lock()
        self._stream: InputStream | None = None
        self._judge = LevelJudge(monotonic())

    def start(self) -> None:
        """Open the microphone. Raises AudioInputError."""
        self.stop()
        stream = InputStream(self._device, self._channel)
        with self._lock:
            self._judge = LevelJudge(monotonic())
            self._stream = stream

    def stop(self) -> None:
        """Let go of the microphone; safe to call at any time."""
        with self._lock:
            stream, self._stream = self._stream, None
        if stream is not None:
            stream.close()

    @property
    def level(self) -> Level:
        """How loud the microphone is and its condition: LOST when it has gone, WAITING when it is not open."""
        with self._lock:
            if self._stream is None:
                return Level(FLOOR, FLOOR, Condition.WAITING)
            for block in self._stream.blocks(timeout=0.0):
                self._judge.feed(block.samples, block.at)
            level = self._judge.level(monotonic())
            return Level(FLOOR, FLOOR, Condition.LOST) if self._stream.ended else level
