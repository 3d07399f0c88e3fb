"""What is kept of a mock."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript

SCHEMA = 1
"""Version of the files in a mock's folder."""


class Stage(StrEnum):
    """How far a mock has come; a mock found at the next start in an earlier stage than SCORED can be finished."""

    RECORDING = "recording"
    RECORDED = "recorded"
    SCORED = "scored"


@dataclass(frozen=True)
class Clarified:
    """Something about the question that the interviewer told."""

    ask: str
    reply: str
    aloud: bool
    """Whether the candidate asked for it in words; picked from the list, it earns nothing."""
    seconds: float
    """Seconds into the turn's recording."""


@dataclass(frozen=True)
class Turn:
    """One thing the interviewer said and the answer to it."""

    question: str
    """Id of the question."""
    prompt: str
    """What was asked, as it was shown."""
    audio: str | None
    """Name of the audio file in the mock's folder, or None for text."""
    kind: str = "question"
    """`question` or `follow_up`."""
    about: str = ""
    """The signal or key point that a follow-up asks about."""
    clarified: tuple[Clarified, ...] = ()
    """What the interviewer told when asked, in order."""
    start: float = 0.0
    """Seconds recorded in the mock before it."""
    end: float | None = None
    """Seconds recorded in the mock when it had ended."""

    @property
    def follow_up(self) -> bool:
        """Whether it goes on about the question before it."""
        return self.kind == "follow_up"


@dataclass(frozen=True)
class MockSettings:
    """What a mock was run with."""

    engine: str
    model: str
    device: str | None
    """Name of the microphone; None for a file."""
    answer_seconds: float
    think_seconds: float
    level: str = "mid"
    source: str = "practice"
    """`practice`, `score` or `demo`."""
    coached: bool = False
    """Whether what was heard was shown during the answer."""


@dataclass(frozen=True)
class Mock:
    """One sitting: a round and its answers, as `mock.json` says it."""

    id: str
    """Name of its folder."""
    created: str
    """Local time with offset, ISO 8601."""
    round: str
    round_title: str
    question: str
    """Id of the first question."""
    question_title: str
    stage: Stage
    settings: MockSettings
    turns: tuple[Turn, ...]
    take: int = 1
    """How many times this question had been answered, this time included."""
    self_rating: Mapping[str, int] = field(default_factory=dict)
    """By dimension: the step, 1 (strong no) to 4 (strong yes), that the candidate gave before the reveal."""

    @property
    def instant(self) -> float:
        """When it began, in seconds since the epoch; 0 for a damaged time."""
        try:
            return datetime.fromisoformat(self.created).timestamp()
        except (ValueError, OverflowError, OSError):
            return 0.0


@dataclass(frozen=True)
class MockRow:
    """One line of the history, from the index."""

    id: str
    created: str
    round: str
    round_title: str
    question: str
    question_title: str
    stage: Stage
    overall: float | None
    unscored: str | None
    root_cause: str | None
    """Title of the root cause."""
    fix_signal: str | None
    fix_title: str | None
    seconds: float | None
    """Length of the audio."""
    source: str = "practice"
    """`practice`, `score` or `demo`."""
    spoken: bool = True
    """False for text that was never said aloud; its scores are not compared with spoken ones."""
    level: str = ""
    take: int = 1
    pace: float | None = None
    """Words a minute."""


@dataclass(frozen=True)
class AnswerFile:
    """One turn of a mock with what is kept of the answer."""

    turn: Turn
    transcript: Transcript | None
    audio: str | None
    """Absolute path of the answer's audio, or None."""


@dataclass(frozen=True)
class MockFile:
    """A mock with its latest transcripts and postmortem."""

    mock: Mock
    postmortem: Postmortem | None
    answers: tuple[AnswerFile, ...]
    """By turn; the transcripts are those that the postmortem was made from."""
    revision: int | None = None
    """Number of the reading that this is, from 1; None before the first."""

    @property
    def transcript(self) -> Transcript | None:
        """Of the answer to the first question."""
        return self.answers[0].transcript if self.answers else None

    @property
    def audio(self) -> str | None:
        """Of the answer to the first question."""
        return self.answers[0].audio if self.answers else None


@dataclass(frozen=True)
class Focus:
    """What to fix next, from the last scored mock that named a fix."""

    signal: str
    title: str
    advice: str
    example: str
    mock: str
    """Id of the mock it comes from; empty where the whole history says it."""
    misses: int
    """In how many of the last mocks that listed it the signal was missed."""
    heard_of: int
    """How many of the last mocks listed it and could tell."""
