"""One piece of audio to one segment: decode it, doubt what comes out, keep what stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from tui.speech.decode_checks import loops, voiced_words
from tui.speech.engine import Engine
from tui.speech.levelling import levelled
from tui.speech.likeness import likely
from tui.speech.lost_speech import hearing_from, lost, restored
from tui.speech.priming import mended
from tui.speech.types import SAMPLE_RATE
from tui.speech.word_times import on_voice
from tui.transcript import Segment, Span, Word, one_line

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

REPETITION = "The recogniser repeated itself here, so these words cannot be trusted."


def transcribe(
    engine: Engine,
    samples: NDArray[np.float32],
    offset_seconds: float,
    terms: Sequence[str],
    voice: Sequence[Span],
) -> Segment | None:
    """What is said in `samples`, which start `offset_seconds` into the answer, or None when nothing is.

    `samples` is mono float32 at 16 kHz, shape (n,); `voice` and the times of the result count from the start of the
    answer.
    """
    samples = levelled(samples, [Span(s.start - offset_seconds, s.end - offset_seconds) for s in voice])
    words = _heard(engine, samples, terms)
    unclear = REPETITION if loops(words) else None
    placed = _placed(words, offset_seconds, offset_seconds + len(samples) / SAMPLE_RATE)
    kept = on_voice(voiced_words(placed, voice), voice)
    if not unclear:
        kept = _with_lost_speech(engine, samples, offset_seconds, kept, voice)
    return Segment.of_words(kept, unclear) if kept else None


def _heard(engine: Engine, samples: NDArray[np.float32], terms: Sequence[str]) -> tuple[Word, ...]:
    """The words in `samples`, heard without terms, and once more with those that are like something that was heard."""
    plain = engine.decode(samples, ())
    told = likely(terms, plain)
    if not told:
        return plain
    primed = engine.decode(samples, told)
    if loops(primed):
        return plain
    return primed if loops(plain) else mended(plain, primed, told)


def _with_lost_speech(
    engine: Engine, samples: NDArray[np.float32], offset: float, words: tuple[Word, ...], voice: Sequence[Span]
) -> tuple[Word, ...]:
    """`words` with those that a second hearing finds where there was voice and no word."""
    end = offset + len(samples) / SAMPLE_RATE
    for gap in lost(words, voice, offset, end):
        began = max(offset, hearing_from(words, gap, voice))
        part = samples[int((began - offset) * SAMPLE_RATE) : int((gap.end - offset) * SAMPLE_RATE)]
        again = engine.decode(part, ())
        if not loops(again):
            found = on_voice(voiced_words(_placed(again, began, gap.end), voice), voice)
            words = restored(words, gap, found)
    return words


def _placed(words: Sequence[Word], start: float, end: float) -> list[Word]:
    """`words` cleaned, with times in the answer, in order and inside the piece that lasts from `start` to `end`."""
    placed: list[Word] = []
    for word in words:
        text = one_line(word.text)
        if not text:
            continue
        if word.start is None or word.end is None:
            placed.append(replace(word, text=text))
            continue
        begins = min(end, max(start, start + word.start))
        ends = min(end, max(begins, start + word.end))
        placed.append(replace(word, text=text, start=round(begins, 3), end=round(ends, 3)))
    return placed
