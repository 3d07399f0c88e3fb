"""Join clips of speech to one long answer, with pauses, at one level or at very different ones.

Usage: python scripts/long_answer.py FOLDER OUT --minutes 26 [--uneven]

FOLDER holds 16 kHz mono audio and a `corpus.tsv` (file, seconds, source, licence, reference). OUT becomes a folder of
the same kind with one file, long.wav, for benchmarks: whatever recognises it must lose nothing where the level jumps or
a pause is long.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

RATE = 16_000
SEED = 5
EVEN = (0.5,)
UNEVEN = (0.9, 0.01, 0.15, 0.003, 0.5, 0.03)
"""Peaks of one clip after the other; the ratio of the loudest to the softest is 50 dB."""
PAUSES = (0.3, 0.5, 0.8, 1.2, 2.5)
"""Seconds between clips."""
LONG_PAUSES = (0.3, 1.0, 4.0, 0.6, 25.0, 9.0)
ROOM = 0.00005
"""Loudness of the room, of which a pause is never free."""

Samples = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Clip:
    """Somebody speaking."""

    samples: Samples
    reference: str


@dataclass(frozen=True)
class LongAnswer:
    """Clips with pauses between them."""

    samples: Samples
    """Mono at 16 kHz."""
    ends: tuple[float, ...]
    """When each clip ended, in seconds."""
    reference: str


def clips_in(folder: Path) -> list[Clip]:
    """The clips that `corpus.tsv` in `folder` lists, those that are 16 kHz mono."""
    with (folder / "corpus.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    found = []
    for row in rows:
        samples, rate = soundfile.read(folder / row["file"], dtype="float32")
        if rate == RATE and samples.ndim == 1:
            found.append(Clip(samples, row["reference"]))
    return found


def join(clips: Sequence[Clip], seconds: float, uneven: bool = False, seed: int = SEED) -> LongAnswer:
    """Whole clips in shuffled order, again and again, for about `seconds`."""
    rng, noise = random.Random(seed), np.random.default_rng(seed)
    parts: list[Samples] = []
    ends: list[float] = []
    said: list[str] = []
    at = 0
    for n, clip in enumerate(_shuffled(clips, rng)):
        peak = (UNEVEN if uneven else EVEN)[n % len(UNEVEN if uneven else EVEN)]
        pause = rng.choice(LONG_PAUSES if uneven else PAUSES)
        loud = clip.samples * np.float32(peak / float(np.abs(clip.samples).max()))
        quiet = noise.normal(0, ROOM, int(pause * RATE)).astype(np.float32)
        parts += [loud, quiet]
        ends.append((at + len(loud)) / RATE)
        said.append(clip.reference)
        at += len(loud) + len(quiet)
        if at >= seconds * RATE:
            break
    return LongAnswer(np.concatenate(parts), tuple(ends), " ".join(said))


def _shuffled(clips: Sequence[Clip], rng: random.Random) -> Iterator[Clip]:
    while True:
        order = list(clips)
        rng.shuffle(order)
        yield from order


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=26.0)
    parser.add_argument("--uneven", action="store_true", help="very different levels, and pauses of up to 25 s")
    options = parser.parse_args()
    answer = join(clips_in(options.folder), options.minutes * 60, options.uneven)
    options.out.mkdir(parents=True, exist_ok=True)
    soundfile.write(options.out / "long.wav", answer.samples, RATE, subtype="PCM_16")
    seconds = len(answer.samples) / RATE
    with (options.out / "corpus.tsv").open("w", encoding="utf-8") as file:
        file.write("file\tseconds\tsource\tlicence\treference\n")
        file.write(f"long.wav\t{seconds:.2f}\tjoined from {options.folder.name}\tas there\t{answer.reference}\n")
    print(f"{options.out / 'long.wav'}: {seconds / 60:.1f} minutes, {len(answer.ends)} clips")


if __name__ == "__main__":
    main()
