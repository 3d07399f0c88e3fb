"""What the speech room hands out, apart from transcripts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

SAMPLE_RATE = 16_000
"""Hertz; everything on disk and everything recognised is mono at this rate."""


class Condition(StrEnum):
    """What a level meter has to say about an input."""

    OK = "ok"
    WAITING = "waiting"
    NOTHING = "nothing"
    QUIET = "quiet"
    CLIPPING = "clipping"
    LOST = "lost"


@dataclass(frozen=True)
class InputDevice:
    """A microphone, or something that PortAudio treats as one."""

    index: int
    """PortAudio's number; changes between starts, so settings keep the name."""
    name: str
    host_api: str
    channels: int
    default_rate: float
    """Hertz."""
    is_default: bool


@dataclass(frozen=True)
class Level:
    """How loud an input is just now, in decibels relative to full scale (0 is the loudest possible)."""

    rms: float
    peak: float
    condition: Condition = Condition.OK

    @property
    def share(self) -> float:
        """The level on a meter that shows -60 to 0 dBFS, 0 to 1."""
        return min(1.0, max(0.0, (self.rms + 60.0) / 60.0))


@dataclass(frozen=True)
class Recording:
    """A finished recording on disk."""

    path: Path
    seconds: float
    overflows: int
    """Times that the sound system reported samples lost before they reached us."""
    lost: str | None = None
    """Why the recording ended early (the microphone vanished), or None."""

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences that a reader of the transcript should know."""
        if not self.overflows:
            return ()
        times = "once" if self.overflows == 1 else f"{self.overflows} times"
        return (f"The sound system lost samples {times} during the recording: words may be missing.",)


@dataclass(frozen=True)
class ModelInfo:
    """A speech model that is here, or could be."""

    name: str
    engine: str
    path: Path | None
    """Where it is, or None when it would have to be pulled."""
    megabytes: float
    note: str = ""

    @property
    def here(self) -> bool:
        return self.path is not None
