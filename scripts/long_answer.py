"""Clips of speech joined to one long answer, with the pauses of somebody who talks."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from speech_corpus import RATE, Clip, read_audio

PEAK = 0.5
PAUSES = (0.3, 0.5, 0.8, 1.2, 2.5)
"""Seconds between clips; within them the speakers pause as they do."""
ROOM = 0.00005
"""Loudness of the room, of which a pause is never free."""

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class LongAnswer:
    """Clips with pauses between them."""

    samples: Samples
    """Mono at 16 kHz."""
    ends: tuple[float, ...]
    """When each clip ended, in seconds."""


def long_answer(clips: Sequence[Clip], seconds: float, seed: int = 5) -> LongAnswer:
    """Whole clips in shuffled order, again and again, for at least `seconds`."""
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    parts: list[Samples] = []
    ends: list[float] = []
    at = 0
    for clip in _shuffled(clips, rng):
        speech = read_audio(clip.path)
        speech = speech * np.float32(PEAK / float(np.abs(speech).max()))
        quiet = noise.normal(0, ROOM, int(rng.choice(PAUSES) * RATE)).astype(np.float32)
        parts += [speech, quiet]
        ends.append((at + len(speech)) / RATE)
        at += len(speech) + len(quiet)
        if at >= seconds * RATE:
            break
    return LongAnswer(np.concatenate(parts), tuple(ends))


def _shuffled(clips: Sequence[Clip], rng: random.Random) -> Iterator[Clip]:
    while True:
        order = list(clips)
        rng.shuffle(order)
        yield from order
