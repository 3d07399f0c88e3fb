"""From a transcript to a postmortem: the one path that screens, commands and re-scoring share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from tui import __version__
from tui.errors import RubricError
from tui.interview.types import Catalogue, Question, Round, expected
from tui.rubric.detect import Detector
from tui.rubric.language import PatternError
from tui.rubric.meaning import Meaning
from tui.rubric.postmortem import fix, notes, root_cause
from tui.rubric.score import score
from tui.rubric.verdicts import Postmortem, Provenance
from tui.transcript import Delivery, Transcript


@dataclass(frozen=True)
class Assessor:
    """Assesses answers by one catalogue; built once, since reading its patterns takes a moment."""

    catalogue: Catalogue
    detector: Detector

    @classmethod
    def of(cls, catalogue: Catalogue, meaning: Meaning | None = None) -> Assessor:
        """An assessor for `catalogue`. Raises RubricError when a pattern cannot be read.

        Without a sentence encoder in `meaning`, patterns decide alone.
        """
        try:
            return cls(catalogue, Detector(catalogue.rubric, meaning))
        except PatternError as error:
            raise RubricError(
                f"A pattern cannot be read: {error}.", "`mockloop rubric check` says where it is."
            ) from None

    def assess(
        self,
        transcript: Transcript,
        round_: Round,
        question: Question | None,
        delivery: Delivery | None,
        prompted: Collection[str] = (),
    ) -> Postmortem:
        """The postmortem of `transcript` as an answer to `question` in `round_`.

        `delivery` are the figures measured on its audio, None for text; `prompted` are signals that the interviewer
        had to ask for.
        """
        rubric = self.catalogue.rubric
        signals = expected(rubric, round_, question)
        evidence = self.detector.detect(transcript, [item.signal for item in signals])
        scorecard = score(rubric, signals, evidence, transcript, prompted)
        cause = root_cause(rubric, scorecard, delivery)
        return Postmortem(
            round=round_.id,
            round_title=round_.title,
            question=question.id if question else "",
            question_title=question.title if question else "",
            scorecard=scorecard,
            root_cause=cause,
            fix=fix(rubric, scorecard, cause),
            delivery=delivery,
            provenance=Provenance(
                __version__, rubric.digest, transcript.engine, transcript.model, self.detector.encoder
            ),
            notes=notes(transcript, delivery, rubric.scoring, cause),
        )
