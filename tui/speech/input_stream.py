"""An open microphone: blocks of samples from PortAudio's callback, in a queue that never makes the callback wait."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import TYPE_CHECKING, Any

from tui.errors import AudioInputError
from tui.speech.devices import find_input
from tui.speech.portaudio import close_stream, exclusive, sound, stream_opened
from tui.speech.types import SAMPLE_RATE, InputDevice

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LATENCY = 0.2
"""Seconds of buffer asked of the sound system, so that a busy interpreter loses no samples."""
FIRST_SECONDS = 4.0
"""How long a device may take to send its first block; PulseAudio may need two seconds to wake one up."""
SILENT_SECONDS = 2.0
"""A device that has sent nothing for this long is taken for lost."""
CLOSE_SECONDS = 2.0
"""How long closing may take; a driver whose device was pulled out may never return."""


@dataclass(frozen=True)
class Block:
    """What one callback brought."""

    samples: npt.NDArray[np.int16]
    """Shape (frames, channels)."""
    at: float
    """When it arrived, in seconds of the monotonic clock."""
    paused: bool
    """Whether it arrived while the stream was told to pause."""


class InputStream:
    """One microphone, opened at 16 kHz where it allows that and at its own rate otherwise."""

    def __init__(self, device: str | None, channel: int | None = None) -> None:
        """Open the microphone called `device` (None: the default) and let it run.

        `channel` counts from 1; None takes the mean of the first two. Raises AudioInputError.
        """
        self.paused = False
        """Set to mark blocks that arrive from now on as not wanted."""
        self.overflows = 0
        """Times that the sound system reported samples lost."""
        self._queue: SimpleQueue[tuple[bytes, float, bool]] = SimpleQueue()
        self._ended = False
        self._closed = False
        self._last = 0.0
        sd = sound()
        with exclusive():
            self.device = find_input(device)
            if channel is not None and not 1 <= channel <= self.device.channels:
                raise AudioInputError(
                    f'"{self.device.name}" has no channel {channel}.', f"Choose one from 1 to {self.device.channels}."
                )
            self._channel = channel
            self._stream, self.rate, self._channels = self._open(sd)
            stream_opened(self._stream)
        self._began = monotonic()
        try:
            with exclusive():
                self._stream.start()
        except sd.PortAudioError as problem:
            self.close()
            raise _refused(self.device, problem) from None

    def _open(self, sd: Any) -> tuple[Any, int, int]:
        """The stream, its rate in hertz and its channels: the first combination that the device accepts."""
        problem: Exception | None = None
        for rate in dict.fromkeys((SAMPLE_RATE, int(self.device.default_rate), 48_000, 44_100)):
            # With one channel asked for, sound servers mix all of them: a chosen one needs the others beside it.
            fewest = max(self._channel or 1, min(2, self.device.channels))
            for channels in dict.fromkeys((fewest, self.device.channels)):
                try:
                    stream = sd.RawInputStream(
                        samplerate=rate,
                        channels=channels,
                        dtype="int16",
                        device=self.device.index,
                        latency=LATENCY,
                        callback=self._arrived,
                        finished_callback=self._finished,
                    )
                except (sd.PortAudioError, ValueError) as refused:
                    problem = problem or refused
                else:
                    return stream, rate, channels
        raise _refused(self.device, problem)

    def _arrived(self, data: Any, _frames: int, _time: Any, status: Any) -> None:
        self._last = now = monotonic()
        if status.input_overflow:
            self.overflows += 1
        self._queue.put((bytes(data), now, self.paused))

    def _finished(self) -> None:
        self._ended = True

    @property
    def latency(self) -> float:
        """Seconds between a sound and its block."""
        return min(LATENCY, float(self._stream.latency))

    @property
    def ended(self) -> bool:
        """Whether the stream ended by itself, which only a lost device brings about."""
        return self._ended and not self._closed

    @property
    def lost(self) -> bool:
        """Whether the device has gone: its stream ended by itself, or it sent nothing for too long."""
        if self._closed or self._ended:
            return True
        if self._last == 0.0:
            return monotonic() - self._began > FIRST_SECONDS
        return monotonic() - self._last > SILENT_SECONDS

    def blocks(self, timeout: float) -> Iterator[Block]:
        """Everything that has arrived; waits up to `timeout` seconds for the first block."""
        import numpy as np

        try:
            item = self._queue.get(timeout=timeout) if timeout > 0 else self._queue.get_nowait()
            while True:
                data, at, paused = item
                yield Block(self._chosen(np.frombuffer(data, np.int16).reshape(-1, self._channels)), at, paused)
                item = self._queue.get_nowait()
        except Empty:
            return

    def _chosen(self, samples: npt.NDArray[np.int16]) -> npt.NDArray[np.int16]:
        if self._channel is None:
            # Further channels of a device that cannot be opened with two are often unrelated inputs.
            return samples[:, :2]
        return samples[:, self._channel - 1 : self._channel]

    def close(self) -> None:
        """Let go of the device, waiting at most CLOSE_SECONDS; safe to call more than once."""
        if self._closed:
            return
        self._closed = True
        closing = Thread(target=self._close, name="close-microphone", daemon=True)
        closing.start()
        closing.join(CLOSE_SECONDS)

    def _close(self) -> None:
        # A stream that cannot be closed stays known as open: PortAudio must not be restarted under it.
        with suppress(AudioInputError):
            close_stream(self._stream)


def _refused(device: InputDevice, problem: Exception | None) -> AudioInputError:
    return AudioInputError(
        f'The microphone "{device.name}" could not be opened ({problem}).',
        "Close other programs that use it, check that it is plugged in, or choose another one.",
    )
