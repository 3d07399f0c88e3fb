"""Several answers as one stretch of speech."""

from __future__ import annotations

from tui.transcript import Segment, Span, Transcript, Word
from tui.transcript.joining import joined


def spoken(text: str, seconds: float) -> Transcript:
    words = [Word(word, n * 1.0, n + 0.5, 0.9) for n, word in enumerate(text.split())]
    return Transcript((Segment.of_words(words),), audio_seconds=seconds, voice=(Span(0.0, seconds - 1.0),))


def test_later_answers_begin_where_the_audio_before_them_ended() -> None:
    whole = joined([spoken("one two", 4.0), spoken("three", 3.0)])
    assert whole.text == "one two three"
    assert [word.start for word in whole.words] == [0.0, 1.0, 4.0]
    assert whole.segments[1].end == 4.5
    assert whole.voice == (Span(0.0, 3.0), Span(4.0, 6.0))
    assert whole.audio_seconds == 7.0


def test_one_answer_stays_as_it_is_and_text_has_no_times() -> None:
    one = spoken("one", 2.0)
    assert joined([one]) is one
    assert not joined([one, Transcript.of_text("two")]).timed
