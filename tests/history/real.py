"""Thirty mocks made by scoring labelled answers for real, and what their folders say, read without the index."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from tui import locations
from tui.history.store import History
from tui.history.types import MockSettings, Turn
from tui.interview.assess import Answered, Assessor
from tui.interview.load import load_catalogue
from tui.session.assessing import assess_turns
from tui.transcript import Segment, Span, Transcript, Word

ANSWERS = Path(__file__).parents[1] / "data" / "signals"
FIRST_DAY = datetime(2026, 10, 1, 12, tzinfo=UTC)
SETTINGS = MockSettings("faster-whisper", "tiny.en", None, 300.0, 60.0, "mid", "score")


@cache
def assessor() -> Assessor:
    """The shipped rubrics; patterns decide alone, which takes a tenth of the time."""
    return Assessor.of(load_catalogue(locations.rubrics()))


@cache
def labelled() -> tuple[dict[str, Any], ...]:
    """The labelled answers to the questions of rounds that there are."""
    lines = (ANSWERS / "dev-a.jsonl").read_text(encoding="utf-8").splitlines()
    return tuple(answer for answer in map(json.loads, lines) if answer["round"] in assessor().catalogue.rounds)


def spoken(text: str, sure: float = 1.0) -> Transcript:
    """`text` as if recognised from speech, a word every 0.4 seconds; what follows the share `sure` of it, unsurely."""
    said = text.split()
    words = [
        Word(word, at * 0.4, at * 0.4 + 0.3, 0.9 if at <= sure * len(said) else 0.1) for at, word in enumerate(said)
    ]
    length = len(words) * 0.4
    return Transcript((Segment.of_words(words),), length, (Span(0.0, length),), 1.0, "faster-whisper", "tiny.en")


def add(
    history: History,
    answers: list[tuple[str, str]],
    round_id: str,
    source: str = "score",
    aloud: bool = True,
    sure: float = 1.0,
) -> str:
    """Keep a mock in `round_id`; each answer has the signal that a follow-up asks about, or an empty text first."""
    round_ = assessor().catalogue.rounds[round_id]
    questions, turns, said = iter(round_.questions), [], []
    question = round_.questions[0]
    for about, text in answers:
        question = question if about else next(questions)
        turns.append(Turn(question.id, question.prompt, None, "follow_up" if about else "question", about))
        transcript = spoken(text, sure) if aloud else Transcript.of_text(text)
        said.append(Answered(question, transcript, about, bool(about)))
    mock = history.begin(round_, said[0].question, replace(SETTINGS, source=source))
    for turn in turns[1:]:
        history.add_turn(mock.id, turn)
    history.save_result(mock.id, [each.transcript for each in said], assess_turns(said, round_, assessor(), "mid"))
    return mock.id


def thirty(history: History) -> list[str]:
    """Ids of thirty mocks, one a day: with several questions, follow-ups, unsure words, one a demo, one unscored."""
    ids: list[str] = []
    answers = labelled()
    for number in range(30):
        history._now = lambda number=number: FIRST_DAY + timedelta(days=number)  # type: ignore[misc]
        one, two = answers[number % len(answers)], answers[(number * 7 + 3) % len(answers)]
        said = [("", one["text"])]
        if number % 3 == 1:
            said.append(("", two["text"]))
        if number % 4 == 2:
            said.append((list(assessor().catalogue.rounds[one["round"]].signals)[number % 5], two["text"]))
        if number == 11:
            said = [("", "Too short to say.")]
        sure = 0.7 if number % 4 == 1 else 1.0
        ids.append(add(history, said, one["round"], "demo" if number == 7 else "score", sure=sure))
    return ids


@dataclass(frozen=True)
class Plain:
    """One verdict as it stands in a folder."""

    mock: str
    question: int
    signal: str
    outcome: str
    punctuality: str | None
    prompted: bool
    landed: float | None
    """How far into the answer to the question itself it was said; None in answers to follow-ups."""


def read(home: Path) -> Iterator[Plain]:
    """Every verdict that counts, the oldest mock first, straight from the files."""
    for folder in sorted(path for path in home.iterdir() if path.name.startswith("20")):
        mock = json.loads((folder / "mock.json").read_text())
        card = json.loads(max(folder.glob("postmortem.*.json")).read_text())["scorecard"]
        if mock["settings"]["source"] == "demo" or card["overall"] is None:
            continue
        scored = [question["overall"] is not None for question in card["questions"]]
        for each in card["verdicts"]:
            if scored[each["question"] - 1] and not each["key_point"]:
                piece = each["evidence"][0] if each["evidence"] and each["credit"] else None
                own = piece and mock["turns"][piece["turn"] - 1]["kind"] == "question"
                text = json.loads((folder / f"transcript-{piece['turn']}.1.json").read_text()) if own else None
                yield Plain(
                    *(folder.name, each["question"], each["signal"], each["outcome"], each["punctuality"]),
                    each["prompted"],
                    _share(text, piece["match_start"]) if text else None,
                )


def _share(transcript: dict[str, Any], start: int) -> float:
    """Share of the way from the first word to the end of the last at which the character `start` is said."""
    words = transcript["words"]
    place = len(transcript["text"][:start].split())
    return (words[place]["start"] - words[0]["start"]) / (words[-1]["end"] - words[0]["start"])
