"""Clarifications: what the interviewer tells when the candidate asks for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.interview.types import Clarification, Question
from tui.rubric.types import Signal, Timing
from tui.rubric.verdicts import Evidence

ASKING = ("question", "hypothetical", "mention", "attribution")
"""Scopes that take nothing back here: being a question is the point, and "many people" is no quotation."""


def as_asked(question: Question, clarification: Clarification, number: int) -> Signal:
    """A clarification in the form in which detection knows what it listens for; `number` counts from 1."""
    return Signal(
        id=f"{question.id}?{number}",
        title=clarification.ask,
        dimension="",
        weight=1.0,
        timing=Timing.ANYWHERE,
        mistake="",
        advice="",
        example=clarification.ask,
        follow_up="",
        patterns=clarification.rules,
        allow=ASKING,
        examples=clarification.examples,
    )


def signals_of(question: Question) -> tuple[Signal, ...]:
    """What is listened for to know that a clarification of `question` is asked for, in their order."""
    return tuple(as_asked(question, each, number) for number, each in enumerate(question.clarifications, 1))


def asked_for(question: Question, evidence: Mapping[str, Sequence[Evidence]]) -> tuple[Clarification, ...]:
    """The clarifications of `question` that were asked for in an answer with that evidence, in their own order."""
    return tuple(
        each
        for signal, each in zip(signals_of(question), question.clarifications, strict=True)
        if evidence.get(signal.id)
    )
