"""The clock of an answer: think time, answer time, phases, pauses. Pure: every method is given the time.

`now` is a reading of a monotonic clock in seconds; only differences count.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

AMBER_SHARE = 0.25
"""The amber phase begins when this share of the answer time is left (at least AMBER_SECONDS)."""
AMBER_SECONDS = 30.0
RED_SHARE = 0.10
"""The red phase begins when this share of the answer time is left (at least RED_SECONDS)."""
RED_SECONDS = 10.0


class Phase(StrEnum):
    """How urgent the clock is."""

    THINKING = "thinking"
    CALM = "calm"
    AMBER = "amber"
    RED = "red"
    OVER = "over"


@dataclass(frozen=True)
class Reading:
    """What a clock shows at one moment."""

    phase: Phase
    remaining: float
    """Seconds left of the think or answer time; negative once it has run out."""
    elapsed: float
    """Seconds of the think or answer time used."""
    total: float
    """Seconds given for thinking or answering."""
    paused: bool

    @property
    def share(self) -> float:
        """Share of the time used, 0 to 1."""
        return min(1.0, self.elapsed / self.total) if self.total else 1.0


@dataclass(frozen=True)
class Countdown:
    """A countdown of think time and then of answer time; each change gives a new value."""

    think_seconds: float
    answer_seconds: float
    answering: bool = False
    since: float | None = None
    """When the present stretch began, or None while paused or not started."""
    used: float = 0.0
    """Seconds used before the present stretch."""

    def start(self, now: float) -> Countdown:
        """Begin the think time."""
        return replace(self, answering=False, since=now, used=0.0)

    def answer(self, now: float) -> Countdown:
        """Begin the answer time, whatever is left of the think time."""
        return replace(self, answering=True, since=now, used=0.0)

    def pause(self, now: float) -> Countdown:
        """Stop the clock."""
        return replace(self, since=None, used=self._elapsed(now))

    def resume(self, now: float) -> Countdown:
        """Let the clock go on; without effect when it is running."""
        return self if self.since is not None else replace(self, since=now)

    def read(self, now: float) -> Reading:
        """What the clock shows at `now`."""
        total = self.answer_seconds if self.answering else self.think_seconds
        elapsed = self._elapsed(now)
        remaining = total - elapsed
        return Reading(self._phase(remaining), remaining, elapsed, total, self.since is None)

    def _elapsed(self, now: float) -> float:
        return self.used + (max(0.0, now - self.since) if self.since is not None else 0.0)

    def _phase(self, remaining: float) -> Phase:
        if not self.answering:
            return Phase.THINKING if remaining > 0 else Phase.OVER
        if remaining <= 0:
            return Phase.OVER
        # Short answers would be amber from the start if the seconds alone decided.
        if remaining <= min(max(RED_SECONDS, RED_SHARE * self.answer_seconds), 0.2 * self.answer_seconds):
            return Phase.RED
        if remaining <= min(max(AMBER_SECONDS, AMBER_SHARE * self.answer_seconds), 0.4 * self.answer_seconds):
            return Phase.AMBER
        return Phase.CALM


def clock_text(seconds: float) -> str:
    """`seconds` as m:ss or h:mm:ss, with a plus sign for time overrun."""
    whole = int(abs(seconds)) if seconds < 0 else int(seconds + 0.999)
    hours, rest = divmod(whole, 3600)
    minutes, secs = divmod(rest, 60)
    text = f"{hours}:{minutes:02d}:{secs:02d}" if hours else f"{minutes}:{secs:02d}"
    return f"+{text}" if seconds < 0 else text
