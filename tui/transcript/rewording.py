"""A transcript with its words corrected by a person, who hears better than any recogniser."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from tui.transcript.clean import clean
from tui.transcript.types import Segment, Transcript, Word

Placed = tuple[Word, int, bool]
"""A word, the number of the segment that it belongs to, and whether a person put it there."""


def reworded(transcript: Transcript, text: str) -> Transcript:
    """`transcript` saying `text`: words that stay keep their times, others get those of the words they replace.

    New words have no probability, since nobody guessed them; a segment that was unclear and has new words is clear.
    """
    if not transcript.timed or not transcript.placed:
        return replace(transcript, segments=(Segment.of_text(clean(text).strip()),))
    old = [(word, number) for number, segment in enumerate(transcript.segments) for word in segment.words]
    placed = list(_aligned(old, clean(text).split()))
    segments: list[Segment] = []
    for number, segment in enumerate(transcript.segments):
        words = [word for word, place, _ in placed if place == number]
        touched = any(new for _, place, new in placed if place == number)
        if words:
            segments.append(Segment.of_words(words, None if touched else segment.unclear))
    return replace(transcript, segments=tuple(segments))


def _aligned(old: Sequence[tuple[Word, int]], new: Sequence[str]) -> Iterator[Placed]:
    matcher = SequenceMatcher(
        None, [_plain(word.text) for word, _ in old], [_plain(word) for word in new], autojunk=False
    )
    for kind, i, j, first, last in matcher.get_opcodes():
        if kind == "equal":
            for (word, segment), text in zip(old[i:j], new[first:last], strict=True):
                yield replace(word, text=text), segment, False
        elif last > first:
            start, end = _room(old, i, j)
            segment = old[i][1] if j > i else old[max(0, i - 1)][1]
            yield from ((word, segment, True) for word in _spread(new[first:last], start, end))


def _room(old: Sequence[tuple[Word, int]], i: int, j: int) -> tuple[float, float]:
    """The seconds that new words get: those of the old words `i` up to `j`, or the gap where there are none."""
    if j > i:
        return old[i][0].start or 0.0, old[j - 1][0].end or 0.0
    before = old[i - 1][0].end or 0.0 if i else 0.0
    after = old[i][0].start or before if i < len(old) else before
    return before, max(before, after)


def _spread(words: Sequence[str], start: float, end: float) -> Iterator[Word]:
    """`words` from `start` to `end`, each as long as its share of the letters."""
    whole = sum(len(word) for word in words)
    at = start
    for word in words:
        until = at + (end - start) * len(word) / whole
        yield Word(word, at, until)
        at = until


def _plain(word: str) -> str:
    return re.sub(r"\W+", "", word.lower()) or word
