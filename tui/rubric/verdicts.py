"""Evidence, verdicts, scorecards and postmortems.

A mock is a row of turns: each question or follow-up with the answer to it, numbered from 1. Character offsets count in
the `Transcript.text` of the turn that they belong to; seconds count from the start of that turn's audio and are None
when the transcript was made from plain text.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from tui.transcript import Delivery


class Outcome(StrEnum):
    """What can be said about one signal in one answer."""

    DEMONSTRATED = "demonstrated"
    MISSED = "missed"
    CANT_TELL = "cant_tell"


class Punctuality(StrEnum):
    """Whether a demonstrated signal landed when it was expected."""

    ON_TIME = "on_time"
    LATE = "late"


@dataclass(frozen=True)
class Evidence:
    """The words that a verdict rests on, and where to hear them."""

    signal: str
    quote: str
    """Verbatim from `Transcript.text`."""
    start: int
    """Offset of the quote's first character."""
    end: int
    """Offset after the quote's last character."""
    start_seconds: float | None = None
    end_seconds: float | None = None
    probability: float | None = None
    """The least probable word of the match, or None when unknown."""
    certain: bool = True
    """False when the words are too unclear to count."""
    confidence: float | None = None
    """How likely the words demonstrate the signal, 0 to 1, or None where patterns alone decided."""
    overtaken: bool = False
    """Whether something that it should come before was said first."""
    match_start: int = -1
    """Offset of the words inside the quote that a pattern matched; they decide when it was said."""
    match_end: int = -1
    turn: int = 1
    """The turn of the mock in which it was said."""


@dataclass(frozen=True)
class Verdict:
    """What was found about one signal."""

    signal: str
    title: str
    dimension: str
    weight: float
    outcome: Outcome
    punctuality: Punctuality | None = None
    """Set when the signal was demonstrated."""
    prompted: bool = False
    """Whether the interviewer had asked for it before it was heard, in vain or not."""
    credit: float = 0.0
    """Share of the weight that was earned, 0 to 1."""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    """One sentence on why the verdict is what it is."""
    mistake: str = ""
    """The common mistake that losing it belongs to."""
    question: int = 1
    """Number of the question in the mock, from 1."""
    key_point: bool = False
    """Whether it is a key point of its question; `signal` then reads `question-id/point-id`."""
    overruled: Outcome | None = None
    """What detection had said, where a person decided otherwise."""


@dataclass(frozen=True)
class QuestionScore:
    """What the answer to one question of a mock comes to, its follow-ups included."""

    question: str
    """Id of the question."""
    title: str
    overall: float | None
    """0 to 100, or None when it is unscored."""
    earned: float
    possible: float
    unscored: str | None = None
    """Why there is no score, or None."""


@dataclass(frozen=True)
class DimensionScore:
    """One dimension's score and the sum behind it."""

    dimension: str
    title: str
    score: float | None
    """0 to 100, or None when nothing could be decided."""
    earned: float
    possible: float
    """Weight of the signals that were decided."""


@dataclass(frozen=True)
class Scorecard:
    """The verdicts on the answers of a mock and what they add up to."""

    verdicts: tuple[Verdict, ...]
    dimensions: tuple[DimensionScore, ...]
    overall: float | None
    """0 to 100, or None when the mock is unscored."""
    earned: float
    possible: float
    arithmetic: str
    """The sum, written out."""
    unscored: str | None = None
    """Why there is no score, or None."""
    questions: tuple[QuestionScore, ...] = ()
    """By question, in the order in which they were asked."""


@dataclass(frozen=True)
class RootCause:
    """The one mistake that cost most."""

    mistake: str
    title: str
    sentence: str
    because: str
    """The signals or figures that point to it, in words."""
    cost: float
    """Points of the overall score that were lost to it."""


@dataclass(frozen=True)
class Fix:
    """The one thing to do differently next time."""

    signal: str
    title: str
    advice: str
    example: str


@dataclass(frozen=True)
class Provenance:
    """What a score was made with, so that trends compare like with like."""

    mockloop: str
    rubric: str
    engine: str
    model: str
    encoder: str = ""
    """Version of the sentence encoder; empty where patterns decided alone."""
    corrections: int = 0
    """How many decisions of a person were applied."""


@dataclass(frozen=True)
class Postmortem:
    """The whole reading of one mock."""

    round: str
    round_title: str
    question: str
    """Id of the first question."""
    question_title: str
    scorecard: Scorecard
    root_cause: RootCause | None
    fix: Fix | None
    delivery: Delivery | None
    provenance: Provenance
    notes: tuple[str, ...] = ()
    """Sentences a reader should know (text without audio, parts that were unclear)."""
    level: str = ""
    """Id of the level that the candidate was held to."""
