"""Pieces of audio to segments: decode them, doubt what comes out, keep what stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
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

BATCH = 8
"""Pieces that are decoded at once at most."""
REPETITION = "The recogniser repeated itself here, so these words cannot be trusted."


@dataclass(frozen=True)
class Piece:
    """A piece of an answer's audio."""

    samples: NDArray[np.float32]
    """Mono float32 at 16 kHz, shape (n,)."""
    start: float
    """Where it starts in the answer, in seconds."""
    voice: tuple[Span, ...]
    """The voice in it, in seconds of the answer."""

    @property
    def end(self) -> float:
        """Where it ends in the answer, in seconds."""
        return self.start + len(self.samples) / SAMPLE_RATE

    def levelled(self) -> Piece:
        """The same, as loud as recordings usually are."""
        voice = [Span(span.start - self.start, span.end - self.start) for span in self.voice]
        return replace(self, samples=levelled(self.samples, voice))


def transcribe(engine: Engine, pieces: Sequence[Piece], terms: Sequence[str]) -> Iterator[Segment | None]:
    """What is said in each of `pieces`, or None when nothing is, with times in seconds of the answer.

    Several are decoded at once, which takes half the time; what they say is the same.
    """
    for first in range(0, len(pieces), BATCH):
        batch = [piece.levelled() for piece in pieces[first : first + BATCH]]
        heard = _heard(engine, [piece.samples for piece in batch], terms)
        yield from (_segment(engine, piece, words, terms) for piece, words in zip(batch, heard, strict=True))


def _segment(engine: Engine, piece: Piece, words: tuple[Word, ...], terms: Sequence[str]) -> Segment | None:
    """What stands of the `words` that were heard in `piece`, with what was left out."""
    unclear = REPETITION if loops(words) else None
    kept = on_voice(voiced_words(_placed(words, piece.start, piece.end), piece.voice), piece.voice)
    if not unclear:
        kept = _with_lost_speech(engine, piece, kept, terms)
    return Segment.of_words(kept, unclear) if kept else None


def _heard(engine: Engine, pieces: Sequence[NDArray[np.float32]], terms: Sequence[str]) -> list[tuple[Word, ...]]:
    """The words in each piece, heard without terms, and once more with those that are like something that was heard."""
    heard: list[tuple[Word, ...]] = []
    for samples, plain in zip(pieces, engine.decode(pieces, ()), strict=True):
        told = likely(terms, plain)
        (primed,) = engine.decode([samples], told) if told else (plain,)
        if not told or loops(primed):
            heard.append(plain)
        else:
            heard.append(primed if loops(plain) else mended(plain, primed, told))
    return heard


def _with_lost_speech(engine: Engine, piece: Piece, words: tuple[Word, ...], terms: Sequence[str]) -> tuple[Word, ...]:
    """`words` with those that a second hearing finds where there was voice and no word."""
    for gap in lost(words, piece.voice, piece.start, piece.end):
        began = max(piece.start, hearing_from(words, gap, piece.voice))
        first, last = (int((at - piece.start) * SAMPLE_RATE) for at in (began, gap.end))
        (again,) = _heard(engine, [piece.samples[first:last]], terms)
        if not loops(again):
            found = on_voice(voiced_words(_placed(again, began, gap.end), piece.voice), piece.voice)
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
