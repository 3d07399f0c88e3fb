"""From evidence to verdicts on one question: whether, when and at whose asking each signal was heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.rubric.answers import Asked, Said, asked_at
from tui.rubric.timing import Answer, minutes_seconds
from tui.rubric.types import Expected, Rubric, Signal, Timing
from tui.rubric.verdicts import Evidence, Outcome, Punctuality, Verdict

_DECIDED = {
    Outcome.DEMONSTRATED: " You marked these words.",
    Outcome.MISSED: " You marked the credit as wrong.",
}
"""What a reason says beside the rest where a person decided otherwise than detection."""


@dataclass(frozen=True)
class _Piece:
    """A piece of evidence with the answer that it stands in."""

    evidence: Evidence
    turn: int
    """Number of the answer, 0 for the one to the question itself and then one for each follow-up."""
    said: Said
    answer: Answer
    punctuality: Punctuality

    def prompted(self, place: int | None) -> bool:
        """Whether it was said after follow-up `place` had asked for it."""
        return place is not None and self.turn >= place


def judged(rubric: Rubric, asked: Asked, number: int = 1) -> tuple[Verdict, ...]:
    """The verdicts on what was expected of question `number`, in the order of `Asked.expected`."""
    answers = tuple(Answer.of(said.transcript, rubric.scoring) for said in asked.said)
    return tuple(_verdict(rubric, item, asked, answers, number) for item in asked.expected)


def _verdict(rubric: Rubric, item: Expected, asked: Asked, answers: tuple[Answer, ...], number: int) -> Verdict:
    signal = item.signal
    place = asked_at(asked, signal.id)
    pieces = list(_pieces(signal, asked, answers))
    certain = [piece for piece in pieces if piece.evidence.certain]

    def verdict(outcome: Outcome, reason: str, **more: object) -> Verdict:
        known: dict[str, object] = {
            "evidence": tuple(piece.evidence for piece in pieces),
            "prompted": place is not None,
            "mistake": signal.mistake,
            "question": number,
            "key_point": item.key_point,
            "overruled": asked.overruled.get(signal.id),
            **more,
        }
        reason += _DECIDED.get(outcome, "") if signal.id in asked.overruled else ""
        return Verdict(signal.id, signal.title, signal.dimension, item.weight, outcome, reason=reason, **known)  # type: ignore[arg-type]

    if not pieces:
        return verdict(Outcome.MISSED, "Not heard." if place is None else "Not heard, though it was asked about.")
    if not certain:
        return verdict(Outcome.CANT_TELL, "Something like it was said, but not clearly enough to count.")
    # The piece that earns most decides; it comes first, and it is the one that is shown and played.
    best = max(certain, key=lambda piece: _credit(rubric, piece, place))
    shown = (
        best,
        *(piece for piece in certain if piece is not best),
        *(piece for piece in pieces if piece not in certain),
    )
    return verdict(
        Outcome.DEMONSTRATED,
        _when(signal, best, place if best.prompted(place) else None),
        evidence=tuple(piece.evidence for piece in shown),
        punctuality=best.punctuality,
        prompted=best.prompted(place),
        credit=_credit(rubric, best, place),
    )


def _pieces(signal: Signal, asked: Asked, answers: tuple[Answer, ...]) -> Iterator[_Piece]:
    for turn, (said, answer) in enumerate(zip(asked.said, answers, strict=True)):
        for evidence in said.evidence.get(signal.id, ()):
            when = answer.punctuality(signal.timing, evidence, said.transcript)
            if turn and signal.timing is Timing.EARLY and said.about != signal.id:
                when = Punctuality.LATE  # the early part of an answer is over once follow-ups are asked
            yield _Piece(evidence, turn, said, answer, when)


def _credit(rubric: Rubric, piece: _Piece, place: int | None) -> float:
    """Share of the weight that `piece` earns; `place` says which follow-up asked for it, from 1."""
    scoring = rubric.scoring
    credit = 1.0 if piece.punctuality is Punctuality.ON_TIME else scoring.late_credit
    if not piece.prompted(place):
        return credit
    return credit * (scoring.first_prompted_credit if place == 1 else scoring.prompted_credit)


def _when(signal: Signal, piece: _Piece, place: int | None) -> str:
    answer = piece.answer
    at = minutes_seconds(answer.moments(piece.evidence, piece.said.transcript)[0])
    about = "" if answer.timed else "about "
    if place is not None:
        return f"Said at {about}{at} of the answer to follow-up {place}, which asked for it."
    if piece.punctuality is Punctuality.ON_TIME:
        expected = {Timing.EARLY: ", early as expected", Timing.CLOSING: ", at the end as expected"}
        return f"Said at {about}{at}{expected.get(signal.timing, '')}."
    if piece.evidence.overtaken:
        return f"Said at {about}{at}, after what it should come before."
    if piece.turn and signal.timing is Timing.EARLY:
        return f"Said at {about}{at} of the answer to a follow-up; it counts in full early in the answer."
    if signal.timing is Timing.EARLY:
        return f"Said at {about}{at}; it counts in full before {minutes_seconds(answer.early_until)}."
    return f"Said at {about}{at}; it counts in full after {minutes_seconds(answer.closing_from)}, as a close."
