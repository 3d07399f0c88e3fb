"""The default recogniser: Whisper run by CTranslate2 in 8-bit integers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import ModelError
from tui.speech.engine import BEAM, FASTER_WHISPER, whole_words
from tui.speech.models import resolve
from tui.speech.priming import fitting
from tui.speech.types import SAMPLE_RATE
from tui.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_THREADS = 4
"""More threads than this make small models slower."""


class FasterWhisper:
    """A Whisper model in CTranslate2's format, primed by hotwords."""

    name = FASTER_WHISPER

    def __init__(self, model: str, home: Path) -> None:
        """Load `model`, a name or a folder. Raises ModelError."""
        info = resolve(model, FASTER_WHISPER, home)
        from faster_whisper import BatchedInferencePipeline, WhisperModel

        self.model = info.name
        try:
            self._whisper = WhisperModel(
                str(info.path), device="cpu", compute_type="int8", cpu_threads=_threads(), local_files_only=True
            )
        except Exception as error:
            raise ModelError(
                f"The speech model in {info.path} cannot be loaded.",
                "It may be damaged or of another format: remove it and fetch it again.",
            ) from error
        # The pipeline decodes each clip exactly once; the plain method goes on decoding what it takes to be left of a
        # clip after the last word, and loops there.
        self._pipeline = BatchedInferencePipeline(self._whisper)

    def decode(self, samples: NDArray[np.float32], terms: Sequence[str]) -> tuple[Word, ...]:
        """See `Engine.decode`."""
        self._pipeline.last_speech_timestamp = 0.0
        segments, _ = self._pipeline.transcribe(
            samples,
            language="en",
            beam_size=BEAM,
            temperature=0.0,
            batch_size=1,
            vad_filter=False,
            clip_timestamps=[{"start": 0, "end": len(samples) / SAMPLE_RATE}],
            # With time marks in the text the model leaps over less of what is said.
            without_timestamps=False,
            word_timestamps=True,
            hotwords=fitting(terms, self._tokens) or None,
        )
        parts = [word for segment in segments for word in segment.words or ()]
        return whole_words([Word(w.word, float(w.start), float(w.end), float(w.probability)) for w in parts])

    def _tokens(self, text: str) -> int:
        return len(self._whisper.hf_tokenizer.encode(text, add_special_tokens=False).ids)


def _threads() -> int:
    """As many threads as there are processors, unless the environment says how many (0 leaves it to the library)."""
    return 0 if "OMP_NUM_THREADS" in os.environ else min(MOST_THREADS, os.cpu_count() or 1)
