"""Reads the interviewer's words aloud, by a program of its own.

Nobody's microphone records it as an answer: whoever begins a recording calls `stop` first, which returns when the
loudspeaker has gone quiet.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Lock, Thread
from typing import IO, TYPE_CHECKING, Any

from tui.errors import AudioInputError, MockloopError
from tui.speech.output_stream import started
from tui.speech.portaudio import close_stream, exclusive, sound
from tui.speech.voice_programs import VoiceError, VoiceProgram
from tui.transcript import one_line

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

PIECE = 8192
"""Bytes that are read from the program at once: less than 0.2 s of speech."""
STOP_SECONDS = 2.0
"""How long `stop` waits for the sound system at most."""

Ended = Callable[[MockloopError | None], None]


class Speaker:
    """Reads one text at a time aloud, in the background."""

    def __init__(self, program: VoiceProgram) -> None:
        self.program = program
        self._lock = Lock()
        self._current: _Utterance | None = None

    @property
    def speaking(self) -> bool:
        """Whether anything is being read."""
        current = self._current
        return current is not None and not current.done.is_set()

    def speak(self, text: str, ended: Ended | None = None) -> None:
        """Begin to read `text`; what was being read stops. Returns at once.

        `ended` is called on another thread when the reading is over or was stopped, with the error when it failed.
        Raises VoiceError when the program cannot be started.
        """
        self.stop()
        with self._lock:
            self._current = _Utterance(self.program, one_line(text), ended)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until nothing is being read; False when that takes longer than `timeout` seconds."""
        current = self._current
        return current is None or current.done.wait(timeout)

    def stop(self) -> None:
        """Stop reading; returns when the loudspeaker is quiet. Safe to call at any time."""
        with self._lock:
            current, self._current = self._current, None
        if current is not None:
            current.stop()
            current.done.wait(STOP_SECONDS)


class _Utterance:
    """One text that is read by one process."""

    def __init__(self, program: VoiceProgram, text: str, ended: Ended | None) -> None:
        self.done = Event()
        self._program = program
        self._ended = ended
        self._stopped = Event()
        try:
            self._process = subprocess.Popen(
                program.command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE if program.rate else subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                **_on_its_own(),
            )
        except OSError as error:
            raise VoiceError(
                f"{program.name} cannot be started: {error.strerror}.", "Choose another: `mockloop voice`."
            ) from error
        Thread(target=self._run, args=(text,), name="voice", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()
        with suppress(OSError):
            self._process.kill()
        if self._program.quieten:
            with suppress(OSError, subprocess.TimeoutExpired):
                subprocess.run(
                    self._program.quieten,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    timeout=STOP_SECONDS,
                    check=False,
                )

    def _run(self, text: str) -> None:
        error: MockloopError | None = None
        try:
            self._read(text)
        except MockloopError as problem:
            error = problem
        except Exception as problem:
            error = VoiceError(f"Reading aloud failed ({type(problem).__name__}).", "Choose another: `mockloop voice`.")
        finally:
            with suppress(OSError):
                self._process.kill()
            self._process.wait()
            self.done.set()
        if self._ended is not None:
            self._ended(None if self._stopped.is_set() else error)

    def _read(self, text: str) -> None:
        assert self._process.stdin
        with suppress(OSError), self._process.stdin as sink:
            sink.write(text.encode("utf-8", errors="replace") + b"\n")
        if self._program.rate:
            assert self._process.stdout
            self._play(self._process.stdout, self._program.rate)
        if self._process.wait() and not self._stopped.is_set():
            raise VoiceError(f"{self._program.name} could not read the text.", "Choose another: `mockloop voice`.")

    def _play(self, source: IO[bytes], rate: int) -> None:
        """Play what the program writes while it goes on reading."""
        output: _Output | None = None
        rest = b""
        try:
            while piece := source.read1(PIECE):  # type: ignore[attr-defined]
                if self._stopped.is_set():
                    return
                output = output or _Output(rate)
                piece = rest + piece
                whole = len(piece) // 2 * 2
                rest = piece[whole:]
                output.write(piece[:whole])
            if output and not self._stopped.is_set():
                output.drain()
        finally:
            if output:
                output.close()


class _Output:
    """The loudspeaker, as a stream that is written to at the voice's rate."""

    def __init__(self, rate: int) -> None:
        """Raises AudioOutputError when there is nothing to play through."""
        self._stream, taken = started(rate, _made, "The question")
        self._resampler: Any = None
        if taken != rate:
            import soxr

            self._resampler = soxr.ResampleStream(rate, taken, 1, dtype="int16")

    def write(self, data: bytes) -> None:
        """Play 16-bit samples; blocks while the loudspeaker is behind."""
        import numpy as np

        samples: npt.NDArray[np.int16] = np.frombuffer(data, np.int16)
        if self._resampler is not None:
            samples = self._resampler.resample_chunk(samples)
        if len(samples):
            self._stream.write(samples.reshape(-1, 1))

    def drain(self) -> None:
        """Return when all has been played."""
        with exclusive(), suppress(sound().PortAudioError):
            self._stream.stop()

    def close(self) -> None:
        with suppress(AudioInputError):
            close_stream(self._stream)


def _made(sd: Any, rate: int) -> Any:
    return sd.OutputStream(samplerate=rate, channels=1, dtype="int16")


def _on_its_own() -> dict[str, Any]:
    """Keyword arguments that keep the terminal's ctrl-c from the process."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}
