"""What a recogniser must be able to do, and how one is loaded by name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from tui.errors import BadInputError
from tui.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FASTER_WHISPER = "faster-whisper"
OPENAI_WHISPER = "openai-whisper"
ENGINES = (FASTER_WHISPER, OPENAI_WHISPER)
DEFAULT_ENGINE = FASTER_WHISPER
DEFAULT_MODEL = "tiny.en"
BEAM = 5
"""Hypotheses kept while decoding."""
TOKENS_PER_SECOND = 10
"""Tokens that a second of speech can be written with at most: somebody in a great hurry needs eight."""
SPARE_TOKENS = 16
"""Tokens on top of that: time marks, and the numbers and names of a very short piece."""


class Engine(Protocol):
    """A loaded speech model."""

    name: str
    model: str

    def decode(self, pieces: Sequence[NDArray[np.float32]], terms: Sequence[str]) -> list[tuple[Word, ...]]:
        """The words in each of `pieces` of audio, decoded once and without regard to the other pieces.

        Each is mono float32 at 16 kHz, shape (n,), at most 30 s. `terms` are expected, the most important first; none
        means unprimed. Times are seconds from the start of the piece. The words are as the model wrote them: not
        cleaned, not checked.
        """


def load_engine(engine: str, model: str, home: Path, beam: int = BEAM) -> Engine:
    """The recogniser `engine` with `model` (a name or a path), decoding with `beam` hypotheses. Takes seconds.

    Raises ModelError when either is not here, does not match its checksum or cannot be loaded, BadInputError for an
    unknown engine.
    """
    if engine == FASTER_WHISPER:
        from tui.speech.faster_whisper_engine import FasterWhisper

        return FasterWhisper(model, home, beam)
    if engine == OPENAI_WHISPER:
        from tui.speech.openai_whisper_engine import OpenAIWhisper

        return OpenAIWhisper(model, home, beam)
    raise BadInputError(f"There is no engine called {engine}.", f"Choose one of: {', '.join(ENGINES)}.")


def most_tokens(seconds: float) -> int:
    """How many tokens are written for a piece of that length at most.

    Whisper goes round in circles on some noises and cut words until it has written 224 tokens, which takes seconds,
    however short the piece. What was said never needs that many.
    """
    return SPARE_TOKENS + int(TOKENS_PER_SECOND * seconds)


def whole_words(parts: Sequence[Word]) -> tuple[Word, ...]:
    """`parts` with those that do not begin with a space joined to the word before: `A`, `/B` become `A/B`."""
    words: list[Word] = []
    for part in parts:
        if words and part.text and not part.text[0].isspace():
            last = words[-1]
            certainty = [p for p in (last.probability, part.probability) if p is not None]
            words[-1] = Word(last.text + part.text, last.start, part.end, min(certainty, default=None))
        else:
            words.append(part)
    return tuple(words)
