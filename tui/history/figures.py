"""What the occasions of each signal come to: how often it is missed, asked for and late, where it lands, the trend."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from statistics import quantiles
from typing import Any

from tui.history.occasions import Occasion, latest
from tui.history.queries import named
from tui.history.rates import Rate, difference

RECENT_MOCKS = 5
"""The last mocks that a trend compares with those before, and that say whether a signal keeps getting missed."""
LEAST_ANSWERS = 5
"""A trend needs at least so many answers on either side."""
LEAST_MISSES = 2
"""A signal that was missed in fewer mocks does not keep getting missed."""
_MOST_QUESTIONS = 20
"""More than a mock can hold; so many answers are read for each of the last mocks."""


class Trend(StrEnum):
    """The miss rate of the last mocks beside that of the earlier ones."""

    BETTER = "better"
    WORSE = "worse"
    UNCLEAR = "unclear"
    """The interval of the difference holds zero."""
    TOO_FEW = "too_few"


@dataclass(frozen=True)
class Spread:
    """Where in an answer something usually lands, as shares of its length from 0 to 1."""

    median: float
    lower: float
    """A quarter came earlier."""
    upper: float
    """A quarter came later."""
    n: int


@dataclass(frozen=True)
class SignalFigures:
    """One signal over all answers that could tell; those that could not are counted apart."""

    signal: str
    missed: Rate
    """Of the answers."""
    missed_mocks: Rate
    """Mocks with at least one answer that missed it, of those that could tell."""
    prompted: Rate
    """Said after the interviewer had asked, of the answers that demonstrated it."""
    late: Rate
    """Said too late to count in full, of the answers that demonstrated it."""
    cant_tell: int
    """Answers that could not tell."""
    landed: Spread | None
    """Where in the answer to the question itself it was said, or None when it never was."""
    recent: Rate
    """Missed in the answers of the last five mocks that could tell."""
    earlier: Rate
    """Missed in the answers of those before."""
    trend: Trend
    keeps_missing: bool
    """Missed in at least two of the last five mocks, and in at least half of them."""
    known_missed: Rate
    """Overlooked by detection, as far as a person has marked the words: of the answers that demonstrated it."""
    known_wrong: Rate
    """Credited by mistake, as far as a person has said so: of the answers that detection credited."""
    last: float | None
    """When it was last listened for and could be told, in seconds since the epoch."""


def figures(connection: sqlite3.Connection, spoken: bool) -> dict[str, SignalFigures]:
    """The figures of every signal that was listened for in the spoken, or the written, mocks."""
    landed = _landed(connection, spoken)
    return {
        signal: _figures(signal, counts, landed.get(signal, []), recent_mocks(connection, spoken, signal))
        for signal, counts in _counts(connection, spoken).items()
    }


def recent_mocks(connection: sqlite3.Connection, spoken: bool, signal: str) -> list[list[Occasion]]:
    """The occasions in each of the last mocks that could tell about a signal, the newest first."""
    found = latest(connection, spoken, signal, RECENT_MOCKS * _MOST_QUESTIONS)
    return [list(group) for _, group in groupby(found, key=lambda each: each.mock)][:RECENT_MOCKS]


def _figures(
    signal: str, counts: Mapping[str, Any], landed: Sequence[float], lately: Sequence[Sequence[Occasion]]
) -> SignalFigures:
    missed = Rate(counts["missed"], counts["told"])
    outcomes = [each.outcome for mock in lately for each in mock]
    recent = Rate(outcomes.count("missed"), len(outcomes))
    earlier = Rate(missed.count - recent.count, missed.n - recent.n)
    missing = [any(each.outcome == "missed" for each in mock) for mock in lately]
    return SignalFigures(
        signal,
        missed,
        missed_mocks=Rate(counts["mocks_missed"], counts["mocks"]),
        prompted=Rate(counts["prompted"], missed.n - missed.count),
        late=Rate(counts["late"], missed.n - missed.count),
        cant_tell=counts["cant_tell"],
        landed=spread(landed),
        recent=recent,
        earlier=earlier,
        trend=trend(recent, earlier),
        keeps_missing=keeps_missing(missing),
        known_missed=Rate(counts["overlooked"], missed.n - missed.count),
        known_wrong=Rate(counts["wrong"], missed.n - missed.count - counts["marked"] + counts["wrong"]),
        last=counts["last"],
    )


def trend(recent: Rate, earlier: Rate) -> Trend:
    """Whether the miss rate has changed, as far as so few answers can say."""
    if min(recent.n, earlier.n) < LEAST_ANSWERS:
        return Trend.TOO_FEW
    apart = difference(recent, earlier)
    assert apart
    if apart[1] < 0:
        return Trend.BETTER
    return Trend.WORSE if apart[0] > 0 else Trend.UNCLEAR


def keeps_missing(missing: Sequence[bool]) -> bool:
    """Whether a signal keeps getting missed, going by whether each of the last mocks missed it."""
    return sum(missing) >= LEAST_MISSES and 2 * sum(missing) >= len(missing)


def spread(shares: Sequence[float]) -> Spread | None:
    """The middle half of `shares`, or None of none."""
    if len(shares) < 2:
        return Spread(shares[0], shares[0], shares[0], 1) if shares else None
    lower, median, upper = quantiles(shares, n=4, method="inclusive")
    return Spread(median, lower, upper, len(shares))


def _counts(connection: sqlite3.Connection, spoken: bool) -> dict[str, dict[str, Any]]:
    """By signal, how many answers and mocks told what."""
    found = connection.execute(
        """
        SELECT signal, sum(missed) AS missed, sum(told) AS told, sum(prompted) AS prompted, sum(late) AS late,
            sum(answers) - sum(told) AS cant_tell, sum(missed > 0) AS mocks_missed, sum(told > 0) AS mocks,
            sum(overlooked) AS overlooked, sum(marked) AS marked, sum(wrong) AS wrong,
            max(CASE WHEN told THEN instant END) AS last
        FROM (
            SELECT signal, instant, count(*) AS answers, sum(outcome = 'missed') AS missed,
                sum(outcome != 'cant_tell') AS told, sum(outcome = 'demonstrated' AND prompted) AS prompted,
                sum(outcome = 'demonstrated' AND punctuality = 'late') AS late,
                sum(outcome = 'demonstrated' AND ifnull(overruled, '') = 'missed') AS overlooked,
                sum(outcome = 'demonstrated' AND overruled IS NOT NULL) AS marked,
                sum(outcome = 'missed' AND ifnull(overruled, '') = 'demonstrated') AS wrong
            FROM occasions WHERE spoken = ? GROUP BY signal, instant, mock
        ) GROUP BY signal
        """,
        (spoken,),
    )
    return {row["signal"]: row for row in named(found)}


def _landed(connection: sqlite3.Connection, spoken: bool) -> dict[str, list[float]]:
    """By signal, where in the answers to the questions themselves it was said."""
    # A row for each signal: for every row, the interpreter changes hands with the thread that paints.
    found = connection.execute(
        "SELECT signal, json_group_array(landed) FROM occasions WHERE spoken = ? AND outcome = 'demonstrated' "
        "AND follow_up = 0 AND landed IS NOT NULL GROUP BY signal",
        (spoken,),
    )
    return {signal: json.loads(shares) for signal, shares in found}
