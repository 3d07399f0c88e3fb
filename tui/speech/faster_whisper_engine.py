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
        self._encodings: list[tuple[NDArray[np.float32], Any]] = []
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

    def decode(self, pieces: Sequence[NDArray[np.float32]], terms: Sequence[str]) -> list[tuple[Word, ...]]:
        """See `Engine.decode`."""
        if len({_frames(samples) for samples in pieces}) != 1:
            # What is encoded together is of one shape; pieces of 17 s and less all are.
            return [words for samples in pieces for words in self.decode([samples], terms)]
        encodings = self._encoded(pieces)
        primed = fitting(terms, self._tokens)
        # With time marks in the text, which this prompt asks for, the model leaps over less of what is said.
        prompt = self._whisper.get_prompt(self._tokenizer, [], hotwords=primed or None)
        limits = [most_tokens(len(samples) / SAMPLE_RATE) for samples in pieces]
        texts = self._generated(encodings, prompt, max(limits))
        for n, limit in enumerate(limits):
            # A piece that went on longer than it may by itself, because others are longer, is written by itself.
            if len(texts[n]) > limit:
                texts[n] = self._generated([encodings[n]], prompt, limit)[0]
        return [self._aligned(*each) for each in zip(texts, encodings, pieces, strict=True)]

    def _generated(self, encodings: Sequence[Any], prompt: list[int], most: int) -> list[list[int]]:
        """The tokens of the text of each, `most` of them at most: several at once take little longer than one."""
        import ctranslate2
        import numpy as np

        # The length counts the prompt, and CTranslate2 gives the text half of it at most.
        length = min(self._whisper.max_length, max(len(prompt) + most, 2 * most))
        encoded = ctranslate2.StorageView.from_array(np.concatenate([np.asarray(one) for one in encodings]))
        prompts = [prompt] * len(encodings)
        results = self._whisper.model.generate(encoded, prompts, beam_size=self._beam, max_length=length)
        return [[token for token in result.sequences_ids[0] if token < self._tokenizer.eot] for result in results]

    def _aligned(self, tokens: list[int], encoded: Any, samples: NDArray[np.float32]) -> tuple[Word, ...]:
        """The words that `tokens` make, with their times in `samples`."""
        if not tokens:
            return ()
        (found,) = self._whisper.find_alignment(self._tokenizer, [tokens], encoded, len(samples) // HOP)
        return whole_words(
            [Word(w["word"], float(w["start"]), float(w["end"]), float(w["probability"])) for w in found if w["word"]]
        )

    def _encoded(self, pieces: Sequence[NDArray[np.float32]]) -> list[Any]:
        """What the decoder listens to.

        The last ones are kept, since a piece is often heard with and without terms. They are made one after the other:
        encoding several at once takes longer.
        """
        kept = {id(samples): encoded for samples, encoded in self._encodings}
        if not all(id(samples) in kept for samples in pieces):
            self._encodings = [(samples, self._whisper.encode(self._spectrogram(samples))) for samples in pieces]
            return [encoded for _, encoded in self._encodings]
        return [kept[id(samples)] for samples in pieces]

    def _spectrogram(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The features of `samples` and the silence after them, shape (1, mel bands, frames)."""
        import numpy as np

        wanted = _frames(samples)
        filled = np.pad(samples[: wanted * HOP], (0, max(0, wanted * HOP - len(samples))))
        features: NDArray[np.float32] = self._whisper.feature_extractor(filled, padding=0)
        return features[None, :, :wanted]

    def _tokens(self, text: str) -> int:
        return len(self._whisper.hf_tokenizer.encode(text, add_special_tokens=False).ids)


def _frames(samples: NDArray[np.float32]) -> int:
    """How many frames are encoded for `samples`."""
    wanted = min(MOST_FRAMES, max(WINDOW_FRAMES, -(-len(samples) // HOP) + SILENT_FRAMES))
    # The encoder halves the number of frames.
    return wanted - wanted % 2


def _threads() -> int:
    """As many threads as there are processors, unless the environment says how many (0 leaves it to the library)."""
    return 0 if "OMP_NUM_THREADS" in os.environ else min(MOST_THREADS, os.cpu_count() or 1)
