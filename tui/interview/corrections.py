"""What a person has decided about the verdicts of a mock, and how it changes the evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tui.interview.relocate import relocated
from tui.rubric.answers import Asked
from tui.rubric.verdicts import Evidence, Outcome
from tui.transcript import Transcript


class Decision(StrEnum):
    """What a person says about a signal in the answer to one question."""

    HEARD = "heard"
    """It was demonstrated by the words that they marked."""
    NOT_HEARD = "not_heard"
    """It was not demonstrated, whatever was credited."""
    UNDECIDED = "undecided"
    """They take back what they decided before."""


@dataclass(frozen=True)
class Correction:
    """One decision of a person. The last one about a signal and a question holds."""

    signal: str
    """Id of the signal or key point."""
    question: int
    """Number of the question in the mock, from 1."""
    decision: Decision
    at: str
    """When it was made: local time with offset, ISO 8601."""
    revision: int
    """The reading of the mock that it was made about."""
    turn: int | None = None
    """The turn, from 1, in which the marked words stand; None unless they were heard."""
    quote: str = ""
    """The marked words, verbatim from the transcript of that reading."""
    start: int = 0
    """Where they begin in it, in characters."""
    start_seconds: float | None = None
    """When they begin in the audio of the turn, or None without audio."""
    end_seconds: float | None = None
    by: str = "person"
    """Who decided."""


def in_force(corrections: Iterable[Correction]) -> dict[tuple[int, str], Correction]:
    """The corrections that hold, by question and signal: the last of each, unless it takes back what was decided."""
    last = {(each.question, each.signal): each for each in corrections}
    return {key: each for key, each in last.items() if each.decision is not Decision.UNDECIDED}


def corrected(
    asked: Asked, number: int, turns: Sequence[int], corrections: Mapping[tuple[int, str], Correction]
) -> tuple[Asked, tuple[str, ...]]:
    """Question `number` with its evidence as a person decided, and a sentence for each decision that cannot hold.

    `turns` are the numbers of its turns in the mock.
    """
    notes: list[str] = []
    for item in asked.expected:
        correction = corrections.get((number, item.signal.id))
        if correction is None:
            continue
        before = _outcome(asked, item.signal.id)
        if correction.decision is Decision.NOT_HEARD:
            after = _without(asked, item.signal.id)
        else:
            found = _with(asked, turns, correction)
            if found is None:
                notes.append(
                    f"The words that were marked for {item.signal.title} are not in this transcript; mark them again."
                )
                continue
            after = found
        asked = after
        if _outcome(asked, item.signal.id) is not before:
            asked = replace(asked, overruled={**asked.overruled, item.signal.id: before})
    return asked, tuple(notes)


def _outcome(asked: Asked, signal: str) -> Outcome:
    """What the evidence says, before timing and prompting."""
    pieces = [piece for said in asked.said for piece in said.evidence.get(signal, ())]
    if any(piece.certain for piece in pieces):
        return Outcome.DEMONSTRATED
    return Outcome.CANT_TELL if pieces else Outcome.MISSED


def _without(asked: Asked, signal: str) -> Asked:
    """`asked` with nothing that demonstrates `signal`."""
    return replace(
        asked,
        said=tuple(
            replace(said, evidence={name: pieces for name, pieces in said.evidence.items() if name != signal})
            for said in asked.said
        ),
    )


def _with(asked: Asked, turns: Sequence[int], correction: Correction) -> Asked | None:
    """`asked` with the marked words as evidence, or None where they cannot be found."""
    if correction.turn not in turns:
        return None
    place = turns.index(correction.turn)
    said = asked.said[place]
    evidence = _evidence(said.transcript, correction)
    if evidence is None:
        return None
    others = [
        piece
        for piece in said.evidence.get(correction.signal, ())
        if piece.end <= evidence.start or piece.start >= evidence.end
    ]
    pieces = tuple(sorted((*others, evidence), key=lambda piece: piece.start))
    marked = replace(said, evidence={**said.evidence, correction.signal: pieces})
    return replace(asked, said=(*asked.said[:place], marked, *asked.said[place + 1 :]))


def _evidence(transcript: Transcript, correction: Correction) -> Evidence | None:
    found = relocated(transcript, correction.quote, correction.start, correction.start_seconds, correction.end_seconds)
    if found is None:
        return None
    start, end = found
    seconds = transcript.seconds_of(start, end)
    return Evidence(
        signal=correction.signal,
        quote=transcript.text[start:end],
        start=start,
        end=end,
        start_seconds=seconds.start if seconds else None,
        end_seconds=seconds.end if seconds else None,
        match_start=start,
        match_end=end,
        turn=correction.turn or 1,
    )
