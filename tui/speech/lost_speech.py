"""Voice that came out without words: Whisper sometimes leaps over part of a piece, or stops before its end."""

from __future__ import annotations

from collections.abc import Sequence

from tui.transcript import Span, Word

LONGEST_WORD = 1.5
"""Seconds that a word lasts at most; a longer one has been stretched over speech that was leapt over."""
WORTH_HEARING = 1.8
"""Seconds of voice without words that are worth a second hearing; word times are rough, so less says nothing."""
WORTH_AT_END = 0.45
"""The same at the end of a piece, where a beam may prefer to stop early: the last word then lasts too long."""
WORD_SECONDS = 0.35
LETTER_SECONDS = 0.07
"""A last word lasts so long at most, and so much longer for each letter, before it hides others."""
CONTEXT_WORDS = 4
"""Words before the end that are heard again together with what follows them."""
BELIEVED = 0.4
"""Mean probability of the words of a second hearing from which they are taken."""


def lost(words: Sequence[Word], voice: Sequence[Span], start: float, end: float) -> tuple[Span, ...]:
    """The stretches between `start` and `end`, in seconds, with voice that is worth a second hearing and no word.

    A last word that lasts too long is doubtful itself, and belongs to the last stretch.
    """
    found: list[Span] = []
    at = start
    for word in words:
        if word.start is None or word.end is None:
            return ()
        found.append(Span(at, word.start))
        at = max(at, min(word.end, word.start + LONGEST_WORD))
    gaps = [gap for gap in found if _voiced(gap, voice) >= WORTH_HEARING]
    if not words:
        return (Span(start, end),) if _voiced(Span(start, end), voice) >= WORTH_HEARING else ()
    return (*gaps, *_end(words[-1], voice, end))


def _end(word: Word, voice: Sequence[Span], end: float) -> tuple[Span, ...]:
    """What was left out after the last `word` of a piece, if anything."""
    assert word.start is not None
    assert word.end is not None
    said_by = min(word.end, word.start + WORD_SECONDS + LETTER_SECONDS * len(word.text))
    if _voiced(Span(said_by, end), voice) < WORTH_AT_END:
        return ()
    return (Span(word.start if said_by < word.end else word.end, end),)


def hearing_from(words: Sequence[Word], gap: Span, voice: Sequence[Span]) -> float:
    """From when, in seconds, to hear again what is in `gap`: a short end is understood with the words before it."""
    before = [word.start for word in words if word.start is not None and word.start < gap.start]
    if _voiced(gap, voice) >= WORTH_HEARING or not before:
        return gap.start
    return before[-CONTEXT_WORDS:][0]


def restored(words: Sequence[Word], gap: Span, again: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with what was heard `again` in `gap` at its place, if it is believable."""
    inside = [w for w in again if w.start is not None and w.end is not None and _middle(w, gap)]
    certainty = [w.probability for w in inside if w.probability is not None]
    if not certainty or sum(certainty) / len(certainty) < BELIEVED:
        return tuple(words)
    before = [_ended(w, gap.start) for w in words if (w.start or 0.0) < gap.start]
    after = [w for w in words if (w.start or 0.0) >= gap.end]
    return (*before, *inside, *after)


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
