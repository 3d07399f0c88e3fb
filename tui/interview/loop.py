"""A loop: which interviews it holds, which of them are done, and which comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Interview:
    """One interview of a loop."""

    round: str
    """Id of the round."""
    levels: tuple[str, ...] = ()
    """Levels that have it; none named means all."""


@dataclass(frozen=True)
class Loop:
    """A set of interviews that end in one packet."""

    id: str
    title: str
    summary: str
    interviews: tuple[Interview, ...]
    break_minutes: float = 10.0
    """Rest between two interviews of one day."""

    def at_level(self, level: str) -> tuple[str, ...]:
        """The rounds of the loop at that level, in order."""
        return tuple(each.round for each in self.interviews if not each.levels or level in each.levels)


@dataclass(frozen=True)
class Thresholds:
    """From which score, 0 to 100, something reads as which step."""

    strong_yes: float = 75.0
    yes: float = 60.0
    no: float = 40.0


@dataclass(frozen=True)
class LoopRun:
    """A loop that somebody is in, over one day or several."""

    id: str
    loop: str
    title: str
    created: str
    """Local time with offset, ISO 8601."""
    rounds: tuple[str, ...]
    """The rounds to pass, in order; settled when the loop begins."""
    mocks: Mapping[int, str]
    """By place in `rounds`, from 0: the id of the mock that counts there, the last one of several."""
    level: str
    length: str = "short"
    """`short` or `full`, for every interview."""
    break_minutes: float = 10.0

    @property
    def next_place(self) -> int | None:
        """The place of the first interview without a mock, or None when all have one."""
        return next((place for place in range(len(self.rounds)) if place not in self.mocks), None)

    @property
    def done(self) -> bool:
        return self.next_place is None

    def with_mock(self, place: int, mock: str) -> LoopRun:
        """The loop with `mock` as what counts at `place`; an earlier one there no longer counts, and is kept."""
        return replace(self, mocks={**self.mocks, place: mock})

    def without(self, mock: str) -> LoopRun:
        """The loop without a mock that was removed."""
        return replace(self, mocks={place: known for place, known in self.mocks.items() if known != mock})


@dataclass(frozen=True)
class LoopPlace:
    """One interview of a loop that somebody is in."""

    run: LoopRun
    place: int
    """From 0."""
