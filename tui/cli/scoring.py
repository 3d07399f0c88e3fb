"""From files to readings: what `score` and `demo` share."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.output import ProgressLine
from tui.cli.reports import Reading
from tui.interview.types import Question, Round

if TYPE_CHECKING:
    from tui.history.types import MockFile
    from tui.rubric.verdicts import Postmortem
    from tui.session.local import LocalServices
    from tui.transcript import Transcript

TRANSCRIPTS = {".txt", ".json"}


@dataclass(frozen=True)
class Scoring:
    """What files are scored as."""

    round: Round
    question: Question | None
    source: str
    """`score` or `demo`."""
    level: str | None = None
    save: bool = False


def score_file(services: LocalServices, file: Path, scoring: Scoring) -> Reading:
    """The reading of one file of audio or text, kept in the history when `scoring` says so. Raises MockloopError."""
    from tui.report.account import Account, account_of
    from tui.session.assessing import assess_audio, assess_transcript

    spoken = file.suffix.lower() not in TRANSCRIPTS
    level = scoring.level or services.level
    if spoken:
        with ProgressLine(f"Transcribing {file.name}") as progress:
            progress(0.0, "loading the speech model")
            transcript, postmortem = assess_audio(
                file,
                scoring.round,
                scoring.question,
                transcriber=services.transcriber(),
                assessor=services.assessor(),
                level=level,
                on_progress=progress,
            )
    else:
        from tui.transcript.formats import read_transcript

        transcript, postmortem = assess_transcript(
            read_transcript(file), scoring.round, scoring.question, assessor=services.assessor(), level=level
        )
    if scoring.save:
        kept = _kept(services, (transcript, postmortem), file if spoken else None, scoring)
        return Reading(file.name, account_of(kept, services.history.folder(kept.mock.id)))
    return Reading(file.name, Account.of_file(postmortem, transcript))


def _kept(
    services: LocalServices, found: tuple[Transcript, Postmortem], audio: Path | None, scoring: Scoring
) -> MockFile:
    """The mock that the reading `found` was kept as."""
    from dataclasses import replace

    from tui.session.keeping import keep

    transcript = found[0]
    seconds = transcript.audio_seconds or 0.0
    settings = services.settings(None, seconds, 0.0, scoring.source, scoring.level or services.level)
    used = replace(settings, engine=transcript.engine, model=transcript.model)
    return keep(services.history, (scoring.round, scoring.question), used, found, audio)
