"""What to drill next and where the plan stands, in words and as JSON data."""

from __future__ import annotations

from typing import Any

from tui.history.advice import Advice
from tui.history.drill import Drill
from tui.history.improvement import Improvement
from tui.history.study import AreaState, DayState, PlanState
from tui.interview.types import Catalogue
from tui.report.figures import interval, of, rate_data
from tui.transcript import one_line


def why(drill: Drill) -> str:
    """Why a signal is the one to drill, in a sentence or two."""
    if drill.due is None:
        return "It was not listened for yet."
    found = [f"Missed in {of(drill.missed)} of your last answers ({interval(drill.missed)})"]
    found.append(f"last asked of you {_ago(drill.due.elapsed)}")
    found.append(_due(drill.due.overdue))
    rest = "" if drill.is_due else " Nothing is due today; of all the others this has most points at stake."
    return f"{', '.join(found)}.{rest}"


def command(drill: Drill) -> str:
    """The command that starts a mock to drill it, at the level that is aimed for."""
    return f"mockloop practice --round {drill.round.id} --question {drill.question.id}"


def signal_title(catalogue: Catalogue, signal: str) -> str:
    """The title of a signal on one line; its id where it is not among the rubrics any more."""
    known = catalogue.rubric.signals.get(signal)
    return one_line(known.title if known else signal)


def improvement_line(improvement: Improvement, catalogue: Catalogue) -> str:
    """The improvement of the week in a few words."""
    return f"{signal_title(catalogue, improvement.signal)}, {improvement.points:.0f} points a mock"


def improvement_text(improvement: Improvement, catalogue: Catalogue) -> str:
    """The improvement of the week in a sentence or two."""
    signal, title = catalogue.rubric.signals.get(improvement.signal), signal_title(catalogue, improvement.signal)
    mocks = "1 mock" if improvement.mocks == 1 else f"{improvement.mocks} mocks"
    advice = f" {one_line(signal.advice)}" if signal else ""
    return f"{title}: {improvement.points:.0f} of 100 points a mock were lost to it in {mocks}.{advice}"


def advice_data(advice: Advice, catalogue: Catalogue) -> dict[str, Any]:
    """What to drill next as a JSON object; times in days, chances from 0 to 1."""
    return {
        "level": advice.level,
        "days_left": advice.days_left,
        "drill": advice.drill and drill_data(advice.drill),
        "others": [drill_data(drill) for drill in advice.others],
        "improvement": advice.improvement
        and {
            "signal": advice.improvement.signal,
            "points": round(advice.improvement.points, 2),
            "mocks": advice.improvement.mocks,
            "missed": rate_data(advice.improvement.missed),
            "text": improvement_text(advice.improvement, catalogue),
        },
    }


def drill_data(drill: Drill) -> dict[str, Any]:
    """A drill as a JSON object."""
    return {
        "signal": drill.signal.id,
        "title": one_line(drill.signal.title),
        "advice": one_line(drill.signal.advice),
        "example": one_line(drill.signal.example),
        "weight": round(drill.weight, 3),
        "missed": rate_data(drill.missed),
        "chance": round(drill.chance, 4),
        "priority": round(drill.priority, 4),
        "due": drill.is_due,
        "days_since": drill.due and round(drill.due.elapsed, 2),
        "interval_days": drill.due and round(drill.due.interval, 2),
        "recall": drill.due and round(drill.due.recall, 4),
        "round": drill.round.id,
        "question": drill.question.id,
        "question_title": one_line(drill.question.title),
        "takes": drill.takes,
        "command": command(drill),
    }


def plan_headline(state: PlanState) -> str:
    """The plan and where in it today is, in one line."""
    parts = [one_line(state.plan.title)]
    if state.over:
        parts.append("over")
    elif state.current:
        parts.append(f"week {state.week} of {len(state.weeks)}: {one_line(state.current.title)}")
    else:
        parts.append(f"begins on {state.started.isoformat()}")
    if state.days_left is not None:
        parts.append(_left(state.days_left))
    return " · ".join(parts)


def streak_text(state: PlanState) -> str:
    """How steadily somebody practises; nothing is ever held against them."""
    streak = state.streak
    days = f"{streak.this_week} day{'' if streak.this_week == 1 else 's'} with a mock this week"
    if streak.weeks > 1:
        return f"{days}, {streak.weeks} weeks in a row."
    return f"{days}." if streak.this_week else "No mock yet this week; any day is a good one to go on."


def plan_data(state: PlanState, full_round: str | None) -> dict[str, Any]:
    """A plan as a JSON object, in minutes of speaking; `full_round` is the id of the round for the full mock."""
    today = state.due_today
    return {
        "plan": state.plan.id,
        "title": one_line(state.plan.title),
        "today": state.today.isoformat(),
        "started": state.started.isoformat(),
        "interview": state.interview and state.interview.isoformat(),
        "days_left": state.days_left,
        "week": state.week,
        "over": state.over,
        "weeks": [
            {"title": one_line(week.title), "aim": one_line(week.aim), "rounds": list(week.rounds)}
            for week in state.weeks
        ],
        "days": [_day(each) for each in state.days],
        "due_today": today and _day(today),
        "full_mock_round": full_round,
        "today_minutes": round(state.today_minutes, 2),
        "areas": [_area(each) for each in state.areas],
        "streak": {
            "weeks": state.streak.weeks,
            "days_this_week": state.streak.this_week,
            "last_days": [{"day": day.isoformat(), "minutes": round(m, 2)} for day, m in state.streak.last_days],
        },
    }


def _day(state: DayState) -> dict[str, Any]:
    return {
        "title": one_line(state.day.title),
        "do": one_line(state.day.do),
        "areas": list(state.day.areas),
        "full": state.day.full,
        "minutes": round(state.due, 2),
        "done": state.done,
    }


def _area(state: AreaState) -> dict[str, Any]:
    return {
        "area": state.area,
        "title": one_line(state.title),
        "share": state.share,
        "due_week": round(state.due_week, 2),
        "done_week": round(state.done_week, 2),
        "due": round(state.due, 2),
        "done": round(state.done, 2),
    }


def _ago(days: float) -> str:
    if days < 1:
        return "today" if days < 0.5 else "a day ago"
    return "a day ago" if days < 1.5 else f"{days:.0f} days ago"


def _due(overdue: float) -> str:
    if overdue >= 1:
        return f"due for {overdue:.0f} day{'' if overdue < 1.5 else 's'}"
    return "due today" if overdue >= 0 else f"due in {max(1.0, -overdue):.0f} day{'' if -overdue < 1.5 else 's'}"


def _left(days: int) -> str:
    if days < 0:
        return "the interview has passed"
    if days == 0:
        return "the interview is today"
    return f"{days} day{'' if days == 1 else 's'} to the interview"
