"""How times, points and verdicts read; each mark has a word beside it, so colour is never needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.rubric.verdicts import Evidence, Outcome, Provenance, Punctuality, Verdict
from tui.transcript import Delivery, Span, one_line

if TYPE_CHECKING:
    from tui.history.types import Clarified

NONE = "–"
NOT_HEARD = "Not heard."
"""The reason of a verdict that was missed and never asked about."""
WORDED = "words corrected by you"
SLOW_PACE = 110.0
"""Words per minute; a slower answer is remarked on, and not scored (published ideals lie well inside both bounds)."""
FAST_PACE = 190.0
"""Words per minute; a faster answer is remarked on, and not scored."""
_OVERRULED = {
    Outcome.DEMONSTRATED: "Detection had credited it.",
    Outcome.MISSED: "Detection had missed it.",
    Outcome.CANT_TELL: "Detection could not tell.",
}


def at(seconds: float | None) -> str:
    """A place in a recording, `seconds` from its start, as m:ss (rounded down, as players show it); a dash for None."""
    if seconds is None:
        return NONE
    whole = max(0, int(seconds))
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def length(seconds: float) -> str:
    """A length in seconds in words: 6 min, 1 min 30 s, 45 s."""
    minutes, rest = divmod(round(seconds), 60)
    return " ".join(filter(None, (f"{minutes} min" if minutes else "", f"{rest} s" if rest or not minutes else "")))


def points(value: float) -> str:
    """A number of points without a useless fraction: 3, 4.5, 1.25."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def score(value: float | None) -> str:
    """A score from 0 to 100, rounded, or a dash when there is none."""
    return NONE if value is None else f"{value:.0f}"


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


def shown(verdict: Verdict) -> Evidence | None:
    """The piece of evidence that decided, or None."""
    return verdict.evidence[0] if verdict.evidence else None


def quote(evidence: Evidence) -> str:
    """The words of a piece of evidence in quotation marks, on one line."""
    return f"“{one_line(evidence.quote)}”"


def remark(verdict: Verdict) -> str:
    """The reason of a verdict where the verdict's word does not say it all, else an empty text."""
    plain = verdict.outcome is Outcome.DEMONSTRATED and mark(verdict) == "✓"
    if verdict.overruled is not None:
        return f"{one_line(verdict.reason)} {_OVERRULED[verdict.overruled]}"
    return "" if plain else one_line(verdict.reason)


def asked(clarified: Clarified) -> str:
    """How the candidate came to be told something, and when."""
    return f"asked aloud at {at(clarified.seconds)}" if clarified.aloud else "picked from the list, which earns nothing"


def origin(made: Provenance) -> str:
    """What a score was made with, as a sentence."""
    parts = (f"mockloop {made.mockloop}", f"rubric {made.rubric}", f"{made.engine} {made.model}")
    corrections = f" {_count(made.corrections, 'correction')} of yours applied." if made.corrections else ""
    return "Scored with " + ", ".join(one_line(part).strip() for part in parts) + f".{corrections}"


def addition(verdict: Verdict) -> str:
    """The remark on a verdict where it says more than that it was missed."""
    return "" if remark(verdict) == NOT_HEARD else remark(verdict)


def delivery_figures(delivery: Delivery) -> tuple[tuple[str, str], ...]:
    """The figures of a delivery, each with its name."""
    figures = [("Speech", f"{length(delivery.speech_seconds)}, {_count(delivery.words, 'word')}")]
    if delivery.pace is not None:
        figures.append(("Pace", f"{delivery.pace:.0f} words a minute{_pace_remark(delivery.pace)}"))
    figures.append(("Pauses", f"{_count(delivery.pauses, 'pause')}, {delivery.pause_seconds:.1f} s in all"))
    if delivery.longest_silence:
        figures.append(("Longest silence", _length(delivery.longest_silence)))
    if delivery.longest_stretch:
        figures.append(("Longest stretch", f"{_length(delivery.longest_stretch)}, without a pause of two seconds"))
    figures.append(("Fillers", _fillers(delivery)))
    return tuple(figures)


def _fillers(delivery: Delivery) -> str:
    if not delivery.fillers:
        return "none recognised; recognisers drop many"
    rate = delivery.fillers_per_minute
    often = f", {rate:.1f} a minute" if rate is not None else ""
    return f"at least {delivery.fillers}{often}; recognisers drop some"


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"


def _pace_remark(pace: float) -> str:
    if pace < SLOW_PACE:
        return ", which is slow"
    return ", which is fast" if pace > FAST_PACE else ""


def _length(span: Span) -> str:
    return f"{span.seconds:.1f} s from {at(span.start)}"
