"""The lines of a list of verdicts: grouped by question, signals and key points apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tui.report.account import Account
from tui.report.wording import score
from tui.rubric.verdicts import Evidence, QuestionScore, Verdict


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


def rows_of(account: Account) -> tuple[Heading | SignalRow, ...]:
    """The lines for a mock, in the order of its questions."""
    follow_ups = {turn.number: turn.follow_up for turn in account.turns}
    rows: list[Heading | SignalRow] = []
    for part in account.questions:
        if account.several:
            rows.append(Heading(f"Question {part.number}: {part.title}", _score(part.score), main=True))
        for title, verdicts in (("Signals", part.signals), ("Key points of this question", part.key_points)):
            if verdicts and part.key_points:
                rows.append(Heading(title))
            rows += [row for verdict in verdicts for row in _verdict(verdict, follow_ups)]
    return tuple(rows)


def _score(asked: QuestionScore | None) -> str:
    if asked is None:
        return ""
    return f"{score(asked.overall)} of 100" if asked.overall is not None else "unscored"


def _verdict(verdict: Verdict, follow_ups: Mapping[int, int]) -> Iterator[SignalRow]:
    pieces: Sequence[Evidence | None] = verdict.evidence or (None,)
    for place, piece in enumerate(pieces):
        follow_up = follow_ups.get(piece.turn, 0) if piece else 0
        yield SignalRow(verdict, piece, place == 0, f"follow-up {follow_up}" if follow_up else "")
