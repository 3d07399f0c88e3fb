"""What to drill next: one signal, and the question to drill it with."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from statistics import fmean

from tui.history import occasions
from tui.history.rates import Rate
from tui.history.schedule import Due, Review, due
from tui.history.types import Focus
from tui.interview.types import Catalogue, Level, Question, Round, at_level
from tui.rubric.types import Signal

REVIEWS = 20
"""So many of the last mocks with a signal are replayed; what lies before hardly moves the schedule."""
RECENT_ANSWERS = 10
"""So many of the last answers say how likely it is to be missed."""
_MOST_ANSWERS = 100


@dataclass(frozen=True)
class Drill:
    """A signal to drill, with what speaks for it."""

    signal: Signal
    weight: float
    """At the person's level."""
    missed: Rate
    """In the last answers that could tell."""
    chance: float
    """How likely the next answer loses it, 0 to 1: by the last answers' credit, and by how much is forgotten."""
    due: Due | None
    """None when it was never listened for."""
    round: Round
    question: Question
    takes: int
    """How many times the question was answered."""

    @property
    def priority(self) -> float:
        """Weight times the chance of losing it: the points that are at stake."""
        return self.weight * self.chance

    @property
    def focus(self) -> Focus:
        """It as the one thing to mind in the mock that drills it."""
        signal, missed = self.signal, self.missed
        return Focus(signal.id, signal.title, signal.advice, signal.example, "", missed.count, missed.n)

    @property
    def is_due(self) -> bool:
        """Whether its day has come; a signal that was never listened for is due."""
        return self.due is None or self.due.overdue >= 0


def drills(
    connection: sqlite3.Connection, catalogue: Catalogue, level: str, now: float, days_left: float | None = None
) -> list[Drill]:
    """Every signal that can be drilled at a level, what is due and has most points at stake first.

    `now` is in seconds since the epoch; `days_left` are the days to the interview, None without a date.
    """
    spoken, takes = occasions.spoken_or_written(connection), _takes(connection)
    factors = _factors(catalogue.levels.get(level))
    found: list[Drill] = []
    for signal in catalogue.rubric.signals.values():
        place = _place(catalogue, signal.id, level, takes)
        if place is None:
            continue
        latest = occasions.latest(connection, spoken, signal.id, _MOST_ANSWERS)
        schedule = due(list(_reviews(latest))[-REVIEWS:], now, days_left)
        recent = latest[:RECENT_ANSWERS]
        missed = Rate(sum(1 for each in recent if each.outcome == "missed"), len(recent))
        # Laplace's rule: before the first answer the odds are even, and no number of answers makes them certain.
        held = (sum(each.credit for each in recent) + 1) / (len(recent) + 2)
        chance = 1 - held * (schedule.recall if schedule else 1.0)
        weight = signal.weight * factors.get(signal.id, 1.0)
        found.append(Drill(signal, weight, missed, chance, schedule, *place, takes.get(place[1].id, 0)))
    return sorted(found, key=lambda drill: (not drill.is_due, -drill.priority, drill.signal.id))


def _factors(level: Level | None) -> Mapping[str, float]:
    return level.weights if level else {}


def _reviews(latest: list[occasions.Occasion]) -> Iterator[Review]:
    """A review for each mock, the oldest first."""
    for (instant, _), group in groupby(reversed(latest), key=lambda each: (each.instant, each.mock)):
        yield Review(instant, fmean(each.credit for each in group))


def _takes(connection: sqlite3.Connection) -> dict[str, int]:
    """How many times each question was answered."""
    found = connection.execute(
        "SELECT questions.question, count(*) FROM questions JOIN mocks ON mocks.id = questions.mock "
        "WHERE mocks.stage != 'recording' AND mocks.source != 'demo' GROUP BY questions.question"
    )
    return dict(found.fetchall())


def _place(catalogue: Catalogue, signal: str, level: str, takes: Mapping[str, int]) -> tuple[Round, Question] | None:
    """The question that gives most occasion for a signal and was answered least often, with its round."""
    places = [
        (round_, question)
        for round_ in catalogue.rounds.values()
        if signal in round_.signals and (not round_.levels or level in round_.levels)
        for question in at_level(round_.questions, level)
        if signal not in question.leave_out
    ]

    def rank(place: tuple[Round, Question]) -> tuple[bool, int, float]:
        round_, question = place
        own = round_.signals[signal]
        return signal not in question.emphasis, takes.get(question.id, 0), -(own if own is not None else 0.0)

    return min(places, key=rank, default=None)
