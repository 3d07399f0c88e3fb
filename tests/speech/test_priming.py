"""What priming may have invented."""

from __future__ import annotations

import numpy as np

from tui.speech.decode_checks import loops, voiced_words
from tui.speech.engine import whole_words
from tui.speech.hearing import REPETITION, Piece, transcribe
from tui.speech.priming import fitting, mended
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

    def decode(self, pieces: list[np.ndarray], terms: tuple[str, ...]) -> list[tuple[Word, ...]]:
        self.asked += [bool(terms)] * len(pieces)
        return [self._says[bool(terms)]] * len(pieces)


def heard(
    engine: Scripted, voice: tuple[Span, ...] = (Span(100, 101), Span(109.4, 109.7)), terms: tuple[str, ...] = TERMS
):
    (segment,) = transcribe(engine, [Piece(np.zeros(160_000, np.float32), 100.0, voice)], terms)
    return segment


def test_a_prompt_takes_the_first_terms_that_fit() -> None:
    assert fitting(("a b", "c"), len) == "a b, c"
    assert fitting(tuple(f"term{i}" for i in range(100)), lambda text: 10).count(",") == 19
    assert fitting((), len) == ""


def test_a_term_takes_the_place_of_words_that_sound_like_it() -> None:
    plain = said(("a", 0.9), ("can", 0.6), ("area", 0.4), ("now", 0.9))
    primed = said(("a", 0.9), ("canary", 0.7), ("now", 0.9))
    assert texts(mended(plain, primed, TERMS)) == ["a", "canary", "now"]


def test_a_term_that_sounds_like_nothing_that_was_heard_is_not_believed() -> None:
    plain = said(("we", 0.9), ("marry", 0.7), ("now", 0.9))
    assert texts(mended(plain, said(("we", 0.9), ("label", 0.9), ("lag", 0.9), ("now", 0.9)), TERMS)) == [
        "we",
        "marry",
        "now",
    ]
    assert mended(plain, said(("we", 0.9), ("marry", 0.7), ("canary", 0.9), ("now", 0.9)), TERMS) == plain


def test_an_improbable_term_is_not_believed_unless_another_word_of_it_is_sure() -> None:
    plain = said(("the", 0.9), ("labour", 0.9), ("light", 0.4))
    assert mended(plain, said(("the", 0.9), ("label", 0.002), ("lag", 0.001)), TERMS) == plain
    both = said(("the", 0.9), ("table", 0.4), ("light", 0.4))
    assert texts(mended(both, said(("the", 0.9), ("label", 0.8), ("lag", 0.008)), TERMS)) == ["the", "label", "lag"]


def test_a_term_is_compared_as_a_whole_when_one_word_of_it_was_heard() -> None:
    primed = said(("so", 0.9), ("label", 0.9), ("lag", 0.008), ("decides", 0.9))
    heard_so = said(("so", 0.9), ("label", 0.9), ("like", 0.4), ("decides", 0.9))
    assert texts(mended(heard_so, primed, TERMS)) == ["so", "label", "lag", "decides"]
    without = said(("so", 0.9), ("then", 0.9), ("like", 0.4), ("decides", 0.9))
    assert mended(without, said(("so", 0.9), ("then", 0.9), ("lag", 0.4), ("decides", 0.9)), TERMS) == without


def test_priming_drops_no_words_and_changes_no_others() -> None:
    plain = said(("we", 0.9), ("ship", 0.9), ("it", 0.9), ("out", 0.9), ("today", 0.9))
    assert mended(plain, said(("we", 0.9)), TERMS) == plain
    assert mended(plain, said(("we", 0.9), ("shipped", 0.9), ("it", 0.9), ("of", 0.9), ("today", 0.9)), TERMS) == plain
    assert mended((), said(("canary", 0.9)), TERMS) == ()


def test_a_term_that_was_heard_unprimed_stays() -> None:
    terms = ("naive solution", "NaN", "roll back", "canary")
    plain = said(("a", 0.9), ("naive", 0.6), ("solution", 0.9))
    assert mended(plain, said(("a", 0.9), ("NaN", 0.5), ("solution", 0.3)), terms) == plain
    spelled = said(("we", 0.9), ("rollback", 0.9), ("now", 0.9))
    assert texts(mended(spelled, said(("we", 0.9), ("roll", 0.9), ("back", 0.9), ("now", 0.9)), terms)) == [
        *("we", "roll", "back", "now")
    ]


def test_no_term_is_put_between_words_that_were_heard() -> None:
    plain = said(("99.9%", 0.9), ("availability", 0.9))
    primed = said(("99.9", 0.9), ("percent", 0.6), ("availability", 0.9))
    assert mended(plain, primed, ("99.9 percent availability",)) == plain


def test_short_terms_must_be_probable_and_parts_of_terms_are_none() -> None:
    terms = ("led", "watch time", "O of n")
    assert mended(said(("let", 0.9)), said(("led", 0.13)), terms) == said(("let", 0.9))
    assert texts(mended(said(("let", 0.9)), said(("led", 0.4)), terms)) == ["led"]
    assert mended(said(("watchane", 0.9)), said(("watch", 0.9)), terms) == said(("watchane", 0.9))
    assert texts(
        mended(said(("O", 0.9), ("of", 0.9), ("in", 0.9)), said(("O", 0.9), ("of", 0.9), ("n", 0.08)), terms)
    ) == [*("O", "of", "n")]


def test_a_term_is_spelled_as_it_is_told_when_it_sounds_so() -> None:
    primed = said(("want", 0.9), ("cupped", 0.5), ("here.", 0.9))
    assert texts(mended(said(("want", 0.9), ("cut", 0.9), ("here.", 0.9)), primed, ("CUPED",))) == [
        "want",
        "CUPED",
        "here.",
    ]
    heard_so = said(("traffic", 0.9), ("peaking", 0.9))
    assert mended(heard_so, heard_so, ("peeking",)) == heard_so


def test_plurals_and_hyphens_of_terms_are_terms_too() -> None:
    plain = said(("can", 0.6), ("areas", 0.4), ("p95-late", 0.4))
    assert texts(mended(plain, said(("canaries", 0.9), ("p95-latency", 0.9)), TERMS)) == ["canaries", "p95-latency"]


def test_a_segment_is_heard_again_only_when_something_is_like_a_term() -> None:
    ordinary = Scripted(said(("canary", 0.9)), said(("my", 0.9), ("father", 0.9)))
    assert heard(ordinary).text == "my father"
    assert ordinary.asked == [False]
    like = Scripted(said(("a", 0.9), ("canary", 0.9)), said(("a", 0.9), ("can", 0.6), ("area", 0.6)))
    assert heard(like).text == "a canary"
    assert like.asked == [False, True]


def test_words_get_their_place_in_the_answer_and_stay_in_their_piece() -> None:
    engine = Scripted((), (Word(" early", -1.0, 0.2, 0.9), Word(" late", 9.5, 12.0, 0.9)))
    segment = heard(engine)
    assert [(word.start, word.end) for word in segment.words] == [(100.0, 100.2), (109.5, 109.7)]


def test_words_far_from_any_voice_are_dropped() -> None:
    engine = Scripted((), said(("yes", 0.9)) + said(("thanks", 0.9), ("for", 0.9), ("watching", 0.9), at=5.0))
    assert heard(engine, (Span(100, 101),)).text == "yes"
    assert heard(engine, (Span(115, 116),)) is None
    assert voiced_words((Word("untimed"),), ()) == (Word("untimed"),)


def test_a_loop_gives_way_to_the_other_hearing() -> None:
    loop = said(*(("label light", 0.9),) * 8)
    fine = said(("label", 0.9), ("lag", 0.9))
    assert (heard(Scripted(fine, loop)).text, heard(Scripted(fine, loop)).unclear) == ("label lag", None)
    assert heard(Scripted(loop, said(("label", 0.9), ("light", 0.9)))).text == "label light"
    assert heard(Scripted(loop, loop)).unclear == REPETITION


def test_what_people_repeat_is_no_loop() -> None:
    assert not loops(said(*((word, 0.9) for word in "no no no no it was very very very late".split())))
    assert not loops(said(*((word, 0.9) for word in "some words and some more words words words words".split())))
    assert loops(said(*(("no", 0.9),) * 9))
    assert loops(said(*((word, 0.9) for word in ("and then we ship " * 3).split())))


def test_control_characters_and_markup_stay_out_and_in() -> None:
    engine = Scripted((), (Word(" \x1b[31mred\x07", 0, 1, 0.9), Word(" [/foo]", 1, 2, 0.9), Word(" \u202e", 2, 3, 0.9)))
    assert heard(engine).text == "red [/foo]"


def test_parts_without_a_space_belong_to_the_word_before() -> None:
    parts = (Word(" A", 0, 1, 0.9), Word("/B", 1, 2, 0.4), Word(" test", 2, 3, 0.8))
    assert whole_words(parts) == (Word(" A/B", 0, 2, 0.4), Word(" test", 2, 3, 0.8))
