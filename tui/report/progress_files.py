"""The progress over all mocks as Markdown, as JSON data and as an HTML document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from tui.history.advice import Advice
from tui.history.figures import SignalFigures, Trend
from tui.history.progress import AreaSum, Progress
from tui.history.study import PlanState
from tui.history.types import MockRow
from tui.interview.types import Catalogue
from tui.report import wording
from tui.report.advice import (
    advice_data,
    command,
    improvement_text,
    plan_data,
    plan_headline,
    signal_title,
    streak_text,
    why,
)
from tui.report.charts.figures import Bar, Point, bars, over_time, rates
from tui.report.figures import corrected, counted, figures_data, interval, landed, of, trend_word
from tui.report.html import page
from tui.report.markdown import plain, section
from tui.transcript import one_line

MOST_POINTS = 60
"""Mocks that a chart over time shows, the newest ones."""
FASTEST = 240.0
"""Words a minute at the top of the chart of pace; nobody is understood who is faster."""


@dataclass(frozen=True)
class Standing:
    """Where somebody stands: what was, and what comes next."""

    progress: Progress
    advice: Advice
    plan: PlanState | None
    catalogue: Catalogue

    def area(self, dimension: str) -> str:
        """The title of a dimension."""
        known = self.catalogue.rubric.dimensions.get(dimension)
        return one_line(known.title) if known else dimension

    def signal(self, signal: str) -> str:
        """The title of a signal."""
        return signal_title(self.catalogue, signal)

    @property
    def next_steps(self) -> list[tuple[str, str]]:
        """What to do next, each with its heading."""
        drill, best, found = self.advice.drill, self.advice.improvement, []
        if drill:
            found.append(("Drill next", f"{one_line(drill.signal.title)}. {why(drill)} Start it: {command(drill)}"))
        if best:
            found.append(("This week's improvement", improvement_text(best, self.catalogue)))
        if self.plan:
            found.append(("Plan", f"{plan_headline(self.plan)}. {streak_text(self.plan)}"))
        return found


def progress_data(standing: Standing) -> dict[str, Any]:
    """The progress as a JSON object; its keys are a public interface."""
    progress = standing.progress
    return {
        "spoken": progress.review.spoken,
        "mocks": [_mock(row) for row in progress.mocks],
        "dimensions": [
            {
                "dimension": each.dimension,
                "title": standing.area(each.dimension),
                "score": round(each.score, 2),
                "earned": round(each.earned, 4),
                "possible": round(each.possible, 4),
                "mocks": each.mocks,
            }
            for each in progress.areas
        ],
        "signals": [
            {
                "signal": each.signal,
                "title": standing.signal(each.signal),
                **(figures_data(each.signal, progress.review) or {}),
            }
            for each in progress.review.worst_first
        ],
        "advice": advice_data(standing.advice, standing.catalogue),
        "plan": standing.plan and plan_data(standing.plan, None),
    }


def _mock(row: MockRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "created": row.created,
        "round": row.round,
        "question": row.question or None,
        "title": one_line(row.question_title or row.round_title),
        "level": row.level or None,
        "take": row.take,
        "score": None if row.overall is None else round(row.overall, 2),
        "words_per_minute": None if row.pace is None else round(row.pace, 2),
        "root_cause": row.root_cause,
    }


def progress_markdown(standing: Standing) -> str:
    """The progress as CommonMark with GitHub tables, ending with a line end."""
    progress = standing.progress
    areas = [
        [
            plain(standing.area(each.dimension)),
            f"{each.score:.0f}",
            _points(each.earned, each.possible),
            str(each.mocks),
        ]
        for each in progress.areas
    ]
    signals = [
        [
            *(plain(standing.signal(each.signal)), of(each.missed), interval(each.missed)),
            *(of(each.prompted), trend_word(each.trend), landed(each)),
        ]
        for each in progress.review.worst_first
    ]
    mocks = [
        [plain(row.created[:10]), plain(row.question_title or row.round_title), wording.score(row.overall), _pace(row)]
        for row in reversed(progress.mocks)
    ]
    sections = [
        "# Progress",
        plain(counted(progress.review)),
        *(f"**{name}.** {plain(text)}" for name, text in standing.next_steps),
        section("Areas", ("Area", "Score", "Points", "Mocks"), areas, (1, 2, 3)),
        section("Signals", ("Signal", "Missed", "95 %", "Asked for", "Trend", "Lands at"), signals),
        plain(corrected(progress.review)),
        section("Mocks", ("Day", "Question", "Score", "Words a minute"), mocks, (2, 3)),
    ]
    return "\n\n".join(each for each in sections if each) + "\n"


def progress_html(standing: Standing) -> str:
    """The progress as a document with charts."""
    return page(
        "progress.html",
        standing=standing,
        progress=standing.progress,
        charts=_charts(standing),
        words=_WORDS,
        most=MOST_POINTS,
    )


def _charts(standing: Standing) -> dict[str, Markup]:
    progress = standing.progress
    latest = progress.mocks[-MOST_POINTS:]
    scores = [_point(row, row.overall) for row in latest if row.overall is not None]
    paces = [_point(row, row.pace) for row in latest if row.pace is not None]
    found: dict[str, Markup] = {}
    if scores:
        found["scores"] = over_time("Score of each mock, the oldest on the left", scores, 0.0, 100.0, None)
    if paces:
        usual = (wording.SLOW_PACE, wording.FAST_PACE)
        found["paces"] = over_time("Words a minute, the oldest on the left", paces, 0.0, FASTEST, usual)
    if progress.areas:
        rows = [Bar(standing.area(each.dimension), each.score, _behind(each)) for each in progress.areas]
        found["areas"] = bars("Points earned of points possible in each area", rows)
    missed = [(standing.signal(each.signal), each.missed) for each in progress.review.worst_first if each.missed.n]
    if missed:
        found["missed"] = rates("How often each signal was missed, with 95 % intervals", missed)
    return found


def _point(row: MockRow, value: float) -> Point:
    return Point(one_line(row.question_title or row.round_title), row.created[:10], value)


def _behind(area: AreaSum) -> str:
    mocks = "1 mock" if area.mocks == 1 else f"{area.mocks} mocks"
    return f"{_points(area.earned, area.possible)} points, {mocks}"


def _points(earned: float, possible: float) -> str:
    return f"{earned:.0f} of {possible:.0f}"


def _pace(row: MockRow) -> str:
    return wording.NONE if row.pace is None else f"{row.pace:.0f}"


def _trend(figures: SignalFigures) -> str:
    said = [trend_word(figures.trend)] if figures.trend is not Trend.TOO_FEW else []
    return "; ".join([*said, *(["keeps getting missed"] if figures.keeps_missing else [])]) or wording.NONE


_WORDS: Mapping[str, Any] = {
    "counted": counted,
    "corrected": corrected,
    "trend": _trend,
    "landed": landed,
    "pace": _pace,
}
