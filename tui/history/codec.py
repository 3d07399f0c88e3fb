"""Mocks and postmortems to and from JSON."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from tui.errors import BadInputError, StorageError
from tui.history.types import SCHEMA, Mock
from tui.rubric.verdicts import Postmortem
from tui.transcript import Transcript, clean
from tui.transcript.formats import from_json, to_json

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def encode(kind: type[Any], value: object, schema: int) -> dict[str, Any]:
    """The value of a dataclass `kind` as JSON data with its schema number."""
    return {"schema": schema, **_dumped(kind, value)}


def decode(kind: type[Any], content: bytes, name: str) -> Any:
    """The value of a dataclass `kind` in the file `name`. Raises StorageError when it is damaged or too new."""
    return _loaded(kind, content, name)


_UNCLEAN = re.compile(r"\\[bfru]")
"""How JSON writes characters that `clean` may take out."""


def encode_mock(mock: Mock) -> dict[str, Any]:
    """What `mock.json` holds."""
    return {"schema": SCHEMA, **_dumped(Mock, mock)}


def decode_mock(content: bytes, name: str) -> Mock:
    """The mock in the file `name` with `content`. Raises StorageError when it is damaged or from a newer mockloop."""
    mock: Mock = _loaded(Mock, content, name)
    return mock


def encode_postmortem(postmortem: Postmortem) -> dict[str, Any]:
    """What a `postmortem.R.json` holds."""
    return {"schema": SCHEMA, **_dumped(Postmortem, postmortem)}


def decode_postmortem(content: bytes, name: str) -> Postmortem:
    """The postmortem in the file `name` with `content`. Raises StorageError."""
    postmortem: Postmortem = _loaded(Postmortem, content, name)
    return postmortem


def encode_transcript(transcript: Transcript) -> dict[str, Any]:
    """What a `transcript-N.R.json` holds."""
    return to_json(transcript)


def decode_transcript(content: bytes, name: str) -> Transcript:
    """The transcript in the file `name` with `content`. Raises StorageError."""
    data = parse(content, name)
    try:
        return from_json(data, name)
    except BadInputError as error:
        raise StorageError(error.sentence, "The recording beside it can be transcribed again.") from error


def parse(content: bytes, name: str, newest: int = SCHEMA) -> dict[str, Any]:
    """The JSON object in `content`, its texts cleaned. Raises StorageError when it is none, or of a newer schema."""
    try:
        text = content.decode("utf-8-sig")
        data = json.loads(text, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise StorageError(f"{name} is damaged: it is not JSON.") from error
    if not isinstance(data, dict):
        raise StorageError(f"{name} is damaged: it is not a JSON object.")
    schema = data.get("schema")
    if type(schema) is not int or schema < 1:
        raise StorageError(f"{name} is damaged: it has no schema number.")
    if schema > newest:
        raise StorageError(f"{name} was written by a newer mockloop (schema {schema}).", "Update mockloop to read it.")
    if text.replace("\n", "").isprintable() and not _UNCLEAN.search(text):
        return data  # nothing in any of its texts could need cleaning, which takes most of the time
    cleaned: dict[str, Any] = _cleaned(data)
    return cleaned


def _no_number(word: str) -> None:
    """Refuse `NaN` and `Infinity`: JSON has neither, and no table of the index could hold them."""
    raise ValueError(word)


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_cleaned(item) for item in value]
    if isinstance(value, dict):
        return {clean(key): _cleaned(item) for key, item in value.items()}
    return value


def _dumped(kind: Any, value: object) -> dict[str, Any]:
    data: dict[str, Any] = _adapter(kind).dump_python(value, mode="json")
    return data


def _loaded(kind: Any, content: bytes, name: str) -> Any:
    from pydantic import ValidationError

    data = parse(content, name)
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "it"
        raise StorageError(f"{name} is damaged: {clean(where)}: {clean(first['msg'])}.") from error


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    # Pydantic takes longer to import than the rest of the history together.
    from pydantic import TypeAdapter

    return TypeAdapter(kind)
