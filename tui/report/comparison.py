"""Two takes of a question in words and as JSON data."""

from __future__ import annotations

from typing import Any

from tui.history.compare import Change, Compared, Comparison, Take
from tui.report.wording import NONE, mark, score, verdict_word
from tui.rubric.verdicts import Verdict
from tui.transcript import one_line

_CHANGES = {Change.BETTER: "better", Change.WORSE: "worse", Change.SAME: "", Change.UNKNOWN: NONE}


def headline(comparison: Comparison) -> str:
    """The question, and the two takes with their scores."""
    takes = ((comparison.earlier, "Earlier"), (comparison.later, "Later"))
    lines = [f"{name:<8}{score(take.score):>4}  {take.mock}{_pace(take)}" for take, name in takes]
    return "\n".join([one_line(comparison.title), *lines])


def comparison_rows(comparison: Comparison) -> list[tuple[str, str, str, str, str]]:
    """A row for each signal: the mark of the later take, both verdicts, the change, the title."""
    return [
        (
            mark(each.later) if each.later else " ",
            _word(each.earlier),
            _word(each.later),
            _CHANGES[each.change],
            one_line(each.title),
        )
        for each in comparison.signals
    ]


def comparison_data(comparison: Comparison) -> dict[str, Any]:
    """Two takes as a JSON object."""
    return {
        "question": comparison.question,
        "title": one_line(comparison.title),
        "earlier": _take(comparison.earlier),
        "later": _take(comparison.later),
        "signals": [_compared(each) for each in comparison.signals],
        "caveats": list(comparison.caveats),
    }


def _take(take: Take) -> dict[str, Any]:
    return {
        "mock": take.mock,
        "created": take.created,
        "score": None if take.score is None else round(take.score, 2),
        "words_per_minute": take.delivery and take.delivery.pace and round(take.delivery.pace, 2),
    }


def _compared(compared: Compared) -> dict[str, Any]:
    return {
        "signal": compared.signal,
        "title": one_line(compared.title),
        "key_point": compared.key_point,
        "earlier": _verdict(compared.earlier),
        "later": _verdict(compared.later),
        "change": compared.change.value,
    }


def _verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return {
        "outcome": verdict.outcome.value,
        "punctuality": verdict.punctuality and verdict.punctuality.value,
        "prompted": verdict.prompted,
        "credit": verdict.credit,
        "quote": verdict.evidence[0].quote if verdict.evidence else None,
    }


def _word(verdict: Verdict | None) -> str:
    return NONE if verdict is None else verdict_word(verdict)


def _pace(take: Take) -> str:
    pace = take.delivery.pace if take.delivery else None
    return "" if pace is None else f", {pace:.0f} words a minute"
