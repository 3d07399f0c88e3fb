"""Rounds from YAML, checked against the rubric that scores them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tui.interview.types import Catalogue, Question, Round
from tui.rubric.load import RubricReading, problem_error, read_rubric
from tui.rubric.yaml_file import Document, Problem, read_yaml


@dataclass(frozen=True)
class CatalogueReading:
    """What was read from the folders, and what could not be."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    """Where each signal and round was read from, by id."""


def load_catalogue(shipped: Path, own: Path | None = None) -> Catalogue:
    """Everything in `shipped`, with a person's `own` folder laid over it.

    A mistake in the shipped files raises RubricError. Files of the person's own that are wrong are left out and told
    in `Catalogue.warnings`, so that one slip of theirs does not stop every mock.
    """
    folders = [shipped] if own is None or not own.is_dir() else [shipped, own]
    reading = read_catalogue(*folders, trusted=shipped)
    ours = [problem for problem in reading.problems if own is None or not problem.file.is_relative_to(own)]
    if reading.catalogue is None or ours:
        raise problem_error(ours or reading.problems)
    return reading.catalogue


def read_catalogue(*folders: Path, trusted: Path | None = None) -> CatalogueReading:
    """Everything that can be read in `folders`, later ones laid over earlier ones. Raises nothing.

    Patterns in the folder `trusted` are not checked, which saves most of the time.
    """
    rubric = read_rubric(*folders, trusted=trusted)
    problems = list(rubric.problems)
    if rubric.rubric is None:
        return CatalogueReading(None, tuple(problems))
    rounds: dict[str, Round] = {}
    files = dict(rubric.signal_files)
    for folder in folders:
        for file in sorted(folder.glob("rounds/*.yaml")):
            document, wrong = read_yaml(file, Round)
            wrong = wrong or (list(_round_problems(document, rubric)) if document else [])
            problems += wrong
            if document and not wrong:
                rounds[document.value.id] = document.value
                files[document.value.id] = file
    warnings = tuple(str(problem) for problem in problems)
    return CatalogueReading(Catalogue(rubric.rubric, rounds, warnings), tuple(problems), files)


def _round_problems(document: Document[Round], reading: RubricReading) -> Iterator[Problem]:
    round_ = document.value
    signals = reading.rubric.signals if reading.rubric else {}
    for key in ("minutes", "practice_minutes"):
        if not getattr(round_, key) > 0:
            yield document.problem(f"{key!r} is {getattr(round_, key):g}; expected a number above 0", key)
    if round_.think_seconds < 0:
        yield document.problem(f"'think_seconds' is {round_.think_seconds:g}; expected 0 or more", "think_seconds")
    if not round_.signals:
        yield document.problem("'signals' is empty; expected the ids of the signals to score", "signals")
    for signal, weight in round_.signals.items():
        # A signal whose own file is wrong has been told already.
        if signal not in signals and signal not in reading.broken:
            known = ", ".join(signals)
            yield document.problem(f"there is no signal {signal!r}; expected one of: {known}", "signals", signal)
        elif weight is not None and not weight > 0:
            what = f"the weight of {signal!r} is {weight:g}; expected a number above 0, or nothing"
            yield document.problem(what, "signals", signal)
    if not round_.questions:
        yield document.problem("'questions' is empty; expected at least one question", "questions")
    yield from _question_problems(document)


def _question_problems(document: Document[Round]) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, question in enumerate(document.value.questions):
        if question.id in seen:
            yield document.problem(
                f"there are two questions {question.id!r}; expected ids of their own", "questions", position
            )
        seen.add(question.id)
        yield from _emphasis_problems(document, question, position)


def _emphasis_problems(document: Document[Round], question: Question, position: int) -> Iterator[Problem]:
    for place, signal in enumerate(question.emphasis):
        if signal not in document.value.signals:
            known = ", ".join(document.value.signals)
            what = f"{signal!r} is not among the signals of this round; expected one of: {known}"
            yield document.problem(what, "questions", position, "emphasis", place)
