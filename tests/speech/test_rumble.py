"""What the filter takes out, what it leaves, and that audio may come in bits of any size."""

from __future__ import annotations

import numpy as np
import pytest

from tests.speech.spoken import RATE, canary
from tui.speech.rumble import RumbleFilter


def filtered(samples: np.ndarray, size: int) -> np.ndarray:
    rumble = RumbleFilter()
    parts = [rumble.feed(samples[at : at + size]) for at in range(0, len(samples), size)]
    return np.concatenate([*parts, rumble.finish()])


def tone(hertz: float) -> np.ndarray:
    return np.sin(2 * np.pi * hertz * np.arange(RATE) / RATE).astype(np.float32)


def power(samples: np.ndarray) -> float:
    return float(np.mean(np.square(samples[RATE // 10 : -RATE // 10])))


@pytest.mark.parametrize("size", [1_000, 37, 320, 321, 16_000])
def test_bits_of_any_size_give_the_same_as_the_whole(size: int) -> None:
    spoken = canary()[:RATE]
    assert len(filtered(spoken, size)) == len(spoken)
    np.testing.assert_allclose(filtered(spoken, size), filtered(spoken, len(spoken)), atol=1e-6)


def test_direct_current_and_rumble_are_taken_out_and_voices_left() -> None:
    assert np.abs(filtered(np.full(RATE, 0.4, np.float32), 1_000)).max() < 1e-6
    assert power(filtered(tone(5), 1_000)) < 0.01 * power(tone(5))
    for hertz in (80, 150, 400, 3_000):
        assert 0.7 < power(filtered(tone(hertz), 1_000)) / power(tone(hertz)) < 1.5


def test_a_sound_stays_where_it_was() -> None:
    samples = np.zeros(RATE, np.float32)
    samples[5_000] = 1.0
    assert int(np.argmax(filtered(samples, 700))) == 5_000


@pytest.mark.parametrize("length", [0, 1, 100, 200, 400])
def test_short_audio_comes_back_whole(length: int) -> None:
    assert filtered(tone(200)[:length], 90).shape == (length,)
