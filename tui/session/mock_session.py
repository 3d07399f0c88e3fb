"""One running mock, without a face: think, answer, be followed up, and in the end be scored."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from tui.errors import AudioInputError, MockloopError, told
from tui.history.types import Clarified
from tui.interview.clarify import asked_for
from tui.interview.countdown import Phase
from tui.interview.types import Clarification
from tui.session.aloud import Aloud
from tui.session.conversation import Conversation
from tui.session.events import Asked, Event, Failed, Heard, InputTrouble, Listener, State, StateChanged, ToldMore
from tui.session.finishing import PACKING_SECONDS, Finisher, Spoken
from tui.session.recordings import Opening, Recordings
from tui.session.session import Snapshot
from tui.session.trouble import trouble_of

if TYPE_CHECKING:
    from tui.session.listening import Listening

WATCH_SECONDS = 0.2
"""How often the microphone and the think time are looked after."""

RECORDING = frozenset({State.ANSWERING, State.PAUSED})
OVER = frozenset({State.TRANSCRIBING, State.FINISHED, State.FAILED})


class MockSession:
    """The session that records: `Session` for real."""

    def __init__(
        self,
        conversation: Conversation,
        recordings: Recordings,
        finisher: Finisher,
        now: Callable[[], float] = time.monotonic,
        aloud: Aloud | None = None,
    ) -> None:
        """`now` is a monotonic clock; `aloud` reads what the interviewer says."""
        self.sitting = conversation.sitting
        self._conversation = conversation
        self._recordings = recordings
        self._finisher = finisher
        self._now = now
        self._aloud = aloud or Aloud()
        self._countdown = conversation.countdown
        self._listeners: list[Listener] = []
        self._state = State.BRIEFED
        self._opening: Opening | None = None
        self._listening: Listening | None = None
        self._spoken: dict[int, Spoken] = {}
        """By turn: what was said."""
        self._clarified: list[Clarified] = []
        """What was told since the interviewer said something to be answered."""
        self._working: threading.Thread | None = None
        self._lock = threading.RLock()
        self._closing = threading.Event()
        self._ending = False
        """Whether nothing more is to be asked."""
        self._trouble = InputTrouble("")

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def snapshot(self) -> Snapshot:
        recorder = self._opening.recorder if self._opening else None
        return Snapshot(
            state=self._state,
            clock=self._countdown.read(self._now()),
            level=recorder.level if recorder else None,
            recorded_seconds=self._recordings.running_seconds,
            overflows=recorder.overflows if recorder else 0,
            ask=self._conversation.ask,
            mock_seconds=self._recordings.seconds,
        )

    def start(self) -> None:
        with self._lock:
            if self._state is not State.BRIEFED:
                return
            self._finisher.warm_up()
            self._think()
        threading.Thread(target=self._watch, name="mock-watch", daemon=True).start()

    def begin_answer(self) -> None:
        with self._lock:
            # Leaving and beginning may cross: after close() nobody would stop the microphone.
            if self._closing.is_set() or self._state not in {State.BRIEFED, State.THINKING}:
                return
            # The microphone must not hear the interviewer.
            self._aloud.stop()
            self._opening = opening = self._recordings.open(self._conversation.ask)
            self._listening = self._finisher.listen(
                opening.mock, opening.ask.question, opening.recorder.path, self._hear
            )
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
            if self._state not in RECORDING or not self._opening:
                return
            self._countdown = self._countdown.pause(self._now())
            self._become(State.CONSIDERING)
            self._work(self._consider, self._opening)

    def end_mock(self) -> None:
        with self._lock:
            self._ending = self._state in {*RECORDING, State.CONSIDERING} or self._recordings.seconds > 0
            if self._state in RECORDING:
                self.end_answer()
            elif self._state is State.THINKING and self._ending:
                # From now on no answer can begin, and nothing more is read aloud.
                self._become(State.TRANSCRIBING)
                self._aloud.stop()
                self._work(self._finish)

    def clarify(self, clarification: Clarification) -> None:
        self._tell_more(clarification, aloud=False)

    def keep_code(self, number: int, language: str, code: str, results: dict[str, Any] | None = None) -> None:
        self._recordings.keep_code(number, language, code, results)

    def abandon(self) -> None:
        self.close()

    def close(self) -> None:
        self._closing.set()
        self._aloud.stop()
        self._finisher.cancel()
        if self._listening:
            self._listening.cancel()
        with self._lock:
            if self._state in RECORDING and self._opening:
                self._stop_recording(self._opening)
                self._become(State.FAILED)
            elif self._state is State.THINKING and self._recordings.mock_id:
                self._finisher.release(self._recordings.mock_id)
                self._become(State.FAILED)
        if self._state is State.FINISHED and self._working and self._working is not threading.current_thread():
            self._working.join(PACKING_SECONDS)

    def _stop_recording(self, opening: Opening) -> None:
        """Close the file and note the mock as recorded, so that it is offered to be finished."""
        try:
            self._recordings.close(opening, self._clarified)
        except MockloopError as error:
            self._emit(Failed(error, opening.mock.id))
        finally:
            self._finisher.release(opening.mock.id)

    def _think(self) -> None:
        """Put what the interviewer said last to the candidate."""
        ask = self._conversation.ask
        self._clarified = []
        self._countdown = self._conversation.countdown.start(self._now())
        self._become(State.THINKING)
        self._emit(Asked(ask))
        if self._state is State.THINKING:  # else somebody who was told has begun the answer
            self._aloud.say(ask.prompt, self._heard_out)

    def _heard_out(self, error: MockloopError | None) -> None:
        """The interviewer has spoken: only now the time to think begins."""
        with self._lock:
            if self._state is State.THINKING:
                self._countdown = self._conversation.countdown.start(self._now())
        if error:
            self._trouble = InputTrouble(error.sentence, error.remedy)
            self._emit(self._trouble)

    def _work(self, step: Callable[..., None], *arguments: object) -> None:
        self._working = threading.Thread(target=step, args=arguments, name="mock-work", daemon=True)
        self._working.start()

    def _consider(self, opening: Opening) -> None:
        """End an answer: ask more about it, go on to the next question, or have the mock scored."""
        try:
            recording = self._recordings.close(opening, self._clarified)
            if recording.lost:
                self._emit(InputTrouble(recording.lost))
            if not self._recordings.seconds:
                # Released, a mock without a sound is gone.
                self._finisher.release(opening.mock.id)
                self._fail(Failed(AudioInputError("Nothing was recorded.", "Begin again, and speak."), None))
                return
            if self._listening and recording.seconds:
                self._spoken[opening.turn] = Spoken(recording, self._listening)
            if self._goes_on(opening):
                return
        except Exception as error:
            # Whatever it is, somebody waits for a word, and the recording must be offered again.
            self._finisher.release(opening.mock.id)
            self._fail(Failed(told(error), opening.mock.id))
            return
        self._become(State.TRANSCRIBING)
        self._finish()

    def _goes_on(self, opening: Opening) -> bool:
        """Whether the interviewer has something more to say, which is then said."""
        if self._ending:
            return False
        evidence = None
        if self.sitting.follow_ups and (spoken := self._spoken.get(opening.turn)):
            evidence = self._finisher.evidence(opening.mock, opening.ask.question, spoken)
        with self._lock:
            if self._closing.is_set():
                self._finisher.release(opening.mock.id)
                self._become(State.FAILED)
                return True
            if self._ending or self._conversation.go_on(evidence) is None:
                return False
            self._think()
            return True

    def _finish(self) -> None:
        mock = self._recordings.mock_id
        assert mock is not None
        outcome = self._finisher.finish(mock, self._emit, self._spoken)
        self._become(State.FAILED if isinstance(outcome, Failed) else State.FINISHED)
        self._emit(outcome)
        if not isinstance(outcome, Failed):
            self._finisher.put_away(mock, self._emit)

    def _watch(self) -> None:
        """Look after the microphone, and begin an answer when the time to think has run out."""
        while not self._closing.wait(WATCH_SECONDS):
            if self._state in OVER:
                return
            thought = self._countdown.read(self._now()).phase is Phase.OVER and not self._aloud.speaking
            if self._state is State.THINKING and thought:
                try:
                    self.begin_answer()
                except MockloopError as error:
                    self._lose_the_microphone(error)
                    return
            self._tell_trouble()

    def _lose_the_microphone(self, error: MockloopError) -> None:
        """The answer cannot be recorded: what was said before is scored, if there is anything."""
        if not self._recordings.seconds:
            self._fail(Failed(error, None))
            return
        self._emit(InputTrouble(error.sentence, error.remedy))
        self.end_mock()

    def _tell_trouble(self) -> None:
        opening = self._opening
        if not opening or self._state is not State.ANSWERING:
            return
        trouble = trouble_of(opening.recorder)
        if trouble != self._trouble:
            self._trouble = trouble
            self._emit(trouble)

    def _hear(self, event: Event) -> None:
        """Pass on what was heard, and tell what was asked for in it."""
        self._emit(event)
        if isinstance(event, Heard):
            for clarification in asked_for(self._conversation.ask.question, event.evidence):
                self._tell_more(clarification, aloud=True)

    def _tell_more(self, clarification: Clarification, *, aloud: bool) -> None:
        with self._lock:
            if any(each.ask == clarification.ask for each in self._clarified):
                return
            seconds = self.snapshot().recorded_seconds
            self._clarified.append(Clarified(clarification.ask, clarification.reply, aloud, seconds))
        self._emit(ToldMore(clarification, aloud))

    def _fail(self, failed: Failed) -> None:
        self._become(State.FAILED)
        self._emit(failed)

    def _become(self, state: State) -> None:
        with self._lock:
            self._state = state
            self._emit(StateChanged(state))

    def _emit(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)
