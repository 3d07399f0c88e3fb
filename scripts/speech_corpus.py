"""Speech with its reference words, for the benchmarks: a folder with `corpus.tsv`, or its clips joined to one file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

RATE = 16_000
QUIET_DB = 25.0
"""Decibels under a clip's loudest part that count as its silence."""
GAINS_DB = (0.0, -12.0, -24.0, -6.0, -30.0)
"""Levels that joined clips have in turn."""
PAUSES = (0.4, 1.5, 6.0, 0.7, 15.0, 3.0)
"""Seconds of silence between joined clips, in turn."""
NOISE_DBFS = -85.0
"""Level of the noise in those silences: microphones are never dead."""


@dataclass(frozen=True)
class Clip:
    """Some speech and what is said in it."""

    path: Path
    reference: str
    start: float = 0.0
    """Seconds in the file at which the speech begins, where that is known."""
    end: float = 0.0


def read_corpus(folder: Path, without: tuple[str, ...] = ()) -> list[Clip]:
    """The clips that `corpus.tsv` in `folder` lists (columns `file` and `reference`). Raises ValueError."""
    with (folder / "corpus.tsv").open(encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table, delimiter="\t"))
    if not rows or not {"file", "reference"} <= rows[0].keys():
        raise ValueError(f"{folder / 'corpus.tsv'} needs the columns file and reference")
    return [Clip(folder / row["file"], row["reference"]) for row in rows if row["file"] not in without]


def read_audio(path: Path) -> np.ndarray:
    """Mono float32 at 16 kHz, shape (n,)."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    return mono if rate == RATE else soxr.resample(mono, rate, RATE)


def join(clips: list[Clip], minutes: float, target: Path) -> list[Clip]:
    """Write `clips` to `target` one after the other, again and again, until it lasts `minutes`; where each one lies.

    Every clip is cut to its speech and set to another level; silences of different length, with faint noise, part them.
    """
    draw = np.random.default_rng(7)
    spoken = [_speech(read_audio(clip.path)) for clip in clips]
    parts: list[np.ndarray] = []
    places: list[Clip] = []
    at = 0
    while at < minutes * 60 * RATE:
        n = len(places)
        speech = spoken[n % len(clips)]
        # Another level at each turn, also when the number of clips is a multiple of that of levels.
        level = GAINS_DB[(n + n // len(clips)) % len(GAINS_DB)]
        pause = np.zeros(int(PAUSES[n % len(PAUSES)] * RATE), np.float32)
        parts += [pause, speech / np.abs(speech).max() * 10 ** ((level - 3) / 20)]
        start = at + len(pause)
        at = start + len(speech)
        places.append(Clip(target, clips[n % len(clips)].reference, start / RATE, at / RATE))
    audio = np.concatenate([*parts, np.zeros(2 * RATE, np.float32)])
    audio += draw.normal(0, 10 ** (NOISE_DBFS / 20), len(audio)).astype(np.float32)
    soundfile.write(target, audio, RATE)
    return places


def _speech(samples: np.ndarray) -> np.ndarray:
    """`samples` without the silence at both ends."""
    frame = RATE // 100
    power = np.square(samples[: len(samples) // frame * frame].reshape(-1, frame)).mean(axis=1)
    loud = np.flatnonzero(power > np.percentile(power, 99) / 10 ** (QUIET_DB / 10))
    return samples[loud[0] * frame : (loud[-1] + 1) * frame].astype(np.float32)
