"""Where a turn stands in its mock: which question it belongs to, which follow-up it is, and when it ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.history.types import Turn
from tui.transcript import Transcript


def question_of(turns: Sequence[Turn], number: int) -> int:
    """The number of the question that turn `number` belongs to, both from 1."""
    return max(1, sum(1 for each in turns[:number] if not each.follow_up))


def follow_up_of(turns: Sequence[Turn], number: int) -> int:
    """Which follow-up about its question turn `number` is, from 1; 0 for the question itself."""
    count = 0
    for each in turns[:number]:
        count = count + 1 if each.follow_up else 0
    return count


def ended(turn: Turn, transcript: Transcript) -> Turn:
    """`turn` with its end, in seconds of the mock, by the audio of its `transcript` where it was not known."""
    if turn.end is not None or transcript.audio_seconds is None:
        return turn
    return replace(turn, end=turn.start + transcript.audio_seconds)
