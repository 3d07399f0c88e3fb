"""How times, scores and bars read on a screen."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import category

if TYPE_CHECKING:
    from tui.history.types import MockRow

NO_SCORE = "–"


def at(seconds: float) -> str:
    """A place in a recording, `seconds` from its start, as m:ss (rounded down, as players show it)."""
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def span(start: float, end: float) -> str:
    """A stretch of a recording, in seconds, as m:ss–m:ss; one time when both fall in the same second."""
    return at(start) if at(start) == at(end) else f"{at(start)}–{at(end)}"


def minutes(seconds: float) -> str:
    """A length in seconds in words: 6 min, 1 min 30 s, 45 s, none."""
    whole = round(seconds)
    if whole <= 0:
        return "none"
    mins, secs = divmod(whole, 60)
    return " ".join(([f"{mins} min"] if mins else []) + ([f"{secs} s"] if secs else []))


def stamp(created: str) -> str:
    """The ISO 8601 time `created` as day, month, hour and minute; as it stands when it is none."""
    try:
        return f"{datetime.fromisoformat(created):%d %b %H:%M}"
    except ValueError:
        return created[:16]


def points(value: float) -> str:
    """A number of points without a useless fraction: 3, 4.5."""
    return f"{value:.1f}".removesuffix(".0")


def score(overall: float | None) -> str:
    """An overall or dimension score, rounded, or a dash when there is none."""
    return NO_SCORE if overall is None else f"{overall:.0f}"


def score_of(row: MockRow) -> str:
    """The score of a mock in a list, or in a word why it has none."""
    from tui.history.types import Stage

    if row.stage is not Stage.SCORED:
        return "to finish"
    return "unscored" if row.overall is None else score(row.overall)


def bar(share: float, width: int) -> tuple[str, str]:
    """The filled and the empty part of a bar `width` cells wide, `share` (0 to 1) of it filled."""
    filled = round(min(1.0, max(0.0, share)) * width)
    return "━" * filled, "─" * (width - filled)


def same_length(text: str) -> str:
    """`text` with every control, format and surrogate character made a space, so that offsets in it still hold."""
    return "".join(c if c == "\n" or category(c) not in {"Cc", "Cf", "Cs", "Co"} else " " for c in text)
