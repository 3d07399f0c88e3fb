"""The lines of a list of verdicts: grouped by question, signals and key points apart."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from tui.history.types import Turn
from tui.report.turns import follow_up_of
from tui.report.wording import score
from tui.rubric.verdicts import Evidence, Postmortem, QuestionScore, Verdict
from tui.transcript import one_line


@dataclass(frozen=True)
class Heading:
    """A line above a group."""

    text: str
    right: str = ""
    """At the end of the line, as a score."""
    main: bool = False
    """Whether it begins a question."""


@dataclass(frozen=True)
class SignalRow:
    """One line of the list: a verdict with its first piece of evidence, or one more piece."""

    verdict: Verdict
    evidence: Evidence | None
    first: bool = True
    label: str = ""
    """Which follow-up the evidence answers; empty for the question itself."""

    @property
    def playable(self) -> tuple[float, float] | None:
        """The seconds to play, or None when there is nothing to hear."""
        if self.evidence is None or self.evidence.start_seconds is None or self.evidence.end_seconds is None:
            return None
        return self.evidence.start_seconds, self.evidence.end_seconds


def rows_of(postmortem: Postmortem, turns: Sequence[Turn]) -> tuple[Heading | SignalRow, ...]:
    """The lines for a postmortem of a mock with `turns`, in the order of its questions."""
    rows: list[Heading | SignalRow] = []
    verdicts = sorted(postmortem.scorecard.verdicts, key=lambda verdict: verdict.question)
    asked = postmortem.scorecard.questions
    for number, group in groupby(verdicts, key=lambda verdict: verdict.question):
        if len(asked) > 1 and number <= len(asked):
            rows.append(_heading(number, asked[number - 1]))
        rows += _parts(list(group), turns)
    return tuple(rows)


def _heading(number: int, asked: QuestionScore) -> Heading:
    what = f"{score(asked.overall)} of 100" if asked.overall is not None else "unscored"
    return Heading(f"Question {number}: {one_line(asked.title)}", what, main=True)


def _parts(verdicts: Sequence[Verdict], turns: Sequence[Turn]) -> Iterator[Heading | SignalRow]:
    """The signals of a question, then its key points; with headings where there are both."""
    parts = (
        ("Signals", [verdict for verdict in verdicts if not verdict.key_point]),
        ("Key points of this question", [verdict for verdict in verdicts if verdict.key_point]),
    )
    for title, found in parts:
        if found and parts[1][1]:
            yield Heading(title)
        for verdict in found:
            yield from _verdict(verdict, turns)


def _verdict(verdict: Verdict, turns: Sequence[Turn]) -> Iterator[SignalRow]:
    pieces: Sequence[Evidence | None] = verdict.evidence or (None,)
    for place, piece in enumerate(pieces):
        follow_up = follow_up_of(turns, piece.turn) if piece else 0
        yield SignalRow(verdict, piece, place == 0, f"follow-up {follow_up}" if follow_up else "")
