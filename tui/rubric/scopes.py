"""Whether the words around a match take its meaning back.

Cues with a reach and words that end it, after NegEx (Chapman et al. 2001, doi 10.1006/jbin.2001.1029) and ConText
(Harkema et al. 2009, doi 10.1016/j.jbi.2009.05.002), here for speech: sentences may lack punctuation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui.rubric.language import PatternReader
from tui.rubric.pattern import Pattern
from tui.rubric.types import Scope
from tui.rubric.words import Found, Words


@dataclass(frozen=True)
class CompiledScope:
    """A scope with its patterns read."""

    scope: Scope
    before: tuple[Pattern, ...]
    after: tuple[Pattern, ...]
    stops: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]

    @classmethod
    def read(cls, scope: Scope, reader: PatternReader) -> CompiledScope:
        """Read the patterns of `scope`. Raises PatternError."""

        def patterns(sources: tuple[str, ...]) -> tuple[Pattern, ...]:
            return tuple(reader.read(source) for source in sources)

        return cls(scope, patterns(scope.before), patterns(scope.after), patterns(scope.stops), patterns(scope.unless))


@dataclass(frozen=True)
class Cues:
    """Where one scope's cues stand in some words."""

    before: tuple[Found, ...] = ()
    after: tuple[Found, ...] = ()
    stops: tuple[Found, ...] = ()
    exempt: tuple[Found, ...] = ()
    """Phrases that look like a cue and are none."""

    @classmethod
    def read(cls, compiled: CompiledScope, words: Words) -> Cues:
        """The cues in `words`. None spans two sentences, so sentences may be read one by one."""
        exempt = _all(compiled.unless, words)
        before, after = (_kept(_all(patterns, words), exempt) for patterns in (compiled.before, compiled.after))
        return cls(tuple(before), tuple(after), tuple(_all(compiled.stops, words)), tuple(exempt))

    @classmethod
    def joined(cls, parts: Iterable[tuple[int, Cues]]) -> Cues:
        """The cues of consecutive sentences as those of the whole; each part comes with the position it begins at."""
        placed = list(parts)

        def whole(kind: str) -> tuple[Found, ...]:
            return tuple(cue.moved(by) for by, cues in placed for cue in getattr(cues, kind))

        return cls(whole("before"), whole("after"), whole("stops"), whole("exempt"))


class ScopeReading:
    """What one scope covers in some words."""

    def __init__(self, scope: Scope, cues: Cues, words: Words) -> None:
        self._scope = scope
        self._cues = cues
        self._words = words

    def covers(self, found: Found) -> bool:
        """Whether the match `found` is taken back."""
        cues = sum(self._reaches_forward(cue, found) for cue in self._cues.before)
        cues += sum(self._reaches_back(cue, found) for cue in self._cues.after)
        if self._scope.pairs_cancel and cues % 2 == 0:
            cues = 0
        return cues > 0 or self._sentence_is_cue(found)

    def _reaches_forward(self, cue: Found, found: Found) -> bool:
        if found.start < cue.start < found.end:
            return True
        near = cue.end <= found.start < cue.end + self._scope.reach
        return near and self._joined(cue.end, found.start)

    def _reaches_back(self, cue: Found, found: Found) -> bool:
        near = found.end <= cue.start < found.end + self._scope.reach
        return near and self._joined(found.end, cue.start)

    def _joined(self, start: int, end: int) -> bool:
        """Whether nothing between two positions ends the reach."""
        tokens = self._words.tokens
        same = tokens[max(0, start - 1)].sentence == tokens[end].sentence
        if not (same or self._scope.crosses_sentences):
            return False
        return not any(start <= stop.start and stop.end <= end for stop in self._cues.stops)

    def _sentence_is_cue(self, found: Found) -> bool:
        first, end = self._words.sentences[self._words.tokens[found.start].sentence]
        if self._words.tokens[end - 1].mark not in self._scope.sentence_end or not self._words.tokens[end - 1].mark:
            return False
        return not any(first <= phrase.start < end for phrase in self._cues.exempt)


def _all(patterns: Sequence[Pattern], words: Words) -> list[Found]:
    return sorted((found for pattern in patterns for found in pattern.find(words)), key=lambda found: found.start)


def _kept(cues: list[Found], exempt: list[Found]) -> list[Found]:
    """Cues that no exempt phrase contains, each stretch of words counted once."""
    kept: list[Found] = []
    for cue in cues:
        named = any(phrase.start <= cue.start < phrase.end for phrase in exempt)
        if not named and not any(cue.start < other.end and other.start < cue.end for other in kept):
            kept.append(cue)
    return kept
