"""Rounds, questions and levels from YAML, checked against the rubric that scores them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tui.interview.checks import level_problems, loop_problems, question_problems, round_problems
from tui.interview.loop import Loop, Thresholds
from tui.interview.plan import Plan, PlansFile, plan_problems
from tui.interview.types import Catalogue, Level, Question, Round
from tui.rubric.load import RubricReading, problem_error, read_rubric
from tui.rubric.yaml_file import Document, Problem, read_yaml


@dataclass(frozen=True)
class LevelsFile:
    """`levels.yaml`."""

    levels: tuple[Level, ...]


@dataclass(frozen=True)
class LoopsFile:
    """`loops.yaml`."""

    loops: tuple[Loop, ...]
    reading: Thresholds | None = None


@dataclass(frozen=True)
class CatalogueReading:
    """What was read from the folders, and what could not be."""

    catalogue: Catalogue | None
    problems: tuple[Problem, ...]
    files: Mapping[str, Path] = field(default_factory=dict)
    """Where each signal, round and question was read from, by id; that of a question is `round/question`."""


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
    if rubric.rubric is None:
        return CatalogueReading(None, rubric.problems)
    reader = _Reader(rubric, trusted)
    for folder in folders:
        reader.read(folder)
    return reader.reading()


class _Reader:
    """Reads one folder after the other over what it has."""

    def __init__(self, rubric: RubricReading, trusted: Path | None) -> None:
        assert rubric.rubric
        self._rubric = rubric.rubric
        self._broken = rubric.broken
        self._trusted = trusted
        self._problems = list(rubric.problems)
        self._files = dict(rubric.signal_files)
        self._rounds: dict[str, Document[Round]] = {}
        self._questions: dict[str, dict[str, Document[Question]]] = {}
        self._levels: dict[str, Level] = {}
        self._plans: dict[str, Plan] = {}
        self._loops: list[Document[LoopsFile]] = []

    def read(self, folder: Path) -> None:
        """Lay what is in `folder` over what was read before."""
        for file in sorted(folder.glob("levels.yaml")):
            self._read_levels(file)
        for file in sorted(folder.glob("plans.yaml")):
            self._read_plans(file)
        for file in sorted(folder.glob("loops.yaml")):
            loops, wrong = read_yaml(file, LoopsFile)
            self._problems += wrong
            self._loops += [loops] if loops else []
        for file in sorted(folder.glob("rounds/*.yaml")):
            document, wrong = read_yaml(file, Round)
            self._problems += wrong
            if document:
                self._rounds[document.value.id] = document
        for file in sorted(folder.glob("questions/*/*.yaml")):
            question, wrong = read_yaml(file, Question)
            self._problems += wrong
            if question:
                self._questions.setdefault(file.parent.name, {})[question.value.id] = question

    def _read_levels(self, file: Path) -> None:
        document, wrong = read_yaml(file, LevelsFile)
        wrong = wrong or (list(level_problems(document, document.value.levels, self._rubric)) if document else [])
        self._problems += wrong
        if document and not wrong:
            self._levels |= {level.id: level for level in document.value.levels}

    def _read_plans(self, file: Path) -> None:
        document, wrong = read_yaml(file, PlansFile)
        self._problems += wrong
        for position, plan in enumerate(document.value.plans if document else ()):
            assert document
            trouble = list(plan_problems(document, plan, position, self._rubric))
            self._problems += trouble
            if not trouble:
                self._plans[plan.id] = plan

    def reading(self) -> CatalogueReading:
        """What all folders come to."""
        rounds: dict[str, Round] = {}
        for id_, document in self._rounds.items():
            round_ = self._round(document)
            if round_:
                rounds[id_] = round_
                self._files[id_] = document.file
        self._stray()
        in_order = dict(sorted(rounds.items(), key=lambda item: (item[1].order, item[0])))
        loops, reading = self._checked_loops(in_order)
        warnings = tuple(str(problem) for problem in self._problems)
        catalogue = Catalogue(self._rubric, in_order, warnings, self._levels, loops, reading, self._plans)
        return CatalogueReading(catalogue, tuple(self._problems), self._files)

    def _checked_loops(self, rounds: Mapping[str, Round]) -> tuple[dict[str, Loop], Thresholds]:
        """The loops whose rounds are there, and how scores are read."""
        loops: dict[str, Loop] = {}
        reading = Thresholds()
        for document in self._loops:
            wrong = list(loop_problems(document, document.value.loops, document.value.reading, rounds))
            self._problems += wrong
            if not wrong:
                loops |= {loop.id: loop for loop in document.value.loops}
                reading = document.value.reading or reading
        return loops, reading

    def _round(self, document: Document[Round]) -> Round | None:
        """The round in `document` with the questions of its folder; None when anything in its own file is wrong."""
        own = self._questions.get(document.value.id, {})
        wrong = list(round_problems(document, self._rubric, self._broken, tuple(own), self._checked(document.file)))
        questions = {question.id: question for question in document.value.questions}
        for question in own.values():
            trouble = list(question_problems(question, document.value, self._rubric, self._checked(question.file)))
            self._problems += trouble
            if not trouble:
                questions[question.value.id] = question.value
                self._files[f"{document.value.id}/{question.value.id}"] = question.file
        if not wrong and not questions:
            wrong = [document.problem("there are no questions; expected at least one", "questions")]
        self._problems += wrong
        return None if wrong else replace(document.value, questions=tuple(questions.values()))

    def _checked(self, file: Path) -> bool:
        return self._trusted is None or not file.is_relative_to(self._trusted)

    def _stray(self) -> None:
        for round_, questions in self._questions.items():
            if round_ not in self._rounds:
                known = ", ".join(self._rounds)
                self._problems += [
                    document.problem(f"there is no round {round_!r}, as its folder is called; expected one of: {known}")
                    for document in questions.values()
                ]
