"""When a signal is due again: spaced repetition (FSRS) with spoken mocks as reviews, compressed to the days left.

The schedule is a function of the history and the day of the interview, so nothing of it has to be stored.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fsrs import Scheduler

FULL_DAYS = 42.0
"""With six weeks or more to go, intervals are as FSRS gives them; with less, they shrink in proportion."""
LEAST_DAYS = 0.5
"""Nothing is due again on the same half day."""
GOOD_CREDIT = 0.9
"""From this share of the credit on a mock counts as recalled: said in time and unasked."""
HARD_CREDIT = 0.4
"""From this share on it counts as recalled with effort: late, when asked, or in some of the answers."""
SECONDS = 86_400.0


@dataclass(frozen=True)
class Review:
    """What one mock said about a signal."""

    instant: float
    """When the mock began, in seconds since the epoch."""
    credit: float
    """Share of the weight that was earned, 0 to 1, the mean over the mock's answers."""


@dataclass(frozen=True)
class Due:
    """When a signal should be practised again."""

    interval: float
    """Days from the last mock that listened for it to when it is due."""
    elapsed: float
    """Days since that mock."""
    recall: float
    """How likely it is still there, 0 to 1, by FSRS's forgetting curve, stretched as the intervals are compressed."""

    @property
    def overdue(self) -> float:
        """Days since it was due; negative while it is not."""
        return self.elapsed - self.interval


def due(reviews: Sequence[Review], now: float, days_left: float | None = None) -> Due | None:
    """When a signal with these `reviews`, the oldest first, is due; None before the first.

    `now` is in seconds since the epoch; `days_left` are the days to the interview, None without a date.
    """
    if not reviews:
        return None
    from fsrs import Card, Rating

    scheduler, card = _scheduler(), Card(card_id=1)
    for review in reviews:
        rating = Rating.Good if review.credit >= GOOD_CREDIT else Rating.Hard
        rating = rating if review.credit >= HARD_CREDIT else Rating.Again
        card, _ = scheduler.review_card(card, rating, datetime.fromtimestamp(review.instant, UTC))
    last = datetime.fromtimestamp(reviews[-1].instant, UTC)
    squeeze = 1.0 if days_left is None else min(1.0, max(1.0, days_left) / FULL_DAYS)
    interval = (card.due - last).total_seconds() / SECONDS * squeeze
    if days_left is not None:
        # Whatever FSRS says, it comes up twice more before the day.
        interval = min(interval, max(1.0, days_left) / 2)
    elapsed = max(0.0, (now - reviews[-1].instant) / SECONDS)
    recall = scheduler.get_card_retrievability(card, last + timedelta(days=elapsed / squeeze))
    return Due(max(LEAST_DAYS, interval), elapsed, float(recall))


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler

    # Mocks are days apart: there are no steps of minutes, and the same history always gives the same day.
    return Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
