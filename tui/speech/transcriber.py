"""Audio to transcripts, from files and while it is recorded, by a recogniser that runs in a process of its own."""

from __future__ import annotations

import os
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tui import locations
from tui.errors import MockloopError, ModelError
from tui.speech import messages
from tui.speech.child_process import ChildProcess, log_path
from tui.speech.engine import DEFAULT_ENGINE, DEFAULT_MODEL
from tui.speech.following import LOOK_SECONDS, Following
from tui.speech.messages import Message
from tui.speech.work import OnProgress, OnSegment, Work
from tui.transcript import Transcript

LIVES = 2
"""Processes that may be used up on one answer."""


class TranscriptionCancelledError(MockloopError):
    """Somebody asked for it: not a failure."""

    title = "Cancelled"

    def __init__(self) -> None:
        super().__init__("The transcription was cancelled.", "The recording is kept.")


@dataclass(frozen=True)
class Cost:
    """What recognising one answer took, loading left out."""

    seconds: float
    processor_seconds: float
    """On all processors together; much less than `seconds` when others had them."""


class _ChildDiedError(Exception):
    """The process ended with work left to do."""


class Transcriber:
    """A recogniser process, started once and used for one answer after the other; safe to use from any thread."""

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
        self.cost: Cost | None = None
        """Of the last answer."""
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
        request: Message = {"do": messages.TRANSCRIBE, "path": str(Path(path).absolute()), "terms": list(terms)}
        request |= {"start": start, "end": end}
        return self._done(Work(request, self._closings, on_progress, cancel))

    def follow(
        self, path: str | os.PathLike[str], terms: Sequence[str] = (), on_segment: OnSegment | None = None
    ) -> Following:
        """Begin to recognise the recording that grows at `path`, as `Recorder` writes it; returns at once.

        `on_segment` is called with each segment as it becomes known, on a thread of its own. Nothing is in the way of
        the recording: what fails is told by `Following.finish`.
        """
        request = {"do": messages.FOLLOW, "path": str(Path(path).absolute()), "terms": list(terms)}
        return Following(Work(request, self._closings, on_segment=on_segment), self._done)

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

    def _done(self, work: Work) -> Transcript:
        """Do `work` when its turn has come, and return what came of it."""
        with self._turn(work):
            began = time.monotonic()
            for _ in range(LIVES):
                try:
                    done = self._attempt(work)
                except _ChildDiedError:
                    continue
                self.cost = Cost(done["seconds"], done["processor_seconds"])
                return work.transcript(done, time.monotonic() - began)
        raise ModelError(
            "The recogniser stopped twice while working on this answer.",
            f"The recording is kept; try another model, and see {log_path(self.home)}.",
        )

    @contextmanager
    def _turn(self, work: Work) -> Iterator[None]:
        while not self._busy.acquire(timeout=LOOK_SECONDS):
            if work.cancel.is_set():
                raise TranscriptionCancelledError
        try:
            yield
        finally:
            self._busy.release()

    def _attempt(self, work: Work) -> Message:
        """Let one process work until everything is answered, and return its last message."""
        child = self._running(work.closings)
        self._requests += 1
        number = self._requests
        work.wake = lambda: child.answers.put({"event": None, "id": 0})
        child.send({"id": number, "skip": work.pieces, **work.request})
        told = False
        while True:
            if work.cancel.is_set():
                child.send({"do": messages.CANCEL, "id": number})
                raise TranscriptionCancelledError
            if work.complete is not None and not told:
                child.send({"do": messages.END, "id": number, "seconds": work.complete})
                told = True
            try:
                message = child.answers.get(timeout=None if work.watched else LOOK_SECONDS)
            except queue.Empty:
                continue
            if message is None:
                if work.closings != self._closings:
                    raise TranscriptionCancelledError
                raise _ChildDiedError
            if message["id"] == number and work.take(message):
                return message
