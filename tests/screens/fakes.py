"""Hardware and time that tests can hold in their hands: a microphone, a loudspeaker, a clock, a session on them."""

from __future__ import annotations

import wave
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.history import real
from tests.screens import values
from tui.errors import MockloopError
from tui.history.loops import Loops
from tui.history.profile import Profile
from tui.history.recover import Recovered
from tui.history.store import History
from tui.interview.countdown import Countdown, Phase
from tui.interview.flow import first_ask
from tui.interview.loop import LoopPlace
from tui.interview.sitting import Length, Sitting
from tui.interview.types import Catalogue, Clarification, Round
from tui.rubric.verdicts import Postmortem
from tui.session.events import Asked, Event, Finished, Listener, State, StateChanged, ToldMore
from tui.session.revising import Reviser
from tui.session.session import Snapshot
from tui.speech.transcriber import Transcriber
from tui.speech.types import Condition, InputDevice, Level


class FakeMonitor:
    """A microphone that always hears the same."""

    def __init__(self, level: Level, error: MockloopError | None = None) -> None:
        self.level = level
        self.running = False
        self._error = error

    def start(self) -> None:
        if self._error:
            raise self._error
        self.running = True

    def stop(self) -> None:
        self.running = False


class FakePlayer:
    """A loudspeaker that writes down what it was asked to play."""

    def __init__(self) -> None:
        self.played: list[tuple[Path, float, float | None]] = []
        self.speeds: list[float] = []
        self.playing = False
        self.position: float | None = None
        self.error: MockloopError | None = None

    def play(self, path: Path, start: float, end: float | None, speed: float = 1.0) -> None:
        if self.error:
            raise self.error
        self.played.append((path, start, end))
        self.speeds.append(speed)
        self.playing, self.position = True, start

    def stop(self) -> None:
        self.playing, self.position = False, None


class FakeSession:
    """A mock whose clock moves when a test says so."""

    def __init__(self, sitting: Sitting) -> None:
        self.sitting = sitting
        self.ask = first_ask(sitting)
        self.before = 0.0
        self.clarified: list[Clarification] = []
        self.code: dict[int, str] = {}
        self.now = 0.0
        self.state = State.BRIEFED
        self.recorded = 0.0
        self.closed = False
        self.abandoned = False
        self.begin_error: MockloopError | None = None
        self.level = Level(-21.0, -9.0, Condition.OK)
        self._clock = Countdown(sitting.think_seconds, sitting.answer_seconds)
        self._listeners: list[Listener] = []

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        self.now += seconds
        if self.state is State.ANSWERING:
            self.recorded += seconds
        if self.state is State.THINKING and self.snapshot().clock.phase is Phase.OVER:
            self.begin_answer()

    def tell(self, event: Event) -> None:
        for listener in self._listeners:
            listener(event)

    def _move(self, state: State) -> None:
        self.state = state
        self.tell(StateChanged(state))

    def listen(self, listener: Listener) -> None:
        self._listeners.append(listener)

    def snapshot(self) -> Snapshot:
        return Snapshot(
            self.state,
            self._clock.read(self.now),
            self.level,
            self.recorded,
            0,
            self.ask,
            self.before + self.recorded,
        )

    def start(self) -> None:
        self._clock = self._clock.start(self.now)
        self._move(State.THINKING)
        self.tell(Asked(self.ask))

    def follow_up(self, about: str, prompt: str) -> None:
        """Let the interviewer ask about something after the answer."""
        self.before, self.recorded = self.before + self.recorded, 0.0
        number = self.ask.follow_up + 1
        self.ask = replace(self.ask, prompt=prompt, about=about, follow_up=number, think_seconds=10, answer_seconds=60)
        self._clock = Countdown(10, 60)
        self.start()

    def begin_answer(self) -> None:
        if self.begin_error:
            raise self.begin_error
        self._clock = self._clock.answer(self.now)
        self._move(State.ANSWERING)

    def pause(self) -> None:
        self._clock = self._clock.pause(self.now)
        self._move(State.PAUSED)

    def resume(self) -> None:
        self._clock = self._clock.resume(self.now)
        self._move(State.ANSWERING)

    def end_answer(self) -> None:
        self._move(State.TRANSCRIBING)

    def end_mock(self) -> None:
        self._move(State.TRANSCRIBING)

    def clarify(self, clarification: Clarification) -> None:
        self.clarified.append(clarification)
        self.tell(ToldMore(clarification, aloud=False))

    def keep_code(self, number: int, language: str, code: str, results: dict[str, Any] | None = None) -> None:
        self.code[number] = code

    def abandon(self) -> None:
        self.abandoned = True

    def close(self) -> None:
        self.closed = True


class FakeServices:
    """Services on the fakes above."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.history = History(home, lambda: self.today)
        self.today = datetime(2026, 11, 22, 18, 30, 5, tzinfo=UTC)
        self.profile = Profile()
        self.player = FakePlayer()
        self.rounds: Catalogue | MockloopError = values.catalogue()
        self.devices: tuple[InputDevice, ...] = (
            InputDevice(0, "Desk microphone", "ALSA", 1, 48_000, True),
            InputDevice(1, "Headset [/foo]", "ALSA", 1, 44_100, False),
        )
        self.problems: tuple[str, ...] = ()
        self.loops = Loops(home, lambda: self.today)
        self.level = "mid"
        self.length = Length.SHORT
        self.input_error: MockloopError | None = None
        self.session_error: MockloopError | None = None
        self.input_level = Level(-21.0, -9.0, Condition.OK)
        self.monitors: list[FakeMonitor] = []
        self.sessions: list[FakeSession] = []
        self.finishing: list[tuple[str, Listener]] = []
        self.calibrating: list[Listener] = []
        self.stories: tuple[str, ...] = ()
        self.closed = False

    def now(self) -> datetime:
        return self.today

    def catalogue(self, again: bool = False) -> Catalogue:
        if isinstance(self.rounds, MockloopError):
            raise self.rounds
        return self.rounds

    def set_device(self, name: str | None) -> None:
        self.profile = replace(self.profile, device=name)

    def warnings(self) -> tuple[str, ...]:
        return tuple(filter(None, [self.profile.warning]))

    def unfinished(self) -> Recovered:
        return Recovered(tuple(self.history.unfinished()), self.problems)

    def seed(self, *readings: Postmortem | None) -> list[str]:
        """Keep a mock for each reading, oldest first, two days apart; None is one that was interrupted."""
        ids = []
        round_ = values.catalogue().rounds["ml-systems"]
        for number, reading in enumerate(readings):
            self.today += timedelta(days=2)
            mock = self.history.begin(round_, round_.questions[number % 3], values.mock().settings)
            path = self.history.audio_path(mock.id)
            with wave.open(str(path), "wb") as audio:
                audio.setparams((1, 2, 16_000, 0, "NONE", ""))
                audio.writeframes(bytes(32_000))
            self.history.recorded(mock.id, path.name, 75.0)
            if reading:
                self.history.save_result(mock.id, [values.transcript()], reading)
            self.history.release(mock.id)
            ids.append(mock.id)
        return ids

    def calibrate(self, listener: Listener) -> None:
        self.calibrating.append(listener)

    def inputs(self) -> tuple[InputDevice, ...]:
        if self.input_error:
            raise self.input_error
        return self.devices

    def monitor(self, device: str | None) -> FakeMonitor:
        self.monitors.append(FakeMonitor(self.input_level))
        return self.monitors[-1]

    def new_session(self, sitting: Sitting, device: str | None, place: LoopPlace | None = None) -> FakeSession:
        if self.session_error:
            raise self.session_error
        self.sessions.append(FakeSession(sitting))
        return self.sessions[-1]

    def story_lines(self, round_: Round) -> tuple[str, ...]:
        return self.stories

    def reviser(self) -> Reviser:
        def no_recogniser() -> Transcriber:
            raise AssertionError("nothing is to be recognised")

        return Reviser(self.history, no_recogniser, real.assessor)

    def finish(self, mock_id: str, listener: Listener) -> None:
        self.finishing.append((mock_id, listener))

    def close(self) -> None:
        self.closed = True


def finished() -> Finished:
    """The event that ends every scored mock."""
    return Finished(values.mock_file())
