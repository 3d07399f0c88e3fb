"""What a sentence encoder adds to patterns: how likely each signal is in each window of an answer.

The encoder itself is passed in; nothing here knows how it works.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Protocol

from tui.rubric.windows import LENGTHS, Window, grid, window, word_spans
from tui.rubric.words import Found, Words

COVERED = 0.75
"""A window speaks for a match when it holds this share of its words."""
CORE = 15
"""Words of the stretch that is quoted from a window without punctuation."""
LEAST_CORE = 4
"""Shorter sentences say too little by themselves."""
UNHEARD = -9.0
"""Logit of a signal where no window speaks for a match."""
BRIEF = 6.0
"""Log-odds that a match gains in a text of hardly a word, and less the more of the shortest window is filled.

Blends are fitted on answers, where several full windows hold a match and the one that says most decides: words that
count there would not count alone. With this, 99.3 % of the near misses of the development answers are turned down when
their sentence stands alone; with more, more is credited wrongly than is gained.
"""
ROUNDING = 1e-9
"""Log-odds that may be lost on the way from a probability and back."""


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
    doubtful: bool = False
    """Whether it is too improbable to count, and too probable to be nothing."""


Row = Sequence[float]
"""The logits of one text."""


class MeaningReader:
    """Has the encoder read an answer that grows, each window once."""

    def __init__(self, meaning: Meaning) -> None:
        """Loads the encoder, so that the first words need not wait for it."""
        self.meaning = meaning
        self.windows: list[list[HeardWindow]] = [[] for _ in LENGTHS]
        """Those of each length, in the order of the text."""
        self._spans: list[tuple[int, int]] = []
        self._rows: dict[str, Row] = {}
        least = math.log(meaning.doubtful / (1.0 - meaning.doubtful)) - ROUNDING
        self._least = [(least - blend.bias) / blend.logit for blend in meaning.blends.values()]
        self.logits([""])

    @property
    def brief(self) -> float:
        """How much of the shortest window is empty, 0 to 1: all of it before the first word."""
        return max(0.0, 1.0 - len(self._spans) / LENGTHS[0])

    def read(self, text: str) -> None:
        """Read the windows of `text`, which begins with the text that was read before, as far as they are new."""
        self._spans += word_spans(text, self._spans[-1][1] if self._spans else 0)
        for known, length in zip(self.windows, LENGTHS, strict=True):
            # The last window is cut short by the end of the text, as a rule, and has grown.
            while known and known[-1].stop - known[-1].first < length:
                known.pop()
            places = list(grid(len(self._spans), length))[len(known) :]
            found = [window(text, self._spans, *place) for place in places]
            rows = self.logits([one.text for one in found])
            known += [self._heard(*place, one, row) for place, one, row in zip(places, found, rows, strict=True)]

    def logits(self, texts: Sequence[str]) -> list[Row]:
        """What the encoder says of each text; it is asked once for each."""
        new = [text for text in dict.fromkeys(texts) if text not in self._rows]
        if new:
            self._rows.update(zip(new, self.meaning.logits(new), strict=True))
        return [self._rows[text] for text in texts]

    def _heard(self, first: int, stop: int, found: Window, row: Row) -> HeardWindow:
        columns = tuple(n for n, (logit, least) in enumerate(zip(row, self._least, strict=True)) if logit >= least)
        return HeardWindow(first, stop, found, row, columns)


@dataclass(frozen=True)
class HeardWindow:
    """A window and what the encoder hears in it."""

    first: int
    """Number of its first word, counted at white space."""
    stop: int
    window: Window
    row: Row
    speaks: tuple[int, ...]
    """The columns of the signals for which it may speak without a pattern."""


@dataclass(frozen=True)
class _Placed:
    """The windows of one length by the words they hold, in the order of the text."""

    places: tuple[Found, ...]
    windows: tuple[HeardWindow, ...]

    @classmethod
    def of(cls, windows: Iterable[HeardWindow], starts: Sequence[int]) -> _Placed:
        """`starts` are the offsets of all words. Windows that hold nothing but fillers are left out."""
        placed = [
            (bisect_left(starts, heard.window.start), bisect_left(starts, heard.window.end), heard) for heard in windows
        ]
        kept = [(Found(start, end), heard) for start, end, heard in placed if start < end]
        return cls(tuple(place for place, _ in kept), tuple(heard for _, heard in kept))

    def covering(self, hit: Found) -> Iterator[Row]:
        """The logits of the windows that hold most of `hit`."""
        after = bisect_left(self.places, hit.end, key=lambda place: place.start)
        for n in range(after - 1, -1, -1):
            place = self.places[n]
            if place.end <= hit.start:
                return
            if min(hit.end, place.end) - max(hit.start, place.start) >= COVERED * (hit.end - hit.start):
                yield self.windows[n].row


class MeaningReading:
    """What an encoder hears in one text."""

    def __init__(self, reader: MeaningReader, words: Words) -> None:
        """`reader` has read the text of `words`."""
        self._reader = reader
        self._meaning = reader.meaning
        self._words = words
        self._columns = {signal: n for n, signal in enumerate(reader.meaning.blends)}
        starts = [token.start for token in words.tokens]
        self._placed = [_Placed.of(found, starts) for found in reader.windows]
        self._speaking: dict[int, list[tuple[Found, float]]] = {}
        for placed in self._placed:
            for place, heard in zip(placed.places, placed.windows, strict=True):
                for column in heard.speaks:
                    self._speaking.setdefault(column, []).append((place, heard.row[column]))

    def knows(self, signal: str) -> bool:
        """Whether the encoder was trained on `signal`."""
        return signal in self._columns

    def candidates(self, signal: str, hits: Iterable[Found], earliest: int = 0) -> list[Candidate]:
        """Every place that is at least doubtful: matches of patterns, and windows that speak without one.

        What ends at the word `earliest`, or before it, counts only where nothing comes after, and only where a pattern
        and the encoder each decide for it: much in the middle sounds like a recap.
        """
        hits = list(hits)
        blend = self._meaning.blends[signal]
        column = self._columns[signal]
        timely = self._spoken((hit for hit in hits if hit.end > earliest), column, blend, earliest)
        if timely:
            return timely
        alone = [self._candidate(hit, blend.bias + blend.logit * self._at(hit, column)) for hit in hits]
        return [candidate for candidate in alone if not candidate.doubtful]

    def _spoken(self, hits: Iterable[Found], column: int, blend: Blend, earliest: int) -> list[Candidate]:
        """The `hits` that count, and windows apart from them that end after the word `earliest`."""
        matched = blend.pattern + BRIEF * self._reader.brief
        found = [self._candidate(hit, blend.bias + blend.logit * self._at(hit, column) + matched) for hit in hits]
        found = [candidate for candidate in found if self._counts(candidate)]
        taken = [candidate.found for candidate in found]
        speaking = [pair for pair in self._speaking.get(column, ()) if pair[0].end > earliest]
        for place, logit in sorted(speaking, key=lambda pair: pair[1], reverse=True):
            candidate = self._candidate(place, blend.bias + blend.logit * logit)
            if self._counts(candidate) and not any(
                place.start < other.end and other.start < place.end for other in taken
            ):
                taken.append(place)
                found.append(replace(candidate, found=self._core(place, column)))
        return found

    def _candidate(self, found: Found, logit: float) -> Candidate:
        probability = _odds(logit)
        return Candidate(found, probability, probability < self._meaning.demonstrated)

    def _counts(self, candidate: Candidate) -> bool:
        return candidate.probability is not None and candidate.probability >= self._meaning.doubtful

    def _core(self, place: Found, column: int) -> Found:
        """The part of a window that says most: the quote must show the words that decided."""
        parts = [part for part in _parts(self._words, place) if part.end - part.start >= LEAST_CORE]
        if len(parts) < 2:
            return place
        rows = self._reader.logits([self._words.text_of(part) for part in parts])
        return max(zip(parts, rows, strict=True), key=lambda pair: pair[1][column])[0]

    def _at(self, hit: Found, column: int) -> float:
        """The largest logit of the windows that hold a match."""
        return max((row[column] for placed in self._placed for row in placed.covering(hit)), default=UNHEARD)


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
