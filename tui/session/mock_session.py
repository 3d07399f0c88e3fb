"""One running mock, without a face: think, answer, transcribe, score, save."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tui.interview.countdown import Reading
from tui.interview.types import Question, Round
from tui.session.events import Listener, State
from tui.speech.types import Level


@dataclass(frozen=True)
class Snapshot:
    """What a screen shows of a running mock at one moment."""

    state: State
    clock: Reading
    level: Level | None
    recorded_seconds: float
    """Seconds of the answer that are on disk."""
    overflows: int


class Session(Protocol):
    """What screens and plain text drive. Methods return at once; results arrive as events at the listener."""

    round: Round
    question: Question

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every event from now on, on whatever thread it arises."""

    def snapshot(self) -> Snapshot:
        """The present state; cheap, to be polled ten times a second."""

    def start(self) -> None:
        """Begin the think time and warm up the recogniser."""

    def begin_answer(self) -> None:
        """Begin recording. Raises AudioInputError when the microphone cannot be opened; nothing is lost."""

    def pause(self) -> None:
        """Stop clock and recording."""

    def resume(self) -> None:
        """Let both go on."""

    def end_answer(self) -> None:
        """Stop recording, then transcribe, score and save in the background."""

    def abandon(self) -> None:
        """Leave the mock. A recording that was begun stays on disk, to be finished or deleted later."""

    def close(self) -> None:
        """Stop everything that runs; safe to call in any state, more than once."""
