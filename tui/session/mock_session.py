"""One running mock, without a face: think, answer, transcribe, score, save."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from tui.errors import AudioInputError, MockloopError, told
from tui.interview.countdown import Countdown, Phase, Reading
from tui.interview.types import Question, Round
from tui.session.events import Event, Failed, InputTrouble, Listener, State, StateChanged
from tui.session.finishing import PACKING_SECONDS, Finisher, Spoken
from tui.speech.types import Condition, Level

if TYPE_CHECKING:
    from tui.history.types import Mock
    from tui.session.listening import Listening
    from tui.speech.recorder import Recorder

WATCH_SECONDS = 0.2
"""How often the microphone and the think time are looked after."""

_SENTENCES = {
    Condition.NOTHING: ("Nothing is coming in from the microphone.", "Check that it is not muted, or choose another."),
    Condition.CLIPPING: ("The microphone is clipping.", "Turn its level down or move away a little."),
}


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
        """Begin the think time and warm up the recogniser. The answer begins by itself when it has run out."""

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


@dataclass(frozen=True)
class Opening:
    """A mock whose recording has begun: its folder and the recorder that writes into it."""

    mock: Mock
    recorder: Recorder


class MockSession:
    """The session that records: `Session` for real."""

    def __init__(
        self,
        round_: Round,
        question: Question,
        countdown: Countdown,
        open_recording: Callable[[], Opening],
        finisher: Finisher,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """`open_recording` makes the mock's folder and a recorder that is not started; `now` is a monotonic clock."""
        self.round = round_
        self.question = question
        self._countdown = countdown
        self._open_recording = open_recording
        self._finisher = finisher
        self._now = now
        self._listeners: list[Listener] = []
        self._state = State.BRIEFED
        self._opening: Opening | None = None
        self._listening: Listening | None = None
        self._finishing: threading.Thread | None = None
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._trouble = InputTrouble("")

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def snapshot(self) -> Snapshot:
        recorder = self._opening.recorder if self._opening else None
        return Snapshot(
            state=self._state,
            clock=self._countdown.read(self._now()),
            level=recorder.level if recorder else None,
            recorded_seconds=recorder.seconds if recorder else 0.0,
            overflows=recorder.overflows if recorder else 0,
        )

    def start(self) -> None:
        with self._lock:
            if self._state is not State.BRIEFED:
                return
            self._finisher.warm_up()
            self._countdown = self._countdown.start(self._now())
            self._become(State.THINKING)
        threading.Thread(target=self._watch, name="mock-watch", daemon=True).start()

    def begin_answer(self) -> None:
        with self._lock:
            # Leaving and beginning may cross: after close() nobody would stop the microphone.
            if self._closing.is_set() or self._state not in {State.BRIEFED, State.THINKING}:
                return
            opening = self._open_recording()
            try:
                opening.recorder.start()
            except MockloopError:
                self._finisher.release(opening.mock.id)
                raise
            self._opening = opening
            self._listening = self._finisher.listen(opening.mock, self.question, opening.recorder.path, self._emit)
            self._countdown = self._countdown.answer(self._now())
            self._become(State.ANSWERING)

    def pause(self) -> None:
        with self._lock:
            if self._state is State.ANSWERING and self._opening:
                self._opening.recorder.pause()
                self._countdown = self._countdown.pause(self._now())
                self._become(State.PAUSED)

    def resume(self) -> None:
        with self._lock:
            if self._state is State.PAUSED and self._opening:
                self._opening.recorder.resume()
                self._countdown = self._countdown.resume(self._now())
                self._become(State.ANSWERING)

    def end_answer(self) -> None:
        with self._lock:
            if self._state not in {State.ANSWERING, State.PAUSED} or not self._opening:
                return
            self._countdown = self._countdown.pause(self._now())
            opening = self._opening
            self._become(State.TRANSCRIBING)
        self._finishing = threading.Thread(target=self._finish, args=(opening,), name="mock-finish", daemon=True)
        self._finishing.start()

    def abandon(self) -> None:
        self.close()

    def close(self) -> None:
        self._closing.set()
        self._finisher.cancel()
        if self._listening:
            self._listening.cancel()
        with self._lock:
            if self._state in {State.ANSWERING, State.PAUSED} and self._opening:
                self._stop_recording(self._opening)
                self._become(State.FAILED)
        if self._state is State.FINISHED and self._finishing and self._finishing is not threading.current_thread():
            self._finishing.join(PACKING_SECONDS)

    def _stop_recording(self, opening: Opening) -> None:
        """Close the file and note the mock as recorded, so that it is offered to be finished."""
        try:
            recording = opening.recorder.stop()
            self._finisher.recorded(opening.mock.id, recording)
        except MockloopError as error:
            self._emit(Failed(error, opening.mock.id))
        finally:
            self._finisher.release(opening.mock.id)

    def _finish(self, opening: Opening) -> None:
        try:
            recording = opening.recorder.stop()
            if recording.lost:
                self._emit(InputTrouble(recording.lost))
            if not recording.seconds:
                # Released, a mock without a sound is gone.
                self._finisher.release(opening.mock.id)
                self._fail(Failed(AudioInputError("Nothing was recorded.", "Begin again, and speak."), None))
                return
            self._finisher.recorded(opening.mock.id, recording)
        except Exception as error:
            # Whatever it is, somebody waits for a word, and the recording must be offered again.
            self._finisher.release(opening.mock.id)
            self._fail(Failed(told(error), opening.mock.id))
            return
        spoken = {1: Spoken(recording, self._listening)} if self._listening else {}
        outcome = self._finisher.finish(opening.mock.id, self._emit, spoken)
        with self._lock:
            self._become(State.FAILED if isinstance(outcome, Failed) else State.FINISHED)
        self._emit(outcome)
        if not isinstance(outcome, Failed):
            self._finisher.pack(opening.mock.id)

    def _watch(self) -> None:
        """Look after the microphone, and begin the answer when the think time has run out."""
        while not self._closing.wait(WATCH_SECONDS):
            if self._state in {State.TRANSCRIBING, State.FINISHED, State.FAILED}:
                return
            if self._state is State.THINKING and self._countdown.read(self._now()).phase is Phase.OVER:
                try:
                    self.begin_answer()
                except MockloopError as error:
                    self._fail(Failed(error, None))
                    return
            self._tell_trouble()

    def _tell_trouble(self) -> None:
        opening = self._opening
        if not opening or self._state is not State.ANSWERING:
            return
        if opening.recorder.trouble:
            trouble = InputTrouble(opening.recorder.trouble, "Or end the answer, to score what there is.")
        else:
            trouble = InputTrouble(*_SENTENCES.get(opening.recorder.level.condition, ("",)))
        if trouble != self._trouble:
            self._trouble = trouble
            self._emit(trouble)

    def _fail(self, failed: Failed) -> None:
        with self._lock:
            self._become(State.FAILED)
        self._emit(failed)

    def _become(self, state: State) -> None:
        self._state = state
        self._emit(StateChanged(state))

    def _emit(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)
