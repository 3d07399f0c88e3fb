"""Stretches of an answer that are read as a whole: overlapping windows of words on a fixed grid.

A window's place depends on the words before it only, so that an answer that grows keeps the windows it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LENGTHS = (24, 40)
"""Words in a window: about one sentence, and about two."""
HOPS = 3
"""Each length is moved on by this fraction of itself."""

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Window:
    """A stretch of text, by its character offsets."""

    start: int
    end: int
    text: str


def word_spans(text: str, start: int = 0) -> list[tuple[int, int]]:
    """Where the words of `text` from offset `start` on are, cut at white space: offsets of first and after last."""
    return [match.span() for match in _WORD.finditer(text, start)]


def grid(words: int, length: int) -> Iterator[tuple[int, int]]:
    """The windows of `length` words over so many words: the first and the one after the last of each.

    The last may be cut short by the end.
    """
    hop = length // HOPS
    for first in range(0, max(1, words - length + hop), hop):
        if first < words:
            yield first, min(words, first + length)


def windows(text: str) -> Iterator[Window]:
    """The windows of `text`, shorter ones first."""
    spans = word_spans(text)
    for length in LENGTHS:
        for first, stop in grid(len(spans), length):
            yield window(text, spans, first, stop)


def window(text: str, spans: Sequence[tuple[int, int]], first: int, stop: int) -> Window:
    """The words from `first` up to `stop`, where `spans` are those of `text`."""
    start, end = spans[first][0], spans[stop - 1][1]
    return Window(start, end, text[start:end])
