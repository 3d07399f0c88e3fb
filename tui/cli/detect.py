"""`mockloop detect`: which signals a text demonstrates, and where."""

from __future__ import annotations

import json
import sys
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import click

from tui.cli.context import services, tell_left_out
from tui.cli.output import dumps
from tui.errors import BadInputError
from tui.transcript import Transcript, one_line

if TYPE_CHECKING:
    from tui.rubric.detect import Detector

JSON_LINES = {".jsonl", ".ndjson"}
PIECE_BYTES = 1 << 16
EXPECTED = 'Expected JSON Lines of {"id": ..., "text": "..."}.'


@click.command()
@click.argument("source", metavar="[FILE or -]", default="-")
@click.option("--json", is_flag=True, expose_value=False, help="Without effect: the output is JSON Lines in any case.")
def detect(source: str) -> None:
    """Find the signals in a text.

    Reads a text, or JSON Lines of {"id", "text"}. Prints JSON Lines of {"id", "signals": {signal: [{"quote", "start",
    "end"}]}}, one for each text, in order. `start` and `end` count characters of the text as it was given.
    """
    texts = read_texts(_read(source), "-" if source == "-" else Path(source).name)
    facade = services()
    tell_left_out(facade.catalogue())
    detector = facade.assessor().detector
    for id_, text in texts:
        click.echo(dumps({"id": id_, "signals": find(detector, text)}))


def find(detector: Detector, text: str) -> dict[str, list[dict[str, Any]]]:
    """The demonstrated signals of `text` with their evidence; offsets are characters of `text`."""
    evidence = detector.detect(Transcript.of_text(text))
    certain = {signal: [item for item in found if item.certain] for signal, found in evidence.items()}
    return {
        signal: [{"quote": item.quote, "start": item.start, "end": item.end} for item in found]
        for signal, found in certain.items()
        if found
    }


def read_texts(content: str, name: str) -> list[tuple[str | int, str]]:
    """The texts in `content`, each with its id; a plain text is called `name`.

    Raises BadInputError, naming the line, for JSON Lines of which one is wrong.
    """
    lines = content.split("\n")
    named = Path(name).suffix.lower() in JSON_LINES
    first = next((line for line in lines if line.strip()), "")
    if not (first or named):
        raise BadInputError("There is no text to read.", "Give a file, or text on standard input.")
    if named or first.lstrip("\ufeff \t").startswith("{"):
        return [_parsed(line, number) for number, line in enumerate(lines, 1) if line.strip()]
    return [(name, content)]


def _parsed(line: str, number: int) -> tuple[str | int, str]:
    try:
        data = json.loads(line.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        reason = (
            error.msg if isinstance(error, json.JSONDecodeError) else "it is nested too deeply or holds giant numbers"
        )
        raise BadInputError(f"Line {number} is not JSON: {reason[:1].lower()}{reason[1:]}.", EXPECTED) from error
    if not isinstance(data, dict):
        raise BadInputError(f"Line {number} is not a JSON object.", EXPECTED)
    id_, text = data.get("id"), data.get("text")
    if isinstance(id_, bool) or not isinstance(id_, str | int):
        raise BadInputError(f'Line {number} has no "id" that is a text or a whole number.', EXPECTED)
    if not isinstance(text, str):
        raise BadInputError(f'Line {number} has no "text" that is a text.', EXPECTED)
    return id_, text


def _read(source: str) -> str:
    """The content of a file or of standard input, with its line ends as they are: offsets count them."""
    shown = "Standard input" if source == "-" else one_line(source)
    try:
        raw = _standard_input() if source == "-" else Path(source).read_bytes()
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise BadInputError(f"{shown} is not UTF-8 text: line {line}.", "Save it as UTF-8 and try again.") from error
    except OSError as error:
        raise BadInputError(f"{shown} cannot be read: {error.strerror}.", "Check the path.") from error


def _standard_input() -> bytes:
    # In pieces: an interrupt that falls between two reads of one whole `read()` would wait for the next byte.
    source = cast(BufferedIOBase, sys.stdin.buffer)
    return b"".join(iter(lambda: source.read1(PIECE_BYTES), b""))
