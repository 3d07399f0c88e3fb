from __future__ import annotations

import numpy as np
import pytest

from tests.speech.sounds import NOTE_SECONDS, melody, notes_of, strongest, tone
from tui.speech.tempo import at_tempo


@pytest.mark.parametrize("speed", [0.75, 1.25, 1.5])
def test_a_tone_takes_less_or_more_time_at_the_same_pitch(speed: float) -> None:
    fast = at_tempo(tone(440, 6), 16_000, speed)
    assert len(fast) == pytest.approx(6 * 16_000 / speed, rel=0.02)
    assert strongest(fast) == pytest.approx(440, abs=3)


def test_every_note_is_there_once_and_in_its_order() -> None:
    notes = [400.0, 700.0, 1000.0, 1300.0, 1600.0, 1900.0]
    slow = at_tempo(np.repeat(melody(notes).reshape(6, -1), 2, axis=0).reshape(-1), 16_000, 2.0)
    assert notes_of(slow, 6) == notes
    assert len(slow) / 16_000 == pytest.approx(6 * NOTE_SECONDS, abs=0.05)


def test_at_its_own_tempo_nothing_changes() -> None:
    samples = tone(440, 1)
    assert at_tempo(samples, 16_000, 1.0) is samples
