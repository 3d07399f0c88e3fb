"""A postmortem as JSON, for `--json`. Its keys are a public interface."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tui.report.account import Account, QuestionPart, TurnPart
from tui.rubric.verdicts import DimensionScore, Evidence, Fix, Postmortem, Provenance, QuestionScore, RootCause, Verdict
from tui.transcript import Delivery, Span, one_line
from tui.transcript.formats import to_json


def to_data(postmortem: Postmortem, mock_id: str | None = None) -> dict[str, Any]:
    """A JSON object: scores from 0 to 100, times in seconds, places in characters, None for what is not known.

    `id` is the mock's, or None when it was not saved.
    """
    card = postmortem.scorecard
    return {
        "id": mock_id,
        "round": postmortem.round,
        "round_title": one_line(postmortem.round_title),
        "question": postmortem.question or None,
        "question_title": one_line(postmortem.question_title) or None,
        "score": _rounded(card.overall),
        "unscored": None if card.unscored is None else one_line(card.unscored),
        "earned": card.earned,
        "possible": card.possible,
        "arithmetic": one_line(card.arithmetic),
        "level": postmortem.level or None,
        "questions": [_question(question) for question in card.questions],
        "dimensions": [_dimension(dimension) for dimension in card.dimensions],
        "signals": [_signal(verdict) for verdict in card.verdicts],
        "root_cause": postmortem.root_cause and _root_cause(postmortem.root_cause),
        "fix": postmortem.fix and _fix(postmortem.fix),
        "delivery": postmortem.delivery and _delivery(postmortem.delivery),
        "provenance": _provenance(postmortem.provenance),
        "notes": [one_line(note) for note in postmortem.notes],
    }


def account_data(account: Account) -> dict[str, Any]:
    """The mock as a JSON object: what `to_data` says of its postmortem, and each of its answers.

    Evidence names an answer by `turn`, and stands in the `text` of its transcript.
    """
    mock = account.mock
    return {
        **to_data(account.postmortem, mock.id if mock else None),
        "created": mock and mock.created,
        "revision": account.revision,
        "self_rating": dict(mock.self_rating) if mock else {},
        "answers": [_answer(part, turn) for part in account.questions for turn in part.turns],
    }


def _answer(part: QuestionPart, turn: TurnPart) -> dict[str, Any]:
    asked = turn.answer.turn
    return {
        "turn": turn.number,
        "question": asked.question or None,
        "question_number": part.number,
        "kind": asked.kind,
        "prompt": turn.prompt or None,
        "about": asked.about or None,
        "heard": turn.heard or None,
        "clarified": [
            {"ask": one_line(each.ask), "reply": one_line(each.reply), "aloud": each.aloud, "seconds": each.seconds}
            for each in turn.clarified
        ],
        "words_corrected": turn.worded,
        "audio": turn.answer.audio and Path(turn.answer.audio).name,
        "transcript": turn.transcript and to_json(turn.transcript),
    }


def _root_cause(cause: RootCause) -> dict[str, Any]:
    return {
        "mistake": cause.mistake,
        "title": one_line(cause.title),
        "sentence": one_line(cause.sentence),
        "because": one_line(cause.because),
        "cost": _rounded(cause.cost),
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "signal": fix.signal or None,
        "title": one_line(fix.title),
        "advice": one_line(fix.advice),
        "example": one_line(fix.example),
    }


def _provenance(made: Provenance) -> dict[str, Any]:
    return {
        "mockloop": made.mockloop,
        "rubric": made.rubric,
        "engine": one_line(made.engine),
        "model": one_line(made.model),
        "encoder": made.encoder or None,
        "corrections": made.corrections,
    }


def _question(question: QuestionScore) -> dict[str, Any]:
    return {
        "question": question.question or None,
        "title": one_line(question.title) or None,
        "score": _rounded(question.overall),
        "earned": question.earned,
        "possible": question.possible,
        "unscored": None if question.unscored is None else one_line(question.unscored),
    }


def _dimension(dimension: DimensionScore) -> dict[str, Any]:
    return {
        "dimension": dimension.dimension,
        "title": one_line(dimension.title),
        "score": _rounded(dimension.score),
        "earned": dimension.earned,
        "possible": dimension.possible,
    }


def _signal(verdict: Verdict) -> dict[str, Any]:
    return {
        "signal": verdict.signal,
        "question_number": verdict.question,
        "key_point": verdict.key_point,
        "title": one_line(verdict.title),
        "dimension": verdict.dimension,
        "outcome": verdict.outcome.value,
        "punctuality": verdict.punctuality and verdict.punctuality.value,
        "prompted": verdict.prompted,
        "weight": verdict.weight,
        "credit": verdict.credit,
        "reason": one_line(verdict.reason),
        "overruled": verdict.overruled and verdict.overruled.value,
        "evidence": [_evidence(piece) for piece in verdict.evidence],
    }


def _evidence(piece: Evidence) -> dict[str, Any]:
    return {
        # Verbatim, so that the quote is what stands between `start` and `end` in the transcript's text.
        "quote": piece.quote,
        "turn": piece.turn,
        "start": piece.start,
        "end": piece.end,
        "start_seconds": piece.start_seconds,
        "end_seconds": piece.end_seconds,
        "probability": piece.probability,
        "certain": piece.certain,
    }


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {
        "speech_seconds": _rounded(delivery.speech_seconds),
        "words": delivery.words,
        "words_per_minute": _rounded(delivery.pace),
        "pauses": delivery.pauses,
        "pause_seconds": _rounded(delivery.pause_seconds),
        "longest_silence": _span(delivery.longest_silence),
        "longest_stretch": _span(delivery.longest_stretch),
        "fillers_at_least": delivery.fillers,
        "fillers_per_minute_at_least": _rounded(delivery.fillers_per_minute),
    }


def _span(span: Span | None) -> dict[str, float] | None:
    return None if span is None else {"start_seconds": span.start, "end_seconds": span.end}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
