"""What the interviewer says next: a pure state machine over what was asked and what was heard."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from tui.interview.sitting import FOLLOW_UP_THINK_SECONDS, Sitting
from tui.interview.types import Question
from tui.rubric.types import Expected, Timing
from tui.rubric.verdicts import Evidence


@dataclass(frozen=True)
class Ask:
    """One thing the interviewer says, to be answered."""

    question: Question
    number: int
    """Which question of the mock it belongs to, from 1."""
    prompt: str
    think_seconds: float
    answer_seconds: float
    about: str = ""
    """The signal or key point that a follow-up is about; empty for the question itself."""
    follow_up: int = 0
    """Which follow-up of its question it is, from 1; 0 for the question itself."""

    @property
    def kind(self) -> str:
        """`question` or `follow_up`, as it is kept with the mock."""
        return "follow_up" if self.follow_up else "question"


def first_ask(sitting: Sitting) -> Ask:
    """What a mock begins with."""
    return _question(sitting, 1)


def next_ask(
    sitting: Sitting, asked: Sequence[Ask], listened_for: Sequence[Expected], heard: Collection[str] | None
) -> Ask | None:
    """What comes after the answers to `asked`, which are in order and not empty; None when the mock is over.

    `listened_for` belongs to the present question, and `heard` are the ids of what was heard in its answer and those to
    its follow-ups; None when nobody can tell, and then nothing is followed up.
    """
    last = asked[-1]
    if heard is not None and last.follow_up < sitting.follow_ups:
        done = {ask.about for ask in asked if ask.number == last.number}
        item = most_wanted(last.question, listened_for, heard, done, last.follow_up)
        if item is not None:
            return Ask(
                last.question,
                last.number,
                wording(last.question, item),
                FOLLOW_UP_THINK_SECONDS,
                sitting.follow_up_seconds,
                item.signal.id,
                last.follow_up + 1,
            )
    return _question(sitting, last.number + 1) if last.number < len(sitting.questions) else None


def most_wanted(
    question: Question,
    listened_for: Sequence[Expected],
    heard: Collection[str],
    asked: Collection[str] = (),
    before: int = 0,
) -> Expected | None:
    """The most important of `listened_for` that was not heard and not asked about yet, or None.

    Signals and key points take turns, beginning with whichever weigh more in this question; `before` follow-ups were
    asked already. A closing summary is asked for only when nothing else is missing: follow-ups make the end of the
    answer move.
    """
    open_ = [
        item
        for item in listened_for
        if item.signal.id not in heard and item.signal.id not in asked and wording(question, item)
    ]
    points = sum(item.weight for item in listened_for if item.key_point)
    facts_first = points > sum(item.weight for item in listened_for) / 2
    facts = facts_first == (before % 2 == 0)
    return max(
        open_,
        key=lambda item: (item.signal.timing is not Timing.CLOSING, item.key_point == facts, item.importance),
        default=None,
    )


def wording(question: Question, item: Expected) -> str:
    """What the interviewer asks when `item` was not heard; empty when there is nothing to ask."""
    short = item.signal.id.rpartition("/")[2]
    own = question.follow_ups.get(item.signal.id) or question.follow_ups.get(short)
    return own or item.signal.follow_up


def surely_heard(evidence: Mapping[str, Sequence[Evidence]]) -> set[str]:
    """The signals that have evidence clear enough to count; the rest may well be asked about."""
    return {signal for signal, pieces in evidence.items() if any(piece.certain for piece in pieces)}


def _question(sitting: Sitting, number: int) -> Ask:
    question = sitting.questions[number - 1]
    return Ask(question, number, question.prompt, sitting.think_seconds, sitting.answer_seconds)
