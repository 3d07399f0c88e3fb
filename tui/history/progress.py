"""How a person has come along: scores and pace over time, what each area earned, and how each signal fares."""

from __future__ import annotations

from dataclasses import dataclass

from tui.history import occasions
from tui.history.review import SignalReview, review_signals
from tui.history.store import History
from tui.history.types import MockRow


@dataclass(frozen=True)
class AreaSum:
    """What one dimension came to over all mocks that can be compared."""

    dimension: str
    earned: float
    possible: float
    """Weight of everything that was decided, more than 0."""
    mocks: int

    @property
    def score(self) -> float:
        """0 to 100."""
        return 100.0 * self.earned / self.possible


@dataclass(frozen=True)
class Progress:
    """Everything about the mocks that can be compared: those with a score that are no demonstrations."""

    mocks: tuple[MockRow, ...]
    """The oldest first."""
    areas: tuple[AreaSum, ...]
    review: SignalReview

    @property
    def takes(self) -> list[tuple[MockRow, MockRow]]:
        """The last two takes of each question that was answered more than once, the newest pair first."""
        last: dict[str, MockRow] = {}
        found: dict[str, tuple[MockRow, MockRow]] = {}
        for row in self.mocks:
            if not row.question:
                continue  # a file that was scored without a question answers none
            if row.question in last:
                found[row.question] = (last[row.question], row)
            last[row.question] = row
        return sorted(found.values(), key=lambda pair: pair[1].created, reverse=True)


def progress(history: History) -> Progress:
    """The progress in a history. Raises StorageError."""
    review = review_signals(history)
    rows = [row for row in history.rows() if row.overall is not None and row.source != "demo"]
    with history.opened() as connection:
        found = connection.execute(
            "SELECT verdicts.dimension, sum(verdicts.weight * verdicts.credit), sum(verdicts.weight), "
            "count(DISTINCT mocks.id) FROM verdicts JOIN mocks ON mocks.id = verdicts.mock "
            "JOIN questions ON questions.mock = mocks.id AND questions.number = verdicts.question "
            f"WHERE {occasions.COMPARED} AND mocks.spoken = ? AND questions.scored "
            "AND verdicts.outcome != 'cant_tell' GROUP BY verdicts.dimension HAVING sum(verdicts.weight) > 0",
            (review.spoken,),
        )
        areas = tuple(AreaSum(*row) for row in found)
    return Progress(tuple(row for row in reversed(rows) if row.spoken is review.spoken), areas, review)
