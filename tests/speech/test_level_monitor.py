from __future__ import annotations

import time

import numpy as np
import pytest

from tests.microphone import VirtualMicrophone
from tests.speech.sounds import voice_like
from tui.errors import AudioInputError
from tui.speech.level_monitor import LevelMonitor
from tui.speech.portaudio import refresh
from tui.speech.types import Condition

pytestmark = pytest.mark.microphone


def reaches(monitor: LevelMonitor, condition: Condition, seconds: float = 10.0) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if monitor.level.condition is condition:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize(
    ("samples", "condition"),
    [
        (voice_like(10), Condition.OK),
        ((voice_like(10) * 100).clip(-1, 1), Condition.CLIPPING),
        (voice_like(10, loudness=0.002), Condition.QUIET),
        (np.zeros(10), Condition.NOTHING),
    ],
    ids=["a voice", "shouting", "far away", "muted"],
)
def test_says_how_the_microphone_is_doing(
    microphone: VirtualMicrophone, samples: np.ndarray, condition: Condition
) -> None:
    monitor = LevelMonitor()
    assert monitor.level.condition is Condition.WAITING
    with microphone.speaking(samples, 16_000):
        monitor.start()
        try:
            assert reaches(monitor, condition)
        finally:
            monitor.stop()


def test_notices_that_the_microphone_has_gone(removable_microphone: VirtualMicrophone) -> None:
    monitor = LevelMonitor()
    monitor.start()
    try:
        with removable_microphone.speaking(voice_like(10), 16_000):
            assert reaches(monitor, Condition.OK)
        removable_microphone.close()
        assert reaches(monitor, Condition.LOST) or monitor.level.condition is Condition.NOTHING
    finally:
        monitor.stop()


def test_lets_go_of_the_microphone(microphone: VirtualMicrophone) -> None:
    monitor = LevelMonitor()
    monitor.start()
    assert not refresh()
    monitor.stop()
    monitor.stop()
    assert refresh()


def test_names_the_microphones_that_there_are(microphone: VirtualMicrophone) -> None:
    with pytest.raises(AudioInputError, match='There is no microphone "Blue Yeti"') as caught:
        LevelMonitor("Blue Yeti").start()
    assert "pulse" in caught.value.remedy
