"""Terms of the trade as recognisers write them: "can area" for canary, "en dee see gee" for NDCG.

Words are rewritten for the patterns only; each keeps its place in the text, so that quotes stay verbatim. Nothing is
rewritten on its sound alone: the words around it must speak of what the term belongs to, and an ordinary word that
stands by itself is only ever taken for a term when the rubric lists it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from tui.rubric.language import PatternReader
from tui.rubric.pattern import Pattern
from tui.rubric.types import Term
from tui.rubric.words import Token, Words, is_ordinary, lemmas, read_words

AROUND = 14
"""How many words to either side may speak for a term."""
LONGEST = 6
"""Words that a recogniser makes of one term at most."""
LEAST_KEY = 3
"""Shorter phonetic keys are those of too many words."""
ALIKE = 0.7
"""Share of the letters that must agree (1 less the normalised edit distance) where the sound agrees."""

_LETTERS = {
    "a": "ay eh", "b": "bee be", "c": "see sea cee", "d": "dee", "e": "ee", "f": "eff", "g": "gee jee",
    "h": "aitch", "i": "eye", "j": "jay", "k": "kay", "l": "el ell", "m": "em", "n": "en in and", "o": "oh",
    "p": "pee pea", "q": "queue cue", "r": "are ar our", "s": "ess es", "t": "tee tea", "u": "you", "v": "vee",
    "w": "dub", "x": "ex", "y": "why", "z": "zee zed",
}  # fmt: skip
_SPELLED = {name: letter for letter, names in _LETTERS.items() for name in (letter, *names.split())}
"""What the names of letters are written as."""


@dataclass(frozen=True)
class _Compiled:
    """A term that is ready to be looked for."""

    words: tuple[str, ...]
    near: tuple[Pattern, ...]


class Vocabulary:
    """The terms that may be heard in other words."""

    def __init__(self, terms: Iterable[Term], reader: PatternReader) -> None:
        """Raises PatternError for what speaks for a term."""
        self._listed: dict[tuple[str, ...], _Compiled] = {}
        self._spelled: dict[str, _Compiled] = {}
        self._sounds: dict[str, list[_Compiled]] = {}
        for term in terms:
            near = tuple(reader.read(source) for source in term.near)
            compiled = _Compiled(_surfaces(term.term), near)
            for heard in term.heard:
                self._listed[_surfaces(heard)] = compiled
            name = "".join(compiled.words)
            if term.spelled:
                self._spelled[name] = compiled
            elif len(key := sound(name)) >= LEAST_KEY:
                self._sounds.setdefault(key, []).append(compiled)

    def understood(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """The words of one sentence, with terms in the place of what was written for them."""
        words = Words("", tokens)
        found: list[Token] = []
        at = 0
        while at < len(tokens):
            hit = self._at(words, at)
            if hit is None:
                found.append(tokens[at])
                at += 1
            else:
                term, end = hit
                found += _written(term, tokens[at:end])
                at = end
        return tuple(found)

    def _at(self, words: Words, at: int) -> tuple[tuple[str, ...], int] | None:
        """The term that begins at a position, and where it ends; the longest reading wins."""
        for end in range(min(len(words), at + LONGEST), at, -1):
            stretch = words.tokens[at:end]
            if any(token.pause_before for token in stretch[1:]):
                continue
            for term in self._candidates(tuple(token.surface for token in stretch)):
                if any(_supported(words, at, end, near) for near in term.near):
                    return term.words, end
        return None

    def _candidates(self, surfaces: tuple[str, ...]) -> Iterator[_Compiled]:
        """The terms that these words may stand for."""
        if surfaces in self._listed:
            yield self._listed[surfaces]
        letters = _letters(surfaces)
        if letters in self._spelled and len(surfaces) > 1:
            yield self._spelled[letters]
        if len(surfaces) == 1 and is_ordinary(surfaces[0]):
            return
        name = "".join(surfaces)
        for term in self._sounds.get(sound(name), ()):
            meant = "".join(term.words)
            too_much = len(surfaces) - len(term.words) > 1 or bool(set(term.words) & set(surfaces))
            # Cut in two or written as one, it is the same term: patterns know both.
            if name != meant and not too_much and _alike(name, meant):
                yield term


def _surfaces(text: str) -> tuple[str, ...]:
    return tuple(token.surface for token in read_words(text).tokens)


@lru_cache(maxsize=50_000)
def sound(name: str) -> str:
    """A key that words share which sound alike (Philips' Metaphone)."""
    import jellyfish

    return str(jellyfish.metaphone(name)) if name.isalpha() else ""


def _alike(one: str, other: str) -> bool:
    from rapidfuzz.distance import Levenshtein

    return Levenshtein.normalized_similarity(one, other) >= ALIKE


def _letters(surfaces: tuple[str, ...]) -> str:
    """What the words spell, letter by letter; the tail of an acronym may stand as it is written ("en DCG")."""
    letters = [_SPELLED.get(surface) for surface in surfaces[:-1]]
    last = surfaces[-1]
    tail = _SPELLED.get(last) or (last if len(last) <= 4 and last.isalpha() and not is_ordinary(last) else None)
    return "".join(letter or "?" for letter in (*letters, tail))


def _supported(words: Words, at: int, end: int, near: Pattern) -> bool:
    """Whether what speaks for a term stands before or after it."""
    before = near.occurs(words, max(0, at - AROUND), at)
    return before or near.occurs(words, end, min(len(words), end + AROUND))


def _written(term: tuple[str, ...], heard: tuple[Token, ...]) -> Iterator[Token]:
    """The words of a term in the place of those that were heard for them: the last one takes what is left over."""
    for n, surface in enumerate(term):
        first = heard[min(n, len(heard) - 1)]
        last = heard[-1] if n == len(term) - 1 else first
        yield replace(
            first,
            surface=surface,
            lemmas=lemmas(surface),
            end=last.end,
            pause_before=first.pause_before and n < len(heard),
            mark=last.mark if n == len(term) - 1 else "",
        )
