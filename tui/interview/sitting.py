"""What a mock will be: its questions, its times, and how far the interviewer goes on about an answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from tui.interview.types import USUAL_LEVEL, Level, Question, Round, at_level

FOLLOW_UP_SHARE = 0.25
"""Time for the answer to a follow-up, as a share of the time for the answer to its question."""
FOLLOW_UP_SECONDS = (45.0, 150.0)
"""The least and the most time for the answer to a follow-up."""
FOLLOW_UP_THINK_SECONDS = 10.0
"""Time to read a follow-up and to think, before its answer begins by itself."""


class Length(StrEnum):
    """How long a mock lasts."""

    SHORT = "short"
    """One question, in the round's practice time."""
    FULL = "full"
    """As many questions as the real interview holds, in its real time."""


@dataclass(frozen=True)
class Sitting:
    """One mock before it begins."""

    round: Round
    questions: tuple[Question, ...]
    """In the order in which they are asked; never empty."""
    think_seconds: float
    """Time to think before each question's answer."""
    answer_seconds: float
    """Time for the answer to each question, without its follow-ups."""
    follow_ups: int
    """How many follow-ups are asked about one answer at most."""
    level: Level | None = None
    coached: bool = False
    """Whether the candidate sees what is heard while they speak."""

    @property
    def follow_up_seconds(self) -> float:
        """Time for the answer to a follow-up."""
        least, most = FOLLOW_UP_SECONDS
        return min(most, max(min(least, self.answer_seconds), FOLLOW_UP_SHARE * self.answer_seconds))

    @property
    def level_id(self) -> str:
        return self.level.id if self.level else USUAL_LEVEL

    @property
    def seconds(self) -> float:
        """The longest that it lasts when nobody runs over."""
        follow_up = self.follow_up_seconds + FOLLOW_UP_THINK_SECONDS
        return len(self.questions) * (self.think_seconds + self.answer_seconds + self.follow_ups * follow_up)


def short_sitting(round_: Round, question: Question, level: Level | None = None) -> Sitting:
    """One question in the round's practice time."""
    seconds = round_.practice_minutes * 60
    return Sitting(round_, (question,), round_.think_seconds, seconds, round_.follow_ups, level)


def full_sitting(round_: Round, first: Question, level: Level | None = None) -> Sitting:
    """As many questions as the real interview holds, `first` and those after it at that level, in its real time.

    The time that a question has includes its thinking and its follow-ups: together they fill the round's minutes.
    """
    suited = at_level(round_.questions, level.id if level else USUAL_LEVEL)
    start = suited.index(first) if first in suited else 0
    others = [question for question in (*suited[start + 1 :], *suited[:start]) if question is not first]
    questions = (first, *others[: round_.full_questions - 1])
    share = round_.minutes * 60 / len(questions)
    shell = Sitting(round_, questions, round_.think_seconds, share, round_.follow_ups, level)
    low, high = 0.0, share
    for _ in range(40):  # the time for follow-ups depends on the time for the answer, so halve towards it
        middle = (low + high) / 2
        fits = replace(shell, answer_seconds=middle).seconds <= round_.minutes * 60
        low, high = (middle, high) if fits else (low, middle)
    return replace(shell, answer_seconds=max(60.0, low))
