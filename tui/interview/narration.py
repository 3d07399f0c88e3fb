"""Whether a candidate who writes code still says what they are doing."""

from __future__ import annotations

from dataclasses import dataclass, replace

QUIET_SECONDS = 20.0
"""Silence after which a reminder is due; interviewers lose the thread of somebody who types in silence."""
SPEECH_DBFS = -45.0
"""A level that speech into a microphone exceeds; the keys of a keyboard do too, but only for moments."""
WINDOW_SECONDS = 2.0
LOUD_SHARE = 0.4
"""Share of the window that has to be loud to count as speech."""
LEAST_READINGS = 5


@dataclass(frozen=True)
class Narration:
    """What was heard of a candidate; every reading gives the next one. Times are seconds of one monotonic clock."""

    spoke: float
    """When they were last heard, or when the answer began."""
    readings: tuple[tuple[float, bool], ...] = ()
    """Those of the last seconds: when, and whether it was loud."""

    def level(self, now: float, rms: float) -> Narration:
        """With a level of `rms` dBFS at `now`; to be called several times a second."""
        recent = tuple(each for each in self.readings if each[0] > now - WINDOW_SECONDS)
        readings = (*recent, (now, rms > SPEECH_DBFS))
        loud = sum(loud for _, loud in readings)
        speaking = len(readings) >= LEAST_READINGS and loud >= LOUD_SHARE * len(readings)
        return replace(self, readings=readings, spoke=now if speaking else self.spoke)

    def heard(self, now: float) -> Narration:
        """With words recognised up to `now`."""
        return replace(self, spoke=max(self.spoke, now))

    def again(self, now: float) -> Narration:
        """After a pause that ended at `now`, in which nobody was expected to speak."""
        return Narration(now)

    def reminder(self, now: float) -> str:
        """A sentence when nothing has been said for long, else an empty text."""
        silent = now - self.spoke
        if silent < QUIET_SECONDS:
            return ""
        return f"Silent for {int(silent // 5) * 5} s: say what you are writing, and why."
