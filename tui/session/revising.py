"""New readings of scored mocks: corrected, scored again or recognised again; every earlier reading stays."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Event
from time import monotonic, sleep
from typing import TYPE_CHECKING

from tui.errors import BadInputError, StorageError
from tui.history.corrections import CorrectedText, Corrections, read_corrections, write_corrections
from tui.history.folders import transcript_before
from tui.history.turns import question_of
from tui.history.types import MockFile
from tui.interview.assess import Answered
from tui.interview.corrections import Correction, Decision
from tui.interview.types import vocabulary
from tui.rubric.verdicts import Postmortem
from tui.session.assessing import Progress, assess_turns, question_in, round_of
from tui.session.beside import with_notes
from tui.session.marking import Marked, check_listened_for, transcript_of, transcripts_of
from tui.transcript import Transcript
from tui.transcript.rewording import reworded

if TYPE_CHECKING:
    from tui.history.store import History
    from tui.interview.assess import Assessor
    from tui.speech.transcriber import Transcriber


PATIENCE_SECONDS = 20.0
"""How long a mock that was heard again waits for somebody who is changing it."""
LOOK_SECONDS = 0.2


@dataclass(frozen=True)
class Revised:
    """A mock that was read again."""

    mock: str
    """Id."""
    before: Postmortem
    after: Postmortem
    revision: int | None
    """Number of the new reading; None when it says what the last one said, and nothing was saved."""

    @property
    def changed(self) -> tuple[tuple[int, str], ...]:
        """The numbers of the questions and the signals whose verdict is another one than before."""
        verdicts = (self.before.scorecard.verdicts, self.after.scorecard.verdicts)
        before, after = ({(v.question, v.signal): (v.outcome, v.credit) for v in each} for each in verdicts)
        return tuple(key for key in dict.fromkeys((*after, *before)) if before.get(key) != after.get(key))


class Reviser:
    """Makes new readings of the mocks of one history."""

    def __init__(
        self, history: History, transcriber: Callable[[], Transcriber], assessor: Callable[[], Assessor]
    ) -> None:
        """`transcriber` and `assessor` are asked for when needed, since making them takes a moment."""
        self._history = history
        self._transcriber = transcriber
        self._assessor = assessor

    def rescore(self, mock_id: str) -> Revised:
        """Score a mock again by today's rubrics, with the corrections made so far. Raises MockloopError."""
        with self._claimed(mock_id) as file:
            return self._read(file, transcripts_of(file), read_corrections(self._history.folder(mock_id)))

    def retranscribe(
        self,
        mock_id: str,
        on_progress: Progress | None = None,
        over_corrected: bool = False,
        cancel: Event | None = None,
    ) -> Revised:
        """Recognise the answers of a mock again with the model in use, and score it.

        Answers whose words a person corrected stay as they put them, unless `over_corrected`. While they are heard the
        mock is free for other changes, which stay. Raises MockloopError, and TranscriptionCancelledError after `cancel`
        is set.
        """
        file = self._scored(mock_id)
        if not any(answer.audio for answer in file.answers):
            raise StorageError(f"The mock {mock_id} has no recording.", "There is nothing in it to hear again.")
        kept = frozenset[int]() if over_corrected else self._worded_in(mock_id)
        heard = self._heard(file, kept, on_progress, cancel)
        with self._claimed(mock_id, PATIENCE_SECONDS) as file:
            # What was corrected meanwhile is not heard over.
            meanwhile = frozenset[int]() if over_corrected else self._worded_in(mock_id)
            last = max(number for number, answer in enumerate(file.answers, 1) if answer.audio or answer.transcript)
            transcripts = []
            for number, answer in enumerate(file.answers[:last], 1):
                before = answer.transcript or Transcript(audio_seconds=0.0)
                again = number in heard and (number not in meanwhile or answer.transcript is None)
                transcripts.append(heard[number] if again else before)
            corrections = read_corrections(self._history.folder(mock_id))
            # Whoever has corrected words heard over gives them up.
            given_up = [number for number in sorted(corrections.worded) if over_corrected and number in heard]
            for number in given_up:
                corrections = corrections.said(CorrectedText(number, (file.revision or 0) + 1, _now(), restored=True))
            return self._read(file, transcripts, corrections, write=bool(given_up))

    def _heard(
        self, file: MockFile, kept: Collection[int], on_progress: Progress | None, cancel: Event | None
    ) -> dict[int, Transcript]:
        """What the model in use hears in the turns with audio, by number, but for those `kept` as they are."""
        round_ = round_of(self._assessor().catalogue, file.mock)
        spoken = [number for number, answer in enumerate(file.answers, 1) if answer.audio]
        wanted = [number for number in spoken if number not in kept or file.answers[number - 1].transcript is None]
        heard: dict[int, Transcript] = {}
        for number in wanted:
            answer = file.answers[number - 1]

            def progress(share: float, text: str, before: int = len(heard)) -> None:
                if on_progress:
                    on_progress((before + share) / len(wanted), text)

            question = question_in(round_, answer.turn.question)
            terms = vocabulary(self._assessor().catalogue.rubric, round_, question)
            heard[number] = self._transcriber().transcribe(
                Path(str(answer.audio)), terms=terms, on_progress=progress, cancel=cancel
            )
        return heard

    def _worded_in(self, mock_id: str) -> frozenset[int]:
        return read_corrections(self._history.folder(mock_id)).worded

    def mark_heard(self, mock_id: str, signal: str, words: Marked) -> Revised:
        """Credit `signal` for `words`, which demonstrate it. Raises BadInputError and other MockloopErrors."""
        with self._claimed(mock_id) as file:
            transcript = transcript_of(file, words.turn)
            quote = transcript.text[words.start : words.end]
            if not quote.strip() or words.start < 0:
                raise BadInputError("There are no words at that place.", "Mark words of the transcript.")
            seconds = transcript.seconds_of(words.start, words.end)
            question = question_of(file.mock.turns, words.turn)
            check_listened_for(file, signal, question)
            return self._decided(
                file,
                Correction(
                    *(signal, question, Decision.HEARD, _now(), file.revision or 1, words.turn, quote, words.start),
                    seconds.start if seconds else None,
                    seconds.end if seconds else None,
                ),
            )

    def decide(self, mock_id: str, signal: str, question: int, decision: Decision) -> Revised:
        """Take the credit for `signal` in question `question` away, or take back what was decided about it.

        Raises BadInputError and other MockloopErrors.
        """
        with self._claimed(mock_id) as file:
            check_listened_for(file, signal, question)
            return self._decided(file, Correction(signal, question, decision, _now(), file.revision or 1))

    def correct_text(self, mock_id: str, turn: int, text: str) -> Revised:
        """Put the words of a turn right; words that stay keep their times. Raises BadInputError and MockloopError."""
        with self._claimed(mock_id) as file:
            before = transcript_of(file, turn)
            after = reworded(before, text)
            if not after.text.strip():
                raise BadInputError("The corrected text is empty.", "Give the words that were said.")
            folder = self._history.folder(mock_id)
            corrections = read_corrections(folder)
            if after.text != before.text:
                corrections = corrections.said(CorrectedText(turn, (file.revision or 0) + 1, _now()))
            return self._worded(file, turn, after, corrections, write=after.text != before.text)

    def restore_text(self, mock_id: str, turn: int) -> Revised:
        """Put back the words that were recognised, where a person corrected them. Raises BadInputError and others."""
        with self._claimed(mock_id) as file:
            folder = self._history.folder(mock_id)
            corrections = read_corrections(folder)
            since = corrections.recognised(turn)
            before = transcript_before(folder, turn, since) if since else None
            if before is None:
                raise BadInputError("The words of this answer were never corrected.", "There is nothing to take back.")
            restored = CorrectedText(turn, (file.revision or 0) + 1, _now(), restored=True)
            return self._worded(file, turn, before, corrections.said(restored), write=True)

    def _worded(
        self, file: MockFile, turn: int, transcript: Transcript, corrections: Corrections, write: bool
    ) -> Revised:
        transcripts = transcripts_of(file)
        transcripts[turn - 1] = transcript
        return self._read(file, transcripts, corrections, write)

    def _decided(self, file: MockFile, correction: Correction) -> Revised:
        corrections = read_corrections(self._history.folder(file.mock.id)).decided(correction)
        return self._read(file, transcripts_of(file), corrections, write=True)

    def _read(
        self, file: MockFile, transcripts: Sequence[Transcript], corrections: Corrections, write: bool = False
    ) -> Revised:
        """The mock as it reads now, saved as a new reading when it says anything else than the last one."""
        assert file.postmortem
        round_ = round_of(self._assessor().catalogue, file.mock)
        turns = [
            Answered(question_in(round_, turn.question), transcript, turn.about, turn.follow_up)
            for turn, transcript in zip(file.mock.turns, transcripts, strict=False)
        ]
        level = file.mock.settings.level
        after = assess_turns(turns, round_, self._assessor(), level, corrections.decisions)
        after = with_notes(after, turns, round_, file.mock, self._history.folder(file.mock.id))
        if write:
            # What a person decided is on disk before anything that follows from it.
            write_corrections(self._history.folder(file.mock.id), corrections)
        before = [answer.transcript for answer in file.answers[: len(transcripts)]]
        if after == file.postmortem and all(map(_same, transcripts, before)):
            return Revised(file.mock.id, file.postmortem, after, None)
        number = self._history.save_result(file.mock.id, transcripts, after)
        return Revised(file.mock.id, file.postmortem, after, number)

    @contextmanager
    def _claimed(self, mock_id: str, patience: float = 0.0) -> Iterator[MockFile]:
        """A scored mock that nobody else changes meanwhile; `patience` is how many seconds others may take before."""
        until = monotonic() + patience
        while not self._history.claim(mock_id):
            if monotonic() >= until:
                raise StorageError(f"Another mockloop is working on {mock_id}.", "Wait for it, or close it.")
            sleep(LOOK_SECONDS)
        try:
            yield self._scored(mock_id)
        finally:
            self._history.release(mock_id)

    def _scored(self, mock_id: str) -> MockFile:
        file = self._history.load(mock_id)
        if file.postmortem is None:
            raise StorageError(f"The mock {mock_id} is not scored yet.", "Open `mockloop` to finish it.")
        return file


def _same(one: Transcript, other: Transcript | None) -> bool:
    """Whether two readings of an answer say the same, however long recognising took."""
    return other is not None and replace(one, elapsed_seconds=None) == replace(other, elapsed_seconds=None)


def _now() -> str:
    return datetime.now().astimezone().isoformat(timespec="seconds")
