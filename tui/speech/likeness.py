"""Which terms may have been said, judged by what was heard without being told any: `can area` is like `canary`.

Both are compared as letters without spaces, since a misheard term is often parted into other words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from tui.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LIKE = 0.5
"""Likeness to something heard from which a term is worth telling to the recogniser."""
MOST_TERMS = 24
"""Terms that are told at most: long lists make the recogniser drop words."""
LONGEST_WINDOW = 5
"""Heard words that one term may have been parted into."""

_NO_LETTER = re.compile(r"[^a-z0-9]+")


def letters(text: str) -> str:
    """The letters and digits of `text`, in small letters."""
    return _NO_LETTER.sub("", text.casefold())


def joined(words: Iterable[Word]) -> str:
    """The letters and digits of `words` in a row."""
    return "".join(letters(word.text) for word in words)


def likely(terms: Sequence[str], words: Sequence[Word]) -> tuple[str, ...]:
    """Those of `terms` that are like something in `words`, the likest first; none when all of these stand there."""
    import numpy as np

    heard = _windows(words)
    wanted = [letters(term) for term in terms]
    if not heard or not wanted:
        return ()
    best = _likeness(wanted, heard).max(axis=1)
    order = [int(i) for i in np.argsort(-best, kind="stable") if best[i] >= LIKE]
    if not order or best[order[-1]] == 1.0:
        return ()
    return tuple(terms[i] for i in order[:MOST_TERMS])


def alike(said: Sequence[Word], heard: Sequence[Word]) -> float:
    """How like two runs of words are as a whole, 0 to 1."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(joined(said), joined(heard))) / 100.0


def _windows(words: Sequence[Word]) -> list[str]:
    """Every run of one to five words, as letters."""
    said = [part for part in (letters(word.text) for word in words) if part]
    runs = {
        "".join(said[at : at + count]) for count in range(1, LONGEST_WINDOW + 1) for at in range(len(said) - count + 1)
    }
    return sorted(runs)


def _likeness(wanted: Sequence[str], heard: Sequence[str]) -> NDArray[np.float64]:
    """Likeness of each of `wanted` and each of `heard`, 0 to 1, shape (wanted, heard)."""
    from rapidfuzz import fuzz, process

    found: NDArray[np.float64] = process.cdist(wanted, heard, scorer=fuzz.ratio) / 100.0
    return found
