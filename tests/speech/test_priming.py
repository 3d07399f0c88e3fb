"""What priming may have invented."""

from __future__ import annotations

import numpy as np

from tui.speech.decode_checks import loops, voiced_words
from tui.speech.engine import whole_words
from tui.speech.hearing import REPETITION, transcribe
from tui.speech.priming import fitting, replaced, suspects
from tui.transcript import Span, Word

TERMS = ("canary", "label lag", "p95 latency", "out of scope")


def said(*words: tuple[str, float], at: float = 0.0) -> tuple[Word, ...]:
    """Words with probabilities, one every half second from `at`."""
    return tuple(Word(f" {text}", at + i / 2, at + i / 2 + 0.4, p) for i, (text, p) in enumerate(words))


def texts(words: tuple[Word, ...]) -> list[str]:
    return [word.text.strip() for word in words]


class Scripted:
    """An engine that says one thing primed and another unprimed, and counts how often it is asked."""

    name = model = "scripted"

    def __init__(self, primed: tuple[Word, ...], unprimed: tuple[Word, ...] = ()) -> None:
        self._says = {True: primed, False: unprimed}
        self.asked: list[bool] = []

    def decode(self, samples: np.ndarray, terms: tuple[str, ...]) -> tuple[Word, ...]:
        self.asked.append(bool(terms))
        return self._says[bool(terms)]


def heard(
    engine: Scripted, voice: tuple[Span, ...] = (Span(100, 101.5), Span(109.4, 110)), terms: tuple[str, ...] = TERMS
):
    return transcribe(engine, np.zeros(160_000, np.float32), 100.0, terms, voice)


def test_a_prompt_takes_the_first_terms_that_fit() -> None:
    assert fitting(("a b", "c"), len) == "a b, c"
    assert fitting(tuple(f"term{i}" for i in range(100)), lambda text: 10).count(",") == 19
    assert fitting((), len) == ""


def test_an_improbable_term_is_suspect_and_an_improbable_other_word_is_not() -> None:
    assert suspects(said(("the", 0.9), ("Canary,", 0.001), ("zebra", 0.001), ("canary", 0.5)), TERMS) == [1]


def test_plurals_and_hyphens_of_terms_are_suspect_too() -> None:
    assert suspects(said(("canaries", 0.001), ("p95-latency", 0.001)), TERMS) == [0, 1]


def test_small_words_inside_terms_are_never_suspect() -> None:
    assert suspects(said(("out", 0.9), ("of", 0.001)), TERMS) == []


def test_a_term_is_believed_when_another_word_of_it_was_sure() -> None:
    assert suspects(said(("label", 0.8), ("lag", 0.008)), TERMS) == []
    assert suspects(said(("label", 0.01), ("lag", 0.008)), TERMS) == [0, 1]


def test_a_suspect_gives_way_to_what_is_heard_unprimed_at_that_time() -> None:
    primed = said(("we", 0.9), ("canary", 0.001), ("now", 0.9))
    assert texts(replaced(primed, [1], said(("we", 0.9), ("marry", 0.7), ("now", 0.9)))) == ["we", "marry", "now"]
    assert texts(replaced(primed, [1], said(("we", 0.9)))) == ["we", "now"]


def test_a_neighbour_is_not_said_twice() -> None:
    primed = said(("label", 0.3), ("lag", 0.001), ("decides", 0.9))
    joined = (Word(" label-like", 0.0, 0.9, 0.6), Word(" decides", 1.0, 1.4, 0.9))
    assert texts(replaced(primed, [1], joined)) == ["label-like", "decides"]


def test_a_segment_is_heard_again_unprimed_only_when_a_term_is_suspect() -> None:
    sure = Scripted(said(("canary", 0.9)))
    assert heard(sure).text == "canary"
    assert sure.asked == [True]
    unsure = Scripted(said(("a", 0.9), ("canary", 0.001)), said(("a", 0.9), ("can", 0.6)))
    assert heard(unsure).text == "a can"
    assert unsure.asked == [True, False]


def test_words_get_their_place_in_the_answer_and_stay_in_their_piece() -> None:
    engine = Scripted((Word(" early", -1.0, 0.2, 0.9), Word(" late", 9.5, 12.0, 0.9)))
    segment = heard(engine)
    assert [(word.start, word.end) for word in segment.words] == [(100.0, 100.2), (109.5, 110.0)]


def test_words_far_from_any_voice_are_dropped() -> None:
    engine = Scripted(said(("yes", 0.9)) + said(("thanks", 0.9), ("for", 0.9), ("watching", 0.9), at=5.0))
    assert heard(engine, (Span(100, 101),)).text == "yes"
    assert heard(engine, (Span(115, 116),)) is None
    assert voiced_words((Word("untimed"),), ()) == (Word("untimed"),)


def test_a_loop_is_decoded_again_unprimed() -> None:
    loop = said(*(("label lag", 0.9),) * 8)
    engine = Scripted(loop, said(("label", 0.9), ("lag", 0.9)))
    segment = heard(engine)
    assert (segment.text, segment.unclear) == ("label lag", None)
    assert heard(Scripted(loop, loop)).unclear == REPETITION


def test_what_people_repeat_is_no_loop() -> None:
    assert not loops(said(*((word, 0.9) for word in "no no no no it was very very very late".split())))
    assert not loops(said(*((word, 0.9) for word in "some words and some more words words words words".split())))
    assert loops(said(*(("no", 0.9),) * 9))
    assert loops(said(*((word, 0.9) for word in ("and then we ship " * 3).split())))


def test_control_characters_and_markup_stay_out_and_in() -> None:
    engine = Scripted((Word(" \x1b[31mred\x07", 0, 1, 0.9), Word(" [/foo]", 1, 2, 0.9), Word(" \u202e", 2, 3, 0.9)))
    assert heard(engine).text == "red [/foo]"


def test_parts_without_a_space_belong_to_the_word_before() -> None:
    parts = (Word(" A", 0, 1, 0.9), Word("/B", 1, 2, 0.4), Word(" test", 2, 3, 0.8))
    assert whole_words(parts) == (Word(" A/B", 0, 2, 0.4), Word(" test", 2, 3, 0.8))
