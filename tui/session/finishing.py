"""What happens to a recording: listened to while it is made, then transcribed, assessed, saved and packed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import MockloopError, StorageError, told
from tui.interview.assess import Answered
from tui.interview.types import Question, vocabulary
from tui.rubric.verdicts import Evidence
from tui.session.assessing import Progress, assess_turns, question_in, round_of
from tui.session.beside import with_notes
from tui.session.events import Event, Failed, Finished, Listener, TranscriptionProgress
from tui.session.idle import Idle
from tui.session.listening import Heeded, Listening
from tui.speech.types import Recording
from tui.transcript import Transcript

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.history.types import Mock, MockFile
    from tui.interview.assess import Assessor
    from tui.speech.transcriber import Transcriber


PACKING_SECONDS = 20.0
"""How long whoever closes waits for the recording of a scored mock to be packed."""


@dataclass(frozen=True)
class Spoken:
    """A turn that has ended: its recording, and what was heard of it meanwhile."""

    recording: Recording
    listening: Listening


class Finisher:
    """Turns a recorded mock into a scored one; the same for a mock that just ended and one found after a crash."""

    def __init__(
        self,
        history: History,
        transcriber: Callable[[], Transcriber],
        assessor: Callable[[], Assessor],
        idle: Idle | None = None,
        hear_again: Callable[[str, Listener], None] | None = None,
    ) -> None:
        """`transcriber` and `assessor` are asked for when needed, since making them takes a moment.

        What is done in `idle` moments waits while a mock goes on; `hear_again` asks for a second hearing of a mock.
        """
        self._history = history
        self._transcriber = transcriber
        self._assessor = assessor
        self._idle = idle or Idle()
        self._hear_again = hear_again
        self._cancel = threading.Event()

    def warm_up(self) -> None:
        """Load models and patterns while the candidate thinks. Failures wait until they matter.

        Until `cancel` nothing else is done with the recogniser: the candidate comes first.
        """
        self._idle.hold(self)

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
        self._idle.go_on(self)

    def release(self, mock_id: str) -> None:
        """Leave a mock, so that it is offered to be finished; one in which nothing was recorded is removed."""
        self._history.release(mock_id)

    def listen(self, mock: Mock, question: Question, recording: Path, tell: Callable[[Event], None]) -> Listening:
        """Begin to recognise the answer to `question` that is being recorded; `tell` hears of what is heard."""

        def begin() -> Heeded:
            assessor = self._assessor()
            round_ = round_of(assessor.catalogue, mock)
            terms = vocabulary(assessor.catalogue.rubric, round_, question)
            listened_for = assessor.expected(round_, question, mock.settings.level)
            return Heeded(terms, assessor.begin(listened_for, question))

        listening = Listening(self._transcriber, begin, tell)
        listening.start(recording)
        return listening

    def evidence(self, mock: Mock, question: Question, spoken: Spoken) -> Mapping[str, tuple[Evidence, ...]] | None:
        """What an answer to `question` that has just ended holds; None when it could not be understood."""
        try:
            transcript = self._followed(spoken, lambda _share, _words: None)
            if transcript is None:
                return None
            assessor = self._assessor()
            round_ = round_of(assessor.catalogue, mock)
            listened_for = assessor.expected(round_, question, mock.settings.level)
            return assessor.evidence(transcript, listened_for, spoken.listening.answer)
        except MockloopError:
            return None  # what is wrong is told when the mock is scored; the interview goes on

    def finish(
        self, mock_id: str, tell: Callable[[Event], None], spoken: Mapping[int, Spoken] | None = None
    ) -> Finished | Failed:
        """Transcribe, assess and save the recorded mock `mock_id`; `tell` hears the progress.

        `spoken` are the turns, from 1, that were listened to while they were recorded; others are read from disk.
        """
        try:
            claimed = self._history.claim(mock_id)
        except MockloopError as error:
            return Failed(error, mock_id)
        if not claimed:
            # Whoever has it keeps it: releasing it here would take it from them.
            sentence, remedy = "This mock is being finished already.", "Wait for it, or close the other mockloop."
            return Failed(StorageError(sentence, remedy), mock_id)
        try:
            return Finished(self._finish(mock_id, tell, spoken or {}))
        except Exception as error:
            # Whatever breaks in recognition, the recording is on disk and the person must hear about it.
            failed = told(error)
        self._history.release(mock_id)
        return Failed(failed, mock_id)

    def put_away(self, mock_id: str, tell: Listener) -> None:
        """What is left to do with a scored mock, when nobody waits any more: pack it, and have it heard again."""
        self.pack(mock_id)
        if self._hear_again:
            self._hear_again(mock_id, tell)

    def pack(self, mock_id: str) -> None:
        """Keep the audio of a mock as FLAC, without loss; it stays as it is when that cannot be done now.

        Takes a second or two for a long answer, and nobody should wait for it: the postmortem comes first.
        """
        from tui.speech.audio_file import to_flac

        with suppress(MockloopError, OSError):
            for number, answer in enumerate(self._history.load(mock_id).answers, 1):
                if answer.audio and answer.audio.endswith(".wav"):
                    self._history.recorded(mock_id, to_flac(Path(answer.audio)).name, answer.turn.end, number)

    def _finish(self, mock_id: str, tell: Callable[[Event], None], spoken: Mapping[int, Spoken]) -> MockFile:
        found = self._history.load(mock_id)
        last = max((number for number, answer in enumerate(found.answers, 1) if answer.audio), default=0)
        if not last:
            raise StorageError(f"The mock {mock_id} has no recording.", "Delete it, or restore its audio file.")
        tell(TranscriptionProgress(0.0, ""))
        assessor = self._assessor()
        round_ = round_of(assessor.catalogue, found.mock)
        turns = []
        for number, answer in enumerate(found.answers[:last], 1):
            question = question_in(round_, answer.turn.question)

            def progress(share: float, text: str, before: int = number - 1) -> None:
                tell(TranscriptionProgress((before + share) / last, text))

            heard = spoken.get(number)
            transcript = self._followed(heard, progress)
            growing = heard.listening.answer if heard and transcript else None
            if transcript is None:
                terms = vocabulary(assessor.catalogue.rubric, round_, question)
                transcript = self._heard(answer.audio, terms, progress)
            turns.append(Answered(question, transcript, answer.turn.about, answer.turn.follow_up, growing))
        postmortem = assess_turns(turns, round_, assessor, found.mock.settings.level)
        postmortem = with_notes(postmortem, turns, round_, found.mock, self._history.folder(mock_id))
        self._history.save_result(mock_id, [turn.transcript for turn in turns], postmortem)
        return self._history.load(mock_id)

    def _followed(self, spoken: Spoken | None, progress: Progress) -> Transcript | None:
        """The transcript of a turn that was listened to, None when that could not be done."""
        transcript = spoken.listening.finish(spoken.recording.seconds, self._cancel, progress) if spoken else None
        if spoken is None or transcript is None:
            return None
        return replace(transcript, notes=(*transcript.notes, *spoken.recording.notes))

    def _heard(self, audio: str | None, terms: Sequence[str], progress: Progress) -> Transcript:
        if audio is None:
            # Nothing was said in this turn before the mock ended.
            return Transcript(audio_seconds=0.0)
        return self._transcriber().transcribe(audio, terms=terms, on_progress=progress, cancel=self._cancel)
