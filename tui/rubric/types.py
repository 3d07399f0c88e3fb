"""Signals, evidence, verdicts, scorecards and postmortems.

Character offsets count in `Transcript.text`; seconds count from the start of the answer's audio and are None when the
transcript was made from plain text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.transcript import Delivery


class Timing(StrEnum):
    """When in an answer a signal is expected."""

    EARLY = "early"
    CLOSING = "closing"
    ANYWHERE = "anywhere"


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
class Dimension:
    """An area that interviewers score."""

    id: str
    title: str


@dataclass(frozen=True)
class Mistake:
    """One of the common mistakes; every missed signal belongs to one."""

    id: str
    title: str
    sentence: str
    """What the mistake looks like to an interviewer."""
    advice: str = ""
    """What to do about it when no missed signal says so, as with long silences."""
    example: str = ""
    """Words that would have helped."""


@dataclass(frozen=True)
class PatternRule:
    """One pattern of a signal, in the pattern language (see `tui.rubric.language`)."""

    match: str
    unless: tuple[str, ...] = ()
    """Patterns that, found in the same clause, cancel the match."""
    near: tuple[str, ...] = ()
    """Patterns of which at least one must be found in the same sentence."""
    allow: tuple[str, ...] = ()
    """Names of scopes (negation, question, ...) that do not cancel this match."""


@dataclass(frozen=True)
class Examples:
    """Sentences that a signal's patterns are tested on."""

    match: tuple[str, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True)
class Signal:
    """Something an interviewer listens for."""

    id: str
    title: str
    dimension: str
    weight: float
    timing: Timing
    mistake: str
    advice: str
    """What to do next time, in one or two sentences."""
    example: str
    """A sentence that would have demonstrated it."""
    follow_up: str
    """What an interviewer asks when it has not been heard."""
    patterns: tuple[PatternRule, ...]
    allow: tuple[str, ...] = ()
    """Scopes that never cancel this signal (a clarifying question demonstrates an assumption)."""
    vocabulary: tuple[str, ...] = ()
    """Terms that the recogniser is told to expect."""
    examples: Examples = Examples()


@dataclass(frozen=True)
class Scope:
    """Words around a match that take its meaning back: negation, question, attribution and the like."""

    id: str
    reason: str
    """Completes the sentence 'not counted because it is ...'."""
    before: tuple[str, ...] = ()
    """Cues (patterns) that reach forward over what follows them."""
    after: tuple[str, ...] = ()
    """Cues (patterns) that reach back over what precedes them."""
    reach: int = 6
    """How many words a cue reaches."""
    sentence_end: tuple[str, ...] = ()
    """Punctuation that, ending the sentence, is a cue for all of it."""
    stops: tuple[str, ...] = ()
    """Patterns that end the reach of a cue."""
    unless: tuple[str, ...] = ()
    """Patterns that look like a cue and are none."""
    crosses_sentences: bool = False
    """Whether the reach goes on past the end of a sentence."""
    pairs_cancel: bool = False
    """Whether two cues over one match cancel each other, as two negations do."""


@dataclass(frozen=True)
class TimingWindow:
    """The part of an answer that counts as early or as closing."""

    share: float
    """Share of the answer's length, 0 to 1."""
    at_least: float
    """Seconds the window has at least."""
    at_most: float
    """Seconds the window has at most."""


@dataclass(frozen=True)
class Scoring:
    """The numbers that turn verdicts into a score."""

    late_credit: float
    """Share of the weight that a demonstrated signal earns when it is late, 0 to 1."""
    prompted_credit: float
    """Share of the weight that it earns when the interviewer had to ask, 0 to 1."""
    early: TimingWindow
    closing: TimingWindow
    unclear_word: float
    """Evidence resting on a word less probable than this is *can't tell*."""
    least_speech_seconds: float
    """Less speech than this leaves an answer unscored."""
    least_words: int
    """Fewer words than this leave a text without audio unscored."""
    most_cant_tell: float
    """A larger share of the weight being *can't tell* leaves an answer unscored, 0 to 1."""
    words_per_minute: float
    """Pace assumed for placing words of a text without audio in time."""
    long_silence_seconds: float
    """A silence inside an answer that counts as unclear communication."""
    monologue_seconds: float
    """A stretch of talk without a pause of two seconds that counts as unclear communication."""
    communication_mistake: str
    """The mistake that silences and monologues belong to."""


@dataclass(frozen=True)
class Rubric:
    """Everything that verdicts are made with."""

    signals: Mapping[str, Signal]
    dimensions: Mapping[str, Dimension]
    mistakes: Mapping[str, Mistake]
    scopes: tuple[Scope, ...]
    words: Mapping[str, tuple[str, ...]]
    """Named lists of alternatives, written `@name` in patterns."""
    scoring: Scoring
    digest: str
    """Short hash of the files it was read from; kept with every score."""


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
    match_start: int = -1
    """Offset of the words inside the quote that a pattern matched; they decide when it was said."""
    match_end: int = -1


@dataclass(frozen=True)
class Expected:
    """A signal that a round scores, with the weight it has there."""

    signal: str
    weight: float


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
    """Whether the interviewer had to ask for it."""
    credit: float = 0.0
    """Share of the weight that was earned, 0 to 1."""
    evidence: tuple[Evidence, ...] = ()
    reason: str = ""
    """One sentence on why the verdict is what it is."""


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
    """The verdicts on one answer and what they add up to."""

    verdicts: tuple[Verdict, ...]
    dimensions: tuple[DimensionScore, ...]
    overall: float | None
    """0 to 100, or None when the answer is unscored."""
    earned: float
    possible: float
    arithmetic: str
    """The sum, written out."""
    unscored: str | None = None
    """Why there is no score, or None."""


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


@dataclass(frozen=True)
class Postmortem:
    """The whole reading of one answer."""

    round: str
    round_title: str
    question: str
    question_title: str
    scorecard: Scorecard
    root_cause: RootCause | None
    fix: Fix | None
    delivery: Delivery | None
    provenance: Provenance
    notes: tuple[str, ...] = ()
    """Sentences a reader should know (text without audio, parts that were unclear)."""
