"""Voice without words is heard again."""

from __future__ import annotations

import numpy as np

from tui.speech.hearing import Piece, transcribe
from tui.speech.lost_speech import hearing_from, lost, restored
from tui.transcript import Span, Word


def said(text: str, start: float, probability: float = 0.9) -> tuple[Word, ...]:
    """Words of 400 ms, one every half second from `start`."""
    return tuple(Word(word, start + i / 2, start + i / 2 + 0.4, probability) for i, word in enumerate(text.split()))


def test_voice_before_between_and_after_words_is_lost_speech() -> None:
    words = said("ask what you", 4.0) + said("can do", 9.0)
    assert lost(words, (Span(0, 14),), 0.0, 14.0) == (Span(0.0, 4.0), Span(5.4, 9.0), Span(9.9, 14.0))


def test_silence_without_words_is_none() -> None:
    words = said("ask what you", 4.0) + said("can do", 9.0)
    assert lost(words, (Span(3.5, 5.5), Span(8.9, 10.2)), 0.0, 14.0) == ()


def test_a_word_that_is_too_long_hides_lost_speech() -> None:
    words = (Word("thee", 0.0, 8.0, 0.7), *said("then he went", 8.0))
    (gap,) = lost(words, (Span(0, 9.4),), 0.0, 9.4)
    assert gap == Span(1.5, 8.0)


def test_a_last_word_that_is_too_long_is_heard_again_with_what_it_hides() -> None:
    words = (*said("I fall back", 4.0), Word("to", 5.5, 6.6, 0.9))
    (gap,) = lost(words, (Span(4.0, 6.6),), 0.0, 7.0)
    assert gap == Span(5.5, 7.0)
    assert hearing_from(words, gap, (Span(4.0, 6.6),)) == 4.0
    found = restored(words, gap, said("to content embeddings", 5.5))
    assert [word.text for word in found] == ["I", "fall", "back", "to", "content", "embeddings"]
    assert lost((*words[:-1], Word("embeddings", 5.5, 6.6, 0.9)), (Span(4.0, 6.6),), 0.0, 7.0) == ()


def test_believable_words_take_their_place_and_others_do_not() -> None:
    words = (Word("thee", 0.0, 8.0, 0.7), *said("then he went", 8.0))
    gap = Span(1.5, 8.0)
    found = restored(words, gap, said("and mister john", 2.0))
    assert [word.text for word in found] == ["thee", "and", "mister", "john", "then", "he", "went"]
    assert found[0].end == 1.5
    assert restored(words, gap, said("thanks for watching", 2.0, 0.1)) == words
    assert restored(words, gap, ()) == words
    beside = (*said("and mister john", 2.0), *said("then he", 8.5), Word("untimed", None, None, 0.9))
    assert restored(words, gap, beside) == found


def test_a_long_stretch_is_heard_by_itself_and_a_short_one_with_the_words_before() -> None:
    words = (*said("I fall back", 4.0), *said("then he went", 12.0))
    gap = Span(5.5, 12.0)
    assert hearing_from(words, gap, (Span(4.0, 12.0),)) == 5.5
    assert hearing_from(words, gap, (Span(4.0, 6.0),)) == 4.0
    assert hearing_from((), gap, (Span(4.0, 6.0),)) == 5.5


class Leaping:
    """An engine that leaps over the first half of a long piece and hears a short one."""

    name = model = "leaping"

    def decode(self, pieces: list[np.ndarray], terms: tuple[str, ...]) -> list[tuple[Word, ...]]:
        whole, part = said("ask what you can do", 5.0), said("and so my fellow americans", 0.3)
        return [whole if len(samples) > 100_000 else part for samples in pieces]


def test_a_segment_gets_back_what_was_leapt_over() -> None:
    (segment,) = transcribe(Leaping(), [Piece(np.zeros(120_000, np.float32), 60.0, (Span(60, 67.5),))], ())
    assert segment.text == "and so my fellow americans ask what you can do"
    starts = [word.start for word in segment.words]
    assert starts == sorted(starts)
    assert starts[0] == 60.3
