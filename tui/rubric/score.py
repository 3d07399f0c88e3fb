"""From evidence to verdicts, and from verdicts to a score."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from tui.rubric.timing import Answer, minutes_seconds
from tui.rubric.types import Expected, Rubric, Scoring, Signal, Timing
from tui.rubric.verdicts import DimensionScore, Evidence, Outcome, Punctuality, Scorecard, Verdict
from tui.transcript import Transcript


def score(
    rubric: Rubric,
    expected: Iterable[Expected],
    evidence: Mapping[str, tuple[Evidence, ...]],
    transcript: Transcript,
    prompted: Collection[str] = (),
) -> Scorecard:
    """The scorecard of one answer.

    `expected` are the signals that the round scores, `evidence` is what was detected, `prompted` are the signals that
    the interviewer had asked about before they were heard.
    """
    answer = Answer.of(transcript, rubric.scoring)
    verdicts = tuple(
        _verdict(rubric.signals[item.signal], item.weight, evidence.get(item.signal, ()), answer, transcript, prompted)
        for item in expected
    )
    decided = [verdict for verdict in verdicts if verdict.outcome is not Outcome.CANT_TELL]
    earned = sum(verdict.weight * verdict.credit for verdict in decided)
    possible = sum(verdict.weight for verdict in decided)
    reason = unscored(verdicts, transcript, rubric.scoring)
    overall = 100.0 * earned / possible if possible and reason is None else None
    return Scorecard(
        verdicts=verdicts,
        dimensions=_dimensions(rubric, decided, scored=reason is None),
        overall=overall,
        earned=earned,
        possible=possible,
        arithmetic=_arithmetic(earned, possible, overall),
        unscored=reason,
    )


def unscored(verdicts: Collection[Verdict], transcript: Transcript, scoring: Scoring) -> str | None:
    """Why an answer gets no score, as a sentence, or None when it gets one."""
    voiced = transcript.voiced_seconds
    if voiced is not None and voiced < scoring.least_speech_seconds:
        least = scoring.least_speech_seconds
        if voiced < 0.5:
            return f"No speech was heard; a score needs at least {least:g} seconds of it."
        return f"Only {int(voiced)} seconds of speech were heard; a score needs at least {least:g}."
    count = sum(1 for _ in transcript.words)
    if voiced is None and count < scoring.least_words:
        return f"The text has {count} words; a score needs at least {scoring.least_words}."
    if voiced is not None and count == 0:
        return "There was a voice, but no words could be recognised."
    total = sum(verdict.weight for verdict in verdicts)
    unclear = sum(verdict.weight for verdict in verdicts if verdict.outcome is Outcome.CANT_TELL)
    if total and unclear / total > scoring.most_cant_tell:
        return (
            f"{unclear:g} of {total:g} points cannot be told because the words are unclear; "
            f"a score allows {scoring.most_cant_tell:.0%} of them."
        )
    return None


def _verdict(
    signal: Signal,
    weight: float,
    evidence: tuple[Evidence, ...],
    answer: Answer,
    transcript: Transcript,
    prompted: Collection[str],
) -> Verdict:
    def verdict(outcome: Outcome, reason: str, **more: object) -> Verdict:
        known: dict[str, object] = {"evidence": evidence, **more}
        return Verdict(signal.id, signal.title, signal.dimension, weight, outcome, reason=reason, **known)  # type: ignore[arg-type]

    if not evidence:
        return verdict(Outcome.MISSED, "Not heard.")
    if not any(piece.certain for piece in evidence):
        return verdict(Outcome.CANT_TELL, "Something like it was said, but not clearly enough to count.")
    timely = [
        piece for piece in evidence if answer.punctuality(signal.timing, piece, transcript) is Punctuality.ON_TIME
    ]
    punctuality = Punctuality.ON_TIME if timely else Punctuality.LATE
    asked = signal.id in prompted
    credit = 1.0 if timely else answer.scoring.late_credit
    credit *= answer.scoring.prompted_credit if asked else 1.0
    # The piece that decided comes first: it is the one that is shown and played.
    shown = (*timely, *(piece for piece in evidence if piece not in timely))
    reason = _when(signal, shown[0], answer, transcript, punctuality)
    return verdict(Outcome.DEMONSTRATED, reason, evidence=shown, punctuality=punctuality, prompted=asked, credit=credit)


def _when(signal: Signal, piece: Evidence, answer: Answer, transcript: Transcript, punctuality: Punctuality) -> str:
    at = minutes_seconds(answer.moments(piece, transcript)[0])
    about = "" if answer.timed else "about "
    if punctuality is Punctuality.ON_TIME:
        expected = {Timing.EARLY: ", early as expected", Timing.CLOSING: ", at the end as expected"}
        return f"Said at {about}{at}{expected.get(signal.timing, '')}."
    if piece.overtaken:
        return f"Said at {about}{at}, after what it should come before."
    if signal.timing is Timing.EARLY:
        return f"Said at {about}{at}; it counts in full before {minutes_seconds(answer.early_until)}."
    return f"Said at {about}{at}; it counts in full after {minutes_seconds(answer.closing_from)}, as a close."


def _dimensions(rubric: Rubric, decided: list[Verdict], scored: bool) -> tuple[DimensionScore, ...]:
    scores: list[DimensionScore] = []
    for dimension in rubric.dimensions.values():
        own = [verdict for verdict in decided if verdict.dimension == dimension.id]
        possible = sum(verdict.weight for verdict in own)
        if not possible:
            continue
        earned = sum(verdict.weight * verdict.credit for verdict in own)
        value = 100.0 * earned / possible if scored else None
        scores.append(DimensionScore(dimension.id, dimension.title, value, earned, possible))
    return tuple(scores)


def _arithmetic(earned: float, possible: float, overall: float | None) -> str:
    if overall is None:
        return ""
    return f"{_points(earned)} of {_points(possible)} points = {overall:.0f} of 100"


def _points(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")
