"""Rubrics from YAML: the shipped folder, with a person's own folder laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from tui.errors import RubricError
from tui.rubric.language import PatternError, read_pattern
from tui.rubric.types import (
    Dimension,
    Examples,
    Mistake,
    PatternRule,
    Rubric,
    Scope,
    Scoring,
    Signal,
    Timing,
)
from tui.rubric.yaml_file import Document, Problem, read_yaml

T = TypeVar("T")


@dataclass(frozen=True)
class RubricFile:
    """`rubric.yaml`; a person's own may hold any part of it."""

    dimensions: tuple[Dimension, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    scoring: Scoring | None = None
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class ScopesFile:
    """`scopes.yaml`."""

    scopes: tuple[Scope, ...]


@dataclass(frozen=True)
class SignalFile:
    """`signals/ID.yaml`: a `Signal`, whose patterns may be plain text."""

    id: str
    title: str
    dimension: str
    weight: float
    timing: Timing
    mistake: str
    advice: str
    example: str
    follow_up: str
    patterns: tuple[str | PatternRule, ...]
    allow: tuple[str, ...] = ()
    vocabulary: tuple[str, ...] = ()
    examples: Examples = field(default_factory=Examples)

    def signal(self) -> Signal:
        """The signal, with plain patterns as rules."""
        rules = tuple(PatternRule(rule) if isinstance(rule, str) else rule for rule in self.patterns)
        return Signal(**{**self.__dict__, "patterns": rules})


@dataclass(frozen=True)
class RubricReading:
    """What was read from the folders, and what could not be."""

    rubric: Rubric | None
    problems: tuple[Problem, ...]
    signal_files: Mapping[str, Path]
    """Where each signal was read from."""

    @property
    def broken(self) -> frozenset[str]:
        """Ids, going by the file names, of signals that could not be read."""
        return frozenset(problem.file.stem for problem in self.problems if problem.file.parent.name == "signals")


def load_rubric(*folders: Path) -> Rubric:
    """The rubric in `folders`, later ones laid over earlier ones. Raises RubricError with file and line."""
    reading = read_rubric(*folders)
    if reading.rubric is None or reading.problems:
        raise problem_error(reading.problems)
    return reading.rubric


def problem_error(problems: Iterable[Problem]) -> RubricError:
    """The first of `problems` as an error that also says how many there are."""
    found = list(problems)
    more = f" ({len(found) - 1} more)" if len(found) > 1 else ""
    return RubricError(f"{found[0]}{more}.", "Run `mockloop rubric check` on the file for the whole list.")


def read_rubric(*folders: Path) -> RubricReading:
    """Everything that can be read in `folders`; files with problems are left out and told. Raises nothing."""
    problems: list[Problem] = []
    parts = _collect(folders, "rubric.yaml", RubricFile, problems)
    scopes = _collect(folders, "scopes.yaml", ScopesFile, problems)
    signals = _collect(folders, "signals/*.yaml", SignalFile, problems)
    scoring = next((part.value.scoring for part in reversed(parts) if part.value.scoring), None)
    if scoring is None or not scopes:
        missing = "rubric.yaml with a scoring" if scoring is None else "scopes.yaml"
        problems = problems or [Problem(folders[0], 1, f"expected a {missing} in this folder")]
        return RubricReading(None, tuple(problems), {})
    rubric = Rubric(
        signals={},
        dimensions={item.id: item for part in parts for item in part.value.dimensions},
        mistakes={item.id: item for part in parts for item in part.value.mistakes},
        scopes=tuple({scope.id: scope for part in scopes for scope in part.value.scopes}.values()),
        words={name: entries for part in parts for name, entries in part.value.words.items()},
        scoring=scoring,
        digest=_digest(folders),
    )
    problems += [found for part in parts for found in _list_problems(part, rubric)]
    problems += [found for part in scopes for found in _scope_problems(part, rubric)]
    kept: dict[str, Document[SignalFile]] = {}
    for document in signals:
        wrong = list(_signal_problems(document, rubric))
        problems += wrong
        if not wrong:
            kept[document.value.id] = document
    complete = Rubric(**{**rubric.__dict__, "signals": {id_: doc.value.signal() for id_, doc in kept.items()}})
    return RubricReading(complete, tuple(problems), {id_: doc.file for id_, doc in kept.items()})


def _collect(folders: Iterable[Path], glob: str, type_: type[T], problems: list[Problem]) -> list[Document[T]]:
    found: list[Document[T]] = []
    for folder in folders:
        for file in sorted(folder.glob(glob)):
            document, wrong = read_yaml(file, type_)
            problems += wrong
            if document:
                found.append(document)
    return found


def _list_problems(document: Document[RubricFile], rubric: Rubric) -> Iterator[Problem]:
    for name, entries in document.value.words.items():
        for position, entry in enumerate(entries):
            yield from _pattern_problems(document, entry, rubric, "words", name, position)


def _scope_problems(document: Document[ScopesFile], rubric: Rubric) -> Iterator[Problem]:
    for position, scope in enumerate(document.value.scopes):
        for key in ("before", "after", "stops", "unless"):
            for place, source in enumerate(getattr(scope, key)):
                yield from _pattern_problems(document, source, rubric, "scopes", position, key, place)


def _signal_problems(document: Document[SignalFile], rubric: Rubric) -> Iterator[Problem]:
    signal = document.value.signal()
    if signal.dimension not in rubric.dimensions:
        yield document.problem(_unknown("dimension", signal.dimension, rubric.dimensions), "dimension")
    if signal.mistake not in rubric.mistakes:
        yield document.problem(_unknown("mistake", signal.mistake, rubric.mistakes), "mistake")
    if not signal.weight > 0:
        yield document.problem(f"'weight' is {signal.weight:g}; expected a number above 0", "weight")
    if not signal.patterns:
        yield document.problem("'patterns' is empty; expected at least one pattern", "patterns")
    yield from _allow_problems(document, signal.allow, rubric, "allow")
    for position, rule in enumerate(signal.patterns):
        yield from _allow_problems(document, rule.allow, rubric, "patterns", position, "allow")
        for source in (rule.match, *rule.unless, *rule.near):
            yield from _pattern_problems(document, source, rubric, "patterns", position)


def _allow_problems(
    document: Document[SignalFile], names: Iterable[str], rubric: Rubric, *place: str | int
) -> Iterator[Problem]:
    known = {scope.id: scope for scope in rubric.scopes}
    for name in names:
        if name not in known:
            yield document.problem(_unknown("scope", name, known), *place)


def _pattern_problems(document: Document[Any], source: str, rubric: Rubric, *place: str | int) -> Iterator[Problem]:
    try:
        read_pattern(source, rubric.words)
    except PatternError as error:
        yield document.problem(str(error), *place)


def _unknown(kind: str, name: str, known: Iterable[str]) -> str:
    return f"there is no {kind} {name!r}; expected one of: {', '.join(known)}"


def _digest(folders: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.yaml")):
            total.update(file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()[:12]
