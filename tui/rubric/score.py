"""From verdicts to a score: what was earned of what could be, for each question, each dimension and in all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from tui.rubric.answers import Asked
from tui.rubric.judge import judged
from tui.rubric.types import Rubric, Scoring
from tui.rubric.verdicts import DimensionScore, Outcome, QuestionScore, Scorecard, Verdict
from tui.transcript import Transcript


def score(rubric: Rubric, questions: Sequence[Asked]) -> Scorecard:
    """The scorecard of a mock; a question that cannot be scored stays out of the sum and says why."""
    verdicts: list[Verdict] = []
    scores: list[QuestionScore] = []
    for number, asked in enumerate(questions, 1):
        found = judged(rubric, asked, number)
        verdicts += found
        scores.append(_question(asked, found, rubric.scoring))
    counted = {number for number, each in enumerate(scores, 1) if each.unscored is None}
    # Where nothing is scored, the sums still tell what was heard.
    decided = [verdict for verdict in _decided(verdicts) if verdict.question in counted or not counted]
    earned, possible = _sum(decided)
    reason = _reason(scores, possible)
    overall = 100.0 * earned / possible if possible and reason is None else None
    return Scorecard(
        verdicts=tuple(verdicts),
        dimensions=_dimensions(rubric, decided, scored=reason is None),
        overall=overall,
        earned=earned,
        possible=possible,
        arithmetic=_arithmetic(earned, possible, overall),
        unscored=reason,
        questions=tuple(scores),
    )


def _question(asked: Asked, verdicts: Sequence[Verdict], scoring: Scoring) -> QuestionScore:
    earned, possible = _sum(_decided(verdicts))
    reason = unscored(verdicts, [said.transcript for said in asked.said], scoring)
    overall = 100.0 * earned / possible if possible and reason is None else None
    return QuestionScore(asked.question, asked.title, overall, earned, possible, reason)


def _reason(scores: Sequence[QuestionScore], possible: float) -> str | None:
    """Why a mock gets no score: the first question's reason, when none of them has a score."""
    if any(each.overall is not None for each in scores):
        return None
    reasons = [each.unscored for each in scores if each.unscored]
    return reasons[0] if reasons else (None if possible else "There was nothing to score.")


def unscored(verdicts: Collection[Verdict], transcripts: Sequence[Transcript], scoring: Scoring) -> str | None:
    """Why an answer gets no score, as a sentence, or None when it gets one.

    `transcripts` are of the answer and of those to its follow-ups.
    """
    timed = [transcript.voiced_seconds for transcript in transcripts if transcript.voiced_seconds is not None]
    voiced = sum(timed) if timed else None
    if voiced is not None and voiced < scoring.least_speech_seconds:
        least = scoring.least_speech_seconds
        if voiced < 0.5:
            return f"No speech was heard; a score needs at least {least:g} seconds of it."
        return f"Only {int(voiced)} seconds of speech were heard; a score needs at least {least:g}."
    count = sum(1 for transcript in transcripts for _ in transcript.words)
    if voiced is None and count < scoring.least_words:
        return f"The text has {count} word{'s' if count != 1 else ''}; a score needs at least {scoring.least_words}."
    if voiced is not None and count == 0:
        return "There was a voice, but no words could be recognised."
    total = sum(verdict.weight for verdict in verdicts)
    unclear = sum(verdict.weight for verdict in verdicts if verdict.outcome is Outcome.CANT_TELL)
    if total and unclear / total > scoring.most_cant_tell:
        return (
            f"{_points(unclear)} of {_points(total)} points cannot be told because the words are unclear; "
            f"a score allows {scoring.most_cant_tell:.0%} of them."
        )
    return None


def _decided(verdicts: Iterable[Verdict]) -> list[Verdict]:
    return [verdict for verdict in verdicts if verdict.outcome is not Outcome.CANT_TELL]


def _sum(decided: Sequence[Verdict]) -> tuple[float, float]:
    """Points earned, and points that could be."""
    earned = sum(verdict.weight * verdict.credit for verdict in decided)
    return earned, sum(verdict.weight for verdict in decided)


def _dimensions(rubric: Rubric, decided: Sequence[Verdict], scored: bool) -> tuple[DimensionScore, ...]:
    scores: list[DimensionScore] = []
    for dimension in rubric.dimensions.values():
        earned, possible = _sum([verdict for verdict in decided if verdict.dimension == dimension.id])
        if possible:
            value = 100.0 * earned / possible if scored else None
            scores.append(DimensionScore(dimension.id, dimension.title, value, earned, possible))
    return tuple(scores)


def _arithmetic(earned: float, possible: float, overall: float | None) -> str:
    if overall is None:
        return ""
    return f"{_points(earned)} of {_points(possible)} points = {overall:.0f} of 100"


def _points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
