"""The timeline of a mock: where there was speech, where follow-ups began, and when each signal was said."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from markupsafe import Markup

from tui.history.turns import question_of
from tui.history.types import Turn
from tui.report import wording
from tui.report.account import Account, TurnPart
from tui.report.charts.svg import CHARACTER, WIDTH, box, chart, line, link, short, text
from tui.report.timeline import Timeline, timeline_of
from tui.rubric.verdicts import Evidence, Outcome, Verdict
from tui.transcript import one_line

LABELS = 250.0
"""Units that the names on the left take."""
ROW = 22.0
TOP = 30.0
LEAST_WIDTH = 5.0
"""Units that the shortest quote is drawn with."""
LONG_PAUSE = 2.0
"""Seconds of silence from which on a pause is named."""
STEPS = (5, 10, 15, 30, 60, 120, 300, 600, 900, 1800)
"""Seconds that may lie between two marks of the axis."""
MOST_MARKS = 10


def timeline(account: Account) -> Markup | None:
    """The timeline of a mock, or None of one without times."""
    turns = [turn for turn in account.turns if turn.transcript and turn.transcript.timed]
    scale = timeline_of((turn.number, turn.transcript) for turn in turns)
    if scale is None:
        return None
    heard = [
        (verdict, f"{part.number}. " if account.several else "")
        for part in account.questions
        for verdict in (*part.signals, *part.key_points)
        if verdict.outcome is not Outcome.MISSED and any(_placed(piece, scale) for piece in verdict.evidence)
    ]
    bottom = TOP + ROW * (len(heard) + 1) + 4
    parts = [
        *_axis(scale, bottom),
        *_turns(turns, [answer.turn for answer in account.answers], scale, bottom),
        *_speech(turns, scale),
        *(mark for row, (verdict, name) in enumerate(heard, 1) for mark in _verdict(verdict, name, row, scale)),
    ]
    return chart(bottom + 22, "When each signal was said", parts)


def _x(scale: Timeline, turn: int, seconds: float) -> float:
    """Seconds of a turn to units."""
    return _across(scale, scale.at(turn, seconds))


def _across(scale: Timeline, at: float) -> float:
    return LABELS + (WIDTH - LABELS - 10) * min(1.0, max(0.0, at / scale.seconds))


def _placed(piece: Evidence, scale: Timeline) -> bool:
    return piece.turn in scale.starts and piece.start_seconds is not None and piece.end_seconds is not None


def _axis(scale: Timeline, bottom: float) -> Iterator[Markup]:
    step = next((each for each in STEPS if scale.seconds / each <= MOST_MARKS), STEPS[-1])
    for mark in range(int(scale.seconds // step) + 1):
        x = _across(scale, mark * step)
        yield line(x, TOP - 6, x, bottom, "grid")
        yield text(x, bottom + 15, wording.at(mark * step), "small", "middle")


def _turns(turns: Sequence[TurnPart], asked: Sequence[Turn], scale: Timeline, bottom: float) -> Iterator[Markup]:
    """Where each of the `turns` that have times begins; `asked` are all of the mock."""
    if len(turns) == 1:
        return
    ends = [_x(scale, turn.number, 0) for turn in turns[1:]] + [WIDTH - 10.0]
    for turn, end in zip(turns, ends, strict=True):
        x = _x(scale, turn.number, 0)
        name = f"Follow-up {turn.follow_up}" if turn.follow_up else f"Question {question_of(asked, turn.number)}"
        yield line(x, 4, x, bottom, "turn")
        # A short answer leaves room for the number alone, or for no name; the list of answers has it too.
        for each in (name, name[0] + name.rpartition(" ")[2]):
            if x + 6 + len(each) * CHARACTER <= end:
                yield text(x + 4, 14, each, "small")
                break


def _speech(turns: list[TurnPart], scale: Timeline) -> Iterator[Markup]:
    yield text(0, TOP + 14, "Speech")
    for turn in turns:
        spans = turn.transcript.voice if turn.transcript else ()
        for span in spans:
            x = _x(scale, turn.number, span.start)
            title = f"Speech from {wording.at(span.start)} to {wording.at(span.end)}"
            yield box(x, TOP + 3, max(1.0, _x(scale, turn.number, span.end) - x), 12, "speech", title)
        for before, after in itertools.pairwise(spans):
            silence = after.start - before.end
            if silence >= LONG_PAUSE:
                middle = _x(scale, turn.number, (before.end + after.start) / 2)
                yield text(middle, TOP + 13, f"{silence:.0f}", "small", "middle")


def _verdict(verdict: Verdict, question: str, row: int, scale: Timeline) -> Iterator[Markup]:
    y = TOP + ROW * row
    title = one_line(verdict.title)
    yield text(0, y + 14, short(f"{wording.mark(verdict)} {question}{title}", LABELS - 10))
    yield line(LABELS, y + ROW - 2, WIDTH - 10, y + ROW - 2, "grid")
    for place, piece in enumerate(verdict.evidence):
        if not _placed(piece, scale):
            continue
        start, end = piece.start_seconds or 0.0, piece.end_seconds or 0.0
        x = _x(scale, piece.turn, start)
        width = max(LEAST_WIDTH, _x(scale, piece.turn, end) - x)
        told = f"{title}, {wording.at(start)}: {wording.quote(piece)}"
        kind = "heard" if place == 0 and piece.certain else "again"
        yield link(piece.turn, start, end, box(x, y + 4, width, 11, kind, told))
