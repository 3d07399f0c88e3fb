"""From the microphone to the disk: nothing stands between them but a queue and one thread."""

from __future__ import annotations

import errno
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING

from tui.errors import AudioInputError, StorageError
from tui.speech.input_stream import InputStream
from tui.speech.level import FLOOR, LevelJudge
from tui.speech.resample import ToMono16k, to_int16
from tui.speech.types import SAMPLE_RATE, Condition, Level, Recording
from tui.speech.wav_file import WavWriter
from tui.transcript import one_line

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from tui.speech.input_stream import Block

SYNC_SECONDS = 0.7
"""The file is synced this often, so that a power cut costs less than a second."""
RETRY_SECONDS = 1.0
"""Pause between attempts to open a lost microphone again."""
WAIT_SECONDS = 0.1
THINKING_SECONDS = 12.0
"""People think during an answer, and microphones that suppress noise then send digital silence: only a longer stretch
than in the check before the answer counts as too quiet or as nothing."""
STOP_SECONDS = 8.0
"""How long `stop` waits for a sound system that hangs; the file is complete by then."""
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class Recorder:
    """Records one answer as a 16 kHz mono WAV file that is valid at every moment."""

    def __init__(self, path: Path, device: str | None = None, channel: int | None = None) -> None:
        """`path`: the WAV file to create. `device`: name of a microphone, None for the default.

        `channel` counts from 1; None mixes the first two.
        """
        self.path = path
        self._device = device
        self._channel = channel
        self._level = Level(FLOOR, FLOOR, Condition.WAITING)
        self._file: WavWriter | None = None
        self._stream: InputStream | None = None
        self._convert: ToMono16k | None = None
        self._judge = _judge()
        self._thread: Thread | None = None
        self._stopping = Event()
        self._paused = False
        self._pausing = Lock()
        self._past_overflows = 0
        self._missed = 0
        self._lost: str | None = None
        self._disk: str | None = None
        self._broken: str | None = None
        self._retry_at = 0.0
        self._synced_at = 0.0

    @property
    def level(self) -> Level:
        """How loud the microphone is just now, and its condition; goes on during a pause."""
        return Level(FLOOR, FLOOR, Condition.LOST) if self._broken else self._level

    @property
    def seconds(self) -> float:
        """Length of what is on disk, in seconds."""
        return self._file.frames / SAMPLE_RATE if self._file else 0.0

    @property
    def missed_seconds(self) -> float:
        """Seconds of sound that came in and that the disk did not take."""
        return self._missed / SAMPLE_RATE

    @property
    def overflows(self) -> int:
        """Times that the sound system reported samples lost before they reached us."""
        return self._past_overflows + (self._stream.overflows if self._stream else 0)

    @property
    def trouble(self) -> str | None:
        """What is wrong just now and what to do about it (a full disk, a lost microphone), or None."""
        if self._broken:
            return f"{self._broken} Leave this mock and begin again."
        return self._disk or self._lost

    def start(self) -> None:
        """Open the microphone and record.

        Raises AudioInputError when it cannot be opened and StorageError when the file cannot be created.
        """
        stream = InputStream(self._device, self._channel)
        try:
            self._convert = ToMono16k(stream.rate)
            self._file = WavWriter(self.path)
        except OSError as problem:
            stream.close()
            raise _cannot_create(self.path, problem) from None
        self._stream = stream
        self._judge = _judge()
        self._thread = Thread(target=self._run, name="recorder", daemon=True)
        self._thread.start()

    def pause(self) -> None:
        """Leave out what is said from now on."""
        self._set_paused(True)

    def resume(self) -> None:
        """Record again, right behind what was recorded before the pause."""
        self._set_paused(False)

    def _set_paused(self, paused: bool) -> None:
        with self._pausing:
            self._paused = paused
            if self._stream:
                self._stream.paused = paused

    def stop(self) -> Recording:
        """End the recording and return what is on disk; may be called again, with the same result."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(STOP_SECONDS)
        return Recording(self.path, self.seconds, self.overflows, self._why_incomplete())

    def _why_incomplete(self) -> str | None:
        full = f"The disk was full: {self.missed_seconds:.0f} s of the answer could not be kept."
        return self._broken or (full if self._missed else self._lost)

    def _run(self) -> None:
        # Each step is taken whatever became of the one before: nobody should believe that a recording goes on.
        for step in (self._record, self._finish, self._close):
            try:
                step()
            except Exception as problem:
                self._break_off(problem)

    def _break_off(self, problem: Exception) -> None:
        self._broken = self._broken or (
            f"The recording broke off after {self.seconds:.0f} s ({type(problem).__name__}: {one_line(str(problem))}); "
            "what was recorded until then is kept."
        )

    def _record(self) -> None:
        while not self._stopping.is_set():
            self._take(WAIT_SECONDS)
            if self._stream is None:
                self._reopen()
            elif self._stream.lost:
                self._lose()
            self._sync()
        self._finish()

    def _finish(self) -> None:
        stream = self._stream
        if stream is not None:
            # What was said just before the end is still on its way through the sound system.
            until = monotonic() + (0.0 if self._paused or stream.lost else stream.latency)
            while (left := until - monotonic()) > 0:
                self._take(left)
            stream.close()
            self._take(0.0)
        self._flush()

    def _close(self) -> None:
        if self._stream is not None:
            self._stream.close()
        if self._file is not None:
            with suppress(OSError):
                self._file.close()

    def _take(self, timeout: float) -> None:
        """Write what has arrived, waiting up to `timeout` seconds for it."""
        stream = self._stream
        if stream is None:
            self._stopping.wait(timeout)
            return
        for block in stream.blocks(timeout):
            self._judge.feed(block.samples, block.at)
            self._keep(block)
            self._level = self._judge.level(monotonic())
        self._level = self._judge.level(monotonic())

    def _keep(self, block: Block) -> None:
        if not block.paused and self._convert is not None:
            self._write(self._convert.feed(block.samples))

    def _write(self, samples: npt.NDArray[np.float32]) -> None:
        file = self._file
        if file is None or not len(samples):
            return
        before = file.frames
        try:
            file.append(to_int16(samples))
            self._disk = None
        except OSError as problem:
            self._missed += len(samples) - (file.frames - before)
            self._disk = _disk_sentence(problem)

    def _flush(self) -> None:
        if self._convert is not None:
            self._write(self._convert.flush())
            self._convert = None

    def _sync(self) -> None:
        if self._file is None or monotonic() - self._synced_at < SYNC_SECONDS:
            return
        self._synced_at = monotonic()
        try:
            self._file.sync()
        except OSError as problem:
            self._disk = _disk_sentence(problem)

    def _lose(self) -> None:
        stream, self._stream = self._stream, None
        if stream is None:
            return
        self._level = Level(FLOOR, FLOOR, Condition.LOST)
        self._lost = (
            f'The microphone "{stream.device.name}" stopped sending sound; what was recorded is kept. '
            "Plug it in again: the recording goes on by itself."
        )
        self._past_overflows += stream.overflows
        stream.close()
        self._flush()
        self._retry_at = 0.0

    def _reopen(self) -> None:
        if monotonic() < self._retry_at:
            return
        from tui.speech.portaudio import refresh

        try:
            refresh()
            stream = InputStream(self._device, self._channel)
        except AudioInputError:
            self._retry_at = monotonic() + RETRY_SECONDS
            return
        self._convert = ToMono16k(stream.rate)
        self._judge = _judge()
        with self._pausing:
            stream.paused = self._paused
            self._stream = stream
        self._lost = None


def _judge() -> LevelJudge:
    return LevelJudge(monotonic(), THINKING_SECONDS, THINKING_SECONDS)


def _cannot_create(path: Path, problem: OSError) -> StorageError:
    if isinstance(problem, FileExistsError):
        return StorageError(f"There is already a recording at {path}.", "It was left as it is; start a new mock.")
    if problem.errno in _FULL:
        return StorageError("The disk is full: the recording cannot begin.", "Free some space and start again.")
    return StorageError(
        f"The recording cannot be written to {path.parent} ({problem.strerror}).",
        "Choose a folder that can be written, with --home or MOCKLOOP_HOME.",
    )


def _disk_sentence(problem: OSError) -> str:
    if problem.errno in _FULL:
        return "The disk is full; what was recorded is kept. Free some space: the recording goes on by itself."
    return (
        f"The recording cannot be written ({problem.strerror}); what was recorded is kept. "
        "Check the disk: the recording goes on by itself."
    )
