"""What scoring is given: for each question of a mock, what was listened for and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tui.rubric.types import Expected
from tui.rubric.verdicts import Evidence, Outcome
from tui.transcript import Transcript


@dataclass(frozen=True)
class Said:
    """What was said in one turn, and the evidence in it."""

    transcript: Transcript
    evidence: Mapping[str, tuple[Evidence, ...]] = field(default_factory=dict)
    """By signal, in the order it was said."""
    about: str = ""
    """The signal that the interviewer asked about in a follow-up; empty for the answer to the question itself."""


@dataclass(frozen=True)
class Asked:
    """One question of a mock with the answer and the answers to its follow-ups."""

    question: str
    """Id."""
    title: str
    expected: tuple[Expected, ...]
    said: tuple[Said, ...]
    """The answer first, then the answers to the follow-ups, in order; never empty."""
    overruled: Mapping[str, Outcome] = field(default_factory=dict)
    """By signal, what detection had said where a person decided otherwise; the evidence is as they decided."""


def asked_at(asked: Asked, signal: str) -> int | None:
    """Which follow-up of the question first asked about `signal`, from 1, or None when none did."""
    follow_ups = [said.about for said in asked.said[1:]]
    return follow_ups.index(signal) + 1 if signal in follow_ups else None
