"""Voice that came out without words: Whisper sometimes leaps over part of a piece, most of all at its beginning."""

from __future__ import annotations

from collections.abc import Sequence

from tui.transcript import Span, Word

LONGEST_WORD = 1.5
"""Seconds that a word lasts at most; a longer one has been stretched over speech that was leapt over."""
WORTH_HEARING = 1.8
"""Seconds of voice without words that are worth a second hearing; word times are rough, so less says nothing."""
BELIEVED = 0.4
"""Mean probability of the words of a second hearing from which they are taken."""


def lost(words: Sequence[Word], voice: Sequence[Span], start: float, end: float) -> tuple[Span, ...]:
    """The stretches between `start` and `end` with at least 1.8 s of voice and none of `words`, in seconds."""
    found: list[Span] = []
    at = start
    for word in words:
        if word.start is None or word.end is None:
            return ()
        found.append(Span(at, word.start))
        at = max(at, min(word.end, word.start + LONGEST_WORD))
    found.append(Span(at, end))
    return tuple(gap for gap in found if _voiced(gap, voice) >= WORTH_HEARING)


def restored(words: Sequence[Word], gap: Span, again: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with what was heard `again` in `gap` at its place, if it is believable."""
    inside = [w for w in again if w.start is not None and w.end is not None and _middle(w, gap)]
    certainty = [w.probability for w in inside if w.probability is not None]
    if not certainty or sum(certainty) / len(certainty) < BELIEVED:
        return tuple(words)
    before = [w for w in words if (w.start or 0.0) < gap.start]
    return (*(_ended(w, gap.start) for w in before), *inside, *words[len(before) :])


def _voiced(gap: Span, voice: Sequence[Span]) -> float:
    return sum(max(0.0, min(span.end, gap.end) - max(span.start, gap.start)) for span in voice)


def _middle(word: Word, gap: Span) -> bool:
    assert word.start is not None
    assert word.end is not None
    return gap.start <= (word.start + word.end) / 2 <= gap.end


def _ended(word: Word, latest: float) -> Word:
    """`word`, over by `latest`."""
    if word.end is None or word.end <= latest:
        return word
    return Word(word.text, word.start, latest, word.probability)
