"""Rounds, questions and levels from YAML, checked against the rubric that scores them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from tui.interview.checks import level_problems, loop_problems, question_problems, round_problems
from tui.interview.loop import Loop, Thresholds
from tui.interview.plan import Plan, PlansFile, plan_problems
from tui.interview.types import Catalogue, Level, Question, Round
from tui.rubric.load import RubricReading, problem_error, read_rubric
from tui.rubric.yaml_file import Document, Problem, named_id, read_yaml, taken, unknown

T = TypeVar("T", Round, Question)


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
    if reading.catalogue and not ours:
        return reading.catalogue
    # What is wrong in shipped files that are sound by themselves follows from a file of the person's own.
    alone = read_catalogue(shipped, trusted=shipped)
    if alone.catalogue is None or alone.problems:
        raise problem_error(alone.problems)
    return reading.catalogue or replace(alone.catalogue, warnings=tuple(str(problem) for problem in reading.problems))


def read_catalogue(*folders: Path, trusted: Path | None = None) -> CatalogueReading:
    """Everything that can be read in `folders`, later ones laid over earlier ones. Raises nothing.

    Where a later file is wrong, what it would have replaced stays. Patterns in the folder `trusted` are not checked,
    which saves most of the time.
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
        self._left_out: dict[str, Problem] = {}
        self._files = dict(rubric.signal_files)
        self._folders: list[Path] = []
        self._rounds: dict[str, list[Document[Round]]] = {}
        self._questions: dict[str, dict[str, list[Document[Question]]]] = {}
        self._levels: dict[str, Level] = {}
        self._plans: dict[str, Plan] = {}
        self._loops: list[Document[LoopsFile]] = []

    def read(self, folder: Path) -> None:
        """Lay what is in `folder` over what was read before."""
        self._folders.append(folder)
        for file in sorted(folder.glob("levels.yaml")):
            self._read_levels(file)
        for file in sorted(folder.glob("plans.yaml")):
            self._read_plans(file)
        for file in sorted(folder.glob("loops.yaml")):
            loops, wrong = read_yaml(file, LoopsFile)
            self._tell(wrong, file.name)
            self._loops += [loops] if loops else []
        for file in sorted(folder.glob("rounds/*.yaml")):
            document, wrong = read_yaml(file, Round)
            self._tell(wrong, named_id(file) if wrong else "")
            if document:
                self._keep(self._rounds.setdefault(document.value.id, []), document)
        for file in sorted(folder.glob("questions/*/*.yaml")):
            question, wrong = read_yaml(file, Question)
            self._tell(wrong, f"{file.parent.name}/{named_id(file)}" if wrong else "")
            if question:
                known = self._questions.setdefault(file.parent.name, {})
                self._keep(known.setdefault(question.value.id, []), question)

    def _keep(self, known: list[Document[T]], document: Document[T]) -> None:
        """Add `document` to those with its id, unless one of them lies in the same folder."""
        twin = next((other for other in known if other.file.parent == document.file.parent), None)
        if twin:
            self._problems.append(taken(document, twin))
        else:
            known.append(document)

    def _tell(self, problems: Iterable[Problem], left_out: str = "") -> None:
        """Note `problems`, for which the file of `left_out` is not used."""
        for problem in problems:
            self._problems.append(problem)
            if left_out:
                self._left_out.setdefault(left_out, problem)

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
        for id_, documents in self._rounds.items():
            # The latest that is right: a slip in a person's copy of a round leaves the one that it would replace.
            found = next(((each, round_) for each in reversed(documents) if (round_ := self._round(each))), None)
            if found:
                self._files[id_] = found[0].file
                rounds[id_] = found[1]
        self._stray()
        in_order = dict(sorted(rounds.items(), key=lambda item: (item[1].order, item[0])))
        loops, reading = self._checked_loops(in_order)
        problems = tuple(dict.fromkeys(self._problems))
        warnings = tuple(str(problem) for problem in problems)
        left_out = {id_: str(problem) for id_, problem in self._left_out.items()}
        catalogue = Catalogue(self._rubric, in_order, warnings, self._levels, loops, reading, self._plans, left_out)
        return CatalogueReading(catalogue, problems, self._files)

    def _checked_loops(self, rounds: Mapping[str, Round]) -> tuple[dict[str, Loop], Thresholds]:
        """The loops whose rounds are there, and how scores are read."""
        loops: dict[str, Loop] = {}
        reading = Thresholds()
        for document in self._loops:
            file = document.value
            wrong = list(loop_problems(document, file.loops, file.reading, rounds, self._left_out))
            self._tell(wrong, document.file.name)
            if not wrong:
                loops |= {loop.id: loop for loop in file.loops}
                reading = file.reading or reading
        return loops, reading

    def _round(self, document: Document[Round]) -> Round | None:
        """The round in `document` with the questions of its folder; None when anything in its own file is wrong."""
        round_ = document.value
        own = self._questions.get(round_.id, {})
        wrong = list(round_problems(document, self._rubric, self._broken, tuple(own), self._checked(document.file)))
        questions = {question.id: question for question in round_.questions}
        if not wrong:
            found = {id_: self._question(documents, document) for id_, documents in own.items()}
            questions |= {id_: question for id_, question in found.items() if question}
            if not questions:
                what = f"there are no questions; expected some under 'questions:' or files in questions/{round_.id}/"
                wrong = [document.problem(what, "questions")]
        signals = {id_: weight for id_, weight in round_.signals.items() if id_ in self._rubric.signals}
        if not wrong and not signals:
            wrong = [document.problem("there is nothing to score: the files of all its signals are wrong", "signals")]
        self._tell(wrong, round_.id)
        if wrong:
            return None
        self._tell(self._unscored(document))
        return replace(round_, questions=tuple(questions.values()), signals=signals)

    def _unscored(self, document: Document[Round]) -> Iterator[Problem]:
        """What a round would score if the files of those signals were right."""
        for id_ in document.value.signals:
            if id_ not in self._rubric.signals:
                cause = self._broken[id_]
                where = f"{cause.file.parent.name}/{cause.file.name}:{cause.line}"
                what = f"{document.value.id!r} is scored without {id_!r}, whose file is wrong (see {where})"
                yield document.problem(what, "signals", id_)

    def _question(self, documents: list[Document[Question]], round_: Document[Round]) -> Question | None:
        """The latest question of `documents` with which nothing is wrong in that round."""
        for document in reversed(documents):
            # One that was there before the round was replaced may know signals that it no longer scores.
            older = self._layer(document.file) < self._layer(round_.file)
            signals = {*round_.value.signals, *(self._rubric.signals if older else ())}
            wrong = list(question_problems(document, signals, self._rubric, self._checked(document.file)))
            name = f"{round_.value.id}/{document.value.id}"
            self._tell(wrong, name)
            if not wrong:
                self._files[name] = document.file
                return document.value
        return None

    def _layer(self, file: Path) -> int:
        """The number of the folder, in the order of reading, that `file` is in."""
        return max(number for number, folder in enumerate(self._folders) if file.is_relative_to(folder))

    def _checked(self, file: Path) -> bool:
        return self._trusted is None or not file.is_relative_to(self._trusted)

    def _stray(self) -> None:
        """Tell of questions in folders that are called like no round."""
        for round_, questions in self._questions.items():
            if round_ in self._rounds:
                continue
            what = f"{unknown('round', round_, self._rounds)}; its folder is called so"
            if round_ in self._left_out:
                what = f"it is not asked, because the file of its round {round_!r} is wrong"
            for documents in questions.values():
                self._tell([document.problem(what) for document in documents])
