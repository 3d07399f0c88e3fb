"""Find evidence for signals in a transcript."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.rubric.clauses import clause, quote, sentence
from tui.rubric.language import PatternReader
from tui.rubric.meaning import Candidate, Meaning, MeaningReading
from tui.rubric.pattern import Pattern
from tui.rubric.scopes import CompiledScope, ScopeReading
from tui.rubric.timing import closing_from
from tui.rubric.types import PatternRule, Rubric, Signal, Timing
from tui.rubric.verdicts import Evidence
from tui.rubric.words import Found, Words, read_words
from tui.transcript import Transcript

SENTENCE_PAUSE = 1.5
"""Seconds of pause that end a sentence, whatever the punctuation says."""
MOST_EVIDENCE = 5
"""How many pieces of evidence are kept for one signal."""


@dataclass(frozen=True)
class CompiledRule:
    """A pattern rule with its patterns read."""

    match: Pattern
    unless: tuple[Pattern, ...]
    near: tuple[Pattern, ...]
    allow: frozenset[str]

    @classmethod
    def read(cls, rule: PatternRule, signal: Signal, reader: PatternReader) -> CompiledRule:
        """Read the patterns of `rule`. Raises PatternError."""
        return cls(
            reader.read(rule.match),
            tuple(reader.read(source) for source in rule.unless),
            tuple(reader.read(source) for source in rule.near),
            frozenset(rule.allow) | frozenset(signal.allow),
        )


class Detector:
    """Finds evidence by a rubric's patterns and, where it is given, a sentence encoder.

    Built once; holds no state of any transcript. Key points of a question are learnt when the question is asked.
    """

    def __init__(self, rubric: Rubric, meaning: Meaning | None = None) -> None:
        """Raises PatternError. `meaning` decides together with the patterns for the signals it knows."""
        self._meaning = meaning
        self._closing = {signal.id for signal in rubric.signals.values() if signal.timing is Timing.CLOSING}
        self._scoring = rubric.scoring
        self._reader = reader = PatternReader(rubric.words)
        self._signals = tuple(rubric.signals)
        self._scopes = tuple(CompiledScope.read(scope, reader) for scope in rubric.scopes)
        self._rules: dict[str, tuple[CompiledRule, ...]] = {}
        self.learn(rubric.signals.values())
        self._before = {
            signal.id: tuple(CompiledRule.read(PatternRule(source), signal, reader) for source in signal.before)
            for signal in rubric.signals.values()
            if signal.before
        }

    def learn(self, signals: Iterable[Signal]) -> None:
        """Read the patterns of those of `signals` that are not known yet. Raises PatternError."""
        for signal in signals:
            if signal.id not in self._rules:
                rules = (CompiledRule.read(rule, signal, self._reader) for rule in signal.patterns)
                self._rules[signal.id] = tuple(rules)

    @property
    def encoder(self) -> str:
        """Version of the sentence encoder; empty where patterns decide alone."""
        return self._meaning.version if self._meaning else ""

    def detect(self, transcript: Transcript, signals: Iterable[str] | None = None) -> dict[str, tuple[Evidence, ...]]:
        """Evidence by signal, in the order it was said; signals without evidence are left out.

        `signals` are the ids to look for, all of the rubric's without it. Quotes are verbatim in `transcript.text`.
        """
        words = read_words(transcript.text, _long_pauses(transcript))
        reading = self._read_scopes(words)
        heard = MeaningReading(self._meaning, words) if self._meaning else None
        wanted = self._signals if signals is None else signals
        found = {
            signal: self._evidence(signal, self._candidates(signal, words, reading, heard), words, transcript)
            for signal in wanted
        }
        return {
            signal: self._in_order(signal, evidence, words, reading) for signal, evidence in found.items() if evidence
        }

    def _in_order(
        self, signal: str, evidence: tuple[Evidence, ...], words: Words, scopes: Mapping[str, ScopeReading]
    ) -> tuple[Evidence, ...]:
        """The evidence, marked where something that it should come before was said first."""
        places = [hit.start for rule in self._before.get(signal, ()) for hit in _hits(rule, words, scopes)]
        if not places:
            return evidence
        first = words.tokens[min(places)].start
        return tuple(replace(piece, overtaken=piece.match_start > first) for piece in evidence)

    def matches(self, words: Words) -> dict[str, list[Found]]:
        """Where the patterns of each signal match and nothing takes the match back; the encoder has no say in it."""
        scopes = self._read_scopes(words)
        return {
            signal: [hit for rule in rules for hit in _hits(rule, words, scopes)]
            for signal, rules in self._rules.items()
        }

    def _read_scopes(self, words: Words) -> dict[str, ScopeReading]:
        return {compiled.scope.id: ScopeReading(compiled, words) for compiled in self._scopes}

    def _candidates(
        self, signal: str, words: Words, scopes: Mapping[str, ScopeReading], heard: MeaningReading | None
    ) -> list[Candidate]:
        hits = [hit for rule in self._rules[signal] for hit in _hits(rule, words, scopes)]
        if heard is None or not heard.knows(signal):
            return [Candidate(hit, None) for hit in hits]
        earliest = closing_from(len(words), self._scoring) if signal in self._closing else 0
        return heard.candidates(signal, hits, earliest)

    def _evidence(
        self, signal: str, candidates: list[Candidate], words: Words, transcript: Transcript
    ) -> tuple[Evidence, ...]:
        """The candidates as evidence, one for each quote; clear words win over unclear ones."""
        by_quote: dict[tuple[int, int], Evidence] = {}
        for candidate in candidates:
            place = quote(words, candidate.found)
            evidence = self._one(signal, candidate, place, words, transcript)
            known = by_quote.get(place)
            if known is None or _strength(evidence) > _strength(known):
                by_quote[place] = evidence
        best = _apart(sorted(by_quote.values(), key=_strength, reverse=True))
        certain = [evidence for evidence in best if evidence.certain]
        return tuple(sorted((certain or best)[:MOST_EVIDENCE], key=lambda evidence: evidence.start))

    def _one(
        self, signal: str, candidate: Candidate, place: tuple[int, int], words: Words, transcript: Transcript
    ) -> Evidence:
        start, end = place
        seconds = transcript.seconds_of(start, end)
        match_start = words.tokens[candidate.found.start].start
        match_end = words.tokens[candidate.found.end - 1].end
        heard = transcript.words_within(match_start, match_end)
        known = [placed.word.probability for placed in heard if placed.word.probability is not None]
        probability = min(known, default=None)
        unclear = any(placed.unclear for placed in heard)
        doubtful = (
            self._meaning is not None
            and candidate.probability is not None
            and candidate.probability < self._meaning.demonstrated
        )
        return Evidence(
            signal=signal,
            quote=transcript.text[start:end],
            start=start,
            end=end,
            start_seconds=seconds.start if seconds else None,
            end_seconds=seconds.end if seconds else None,
            probability=probability,
            certain=not (unclear or doubtful) and (probability is None or probability >= self._scoring.unclear_word),
            match_start=match_start,
            match_end=match_end,
            confidence=candidate.probability,
        )


def _apart(evidence: list[Evidence]) -> list[Evidence]:
    """The pieces that overlap none before them: the same words need not be shown twice."""
    kept: list[Evidence] = []
    for piece in evidence:
        if not any(piece.start < other.end and other.start < piece.end for other in kept):
            kept.append(piece)
    return kept


def _strength(evidence: Evidence) -> tuple[bool, float]:
    return evidence.certain, evidence.confidence if evidence.confidence is not None else 1.0


def _long_pauses(transcript: Transcript) -> frozenset[int]:
    """Offsets of the words that follow a long pause."""
    placed = transcript.placed
    return frozenset(
        after.start
        for before, after in pairwise(placed)
        if before.word.end is not None
        and after.word.start is not None
        and after.word.start - before.word.end >= SENTENCE_PAUSE
    )


def _hits(rule: CompiledRule, words: Words, scopes: Mapping[str, ScopeReading]) -> Iterable[Found]:
    """Where a rule matches and nothing takes the match back."""
    for found in rule.match.find(words):
        if rule.unless:
            around = clause(words, found)
            if any(pattern.occurs(words, around.start, around.end) for pattern in rule.unless):
                continue
        if rule.near:
            around = sentence(words, found)
            if not any(pattern.occurs(words, around.start, around.end) for pattern in rule.near):
                continue
        if not any(reading.covers(found) for name, reading in scopes.items() if name not in rule.allow):
            yield found
