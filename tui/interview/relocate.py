"""Find words that were marked in one transcript in another transcript of the same answer."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from tui.transcript import Transcript

ALIKE = 0.6
"""Words that are at least this alike (difflib's ratio of words) are the marked ones; below, other words stand there."""


def relocated(
    transcript: Transcript, quote: str, start: int, start_seconds: float | None, end_seconds: float | None
) -> tuple[int, int] | None:
    """Where `quote`, which began at character `start`, stands in `transcript`, as characters from and up to.

    The same words come first, the nearest of several; then what was said in the same seconds; then the words that are
    most alike. None where there is nothing of them.
    """
    same = same_words(transcript.text, quote, start)
    if same:
        return same
    if start_seconds is not None and end_seconds is not None:
        spoken = _in_seconds(transcript, start_seconds, end_seconds)
        if spoken:
            return spoken
    return _alike(transcript, quote)


def same_words(text: str, quote: str, start: int) -> tuple[int, int] | None:
    """Where the words of `quote` stand in `text`, nearest to `start`; capitals and punctuation do not matter."""
    if not quote.strip():
        return None
    if text[start : start + len(quote)] == quote:
        return start, start + len(quote)
    together = r"\W+".join(map(re.escape, _words(quote))) or "(?!)"
    words = re.compile(rf"\b{together}\b", re.IGNORECASE)
    found = [match.span() for match in words.finditer(text)]
    return min(found, key=lambda span: abs(span[0] - start), default=None)


def _in_seconds(transcript: Transcript, start: float, end: float) -> tuple[int, int] | None:
    """The words of which most was said between `start` and `end`."""
    found = [
        placed
        for placed in transcript.placed
        if placed.word.start is not None
        and placed.word.end is not None
        and start <= (placed.word.start + placed.word.end) / 2 <= end
    ]
    return (found[0].start, found[-1].end) if found else None


def _alike(transcript: Transcript, quote: str) -> tuple[int, int] | None:
    wanted = _words(quote)
    if not wanted:
        return None
    placed = transcript.placed
    have = [" ".join(_words(each.word.text)) for each in placed]
    best, place = 0.0, None
    for first in range(len(have) - len(wanted) + 1):
        ratio = SequenceMatcher(None, wanted, have[first : first + len(wanted)], autojunk=False).ratio()
        if ratio > best:
            best, place = ratio, first
    if place is None or best < ALIKE:
        return None
    return placed[place].start, placed[place + len(wanted) - 1].end


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
