"""The transcript of an answer with its evidence marked: pieces of text, each with the verdicts that rest on it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from tui.report.account import Account, TurnPart
from tui.rubric.verdicts import Evidence, Outcome, Verdict
from tui.transcript import Segment, one_line
from tui.transcript.types import SEPARATOR


@dataclass(frozen=True)
class Piece:
    """A run of characters that the same verdicts rest on."""

    text: str
    verdicts: tuple[Verdict, ...] = ()
    numbers: str = ""
    """The numbers of the verdicts whose evidence ends here, as `1, 4`."""

    @property
    def titles(self) -> str:
        """What the words were credited for."""
        return "; ".join(one_line(verdict.title) for verdict in self.verdicts)


@dataclass(frozen=True)
class Stretch:
    """One segment of a transcript."""

    start: float | None
    """Seconds, or None without times."""
    end: float | None
    unclear: str | None
    pieces: tuple[Piece, ...]


class Marks:
    """Numbers the verdicts of a mock that were heard, and finds their words in the transcripts."""

    def __init__(self, account: Account) -> None:
        heard = [
            verdict
            for part in account.questions
            for verdict in (*part.signals, *part.key_points)
            if verdict.outcome is not Outcome.MISSED and verdict.evidence
        ]
        self._heard = tuple(enumerate(heard, 1))

    def number(self, verdict: Verdict) -> int | None:
        """The number of a verdict, from 1; None of one that nothing rests on."""
        return next((number for number, each in self._heard if each is verdict), None)

    def stretches(self, turn: TurnPart) -> tuple[Stretch, ...]:
        """What was said in a turn, segments without words left out."""
        return tuple(self._stretches(turn))

    def _stretches(self, turn: TurnPart) -> Iterator[Stretch]:
        found = [
            (piece, number, verdict)
            for number, verdict in self._heard
            for piece in verdict.evidence
            if piece.turn == turn.number
        ]
        base = 0
        for segment in turn.transcript.segments if turn.transcript else ():
            if segment.text.strip():
                pieces = tuple(_pieces(segment, base, found))
                timed = segment.start is not None and segment.end is not None
                start, end = (segment.start, segment.end) if timed else (None, None)
                yield Stretch(start, end, segment.unclear, pieces)
            base += len(segment.text) + len(SEPARATOR)


def _pieces(segment: Segment, base: int, found: list[tuple[Evidence, int, Verdict]]) -> Iterator[Piece]:
    """The text of a segment that begins at the offset `base`, cut wherever a piece of evidence begins or ends."""
    end = base + len(segment.text)
    inside = [each for each in found if each[0].start < end and each[0].end > base]
    cuts = {base, end} | {min(end, max(base, at)) for each in inside for at in (each[0].start, each[0].end)}
    places = sorted(cuts)
    for start, stop in itertools.pairwise(places):
        here = [each for each in inside if each[0].start <= start and each[0].end >= stop]
        ended = dict.fromkeys(number for piece, number, _ in here if piece.end == stop)
        verdicts = tuple(dict.fromkeys(verdict for _, _, verdict in here))
        yield Piece(segment.text[start - base : stop - base], verdicts, ", ".join(map(str, ended)))
