"""How stretches of time, dates and bars read on a screen; what reports say too, they say in the same words."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from unicodedata import category

from tui.report.wording import at, length, score

if TYPE_CHECKING:
    from tui.history.types import MockRow
    from tui.session.revising import Revised


def span(start: float, end: float) -> str:
    """A stretch of a recording, in seconds, as m:ss–m:ss; one time when both fall in the same second."""
    return at(start) if at(start) == at(end) else f"{at(start)}–{at(end)}"


def minutes(seconds: float) -> str:
    """A length in seconds in words: 6 min, 1 min 30 s, 45 s, none."""
    return length(seconds) if round(seconds) > 0 else "none"


def stamp(created: str) -> str:
    """The ISO 8601 time `created` as day, month, hour and minute; as it stands when it is none."""
    try:
        return f"{datetime.fromisoformat(created):%d %b %H:%M}"
    except ValueError:
        return created[:16]


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


def change(revised: Revised) -> str:
    """What scoring again after a correction came to, in a sentence or two."""
    if revised.revision is None:
        return "Scored again: nothing changed."
    before, after = (score(reading.scorecard.overall) for reading in (revised.before, revised.after))
    titles = {(each.question, each.signal): each.title for each in revised.after.scorecard.verdicts}
    changed = [titles[key] for key in revised.changed if key in titles]
    what = f" Changed: {'; '.join(changed[:3])}{' …' if len(changed) > 3 else ''}." if changed else ""
    return f"Scored again: {before} → {after}.{what}"
