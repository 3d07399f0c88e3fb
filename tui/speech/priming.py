"""Telling the recogniser which terms to expect, without letting that add words or take any away.

A prompt makes Whisper hear jargon that it would otherwise mangle. It can also make it write down a term that nobody
said, or drop words. So a piece is heard without a prompt first, and of a primed hearing only terms are taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from tui.speech.likeness import LONGEST_WINDOW, alike, letters
from tui.transcript import Word

PROMPT_TOKENS = 200
"""Tokens of a prompt: Whisper has room for 223, and what is beyond would be cut off in the middle of a term."""
INVENTED = 0.01
"""A primed term at or under this probability is not believed (measured: invented terms had 0.002 and less)."""
SHORT_LETTERS = 4
INVENTED_SHORT = 0.2
"""The same for terms of one word of at most four letters, which are like many words: `led` and "let"."""
SURE = 0.5
"""A word from this probability on was surely heard."""
SPELLED_LIKE = 0.4
"""Likeness to the words heard unprimed from which a primed term is believed."""

NEARLY = 85.0
"""Likeness in letters, of 100, from which words that sound the same are the same."""

_EDGES = re.compile(r"^\W+|\W+$")


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


def mended(plain: Sequence[Word], primed: Sequence[Word], terms: Sequence[str]) -> tuple[Word, ...]:
    """What was heard unprimed, `plain`, with terms put in as the `primed` hearing has them.

    Where the two differ, the primed words are taken when they are part of one of `terms`, are not improbable, and sound
    like the words that they replace. So priming neither adds words nor drops any: it says how a stretch is to be
    spelled. Terms that were heard unprimed stay.
    """
    spelled = [_respelled(word, terms) for word in primed]
    settled, told = _terms_in(plain, terms), _terms_in(spelled, terms)
    kept: list[Word] = []
    heard_at = told_at = 0
    for old, new in _compared(plain, primed):
        here, there = range(heard_at, heard_at + len(old)), range(told_at, told_at + len(new))
        heard_at, told_at = here.stop, there.stop
        said = [(spelled[place], told[place]) for place in there if place in told]
        if new is old or not (old and said):
            kept += old
            continue
        new = spelled[there.start : there.stop]
        # A term of which one word was heard right is compared as a whole: "label like" and "label lag" are alike.
        before = plain[here.start - 1 : here.start] if here.start and there.start - 1 in told else ()
        after = plain[here.stop : here.stop + 1] if there.stop in told else ()
        stays = not settled.keys().isdisjoint(here) and _stem_letters(old) != _stem_letters(new)
        alike_enough = alike([*before, *new, *after], [*before, *old, *after]) >= SPELLED_LIKE
        sure = any((word.probability or 0.0) >= SURE for word in (*before, *after))
        kept += new if not stays and alike_enough and any(_believed(word, term, sure) for word, term in said) else old
    return tuple(kept)


def _terms_in(words: Sequence[Word], terms: Iterable[str]) -> dict[int, str]:
    """The places of those of `words` that make up one of `terms`, whole, and the letters of that term."""
    wanted = {_stems(term) for term in terms}
    said = [_stems(word.text) for word in words]
    return {
        place: "".join(said[first:last])
        for first in range(len(said))
        for last in range(first + 1, min(len(said), first + LONGEST_WINDOW) + 1)
        if "".join(said[first:last]) in wanted
        for place in range(first, last)
    }


def _compared(plain: Sequence[Word], primed: Sequence[Word]) -> list[tuple[Sequence[Word], Sequence[Word]]]:
    """Both hearings in runs that are the same and runs that differ, in turn; the same words are those of `plain`."""
    from rapidfuzz.distance import Levenshtein

    runs: list[tuple[Sequence[Word], Sequence[Word]]] = []
    differed = False
    for block in Levenshtein.opcodes([bare(word.text) for word in plain], [bare(word.text) for word in primed]):
        old, new = plain[block.src_start : block.src_end], primed[block.dest_start : block.dest_end]
        if block.tag == "equal":
            runs.append((old, old))
        elif differed:
            runs[-1] = ((*runs[-1][0], *old), (*runs[-1][1], *new))
        else:
            runs.append((old, new))
        differed = block.tag != "equal"
    return runs


def _respelled(word: Word, terms: Iterable[str]) -> Word:
    """`word` as the term of one word that is pronounced like it and nearly spelled so: `cupped` is `CUPED`."""
    import jellyfish
    from rapidfuzz import fuzz

    said = letters(word.text)
    for term in terms:
        spelled = letters(term)
        nearly = len(spelled) > SHORT_LETTERS and spelled != said and fuzz.ratio(spelled, said) >= NEARLY
        if nearly and " " not in term and jellyfish.metaphone(spelled) == jellyfish.metaphone(said):
            return replace(word, text=word.text.replace(_EDGES.sub("", word.text.strip()), term))
    return word


def _believed(word: Word, term: str, sure: bool) -> bool:
    """Whether `word`, which is part of `term`, is not improbable, as it may be beside a `sure` one.

    In "label lag" a weak "lag" after a clear "label" is what priming is for, while invented terms are weak throughout.
    """
    short = len(term) <= SHORT_LETTERS and _stems(word.text) == term
    least = INVENTED_SHORT if short else INVENTED
    return sure or word.probability is None or word.probability > least


def _parts(text: str) -> list[str]:
    return [_stem(part) for part in re.split(r"[\s\-/]+", bare(text))]


def _stem_letters(words: Sequence[Word]) -> str:
    return "".join(_stems(word.text) for word in words)


def _stems(text: str) -> str:
    """The letters of `text`, without endings of plurals."""
    return "".join(letters(part) for part in _parts(text))


def _stem(word: str) -> str:
    """`word` without the ending of a plural, roughly: enough to tell words of terms from others."""
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") else word
