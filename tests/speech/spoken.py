"""A spoken answer of fifteen seconds, and what is wanted from whoever recognises it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from tui.transcript import Transcript

RATE = 16_000
CANARY = Path(__file__).parents[1] / "data" / "speech" / "canary.flac"
TERMS = ("ranker", "canary", "rollback", "p95 latency", "NDCG", "label lag", "retrain")


def canary() -> npt.NDArray[np.float32]:
    """The answer, mono at 16 kHz, shape (samples,)."""
    return soundfile.read(CANARY, dtype="float32")[0]


def silence(seconds: float) -> npt.NDArray[np.float32]:
    return np.zeros(int(seconds * RATE), np.float32)


def noise(seconds: float, loudness: float = 0.05) -> npt.NDArray[np.float32]:
    return np.random.default_rng(0).normal(0, loudness, int(seconds * RATE)).astype(np.float32)


def assert_heard(transcript: Transcript) -> None:
    """The answer was recognised, with its terms, and its words have sensible times."""
    text = transcript.text.lower()
    for term in ("ranker", "canary", "p95 latency", "200", "ndcg", "rollback", "label lag", "retrain"):
        assert term in text
    words = list(transcript.words)
    starts = [word.start for word in words]
    assert starts == sorted(starts)
    assert all(0 <= word.start <= word.end <= transcript.audio_seconds for word in words)
    assert all(0 <= word.probability <= 1 for word in words)
    said = {word.text.strip(".,").lower(): word for word in words}
    assert abs(said["canary"].start - 1.4) < 0.5
    assert abs(said["retrain"].start - 14.0) < 0.7
