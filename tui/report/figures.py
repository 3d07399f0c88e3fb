"""The figures of signals in words and as JSON data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tui.history.figures import SignalFigures, Trend
from tui.history.grid import Cell, Mark
from tui.history.rates import Rate
from tui.history.review import SignalReview
from tui.report.wording import NONE

LEGEND = (
    "MISSED: of the answers that could tell, with its 95 % interval. ASKED: said only when asked, of the times it was "
    "said. LANDS: how far into the answer, in the median. LAST MOCKS, the newest on the right: ✓ on time, ◐ late, when "
    "asked or in some answers, ✗ missed, ? can't tell, · not listened for."
)
_MARKS = {Mark.ON_TIME: "✓", Mark.PARTLY: "◐", Mark.MISSED: "✗", Mark.CANT_TELL: "?"}
_TRENDS = {Trend.BETTER: "better", Trend.WORSE: "worse", Trend.UNCLEAR: "unclear", Trend.TOO_FEW: NONE}


def of(rate: Rate) -> str:
    """A rate as `3 of 7`; a dash of nothing."""
    return f"{rate.count} of {rate.n}" if rate.n else NONE


def interval(rate: Rate) -> str:
    """The interval of a rate in per cent, as `16-75 %`; a dash of nothing."""
    found = rate.interval
    return NONE if found is None else f"{found[0] * 100:.0f}-{found[1] * 100:.0f} %"


def trend_word(trend: Trend) -> str:
    """A trend in a word; a dash where there are too few answers to say."""
    return _TRENDS[trend]


def landed(figures: SignalFigures) -> str:
    """How far into the answer a signal usually comes, in per cent; a dash when it never did."""
    return NONE if figures.landed is None else f"{figures.landed.median * 100:.0f} %"


def grid_marks(cells: Sequence[Cell | None]) -> str:
    """A character for each of the last mocks."""
    return "".join("·" if cell is None else _MARKS[cell.mark] for cell in cells)


def counted(review: SignalReview) -> str:
    """Sentences on which mocks the figures are made of."""
    kind = "spoken" if review.spoken else "written"
    mocks = f"{review.mocks} {kind} mock" + ("" if review.mocks == 1 else "s")
    found = [f"Your answers in {mocks}; demonstrations, key points and unscored answers are left out."]
    if review.left_out:
        found.append(f"{review.left_out} that were {'written' if review.spoken else 'spoken'} are not counted.")
    if review.rubrics > 1:
        found.append(
            f"They were scored by {review.rubrics} versions of the rubrics; `mockloop rescore --all` makes them one."
        )
    return " ".join(found)


def corrected(review: SignalReview) -> str:
    """Sentences on what a person has corrected of detection, or an empty text."""
    found: list[str] = []
    for each in review.figures.values():
        parts = [f"overlooked in {of(each.known_missed)}"] if each.known_missed.count else []
        parts += [f"credited by mistake in {of(each.known_wrong)}"] if each.known_wrong.count else []
        if parts:
            found.append(f"{each.signal} {' and '.join(parts)}")
    return f"By your corrections, detection is known to have been wrong: {'; '.join(found)}." if found else ""


def figures_data(signal: str, review: SignalReview) -> dict[str, Any] | None:
    """The figures of one signal as JSON data, or None when it was never listened for."""
    figures = review.figures.get(signal)
    if figures is None:
        return None
    return {
        "spoken": review.spoken,
        "missed": rate_data(figures.missed),
        "missed_mocks": rate_data(figures.missed_mocks),
        "prompted": rate_data(figures.prompted),
        "late": rate_data(figures.late),
        "cant_tell": figures.cant_tell,
        "landed": figures.landed
        and {
            "median": round(figures.landed.median, 3),
            "lower": round(figures.landed.lower, 3),
            "upper": round(figures.landed.upper, 3),
            "n": figures.landed.n,
        },
        "recent": rate_data(figures.recent),
        "earlier": rate_data(figures.earlier),
        "known_missed": rate_data(figures.known_missed),
        "known_wrong": rate_data(figures.known_wrong),
        "trend": figures.trend.value,
        "keeps_missing": figures.keeps_missing,
        "last_mocks": [
            {"mock": mock, "mark": cell.mark.value, **_counts(cell)}
            for mock, cell in zip(review.grid.mocks, review.grid.row(signal), strict=True)
            if cell
        ],
    }


def rate_data(rate: Rate) -> dict[str, Any]:
    """A rate as JSON data, with Wilson's 95 % interval."""
    found = rate.interval
    return {
        "count": rate.count,
        "n": rate.n,
        "share": None if rate.share is None else round(rate.share, 4),
        "low": None if found is None else round(found[0], 4),
        "high": None if found is None else round(found[1], 4),
    }


def _counts(cell: Cell) -> dict[str, int]:
    return {"on_time": cell.on_time, "partly": cell.partly, "missed": cell.missed, "cant_tell": cell.cant_tell}
