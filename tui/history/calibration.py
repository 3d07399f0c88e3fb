"""How a person's own rating before the reveal compares with what each area then came to."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from statistics import fmean

from tui.history.occasions import COMPARED
from tui.interview.loop import Thresholds
from tui.interview.packet import Step, step_of

CLOSE = 0.5
"""Steps of four by which a mean rating may differ from the reading and still be called close."""


@dataclass(frozen=True)
class Calibration:
    """One area over all mocks in which it was rated and scored."""

    dimension: str
    mocks: int
    own: float
    """The mean of the person's steps, 1 (strong no) to 4 (strong yes)."""
    read: float
    """The mean of the steps that the scores read as."""

    @property
    def apart(self) -> float:
        """Steps by which the person rates themselves too high; negative when too low."""
        return self.own - self.read

    @property
    def close(self) -> bool:
        """Whether the two differ by so little that it means nothing."""
        return abs(self.apart) < CLOSE


def calibrations(connection: sqlite3.Connection, thresholds: Thresholds) -> tuple[Calibration, ...]:
    """By area, the areas that were rated most often first."""
    found = connection.execute(
        "SELECT mocks.rating, verdicts.dimension, sum(verdicts.weight * verdicts.credit), sum(verdicts.weight) "
        "FROM mocks JOIN verdicts ON verdicts.mock = mocks.id "
        "JOIN questions ON questions.mock = mocks.id AND questions.number = verdicts.question "
        f"WHERE {COMPARED} AND mocks.rating IS NOT NULL AND questions.scored AND verdicts.outcome != 'cant_tell' "
        "GROUP BY mocks.id, verdicts.dimension HAVING sum(verdicts.weight) > 0"
    )
    pairs: dict[str, list[tuple[int, Step]]] = defaultdict(list)
    for rating, dimension, earned, possible in found:
        own = json.loads(rating).get(dimension)
        if own in set(Step):
            pairs[dimension].append((own, step_of(100.0 * earned / possible, thresholds)))
    made = (
        Calibration(dimension, len(each), fmean(own for own, _ in each), fmean(read for _, read in each))
        for dimension, each in pairs.items()
    )
    return tuple(sorted(made, key=lambda each: (-each.mocks, each.dimension)))
