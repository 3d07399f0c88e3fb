"""Speech with its reference words, for the benchmarks: a folder with `corpus.tsv`, or its clips joined to one file."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile
import soxr

RATE = 16_000
FRAME = RATE // 100
QUIET_DB = 25.0
"""Decibels under a clip's loudest part that count as its silence."""
SPEECH_HZ = (200.0, 4000.0)
"""Where most of the power of speech is; in some recordings rumble and hiss beside it are louder."""
EVEN_DB = 6.0
"""Decibels under the loudest part that are still loud in a clip without pauses."""
LASTING = 10
"""Hundredths of a second of which more than half must be louder than noise to be no click."""
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
    """The clips that `corpus.tsv` in `folder` lists (columns `file` and `reference`). Ends with a sentence else."""
    table = folder / "corpus.tsv"
    try:
        with table.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        told = error.strerror if isinstance(error, OSError) else error
        raise SystemExit(f"{table} cannot be read: {told}. Give a folder of clips with such a table.") from None
    if not rows or not {"file", "reference"} <= rows[0].keys():
        raise SystemExit(f"{table} needs the columns file and reference, separated by tabs, and a line for each clip.")
    clips = [Clip(folder / (row["file"] or ""), row["reference"] or "") for row in rows if row["file"] not in without]
    for clip in clips:
        if not clip.path.is_file():
            raise SystemExit(f"{clip.path}, which {table} lists, is not there.")
    return clips


def read_audio(path: Path) -> np.ndarray:
    """Mono float32 at 16 kHz, shape (n,)."""
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    return mono if rate == RATE else soxr.resample(mono, rate, RATE)


def join(clips: list[Clip], minutes: float, target: Path) -> list[Clip]:
    """Write `clips` to `target` one after the other, again and again, until it lasts `minutes`; where each one lies.

    Every clip is cut to what is not silence and set to another level; silences of different length, with faint noise,
    part them. A place starts where the first word does.
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
        start = at + len(pause) + _onset(speech)
        at += len(pause) + len(speech)
        places.append(Clip(target, clips[n % len(clips)].reference, start / RATE, at / RATE))
    audio = np.concatenate([*parts, np.zeros(2 * RATE, np.float32)])
    audio += draw.normal(0, 10 ** (NOISE_DBFS / 20), len(audio)).astype(np.float32)
    soundfile.write(target, audio, RATE)
    return places


def _speech(samples: np.ndarray) -> np.ndarray:
    """`samples` without the silence at both ends."""
    power = _power(samples)
    loud = np.flatnonzero(power > np.percentile(power, 99) - QUIET_DB)
    return samples[loud[0] * FRAME : (loud[-1] + 1) * FRAME].astype(np.float32)


def _onset(speech: np.ndarray) -> int:
    """The sample at which the first word of `speech` begins: not the breath, rumble or click before it.

    That is where the level first lies nearer to that of the loudest parts than of the quietest, and stays there.
    """
    # The difference takes out what is below all pitch, which would leak into the band where a recording begins.
    spectrum = np.fft.rfft(np.diff(speech, prepend=speech[:1]))
    hertz = np.fft.rfftfreq(len(speech), 1 / RATE)
    spectrum[(hertz < SPEECH_HZ[0]) | (hertz > SPEECH_HZ[1])] = 0
    power = _power(np.fft.irfft(spectrum, len(speech)))
    loudest = np.percentile(power, 99)
    loud = power > min((np.percentile(power, 10) + loudest) / 2, loudest - EVEN_DB)
    lasting = np.flatnonzero(np.convolve(loud, np.ones(LASTING, int), "valid") > LASTING // 2)
    return int(lasting[0] + np.argmax(loud[lasting[0] :])) * FRAME if len(lasting) else 0


def _power(samples: np.ndarray) -> np.ndarray:
    """Of each hundredth of a second, in decibels, shape (hundredths,)."""
    power = np.square(samples[: len(samples) // FRAME * FRAME].reshape(-1, FRAME)).mean(axis=1)
    return 10 * np.log10(power + 1e-12)
