"""What a recogniser's process was asked for and what it has answered so far."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from tui.speech import messages
from tui.speech.messages import Message
from tui.transcript import Segment, Transcript, clean

OnProgress = Callable[[float, str], None]
"""Called with the share of the audio that is done, 0 to 1, and the newest words."""
OnSegment = Callable[[Segment], None]
"""Called with each segment as it becomes known."""


class Work:
    """One answer's request and what has been answered; survives the process that answers."""

    def __init__(
        self,
        request: Message,
        closings: int,
        on_progress: OnProgress | None = None,
        cancel: threading.Event | None = None,
        on_segment: OnSegment | None = None,
    ) -> None:
        self.request = request
        self.closings = closings
        """How often the transcriber had been closed when this was asked for."""
        self.cancel = cancel or threading.Event()
        self.pieces = 0
        self.complete: float | None = None
        """Seconds of a recording that was followed, once it is complete."""
        self.on_progress = on_progress
        self.wake: Callable[[], Any] | None = None
        """Makes whoever works on this look again whether it is complete or cancelled."""
        self._on_segment = on_segment
        self._segments: list[Segment] = []
        self._share = 0.0

    @property
    def watched(self) -> bool:
        """Whether `wake` is called with every change, so that nobody need look again and again."""
        return bool(self.request["do"] == messages.FOLLOW)

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
                if self._on_segment:
                    self._on_segment(segment)
            if self.on_progress:
                self.on_progress(self._share, segment.text if segment else "")
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
            # A recording that was followed took as long as the candidate spoke: what counts is the work.
            elapsed_seconds=done["busy_seconds"] if self.watched else elapsed_seconds,
            engine=done["engine"],
            model=clean(done["model"]),
            notes=tuple(notes),
        )
