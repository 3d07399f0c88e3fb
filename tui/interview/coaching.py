"""What a coach would notice while somebody answers: what was heard so far, silences and monologues. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from tui.interview.narration import Narration
from tui.rubric.types import Scoring

BREATH_SECONDS = 2.0
"""A silence of this length ends a stretch of talk."""


@dataclass(frozen=True)
class Coaching:
    """What was noticed of one answer; times are seconds of one monotonic clock."""

    narration: Narration
    talking_since: float
    """When the present stretch of talk began."""
    heard: tuple[str, ...] = ()
    """Ids of the signals that were heard, in the order in which they were."""

    @classmethod
    def begin(cls, now: float, heard: Iterable[str] = ()) -> Coaching:
        """For an answer that begins at `now`; `heard` is what earlier answers to its question had."""
        return cls(Narration(now), now, tuple(heard))

    def level(self, now: float, rms: float) -> Coaching:
        """With a level of `rms` dBFS at `now`; to be called several times a second."""
        narration = self.narration.level(now, rms)
        breath = now - narration.spoke >= BREATH_SECONDS
        return replace(self, narration=narration, talking_since=now if breath else self.talking_since)

    def hear(self, signals: Iterable[str]) -> Coaching:
        """With what has surely been said so far; what is revised away is gone again."""
        found = set(signals)
        kept = tuple(signal for signal in self.heard if signal in found)
        return replace(self, heard=(*kept, *sorted(found - set(kept))))

    def cue(self, now: float, scoring: Scoring) -> str:
        """One sentence when a silence or a monologue runs long, else an empty text."""
        silent = now - self.narration.spoke
        if silent >= scoring.long_silence_seconds:
            return f"Silent for {int(silent // 5) * 5} s: say what you are thinking about."
        talking = now - self.talking_since
        if talking >= scoring.monologue_seconds:
            minutes = int(talking // 60)
            return f"{minutes} min without a pause: breathe, and check that the listener is with you."
        return ""
