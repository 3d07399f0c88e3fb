"""One answer while it is spoken: recognised as it is recorded, and read for signals as it is recognised."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from tui.session.assessing import Progress
from tui.session.events import Event, Heard
from tui.transcript import Segment, Transcript

if TYPE_CHECKING:
    from tui.rubric.detect import GrowingAnswer
    from tui.speech.following import Following
    from tui.speech.transcriber import Transcriber

REST = 3.0
"""A reading that took a second is followed by this many without one: the interface shares the processor with it."""


@dataclass(frozen=True)
class Heeded:
    """What an answer is listened to with."""

    terms: Sequence[str]
    """What the recogniser is told to expect."""
    answer: GrowingAnswer
    """Nothing was said in it yet."""


class Listening:
    """Follows one recording in the background; nothing that fails here is in the way of the recording.

    Reading for signals while the candidate speaks also makes the postmortem quick: the encoder remembers what it read.
    """

    def __init__(
        self, transcriber: Callable[[], Transcriber], begin: Callable[[], Heeded], tell: Callable[[Event], None]
    ) -> None:
        """`transcriber` and `begin` are called in the background; `tell` hears of each segment."""
        self._transcriber = transcriber
        self._begin = begin
        self._tell = tell
        self._following: Following | None = None
        self._segments: SimpleQueue[Segment | None] = SimpleQueue()
        self._begun = threading.Event()
        self._over = threading.Event()
        self._cancelled = False
        self._answer: GrowingAnswer | None = None
        self._ended = threading.Event()

    @property
    def answer(self) -> GrowingAnswer | None:
        """What was read of the answer while it was spoken, once it has ended; None when that failed."""
        self._ended.wait()
        return self._answer

    def start(self, recording: Path) -> None:
        """Begin to follow the WAV file at `recording`; returns at once."""
        threading.Thread(target=self._run, args=(recording,), name="listening", daemon=True).start()

    def finish(self, seconds: float, cancel: threading.Event, on_progress: Progress) -> Transcript | None:
        """The transcript of the recording, which has ended after `seconds`; None when it could not be followed.

        Raises TranscriptionCancelledError when `cancel` is set meanwhile. May be called again, with the same result.
        """
        from tui.speech.transcriber import TranscriptionCancelledError

        self._end()
        self._begun.wait()
        if self._following is None:
            return None
        try:
            return self._following.finish(seconds, cancel, on_progress)
        except TranscriptionCancelledError:
            raise
        except Exception:
            return None  # what prevents recognition altogether shows when the file is recognised

    def cancel(self) -> None:
        """Stop listening; safe to call at any time."""
        self._cancelled = True
        self._end()
        if self._following:
            self._following.cancel()

    def _end(self) -> None:
        self._over.set()
        self._segments.put(None)

    def _run(self, recording: Path) -> None:
        try:
            heeded = self._begin()
            self._following = self._transcriber().follow(recording, heeded.terms, self._segments.put)
            self._begun.set()
            if self._cancelled:
                self._following.cancel()
            self._read(heeded.answer)
            self._answer = heeded.answer
        except Exception:
            return  # the same failure is told when the answer is finished
        finally:
            self._begun.set()
            self._ended.set()

    def _read(self, answer: GrowingAnswer) -> None:
        """Tell what was heard, with the evidence so far, until the recording has ended."""
        while heard := self._next():
            began = time.monotonic()
            answer.append(*heard)
            evidence = answer.evidence()
            for segment in heard:
                self._tell(Heard(segment, evidence))
            self._over.wait(REST * (time.monotonic() - began))

    def _next(self) -> list[Segment]:
        """The segments that have come meanwhile, at least one; none when the recording has ended."""
        found = [self._segments.get()]
        while True:
            try:
                found.append(self._segments.get_nowait())
            except Empty:
                break
        return [] if self._over.is_set() else [segment for segment in found if segment]
