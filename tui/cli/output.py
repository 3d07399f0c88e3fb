"""What commands print: cleaned text on standard output, one line of progress on standard error."""

from __future__ import annotations

import json
import shutil
import sys
from types import TracebackType
from typing import IO, Any

import click

from tui.transcript import clean, one_line

LEAST_WIDTH = 20
PIPED_WIDTH = 100
"""Columns that text is laid out for when it does not go to a terminal."""


def say(text: str = "", err: bool = False) -> None:
    """Print `text` and a line end, without the control characters it may hold; with `err` on standard error."""
    click.echo(clean(text), err=err)


def paragraph(text: str) -> str:
    """`text` cleaned, its lines filled to the width."""
    import textwrap

    return textwrap.fill(one_line(text), width())


def write(text: str) -> None:
    """Print `text` as it is but for control characters, adding no line end."""
    click.echo(clean(text), nl=False)


def warn(text: str) -> None:
    """Print one line on standard error."""
    click.echo(one_line(text), err=True)


def print_json(data: Any) -> None:
    """Print `data` as indented JSON."""
    click.echo(dumps(data, indent=2))


def dumps(data: Any, indent: int | None = None) -> str:
    """`data` as JSON that any terminal can show: readable, with everything invisible escaped."""
    text = json.dumps(data, ensure_ascii=False, indent=indent, allow_nan=False)
    if clean(text) != text or not _encodable(text, sys.stdout):
        text = json.dumps(data, indent=indent, allow_nan=False).replace("\x7f", "\\u007f")
    return text


def _encodable(text: str, stream: IO[str]) -> bool:
    try:
        text.encode(getattr(stream, "encoding", None) or "utf-8")
    except (UnicodeError, LookupError):
        return False
    return True


def width() -> int:
    """Columns to lay text out for."""
    if not is_terminal(sys.stdout):
        return PIPED_WIDTH
    return max(LEAST_WIDTH, shutil.get_terminal_size((80, 24)).columns)


def is_terminal(stream: IO[Any] | None) -> bool:
    """Whether a person sits at the other end of `stream`."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:
        return False


class ProgressLine:
    """One line on standard error that is rewritten in place; nothing at all when that is no terminal."""

    def __init__(self, label: str) -> None:
        self._label = one_line(label)
        self._shown = is_terminal(sys.stderr)
        self._last = ""

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, _: TracebackType | None) -> None:
        self.clear()

    def __call__(self, share: float, text: str) -> None:
        """Show the share that is done, 0 to 1, and `text`, as much of it as fits."""
        self.line(f"{self._label} {min(100, round(share * 100)):3d} %  {one_line(text)}")

    def line(self, text: str) -> None:
        """Show `text` in place of what the line said."""
        if not self._shown:
            return
        columns = max(LEAST_WIDTH, shutil.get_terminal_size((80, 24)).columns) - 1
        shown = text if len(text) <= columns else text[: columns - 3] + "..."
        if shown != self._last:
            sys.stderr.write("\r" + shown + " " * max(0, len(self._last) - len(shown)))
            sys.stderr.flush()
            self._last = shown

    def clear(self) -> None:
        """Take the line away."""
        if self._shown and self._last:
            sys.stderr.write("\r" + " " * len(self._last) + "\r")
            sys.stderr.flush()
            self._last = ""
