"""What happens to a recording after the last word: encode, transcribe, assess, save."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import MockloopError, StorageError, told
from tui.interview.types import Question, Round
from tui.session.assessing import assess_audio
from tui.session.events import Event, Failed, Finished, TranscriptionProgress
from tui.speech.types import Recording

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.history.types import Mock, MockFile
    from tui.interview.assess import Assessor
    from tui.speech.transcriber import Transcriber


class Finisher:
    """Turns a recorded mock into a scored one; the same for a mock that just ended and one found after a crash."""

    def __init__(
        self, history: History, transcriber: Callable[[], Transcriber], assessor: Callable[[], Assessor]
    ) -> None:
        """`transcriber` and `assessor` are asked for when needed, since making them takes a moment."""
        self._history = history
        self._transcriber = transcriber
        self._assessor = assessor
        self._cancel = threading.Event()

    def warm_up(self) -> None:
        """Load models and patterns while the candidate thinks. Failures wait until they matter."""

        def load() -> None:
            try:
                self._transcriber().start()
                self._assessor()
            except Exception:
                return  # the same failure is told when the answer is finished

        threading.Thread(target=load, name="warm-up", daemon=True).start()

    def cancel(self) -> None:
        """Give up what is being transcribed; the recording stays."""
        self._cancel.set()

    def release(self, mock_id: str) -> None:
        """Leave a mock, so that it is offered to be finished; one in which nothing was recorded is removed."""
        self._history.release(mock_id)

    def recorded(self, mock_id: str, recording: Recording) -> None:
        """Note that the audio of a mock is complete, encoded without loss when that can be done."""
        self._history.recorded(mock_id, _encoded(recording.path).name, recording.seconds)

    def finish(self, mock_id: str, tell: Callable[[Event], None]) -> Finished | Failed:
        """Transcribe, assess and save the recorded mock `mock_id`; `tell` hears the progress."""
        try:
            claimed = self._history.claim(mock_id)
        except MockloopError as error:
            return Failed(error, mock_id)
        if not claimed:
            # Whoever has it keeps it: releasing it here would take it from them.
            sentence, remedy = "This mock is being finished already.", "Wait for it, or close the other mockloop."
            return Failed(StorageError(sentence, remedy), mock_id)
        try:
            return Finished(self._finish(mock_id, tell))
        except Exception as error:
            # Whatever breaks in recognition, the recording is on disk and the person must hear about it.
            failed = told(error)
        with suppress(MockloopError):
            self._history.release(mock_id)
        return Failed(failed, mock_id)

    def _finish(self, mock_id: str, tell: Callable[[Event], None]) -> MockFile:
        found = self._history.load(mock_id)
        if found.audio is None:
            raise StorageError(f"The mock {mock_id} has no recording.", "Delete it, or restore its audio file.")
        tell(TranscriptionProgress(0.0, ""))
        audio = self._complete(found.mock, Path(found.audio))
        assessor = self._assessor()
        round_, question = self._asked(found.mock, assessor)
        transcript, postmortem = assess_audio(
            audio,
            round_,
            question,
            transcriber=self._transcriber(),
            assessor=assessor,
            on_progress=lambda share, text: tell(TranscriptionProgress(share, text)),
            cancel=self._cancel,
        )
        self._history.save_result(mock_id, transcript, postmortem)
        return self._history.load(mock_id)

    def _complete(self, mock: Mock, audio: Path) -> Path:
        """The audio as FLAC, also after a crash or a disk that was full when the answer ended."""
        if audio.suffix != ".wav":
            return audio
        encoded = _encoded(audio)
        if encoded != audio:
            self._history.recorded(mock.id, encoded.name, mock.turns[0].end)
        return encoded

    def _asked(self, mock: Mock, assessor: Assessor) -> tuple[Round, Question | None]:
        round_ = assessor.catalogue.rounds.get(mock.round)
        if round_ is None:
            raise StorageError(
                f"The round {mock.round!r} of this mock is not among the rubrics any more.",
                "Put its YAML file back, or score the recording with another round.",
            )
        return round_, round_.question(mock.question)


def _encoded(wav: Path) -> Path:
    """`wav` as FLAC, or the WAV itself when it cannot be encoded now: no recording is risked to save space."""
    from tui.speech.audio_file import to_flac

    try:
        return to_flac(wav)
    except (MockloopError, OSError):
        return wav
