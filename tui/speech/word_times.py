"""Correct the times of words by where voice is: Whisper has first words begin in the silence before them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui.transcript import Span, Word

LEAST_SECONDS = 0.05
"""Seconds that a word lasts at least."""


def on_voice(words: Sequence[Word], voice: Sequence[Span]) -> tuple[Word, ...]:
    """`words` beginning and ending in `voice`, as far as they lie in both; others as they are.

    Times count from the same moment as those of `voice`, whose stretches are in order.
    """
    return tuple(_on_voice(word, voice) for word in words)


def _on_voice(word: Word, voice: Sequence[Span]) -> Word:
    if word.start is None or word.end is None:
        return word
    start, end = word.start, word.end
    under = [Span(max(span.start, start), min(span.end, end)) for span in voice]
    # A word over a pause belongs to the longer of its parts: it is not said before and after.
    longest = max(under, key=lambda span: span.seconds, default=None)
    if longest is None or longest.seconds < LEAST_SECONDS:
        return word
    return replace(word, start=longest.start, end=longest.end)
