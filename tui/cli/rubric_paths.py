"""Read the rubric files at a path, beside those that ship with the project and a person's own."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

from tui import locations
from tui.errors import BadInputError
from tui.interview.load import CatalogueReading, read_catalogue
from tui.rubric.types import Rubric
from tui.rubric.yaml_file import Problem
from tui.transcript import one_line

FOLDERS = ("signals", "rounds")
TOP_FILES = ("rubric.yaml", "scopes.yaml")
LAYOUT = "Expected rubric.yaml, scopes.yaml, signals/*.yaml or rounds/*.yaml."


@dataclass(frozen=True)
class PathReading:
    """What stands at a path: problems in its files, and the ids of what could be read from them."""

    problems: tuple[Problem, ...]
    signals: tuple[str, ...]
    rounds: tuple[str, ...]
    rubric: Rubric | None
    """The whole rubric, with the files of the path laid over the others."""


def read_path(path: Path | None, home: Path) -> PathReading:
    """The rubric files at `path` (a folder or a file; None: everything there is). Raises BadInputError."""
    others = [folder for folder in (locations.rubrics(), locations.user_rubrics(home)) if folder.is_dir()]
    if path is None:
        return _reading(read_catalogue(*others), None)
    if not path.exists():
        raise BadInputError(f"{one_line(str(path))} does not exist.", "Check the path.")
    place = path.resolve()
    if place.is_dir():
        if place.name in FOLDERS and any(place.glob("*.yaml")):
            return _reading(read_catalogue(*_with(others, place.parent)), place)
        if not any(any(place.glob(glob)) for glob in (*TOP_FILES, *(f"{name}/*.yaml" for name in FOLDERS))):
            raise BadInputError(f"There are no rubric files in {one_line(str(path))}.", LAYOUT)
        return _reading(read_catalogue(*_with(others, place)), place)
    if place.parent.name in FOLDERS or place.name in TOP_FILES:
        root = place.parent.parent if place.parent.name in FOLDERS else place.parent
        return _reading(read_catalogue(*_with(others, root)), place)
    return _alone(place, others)


def _with(others: list[Path], root: Path) -> list[Path]:
    """`others` with `root` on top, unless it is one of them."""
    return others if any(folder.resolve() == root for folder in others) else [*others, root]


def _alone(file: Path, others: list[Path]) -> PathReading:
    """A file outside the usual layout: it is read from where it would have to be."""
    kind = _kind(file)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder).resolve() / kind / f"{file.stem}.yaml"
        copy.parent.mkdir()
        shutil.copyfile(file, copy)
        found = _reading(read_catalogue(*others, copy.parent.parent), copy)
    return replace(found, problems=tuple(replace(problem, file=file) for problem in found.problems))


def _kind(file: Path) -> str:
    """`rounds` for a file that asks questions, `signals` for any other. Raises BadInputError when it is no text."""
    try:
        text = file.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise BadInputError(f"{one_line(str(file))} is not UTF-8 text.", LAYOUT) from error
    except OSError as error:
        raise BadInputError(f"{one_line(str(file))} cannot be read: {error.strerror}.", "Check the path.") from error
    return "rounds" if any(line.startswith("questions:") for line in text.splitlines()) else "signals"


def _reading(reading: CatalogueReading, place: Path | None) -> PathReading:
    def here(file: Path) -> bool:
        return place is None or file.resolve() == place or file.resolve().is_relative_to(place)

    rounds = reading.catalogue.rounds if reading.catalogue else {}
    ids = [id_ for id_, file in reading.files.items() if here(file)]
    return PathReading(
        problems=tuple(problem for problem in reading.problems if here(problem.file)),
        signals=tuple(id_ for id_ in ids if id_ not in rounds),
        rounds=tuple(id_ for id_ in ids if id_ in rounds),
        rubric=reading.catalogue.rubric if reading.catalogue else None,
    )
