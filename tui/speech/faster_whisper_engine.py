"""The default recogniser: Whisper run by CTranslate2 in 8-bit integers."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.errors import ModelError
from tui.speech.engine import BEAM, FASTER_WHISPER, most_tokens, whole_words
from tui.speech.models import resolve
from tui.speech.priming import fitting
from tui.speech.types import SAMPLE_RATE
from tui.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_THREADS = 4
"""More threads than this make small models slower."""
HOP = 160
"""Samples per frame of the spectrogram."""
MOST_FRAMES = 3000
"""Frames that the encoder has room for: 30 s."""
WINDOW_FRAMES = 2250
"""Frames that are encoded at least. Pieces last 15 s at most, and silence after them is work for nothing: at 22.5 s the
encoder takes half the time that it takes for the usual 30 s, with no more errors; with less than 20 s words at the end
get lost, and without silence at the end the model repeats itself."""
SILENT_FRAMES = 500
"""Frames of silence that follow the audio at least, as far as there is room."""


class FasterWhisper:
    """A Whisper model in CTranslate2's format, primed by a prompt."""

    name = FASTER_WHISPER

    def __init__(self, model: str, home: Path, beam: int = BEAM) -> None:
        """Load `model`, a name or a folder. Raises ModelError."""
        info = resolve(model, FASTER_WHISPER, home)
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        self.model = info.name
        self._beam = beam
        self._last: tuple[NDArray[np.float32], Any] | None = None
        try:
            self._whisper = WhisperModel(
                str(info.path), device="cpu", compute_type="int8", cpu_threads=_threads(), local_files_only=True
            )
        except Exception as error:
            raise ModelError(
                f"The speech model in {info.path} cannot be loaded.",
                "It may be damaged or of another format: remove it and fetch it again.",
            ) from error
        multilingual = self._whisper.model.is_multilingual
        self._tokenizer = Tokenizer(self._whisper.hf_tokenizer, multilingual, task="transcribe", language="en")

    def decode(self, samples: NDArray[np.float32], terms: Sequence[str]) -> tuple[Word, ...]:
        """See `Engine.decode`."""
        encoded = self._encoded(samples)
        primed = fitting(terms, self._tokens)
        # With time marks in the text, which this prompt asks for, the model leaps over less of what is said.
        prompt = self._whisper.get_prompt(self._tokenizer, [], hotwords=primed or None)
        most = most_tokens(len(samples) / SAMPLE_RATE)
        # The length counts the prompt, and CTranslate2 gives the text half of it at most.
        length = min(self._whisper.max_length, max(len(prompt) + most, 2 * most))
        (result,) = self._whisper.model.generate(encoded, [prompt], beam_size=self._beam, max_length=length)
        tokens = [token for token in result.sequences_ids[0] if token < self._tokenizer.eot]
        if not tokens:
            return ()
        (found,) = self._whisper.find_alignment(self._tokenizer, [tokens], encoded, len(samples) // HOP)
        return whole_words(
            [Word(w["word"], float(w["start"]), float(w["end"]), float(w["probability"])) for w in found if w["word"]]
        )

    def _encoded(self, samples: NDArray[np.float32]) -> Any:
        """What the decoder listens to; the last one is kept, since a piece is often heard with and without terms."""
        if self._last is None or self._last[0] is not samples:
            self._last = (samples, self._whisper.encode(self._spectrogram(samples)))
        return self._last[1]

    def _spectrogram(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The features of `samples` and the silence after them, shape (1, mel bands, frames)."""
        import numpy as np

        frames = -(-len(samples) // HOP)
        wanted = min(MOST_FRAMES, max(WINDOW_FRAMES, frames + SILENT_FRAMES))
        # The encoder halves the number of frames.
        wanted -= wanted % 2
        filled = np.pad(samples[: wanted * HOP], (0, max(0, wanted * HOP - len(samples))))
        features: NDArray[np.float32] = self._whisper.feature_extractor(filled, padding=0)
        return features[None, :, :wanted]

    def _tokens(self, text: str) -> int:
        return len(self._whisper.hf_tokenizer.encode(text, add_special_tokens=False).ids)


def _threads() -> int:
    """As many threads as there are processors, unless the environment says how many (0 leaves it to the library)."""
    return 0 if "OMP_NUM_THREADS" in os.environ else min(MOST_THREADS, os.cpu_count() or 1)
