"""Clarifications: what the interviewer tells when the candidate asks for it."""

from __future__ import annotations

from collections.abc import Sequence

from tui.interview.types import Clarification, Question
from tui.rubric.detect import Detector
from tui.rubric.types import Signal, Timing
from tui.transcript import Transcript

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


def asked_aloud(detector: Detector, question: Question, transcript: Transcript) -> Sequence[Clarification]:
    """The clarifications of `question` that were asked for in `transcript`, in their own order. Raises PatternError."""
    signals = [as_asked(question, each, number) for number, each in enumerate(question.clarifications, 1)]
    detector.learn(signals)
    found = detector.detect(transcript, [signal.id for signal in signals])
    return [each for signal, each in zip(signals, question.clarifications, strict=True) if found.get(signal.id)]
