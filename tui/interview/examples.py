"""Run the examples that key points and clarifications of questions carry beside their patterns."""

from __future__ import annotations

from collections.abc import Iterator

from tui.interview.clarify import signals_of
from tui.interview.expected import as_signal
from tui.interview.types import Catalogue, Question, Round
from tui.rubric.detect import Detector
from tui.rubric.examples import ExampleResult, run_signal
from tui.rubric.types import Signal


def question_examples(
    catalogue: Catalogue, round_: Round, question: Question, detector: Detector
) -> Iterator[ExampleResult]:
    """Every example of `question`, with whether its patterns found it."""
    for signal in question_signals(catalogue, round_, question):
        yield from run_signal(signal, detector)


def question_signals(catalogue: Catalogue, round_: Round, question: Question) -> Iterator[Signal]:
    """The key points and clarifications of `question` as what detection listens for."""
    for point in question.key_points:
        yield as_signal(catalogue.rubric, round_, question, point)
    yield from signals_of(question)
