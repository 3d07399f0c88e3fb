"""Read the rubric files at a path, beside those that ship with the project and a person's own."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tui import locations
from tui.cli.rubric_remarks import FOLDERS, GLOBS, TOP_FILES, remarks, stray, strays
from tui.errors import BadInputError
from tui.interview.load import CatalogueReading, read_catalogue
from tui.interview.types import Catalogue
from tui.rubric.yaml_file import Problem
from tui.transcript import one_line

LAYOUT = f"Expected {', '.join(TOP_FILES)}, signals/*.yaml, rounds/*.yaml or questions/ROUND/*.yaml."


@dataclass(frozen=True)
class PathReading:
    """What stands at a path: problems in its files, and the ids of what could be read from them."""

    problems: tuple[Problem, ...]
    signals: tuple[str, ...]
    rounds: tuple[str, ...]
    questions: tuple[str, ...]
    """As `round/question`; those that stand in a round's own file belong to the round."""
    catalogue: Catalogue | None
    """Everything there is, with the files of the path laid over the others."""
    files: Mapping[str, Path]
    """Where everything in the catalogue was read from, by id as above."""
    warnings: tuple[Problem, ...] = ()
    """What is allowed and hardly meant: files that nothing reads, weights far beyond the usual."""


def read_path(path: Path | None, home: Path) -> PathReading:
    """The rubric files at `path` (a folder or a file; None: everything there is). Raises BadInputError."""
    others = [folder for folder in (locations.rubrics(), locations.user_rubrics(home)) if folder.is_dir()]
    if path is None:
        found = _reading(read_catalogue(*others), None)
        return replace(found, warnings=(*found.warnings, *(odd for folder in others for odd in strays(folder))))
    if not path.exists():
        raise BadInputError(f"{one_line(str(path))} does not exist.", "Check the path.")
    place = path.resolve()
    root = _root(place)
    if root is None and place.is_dir():
        raise BadInputError(f"There are no rubric files in {one_line(str(path))}.", LAYOUT)
    if root is None:
        found = _alone(place, others)
        misplaced = place.is_relative_to(locations.user_rubrics(home).resolve()) or place.suffix != ".yaml"
        return replace(found, warnings=(*found.warnings, *([stray(place, place.parent)] if misplaced else ())))
    found = _reading(read_catalogue(*_with(others, root)), place)
    odd = [each for each in strays(root) if each.file == place or each.file.is_relative_to(place)]
    return replace(found, warnings=(*found.warnings, *odd))


def file_named(name: str, home: Path) -> Path:
    """The file of the signal, round or question (`round/question`) called `name`, or a file of the top folder.

    Raises BadInputError.
    """
    others = [folder for folder in (locations.rubrics(), locations.user_rubrics(home)) if folder.is_dir()]
    if name in TOP_FILES:
        return next(folder / name for folder in reversed(others) if (folder / name).is_file())
    files = read_catalogue(*others, trusted=locations.rubrics()).files
    if name not in files:
        close = difflib.get_close_matches(name, files, n=1)
        hint = f"Did you mean {close[0]}?" if close else f"Name a signal, a round, ROUND/QUESTION or {TOP_FILES[0]}."
        raise BadInputError(f"There is no rubric file called '{one_line(name)}'.", hint)
    return files[name]


def _root(place: Path) -> Path | None:
    """The folder with the layout of rubrics that `place` is, or is in; None when there is none."""
    if place.is_dir() and any(any(place.glob(glob)) for glob in GLOBS):
        return place
    if place.name in TOP_FILES and place.is_file():
        return place.parent
    # signals/ID.yaml, questions/ROUND/ID.yaml, and the folders they are in.
    for folder in (place, *place.parents[:2]):
        if folder.name in FOLDERS and any(folder.rglob("*.yaml")):
            return folder.parent
    return None


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
    return replace(
        found,
        problems=tuple(replace(problem, file=file) for problem in found.problems),
        warnings=tuple(replace(warning, file=file) for warning in found.warnings),
        files={id_: file if path == copy else path for id_, path in found.files.items()},
    )


def _kind(file: Path) -> str:
    """The folder that a file belongs to, going by its keys. Raises BadInputError when it cannot be read."""
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
        signals=tuple(id_ for id_ in ids if id_ not in rounds and "/" not in id_),
        rounds=tuple(id_ for id_ in ids if id_ in rounds),
        questions=tuple(id_ for id_ in ids if "/" in id_),
        catalogue=reading.catalogue,
        files=reading.files,
        warnings=tuple(remarks(reading, here)),
    )
