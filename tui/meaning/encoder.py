"""The encoder for real: a fine-tuned all-MiniLM-L6-v2 as int8 ONNX, built by scripts/train_meaning.py."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any

from tui.errors import ModelError
from tui.rubric.meaning import Blend

FOLDER = Path(__file__).parent / "model"
_SURROGATES = re.compile("[\ud800-\udfff]")
"""Half characters that JSON may carry and no tokeniser takes."""
MOST_KEPT = 20_000
"""Windows whose logits are remembered: an answer that grows is read again and again."""


class Encoder:
    """`tui.rubric.meaning.Meaning` on ONNX Runtime. Loaded when it is first used; safe to use from any thread."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Read what the model says of itself. Raises ModelError when it is not there or damaged."""
        try:
            text = (folder / "signals.json").read_text(encoding="utf-8")
            told = json.loads(text)
            # The weights change only together with what was fitted to them.
            self.version = sha256(text.encode()).hexdigest()[:8]
            self.blends = {signal: Blend(**blend) for signal, blend in told["signals"].items()}
            self.demonstrated = float(told["demonstrated"])
            self.doubtful = float(told["doubtful"])
            self._most_tokens = int(told["most_tokens"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise _damaged(folder) from error
        self._folder = folder
        self._loaded: tuple[Any, Any] | None = None
        self._known: dict[str, tuple[float, ...]] = {}
        self._lock = Lock()

    def logits(self, texts: Sequence[str]) -> list[tuple[float, ...]]:
        """For each text, the log-odds of each signal, in the order of `blends`. Raises ModelError."""
        with self._lock:
            if len(self._known) > MOST_KEPT:
                self._known.clear()
            for text in texts:
                if text not in self._known:
                    self._known[text] = self._run(text)
            return [self._known[text] for text in texts]

    def _run(self, text: str) -> tuple[float, ...]:
        # One text at a time: int8 activations are scaled by the batch, so that company would change what a text says.
        import numpy as np

        session, tokenizer = self._parts()
        encoded = tokenizer.encode(_SURROGATES.sub("\N{REPLACEMENT CHARACTER}", text))
        inputs = {
            "input_ids": np.array([encoded.ids], dtype=np.int64),
            "attention_mask": np.array([encoded.attention_mask], dtype=np.int64),
        }
        (rows,) = session.run(["logits"], inputs)
        return tuple(map(float, rows[0]))

    def _parts(self) -> tuple[Any, Any]:
        """The ONNX session and the tokeniser."""
        if self._loaded is None:
            import onnxruntime
            from tokenizers import Tokenizer

            options = onnxruntime.SessionOptions()
            # One thread: the recorder and the recogniser run beside it.
            options.intra_op_num_threads = 1
            options.inter_op_num_threads = 1
            options.log_severity_level = 3
            try:
                session = onnxruntime.InferenceSession(
                    str(self._folder / "meaning.onnx"), options, providers=["CPUExecutionProvider"]
                )
                tokenizer = Tokenizer.from_file(str(self._folder / "tokenizer.json"))
            except Exception as error:
                # Both libraries raise types of their own that share no ancestor but Exception.
                raise _damaged(self._folder) from error
            tokenizer.enable_truncation(self._most_tokens)
            # The file pads everything to 128 tokens; a text is read alone here, and padding is most of the time.
            tokenizer.no_padding()
            self._loaded = session, tokenizer
        return self._loaded


@lru_cache(maxsize=1)
def shipped() -> Encoder:
    """The encoder that comes with the project. Raises ModelError."""
    return Encoder()


def _damaged(folder: Path) -> ModelError:
    return ModelError(f"The sentence encoder in {folder} is missing or damaged.", "Install mockloop again.")
