"""What happens to a recording after the last word: encode, transcribe, assess, save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import MockloopError, StorageError, told
from tui.interview.assess import Answered
from tui.interview.types import Round, vocabulary
from tui.session.assessing import Progress, assess_turns
from tui.session.events import Event, Failed, Finished, TranscriptionProgress
from tui.speech.types import Recording
from tui.transcript import Transcript

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
        spoken = [number for number, answer in enumerate(found.answers, 1) if answer.audio]
        if not spoken:
            raise StorageError(f"The mock {mock_id} has no recording.", "Delete it, or restore its audio file.")
        tell(TranscriptionProgress(0.0, ""))
        assessor = self._assessor()
        round_ = self._round(found.mock, assessor)
        turns = []
        for number, answer in enumerate(found.answers[: spoken[-1]], 1):
            audio = self._complete(found.mock, number, Path(answer.audio)) if answer.audio else None
            question = round_.question(answer.turn.question)

            def progress(share: float, text: str, before: int = number - 1) -> None:
                tell(TranscriptionProgress((before + share) / spoken[-1], text))

            transcript = self._heard(audio, vocabulary(assessor.catalogue.rubric, round_, question), progress)
            turns.append(Answered(question, transcript, answer.turn.about, answer.turn.follow_up))
        postmortem = assess_turns(turns, round_, assessor, found.mock.settings.level)
        self._history.save_result(mock_id, [turn.transcript for turn in turns], postmortem)
        return self._history.load(mock_id)

    def _heard(self, audio: Path | None, terms: Sequence[str], progress: Progress) -> Transcript:
        if audio is None:
            # Nothing was said in this turn before the mock ended.
            return Transcript(audio_seconds=0.0)
        return self._transcriber().transcribe(audio, terms=terms, on_progress=progress, cancel=self._cancel)

    def _complete(self, mock: Mock, number: int, audio: Path) -> Path:
        """The audio of turn `number` as FLAC, also after a crash or a disk that was full when the answer ended."""
        if audio.suffix != ".wav":
            return audio
        encoded = _encoded(audio)
        if encoded != audio:
            self._history.recorded(mock.id, encoded.name, mock.turns[number - 1].end, number)
        return encoded

    def _round(self, mock: Mock, assessor: Assessor) -> Round:
        round_ = assessor.catalogue.rounds.get(mock.round)
        if round_ is None:
            raise StorageError(
                f"The round {mock.round!r} of this mock is not among the rubrics any more.",
                "Put its YAML file back, or score the recording with another round.",
            )
        return round_


def _encoded(wav: Path) -> Path:
    """`wav` as FLAC, or the WAV itself when it cannot be encoded now: no recording is risked to save space."""
    from tui.speech.audio_file import to_flac

    try:
        return to_flac(wav)
    except (MockloopError, OSError):
        return wav
