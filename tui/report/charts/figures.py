"""Charts of figures: scores of areas, miss rates with their intervals, and how something went over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from tui.history.rates import Rate
from tui.report.charts.svg import WIDTH, box, chart, dot, line, path, short, text
from tui.report.figures import interval, of

LABELS = 250.0
NUMBERS = 240.0
"""Units that the figures on the right take."""
ROW = 26.0
DAY = 72.0
"""Units that a day takes when it is written out."""
SPAN = WIDTH - LABELS - NUMBERS


@dataclass(frozen=True)
class Bar:
    """One row of a chart of scores."""

    name: str
    score: float | None
    """0 to 100, or None where there is none."""
    note: str
    """What stands behind the score."""


@dataclass(frozen=True)
class Point:
    """One mock in a chart over time."""

    name: str
    day: str
    value: float


def bars(title: str, rows: Sequence[Bar]) -> Markup:
    """Scores from 0 to 100, one bar below the other."""
    parts: list[Markup] = []
    for row, each in enumerate(rows):
        y = ROW * row
        parts += [text(0, y + 17, short(each.name, LABELS - 10)), box(LABELS, y + 5, SPAN, 16, "empty")]
        if each.score is not None:
            parts.append(box(LABELS, y + 5, SPAN * min(100.0, max(0.0, each.score)) / 100, 16, "bar"))
        score = "–" if each.score is None else f"{each.score:.0f}"
        parts += [text(LABELS + SPAN + 34, y + 17, score, "strong", "end")]
        parts += [text(LABELS + SPAN + 44, y + 17, each.note, "small")]
    return chart(ROW * len(rows) + 4, title, parts)


def rates(title: str, rows: Sequence[tuple[str, Rate]]) -> Markup:
    """Shares from 0 to 1, each as a dot with its 95 % interval and the numbers that it is made of."""
    bottom = ROW * len(rows) + 4
    parts: list[Markup] = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        x = LABELS + SPAN * share
        parts += [line(x, 0, x, bottom, "grid"), text(x, bottom + 15, f"{share:.0%}", "small", "middle")]
    for row, (name, rate) in enumerate(rows):
        y = ROW * row + 13
        parts.append(text(0, y + 4, short(name, LABELS - 10)))
        bounds, share_ = rate.interval, rate.share
        if bounds is not None and share_ is not None:
            low, high = (LABELS + SPAN * bound for bound in bounds)
            parts += [line(low, y, high, y, "whisker"), line(low, y - 4, low, y + 4, "whisker")]
            parts += [line(high, y - 4, high, y + 4, "whisker"), dot(LABELS + SPAN * share_, y, 5, "bar")]
        parts.append(text(LABELS + SPAN + 16, y + 4, f"{of(rate)} ({interval(rate)})", "small"))
    return chart(bottom + 22, title, parts)


def over_time(title: str, points: Sequence[Point], low: float, high: float, band: tuple[float, float] | None) -> Markup:
    """Values from `low` to `high` in the order of the mocks, the oldest on the left; `band` is shaded."""
    top, bottom, left = 8.0, 188.0, 46.0
    right = WIDTH - 12.0

    def y(value: float) -> float:
        return bottom - (bottom - top) * (min(high, max(low, value)) - low) / (high - low)

    def x(place: int) -> float:
        return (left + right) / 2 if len(points) == 1 else left + (right - left) * place / (len(points) - 1)

    parts: list[Markup] = []
    if band:
        parts.append(box(left, y(band[1]), right - left, y(band[0]) - y(band[1]), "band"))
    for step in range(5):
        value = low + (high - low) * step / 4
        parts += [line(left, y(value), right, y(value), "grid")]
        parts += [text(left - 8, y(value) + 4, f"{value:.0f}", "small", "end")]
    parts.append(path(((x(place), y(each.value)) for place, each in enumerate(points)), "trend"))
    parts += [
        dot(x(place), y(each.value), 4, "bar", f"{each.day}, {each.name}: {each.value:.0f}")
        for place, each in enumerate(points)
    ]
    parts += list(_days(points, bottom, [x(place) for place in range(len(points))]))
    return chart(bottom + 26, title, parts)


def _days(points: Sequence[Point], bottom: float, places: Sequence[float]) -> Iterator[Markup]:
    """The days under the first point, the last, and some between them."""
    last = len(points) - 1
    step = max(1, -(-last // 5))
    # The last day is always named; what would run into it is not.
    shown = [place for place in range(0, last, step) if places[last] - places[place] > 2 * DAY]
    for place in [*shown, last]:
        anchor = "start" if place == 0 and len(points) > 1 else "end" if place == last > 0 else "middle"
        yield text(places[place], bottom + 17, points[place].day, "small", anchor)
