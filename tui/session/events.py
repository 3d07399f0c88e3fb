"""What a running mock tells whoever shows it. Events may arrive on any thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from tui.errors import MockloopError
from tui.history.types import MockFile
from tui.interview.flow import Ask
from tui.interview.types import Clarification
from tui.rubric.verdicts import Evidence
from tui.transcript import Segment


class State(StrEnum):
    """Where a mock is."""

    BRIEFED = "briefed"
    THINKING = "thinking"
    ANSWERING = "answering"
    PAUSED = "paused"
    CONSIDERING = "considering"
    """An answer has ended, and the interviewer makes up their mind what to ask."""
    TRANSCRIBING = "transcribing"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True)
class StateChanged:
    """The mock moved on."""

    state: State


@dataclass(frozen=True)
class Asked:
    """The interviewer said something to be answered."""

    ask: Ask


@dataclass(frozen=True)
class ToldMore:
    """The interviewer clarified something about the question."""

    clarification: Clarification
    aloud: bool
    """Whether the candidate asked for it in words, or picked it from the list."""


@dataclass(frozen=True)
class InputTrouble:
    """The microphone needs attention: silence, clipping, lost. Empty when the trouble has passed."""

    sentence: str
    remedy: str = ""


@dataclass(frozen=True)
class Heard:
    """More of the answer has been recognised, while the candidate still speaks."""

    segment: Segment
    evidence: Mapping[str, tuple[Evidence, ...]]
    """By signal: what speaks for it in the whole answer so far."""


@dataclass(frozen=True)
class TranscriptionProgress:
    """How far recognition has come."""

    share: float
    """0 to 1."""
    text: str
    """The newest recognised words, or what is being done."""


@dataclass(frozen=True)
class Finished:
    """The mock is saved, transcribed and scored."""

    mock: MockFile


@dataclass(frozen=True)
class Failed:
    """A step failed; what was recorded is kept."""

    error: MockloopError
    mock: str | None
    """Id of the mock whose recording is kept and can be finished later, if one was begun."""


@dataclass(frozen=True)
class HeardAgain:
    """A second model has heard a scored mock again, in the background."""

    mock: str
    """Id."""
    sentence: str
    """What that changed, or why it failed; empty when there was nothing to hear."""


@dataclass(frozen=True)
class Calibrated:
    """The speech models that are here were measured."""

    sentence: str


Event = (
    StateChanged
    | Asked
    | ToldMore
    | InputTrouble
    | Heard
    | TranscriptionProgress
    | Finished
    | Failed
    | HeardAgain
    | Calibrated
)
Listener = Callable[[Event], None]
