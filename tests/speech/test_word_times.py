"""Words begin and end where there is voice."""

from __future__ import annotations

from tui.speech.word_times import on_voice
from tui.transcript import Span, Word

VOICE = (Span(1.0, 2.0), Span(3.0, 5.0))


def times(*words: Word) -> list[tuple[float | None, float | None]]:
    return [(word.start, word.end) for word in on_voice(words, VOICE)]


def test_a_word_does_not_begin_in_the_silence_before_it_or_end_in_the_one_after() -> None:
    assert times(Word("we", 0.7, 1.4), Word("ship", 1.4, 2.6)) == [(1.0, 1.4), (1.4, 2.0)]


def test_a_word_over_a_pause_belongs_to_its_longer_part() -> None:
    assert times(Word("then", 1.8, 4.0), Word("now", 1.2, 3.2)) == [(3.0, 4.0), (1.2, 2.0)]


def test_words_in_voice_or_far_from_it_or_without_times_stay_as_they_are() -> None:
    assert times(Word("a", 3.1, 3.5), Word("b", 2.2, 2.8), Word("c", 1.97, 2.4), Word("d")) == [
        (3.1, 3.5),
        (2.2, 2.8),
        (1.97, 2.4),
        (None, None),
    ]
    assert on_voice((Word("a", 0.0, 1.0),), ()) == (Word("a", 0.0, 1.0),)
