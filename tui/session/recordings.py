"""The recordings of one mock: its folder, and a recorder for each turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tui.history.code import save_code
from tui.history.types import Clarified, Turn
from tui.interview.flow import Ask

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tui.history.store import History
    from tui.history.types import Mock
    from tui.speech.recorder import Recorder
    from tui.speech.types import Recording


@dataclass(frozen=True)
class Opening:
    """An answer whose recording has begun."""

    ask: Ask
    mock: Mock
    turn: int
    """Its number in the mock, from 1."""
    recorder: Recorder


class Recordings:
    """Makes the mock when its first answer begins, and a turn for each answer after that."""

    def __init__(self, history: History, begin: Callable[[], Mock], record: Callable[[Path], Recorder]) -> None:
        """`begin` makes the mock's folder; `record` gives a recorder that is not started, for a file to create."""
        self._history = history
        self._begin = begin
        self._record = record
        self._mock: Mock | None = None
        self._turns: list[Ask] = []
        self._ended = 0.0
        """Seconds recorded in answers that have ended."""
        self._running: Opening | None = None

    @property
    def mock_id(self) -> str | None:
        """Id of the mock, or None before its first answer begins."""
        return self._mock.id if self._mock else None

    @property
    def running_seconds(self) -> float:
        """Seconds recorded in the answer that has not ended."""
        return self._running.recorder.seconds if self._running else 0.0

    @property
    def seconds(self) -> float:
        """Seconds recorded in the whole mock."""
        return self._ended + self.running_seconds

    def open(self, ask: Ask) -> Opening:
        """Begin to record the answer to `ask`. Raises StorageError and AudioInputError; nothing is lost then."""
        fresh = self._mock is None
        if self._mock is None:
            self._mock = self._begin()
            self._turns = [ask]
        elif ask not in self._turns:
            turn = Turn(ask.question.id, ask.prompt, None, ask.kind, ask.about, start=self._ended)
            self._history.add_turn(self._mock.id, turn)
            self._turns.append(ask)
        mock, number = self._mock, len(self._turns)
        recorder = self._record(self._history.audio_path(mock.id, number))
        try:
            recorder.start()
        except BaseException:
            if fresh:
                # Without any audio in it the mock is gone, and the next try makes another.
                self._history.release(mock.id)
                self._mock = None
            raise
        self._running = Opening(ask, mock, number, recorder)
        return self._running

    def close(self, opening: Opening, clarified: Sequence[Clarified] = ()) -> Recording:
        """End the recording and note what there is of it. Raises StorageError."""
        recording = opening.recorder.stop()
        self._running = None
        self._ended += recording.seconds
        if recording.seconds:
            self._history.recorded(opening.mock.id, recording.path.name, self._ended, opening.turn, clarified)
        return recording

    def keep_code(self, number: int, language: str, code: str, results: dict[str, Any] | None = None) -> None:
        """Keep the code for question `number` (from 1) beside the recordings, once there are any.

        Raises StorageError.
        """
        if self._mock is not None:
            save_code(self._history.folder(self._mock.id), number, language, code, results)
