from __future__ import annotations

import numpy as np
import pytest

from tests.speech.sounds import tone, voice_like
from tui.speech.level import FLOOR, LevelJudge
from tui.speech.resample import to_int16
from tui.speech.types import Condition, Level

BLOCK = 0.1


def after(samples: np.ndarray, silence_after: float = 0.0) -> Level:
    """The level once `samples` at 16 kHz have been fed in blocks, and some seconds later."""
    judge = LevelJudge(0.0)
    blocks = np.array_split((samples * 32_767).astype(np.int16), max(1, round(len(samples) / 16_000 / BLOCK)))
    for number, block in enumerate(blocks):
        judge.feed(block.reshape(-1, 1), (number + 1) * BLOCK)
    return judge.level(len(blocks) * BLOCK + silence_after)


def test_waits_before_anything_has_arrived() -> None:
    assert LevelJudge(10.0).level(11.9) == Level(FLOOR, FLOOR, Condition.WAITING)


def test_says_that_nothing_comes_when_no_block_arrives_for_two_seconds() -> None:
    assert LevelJudge(10.0).level(12.0).condition is Condition.NOTHING


def test_says_that_nothing_comes_on_two_seconds_of_digital_silence() -> None:
    assert after(np.zeros(32_000)).condition is Condition.NOTHING
    assert after(np.concatenate([voice_like(5), np.zeros(32_000)])).condition is Condition.NOTHING


def test_says_that_nothing_comes_when_blocks_stop() -> None:
    assert after(voice_like(3), silence_after=1.9).condition is Condition.OK
    assert after(voice_like(3), silence_after=2.0).condition is Condition.NOTHING


def test_silence_between_words_of_a_microphone_that_suppresses_noise_can_be_allowed_for() -> None:
    judge = LevelJudge(0.0, silent_after=12.0)
    assert judge.level(2.0).condition is Condition.NOTHING
    judge.feed(to_int16(voice_like(0.1)).reshape(-1, 1), 3.0)
    assert judge.level(14.9).condition is not Condition.NOTHING
    assert judge.level(15.0).condition is Condition.NOTHING


def test_a_voice_is_fine_and_so_is_a_short_pause_in_a_quiet_room() -> None:
    assert after(voice_like(5)).condition is Condition.OK
    assert after(np.concatenate([voice_like(5), voice_like(3, loudness=0.0005)])).condition is Condition.OK


def test_a_voice_far_away_is_quiet() -> None:
    assert after(voice_like(5, loudness=0.002)).condition is Condition.QUIET
    assert after(voice_like(3, loudness=0.002)).condition is Condition.OK


def test_clipping_is_told_and_forgotten_after_two_seconds() -> None:
    shouted = (voice_like(1) * 100).clip(-1, 1)
    assert after(np.concatenate([voice_like(2), shouted])).condition is Condition.CLIPPING
    assert after(np.concatenate([shouted, voice_like(2.2)])).condition is Condition.OK


def test_one_click_is_no_clipping() -> None:
    click = voice_like(2)
    click[20_000:20_003] = 1.0
    assert after(click).condition is Condition.OK


def test_clipping_of_one_channel_shows_although_the_mix_is_lower() -> None:
    judge = LevelJudge(0.0)
    loud = (np.sign(tone(200, 0.1)) * 32_767).astype(np.int16)
    judge.feed(np.stack([loud, np.zeros_like(loud)], axis=1), 0.1)
    level = judge.level(0.1)
    assert level.condition is Condition.CLIPPING
    assert level.rms == pytest.approx(-6.0, abs=0.3)
    assert level.peak == pytest.approx(0.0, abs=0.1)


def test_levels_are_in_dbfs() -> None:
    level = after(tone(440, 1, loudness=0.5))
    assert level.peak == pytest.approx(-6.0, abs=0.1)
    assert level.rms == pytest.approx(-9.0, abs=0.1)
    assert level.share == pytest.approx(0.85, abs=0.01)
