"""The figures of signals agree with what stands in the folders."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from pathlib import Path

import pytest

from tui.history.figures import Trend, keeps_missing, trend
from tui.history.grid import Cell, Mark
from tui.history.rates import Rate, difference
from tui.history.review import review_signals
from tui.history.store import History

from .real import Plain, add, labelled, read, thirty


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with thirty scored mocks."""
    home = tmp_path_factory.mktemp("thirty")
    assert len(thirty(History(home))) == 30
    return home


@pytest.fixture(scope="module")
def plain(home: Path) -> list[Plain]:
    """The verdicts that count, from the files: of every kind, so that no figure can be right by being nothing."""
    found = list(read(home))
    assert {each.outcome for each in found} == {"missed", "demonstrated", "cant_tell"}
    assert {each.punctuality for each in found} == {"on_time", "late", None}
    assert {each.prompted for each in found} == {each.landed is None for each in found} == {True, False}
    return found


def test_every_rate_is_the_count_of_the_folders(home: Path, plain: list[Plain]) -> None:
    review = review_signals(History(home))
    assert review.mocks == 28
    assert (review.spoken, review.left_out, review.rubrics) == (True, 0, 1)
    assert set(review.figures) == {each.signal for each in plain}
    assert len(review.figures) > 15
    for signal, figures in review.figures.items():
        mine = [each for each in plain if each.signal == signal]
        outcomes = Counter(each.outcome for each in mine)
        heard = [each for each in mine if each.outcome == "demonstrated"]
        assert figures.missed == Rate(outcomes["missed"], outcomes["missed"] + outcomes["demonstrated"])
        assert figures.cant_tell == outcomes["cant_tell"]
        assert figures.prompted == Rate(sum(each.prompted for each in heard), len(heard))
        assert figures.late == Rate(sum(each.punctuality == "late" for each in heard), len(heard))
        told = {each.mock for each in mine if each.outcome != "cant_tell"}
        missed = {each.mock for each in mine if each.outcome == "missed"}
        assert figures.missed_mocks == Rate(len(missed), len(told))
        recent = sorted(told)[-5:]
        lately = [each for each in mine if each.mock in recent and each.outcome != "cant_tell"]
        assert figures.recent == Rate(sum(each.outcome == "missed" for each in lately), len(lately))
        assert figures.recent.n + figures.earlier.n == figures.missed.n
        assert figures.keeps_missing == keeps_missing([mock in missed for mock in recent])


def test_the_worst_signals_stand_first(home: Path, plain: list[Plain]) -> None:
    worst = [each.signal for each in review_signals(History(home)).worst_first]
    told = [each for each in plain if each.outcome != "cant_tell"]
    asked = Counter(each.signal for each in told)
    missed = Counter(each.signal for each in told if each.outcome == "missed")
    assert sorted(worst) == sorted({each.signal for each in plain})
    places = [(-missed[signal] / max(1, asked[signal]), -asked[signal], signal) for signal in worst]
    assert places == sorted(places)


def test_where_it_lands_is_where_the_words_stand(home: Path, plain: list[Plain]) -> None:
    for signal, figures in review_signals(History(home)).figures.items():
        shares = [each.landed for each in plain if each.signal == signal and each.landed is not None]
        assert (figures.landed is None) == (not shares)
        if figures.landed:
            assert figures.landed.n == len(shares)
            assert math.isclose(figures.landed.median, statistics.median(shares), abs_tol=1e-9)
            # The same sums in another order differ in the last digit.
            assert min(shares) - 1e-9 <= figures.landed.lower <= figures.landed.upper <= max(shares) + 1e-9


def test_the_grid_shows_the_last_mocks(home: Path, plain: list[Plain]) -> None:
    grid = review_signals(History(home), 8).grid
    assert list(grid.mocks) == sorted({each.mock for each in plain})[-8:]
    for place, mock in enumerate(grid.mocks):
        for signal in grid.rows:
            mine = [each for each in plain if each.mock == mock and each.signal == signal]
            cell = grid.row(signal)[place]
            assert (cell is None) == (not mine)
            if cell:
                assert cell.missed == sum(each.outcome == "missed" for each in mine)
                assert cell.cant_tell == sum(each.outcome == "cant_tell" for each in mine)
                heard = [each for each in mine if each.outcome == "demonstrated"]
                assert cell.partly == sum(each.prompted or each.punctuality == "late" for each in heard)
                assert cell.on_time == len(heard) - cell.partly
    assert grid.row("nothing") == (None,) * 8


@pytest.mark.parametrize(
    ("cell", "mark"),
    [
        (Cell(on_time=2), Mark.ON_TIME),
        (Cell(on_time=1, cant_tell=1), Mark.ON_TIME),
        (Cell(on_time=1, partly=1), Mark.PARTLY),
        (Cell(on_time=1, missed=1), Mark.PARTLY),
        (Cell(partly=1), Mark.PARTLY),
        (Cell(missed=1, cant_tell=1), Mark.MISSED),
        (Cell(cant_tell=1), Mark.CANT_TELL),
    ],
)
def test_a_cell_in_one_word(cell: Cell, mark: Mark) -> None:
    assert cell.mark is mark


def test_the_index_can_be_rebuilt_without_a_change(home: Path) -> None:
    history = History(home)
    before = review_signals(history)
    history.reindex()
    assert review_signals(history) == before


def test_written_and_spoken_mocks_are_never_mixed(tmp_path: Path) -> None:
    history, answer = History(tmp_path), labelled()[0]
    add(history, [("", answer["text"])], answer["round"], aloud=False)
    written = review_signals(history)
    assert (written.mocks, written.spoken, written.left_out) == (1, False, 0)
    add(history, [("", answer["text"])], answer["round"])
    both = review_signals(history)
    assert (both.mocks, both.spoken, both.left_out) == (1, True, 1)
    assert all(figures.missed.n <= 1 for figures in both.figures.values())


def test_an_empty_history_says_nothing(tmp_path: Path) -> None:
    review = review_signals(History(tmp_path))
    assert (review.figures, review.grid.mocks, review.mocks) == ({}, (), 0)


@pytest.mark.parametrize(
    ("count", "n", "low", "high"),
    # Wilson's intervals as in Newcombe 1998, table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_intervals_are_wilsons(count: int, n: int, low: float, high: float) -> None:
    found = Rate(count, n).interval
    assert found is not None
    assert (round(found[0], 4), round(found[1], 4)) == (low, high)


def test_a_rate_of_nothing_says_nothing() -> None:
    assert (Rate(0, 0).share, Rate(0, 0).interval, difference(Rate(0, 0), Rate(1, 2))) == (None, None, None)


def test_the_difference_is_newcombes() -> None:
    # Newcombe 1998 (two proportions), table II, method 10: 56/70 against 48/80.
    found = difference(Rate(56, 70), Rate(48, 80))
    assert found is not None
    assert (round(found[0], 4), round(found[1], 4)) == (0.0524, 0.3339)


@pytest.mark.parametrize(
    ("recent", "earlier", "expected"),
    [
        (Rate(0, 4), Rate(9, 9), Trend.TOO_FEW),
        (Rate(0, 5), Rate(0, 0), Trend.TOO_FEW),
        (Rate(0, 5), Rate(18, 20), Trend.BETTER),
        (Rate(5, 5), Rate(2, 20), Trend.WORSE),
        (Rate(2, 5), Rate(9, 20), Trend.UNCLEAR),
    ],
)
def test_a_trend_needs_enough_answers(recent: Rate, earlier: Rate, expected: Trend) -> None:
    assert trend(recent, earlier) is expected


@pytest.mark.parametrize(
    ("missing", "keeps"),
    [([True], False), ([True, True], True), ([True, False, False, False, True], False), ([True, False, True], True)],
)
def test_one_miss_never_keeps_getting_missed(missing: list[bool], keeps: bool) -> None:
    assert keeps_missing(missing) is keeps
