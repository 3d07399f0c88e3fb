"""The answers of a mock, turn by turn, in words and as JSON data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.history.types import AnswerFile, MockFile
from tui.report.wording import at
from tui.transcript import one_line
from tui.transcript.formats import to_json


def answers_data(file: MockFile) -> list[dict[str, Any]]:
    """Each turn as a JSON object; evidence names turns by `turn` and stands in their transcript's `text`."""
    return [
        {
            "turn": number,
            "question": answer.turn.question or None,
            "kind": answer.turn.kind,
            "about": answer.turn.about or None,
            "prompt": one_line(answer.turn.prompt) or None,
            "audio": answer.audio and Path(answer.audio).name,
            "transcript": answer.transcript and to_json(answer.transcript),
        }
        for number, answer in enumerate(file.answers, 1)
    ]


def answer_lines(file: MockFile) -> Iterator[str]:
    """What was asked and said, a line for each question and stretch of speech; turns without words are left out."""
    for number, answer in enumerate(file.answers, 1):
        if answer.transcript and answer.transcript.text.strip():
            yield ""
            kind = "Follow-up" if answer.turn.follow_up else "Question"
            yield f"Answer {number}. {kind}: {one_line(answer.turn.prompt)}"
            yield from _stretches(answer)


def _stretches(answer: AnswerFile) -> Iterator[str]:
    assert answer.transcript
    for segment in answer.transcript.segments:
        time = f"{at(segment.start)} " if answer.transcript.timed else ""
        yield f"{time}{one_line(segment.text)}"
