"""Cutting voice into pieces."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import pytest

from tui.speech.segmenter import LONGEST, Quietest, cuts, padded, settled
from tui.transcript import Span


def middle(start: float, end: float) -> float:
    return (start + end) / 2


def pieces(voice: Sequence[Span], end: float, quietest: Quietest, previous: float | None = None) -> tuple[Span, ...]:
    return padded(cuts(voice, quietest), end, previous)


def talk(*lengths_and_pauses: float) -> tuple[tuple[Span, ...], float]:
    """Voice of the first length, then a pause, then voice ...; and when it is over."""
    spans, at = [], 0.0
    for i, seconds in enumerate(lengths_and_pauses):
        if i % 2 == 0:
            spans.append(Span(at, at + seconds))
        at += seconds
    return tuple(spans), at


def test_nothing_without_voice() -> None:
    assert pieces((), 60.0, middle) == ()


def test_a_short_answer_is_one_piece_with_some_silence_around() -> None:
    assert pieces((Span(2.0, 8.0),), 30.0, middle) == (Span(1.75, 8.25),)


def test_padding_stays_inside_the_audio() -> None:
    assert pieces((Span(0.1, 5.0),), 5.1, middle) == (Span(0.0, 5.1),)


def test_the_longest_late_pause_is_the_cut() -> None:
    voice, end = talk(5, 1.0, 4, 0.4, 2, 0.9, 2, 0.3, 6)
    first, second = pieces(voice, end, middle)
    assert first.end == pytest.approx(12.4 + 0.25)
    assert second.start == pytest.approx(13.3 - 0.25)


def test_the_first_good_late_pause_is_the_cut_though_a_longer_one_follows() -> None:
    voice, end = talk(9, 0.6, 3, 0.9, 6)
    assert [piece.end for piece in pieces(voice, end, middle)] == [9.25, 19.5]


def test_a_good_pause_settles_a_piece_that_is_long_enough() -> None:
    long, short = Span(0.0, 9.0), Span(0.0, 7.0)
    assert settled([long], 9.4) == ()
    assert settled([long], 9.5) == (long,)
    assert settled([short], 8.9) == ()
    assert settled([short], 9.0) == (short,)


def test_an_early_pause_is_better_than_a_cut_word() -> None:
    voice, end = talk(3, 0.5, 13)
    assert pieces(voice, end, middle)[0].end == 3.25


def test_without_a_pause_the_quietest_moment_is_the_cut_and_nothing_is_lost() -> None:
    first, second = pieces((Span(0.0, 20.0),), 20.0, lambda start, end: 11.0)
    assert (first, second) == (Span(0.0, 11.0), Span(11.0, 20.0))


def test_a_pause_too_short_for_padding_is_shared() -> None:
    voice, end = talk(9, 0.3, 9)
    first, second = pieces(voice, end, middle)
    assert first.end == second.start == pytest.approx(9.15)


def test_long_silences_are_left_out() -> None:
    assert pieces((Span(0, 3), Span(10, 13)), 20.0, middle) == (Span(0, 3.25), Span(9.75, 13.25))


@pytest.mark.parametrize("seed", range(20))
def test_any_talk_is_covered_in_order_by_pieces_that_are_not_too_long(seed: int) -> None:
    rng = random.Random(seed)
    voice, end = talk(*(rng.choice((0.2, 0.35, 1, 3, 8, 40)) * rng.uniform(0.5, 1.5) for _ in range(81)))
    found = pieces(voice, end, middle)
    assert all(0 < piece.seconds <= LONGEST + 1e-6 for piece in found)
    assert all(a.end <= b.start + 1e-9 for a, b in pairwise(found))
    for span in voice:
        covered = sum(max(0.0, min(span.end, p.end) - max(span.start, p.start)) for p in found)
        assert covered == pytest.approx(span.seconds)


@pytest.mark.parametrize("seed", range(20))
def test_a_settled_piece_stays_as_it_is(seed: int) -> None:
    rng = random.Random(seed)
    voice, end = talk(*(rng.choice((0.2, 0.35, 1, 3, 8)) * rng.uniform(0.5, 1.5) for _ in range(41)))
    whole = cuts(voice, lambda start, end: start + 1.0)
    heard = 0.0
    while heard < end:
        heard += 1.3
        so_far = tuple(Span(s.start, min(s.end, heard)) for s in voice if s.start < heard)
        done = settled(cuts(so_far, lambda start, end: start + 1.0), heard)
        assert done == whole[: len(done)]


@pytest.mark.parametrize("seed", range(20))
def test_pieces_that_are_cut_one_by_one_are_those_of_the_whole(seed: int) -> None:
    rng = random.Random(seed)
    voice, end = talk(*(rng.choice((0.2, 0.35, 1, 3, 8, 40)) * rng.uniform(0.5, 1.5) for _ in range(41)))
    one_by_one: list[Span] = []
    last: float | None = None
    while rest := tuple(Span(max(s.start, last or 0.0), s.end) for s in voice if last is None or s.end > last):
        one_by_one.append(pieces(rest, end, middle, last)[0])
        last = cuts(rest, middle)[0].end
    assert tuple(one_by_one) == pieces(voice, end, middle)
