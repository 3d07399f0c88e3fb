"""What a whole history says: signals, trends, what keeps getting missed."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass

from tui.history import occasions
from tui.history.figures import SignalFigures, figures
from tui.history.grid import Grid, grid
from tui.history.store import History

GRID_MOCKS = 12


@dataclass(frozen=True)
class SignalReview:
    """Every signal over the mocks that can be compared."""

    figures: Mapping[str, SignalFigures]
    """By signal; those that were never listened for are left out."""
    grid: Grid
    mocks: int
    """How many mocks are counted."""
    spoken: bool
    """Whether those are the spoken ones, or the written ones of somebody who has not spoken yet."""
    left_out: int
    """How many scored mocks of the other kind are not counted."""
    rubrics: int
    """How many versions of the rubrics scored them; scoring all again makes it one."""

    @property
    def worst_first(self) -> list[SignalFigures]:
        """The signals, those that are missed most often first; of equals, what was listened for most."""
        found = self.figures.values()
        return sorted(found, key=lambda each: (-(each.missed.share or 0.0), -each.missed.n, each.signal))


def review_signals(history: History, grid_mocks: int = GRID_MOCKS) -> SignalReview:
    """How each signal fares, and a grid of the last `grid_mocks`. Raises StorageError."""
    return history.answer(("signals", grid_mocks), lambda connection: _review(connection, grid_mocks))


def _review(connection: sqlite3.Connection, grid_mocks: int) -> SignalReview:
    spoken = occasions.spoken_or_written(connection)
    shown = occasions.last_mocks(connection, spoken, grid_mocks)[::-1]
    return SignalReview(
        figures(connection, spoken),
        grid(shown, occasions.in_mocks(connection, shown)),
        occasions.counted(connection, spoken),
        spoken,
        occasions.counted(connection, not spoken),
        occasions.rubrics(connection, spoken),
    )
