"""Signs that a recogniser has lost the thread: it repeats itself, or writes words where nobody spoke."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from tui.speech.priming import bare
from tui.transcript import Span, Word

MOST_COMPRESSIBLE = 2.4
"""Text that shrinks by more than this factor is a loop (the threshold of OpenAI's Whisper)."""
REPEATS = {1: 6, 2: 4}
"""Times that a run of one or two words must follow itself to be a loop; people do say "very, very, very"."""
LONGER_REPEATS = 3
"""The same for longer runs."""
LONGEST_RUN = 10
NEAR_VOICE = 0.5
"""Seconds that a word may lie away from voice: word times are off by up to 0.3 s in nine of ten cases."""


def compression_ratio(text: str) -> float:
    """How many times smaller `text` gets when it is compressed."""
    raw = text.encode()
    return len(raw) / len(zlib.compress(raw)) if raw else 0.0


def loops(words: Sequence[Word]) -> bool:
    """Whether `words` say the same thing over and over."""
    said = [word for word in (bare(word.text) for word in words) if word]
    if compression_ratio(" ".join(said)) > MOST_COMPRESSIBLE:
        return True
    return any(_repeated(said, run, REPEATS.get(run, LONGER_REPEATS)) for run in range(1, LONGEST_RUN + 1))


def _repeated(said: Sequence[str], run: int, times: int) -> bool:
    """Whether some run of that many words follows itself that many times."""
    same = 0
    for i in range(run, len(said)):
        same = same + 1 if said[i] == said[i - run] else 0
        if same >= run * (times - 1):
            return True
    return False


def voiced_words(words: Sequence[Word], voice: Sequence[Span]) -> tuple[Word, ...]:
    """Those of `words` that have voice under or near them."""
    return tuple(word for word in words if _near_voice(word, voice))


def _near_voice(word: Word, voice: Sequence[Span]) -> bool:
    if word.start is None or word.end is None:
        return True
    return any(span.start - NEAR_VOICE < word.end and word.start < span.end + NEAR_VOICE for span in voice)
