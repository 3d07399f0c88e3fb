"""Which mocks are wanted: by round, question, day, score, signal and kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil, floor, inf, nextafter
from typing import Any


class Heard(StrEnum):
    """What became of a signal, as people ask for it."""

    DEMONSTRATED = "demonstrated"
    ON_TIME = "on-time"
    LATE = "late"
    PROMPTED = "prompted"
    MISSED = "missed"
    CANT_TELL = "cant-tell"


_HEARD = {
    Heard.DEMONSTRATED: "outcome = 'demonstrated'",
    Heard.ON_TIME: "outcome = 'demonstrated' AND punctuality = 'on_time' AND NOT prompted",
    Heard.LATE: "outcome = 'demonstrated' AND punctuality = 'late'",
    Heard.PROMPTED: "outcome = 'demonstrated' AND prompted",
    Heard.MISSED: "outcome = 'missed'",
    Heard.CANT_TELL: "outcome = 'cant_tell'",
}


@dataclass(frozen=True)
class Wanted:
    """Mocks that are asked for; what is None does not matter."""

    round: str | None = None
    """Id."""
    question: str | None = None
    """Id of a question that was asked, first or later."""
    since: date | None = None
    """The first day, in local time."""
    until: date | None = None
    """The last day, in local time."""
    min_score: float | None = None
    """As scores are shown, rounded: 69.6 is found where 70 is asked for."""
    max_score: float | None = None
    signal: str | None = None
    """Id of a signal or key point that was listened for."""
    heard: Heard | None = None
    """What became of `signal`, or of any signal, in at least one of the questions."""
    level: str | None = None
    source: str | None = None
    """`practice`, `score` or `demo`."""


@dataclass(frozen=True)
class Where:
    """A condition on the table `mocks`, with the values of its parameters."""

    sql: str
    values: Mapping[str, Any]


def where(wanted: Wanted) -> Where:
    """The condition that picks the mocks in `wanted`."""
    conditions = {
        "mocks.round = :round": wanted.round,
        "mocks.level = :level": wanted.level,
        "mocks.source = :source": wanted.source,
        "mocks.instant >= :since": _instant(wanted.since),
        "mocks.instant < :until": _instant(wanted.until, days=1),
        "mocks.overall >= :min_score": _lowest(wanted.min_score),
        "mocks.overall <= :max_score": _highest(wanted.max_score),
        "mocks.id IN (SELECT mock FROM questions WHERE question = :question)": wanted.question,
    }
    told = {sql: value for sql, value in conditions.items() if value is not None}
    values: dict[str, Any] = {sql.rpartition(":")[2].rstrip(")"): value for sql, value in told.items()}
    parts = list(told)
    if wanted.signal is not None or wanted.heard is not None:
        inner = ["signal = :signal"] if wanted.signal is not None else ["NOT key_point"]
        inner += [_HEARD[wanted.heard]] if wanted.heard else []
        parts.append(f"mocks.id IN (SELECT mock FROM verdicts WHERE {' AND '.join(inner)})")
        values["signal"] = wanted.signal
    return Where(" AND ".join(parts) or "TRUE", values)


def _lowest(shown: float | None) -> float | None:
    """The lowest score that is shown as `shown` or more: scores are shown rounded, halves to the even number."""
    if shown is None:
        return None
    whole = ceil(shown)
    return whole - 0.5 if whole % 2 == 0 else nextafter(whole - 0.5, inf)


def _highest(shown: float | None) -> float | None:
    """The highest score that is shown as `shown` or less."""
    if shown is None:
        return None
    whole = floor(shown)
    return whole + 0.5 if whole % 2 == 0 else nextafter(whole + 0.5, -inf)


def _instant(day: date | None, days: int = 0) -> float | None:
    """Seconds since the epoch when `day`, or the day so many `days` later, begins in local time."""
    if day is None:
        return None
    try:
        later = day + timedelta(days=days)
        return datetime(later.year, later.month, later.day).astimezone().timestamp()
    except (OverflowError, OSError, ValueError):
        # Outside of what the system's clock can tell, before every mock or after it.
        return float("-inf") if day.year < 1970 else float("inf")
