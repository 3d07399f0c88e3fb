"""The colour of a verdict. Its word says it all, so colour is never needed."""

from __future__ import annotations

from tui.report.wording import mark
from tui.rubric.verdicts import Verdict


def verdict_colour(verdict: Verdict) -> str:
    """The theme colour that goes with a verdict's mark."""
    return {"✓": "$success", "◐": "$warning", "✗": "$error", "?": "$secondary"}[mark(verdict)]
