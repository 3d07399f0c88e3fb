"""Rounds and questions: what a mock is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tui.rubric.types import Expected, Rubric


@dataclass(frozen=True)
class Question:
    """One thing an interviewer asks."""

    id: str
    title: str
    prompt: str
    """What the interviewer says."""
    vocabulary: tuple[str, ...] = ()
    """Terms that the recogniser is told to expect in an answer."""
    emphasis: tuple[str, ...] = ()
    """Signals that matter most here; they weigh half as much again."""


@dataclass(frozen=True)
class Round:
    """One interview of a loop."""

    id: str
    title: str
    summary: str
    """What the round tests, in a sentence or two."""
    minutes: float
    """Length of the real interview."""
    practice_minutes: float
    """Length of the answer in a short practice."""
    think_seconds: float
    """Time to think before the answer."""
    signals: Mapping[str, float | None]
    """Signals scored here, in order; a number replaces the signal's own weight."""
    questions: tuple[Question, ...]
    checklist: tuple[str, ...] = ()
    """Reminders shown before the round starts."""

    def question(self, question_id: str) -> Question | None:
        """The question with that id, or None."""
        return next((question for question in self.questions if question.id == question_id), None)


@dataclass(frozen=True)
class Catalogue:
    """Every round there is, with the rubric that scores them."""

    rubric: Rubric
    rounds: Mapping[str, Round]
    warnings: tuple[str, ...] = ()
    """What is wrong in a person's own files, one sentence each; those files are left out."""


EMPHASIS = 1.5
"""Factor on the weight of a signal that a question puts emphasis on."""


def expected(rubric: Rubric, round_: Round, question: Question | None = None) -> tuple[Expected, ...]:
    """The signals that `round_` scores, with their weights for `question`."""
    stressed = set(question.emphasis) if question else set()
    return tuple(
        Expected(
            signal,
            (rubric.signals[signal].weight if weight is None else weight) * (EMPHASIS if signal in stressed else 1.0),
        )
        for signal, weight in round_.signals.items()
    )


def vocabulary(rubric: Rubric, round_: Round, question: Question | None = None) -> tuple[str, ...]:
    """The terms to expect in an answer, the question's own first, without repeats."""
    terms = list(question.vocabulary if question else ())
    for signal in round_.signals:
        terms.extend(rubric.signals[signal].vocabulary)
    return tuple(dict.fromkeys(terms))
