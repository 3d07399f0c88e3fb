"""How a verdict reads: its mark, its word and its colour. The word says it all, so colour is never needed."""

from __future__ import annotations

from tui.rubric.verdicts import Outcome, Punctuality, Verdict


def mark(verdict: Verdict) -> str:
    """One character for a verdict."""
    if verdict.outcome is Outcome.CANT_TELL:
        return "?"
    if verdict.outcome is Outcome.MISSED:
        return "✗"
    return "◐" if verdict.punctuality is Punctuality.LATE or verdict.prompted else "✓"


def verdict_word(verdict: Verdict) -> str:
    """A verdict in words: on time, late, on time when asked, missed, can't tell."""
    if verdict.outcome is Outcome.CANT_TELL:
        return "can't tell"
    if verdict.outcome is Outcome.MISSED:
        return "missed"
    timing = "late" if verdict.punctuality is Punctuality.LATE else "on time"
    return f"{timing}, when asked" if verdict.prompted else timing


def verdict_colour(verdict: Verdict) -> str:
    """The theme colour that goes with a verdict's mark."""
    return {"✓": "$success", "◐": "$warning", "✗": "$error", "?": "$secondary"}[mark(verdict)]
