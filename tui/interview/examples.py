"""Run the examples that key points and clarifications of questions carry beside their patterns."""

from __future__ import annotations

from collections.abc import Iterator

from tui.interview.clarify import as_asked
from tui.interview.expected import as_signal
from tui.interview.types import Catalogue, Question, Round
from tui.rubric.detect import Detector
from tui.rubric.examples import ExampleResult, run_signal


def question_examples(
    catalogue: Catalogue, round_: Round, question: Question, detector: Detector
) -> Iterator[ExampleResult]:
    """Every example of `question`, with whether its patterns found it."""
    for point in question.key_points:
        yield from run_signal(as_signal(catalogue.rubric, round_, question, point), detector)
    for number, clarification in enumerate(question.clarifications, 1):
        yield from run_signal(as_asked(question, clarification, number), detector)
