"""What a run of a candidate's code is held to, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True)
class Limits:
    """How much a run may use."""

    seconds: float = 5.0
    """Wall time and processor time of the candidate's code, all examples together."""
    megabytes: int = 512
    """Memory beyond what the interpreter itself takes."""
    file_megabytes: int = 16
    """Size of any file that is written."""
    output_bytes: int = 1_000_000
    """What may be printed before the run is stopped."""
    kept_characters: int = 8_000
    """How much of what was printed is kept."""


class Outcome(StrEnum):
    """How an example ended."""

    PASSED = "passed"
    FAILED = "failed"
    """Something else came out than was expected."""
    ERROR = "error"
    """The code raised an exception."""
    STOPPED = "stopped"
    """The code ran into a limit and its process was ended."""
    NOT_RUN = "not run"


@dataclass(frozen=True)
class ExampleRun:
    """What became of one example."""

    number: int
    """Its place among the task's examples, from 1."""
    call: str
    """What was run, on one line; empty for SQL."""
    expected: str
    hidden: bool
    outcome: Outcome
    got: str = ""
    """What came out, as Python would write it, shortened; empty when nothing did."""
    note: str = ""
    """One sentence about an error, a limit, or a near miss."""
    seconds: float | None = None
    """How long it ran."""


@dataclass(frozen=True)
class Run:
    """One run of all examples."""

    examples: tuple[ExampleRun, ...]
    problem: str = ""
    """One sentence when the code could not be run or the run was cut short; empty otherwise."""
    output: str = ""
    """What the code printed, cleaned and shortened."""
    seed: int = 0
    """What the random numbers and the order of sets began from."""
    seconds: float = 0.0
    """How long the whole run took."""
    isolated: bool = False
    """Whether the operating system kept the process off the network, beside Python's own refusal."""

    @property
    def passed(self) -> int:
        """How many examples passed."""
        return sum(example.outcome is Outcome.PASSED for example in self.examples)

    @property
    def summary(self) -> str:
        """The result in a few words."""
        text = f"{self.passed} of {len(self.examples)} passed"
        return f"{text}. {self.problem}" if self.problem else f"{text}."
