"""Quiet speech beside loud speech is raised, and nothing else is touched."""

from __future__ import annotations

import numpy as np
import pytest

from tui.speech.levelling import levelled
from tui.transcript import Span

RATE = 16_000


def tone(seconds: float, decibels: float) -> np.ndarray:
    return (10 ** (decibels / 20) * np.sin(np.arange(int(seconds * RATE)) * 0.3)).astype(np.float32)


def level(samples: np.ndarray) -> float:
    return float(20 * np.log10(np.sqrt(np.mean(np.square(samples))) * 2**0.5))


def test_much_quieter_speech_is_raised_to_ten_decibels_under_the_loudest() -> None:
    audio = np.concatenate((tone(2, -6), np.zeros(RATE, np.float32), tone(2, -36)))
    raised = levelled(audio, (Span(0, 2), Span(3, 5)))
    assert level(raised[: 2 * RATE]) == pytest.approx(-6, abs=0.1)
    assert level(raised[3 * RATE :]) == pytest.approx(-16, abs=0.1)
    assert raised.dtype == np.float32


def test_very_quiet_speech_is_raised_by_a_limit() -> None:
    audio = np.concatenate((tone(1, -6), tone(1, -90)))
    assert level(levelled(audio, (Span(0, 1), Span(1, 2)))[RATE + 1 :]) == pytest.approx(-54, abs=0.1)


def test_evenly_loud_speech_and_single_stretches_are_left_alone() -> None:
    audio = np.concatenate((tone(2, -6), tone(2, -14)))
    assert levelled(audio, (Span(0, 2), Span(2, 4))) is audio
    assert levelled(audio, (Span(0, 2),)) is audio
    assert levelled(audio, (Span(0, 2), Span(2, 2.1))) is audio


def test_a_quiet_piece_is_raised_as_a_whole_but_not_without_limit() -> None:
    audio = np.concatenate((tone(2, -40), tone(2, -46)))
    raised = levelled(audio, (Span(0, 2), Span(2, 4)))
    assert level(raised[: 2 * RATE]) == pytest.approx(-6, abs=0.1)
    assert level(raised[2 * RATE + 1 :]) == pytest.approx(-12, abs=0.1)
    assert level(levelled(tone(2, -80), (Span(0, 2),))) == pytest.approx(-44, abs=0.1)
    silence = np.zeros(RATE, np.float32)
    assert levelled(silence, ()) is silence
