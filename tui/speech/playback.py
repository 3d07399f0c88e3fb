"""Plays seconds of a recording in the background."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING, Any

from tui.errors import AudioFileError, AudioInputError
from tui.speech.audio_file import kept, load
from tui.speech.output_stream import started
from tui.speech.portaudio import close_stream
from tui.speech.tempo import at_tempo
from tui.speech.types import SAMPLE_RATE

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

LEAD_IN = 0.4
"""Seconds played before what was asked for: recognised words start up to 0.3 s early or late."""
LEAD_OUT = 0.3
FADE = 0.01
"""Seconds over which sound comes up and goes down, so that a cut does not click."""


class Player:
    """Plays one part of one recording at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._current: _Playing | None = None

    @property
    def playing(self) -> bool:
        """Whether something is being played."""
        current = self._current
        return current is not None and not current.done.is_set()

    @property
    def position(self) -> float | None:
        """The second of the recording that is heard now, or None while nothing is played."""
        current = self._current
        return current.position if current is not None and not current.done.is_set() else None

    def play(self, path: Path, start: float = 0.0, end: float | None = None, speed: float = 1.0) -> None:
        """Play `path` from `start` to `end` seconds (None: its end), with a little before and after.

        At another `speed` (0.5 to 2) voices keep their pitch. Returns once playing has begun; what was playing stops.
        Raises AudioFileError when the file cannot be read and AudioOutputError when there is nothing to play through.
        """
        first = max(0.0, start - LEAD_IN)
        # A recording is packed soon after its answer, while its postmortem is already being read.
        samples, rate = read_part(kept(path), first, None if end is None else end + LEAD_OUT)
        with self._lock:
            if self._current is not None:
                self._current.stop()
            self._current = _Playing(at_tempo(samples, rate, speed), rate, first, speed)

    def stop(self) -> None:
        """Stop playing; safe to call at any time."""
        with self._lock:
            current, self._current = self._current, None
        if current is not None:
            current.stop()


class _Playing:
    """A stream that plays samples until they end or it is told to stop, and then closes itself."""

    def __init__(self, samples: npt.NDArray[np.float32], rate: int, start: float, speed: float) -> None:
        """`start` is where in the recording `samples` begin, in seconds, and `speed` how much faster they are.

        Raises AudioOutputError when there is nothing to play through.
        """
        self.done = Event()
        self._start, self._speed = start, speed
        self._at = 0
        self._heard = (0.0, 0.0)
        """Seconds of sound that are heard, and the monotonic time at which they were."""
        self._latency = 0.0
        self._given = samples, rate
        self._stream, _ = started(rate, self._made, "The recording")
        # What is handed over now is heard so much later.
        self._latency = float(self._stream.latency)
        Thread(target=self._close, name="playback", daemon=True).start()

    @property
    def position(self) -> float:
        """The second of the recording that is heard now."""
        seconds, at = self._heard
        # Between two blocks time goes on, though never past what the sound system was given.
        heard = min(seconds + (time.monotonic() - at if at else 0.0), self._at / self._rate) - self._latency
        return self._start + self._speed * max(0.0, heard)

    def stop(self) -> None:
        self.done.set()

    def _made(self, sd: Any, rate: int) -> Any:
        self._samples, self._rate, self._end = _at_rate(*self._given, rate), rate, sd.CallbackStop
        return sd.OutputStream(
            samplerate=rate,
            channels=1,
            dtype="float32",
            latency="high",
            callback=self._fill,
            finished_callback=self.done.set,
        )

    def _fill(self, out: Any, frames: int, _time: Any, _status: Any) -> None:
        self._heard = (self._at / self._rate, time.monotonic())
        part = self._samples[self._at : self._at + frames]
        self._at += len(part)
        out[: len(part), 0] = part
        out[len(part) :] = 0
        if len(part) < frames:
            raise self._end

    def _close(self) -> None:
        self.done.wait()
        # A stream that cannot be closed stays known as open: PortAudio must not be restarted under it.
        with suppress(AudioInputError):
            close_stream(self._stream)


def read_part(path: Path, start: float, end: float | None) -> tuple[npt.NDArray[np.float32], int]:
    """Mono samples of `path` from `start` to `end` seconds (None: its end), faded in and out, and their rate in hertz.

    Raises AudioFileError when the file cannot be read or has nothing there.
    """
    import numpy as np
    import soundfile

    try:
        with soundfile.SoundFile(path) as source:
            rate = int(source.samplerate)
            first = min(source.frames, int(start * rate))
            last = source.frames if end is None else min(source.frames, int(end * rate))
            source.seek(first)
            samples = source.read(max(0, last - first), dtype="float32", always_2d=True).mean(axis=1)
    except (soundfile.LibsndfileError, OSError):
        rate = SAMPLE_RATE
        samples = load(path)[int(start * rate) : None if end is None else int(end * rate)].copy()
    if not len(samples):
        raise AudioFileError(f"{path.name} has no sound at {start:.0f} s.", "The recording ended before that.")
    fade = min(len(samples) // 2, int(FADE * rate))
    if fade:
        ramp = np.linspace(0, 1, fade, dtype=np.float32)
        samples[:fade] *= ramp
        samples[-fade:] *= ramp[::-1]
    return samples, rate


def _at_rate(samples: npt.NDArray[np.float32], rate: int, wanted: int) -> npt.NDArray[np.float32]:
    if wanted == rate:
        return samples
    import soxr

    resampled: npt.NDArray[np.float32] = soxr.resample(samples, rate, wanted)
    return resampled
