"""Audio files to transcripts, by a recogniser that runs in a process of its own."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tui import locations
from tui.errors import MockloopError, ModelError
from tui.speech import messages
from tui.speech.child_process import ChildProcess, log_path
from tui.speech.engine import DEFAULT_ENGINE, DEFAULT_MODEL
from tui.speech.messages import Message
from tui.transcript import Segment, Transcript, clean

OnProgress = Callable[[float, str], None]
"""Called with the share of the audio that is done, 0 to 1, and the newest words."""

LOOK_SECONDS = 0.1
"""How often a waiting call looks whether it has been cancelled."""
LIVES = 2
"""Processes that may be used up on one answer."""


class TranscriptionCancelledError(MockloopError):
    """Somebody asked for it: not a failure."""

    title = "Cancelled"

    def __init__(self) -> None:
        super().__init__("The transcription was cancelled.", "The recording is kept.")


class _ChildDiedError(Exception):
    """The process ended with work left to do."""


class Transcriber:
    """A recogniser process that is started once and used for one file after the other; safe to use from any thread."""

    def __init__(
        self, engine: str = DEFAULT_ENGINE, model: str = DEFAULT_MODEL, home: str | os.PathLike[str] | None = None
    ) -> None:
        """`model` is a name or a path; `home` holds pulled models. Nothing is started or checked yet."""
        self.engine = engine
        self.model = model
        self.home = locations.home(home)
        self._child: ChildProcess | None = None
        self._closings = 0
        self._requests = 0
        self._lock = threading.Lock()
        self._busy = threading.Lock()

    def start(self) -> None:
        """Start the process, which then loads its model; returns at once. Does nothing when it runs."""
        self._running()

    def wait_loaded(self, timeout: float | None = None) -> None:
        """Start if need be and return when the model is loaded, or after `timeout` seconds.

        Raises ModelError when engine or model are not here or cannot be loaded.
        """
        child = self._running()
        if not child.wait_loaded(timeout):
            return
        if child.load_error:
            raise child.load_error
        if not child.alive:
            raise ModelError("The recogniser stopped while it was loading.", f"See {log_path(self.home)}.")

    def transcribe(
        self,
        path: str | os.PathLike[str],
        terms: Sequence[str] = (),
        on_progress: OnProgress | None = None,
        cancel: threading.Event | None = None,
        start: float = 0.0,
        end: float | None = None,
    ) -> Transcript:
        """What is said in the audio file from `start` up to `end` seconds; blocks until it is known.

        `terms` are told to the recogniser as likely, the most important first. Times count from the start of the file.
        Silence gives a transcript without segments. Raises AudioFileError when there is no audio in the file,
        ModelError when engine or model fail (a process that dies is replaced once), TranscriptionCancelledError after
        `cancel` is set or `close` is called.
        """
        request = {"path": str(Path(path).absolute()), "terms": list(terms), "start": start, "end": end}
        closings = self._closings
        with self._busy:
            began = time.monotonic()
            work = _Work(request, closings, on_progress or (lambda _share, _words: None), cancel or threading.Event())
            for _ in range(LIVES):
                try:
                    done = self._attempt(work)
                except _ChildDiedError:
                    continue
                return work.transcript(done, time.monotonic() - began)
        raise ModelError(
            "The recogniser stopped twice while working on this answer.",
            f"The recording is kept; try another model, and see {log_path(self.home)}.",
        )

    def close(self) -> None:
        """End the process; calls that wait for it or for their turn raise TranscriptionCancelledError.

        Safe to call more than once. A later call starts a new process.
        """
        with self._lock:
            self._closings += 1
            child, self._child = self._child, None
        if child:
            child.stop()

    def _running(self, closings: int | None = None) -> ChildProcess:
        """The process, started if need be; not for a call that came before the last closing, of `closings` so far."""
        with self._lock:
            if closings not in (None, self._closings):
                raise TranscriptionCancelledError
            if self._child is None or not self._child.alive:
                self._child = ChildProcess((self.engine, self.model, str(self.home)), self.home)
            return self._child

    def _attempt(self, work: _Work) -> Message:
        """Let one process work until everything is answered, and return its last message."""
        child = self._running(work.closings)
        self._requests += 1
        number = self._requests
        child.send({"do": "transcribe", "id": number, "skip": work.pieces, **work.request})
        while True:
            if work.cancel.is_set():
                child.send({"do": "cancel", "id": number})
                raise TranscriptionCancelledError
            try:
                message = child.answers.get(timeout=LOOK_SECONDS)
            except queue.Empty:
                continue
            if message is None:
                if work.closings != self._closings:
                    raise TranscriptionCancelledError
                raise _ChildDiedError
            if message["id"] == number and work.take(message):
                return message


class _Work:
    """One file's request and what has been answered so far; survives the process that answers."""

    def __init__(self, request: Message, closings: int, on_progress: OnProgress, cancel: threading.Event) -> None:
        self.request = request
        self.closings = closings
        """How often the transcriber had been closed when this was asked for."""
        self.cancel = cancel
        self.pieces = 0
        self._on_progress = on_progress
        self._segments: list[Segment] = []
        self._share = 0.0

    def take(self, message: Message) -> bool:
        """Note what `message` says; whether it was the last. Raises what the process failed with."""
        event = message["event"]
        if event == messages.FAILED:
            raise messages.error_in(message["error"])
        if event in (messages.PIECE, messages.HEARD):
            self._share = max(self._share, message["share"])
            segment = messages.segment_in(message.get("segment"))
            if event == messages.PIECE:
                self.pieces = max(self.pieces, message["number"])
            if segment:
                self._segments.append(segment)
            self._on_progress(self._share, segment.text if segment else "")
        return bool(event == messages.DONE)

    def transcript(self, done: Message, elapsed_seconds: float) -> Transcript:
        """Everything that was answered; `done` is the process's last message."""
        voice = messages.spans_in(done["voice"])
        unclear = sum(segment.unclear is not None for segment in self._segments)
        notes: list[str] = []
        if not voice:
            notes.append("No voice was found in the audio.")
        if unclear:
            notes.append(f"{unclear} of {len(self._segments)} stretches were unclear to the recogniser.")
        return Transcript(
            segments=tuple(self._segments),
            audio_seconds=done["audio_seconds"],
            voice=voice,
            elapsed_seconds=elapsed_seconds,
            engine=done["engine"],
            model=clean(done["model"]),
            notes=tuple(notes),
        )
