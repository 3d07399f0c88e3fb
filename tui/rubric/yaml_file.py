"""Read a YAML file into a typed value, or say with file and line what is wrong and what was expected."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Generic, TypeVar

from tui.rubric.shape import QUOTES, Place, adapter, expected_one_of, misfits, unknown_keys
from tui.transcript import one_line

T = TypeVar("T")
SCHEMA = 1
"""The version of the files that this program reads."""

_ID = re.compile(r"^id:[ \t]*[\"']?([\w-]+)", re.MULTILINE)
_OLD_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("bool", "int", "float", "timestamp")}
_NEW_RULES = (
    ("tag:yaml.org,2002:bool", r"^(?:true|True|TRUE|false|False|FALSE)$", "tTfF"),
    ("tag:yaml.org,2002:int", r"^[-+]?[0-9]+$", "-+0123456789"),
    ("tag:yaml.org,2002:float", r"^[-+]?(?:\.[0-9]+|[0-9]+\.[0-9]*)(?:[eE][-+]?[0-9]+)?$", "-+.0123456789"),
)


@dataclass(frozen=True)
class Problem:
    """Something wrong in a rubric file."""

    file: Path
    line: int
    """Counted from 1."""
    what: str
    """What is wrong and what was expected."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.what}"


@dataclass(frozen=True)
class Document(Generic[T]):
    """A file that was read: its value, and where in the file everything stands."""

    file: Path
    value: T
    lines: Mapping[Place, int]

    def problem(self, what: str, *place: str | int) -> Problem:
        """A problem at `place`, or at the nearest place around it that has a line."""
        return Problem(self.file, _line(self.lines, place), what)


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """What is wrong with a `name` that is none of those `known`."""
    names = list(known)
    close = difflib.get_close_matches(name, names, n=1)
    return f"there is no {kind} {name!r}; " + (f"did you mean {close[0]!r}?" if close else expected_one_of(names))


def as_sentence(text: str) -> str:
    """`text` with a full stop, unless it ends like a sentence."""
    return text if text.endswith((".", "?", "!")) else f"{text}."


def taken(document: Document[Any], first: Document[Any]) -> Problem:
    """That `document` has the id of a file that was read before it, in the same folder."""
    return document.problem(f"the id {document.value.id!r} is that of {first.file.name}, too; it is left out", "id")


def read_yaml(file: Path, type_: type[T]) -> tuple[Document[T] | None, list[Problem]]:
    """The document in `file` as a `type_` (a dataclass), or what is wrong with it. Raises nothing."""
    import yaml

    try:
        text = file.read_text(encoding="utf-8")
        loader = _loader()(text)
        node = loader.get_single_node()
        lines: dict[Place, int] = {}
        problems = [Problem(file, line, what) for line, what in _walk(node, (), lines, set())]
        data = loader.construct_document(node) if node is not None else None
    except OSError as error:
        return None, [Problem(file, 1, f"cannot be read: {error.strerror or error}")]
    except UnicodeDecodeError:
        return None, [Problem(file, 1, "is not a text file; expected YAML in UTF-8")]
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        what = one_line(str(getattr(error, "problem", None) or error))
        return None, [Problem(file, (mark.line + 1) if mark else 1, f"is not YAML: {_hint(what)} ({what})")]
    if not isinstance(data, dict):
        return None, [Problem(file, 1, "holds no keys; expected a mapping that begins with 'schema: 1'")]
    problems += _schema(data, file, lines)
    value, wrong = _validate(data, type_)
    problems += [Problem(file, _line(lines, place), what) for place, what in wrong]
    if problems or value is None:
        return None, sorted(problems, key=lambda problem: problem.line)
    return Document(file, value, lines), []


def texts_of(file: Path) -> list[tuple[Place, str, int]]:
    """Every plain value in a file that holds YAML: where it stands, its text, and its line."""
    node = _loader()(file.read_text(encoding="utf-8")).get_single_node()
    return list(_texts(node, ()))


def _texts(node: Any, place: Place) -> Iterator[tuple[Place, str, int]]:
    if node.id == "scalar":
        yield place, node.value, node.start_mark.line + 1
    for position, value in enumerate(node.value if node.id == "sequence" else ()):
        yield from _texts(value, (*place, position))
    for key, value in node.value if node.id == "mapping" else ():
        yield from _texts(value, (*place, str(key.value)))


def named_id(file: Path) -> str:
    """The `id` that a file gives itself, which may be no YAML at all; its name without the ending when it has none."""
    with suppress(OSError, UnicodeDecodeError):
        found = _ID.search(file.read_text(encoding="utf-8"))
        if found:
            return found[1]
    return file.stem


_HINTS = (
    ("cannot start any token", "a text that begins with @, % or ` needs quotes, and tabs cannot indent"),
    ("alias", "a text that begins with * needs quotes"),
    ("anchor", "a text that begins with & needs quotes"),
    ("alphabetic or numeric", "a text that begins with * or & needs quotes"),
    ("mapping values are not allowed", f"{QUOTES}, or else the line is not indented like the one above"),
    ("',' or ']'", "a [ is not closed, or a text with , or [ or ] in it needs quotes"),
    ("',' or '}'", "a { is not closed, or a text with , or { or } in it needs quotes"),
    ("end of stream", "a quote or a bracket is not closed"),
)


def _hint(what: str) -> str:
    """What most likely lies behind `what` the parser complains of."""
    usual = f"the line is not indented like those above it, or else {QUOTES}"
    return next((hint for sign, hint in _HINTS if sign in what), usual)


@lru_cache
def _loader() -> Any:
    """PyYAML's safe loader, in C where there is one, for which `no`, `on` and `1:30` are text as in YAML 1.2."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers = {
            first: [(tag, rule) for tag, rule in rules if tag not in _OLD_TAGS]
            for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
        }

    for tag, rule, first in _NEW_RULES:
        Loader.add_implicit_resolver(tag, re.compile(rule), list(first))
    return Loader


def _schema(data: dict[Any, Any], file: Path, lines: Mapping[Place, int]) -> list[Problem]:
    version = data.pop("schema", None)
    if version == SCHEMA:
        return []
    what = "schema is missing" if version is None else f"schema is {version!r}"
    return [Problem(file, _line(lines, ("schema",)), f"{what}; expected {SCHEMA}")]


def _walk(node: Any, place: Place, lines: dict[Place, int], seen: set[int]) -> Iterator[tuple[int, str]]:
    """Note the line of every value below `node`; yields keys that stand twice in one mapping."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    lines.setdefault(place, node.start_mark.line + 1)
    if node.id == "mapping":
        keys: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in keys:
                yield key.start_mark.line + 1, f"{name!r} stands here a second time; expected each key once"
            keys.add(name)
            lines[(*place, name)] = key.start_mark.line + 1
            yield from _walk(value, (*place, name), lines, seen)
    elif node.id == "sequence":
        for position, value in enumerate(node.value):
            yield from _walk(value, (*place, position), lines, seen)


def _line(lines: Mapping[Place, int], place: Place) -> int:
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place, 1)


def _validate(data: object, type_: type[T]) -> tuple[T | None, list[tuple[Place, str]]]:
    """`data` as a `type_`, and what is wrong with it."""
    from pydantic import ValidationError

    odd = list(unknown_keys(data, type_))
    shape: Any = type_
    try:
        return adapter(shape).validate_python(data), odd
    except ValidationError as error:
        wrong = [*odd, *misfits(data, type_)]
        # What nobody thought of is told in the validator's words, and not passed over.
        return None, wrong or [(tuple(item["loc"]), one_line(item["msg"])) for item in error.errors()]
