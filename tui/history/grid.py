"""Signals by the last mocks: what became of each in each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tui.history.occasions import Occasion


class Mark(StrEnum):
    """What became of a signal in a mock, whatever the number of its questions."""

    ON_TIME = "on_time"
    """Demonstrated wherever it was listened for, in time and unasked."""
    PARTLY = "partly"
    """Demonstrated late, or when asked, or in some of the answers."""
    MISSED = "missed"
    """Missed in every answer that could tell."""
    CANT_TELL = "cant_tell"


@dataclass(frozen=True)
class Cell:
    """One signal in one mock: in how many of its answers it was ..."""

    on_time: int = 0
    """... said in time and unasked."""
    partly: int = 0
    """... said late or when asked."""
    missed: int = 0
    cant_tell: int = 0

    @property
    def mark(self) -> Mark:
        """The cell in one word."""
        if self.on_time and not self.partly and not self.missed:
            return Mark.ON_TIME
        if self.on_time or self.partly:
            return Mark.PARTLY
        return Mark.MISSED if self.missed else Mark.CANT_TELL


@dataclass(frozen=True)
class Grid:
    """The last mocks, the newest last, and a row of cells for each signal."""

    mocks: tuple[str, ...]
    """Ids."""
    rows: Mapping[str, tuple[Cell | None, ...]]
    """By signal, a cell for each mock, None where the signal was not listened for."""

    def row(self, signal: str) -> tuple[Cell | None, ...]:
        """The cells of a signal, also of one that none of the mocks listened for."""
        return self.rows.get(signal, (None,) * len(self.mocks))


def grid(mocks: Sequence[str], occasions: Iterable[Occasion]) -> Grid:
    """A grid of `mocks`, which are ids, from the `occasions` in them."""
    places = {mock: place for place, mock in enumerate(mocks)}
    counts: dict[str, dict[int, list[int]]] = {}
    for each in occasions:
        kinds = counts.setdefault(each.signal, {}).setdefault(places[each.mock], [0, 0, 0, 0])
        kinds[_kind(each)] += 1
    rows = {
        signal: tuple(Cell(*cells[place]) if place in cells else None for place in range(len(places)))
        for signal, cells in counts.items()
    }
    return Grid(tuple(mocks), rows)


def _kind(occasion: Occasion) -> int:
    """Which of the counts of a `Cell` an occasion belongs to."""
    if occasion.outcome == "demonstrated":
        return 1 if occasion.prompted or occasion.punctuality == "late" else 0
    return 2 if occasion.outcome == "missed" else 3
