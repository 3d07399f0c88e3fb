"""What to do next, from the whole history: the drill, the improvement of the week, and where the plan stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tui.history.drill import Drill, drills
from tui.history.improvement import Improvement, improvement
from tui.history.practice import sittings
from tui.history.profile import Profile, day
from tui.history.store import History
from tui.history.study import PlanState, study
from tui.interview.types import USUAL_LEVEL, Catalogue


@dataclass(frozen=True)
class Advice:
    """What to drill next, and why."""

    drill: Drill | None
    """None when there is no round to drill in."""
    others: tuple[Drill, ...]
    """What would come after it, in order."""
    improvement: Improvement | None
    """The single highest-impact improvement for this week; None while nothing was lost."""
    days_left: int | None
    """To the interview; None without a date or after it."""
    level: str
    """Id of the level that it is for."""


def advise(history: History, catalogue: Catalogue, profile: Profile, now: datetime) -> Advice:
    """What to drill next at `now` (local time with its offset). Raises StorageError."""
    interview, level = day(profile.interview), profile.level or USUAL_LEVEL
    left = None if interview is None else (interview - now.date()).days
    left = left if left is not None and left >= 0 else None
    with history.opened() as connection:
        found = drills(connection, catalogue, level, now.timestamp(), left)
        best = improvement(connection, now)
    return Advice(found[0] if found else None, tuple(found[1:]), best, left, level)


def plan_state(history: History, catalogue: Catalogue, profile: Profile, now: datetime) -> PlanState | None:
    """Where the study plan stands at `now` (local time); None when there is no plan. Raises StorageError."""
    with history.opened() as connection:
        return study(catalogue, profile, sittings(connection), now.date())
