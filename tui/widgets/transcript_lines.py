"""A readthrough set in lines of a given width: which words stand where, and how each looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from textwrap import wrap

from rich.cells import cell_len
from textual.content import Content

from tui.report.readthrough import Readthrough, ReadTurn, ReadWord
from tui.report.wording import at

COLOURS = ("$primary", "$secondary", "$success", "$warning", "$error")
"""Signals share these in turn; the numbers tell them apart."""


def colour_of(number: int) -> str:
    """The theme colour of the mark with that number."""
    return COLOURS[(number - 1) % len(COLOURS)]


@dataclass(frozen=True)
class Line:
    """One line: words of the transcript, or a text that is none of it."""

    first: int = 0
    """Index of the first word."""
    last: int = 0
    """Index after the last word; the same as `first` in a line without words."""
    text: str = ""
    """What stands before the words, or alone."""
    style: str = ""
    """Of `text`."""


def before_word(word: ReadWord) -> tuple[tuple[str, str], ...]:
    """What stands before a word: a pause, the numbers of the evidence that begins, the sign of a filler."""
    parts: list[tuple[str, str]] = []
    if word.pause:
        parts.append((f"({word.pause:.1f} s) ", "$foreground-muted"))
    parts += [(f"[{number}]", f"bold {colour_of(number)}") for number in word.opens]
    if word.filler:
        parts.append(("~", "$foreground-muted"))
    return tuple(parts)


def width_of(word: ReadWord) -> int:
    """How many cells a word takes with what stands before it."""
    return sum(cell_len(text) for text, _ in before_word(word)) + cell_len(word.text)


def set_in_lines(read: Readthrough, width: int) -> tuple[Line, ...]:
    """The lines of a readthrough, at most `width` cells wide unless a single word is wider."""
    lines: list[Line] = []
    for turn in read.turns:
        lines += _heading(turn, width)
        lines += _body(read, turn, width) if turn.last > turn.first else [Line(text="No words were recognised here.")]
        lines.append(Line())
    return tuple(lines[:-1])


def _heading(turn: ReadTurn, width: int) -> Iterator[Line]:
    label = f"{turn.label[:1].upper()}{turn.label[1:]}: {turn.prompt}"
    for text in wrap(label, max(10, width)):
        yield Line(turn.first, turn.first, text, "bold $primary")


def _body(read: Readthrough, turn: ReadTurn, width: int) -> Iterator[Line]:
    first, used, stamp = turn.first, 0, ""
    for place in range(turn.first, turn.last):
        word = read.words[place]
        if word.begins and place > turn.first:
            yield Line(first, place, stamp, "bold $primary")
            first, used, stamp = place, 0, ""
        if word.begins and word.seconds is not None:
            stamp = f"{at(word.seconds)}  "
            used = len(stamp)
        needed = width_of(word) + (1 if place > first else 0)
        if place > first and used + needed > width:
            yield Line(first, place, stamp, "bold $primary")
            first, used, stamp, needed = place, 0, "", needed - 1
        used += needed
    yield Line(first, turn.last, stamp, "bold $primary")


def painted(read: Readthrough, line: Line, cursor: int, selected: range, focused: bool) -> Content:
    """A line with the word at `cursor` and those in `selected` shown as such."""
    parts: list[Content | tuple[str, str]] = [(line.text, line.style)] if line.text else []
    for place in range(line.first, line.last):
        word = read.words[place]
        if place > line.first:
            parts.append((" ", _style_between(read, place, selected)))
        parts += before_word(word)
        parts.append((word.text, _style(word, place == cursor, place in selected, focused)))
    return Content.assemble(*parts)


def _style(word: ReadWord, here: bool, selected: bool, focused: bool) -> str:
    found = [f"underline {colour_of(word.marks[0])}"] if word.marks else []
    if word.unclear or word.filler:
        found.append("italic")
    if selected:
        found.append("bold on $primary 35%")
    if here:
        found.append("bold reverse" if focused else "reverse")
    return " ".join(found)


def _style_between(read: Readthrough, place: int, selected: range) -> str:
    """Of the space before a word that goes on with what the word before it began."""
    if place in selected and place - 1 in selected:
        return "on $primary 35%"
    word = read.words[place]
    shared = [number for number in word.marks if number not in word.opens]
    return f"underline {colour_of(shared[0])}" if shared else ""
