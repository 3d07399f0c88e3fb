"""Rubrics from YAML: the shipped folder, with a person's own folder laid over it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tui.errors import RubricError
from tui.rubric.checks import Checker
from tui.rubric.files import RubricFile, ScopesFile, SignalFile
from tui.rubric.types import Rubric
from tui.rubric.yaml_file import Document, Problem, as_sentence, named_id, read_yaml, taken

T = TypeVar("T")

APART = {"plans.yaml", "loops.yaml"}
"""Files that no score depends on."""


@dataclass(frozen=True)
class RubricReading:
    """What was read from the folders, and what could not be."""

    rubric: Rubric | None
    problems: tuple[Problem, ...]
    signal_files: Mapping[str, Path]
    """Where each signal was read from."""

    @property
    def broken(self) -> Mapping[str, Problem]:
        """The first problem of each signal that could not be read, by the id in its file and by the file's name."""
        found: dict[str, Problem] = {}
        for problem in self.problems:
            if problem.file.parent.name == "signals":
                for name in (named_id(problem.file), problem.file.stem):
                    found.setdefault(name, problem)
        return found


def problem_error(problems: Iterable[Problem]) -> RubricError:
    """The first of `problems` as an error that also says how many there are."""
    found = list(problems)
    if len(found) == 1:
        return RubricError(as_sentence(str(found[0])), "`mockloop rubric check` on the file tells when it is right.")
    more = f"{as_sentence(str(found[0]))} There {'is' if len(found) == 2 else 'are'} {len(found) - 1} more."
    return RubricError(more, "Run `mockloop rubric check` on the file for the whole list.")


def read_rubric(*folders: Path, trusted: Path | None = None) -> RubricReading:
    """Everything that can be read in `folders`; files with problems are left out and told. Raises nothing.

    The patterns in the folder `trusted` are not read: that takes most of the time, and the tests do it for the shipped
    files.
    """
    problems: list[Problem] = []
    parts = _collect(folders, "rubric.yaml", RubricFile, problems)
    scopes = _collect(folders, "scopes.yaml", ScopesFile, problems)
    signals = _collect(folders, "signals/*.yaml", SignalFile, problems)
    if not _complete(parts, scopes, problems, folders):
        return RubricReading(None, tuple(problems), {})
    checker = Checker(_assemble(parts, scopes, {}, ""), trusted)
    parts = _sound(parts, checker.rubric, problems)
    scopes = _sound(scopes, checker.scopes, problems)
    if not _complete(parts, scopes, problems, folders):
        return RubricReading(None, tuple(problems), {})
    signals = _sound(signals, checker.signal, problems)
    by_id = _by_id(signals, problems)
    rubric = _assemble(parts, scopes, by_id, _digest(folders))
    return RubricReading(rubric, tuple(problems), {id_: document.file for id_, document in by_id.items()})


def _collect(folders: Iterable[Path], glob: str, type_: type[T], problems: list[Problem]) -> list[Document[T]]:
    found: list[Document[T]] = []
    for folder in folders:
        for file in sorted(folder.glob(glob)):
            document, wrong = read_yaml(file, type_)
            problems += wrong
            if document:
                found.append(document)
    return found


def _sound(
    documents: list[Document[T]], check: Callable[[Document[T]], Iterable[Problem]], problems: list[Problem]
) -> list[Document[T]]:
    """The documents that `check` finds nothing wrong with; what it finds goes to `problems`."""
    kept: list[Document[T]] = []
    for document in documents:
        wrong = list(check(document))
        problems += wrong
        if not wrong:
            kept.append(document)
    return kept


def _by_id(signals: list[Document[SignalFile]], problems: list[Problem]) -> dict[str, Document[SignalFile]]:
    """The signals by id, later folders winning; a second one with an id in one folder goes to `problems`."""
    found: dict[str, Document[SignalFile]] = {}
    for document in signals:
        twin = found.get(document.value.id)
        if twin and twin.file.parent == document.file.parent:
            problems.append(taken(document, twin))
        else:
            found[document.value.id] = document
    return found


def _complete(
    parts: list[Document[RubricFile]],
    scopes: list[Document[ScopesFile]],
    problems: list[Problem],
    folders: tuple[Path, ...],
) -> bool:
    """Whether there is enough to score with; what is missing goes to `problems`, unless the reason stands there."""
    missing = "a scopes.yaml" if not scopes else ""
    if not any(part.value.scoring for part in parts):
        missing = "a rubric.yaml with a scoring"
    if missing and not problems:
        problems.append(Problem(folders[0], 1, f"expected {missing} in this folder"))
    return not missing


def _assemble(
    parts: list[Document[RubricFile]],
    scopes: list[Document[ScopesFile]],
    signals: Mapping[str, Document[SignalFile]],
    digest: str,
) -> Rubric:
    """One rubric of all documents, later ones winning over earlier ones."""
    return Rubric(
        signals={id_: document.value.signal() for id_, document in signals.items()},
        dimensions={item.id: item for part in parts for item in part.value.dimensions},
        mistakes={item.id: item for part in parts for item in part.value.mistakes},
        scopes=tuple({scope.id: scope for part in scopes for scope in part.value.scopes}.values()),
        words={name: entries for part in parts for name, entries in part.value.words.items()},
        scoring=next(part.value.scoring for part in reversed(parts) if part.value.scoring),
        digest=digest,
        terms=tuple({term.term: term for part in parts for term in part.value.terms}.values()),
    )


def _digest(folders: Iterable[Path]) -> str:
    total = hashlib.sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*.yaml")):
            name = file.relative_to(folder).as_posix()
            if name in APART:
                continue
            # What cannot be read has been told, and decides nothing.
            with suppress(OSError):
                total.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
    return total.hexdigest()[:12]
