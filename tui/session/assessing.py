"""From something that was said to its transcript and postmortem."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import StorageError
from tui.interview.assess import Answered
from tui.interview.corrections import Correction
from tui.interview.types import Catalogue, Question, Round, vocabulary
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

if TYPE_CHECKING:
    import threading

    from tui.history.types import Mock
    from tui.interview.assess import Assessor
    from tui.speech.transcriber import Transcriber

Progress = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and the newest words."""


def round_of(catalogue: Catalogue, mock: Mock) -> Round:
    """The round that `mock` is of. Raises StorageError when it is gone."""
    round_ = catalogue.rounds.get(mock.round)
    if round_ is None:
        raise StorageError(
            f"The round {mock.round!r} of {mock.id} is not among the rubrics any more.",
            "Put its YAML file back; the recording is kept.",
        )
    return round_


def question_in(round_: Round, question_id: str) -> Question | None:
    """The question of that id; None without one, as files can be scored. Raises StorageError when it is gone."""
    question = round_.question(question_id)
    if question is None and question_id:
        raise StorageError(
            f"The question {question_id!r} is not in the round {round_.id!r} any more.",
            "Put its YAML file back; without it the answer would be held to other points.",
        )
    return question


def assess_audio(
    audio: Path,
    round_: Round,
    question: Question | None,
    *,
    transcriber: Transcriber,
    assessor: Assessor,
    level: str = "",
    on_progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Transcript, Postmortem]:
    """Transcribe `audio` with the round's vocabulary and assess it. Raises AudioFileError and ModelError."""
    terms = vocabulary(assessor.catalogue.rubric, round_, question)
    transcript = transcriber.transcribe(audio, terms=terms, on_progress=on_progress, cancel=cancel)
    return transcript, assess_turns([Answered(question, transcript)], round_, assessor, level)


def assess_transcript(
    transcript: Transcript, round_: Round, question: Question | None, *, assessor: Assessor, level: str = ""
) -> tuple[Transcript, Postmortem]:
    """Assess a transcript that exists already, with delivery figures when it has times."""
    return transcript, assess_turns([Answered(question, transcript)], round_, assessor, level)


def assess_turns(
    turns: Sequence[Answered],
    round_: Round,
    assessor: Assessor,
    level: str = "",
    corrections: Sequence[Correction] = (),
) -> Postmortem:
    """The postmortem of a mock, with the delivery of all its answers and what a person decided about it before."""
    from tui.speech.delivery import measure
    from tui.transcript.joining import joined

    delivery = measure(joined([turn.transcript for turn in turns]))
    return assessor.assess(turns, round_, delivery, level, corrections)
