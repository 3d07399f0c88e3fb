"""Where somebody stands in a study plan: the week, minutes done against minutes due, and what is due today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from tui.history.practice import WEEK, Sitting, Streak, minutes_by_area, streak
from tui.history.profile import Profile, day
from tui.interview.plan import Plan, PlanDay, PlanWeek
from tui.interview.types import USUAL_LEVEL, Catalogue

ENOUGH = 0.9
"""A day of the plan is done with this share of its minutes: nobody should sit down for the last thirty seconds."""
FULL_SHARE = 2 / 3
"""A mock of at least this share of the full mock's minutes, or of several questions, is one."""


@dataclass(frozen=True)
class DayState:
    """One day of the running week."""

    day: PlanDay
    due: float
    """Minutes of speaking."""
    done: bool


@dataclass(frozen=True)
class AreaState:
    """Minutes of one dimension."""

    area: str
    title: str
    share: float
    """Per cent of the plan's minutes; 0 for what is practised beside the plan."""
    due_week: float
    done_week: float
    due: float
    """From the plan's first day to the end of the running week."""
    done: float
    """From the plan's first day to today."""


@dataclass(frozen=True)
class PlanState:
    """A plan on a day."""

    plan: Plan
    today: date
    started: date
    """The first day that counts; later than today when the plan has not begun."""
    interview: date | None
    week: int
    """Number of the running week, from 1; 0 before the plan begins."""
    weeks: tuple[PlanWeek, ...]
    """Those that there is time for."""
    days: tuple[DayState, ...]
    areas: tuple[AreaState, ...]
    streak: Streak
    today_minutes: float
    """Minutes practised today."""
    over: bool = False
    """Whether the last week, or the interview, has passed."""

    @property
    def current(self) -> PlanWeek | None:
        """The running week; None before the plan begins."""
        return self.weeks[self.week - 1] if self.week else None

    @property
    def due_today(self) -> DayState | None:
        """The next day of this week that is not done; None when all are, or when the plan is not running."""
        return next((each for each in self.days if not each.done), None) if self.week and not self.over else None

    @property
    def days_left(self) -> int | None:
        """Days to the interview, or None without a date; negative after it."""
        return None if self.interview is None else (self.interview - self.today).days


def choose_plan(catalogue: Catalogue, profile: Profile, today: date) -> Plan | None:
    """The plan that was chosen, else the first that suits the time there is; None when there is no plan at all."""
    chosen = catalogue.plans.get(profile.plan or "")
    if chosen:
        return chosen
    usual = next((plan for plan in catalogue.plans.values() if not plan.short), None)
    short = next((plan for plan in catalogue.plans.values() if plan.short), None)
    interview, started = day(profile.interview), day(profile.started) or today
    if usual and short and interview and (interview - started).days < WEEK * len(usual.weeks):
        return short
    return usual or short


def study(catalogue: Catalogue, profile: Profile, found: Sequence[Sitting], today: date) -> PlanState | None:
    """Where the mocks in `found` put somebody on the day `today`; None when there is no plan."""
    plan = choose_plan(catalogue, profile, today)
    if plan is None:
        return None
    interview, started = day(profile.interview), day(profile.started) or today
    weeks = plan.weeks
    if interview:
        weeks = plan.weeks_in(max(1, ceil((interview - started).days / WEEK)))
        # With more time than the plan takes, it begins so that it ends with the interview.
        started = max(started, interview - timedelta(days=WEEK * len(weeks)))
    passed = (today - started).days // WEEK
    week = min(len(weeks), max(0, passed + 1))
    over = passed >= len(weeks) or (interview is not None and today > interview)
    monday = started + timedelta(days=WEEK * max(0, week - 1))
    this_week = [each for each in found if monday <= each.day <= today] if week else []
    since = [each for each in found if started <= each.day <= today]
    return PlanState(
        plan,
        today,
        started,
        interview,
        week,
        weeks,
        tuple(_days(plan, this_week, catalogue)),
        tuple(_areas(plan, week, catalogue, this_week, since)),
        streak(found, today),
        sum(each.minutes for each in found if each.day == today),
        over,
    )


def full_round(state: PlanState, catalogue: Catalogue, level: str | None) -> str | None:
    """The id of the round for this week's full mock, or None when none of the named ones is there."""
    week, held = state.current, level or USUAL_LEVEL
    for id_ in week.rounds if week else ():
        round_ = catalogue.rounds.get(id_)
        if round_ and (not round_.levels or held in round_.levels):
            return id_
    return None


def _days(plan: Plan, this_week: Sequence[Sitting], catalogue: Catalogue) -> list[DayState]:
    minutes = minutes_by_area(this_week, catalogue)
    had_full = any(each.questions > 1 or each.minutes >= max(1.0, FULL_SHARE * plan.mock_minutes) for each in this_week)
    so_far: dict[str, float] = {}
    states: list[DayState] = []
    for each in plan.days:
        for area, due in plan.due_by_area(each).items():
            so_far[area] = so_far.get(area, 0.0) + due
        # Of two days for one area, the first is done with half of its minutes.
        done = sum(minutes.get(area, 0.0) for area in each.areas)
        wanted = sum(so_far[area] for area in each.areas)
        states.append(DayState(each, plan.due(each), had_full if each.full else done >= ENOUGH * wanted))
    return states


def _areas(
    plan: Plan, week: int, catalogue: Catalogue, this_week: Sequence[Sitting], since: Sequence[Sitting]
) -> list[AreaState]:
    done_week, done = minutes_by_area(this_week, catalogue), minutes_by_area(since, catalogue)
    areas = dict.fromkeys((*plan.shares, *done))
    return [_area(plan, week, catalogue, area, done_week, done) for area in areas]


def _area(
    plan: Plan,
    week: int,
    catalogue: Catalogue,
    area: str,
    done_week: Mapping[str, float],
    done: Mapping[str, float],
) -> AreaState:
    share = plan.shares.get(area, 0.0)
    dimension = catalogue.rubric.dimensions.get(area)
    due = plan.minutes * share / 100.0
    return AreaState(
        area,
        dimension.title if dimension else area,
        share,
        due if week else 0.0,
        done_week.get(area, 0.0),
        due * week,
        done.get(area, 0.0),
    )
