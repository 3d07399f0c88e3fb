"""Sounds that tests speak, and what can be recognised of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import soundfile

NOTE_SECONDS = 0.25


def tone(hertz: float, seconds: float, rate: int = 16_000, loudness: float = 0.3) -> npt.NDArray[np.float32]:
    """A sine, shaped (frames,)."""
    return (loudness * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)).astype(np.float32)


def melody(notes: Sequence[float], rate: int = 16_000) -> npt.NDArray[np.float32]:
    """One tone of NOTE_SECONDS after the other: what is lost, doubled or swapped can be told."""
    return np.concatenate([tone(note, NOTE_SECONDS, rate) for note in notes])


def voice_like(seconds: float, rate: int = 16_000, loudness: float = 0.1) -> npt.NDArray[np.float32]:
    """Noise in syllables: four a second."""
    noise = np.random.default_rng(1).normal(0, loudness, int(seconds * rate))
    syllables = np.abs(np.sin(4 * np.pi * np.arange(len(noise)) / rate))
    return (noise * syllables).astype(np.float32).clip(-1, 1)


def read(path: object) -> npt.NDArray[np.float32]:
    """A recording's samples; fails unless it is 16 kHz mono."""
    samples, rate = soundfile.read(path, dtype="float32")
    assert rate == 16_000
    assert samples.ndim == 1
    return samples


def sounding(samples: npt.NDArray[np.float32], rate: int = 16_000, threshold: float = 0.02) -> tuple[float, float]:
    """When sound begins and ends, in seconds."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    assert len(loud), "there is no sound at all"
    return loud[0] / rate, (loud[-1] + 1) / rate


def strongest(samples: npt.NDArray[np.float32], rate: int = 16_000) -> float:
    """The strongest frequency, in hertz."""
    spectrum = np.abs(np.fft.rfft(samples * np.hanning(len(samples))))
    return float(np.argmax(spectrum) * rate / len(samples))


def notes_of(samples: npt.NDArray[np.float32], count: int, rate: int = 16_000) -> list[float]:
    """The strongest frequency in the middle of each of `count` notes, from where sound begins, to the nearest 50 Hz."""
    start, _ = sounding(samples, rate)
    middles = [start + (number + 0.5) * NOTE_SECONDS for number in range(count)]
    slots = [samples[int((middle - 0.08) * rate) : int((middle + 0.08) * rate)] for middle in middles]
    return [50 * round(strongest(slot, rate) / 50) for slot in slots]


def share_of(samples: npt.NDArray[np.float32], hertz: float, rate: int = 16_000) -> float:
    """The part of the energy that lies within 60 Hz of `hertz`, 0 to 1."""
    power = np.abs(np.fft.rfft(samples)) ** 2
    frequencies = np.fft.rfftfreq(len(samples), 1 / rate)
    return float(power[np.abs(frequencies - hertz) < 60].sum() / power.sum())
