"""Signals, scopes and scoring: what verdicts are made with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Timing(StrEnum):
    """When in an answer a signal is expected."""

    EARLY = "early"
    CLOSING = "closing"
    ANYWHERE = "anywhere"


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
    before: tuple[str, ...] = ()
    """Patterns of what it should come before; said only after one of them, it is late."""
    vocabulary: tuple[str, ...] = ()
    """Terms that the recogniser is told to expect."""
    examples: Examples = Examples()


@dataclass(frozen=True)
class Term:
    """A term of the trade that recognisers write in other words."""

    term: str
    near: tuple[str, ...]
    """Patterns of which one must stand close by: without them, words are what they are."""
    heard: tuple[str, ...] = ()
    """What was written for it, word for word; beside these, what sounds the same and is spelled nearly so."""
    spelled: bool = False
    """Whether it is said letter by letter."""


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
    """Share of the weight that it earns when the interviewer had to ask, from the second follow-up on, 0 to 1."""
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
    first_prompted_credit: float = 0.85
    """Share of the weight that is earned in answer to the first follow-up: some are asked of everybody."""
    key_point_mistake: str = ""
    """The mistake that missed key points of a question belong to."""


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
    terms: tuple[Term, ...] = ()
    """What is understood where a recogniser misheard it."""


@dataclass(frozen=True)
class Expected:
    """Something that is listened for in the answer to a question, with the weight it has there."""

    signal: Signal
    """A signal of the rubric, or a key point of the question in the form of one."""
    weight: float
    key_point: bool = False
    importance: float = 0.0
    """How much it matters to the interviewer of this question, whatever share of the score its dimension has."""
