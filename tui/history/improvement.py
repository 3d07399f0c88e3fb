"""The single highest-impact improvement for a week: the signal that cost most points in the week before."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui.history import occasions
from tui.history.occasions import COMPARED, Occasion
from tui.history.rates import Rate

FALLBACK_MOCKS = 5
"""After a week without a mock, the last ones before it count."""


@dataclass(frozen=True)
class Improvement:
    """One signal, and what it cost."""

    signal: str
    points: float
    """Of 100, lost to it in a mock, in the mean over the mocks."""
    mocks: int
    """How many mocks were counted."""
    missed: Rate
    """In their answers that could tell."""
    since: float
    """When the first of those mocks began, in seconds since the epoch."""
    until: float
    """When the last of them began."""


def improvement(connection: sqlite3.Connection, now: datetime) -> Improvement | None:
    """What to improve in the week of `now` (local time), or None while nothing was lost.

    It stays the same all week: mocks of this week count only for somebody who has no earlier ones.
    """
    spoken = occasions.spoken_or_written(connection)
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    monday = day - timedelta(days=now.weekday())
    week_before = (monday - timedelta(days=7)).timestamp()
    mocks = _mocks(connection, spoken, monday.timestamp()) or _mocks(connection, spoken, now.timestamp())
    chosen = [mock for mock, instant in mocks if instant >= week_before] or [mock for mock, _ in mocks[:FALLBACK_MOCKS]]
    return _costliest(occasions.in_mocks(connection, chosen), len(chosen)) if chosen else None


def _mocks(connection: sqlite3.Connection, spoken: bool, before: float) -> list[tuple[str, float]]:
    """The mocks that count and began before an instant, the newest first."""
    found = connection.execute(
        f"SELECT id, instant FROM mocks WHERE {COMPARED} AND spoken = ? AND instant < ? ORDER BY instant DESC, id DESC",
        (spoken, before),
    )
    return found.fetchall()


def _costliest(found: Sequence[Occasion], mocks: int) -> Improvement | None:
    lost: dict[str, float] = defaultdict(float)
    for each in found:
        if each.outcome != "cant_tell" and each.possible:
            lost[each.signal] += 100.0 * each.weight * (1.0 - each.credit) / each.possible
    signal = max(lost, key=lambda name: (lost[name], name), default=None)
    if signal is None or lost[signal] <= 0:
        return None
    told = [each for each in found if each.signal == signal and each.outcome != "cant_tell"]
    return Improvement(
        signal,
        lost[signal] / mocks,
        mocks,
        Rate(sum(1 for each in told if each.outcome == "missed"), len(told)),
        min(each.instant for each in found),
        max(each.instant for each in found),
    )
