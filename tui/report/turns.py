"""What the turns of a mock are called."""

from __future__ import annotations

from collections.abc import Sequence

from tui.history.turns import follow_up_of, question_of
from tui.history.types import Turn


def turn_label(turns: Sequence[Turn], number: int) -> str:
    """What turn `number` (from 1) is: question 2, follow-up 1; with several questions, follow-up 1 to question 2."""
    several = sum(1 for each in turns if not each.follow_up) > 1
    follow_up, question = follow_up_of(turns, number), question_of(turns, number)
    if not follow_up:
        return f"question {question}" if several else "question"
    return f"follow-up {follow_up} to question {question}" if several else f"follow-up {follow_up}"
