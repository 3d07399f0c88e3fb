"""Mocks and postmortems made by hand."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tui.history.store import History
from tui.history.types import Mock, MockSettings
from tui.interview.types import Question, Round
from tui.rubric.verdicts import (
    DimensionScore,
    Evidence,
    Fix,
    Outcome,
    Postmortem,
    Provenance,
    Punctuality,
    RootCause,
    Scorecard,
    Verdict,
)
from tui.transcript import Delivery, Segment, Span, Transcript, Word

QUESTION = Question("rank-home", "Rank the home page", "How would you rank the rows of the home page?")
ROUND = Round("ml-systems", "ML system design", "Design.", 60, 6, 60, {"rollback": None}, (QUESTION,))
CODING = Round("coding", "Coding", "Code.", 45, 6, 60, {"complexity": None}, (QUESTION,))
SETTINGS = MockSettings("faster-whisper", "tiny.en", None, 300.0, 60.0)
SAMPLES = b"RIFF" + bytes(40) + b"\x01\x02" * 16_000


def transcript(text: str = "We flip everyone back to yesterday's model") -> Transcript:
    words = [Word(word, i * 0.5, i * 0.5 + 0.4, 0.9) for i, word in enumerate(text.split())]
    return Transcript((Segment.of_words(words),), 12.0, (Span(0.0, 11.0),), 0.5, "faster-whisper", "tiny.en")


def verdict(signal: str, outcome: Outcome = Outcome.MISSED) -> Verdict:
    if outcome is not Outcome.DEMONSTRATED:
        return Verdict(signal, signal.title(), "ml_systems", 3.0, outcome, reason="Not heard.")
    evidence = Evidence(signal, "flip everyone back", 3, 21, 0.5, 1.9, 0.9)
    return Verdict(
        signal,
        signal.title(),
        "ml_systems",
        3.0,
        outcome,
        Punctuality.ON_TIME,
        False,
        1.0,
        (evidence,),
        "Said at 0:00.",
    )


def postmortem(*verdicts: Verdict, fix: str | None = "rollback", score: float | None = 50.0) -> Postmortem:
    chosen = verdicts or (verdict("rollback"), verdict("monitoring", Outcome.DEMONSTRATED))
    unscored = "No speech was heard." if score is None else None
    card = Scorecard(
        chosen,
        (DimensionScore("ml_systems", "ML systems", score, 3.0, 6.0),),
        score,
        3.0,
        6.0,
        "3 of 6 points = 50 of 100",
        unscored,
    )
    return Postmortem(
        ROUND.id,
        ROUND.title,
        QUESTION.id,
        QUESTION.title,
        card,
        RootCause("weak_production", "Weak production thinking", "No way back.", "Rollback was not heard.", 50.0),
        Fix(fix, fix.title(), "Say how you go back.", "We flip the flag.") if fix is not None else None,
        Delivery(11.0, 7, 140.0, 2, 0.8, Span(3.0, 4.0), 0, 0.0, Span(0.0, 11.0)),
        Provenance("0.1.0", "abc123", "faster-whisper", "tiny.en"),
        ("A note.",),
    )


def record(history: History, mock: Mock, samples: bytes = SAMPLES) -> Path:
    """Put audio into the folder of `mock`, as a recorder would."""
    path = history.audio_path(mock.id)
    path.write_bytes(samples)
    return path


def scored(history: History, made: Postmortem | None = None, round_: Round = ROUND, source: str = "practice") -> Mock:
    """A mock from beginning to end."""
    mock = history.begin(round_, QUESTION, replace(SETTINGS, source=source))
    history.recorded(mock.id, record(history, mock).name, 12.0)
    history.save_result(mock.id, [transcript()], made or postmortem())
    return history.load(mock.id).mock
