"""What a sentence encoder adds to patterns: how likely each signal is in each window of an answer.

The encoder itself is passed in; nothing here knows how it works.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from tui.rubric.windows import Window, windows
from tui.rubric.words import Found, Words

COVERED = 0.75
"""A window speaks for a match when it holds this share of its words."""
CORE = 15
"""Words of the stretch that is quoted from a window without punctuation."""
LEAST_CORE = 4
"""Shorter sentences say too little by themselves."""
UNHEARD = -9.0
"""Logit of a signal where no window speaks for a match."""


@dataclass(frozen=True)
class Blend:
    """How a signal's logit and its patterns add up to a probability; fitted on development answers."""

    bias: float
    logit: float
    """Weight of the encoder's logit."""
    pattern: float
    """Added where a pattern matches, to the log-odds."""


class Meaning(Protocol):
    """A sentence encoder with one output for each signal it was trained on."""

    @property
    def version(self) -> str:
        """Kept with every score that it had a say in."""

    @property
    def blends(self) -> Mapping[str, Blend]:
        """By signal, in the order of the outputs."""

    @property
    def demonstrated(self) -> float:
        """A signal counts from this probability on."""

    @property
    def doubtful(self) -> float:
        """From this probability up to `demonstrated`, one cannot tell."""

    def logits(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """For each text, the log-odds of each signal."""


@dataclass(frozen=True)
class Candidate:
    """A place that may be evidence."""

    found: Found
    probability: float | None
    """0 to 1, or None where only patterns are known."""


class MeaningReading:
    """What an encoder hears in one text."""

    def __init__(self, meaning: Meaning, words: Words) -> None:
        self._meaning = meaning
        self._words = words
        self._columns = {signal: n for n, signal in enumerate(meaning.blends)}
        placed = [(window, _positions(words, window)) for window in windows(words.text)]
        self._windows = [(window, found) for window, found in placed if found]
        self._rows = meaning.logits([window.text for window, _ in self._windows])

    def knows(self, signal: str) -> bool:
        """Whether the encoder was trained on `signal`."""
        return signal in self._columns

    def candidates(self, signal: str, hits: Iterable[Found], earliest: int = 0) -> list[Candidate]:
        """Every place that is at least doubtful: matches of patterns, and windows that speak without one.

        What ends at the word `earliest`, or before it, is none: a recap is not a recap in the middle.
        """
        hits = [hit for hit in hits if hit.end > earliest]
        blend = self._meaning.blends[signal]
        column = self._columns[signal]
        found = [
            Candidate(hit, _odds(blend.bias + blend.logit * self._at(hit, column) + blend.pattern)) for hit in hits
        ]
        taken = [candidate.found for candidate in found if self._doubtful(candidate)]
        for (_, place), row in sorted(
            zip(self._windows, self._rows, strict=True), key=lambda pair: pair[1][column], reverse=True
        ):
            if place.end <= earliest:
                continue
            candidate = Candidate(place, _odds(blend.bias + blend.logit * row[column]))
            if not self._doubtful(candidate):
                break
            if not any(place.start < other.end and other.start < place.end for other in taken):
                taken.append(place)
                found.append(Candidate(self._core(place, column), candidate.probability))
        return [candidate for candidate in found if self._doubtful(candidate)]

    def _doubtful(self, candidate: Candidate) -> bool:
        return candidate.probability is not None and candidate.probability >= self._meaning.doubtful

    def _core(self, place: Found, column: int) -> Found:
        """The part of a window that says most: the quote must show the words that decided."""
        parts = [part for part in _parts(self._words, place) if part.end - part.start >= LEAST_CORE]
        if len(parts) < 2:
            return place
        rows = self._meaning.logits([self._words.text_of(part) for part in parts])
        return max(zip(parts, rows, strict=True), key=lambda pair: pair[1][column])[0]

    def _at(self, hit: Found, column: int) -> float:
        """The largest logit of the windows that hold a match."""
        covering = (
            row[column]
            for (_, place), row in zip(self._windows, self._rows, strict=True)
            if min(hit.end, place.end) - max(hit.start, place.start) >= COVERED * (hit.end - hit.start)
        )
        return max(covering, default=UNHEARD)


def _positions(words: Words, window: Window) -> Found | None:
    """The words that a window holds, or None when fillers are all it holds."""
    inside = [n for n, token in enumerate(words.tokens) if window.start <= token.start < window.end]
    return Found(inside[0], inside[-1] + 1) if inside else None


def _parts(words: Words, place: Found) -> list[Found]:
    """The sentences of a window, long ones as overlapping stretches of CORE words."""
    bounds = [words.tokens[at].sentence for at in range(place.start, place.end)]
    cuts = [place.start, *(place.start + n for n in range(1, len(bounds)) if bounds[n] != bounds[n - 1]), place.end]
    parts: list[Found] = []
    for start, end in pairwise(cuts):
        firsts = range(start, max(start + 1, end - CORE + 1), CORE // 3) if end - start > CORE else [start]
        parts += [Found(first, min(end, first + CORE) if end - start > CORE else end) for first in firsts]
    return parts


def _odds(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, logit))))
