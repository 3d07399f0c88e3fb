"""Word errors of transcripts against references: counted after Whisper's own normalisation, aligned by jiwer."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import jiwer
from whisper_normalizer.english import EnglishTextNormalizer

TYPOGRAPHIC = str.maketrans("‘’“”", "''\"\"")
"""The normaliser knows contractions with a straight apostrophe only."""


@dataclass(frozen=True)
class HeardWord:
    """A word of a transcript, in seconds of its audio."""

    text: str
    start: float
    end: float


@dataclass
class Errors:
    """Counts over one or more texts."""

    words: int = 0
    substitutions: int = 0
    deletions: int = 0
    insertions: int = 0
    longest_lost: int = 0
    """The most reference words in a row of which nothing was heard."""

    @property
    def rate(self) -> float:
        return (self.substitutions + self.deletions + self.insertions) / max(1, self.words)

    @property
    def deleted(self) -> float:
        return self.deletions / max(1, self.words)

    def add(self, other: Errors) -> None:
        """Count those of `other` too."""
        self.words += other.words
        self.substitutions += other.substitutions
        self.deletions += other.deletions
        self.insertions += other.insertions
        self.longest_lost = max(self.longest_lost, other.longest_lost)


@cache
def _normaliser() -> EnglishTextNormalizer:
    return EnglishTextNormalizer()


def normalised(text: str) -> str:
    """`text` as Whisper's authors normalise it before counting."""
    return str(_normaliser()(text.translate(TYPOGRAPHIC)))


def align(reference: str, heard: str) -> jiwer.WordOutput:
    """The alignment of two texts that are normalised already."""
    return jiwer.process_words(reference, heard)


def count(reference: str, heard: str) -> Errors:
    """The errors in `heard`. Raises ValueError for a reference without words."""
    if not (told := normalised(reference)):
        raise ValueError(f"nothing is left of the reference {reference!r}")
    found = align(told, normalised(heard))
    lost = max((c.ref_end_idx - c.ref_start_idx for c in found.alignments[0] if c.type == "delete"), default=0)
    words = found.hits + found.substitutions + found.deletions
    return Errors(words, found.substitutions, found.deletions, found.insertions, lost)


def start_errors(references: list[tuple[str, float]], words: list[HeardWord]) -> list[float]:
    """By how many seconds the first word of each reference is off, where it was heard right.

    `references` are texts with the second at which each begins, in order; `words` are everything that was heard. A
    text that begins with a filler, which the normalisation drops, says nothing of the word after it.
    """
    firsts: dict[int, float] = {}
    told: list[str] = []
    for text, start in references:
        if normalised(text.split()[0]):
            firsts[len(told)] = start
        told += normalised(text).split()
    heard: list[str] = []
    starts: list[float] = []
    for word in words:
        # A word may be normalised to several ("it's"), of which only the first starts where it does.
        parts = normalised(word.text).split()
        heard += parts
        starts += [word.start] * len(parts)
    found = align(" ".join(told), " ".join(heard))
    errors: list[float] = []
    for chunk in found.alignments[0]:
        if chunk.type == "equal":
            for i in range(chunk.ref_start_idx, chunk.ref_end_idx):
                if i in firsts:
                    errors.append(starts[chunk.hyp_start_idx + i - chunk.ref_start_idx] - firsts[i])
    return errors
