"""Telling the recogniser which terms to expect, and checking what that may have made it invent.

Priming makes Whisper hear jargon that it would otherwise mangle. On noise it can also write down a term that nobody
said; such words have next to no probability when the model is asked again without the prompt, as it is for word times.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from tui.transcript import Word

PROMPT_TOKENS = 200
"""Tokens of a prompt: Whisper has room for 223, and what is beyond would be cut off in the middle of a term."""
INVENTED = 0.02
"""A primed term at or under this probability is not believed (measured: invented terms had 0.002 and less)."""
NEAR = 0.1
"""Seconds by which a word of one hearing may lie outside the word of another that it replaces."""
SAME = 0.5
"""Seconds within which the same word in two hearings is taken as one."""
SURE = 0.5
"""A word from this probability on was surely heard."""

_EDGES = re.compile(r"^\W+|\W+$")
_SMALL_WORDS = frozenset("a an and are as at be by for from in is it no not of on or per the to up we with".split())


def fitting(terms: Sequence[str], tokens: Callable[[str], int]) -> str:
    """As many of `terms`, from the first, as a prompt has room for, joined by commas; `tokens` counts tokens."""
    chosen: list[str] = []
    used = 0
    for term in terms:
        used += tokens(f" {term},")
        if used > PROMPT_TOKENS:
            break
        chosen.append(term)
    return ", ".join(chosen)


def bare(text: str) -> str:
    """`text` in small letters without punctuation around it, for comparing words."""
    return _EDGES.sub("", text.casefold())


def words_of(terms: Iterable[str]) -> frozenset[str]:
    """The words that `terms` are made of, without the small ones that are in every sentence."""
    words = {word for term in terms for word in _parts(term)}
    return frozenset(words - _SMALL_WORDS - {""})


def suspects(words: Sequence[Word], terms: Sequence[str]) -> list[int]:
    """Which of `words` (places in it) belong to a term and are too improbable to have been said.

    A word is spared where the whole term stands there and another word of it was surely heard: in "label lag" a weak
    "lag" after a clear "label" is what priming is for, while invented terms are improbable throughout.
    """
    primed = words_of(terms)
    spared = _corroborated(words, terms)
    return [
        i
        for i, word in enumerate(words)
        if word.probability is not None
        and word.probability <= INVENTED
        and i not in spared
        and not primed.isdisjoint(_parts(word.text))
    ]


def replaced(words: Sequence[Word], doubtful: Sequence[int], unprimed: Sequence[Word]) -> tuple[Word, ...]:
    """`words` with the `doubtful` ones replaced by what an unprimed hearing has at the same time, or left out."""
    doubted = [words[i] for i in doubtful]
    instead = [other for other in unprimed if any(_amid(other, word, NEAR) for word in doubted)]
    kept = [
        word
        for i, word in enumerate(words)
        if i not in doubtful and not any(_amid(word, other, 0.0) for other in instead)
    ]
    instead = [other for other in instead if not any(_same_word(other, word) for word in kept)]
    return tuple(sorted((*kept, *instead), key=lambda word: word.start or 0.0))


def _corroborated(words: Sequence[Word], terms: Iterable[str]) -> set[int]:
    """Places of words in whole terms of several words, of which at least one was surely heard."""
    said = [_stem(bare(word.text)) for word in words]
    places: set[int] = set()
    for term in terms:
        wanted = [_stem(bare(word)) for word in term.split()]
        for at in range(len(said) - len(wanted) + 1) if len(wanted) > 1 else ():
            here = range(at, at + len(wanted))
            if said[at : at + len(wanted)] == wanted and max(words[i].probability or 0.0 for i in here) >= SURE:
                places.update(here)
    return places


def _amid(word: Word, other: Word, slack: float) -> bool:
    """Whether the middle of `word` lies within `other`, give or take `slack` seconds."""
    if word.start is None or word.end is None or other.start is None or other.end is None:
        return False
    return other.start - slack <= (word.start + word.end) / 2 <= other.end + slack


def _same_word(word: Word, other: Word) -> bool:
    """Whether both are one word at almost one time: the same sound, heard twice."""
    if word.start is None or other.start is None:
        return False
    return bare(word.text) == bare(other.text) and abs(word.start - other.start) < SAME


def _parts(text: str) -> list[str]:
    return [_stem(part) for part in re.split(r"[\s\-/]+", bare(text))]


def _stem(word: str) -> str:
    """`word` without the ending of a plural, roughly: enough to tell words of terms from others."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
