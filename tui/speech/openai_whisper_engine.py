"""The optional recogniser: OpenAI's own Whisper on PyTorch, primed by a prompt."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.errors import ModelError
from tui.speech.engine import BEAM, OPENAI_WHISPER, most_tokens, whole_words
from tui.speech.models import resolve
from tui.speech.priming import fitting
from tui.speech.types import SAMPLE_RATE
from tui.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

INSTALL = "pip install 'mockloop[openai-whisper]'"


def installed() -> bool:
    """Whether the openai-whisper package is here."""
    return importlib.util.find_spec("whisper") is not None


class OpenAIWhisper:
    """A Whisper checkpoint in OpenAI's format, in 32-bit floats on the processor."""

    name = OPENAI_WHISPER

    def __init__(self, model: str, home: Path, beam: int = BEAM) -> None:
        """Load `model`, a name or the path of a checkpoint. Raises ModelError."""
        if not installed():
            raise ModelError("The engine openai-whisper is not installed.", f"Install it with: {INSTALL}.")
        info = resolve(model, OPENAI_WHISPER, home)
        import whisper
        from whisper.tokenizer import get_tokenizer

        self.model = info.name
        self._beam = beam
        try:
            # Given a path, whisper reads the checkpoint with torch's `weights_only`: no code in it is run.
            self._whisper = whisper.load_model(str(info.path), device="cpu")
        except Exception as error:
            raise ModelError(
                f"The speech model {info.path} cannot be loaded.",
                "It may be damaged or of another format: remove it and fetch it again.",
            ) from error
        _point_alignment_heads(self._whisper, info.name)
        multilingual = self._whisper.is_multilingual
        self._tokenizer = get_tokenizer(
            multilingual, num_languages=self._whisper.num_languages, language="en", task="transcribe"
        )

    def decode(self, pieces: Sequence[NDArray[np.float32]], terms: Sequence[str]) -> list[tuple[Word, ...]]:
        """See `Engine.decode`."""
        return [self._decoded(samples, terms) for samples in pieces]

    def _decoded(self, samples: NDArray[np.float32], terms: Sequence[str]) -> tuple[Word, ...]:
        import whisper
        from whisper.audio import HOP_LENGTH, N_FRAMES, N_SAMPLES
        from whisper.timing import add_word_timestamps

        mel = whisper.log_mel_spectrogram(samples, self._whisper.dims.n_mels, padding=N_SAMPLES)
        mel = whisper.pad_or_trim(mel, N_FRAMES)
        options = whisper.DecodingOptions(
            language="en",
            temperature=0.0,
            beam_size=self._beam,
            prompt=fitting(terms, self._tokens) or None,
            sample_len=most_tokens(len(samples) / SAMPLE_RATE),
            without_timestamps=True,
            fp16=False,
        )
        tokens = whisper.decode(self._whisper, mel, options).tokens
        segment = {"seek": 0, "start": 0.0, "end": len(samples) / SAMPLE_RATE, "tokens": tokens, "words": []}
        add_word_timestamps(
            segments=[segment],
            model=self._whisper,
            tokenizer=self._tokenizer,
            mel=mel,
            num_frames=min(N_FRAMES, len(samples) // HOP_LENGTH),
            last_speech_timestamp=0.0,
        )
        return whole_words(
            [Word(w["word"], float(w["start"]), float(w["end"]), float(w["probability"])) for w in segment["words"]]
        )

    def _tokens(self, text: str) -> int:
        return len(self._tokenizer.encode(text))


def _point_alignment_heads(model: Any, name: str) -> None:
    """Tell `model` which attention heads follow time, which whisper knows for official models loaded by name only."""
    import whisper

    heads = getattr(whisper, "_ALIGNMENT_HEADS", {}).get(name)
    if heads:
        model.set_alignment_heads(heads)
