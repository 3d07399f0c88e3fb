"""Voice activity on real speech, on what is no speech, and where the level jumps."""

from __future__ import annotations

import numpy as np
import pytest

from tests.speech.spoken import RATE, canary, noise, silence
from tui.speech.voice_activity import VoiceActivity, detect, voiced
from tui.transcript import Span


def seconds_of_voice(activity: VoiceActivity, start: float = 0.0, end: float = 1e9) -> float:
    return sum(max(0.0, min(span.end, end) - max(span.start, start)) for span in activity.spans())


def test_voice_is_found_where_it_is() -> None:
    activity = detect(np.concatenate((silence(3), canary(), silence(4))))
    spans = activity.spans()
    assert abs(spans[0].start - 3.0) < 0.2
    assert abs(spans[-1].end - 17.8) < 0.3
    assert 11 < seconds_of_voice(activity) < 14.8


@pytest.mark.parametrize("loudness", [0.0, 0.0005, 0.01, 0.1])
def test_silence_and_noise_hold_no_voice(loudness: float) -> None:
    assert detect(noise(20, loudness)).spans() == ()


def test_a_hum_with_clicks_holds_no_voice() -> None:
    time = np.arange(20 * RATE) / RATE
    hum = (0.003 * np.sin(2 * np.pi * 50 * time)).astype(np.float32)
    for at in range(8000, len(hum) - 800, 5000):
        hum[at : at + 160] += noise(0.01, 0.05)
    assert detect(hum).spans() == ()


@pytest.mark.parametrize("fall", [0.1, 0.03, 0.01])
def test_an_abrupt_fall_of_the_level_does_not_make_it_deaf(fall: float) -> None:
    loud = canary() / np.abs(canary()).max()
    activity = detect(np.concatenate((loud, loud * np.float32(fall))))
    first, second = seconds_of_voice(activity, 0, 14.85), seconds_of_voice(activity, 14.85)
    assert second > 0.85 * first


@pytest.mark.parametrize("loudness", [0.3, 0.03, 0.01])
def test_a_quiet_microphone_is_heard_like_a_loud_one(loudness: float) -> None:
    assert seconds_of_voice(detect(canary() * np.float32(loudness))) > 0.9 * seconds_of_voice(detect(canary()))


def test_bits_of_any_size_give_the_same_as_the_whole() -> None:
    samples = np.concatenate((silence(1), canary(), noise(3), canary()))
    bits = VoiceActivity()
    for at in range(0, len(samples), 7001):
        bits.feed(samples[at : at + 7001])
    bits.finish()
    assert bits.spans() == detect(samples).spans()


def test_what_is_settled_does_not_change_any_more() -> None:
    samples = np.concatenate((canary(), canary() * np.float32(0.01), silence(2), canary()))
    activity = VoiceActivity()
    settled: list[float] = []
    complete: tuple[Span, ...] = ()
    for at in range(0, len(samples), RATE):
        activity.feed(samples[at : at + RATE])
        frames = round(activity.settled_seconds * RATE / 512)
        assert list(activity.probabilities[: len(settled)]) == settled
        settled = list(activity.probabilities[:frames])
        spans = activity.settled_spans()
        assert spans[: len(complete)] == complete
        complete = spans[:-1]
    assert len(settled) > 1000
    activity.finish()
    assert activity.spans() == voiced(activity.probabilities, activity.seconds)
    assert len(complete) > 5


def test_short_gaps_are_voice_and_short_voices_are_none() -> None:
    frames = [0.9] * 10 + [0.1] * 2 + [0.9] * 10 + [0.0] * 20 + [0.9] * 2 + [0.0] * 10
    (span,) = voiced(frames, len(frames) * 0.032)
    assert span == Span(0.0, pytest.approx(22 * 0.032))


def test_no_audio_has_no_voice() -> None:
    assert detect(silence(0)).spans() == ()
    assert detect(silence(0.01)).spans() == ()


def test_the_quietest_moment_lies_in_the_gap() -> None:
    activity = detect(np.concatenate((noise(2), silence(0.3), noise(2))))
    assert 2.0 < activity.quietest(0.5, 4.0) < 2.3
