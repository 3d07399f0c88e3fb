"""Delivery figures."""

from __future__ import annotations

import pytest

from tui.speech.delivery import measure
from tui.transcript import Segment, Span, Transcript, Word
from tui.transcript.fillers import fillers


def answer(text: str, *voice: tuple[float, float]) -> Transcript:
    words = [Word(word, 0.0, 0.1, 0.9) for word in text.split()]
    spans = tuple(Span(*span) for span in voice)
    return Transcript((Segment.of_words(words),), audio_seconds=100.0, voice=spans)


def test_text_alone_has_no_delivery() -> None:
    assert measure(Transcript.of_text("We canary it.")) is None


def test_times_without_voice_activity_are_not_enough() -> None:
    assert measure(answer("We canary it.")) is None


def test_silence_has_figures_of_nothing() -> None:
    delivery = measure(Transcript(audio_seconds=30.0))
    assert (delivery.speech_seconds, delivery.words, delivery.pace, delivery.longest_silence) == (0, 0, None, None)


def test_pace_counts_pauses_up_to_two_seconds() -> None:
    delivery = measure(answer("word " * 40, (10, 15), (16, 20), (30, 40)))
    assert delivery.speech_seconds == pytest.approx(19)
    assert delivery.pace == pytest.approx(40 * 60 / 20)


def test_pauses_are_silences_between_voices_of_a_quarter_second_and_more() -> None:
    delivery = measure(answer("word " * 40, (10, 15), (15.2, 20), (20.3, 25), (29, 40)))
    assert delivery.pauses == 2
    assert delivery.pause_seconds == pytest.approx(4.3)
    assert delivery.longest_silence == Span(25, 29)


def test_silence_before_and_after_the_answer_is_none_of_its_pauses() -> None:
    assert measure(answer("word " * 40, (30, 40))).longest_silence is None


def test_the_longest_stretch_goes_on_over_short_pauses() -> None:
    assert measure(answer("word " * 40, (0, 5), (6, 9), (11.5, 20), (23, 24))).longest_stretch == Span(0, 9)


def test_too_little_speech_has_no_pace() -> None:
    delivery = measure(answer("um yes", (0, 2)))
    assert (delivery.pace, delivery.fillers, delivery.fillers_per_minute) == (None, 1, None)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Um, I would, uh, ship it. Uhm. Erm, ummm", 5),
        ("It is, you know, fine. You know, we ship.", 2),
        ("Do you know how it works? You know the answer; let me know.", 0),
        ("The umbrella term, like a number, is summed up under uhlan.", 0),
    ],
)
def test_fillers_are_words_and_phrases_of_their_own(text: str, count: int) -> None:
    assert len(fillers(text)) == count
