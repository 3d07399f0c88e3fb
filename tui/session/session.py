"""A running mock as screens and plain text know it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

from tui.interview.countdown import Reading
from tui.interview.flow import Ask
from tui.interview.sitting import Sitting
from tui.interview.types import Clarification
from tui.session.events import Listener, State
from tui.speech.types import Level


@dataclass(frozen=True)
class Snapshot:
    """What a screen shows of a running mock at one moment."""

    state: State
    clock: Reading
    level: Level | None
    recorded_seconds: float
    """Seconds of the present answer that are on disk."""
    overflows: int
    ask: Ask
    """What the interviewer said last."""
    mock_seconds: float = 0.0
    """Seconds of the whole mock that are on disk."""


class Session(Protocol):
    """What screens and plain text drive. Methods return at once; results arrive as events at the listener."""

    sitting: Sitting

    def listen(self, listener: Listener) -> None:
        """Call `listener` with every event from now on, on whatever thread it arises."""

    def snapshot(self) -> Snapshot:
        """The present state; cheap, to be polled ten times a second."""

    def start(self) -> None:
        """Begin the think time and warm up the recogniser. The answer begins by itself when it has run out."""

    def begin_answer(self) -> None:
        """Begin recording. Raises AudioInputError when the microphone cannot be opened; nothing is lost."""

    def pause(self) -> None:
        """Stop clock and recording."""

    def resume(self) -> None:
        """Let both go on."""

    def end_answer(self) -> None:
        """Stop recording; the interviewer follows up, goes on to the next question, or the mock is scored."""

    def end_mock(self) -> None:
        """Ask nothing more: score what was said so far. Without effect before anything was recorded."""

    def clarify(self, clarification: Clarification) -> None:
        """Be told something about the question, picked from its list."""

    def keep_code(self, number: int, language: str, code: str, results: dict[str, Any] | None = None) -> None:
        """Keep the code for question `number` (from 1) with the mock, and with `results` its runs.

        Blocks until it is on disk; without effect before the first answer begins. Raises StorageError.
        """

    def abandon(self) -> None:
        """Leave the mock. A recording that was begun stays on disk, to be finished or deleted later."""

    def close(self) -> None:
        """Stop everything that runs; safe to call in any state, more than once."""
