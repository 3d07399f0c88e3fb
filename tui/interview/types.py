"""Rounds, questions and levels: what a mock is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from tui.interview.loop import Loop, Thresholds
from tui.interview.plan import Plan
from tui.interview.samplesize import Comparison
from tui.rubric.types import Examples, PatternRule, Rubric

LEVELS = ("junior", "mid", "senior", "staff")
"""Ids of the levels that ship with the project, lowest first; they are a public interface."""
USUAL_LEVEL = "mid"


@dataclass(frozen=True)
class Level:
    """What a candidate is held to."""

    id: str
    title: str
    summary: str
    """What interviewers expect there, in a sentence or two."""
    weights: Mapping[str, float] = field(default_factory=dict)
    """Factor on the weight of a signal; 1 for those that are not named."""


@dataclass(frozen=True)
class KeyPoint:
    """Something that a good answer to one question contains."""

    id: str
    point: str
    """The point itself, as a short statement of what is right."""
    patterns: tuple[str | PatternRule, ...]
    follow_up: str = ""
    """What the interviewer asks when it has not been heard; without it nothing is asked."""
    weight: float = 1.0
    level: str = LEVELS[0]
    """The level from which on it is expected."""
    dimension: str = ""
    """The area that it counts for; empty for the round's own."""
    allow: tuple[str, ...] = ()
    """Scopes that never cancel it."""
    examples: Examples = field(default_factory=Examples)

    @property
    def rules(self) -> tuple[PatternRule, ...]:
        """The patterns, plain ones as rules."""
        return tuple(PatternRule(rule) if isinstance(rule, str) else rule for rule in self.patterns)


@dataclass(frozen=True)
class Clarification:
    """Something about a question that the interviewer tells when it is asked."""

    ask: str
    """The question, as a candidate might put it."""
    reply: str
    """What the interviewer says."""
    patterns: tuple[str | PatternRule, ...] = ()
    """How it is recognised when it is asked aloud."""
    examples: Examples = field(default_factory=Examples)

    @property
    def rules(self) -> tuple[PatternRule, ...]:
        """The patterns, plain ones as rules."""
        return tuple(PatternRule(rule) if isinstance(rule, str) else rule for rule in self.patterns)


class Language(StrEnum):
    """What a coding task is written in."""

    PYTHON = "python"
    SQL = "sql"


@dataclass(frozen=True)
class CodeExample:
    """One example run of a coding task."""

    expect: str
    """Python: the literal that `call` gives. SQL: the rows, as a literal list of tuples."""
    call: str = ""
    """Python: an expression that uses the candidate's code. SQL: not used."""
    setup: str = ""
    """SQL: statements that run after the task's own, so that an example may have rows of its own. Python: not used."""
    hidden: bool = False
    """Whether it is run without having been shown in the statement."""


@dataclass(frozen=True)
class Task:
    """The code that a coding question asks for."""

    statement: str
    examples: tuple[CodeExample, ...]
    language: Language = Language.PYTHON
    starter: str = ""
    """What the editor holds at first."""
    setup: str = ""
    """Python: code that runs before the candidate's. SQL: statements that create and fill the tables."""
    solution: str = ""
    """Code that passes every example; the tests of the project run it, and nobody is shown it before the postmortem."""


@dataclass(frozen=True)
class Question:
    """One thing an interviewer asks."""

    id: str
    title: str
    prompt: str
    """What the interviewer says."""
    level: str = LEVELS[0]
    """The lowest level at which it is asked."""
    vocabulary: tuple[str, ...] = ()
    """Terms that the recogniser is told to expect in an answer."""
    emphasis: tuple[str, ...] = ()
    """Signals that matter most here; they weigh half as much again."""
    leave_out: tuple[str, ...] = ()
    """Signals of the round for which this question gives no occasion; they are not listened for."""
    key_points: tuple[KeyPoint, ...] = ()
    clarifications: tuple[Clarification, ...] = ()
    follow_ups: Mapping[str, str] = field(default_factory=dict)
    """What the interviewer asks about a signal here, by signal id, instead of what the signal itself says."""
    task: Task | None = None
    """Set for coding questions."""
    sample_size: Comparison | None = None
    """Set where the answer should say how large the experiment is: the reference numbers come from it."""


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
    """Length of the answer in a short practice, which holds one question."""
    think_seconds: float
    """Time to think before the answer."""
    signals: Mapping[str, float | None]
    """Signals scored here, in order; a number replaces the signal's own weight."""
    questions: tuple[Question, ...] = ()
    """Those in the round's own file and those in `questions/ID/`."""
    checklist: tuple[str, ...] = ()
    """Reminders shown before the round starts."""
    dimension: str = ""
    """The area that key points count for; empty for the one in which most of the signals' weight lies."""
    dimensions: Mapping[str, float] = field(default_factory=dict)
    """Share of each area in the round's score, 0 to 1; without it the weights of the signals decide."""
    full_questions: int = 1
    """How many questions a mock of the real length holds."""
    follow_ups: int = 2
    """How many follow-ups are asked about one answer at most."""
    levels: tuple[str, ...] = ()
    """Levels that have this round; none named means all."""
    order: float = 100.0
    """Place among the rounds, the smallest first."""

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
    levels: Mapping[str, Level] = field(default_factory=dict)
    """Lowest first."""
    loops: Mapping[str, Loop] = field(default_factory=dict)
    reading: Thresholds = field(default_factory=Thresholds)
    """What scores read as in a packet."""
    plans: Mapping[str, Plan] = field(default_factory=dict)
    """Study plans, in the order of their file."""
    left_out: Mapping[str, str] = field(default_factory=dict)
    """What is first wrong in the file of a round, of a question (`round/question`) or in `loops.yaml`, by id."""


def vocabulary(rubric: Rubric, round_: Round, question: Question | None = None) -> tuple[str, ...]:
    """The terms to expect in an answer, the question's own first, without repeats."""
    terms = list(question.vocabulary if question else ())
    for signal in round_.signals:
        terms.extend(rubric.signals[signal].vocabulary)
    return tuple(dict.fromkeys(terms))


def area_of(round_: Round, rubric: Rubric) -> str:
    """The dimension that a round is practice for: its own, or the one that most of its signals' weight lies in."""
    if round_.dimension:
        return round_.dimension
    weights: dict[str, float] = {}
    for signal, own in round_.signals.items():
        found = rubric.signals[signal]
        weights[found.dimension] = weights.get(found.dimension, 0.0) + (found.weight if own is None else own)
    return max(weights, key=lambda area: weights[area])


def at_level(questions: tuple[Question, ...], level: str) -> tuple[Question, ...]:
    """Those of `questions` that are asked at `level`: its own first, then those of the levels below, in order.

    A level of a person's own has no place in that order, and gets all of them.
    """
    if level not in LEVELS:
        return questions
    height = LEVELS.index(level)
    places = {name: place for place, name in enumerate(LEVELS)}
    suited = [question for question in questions if places.get(question.level, 0) <= height]
    return tuple(sorted(suited, key=lambda question: -places.get(question.level, 0))) or questions
