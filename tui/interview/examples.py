"""What of a question carries patterns and examples: its key points and its clarifications."""

from __future__ import annotations

from collections.abc import Iterator

from tui.interview.clarify import signals_of
from tui.interview.expected import as_signal
from tui.interview.types import Catalogue, Question, Round
from tui.rubric.types import Signal


def question_signals(catalogue: Catalogue, round_: Round, question: Question) -> Iterator[Signal]:
    """The key points and clarifications of `question` as what detection listens for."""
    for point in question.key_points:
        yield as_signal(catalogue.rubric, round_, question, point)
    yield from signals_of(question)
