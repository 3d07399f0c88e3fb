"""Find evidence for signals in a transcript, all at once or while it grows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from tui.rubric.evidence import evidence, in_order
from tui.rubric.language import PatternReader
from tui.rubric.meaning import Candidate, Meaning, MeaningReader, MeaningReading
from tui.rubric.sentences import AnswerReading, CompiledRubric, SentenceReading, read_sentence
from tui.rubric.timing import closing_from
from tui.rubric.types import Rubric, Signal, Timing
from tui.rubric.verdicts import Evidence
from tui.rubric.words import WordReader, Words, read_words
from tui.transcript import PlacedWord, Segment, Transcript

SENTENCE_PAUSE = 1.5
"""Seconds of pause that end a sentence, whatever the punctuation says."""


class Detector:
    """Finds evidence by a rubric's patterns and, where it is given, a sentence encoder.

    Built once; holds no state of any transcript. Key points of a question are learnt when the question is asked.
    """

    def __init__(self, rubric: Rubric, meaning: Meaning | None = None) -> None:
        """Raises PatternError. `meaning` decides together with the patterns for the signals it knows."""
        self.meaning = meaning
        self.scoring = rubric.scoring
        self.closing = frozenset(s.id for s in rubric.signals.values() if s.timing is Timing.CLOSING)
        self._reader = PatternReader(rubric.words)
        self._signals = tuple(rubric.signals)
        self._compiled = CompiledRubric.read(rubric, self._reader)
        self.learn(rubric.signals.values())

    def learn(self, signals: Iterable[Signal]) -> None:
        """Read the patterns of those of `signals` that are not known yet. Raises PatternError."""
        self._compiled = self._compiled.learned(signals, self._reader)

    @property
    def encoder(self) -> str:
        """Version of the sentence encoder; empty where patterns decide alone."""
        return self.meaning.version if self.meaning else ""

    def begin(self, signals: Iterable[str] | None = None) -> GrowingAnswer:
        """An answer of which nothing was said yet, for `signals`: all of the rubric's without it."""
        return GrowingAnswer(self, self._compiled.only(self._signals if signals is None else signals))

    def detect(self, transcript: Transcript, signals: Iterable[str] | None = None) -> dict[str, tuple[Evidence, ...]]:
        """Evidence by signal, in the order it was said; signals without evidence are left out.

        `signals` are the ids to look for, all of the rubric's without it. Quotes are verbatim in `transcript.text`.
        """
        answer = self.begin(signals)
        answer.append(*transcript.segments)
        return answer.evidence()


class GrowingAnswer:
    """An answer that is read while it is spoken.

    A segment costs what it adds: sentences that have ended and windows that are full are never read again. What is
    found is the same as reading the whole transcript at once.
    """

    def __init__(self, detector: Detector, rubric: CompiledRubric) -> None:
        self._detector = detector
        self._rubric = rubric
        self._transcript = Transcript()
        self._reader = WordReader()
        self._sentences: list[SentenceReading] = []
        self._heard = MeaningReader(detector.meaning) if detector.meaning else None
        # A word to begin with: tables and patterns are made ready now and not with the first segment.
        read_sentence(read_words("so").tokens, rubric)

    @property
    def transcript(self) -> Transcript:
        """Everything that was appended."""
        return self._transcript

    def append(self, *segments: Segment) -> None:
        """Read what was said next."""
        kept = len(self._reader.tokens)
        for segment in segments:
            known = len(self._transcript.placed)
            self._transcript = self._transcript.append(segment)
            offset = len(self._transcript.text) - len(segment.text)
            pauses = _after_long_pauses(self._transcript.placed[max(0, known - 1) :])
            kept = min(kept, self._reader.read(segment.text, offset, pauses))
        self._read_sentences(kept)
        if self._heard:
            self._heard.read(self._transcript.text)

    def evidence(self) -> dict[str, tuple[Evidence, ...]]:
        """Evidence by signal for everything that was said so far; signals without evidence are left out."""
        reading = self.reading()
        words = reading.words
        heard = MeaningReading(self._heard, words) if self._heard else None
        found = {}
        for signal in self._rubric.rules:
            candidates = self._candidates(signal, reading, heard, len(words))
            pieces = evidence(signal, candidates, words, self._transcript, self._detector.scoring.unclear_word)
            if pieces:
                found[signal] = in_order(pieces, reading.before(signal), words)
        return found

    def reading(self) -> AnswerReading:
        """What the patterns say so far; the encoder has no say in it."""
        return AnswerReading(self._transcript.text, self._sentences, self._rubric)

    def _read_sentences(self, kept: int) -> None:
        """Read the sentences of which not all words were among the first `kept`, or which have grown."""
        tokens = tuple(self._reader.tokens)
        readings: list[SentenceReading] = []
        for start, end in Words("", tokens).sentences.values():
            known = self._sentences[len(readings)] if len(readings) < len(self._sentences) else None
            unchanged = known is not None and end <= kept and known.said == end - start
            readings.append(known if known and unchanged else read_sentence(tokens[start:end], self._rubric))
        self._sentences = readings

    def _candidates(
        self, signal: str, reading: AnswerReading, heard: MeaningReading | None, words: int
    ) -> list[Candidate]:
        hits = reading.hits(signal)
        if heard is None or not heard.knows(signal):
            return [Candidate(hit, None) for hit in hits]
        detector = self._detector
        earliest = closing_from(words, detector.scoring) if signal in detector.closing else 0
        return heard.candidates(signal, hits, earliest)


def _after_long_pauses(placed: tuple[PlacedWord, ...]) -> frozenset[int]:
    """Offsets of the words that follow a long pause."""
    return frozenset(
        after.start
        for before, after in pairwise(placed)
        if before.word.end is not None
        and after.word.start is not None
        and after.word.start - before.word.end >= SENTENCE_PAUSE
    )
