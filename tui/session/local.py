"""The facade for real: this machine's rubrics, microphones, recogniser and history."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui import locations
from tui.errors import StorageError
from tui.session.recognition import Recognition

# The first screen waits for this module: what it needs later is imported later.
if TYPE_CHECKING:
    from tui.history.loops import Loops
    from tui.history.profile import Profile
    from tui.history.recover import Recovered
    from tui.history.store import History
    from tui.history.types import Mock, MockSettings
    from tui.interview.assess import Assessor
    from tui.interview.loop import LoopPlace
    from tui.interview.sitting import Length, Sitting
    from tui.interview.types import Catalogue, Round
    from tui.session.events import Listener
    from tui.session.finishing import Finisher
    from tui.session.revising import Reviser
    from tui.session.session import Session
    from tui.speech.level_monitor import LevelMonitor
    from tui.speech.playback import Player
    from tui.speech.recorder import Recorder
    from tui.speech.transcriber import Transcriber
    from tui.speech.types import InputDevice
    from tui.speech.voice import Speaker


class LocalServices:
    """Everything that screens and commands ask for; each part is made when it is first needed."""

    def __init__(self, home: Path, engine: str | None = None, model: str | None = None) -> None:
        """`engine` and `model` win over the person's settings."""
        self.home = home
        self.recognition = Recognition(home, lambda: self.profile, engine, model)
        self._lock = threading.RLock()
        self._reading = threading.RLock()
        """Held for as long as rubrics are read, which nobody who leaves should wait for."""
        self._catalogue: Catalogue | None = None
        self._assessor: Assessor | None = None
        self._history: History | None = None
        self._profile: Profile | None = None
        self._player: Player | None = None
        self._finishing: list[threading.Thread] = []
        self._packed = False
        """Whether what an earlier run left unpacked has been looked for."""

    def catalogue(self, again: bool = False) -> Catalogue:
        from tui.interview.load import load_catalogue

        with self._reading:
            if again or self._catalogue is None:
                # What was read before stays in use when the files cannot be read now.
                found = load_catalogue(locations.rubrics(), locations.user_rubrics(self.home))
                self._catalogue, self._assessor = found, None
            return self._catalogue

    def assessor(self) -> Assessor:
        """The assessor of the catalogue, with the shipped encoder. Raises RubricError and ModelError."""
        from tui.interview.assess import Assessor
        from tui.meaning.encoder import shipped

        with self._reading:
            if self._assessor is None:
                self._assessor = Assessor.of(self.catalogue(), shipped())
            return self._assessor

    @property
    def history(self) -> History:
        from tui.history.store import History

        with self._lock:
            if self._history is None:
                self._history = History(self.home)
            return self._history

    @property
    def loops(self) -> Loops:
        from tui.history.loops import Loops

        return Loops(self.home)

    @property
    def level(self) -> str:
        from tui.interview.types import USUAL_LEVEL

        return self.profile.level or USUAL_LEVEL

    @property
    def length(self) -> Length:
        from tui.interview.sitting import Length

        return Length.SHORT

    def now(self) -> datetime:
        return datetime.now().astimezone()

    def unfinished(self) -> Recovered:
        from tui.history.recover import recover
        from tui.speech.audio_file import repair

        found = recover(self.history, repair)
        if not self._packed:
            self._packed = True
            self._in_background(self._pack_leftovers)
        return found

    def _pack_leftovers(self) -> None:
        """Pack what was scored just before an earlier run ended."""
        with suppress(StorageError):
            finisher = self.finisher()
            for mock_id in self.history.unpacked():
                finisher.pack(mock_id)

    @property
    def profile(self) -> Profile:
        from tui.history.profile import load_profile

        with self._lock:
            if self._profile is None:
                self._profile = load_profile(self.home)
            return self._profile

    def warnings(self) -> tuple[str, ...]:
        from tui.speech.voice_programs import VoiceError, find_program

        found = [self.profile.warning, *self.recognition.problems()]
        try:
            find_program(self.profile.voice)
        except VoiceError as error:
            found.append(str(error))
        return tuple(filter(None, found))

    def set_device(self, name: str | None) -> None:
        self._remember(device=name)

    @property
    def recogniser(self) -> tuple[str, str]:
        """Engine and model in use."""
        return self.recognition.used

    def set_model(self, engine: str, model: str) -> None:
        """Remember the speech model to use; the model `auto` stands for the best one that keeps up."""
        self._remember(engine=engine, model=model)

    def set_second(self, model: str) -> None:
        """Remember the model that hears answers again after the mock, by name or path; `off` for none."""
        self._remember(second=model)

    def _remember(self, **choices: Any) -> None:
        from tui.history.profile import save_profile

        with self._lock:
            self._profile = replace(self.profile, **choices)
            save_profile(self.home, self._profile)

    def calibrate(self, listener: Listener) -> None:
        self.recognition.calibrate(listener)

    def inputs(self) -> tuple[InputDevice, ...]:
        from tui.speech.devices import list_inputs, refresh

        # PortAudio sees what was plugged in after the start only when asked to look again.
        refresh()
        return list_inputs()

    def monitor(self, device: str | None) -> LevelMonitor:
        from tui.speech.level_monitor import LevelMonitor

        return LevelMonitor(device, self.profile.channel)

    def transcriber(self) -> Transcriber:
        """The recogniser in its own process; not started."""
        return self.recognition.transcriber()

    def new_session(self, sitting: Sitting, device: str | None, place: LoopPlace | None = None) -> Session:
        from tui.session.aloud import Aloud
        from tui.session.conversation import Conversation
        from tui.session.mock_session import MockSession
        from tui.session.recordings import Recordings

        # Whoever has thought about an answer should not learn only then that it cannot be kept.
        self.history.check_room(sitting.seconds)

        def begin() -> Mock:
            settings = self.settings(
                device, sitting.answer_seconds, sitting.think_seconds, "practice", sitting.level_id
            )
            settings = replace(settings, coached=sitting.coached)
            mock = self.history.begin(sitting.round, sitting.questions[0], settings)
            if place:
                self.loops.note(place.run, place.place, mock.id)
            return mock

        def record(path: Path) -> Recorder:
            from tui.speech.recorder import Recorder

            return Recorder(path, device, self.profile.channel)

        recordings = Recordings(self.history, begin, record)
        conversation = Conversation(sitting, self.assessor)
        return MockSession(conversation, recordings, self.finisher(), aloud=Aloud(self._speaker()))

    def _speaker(self) -> Speaker | None:
        """The voice that was chosen; None without one, and where it is not installed, which `warnings` tells."""
        from tui.speech.voice import Speaker
        from tui.speech.voice_programs import VoiceError, find_program

        try:
            program = find_program(self.profile.voice)
        except VoiceError:
            return None
        return Speaker(program) if program else None

    def story_lines(self, round_: Round) -> tuple[str, ...]:
        from tui.history.stories import read_stories
        from tui.interview.stories import briefing_lines

        return briefing_lines(read_stories(self.home, ()).stories, round_)

    def settings(
        self, device: str | None, answer_seconds: float, think_seconds: float, source: str, level: str | None = None
    ) -> MockSettings:
        """What a mock is run with, for its record. `source` is `practice`, `score` or `demo`."""
        from tui.history.types import MockSettings

        engine, model = self.recogniser
        return MockSettings(engine, model, device, answer_seconds, think_seconds, level or self.level, source)

    def finisher(self) -> Finisher:
        """What turns recordings into scored mocks."""
        from tui.session.finishing import Finisher

        def hear_again(mock_id: str, tell: Listener) -> None:
            self.recognition.hear_again(mock_id, self.history, self.assessor, tell)

        return Finisher(self.history, self.transcriber, self.assessor, self.recognition.idle, hear_again)

    def reviser(self) -> Reviser:
        """What makes new readings of scored mocks."""
        from tui.session.revising import Reviser

        return Reviser(self.history, self.transcriber, self.assessor)

    def finish(self, mock_id: str, listener: Listener) -> None:
        from tui.session.events import Failed

        def run() -> None:
            finisher = self.finisher()
            with self.recognition.idle.held():
                outcome = finisher.finish(mock_id, listener)
                listener(outcome)
            if not isinstance(outcome, Failed):
                finisher.put_away(mock_id, listener)

        self._in_background(run)

    def _in_background(self, run: Callable[[], None]) -> None:
        """Do something that closing waits for."""
        thread = threading.Thread(target=run, name="finish", daemon=True)
        self._finishing.append(thread)
        thread.start()

    @property
    def player(self) -> Player:
        from tui.speech.playback import Player

        with self._lock:
            if self._player is None:
                self._player = Player()
            return self._player

    def close(self) -> None:
        with self._lock:
            if self._player is not None:
                self._player.stop()
        self.recognition.close()
        from tui.session.finishing import PACKING_SECONDS

        for finishing in self._finishing:
            # Without the recogniser it can only be packing what is scored.
            finishing.join(PACKING_SECONDS)
