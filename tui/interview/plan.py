"""Study plans: weeks of five days, and how much of the speaking goes to each area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tui.rubric.types import Rubric
from tui.rubric.yaml_file import Document, Problem, unknown

WHOLE = 100.0
"""What the shares of a plan add up to, in per cent."""
DAYS = 5
"""Days of practice in a week; two are free, and it does not matter which."""


@dataclass(frozen=True)
class PlanDay:
    """One of the five days of a week."""

    title: str
    do: str
    """What to do, in a sentence or two."""
    areas: tuple[str, ...] = ()
    """Ids of the dimensions whose minutes it is for; none on the day of the full mock, which is for all of them."""
    full: bool = False
    """Whether it is the day of the full mock."""


@dataclass(frozen=True)
class PlanWeek:
    """What one week is about."""

    title: str
    aim: str
    rounds: tuple[str, ...]
    """Ids of rounds for the full mock; the first that there is at the person's level is taken."""


@dataclass(frozen=True)
class Plan:
    """A study plan."""

    id: str
    title: str
    summary: str
    minutes: float
    """Minutes of speaking in a week, as recorded in mocks."""
    mock_minutes: float
    """How many of them the full mock takes."""
    shares: Mapping[str, float]
    """Per cent of the minutes for each dimension."""
    days: tuple[PlanDay, ...]
    weeks: tuple[PlanWeek, ...]
    """In order of importance, the last one for the days before the interview."""
    short: bool = False
    """Whether it is for somebody with less than the weeks of the usual plan."""

    def due(self, day: PlanDay) -> float:
        """Minutes of speaking that a day is for."""
        return self.mock_minutes if day.full else sum(self.due_by_area(day).values())

    def due_by_area(self, day: PlanDay) -> dict[str, float]:
        """Minutes of speaking that a day is for, by dimension: its share of what the full mock leaves.

        An area that stands in several days is shared out evenly among them.
        """
        stands_in = Counter(area for each in self.days for area in each.areas)
        rest = (self.minutes - self.mock_minutes) / WHOLE
        return {area: rest * self.shares.get(area, 0.0) / stands_in[area] for area in day.areas}

    def weeks_in(self, count: int) -> tuple[PlanWeek, ...]:
        """The weeks for somebody who has `count` of them: the most important ones, and always the last.

        With more weeks than it has, a short plan stays longer with the most important one.
        """
        if count >= len(self.weeks):
            return (*self.weeks[:1] * (count - len(self.weeks) if self.short else 0), *self.weeks)
        return (*self.weeks[: max(1, count) - 1], self.weeks[-1])


@dataclass(frozen=True)
class PlansFile:
    """`plans.yaml`."""

    plans: tuple[Plan, ...]


def plan_problems(document: Document[Any], plan: Plan, position: int, rubric: Rubric) -> Iterator[Problem]:
    """What is wrong with a plan that has the right shape; rounds that are not there yet are no mistake."""

    def problem(what: str, *place: str | int) -> Problem:
        return document.problem(what, "plans", position, *place)

    if not plan.minutes > 0:
        yield problem(f"'minutes' is {plan.minutes:g}; expected a number above 0", "minutes")
    if not 0 <= plan.mock_minutes <= plan.minutes:
        yield problem(f"'mock_minutes' is {plan.mock_minutes:g}; expected 0 to {plan.minutes:g}", "mock_minutes")
    yield from (problem(*wrong) for wrong in _unknown(plan.shares, rubric, "shares"))
    if any(share < 0 for share in plan.shares.values()) or abs(sum(plan.shares.values()) - WHOLE) > 0.01:
        yield problem(f"the shares add up to {sum(plan.shares.values()):g}; expected {WHOLE:g} in all", "shares")
    if len(plan.days) != DAYS:
        yield problem(f"there are {len(plan.days)} days; expected {DAYS}", "days")
    if sum(day.full for day in plan.days) != 1:
        yield problem("expected one day with 'full: true'", "days")
    for number, day in enumerate(plan.days):
        yield from (problem(what, "days", number, *place) for what, *place in _unknown(day.areas, rubric, "areas"))
        if day.full == bool(day.areas):
            yield problem("expected areas, or 'full: true' and no areas", "days", number)
    covered = {area for day in plan.days for area in day.areas}
    for area, share in plan.shares.items():
        if share and area not in covered:
            yield problem(f"{area!r} has a share and stands in none of the days; expected one at least", "days")
    if not plan.weeks:
        yield problem("'weeks' is empty; expected at least one", "weeks")


def _unknown(areas: Iterable[str], rubric: Rubric, key: str) -> Iterator[tuple[str, str]]:
    dimensions = rubric.dimensions
    return ((unknown("dimension", area, dimensions), key) for area in areas if area not in dimensions)
