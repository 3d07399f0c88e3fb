"""A recording that is recognised while it is made, as its owner sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tui.speech.work import OnProgress, Work
from tui.transcript import Transcript

LOOK_SECONDS = 0.1
"""How often a waiting call looks whether it has been cancelled."""


class Following:
    """Recognises one recording in the background from when it is made; `finish` gives the transcript."""

    def __init__(self, work: Work, run: Callable[[Work], Transcript]) -> None:
        """`run` does `work` and blocks until it is done."""
        self._work = work
        self._transcript: Transcript | None = None
        self._problem: Exception | None = None
        self._done = threading.Event()
        threading.Thread(target=self._run, args=(run,), name="follow", daemon=True).start()

    def finish(
        self, seconds: float, cancel: threading.Event | None = None, on_progress: OnProgress | None = None
    ) -> Transcript:
        """The transcript of the recording, which is complete on disk and lasts `seconds`; blocks until it is known.

        Raises AudioFileError and ModelError when it could not be recognised, at any time since the beginning, and
        TranscriptionCancelledError after `cancel` is set or the transcriber is closed.
        """
        self._work.on_progress = on_progress
        self._work.complete = seconds
        self._wake()
        while not self._done.wait(LOOK_SECONDS):
            if cancel is not None and cancel.is_set():
                self.cancel()
        if self._transcript is None:
            assert self._problem is not None
            raise self._problem
        return self._transcript

    def cancel(self) -> None:
        """Give up; safe to call at any time, more than once."""
        self._work.cancel.set()
        self._wake()

    def _wake(self) -> None:
        if self._work.wake:
            self._work.wake()

    def _run(self, run: Callable[[Work], Transcript]) -> None:
        try:
            self._transcript = run(self._work)
        except Exception as problem:
            # Whatever it is, the owner meets it when the answer has ended: the recording must go on until then.
            self._problem = problem
        self._done.set()
