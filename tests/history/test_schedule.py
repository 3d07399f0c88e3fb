"""Spoken mocks schedule signals, and the days left compress the schedule."""

from __future__ import annotations

import pytest

from tui.history.schedule import SECONDS, Due, Review, due

START = 1_790_000_000.0


def after(*credits_: float, days: float = 3.0, wait: float = 0.0, left: float | None = None) -> Due:
    """What is due `wait` days after mocks with these credits, `days` apart."""
    reviews = [Review(START + number * days * SECONDS, credit) for number, credit in enumerate(credits_)]
    found = due(reviews, reviews[-1].instant + wait * SECONDS, left)
    assert found is not None
    return found


def test_nothing_is_due_before_the_first_mock() -> None:
    assert due([], START) is None


def test_what_is_known_comes_back_later_than_what_is_missed() -> None:
    known, hard, missed = after(1.0, 1.0), after(1.0, 0.5), after(1.0, 0.0)
    assert known.interval > hard.interval > missed.interval
    # FSRS 6 with its default parameters: two good recalls three days apart are due after a fortnight.
    assert (known.interval, missed.interval) == (14.0, 1.0)


def test_recall_falls_with_time() -> None:
    recalls = [after(1.0, 1.0, wait=days).recall for days in (0, 5, 20)]
    assert recalls == sorted(recalls, reverse=True)
    assert recalls[0] > 0.99
    assert after(1.0, 1.0, wait=14).recall == pytest.approx(0.9, abs=0.005)
    assert after(1.0, 1.0, wait=20).overdue == 6.0


def test_the_days_left_compress_the_intervals() -> None:
    # Half of six weeks: half of the interval, forgotten twice as fast.
    assert after(1.0, 1.0, left=21).interval == 7.0
    assert after(1.0, 1.0, wait=7, left=21).recall == pytest.approx(0.9, abs=0.005)
    assert after(1.0, 1.0, left=100).interval == 14.0
    assert after(1.0, 1.0, left=42).interval == 14.0


@pytest.mark.parametrize("left", [0, 1, 2, 5, 10, 30])
def test_everything_comes_up_again_before_the_interview(left: int) -> None:
    assert after(*[1.0] * 8, days=20, left=left).interval <= max(1.0, left) / 2


def test_nothing_is_due_twice_on_half_a_day() -> None:
    assert after(0.0, left=1).interval == 0.5


def test_the_same_history_gives_the_same_day() -> None:
    assert after(1.0, 0.0, 0.5, 1.0, wait=2, left=12) == after(1.0, 0.0, 0.5, 1.0, wait=2, left=12)
