"""Stretches of an answer that are read as a whole: overlapping windows of words on a fixed grid.

A window's place depends on the words before it only, so that an answer that grows keeps the windows it had.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where the words of `text` are, cut at white space: offsets of their first character and after their last."""
    return [match.span() for match in _WORD.finditer(text)]


def windows(text: str) -> Iterator[Window]:
    """The windows of `text`, shorter ones first; the last of each length may be cut short by the end."""
    spans = word_spans(text)
    for length in LENGTHS:
        hop = length // HOPS
        for first in range(0, max(1, len(spans) - length + hop), hop):
            taken = spans[first : first + length]
            if taken:
                yield Window(taken[0][0], taken[-1][1], text[taken[0][0] : taken[-1][1]])
