"""Corrected words keep the times of the words that were recognised."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.transcript import Segment, Transcript, Word
from tui.transcript.rewording import reworded


def heard(*segments: str) -> Transcript:
    """Words of half a second each, a second of pause between segments."""
    made, at = [], 0.0
    for segment in segments:
        words = []
        for word in segment.split():
            words.append(Word(word, at, at + 0.4, 0.8))
            at += 0.5
        made.append(Segment.of_words(words))
        at += 1.0
    return Transcript(tuple(made), audio_seconds=at, engine="faster-whisper", model="tiny.en")


def times(transcript: Transcript) -> list[tuple[str, float | None, float | None, float | None]]:
    return [(word.text, word.start, word.end, word.probability) for word in transcript.words]


def test_a_replaced_word_gets_the_time_of_what_it_replaces() -> None:
    found = reworded(heard("first a can area", "then everyone"), "First a canary, then everyone")
    assert times(found) == [
        ("First", 0.0, 0.4, 0.8),
        ("a", 0.5, 0.9, 0.8),
        ("canary,", 1.0, 1.9, None),
        ("then", 3.0, 3.4, 0.8),
        ("everyone", 3.5, 3.9, 0.8),
    ]
    assert [segment.text for segment in found.segments] == ["First a canary,", "then everyone"]
    assert (found.engine, found.model, found.audio_seconds) == ("faster-whisper", "tiny.en", 5.0)
    assert found.text == "First a canary, then everyone"


def test_one_word_that_was_two_is_shared_out_by_letters() -> None:
    found = reworded(heard("the rollback works"), "the roll backs works")
    assert times(found)[1:3] == [
        ("roll", 0.5, pytest.approx(0.5 + 0.4 * 4 / 9), None),
        ("backs", pytest.approx(0.5 + 0.4 * 4 / 9), pytest.approx(0.9), None),
    ]


def test_what_was_left_out_goes_into_the_gap() -> None:
    found = reworded(heard("we ship it", "and watch"), "we ship it slowly and watch")
    word = list(found.words)[3]
    assert (word.text, word.start, word.end) == ("slowly", 1.4, 2.5)
    first = reworded(heard("we ship"), "now we ship")
    assert next(first.words).start == 0.0
    last = list(reworded(heard("we ship"), "we ship today").words)[-1]
    assert (last.start, last.end) == (0.9, 0.9)


def test_words_that_were_never_said_go() -> None:
    found = reworded(heard("thanks for watching", "we roll back"), "we roll back")
    assert [segment.text for segment in found.segments] == ["we roll back"]
    assert next(found.words).start == 2.5


def test_an_unclear_stretch_that_was_put_right_is_clear() -> None:
    transcript = heard("mumble mumble", "more mumble")
    transcript = replace(transcript, segments=tuple(replace(each, unclear="Noise.") for each in transcript.segments))
    found = reworded(transcript, "we canary more mumble")
    assert [segment.unclear for segment in found.segments] == [None, "Noise."]


def test_a_text_without_audio_is_simply_replaced() -> None:
    found = reworded(Transcript.of_text("we can area it"), "we canary it\x1b[31m")
    assert (found.text, found.timed) == ("we canary it", False)


@pytest.mark.parametrize("text", ["", " \n", "entirely other words altogether here", "we"])
def test_any_text_is_what_the_transcript_then_says(text: str) -> None:
    found = reworded(heard("we ship it", "and watch"), text)
    assert found.text == " ".join(text.split())
    ends = [word.end for word in found.words]
    assert ends == sorted(ends)
