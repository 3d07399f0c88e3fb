"""Patterns over words: what each part of one matches.

Matching works on sets of positions, so its cost is polynomial whatever the pattern: no pattern of a user can hang it.
Every part has `ends(words, at, limit)`: the positions after what it matches when it begins at `at` and may use words
up to `limit` (the end of the sentence); `first`: the forms one of which must stand at `at`, or None when any may; and
`needs`: forms of which one must occur somewhere in what it matches, or None.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from tui.rubric.words import Found, Words

Forms = frozenset[str] | None
_NOWHERE: frozenset[int] = frozenset()


def _union(sets: Iterable[Forms]) -> Forms:
    """All forms of all sets, or None when one of them is open."""
    found: set[str] = set()
    for forms in sets:
        if forms is None:
            return None
        found |= forms
    return frozenset(found)


@dataclass(frozen=True)
class Literal:
    """One word, in any inflection when it is a base form."""

    form: str
    exact: bool = False

    @cached_property
    def first(self) -> Forms:
        return frozenset({self.form})

    @property
    def needs(self) -> Forms:
        return self.first

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        if at >= limit:
            return _NOWHERE
        token = words.tokens[at]
        hit = token.surface == self.form if self.exact else self.form in token.forms
        return frozenset((at + 1,)) if hit else _NOWHERE


@dataclass(frozen=True)
class Prefix:
    """Every word that begins so."""

    stem: str

    @property
    def first(self) -> Forms:
        return None

    needs = first

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        hit = at < limit and words.tokens[at].surface.startswith(self.stem)
        return frozenset({at + 1}) if hit else frozenset()


@dataclass(frozen=True)
class Gap:
    """From `least` to `most` words, whatever they are."""

    least: int
    most: int

    @property
    def first(self) -> Forms:
        return None

    needs = first

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        return frozenset(range(at + self.least, min(at + self.most, limit, len(words)) + 1))


@dataclass(frozen=True)
class Optional:
    """A part that may be missing."""

    part: Part

    @property
    def first(self) -> Forms:
        return None

    needs = first

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        return self.part.ends(words, at, limit) | {at}


@dataclass(frozen=True)
class Choice:
    """One of several parts."""

    parts: tuple[Part, ...]

    @cached_property
    def first(self) -> Forms:
        return None if self._anywhere else frozenset(self._by_form)

    @cached_property
    def needs(self) -> Forms:
        return _union(part.needs for part in self.parts)

    @cached_property
    def _by_form(self) -> Mapping[str, tuple[Part, ...]]:
        """The parts that may begin with each form: word lists are long, and few of their entries can match."""
        found: dict[str, list[Part]] = {}
        for part in self.parts:
            for form in part.first or ():
                found.setdefault(form, []).append(part)
        return {form: tuple(parts) for form, parts in found.items()}

    @cached_property
    def _anywhere(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.first is None)

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        found: set[int] = set()
        if at < limit:
            for form in words.tokens[at].forms:
                for part in self._by_form.get(form, ()):
                    found |= part.ends(words, at, limit)
        for part in self._anywhere:
            found |= part.ends(words, at, limit)
        return frozenset(found)


@dataclass(frozen=True)
class Sequence:
    """Parts that follow each other."""

    parts: tuple[Part, ...]

    @cached_property
    def first(self) -> Forms:
        found: set[str] = set()
        for part in self.parts:
            inner = part.part if isinstance(part, Optional) else part
            if inner.first is None:
                return None
            found |= inner.first
            if inner is part:
                return frozenset(found)
        return None

    @cached_property
    def needs(self) -> Forms:
        known = [part.needs for part in self.parts if part.needs is not None]
        return min(known, key=len, default=None)

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        reached = {at}
        for part in self.parts:
            following: set[int] = set()
            for place in reached:
                following |= part.ends(words, place, limit)
            if not following:
                return _NOWHERE
            reached = following
        return frozenset(reached)


@dataclass(frozen=True)
class Slot:
    """A number, a percentage, a duration or a percentile."""

    kind: str

    @property
    def first(self) -> Forms:
        return None

    needs = first

    def ends(self, words: Words, at: int, limit: int) -> frozenset[int]:
        from tui.rubric.numbers import SLOTS

        end = SLOTS[self.kind](words, at, limit)
        return frozenset({end}) if end is not None else frozenset()


Part = Literal | Prefix | Gap | Optional | Choice | Sequence | Slot


@dataclass(frozen=True)
class Pattern:
    """A pattern that was read from its text."""

    source: str
    part: Part

    def find(self, words: Words, start: int = 0, stop: int | None = None) -> Iterator[Found]:
        """Every place from position `start` up to `stop` where it matches within one sentence, shortest match first."""
        stop = len(words) if stop is None else stop
        for at in self._candidates(words, start, stop):
            limit = min(stop, words.sentences[words.tokens[at].sentence][1])
            ends = self.part.ends(words, at, limit)
            end = min((place for place in ends if place > at), default=None)
            if end is not None:
                yield Found(at, end)

    def occurs(self, words: Words, start: int, stop: int) -> bool:
        """Whether it matches anywhere between two positions."""
        return next(self.find(words, start, stop), None) is not None

    def _candidates(self, words: Words, start: int, stop: int) -> list[int] | range:
        needs = self.part.needs
        if needs is not None and needs.isdisjoint(words.forms):
            return []
        first = self.part.first
        if first is None:
            return range(start, stop)
        places = {place for form in first & words.forms for place in words.index[form]}
        return sorted(place for place in places if start <= place < stop)
