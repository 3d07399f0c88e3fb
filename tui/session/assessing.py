"""From something that was said to its transcript and postmortem."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.interview.types import Question, Round, vocabulary
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

if TYPE_CHECKING:
    import threading

    from tui.interview.assess import Assessor
    from tui.speech.transcriber import Transcriber

Progress = Callable[[float, str], None]
"""Called with the share that is done, 0 to 1, and the newest words."""


def assess_audio(
    audio: Path,
    round_: Round,
    question: Question | None,
    *,
    transcriber: Transcriber,
    assessor: Assessor,
    on_progress: Progress | None = None,
    cancel: threading.Event | None = None,
) -> tuple[Transcript, Postmortem]:
    """Transcribe `audio` with the round's vocabulary and assess it. Raises AudioFileError and ModelError."""
    from tui.speech.delivery import measure

    terms = vocabulary(assessor.catalogue.rubric, round_, question)
    transcript = transcriber.transcribe(audio, terms=terms, on_progress=on_progress, cancel=cancel)
    return transcript, assessor.assess(transcript, round_, question, measure(transcript))


def assess_transcript(
    transcript: Transcript, round_: Round, question: Question | None, *, assessor: Assessor
) -> tuple[Transcript, Postmortem]:
    """Assess a transcript that exists already, with delivery figures when it has times."""
    from tui.speech.delivery import measure

    return transcript, assessor.assess(transcript, round_, question, measure(transcript))
