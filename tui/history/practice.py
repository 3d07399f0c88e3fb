"""How much was practised: minutes of speaking by area, and on which days."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from tui.interview.types import Catalogue, area_of

WEEK = 7


@dataclass(frozen=True)
class Sitting:
    """One mock as practice."""

    day: date
    """In local time."""
    round: str
    """Id."""
    minutes: float
    """Of audio; 0 for text."""
    questions: int


@dataclass(frozen=True)
class Streak:
    """How steadily somebody practises, in weeks: a day off, or two, ends nothing."""

    weeks: int
    """Weeks in a row, from Monday, with at least one mock; the running week counts as soon as it has one."""
    this_week: int
    """Days of the running week with a mock."""
    last_days: tuple[tuple[date, float], ...]
    """The last fourteen days, today last, each with its minutes."""


def sittings(connection: sqlite3.Connection) -> list[Sitting]:
    """Every recorded or scored mock but demonstrations, the oldest first."""
    found = connection.execute(
        "SELECT mocks.instant, mocks.round, mocks.seconds, count(questions.number) FROM mocks "
        "LEFT JOIN questions ON questions.mock = mocks.id "
        "WHERE mocks.stage != 'recording' AND mocks.source != 'demo' GROUP BY mocks.id ORDER BY mocks.instant"
    )
    return [
        Sitting(datetime.fromtimestamp(instant).date(), round_, (seconds or 0.0) / 60.0, questions)
        for instant, round_, seconds, questions in found
    ]


def minutes_by_area(found: Iterable[Sitting], catalogue: Catalogue) -> dict[str, float]:
    """Minutes of speaking for each dimension; a round that is not there any more counts for none."""
    minutes: dict[str, float] = {}
    for each in found:
        round_ = catalogue.rounds.get(each.round)
        if round_ and each.minutes:
            area = area_of(round_, catalogue.rubric)
            minutes[area] = minutes.get(area, 0.0) + each.minutes
    return minutes


def streak(found: Sequence[Sitting], today: date) -> Streak:
    """How steadily the mocks in `found` follow each other up to `today`."""
    monday = today - timedelta(days=today.weekday())
    weeks = {each.day - timedelta(days=each.day.weekday()) for each in found}
    count = 1 if monday in weeks else 0
    back = monday - timedelta(days=WEEK)
    while back in weeks:
        count, back = count + 1, back - timedelta(days=WEEK)
    by_day = _by_day(found)
    days = [today - timedelta(days=ago) for ago in range(2 * WEEK - 1, -1, -1)]
    return Streak(
        count,
        sum(1 for day in by_day if monday <= day <= today),
        tuple((day, by_day.get(day, 0.0)) for day in days),
    )


def _by_day(found: Iterable[Sitting]) -> Mapping[date, float]:
    """Minutes by day; a day of text alone has none and is still there."""
    days: dict[date, float] = {}
    for each in found:
        days[each.day] = days.get(each.day, 0.0) + each.minutes
    return days
