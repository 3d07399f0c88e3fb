"""Which speech models are used, the recogniser that runs, and what is measured or heard again between mocks."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import MockloopError, ModelError
from tui.session.idle import Idle

if TYPE_CHECKING:
    from tui.history.profile import Profile
    from tui.history.store import History
    from tui.interview.assess import Assessor
    from tui.session.events import Listener
    from tui.speech.transcriber import Transcriber

Named = tuple[str, str]
"""An engine and a model."""


class Recognition:
    """The speech models of one home. Any thread may use it."""

    def __init__(self, home: Path, profile: Callable[[], Profile], engine: str | None, model: str | None) -> None:
        """`engine` and `model` win over those in the `profile`, which is asked whenever it matters."""
        self._home = home
        self._profile = profile
        self._engine = engine
        self._model = model
        self._lock = threading.RLock()
        self._transcriber: Transcriber | None = None
        self._calibrating = False
        self.idle = Idle()

    @property
    def used(self) -> Named:
        """Engine and model in use: as asked for, as pinned in the settings, or the best that keeps up."""
        from tui.speech.calibration import chosen

        profile = self._profile()
        return chosen(self._engine or profile.engine, self._model or profile.model, self._home)

    @property
    def second(self) -> Named | None:
        """Engine and model that hear an answer again after the mock; None without one, or when it is the one in use."""
        from tui.history.profile import OFF
        from tui.speech.models import engine_of

        name = self._profile().second
        second = None if name == OFF else (engine_of(name), name)
        return second if second != self.used else None

    def problems(self) -> list[str]:
        """What is wrong with the models, a sentence or two each."""
        from tui.speech.models import resolve

        second = self.second
        found: list[str] = []
        for named, sentence in (
            (self.used, "Answers are recorded and wait to be scored"),
            (second, "No second hearing"),
        ):
            try:
                if named:
                    resolve(named[1], named[0], self._home)
            except ModelError as error:
                found.append(f"{sentence}: {error}")
        return found

    def transcriber(self) -> Transcriber:
        """The recogniser in its own process; not started."""
        from tui.speech.transcriber import Transcriber

        with self._lock:
            if self._transcriber is None:
                self._transcriber = Transcriber(*self.used, self._home)
            return self._transcriber

    def hear_again(self, mock_id: str, history: History, assessor: Callable[[], Assessor], tell: Listener) -> None:
        """Have the second model, if there is one, hear a scored mock again when no mock is going on.

        What it changes is kept as a new reading, and `tell` hears HeardAgain; closing leaves it undone.
        """
        second = self.second
        if second is None:
            return
        engine, model = second

        def job(stop: threading.Event) -> None:
            from tui.session.events import HeardAgain
            from tui.session.revising import Reviser
            from tui.speech.transcriber import Transcriber

            # A process of its own, so that the one that is ready for the next answer stays so.
            transcriber = Transcriber(engine, model, self._home)
            try:
                Reviser(history, lambda: transcriber, assessor).retranscribe(mock_id, cancel=stop)
                tell(HeardAgain(mock_id, said_again(history, mock_id)))
            except MockloopError as error:
                if not stop.is_set():
                    tell(HeardAgain(mock_id, f"The answer was not heard again: {error}"))
            finally:
                transcriber.close()

        self.idle.add(job)

    def calibrate(self, tell: Listener) -> None:
        """Measure models that were never measured while no mock is going on, unless one is pinned.

        `tell` hears Calibrated when another model is used afterwards, or when the machine was too busy to tell.
        """
        from tui.speech.calibration import AUTO

        with self._lock:
            if self._calibrating or (self._model or self._profile().model) != AUTO:
                return
            self._calibrating = True
        self.idle.add(lambda stop: self._measure(stop, tell))

    def _measure(self, stop: threading.Event, tell: Listener) -> None:
        from tui.session.events import Calibrated
        from tui.speech.calibration import calibrate

        before = self.used
        busy = calibrate(self._home, stop)
        if stop.is_set():
            return  # it begins again when the mock is over
        with self._lock:
            self._calibrating = False
            if self.used != before and self._transcriber:
                self._transcriber.close()
                self._transcriber = None
        if self.used != before:
            tell(Calibrated(f"Measured on this machine: {self.used[1]} keeps up with speech and is used from now on."))
        elif busy:
            tell(Calibrated(f"The machine is too busy to tell how fast {' and '.join(busy)} would be: measured later."))

    def close(self) -> None:
        """Stop everything."""
        self.idle.close()
        with self._lock:
            if self._transcriber is not None:
                self._transcriber.close()
                self._transcriber = None


def said_again(history: History, mock_id: str) -> str:
    """What changed in a mock when another model last heard it; empty when none did. Raises StorageError."""
    from tui.session.beside import heard_again

    file = history.load(mock_id)
    transcripts = [answer.transcript for answer in file.answers if answer.transcript]
    return heard_again(file.postmortem, transcripts, history.folder(mock_id)) if file.postmortem else ""
