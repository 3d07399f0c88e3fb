"""Places in a scored mock that somebody points at: its words, its questions, its signals."""

from __future__ import annotations

from dataclasses import dataclass

from tui.errors import BadInputError, StorageError
from tui.history.turns import question_of
from tui.history.types import MockFile
from tui.interview.relocate import same_words
from tui.transcript import Transcript


@dataclass(frozen=True)
class Marked:
    """Words in a turn of a mock."""

    turn: int
    """From 1."""
    start: int
    """Offset of the first character in the transcript's text."""
    end: int
    """Offset after the last character."""


def find_words(file: MockFile, quote: str, question: int | None = None) -> Marked:
    """Where `quote` stands in the answers of a mock, or of one of its questions by number.

    Punctuation and capitals do not matter. Raises BadInputError.
    """
    for number, answer in enumerate(file.answers, 1):
        if question in {None, question_of(file.mock.turns, number)} and answer.transcript:
            found = same_words(answer.transcript.text, quote, 0)
            if found:
                return Marked(number, *found)
    raise BadInputError("These words are not in the transcript.", "Copy them from `mockloop show`.")


def judged_in(file: MockFile, signal: str, credited: bool) -> list[int]:
    """The numbers of the questions in which a signal was listened for, or was credited."""
    verdicts = file.postmortem.scorecard.verdicts if file.postmortem else ()
    return [each.question for each in verdicts if each.signal == signal and (each.credit > 0 or not credited)]


def transcripts_of(file: MockFile) -> list[Transcript]:
    """The transcripts that the last reading was made from. Raises StorageError when one is damaged."""
    found = [answer.transcript for answer in file.answers]
    while found and found[-1] is None:
        found.pop()  # turns in which nothing was said any more
    kept = [transcript for transcript in found if transcript is not None]
    if not kept or len(kept) < len(found):
        raise StorageError(
            f"A transcript of {file.mock.id} is damaged.", "Recognise its audio again with `mockloop retranscribe`."
        )
    return kept


def transcript_of(file: MockFile, turn: int) -> Transcript:
    """The transcript of turn `turn`, from 1. Raises BadInputError, and StorageError when one is damaged."""
    transcripts = transcripts_of(file)
    if not 1 <= turn <= len(transcripts):
        count = f"{len(transcripts)} answer" + ("" if len(transcripts) == 1 else "s")
        raise BadInputError(f"There is no answer {turn} in {file.mock.id}.", f"It has {count}, counted from 1.")
    return transcripts[turn - 1]


def check_listened_for(file: MockFile, signal: str, question: int) -> None:
    """Return if `signal` was listened for in question `question`; raises BadInputError."""
    assert file.postmortem
    known = [each.signal for each in file.postmortem.scorecard.verdicts if each.question == question]
    if signal not in known:
        listed = f"Choose one of: {', '.join(known)}." if known else "Name a question of the mock by its number."
        raise BadInputError(f"Nothing called {signal} was listened for in question {question}.", listed)
