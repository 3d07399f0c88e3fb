"""What the patterns say of one sentence.

No pattern reaches past the end of a sentence, so that a sentence is read once, however long the answer grows after it.
Only scopes that cross sentences need its neighbours: their cues are noted here and asked in the end.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tui.rubric.clauses import clause, sentence
from tui.rubric.language import PatternReader
from tui.rubric.mishearing import Vocabulary
from tui.rubric.pattern import Pattern
from tui.rubric.scopes import CompiledScope, Cues, ScopeReading
from tui.rubric.types import PatternRule, Rubric, Signal
from tui.rubric.words import Found, Token, Words


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


@dataclass(frozen=True)
class CompiledRubric:
    """A rubric's rules and scopes with their patterns read."""

    rules: Mapping[str, tuple[CompiledRule, ...]]
    """By signal."""
    before: Mapping[str, tuple[CompiledRule, ...]]
    """What a signal should come before."""
    scopes: tuple[CompiledScope, ...]
    vocabulary: Vocabulary

    @classmethod
    def read(cls, rubric: Rubric, reader: PatternReader) -> CompiledRubric:
        """What all signals share; they themselves are learnt. Raises PatternError."""
        scopes = tuple(CompiledScope.read(scope, reader) for scope in rubric.scopes)
        return cls({}, {}, scopes, Vocabulary(rubric.terms, reader))

    def learned(self, signals: Iterable[Signal], reader: PatternReader) -> CompiledRubric:
        """This with the patterns of those of `signals` that it does not know. Raises PatternError."""
        new = [signal for signal in signals if signal.id not in self.rules]
        rules = {s.id: tuple(CompiledRule.read(rule, s, reader) for rule in s.patterns) for s in new}
        before = {s.id: tuple(CompiledRule.read(PatternRule(b), s, reader) for b in s.before) for s in new if s.before}
        return replace(self, rules={**self.rules, **rules}, before={**self.before, **before})

    def only(self, signals: Iterable[str]) -> CompiledRubric:
        """The part of it that `signals` need."""
        wanted = list(signals)
        before = {signal: self.before[signal] for signal in wanted if signal in self.before}
        return replace(self, rules={signal: self.rules[signal] for signal in wanted}, before=before)


@dataclass(frozen=True)
class Hit:
    """A place where a rule matches and nothing in the sentence takes the match back."""

    rule: int
    """Number of the rule among those of its signal."""
    found: Found
    allow: frozenset[str]
    """Scopes that do not cancel it."""


Hits = Mapping[str, tuple[Hit, ...]]
"""By signal."""


@dataclass(frozen=True)
class SentenceReading:
    """The patterns' reading of one sentence; positions count in its own words."""

    said: int
    """How many words it was read from."""
    tokens: tuple[Token, ...]
    """Its words as they were understood: terms in the place of what was misheard for them."""
    hits: Hits
    before: Hits
    cues: tuple[Cues, ...]
    """Those of the scopes that cross sentences, in their order."""


def read_sentence(said: tuple[Token, ...], rubric: CompiledRubric) -> SentenceReading:
    """Read the sentence that the words `said` make."""
    tokens = rubric.vocabulary.understood(said)
    # The text is not needed: patterns see words only.
    words = Words("", tokens)
    cues = [Cues.read(scope, words) for scope in rubric.scopes]
    within = {
        compiled.scope.id: ScopeReading(compiled.scope, found, words)
        for compiled, found in zip(rubric.scopes, cues, strict=True)
        if not compiled.scope.crosses_sentences
    }
    return SentenceReading(
        len(said),
        tokens,
        _all_hits(rubric.rules, words, within),
        _all_hits(rubric.before, words, within),
        tuple(found for scope, found in zip(rubric.scopes, cues, strict=True) if scope.scope.crosses_sentences),
    )


class AnswerReading:
    """The readings of an answer's sentences, put together."""

    def __init__(self, text: str, sentences: Sequence[SentenceReading], rubric: CompiledRubric) -> None:
        """`sentences` are all those of `text`."""
        self.words = Words(text, tuple(token for reading in sentences for token in reading.tokens))
        self._placed: list[tuple[int, SentenceReading]] = []
        at = 0
        for reading in sentences:
            self._placed.append((at, reading))
            at += len(reading.tokens)
        crossing = [compiled.scope for compiled in rubric.scopes if compiled.scope.crosses_sentences]
        self._scopes = {
            scope.id: ScopeReading(
                scope, Cues.joined((by, reading.cues[n]) for by, reading in self._placed), self.words
            )
            for n, scope in enumerate(crossing)
        }

    def hits(self, signal: str) -> list[Found]:
        """Where the patterns of `signal` match and nothing takes the match back, rule by rule."""
        return self._standing((by, hit) for by, reading in self._placed for hit in reading.hits.get(signal, ()))

    def before(self, signal: str) -> list[Found]:
        """Where something is said that `signal` should come before."""
        return self._standing((by, hit) for by, reading in self._placed for hit in reading.before.get(signal, ()))

    def _standing(self, placed: Iterable[tuple[int, Hit]]) -> list[Found]:
        moved = ((hit, hit.found.moved(by)) for by, hit in placed)
        kept = [
            (hit.rule, found) for hit, found in moved if next(_covering(found, hit.allow, self._scopes), None) is None
        ]
        return [found for _, found in sorted(kept, key=lambda pair: pair[0])]


def _all_hits(rules: Mapping[str, Sequence[CompiledRule]], words: Words, scopes: Mapping[str, ScopeReading]) -> Hits:
    found = {
        signal: tuple(Hit(n, hit, rule.allow) for n, rule in enumerate(compiled) for hit in _hits(rule, words, scopes))
        for signal, compiled in rules.items()
    }
    return {signal: hits for signal, hits in found.items() if hits}


def _hits(rule: CompiledRule, words: Words, scopes: Mapping[str, ScopeReading]) -> Iterator[Found]:
    return (found for found in rule.match.find(words) if not any(objections(rule, found, words, scopes)))


def objections(rule: CompiledRule, found: Found, words: Words, scopes: Mapping[str, ScopeReading]) -> Iterator[str]:
    """What keeps a match of `rule` from counting, each in words; nothing when it counts."""
    if rule.unless:
        around = clause(words, found)
        for pattern in rule.unless:
            if pattern.occurs(words, around.start, around.end):
                yield f"{pattern.source!r} in its 'unless' stands in the same clause"
    if rule.near:
        around = sentence(words, found)
        if not any(pattern.occurs(words, around.start, around.end) for pattern in rule.near):
            yield "nothing in its 'near' stands in the sentence"
    for name in _covering(found, rule.allow, scopes):
        yield f"the scope {name!r} takes it back"


def _covering(found: Found, allow: frozenset[str], scopes: Mapping[str, ScopeReading]) -> Iterator[str]:
    """The scopes that take a match back."""
    return (name for name, reading in scopes.items() if name not in allow and reading.covers(found))
