"""The time of a mock with its turns one behind the other, as pictures of it show it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from tui.transcript import Span, Transcript


@dataclass(frozen=True)
class Timeline:
    """The turns of a mock that have times; seconds count from where the first of them begins."""

    starts: dict[int, float]
    """By turn, when it began."""
    seconds: float
    """The length of all turns."""
    speech: tuple[Span, ...]
    """Where there was voice."""

    def at(self, turn: int, seconds: float) -> float:
        """The place of a second of a turn."""
        return self.starts[turn] + seconds

    def place(self, at: float) -> tuple[int, float]:
        """The turn that is going on, and how many seconds into it."""
        turns = list(self.starts)
        turn = turns[max(0, bisect_right(list(self.starts.values()), at) - 1)]
        return turn, at - self.starts[turn]


def timeline_of(transcripts: Iterable[tuple[int, Transcript | None]]) -> Timeline | None:
    """The timeline of turns, each with its number; None where none has times."""
    starts: dict[int, float] = {}
    speech: list[Span] = []
    at = 0.0
    for number, transcript in transcripts:
        if transcript is None or not transcript.timed:
            continue
        starts[number] = at
        speech += [Span(at + span.start, at + span.end) for span in transcript.voice]
        at += transcript.audio_seconds or 0.0
    return Timeline(starts, at, tuple(speech)) if at else None
