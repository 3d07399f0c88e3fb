"""Run the examples in rubric files, and say of those that fail where they stand and which pattern is to blame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tui.cli.rubric_paths import PathReading
from tui.interview.examples import question_signals
from tui.interview.types import Catalogue, Question, Round
from tui.rubric.detect import Detector
from tui.rubric.examples import ExampleResult, run_signal
from tui.rubric.explain import Attempt, Explainer
from tui.rubric.types import Signal
from tui.rubric.yaml_file import texts_of

MOST_ATTEMPTS = 3
"""How many matches are told for one example."""


@dataclass(frozen=True)
class Tried:
    """An example that was run."""

    result: ExampleResult
    signal: Signal
    file: Path


@dataclass(frozen=True)
class Failure:
    """Why an example failed."""

    line: int
    """Where it stands in its file, from 1."""
    reasons: tuple[str, ...]
    """One for each pattern that is to blame, or that came near."""


def questions(reading: PathReading, catalogue: Catalogue) -> Iterator[tuple[Round, Question]]:
    """The questions in what was read."""
    for round_ in catalogue.rounds.values():
        for question in round_.questions:
            if round_.id in reading.rounds or f"{round_.id}/{question.id}" in reading.questions:
                yield round_, question


def run_all(reading: PathReading, catalogue: Catalogue) -> list[Tried]:
    """What became of every example in what was read."""
    detector = Detector(catalogue.rubric)
    return [
        Tried(result, signal, file)
        for signal, file in _signals(reading, catalogue)
        for result in run_signal(signal, detector)
    ]


def _signals(reading: PathReading, catalogue: Catalogue) -> Iterator[tuple[Signal, Path]]:
    for id_ in reading.signals:
        yield catalogue.rubric.signals[id_], reading.files[id_]
    for round_, question in questions(reading, catalogue):
        file = reading.files.get(f"{round_.id}/{question.id}") or reading.files[round_.id]
        for signal in question_signals(catalogue, round_, question):
            yield signal, file


def explain(tried: Tried, explainer: Explainer) -> Failure:
    """Why an example failed."""
    example, lines = _places(tried)
    found = explainer.attempts(tried.signal, tried.result.text)
    if not found:
        return Failure(example, ("none of its patterns matches anything there",))
    counted = [attempt for attempt in found if not attempt.against]
    # One that should match and has none that counts is told of those that came near.
    told = (counted or list(found))[:MOST_ATTEMPTS]
    return Failure(example, tuple(_reason(attempt, tried, lines) for attempt in told))


def _reason(attempt: Attempt, tried: Tried, lines: dict[str, int]) -> str:
    pattern = tried.signal.patterns[attempt.rule].match
    where = f"line {lines[pattern]}: " if pattern in lines else ""
    but = f", but {attempt.against}" if attempt.against else ""
    return f"{where}`{pattern}` matches “{attempt.quote}”{but}"


def _places(tried: Tried) -> tuple[int, dict[str, int]]:
    """The line of an example, and those of the patterns beside it."""
    texts = texts_of(tried.file)
    wanted = {rule.match for rule in tried.signal.patterns}
    for place, text, line in texts:
        if text != tried.result.text or "examples" not in place:
            continue
        beside = (*place[: place.index("examples")], "patterns")
        lines = {value: at for where, value, at in texts if where[: len(beside)] == beside}
        if wanted <= set(lines):
            return line, lines
    return 1, {}
