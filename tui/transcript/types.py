"""Words, segments and transcripts: what was said, and when.

Text offsets are characters, counted in `Transcript.text`. Times are seconds from the start of the answer's audio.
A transcript made from plain text has no times: they are None throughout.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import accumulate
from re import finditer

SEPARATOR = " "
"""What stands between the texts of two segments in `Transcript.text`."""


@dataclass(frozen=True, slots=True)
class Word:
    """One recognised word, with the punctuation that clings to it."""

    text: str
    """The word without surrounding white space."""
    start: float | None = None
    """Seconds from the start of the audio, or None without audio."""
    end: float | None = None
    """Seconds from the start of the audio, or None without audio."""
    probability: float | None = None
    """The recogniser's probability of this word, 0 to 1, or None when unknown."""


@dataclass(frozen=True)
class Segment:
    """A stretch of speech that was recognised in one piece."""

    text: str
    """The words as one text; the words occur in it in order."""
    words: tuple[Word, ...] = ()
    start: float | None = None
    """Seconds from the start of the audio, or None without audio."""
    end: float | None = None
    unclear: str | None = None
    """Why this stretch cannot be trusted (a sentence), or None."""

    @classmethod
    def of_words(cls, words: Iterable[Word], unclear: str | None = None) -> Segment:
        """A segment whose text is `words` joined by single spaces and whose times are theirs."""
        kept = tuple(words)
        return cls(
            text=" ".join(word.text for word in kept),
            words=kept,
            start=kept[0].start if kept else None,
            end=kept[-1].end if kept else None,
            unclear=unclear,
        )

    @classmethod
    def of_text(cls, text: str) -> Segment:
        """A segment without times: `text` verbatim, its words cut at white space."""
        return cls(text=text, words=tuple(Word(match.group()) for match in finditer(r"\S+", text)))

    @cached_property
    def offsets(self) -> tuple[int, ...]:
        """Where each word starts in `text`, in characters."""
        places: list[int] = []
        at = 0
        for word in self.words:
            found = self.text.find(word.text, at)
            found = at if found < 0 else found
            places.append(found)
            at = found + len(word.text)
        return tuple(places)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in the audio, in seconds."""

    start: float
    end: float

    @property
    def seconds(self) -> float:
        return max(0.0, self.end - self.start)


@dataclass(frozen=True)
class PlacedWord:
    """A word and where it stands in the transcript's text."""

    word: Word
    start: int
    """Offset of its first character in `Transcript.text`."""
    end: int
    """Offset after its last character."""
    unclear: bool = False
    """Whether its segment is marked unclear."""


def _placed(segment: Segment, base: int) -> Iterator[PlacedWord]:
    """The words of a segment whose text begins at the offset `base`."""
    unclear = segment.unclear is not None
    for at, word in zip(segment.offsets, segment.words, strict=True):
        yield PlacedWord(word, base + at, base + at + len(word.text), unclear)


@dataclass(frozen=True)
class Transcript:
    """What was said in one answer."""

    segments: tuple[Segment, ...] = ()
    audio_seconds: float | None = None
    """Length of the audio, or None when the transcript was made from text."""
    voice: tuple[Span, ...] = ()
    """Stretches with voice, from voice-activity detection; empty without audio."""
    elapsed_seconds: float | None = None
    """How long recognising took."""
    engine: str = ""
    model: str = ""
    notes: tuple[str, ...] = field(default=())
    """Sentences about anything that should be known when reading this transcript."""

    @classmethod
    def of_text(cls, text: str) -> Transcript:
        """A transcript without audio, whose text is `text` verbatim."""
        return cls(segments=(Segment.of_text(text),), engine="text")

    @cached_property
    def text(self) -> str:
        """Everything that was said, segments joined by one space."""
        return SEPARATOR.join(segment.text for segment in self.segments)

    @property
    def timed(self) -> bool:
        """Whether the words have times in an audio file."""
        return self.audio_seconds is not None

    @property
    def voiced_seconds(self) -> float | None:
        """Seconds with voice in them, or None when the transcript was made from text."""
        return sum(span.seconds for span in self.voice) if self.timed else None

    @property
    def words(self) -> Iterator[Word]:
        """All words in order."""
        return (word for segment in self.segments for word in segment.words)

    @cached_property
    def placed(self) -> tuple[PlacedWord, ...]:
        """All words in order, each with its character offsets in `text`."""
        lengths = (len(segment.text) + len(SEPARATOR) for segment in self.segments)
        bases = accumulate(lengths, initial=0)
        return tuple(
            placed for base, segment in zip(bases, self.segments, strict=False) for placed in _placed(segment, base)
        )

    @cached_property
    def _starts(self) -> list[int]:
        return [placed.start for placed in self.placed]

    def words_within(self, start: int, end: int) -> tuple[PlacedWord, ...]:
        """The words that overlap the characters from `start` up to `end`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        found: list[PlacedWord] = []
        for n in range(first, len(self.placed)):
            placed = self.placed[n]
            if placed.start >= end:
                break
            if placed.end > start:
                found.append(placed)
        return tuple(found)

    def seconds_of(self, start: int, end: int) -> Span | None:
        """When the characters from `start` up to `end` were said, or None without times."""
        timed = [p.word for p in self.words_within(start, end) if p.word.start is not None and p.word.end is not None]
        if not timed:
            return None
        first, last = timed[0].start, timed[-1].end
        assert first is not None
        assert last is not None
        return Span(first, last)

    def append(self, segment: Segment) -> Transcript:
        """This transcript with one more segment at its end; offsets of earlier text stay as they are."""
        grown = replace(self, segments=(*self.segments, segment))
        base = len(self.text) + len(SEPARATOR) if self.segments else 0
        # What is known of the earlier text goes on being true: an answer grows by hundreds of segments.
        grown.__dict__["text"] = self.text + SEPARATOR * bool(self.segments) + segment.text
        new = tuple(_placed(segment, base))
        grown.__dict__["placed"] = self.placed + new
        grown.__dict__["_starts"] = self._starts + [placed.start for placed in new]
        return grown


@dataclass(frozen=True)
class Delivery:
    """How an answer was delivered, measured on its audio; shown, and not scored."""

    speech_seconds: float
    """Seconds with voice in them."""
    words: int
    pace: float | None
    """Words per minute of speech with its pauses up to two seconds, or None when there is too little speech."""
    pauses: int
    """Silences inside the answer of at least 250 ms (the usual threshold for monologue)."""
    pause_seconds: float
    """How long those pauses are in all."""
    longest_silence: Span | None
    """The longest silence inside the answer, from its start to its end, or None when there is none."""
    fillers: int
    """Fillers that the recogniser kept. Recognisers drop many: the true number is at least this."""
    fillers_per_minute: float | None
    """A lower bound, per minute of speech."""
    longest_stretch: Span | None = None
    """The longest stretch of talk without a pause of two seconds."""
