"""What a value from YAML should have looked like, in words that need no knowledge of Python."""

from __future__ import annotations

import difflib
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from tui.transcript import one_line

Place = tuple[str | int, ...]
"""Keys and list positions that lead to a value in a file."""
QUOTES = "a text with ': ' in it needs quotes"
_PLAIN: Mapping[Any, str] = {str: "a text", float: "a number", int: "a whole number", bool: "true or false"}
_PLAINS: Mapping[Any, str] = {str: "texts, such as [a, b]", float: "numbers, such as [1, 2]"}


def expected_one_of(names: Iterable[str]) -> str:
    """Which names would have been right."""
    return f"expected one of: {', '.join(names) or 'none'}"


def unknown_keys(data: object, type_: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Keys in `data` that the dataclass `type_` has no field for."""
    if _is_shape(type_) and isinstance(data, dict):
        known, close = _keys(type_), _misspelt(data, type_)
        for key, value in data.items():
            if key in known:
                yield from unknown_keys(value, known[key], (*place, key))
            elif key != "schema":
                hint = f"did you mean {close[key]!r}?" if key in close else expected_one_of(known)
                yield (*place, str(key)), f"{one_line(repr(key))} is not known here; {hint}"
    elif get_origin(type_) in {tuple, list} and isinstance(data, list):
        for position, item in enumerate(data):
            yield from unknown_keys(item, get_args(type_)[0], (*place, position))
    elif _is_union(type_):
        if not _unquoted(data, type_):
            for option in get_args(type_):
                yield from unknown_keys(data, option, place)
    elif get_origin(type_) not in {None, tuple, list} and isinstance(data, dict):
        for key, value in data.items():
            yield from unknown_keys(value, get_args(type_)[-1], (*place, str(key)))


def misfits(data: object, type_: object, place: Place = ()) -> Iterator[tuple[Place, str]]:
    """Keys that are missing in `data`, and values that are of another kind than `type_` says."""
    if _is_union(type_):
        option = None if _unquoted(data, type_) else _suited(data, type_)
        if option is not None:
            yield from misfits(data, option, place)
            return
    elif _is_shape(type_) and isinstance(data, dict):
        yield from _misfits_of_shape(data, type_, place)
        return
    elif get_origin(type_) in {tuple, list} and isinstance(data, list):
        for position, item in enumerate(data):
            yield from misfits(item, get_args(type_)[0], (*place, position))
        return
    elif _is_mapping(type_) and isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(key, str):
                yield (*place, str(key)), f"the key {key!r} is no text; put quotes around it"
            yield from misfits(value, get_args(type_)[-1], (*place, str(key)))
        return
    if not _fits(data, type_):
        yield place, _wrong(data, type_, place)


def _misfits_of_shape(data: Mapping[Any, Any], type_: object, place: Place) -> Iterator[tuple[Place, str]]:
    meant = set(_misspelt(data, type_).values())
    required = _required(type_)
    for name, hint in _keys(type_).items():
        if name in data:
            yield from misfits(data[name], hint, (*place, name))
        elif name in required and name not in meant:
            yield place, f"{name!r} is missing; expected {described(hint)}"


def described(type_: object) -> str:
    """What `type_` stands for in a file."""
    if type_ in _PLAIN:
        return _PLAIN[type_]
    if _is_union(type_):
        return " or ".join("nothing" if option is type(None) else described(option) for option in get_args(type_))
    if isinstance(type_, type) and issubclass(type_, Enum):
        *most, last = [repr(member.value) for member in type_]
        return f"{', '.join(most)} or {last}" if most else last
    if get_origin(type_) in {tuple, list}:
        item = get_args(type_)[0]
        if item in _PLAINS:
            return f"a list of {_PLAINS[item]}"
        return "a list, each item of which is " + described(item)
    if _is_mapping(type_):
        return f"a mapping (`name: value`), each value of which is {described(get_args(type_)[-1])}"
    if _is_shape(type_):
        required = [repr(name) for name in _required(type_)]
        return f"a mapping with {', '.join(required) or expected_one_of(_keys(type_)).removeprefix('expected ')}"
    return "something else"


def _wrong(data: object, type_: object, place: Place) -> str:
    name = next((repr(key) for key in reversed(place) if isinstance(key, str)), "the file")
    if place and isinstance(place[-1], int):
        name = f"item {place[-1] + 1} of {name}"
    if data is None:
        return f"{name} is empty; expected {described(type_)}"
    takes_text = type_ is str or (_is_union(type_) and str in get_args(type_))
    hint = ""
    if takes_text and isinstance(data, dict):
        hint = f"; {QUOTES}"
    elif takes_text and isinstance(data, list):
        hint = "; a text that begins with [ needs quotes"
    elif takes_text:
        hint = "; put quotes around it"
    return f"{name} is {_short(data)}; expected {described(type_)}{hint}"


def _short(value: object) -> str:
    text = one_line(repr(value))
    return text if len(text) <= 60 else text[:57] + "..."


def _fits(data: object, type_: object) -> bool:
    from pydantic import ValidationError

    try:
        adapter(type_).validate_python(data)
    except ValidationError:
        return False
    return True


@cache
def adapter(type_: Any) -> Any:
    """The validator for `type_`, built once: building costs more than using."""
    from pydantic import TypeAdapter

    return TypeAdapter(type_)


def _suited(data: object, type_: object) -> object:
    """The member of a union that `data` was meant for, when its kind tells."""
    for option in get_args(type_):
        if isinstance(data, dict) and (_is_shape(option) or _is_mapping(option)):
            return option
        if isinstance(data, list) and get_origin(option) in {tuple, list}:
            return option
    return None


def _unquoted(data: object, type_: object) -> bool:
    """Whether `data` looks like a text that YAML took for a mapping, where a text or a mapping may stand."""
    shapes = [option for option in get_args(type_) if _is_shape(option)]
    if not (isinstance(data, dict) and str in get_args(type_) and shapes):
        return False
    return not any(key in _keys(shape) or key in _misspelt(data, shape) for shape in shapes for key in data)


def _misspelt(data: Mapping[Any, Any], type_: object) -> dict[Any, str]:
    """The keys of `data` that `type_` does not know and that resemble one of its own which is not there."""
    known = _keys(type_)
    absent = [name for name in known if name not in data]
    found = {key: difflib.get_close_matches(str(key), absent, n=1) for key in data if key not in known}
    return {key: close[0] for key, close in found.items() if close}


@cache
def _keys(type_: Any) -> Mapping[str, Any]:
    """The types of a dataclass's fields, by name."""
    hints = get_type_hints(type_)
    return {field.name: hints[field.name] for field in fields(type_)}


def _required(type_: Any) -> list[str]:
    return [f.name for f in fields(type_) if f.default is MISSING and f.default_factory is MISSING]


def _is_union(type_: object) -> bool:
    return get_origin(type_) in {Union, types.UnionType}


def _is_shape(type_: object) -> bool:
    return isinstance(type_, type) and is_dataclass(type_)


def _is_mapping(type_: object) -> bool:
    origin = get_origin(type_)
    return isinstance(origin, type) and issubclass(origin, Mapping)
