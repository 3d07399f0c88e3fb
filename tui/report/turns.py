"""What the turns of a mock are called."""

from __future__ import annotations

from collections.abc import Sequence

from tui.history.types import Turn


def question_of(turns: Sequence[Turn], number: int) -> int:
    """The number of the question that turn `number` belongs to, both from 1."""
    return max(1, sum(1 for each in turns[:number] if not each.follow_up))


def follow_up_of(turns: Sequence[Turn], number: int) -> int:
    """Which follow-up about its question turn `number` is, from 1; 0 for the question itself."""
    count = 0
    for each in turns[:number]:
        count = count + 1 if each.follow_up else 0
    return count


def turn_label(turns: Sequence[Turn], number: int) -> str:
    """What turn `number` (from 1) is: question 2, follow-up 1; with several questions, follow-up 1 to question 2."""
    several = sum(1 for each in turns if not each.follow_up) > 1
    follow_up, question = follow_up_of(turns, number), question_of(turns, number)
    if not follow_up:
        return f"question {question}" if several else "question"
    return f"follow-up {follow_up} to question {question}" if several else f"follow-up {follow_up}"
