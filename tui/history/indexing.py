"""How the folder of a mock becomes rows of the index."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tui.errors import StorageError
from tui.history import folders, occasions, schema
from tui.history.turns import follow_up_of
from tui.history.types import Mock, MockFile, Stage
from tui.rubric.verdicts import Evidence, Verdict
from tui.transcript import Transcript


def take_in(connection: sqlite3.Connection, folder: Path) -> None:
    """Read the mock in `folder` and replace what the index knows of it; damage is kept as a row of its own."""
    stamp = folders.stamp(folder)
    schema.forget(connection, folder.name)
    try:
        mock = folders.read_mock(folder)
    except StorageError as error:
        _report(connection, folder.name, stamp, error)
        return
    file = MockFile(mock, None, ())
    try:
        file = folders.read_file(folder)
    except StorageError as error:
        _report(connection, folder.name, stamp, error)
    try:
        _keep(connection, file, stamp)
    except OverflowError:
        schema.forget(connection, folder.name)
        problem = StorageError(f"The mock {folder.name} is damaged: it holds a number that is far too large.")
        _report(connection, folder.name, stamp, problem)


def _keep(connection: sqlite3.Connection, file: MockFile, stamp: str) -> None:
    _insert(connection, "mocks", [_mock_row(file, stamp)])
    _insert(connection, "questions", _question_rows(file))
    _insert(connection, "verdicts", _verdict_rows(file))
    _insert(connection, "turns", _turn_rows(file))
    occasions.keep(connection, file.mock.id)


def _report(connection: sqlite3.Connection, mock_id: str, stamp: str, error: StorageError) -> None:
    connection.execute("INSERT OR REPLACE INTO damaged VALUES (?, ?, ?)", (mock_id, stamp, error.sentence))


def _insert(connection: sqlite3.Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        names = list(rows[0])
        marks = ", ".join(f":{name}" for name in names)
        connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", rows)


def _mock_row(file: MockFile, stamp: str) -> dict[str, Any]:
    mock, postmortem = file.mock, file.postmortem
    card = postmortem.scorecard if postmortem else None
    fix = postmortem.fix if postmortem else None
    cause = postmortem.root_cause if postmortem else None
    made = postmortem.provenance if postmortem else None
    unscored = card.unscored if card else None
    if postmortem is None and mock.stage is Stage.SCORED:
        unscored = "The reading of this mock is damaged; score it again."
    return {
        "id": mock.id,
        "stamp": stamp,
        "created": mock.created,
        "instant": mock.instant,
        "round": mock.round,
        "round_title": mock.round_title,
        "question": mock.question,
        "question_title": mock.question_title,
        "stage": mock.stage.value,
        "source": mock.settings.source,
        "spoken": any(turn.audio for turn in mock.turns) or bool(postmortem and postmortem.delivery),
        "level": mock.settings.level,
        "take": mock.take,
        "overall": card.overall if card else None,
        "possible": card.possible if card else None,
        "unscored": unscored,
        "root_cause": cause.title if cause else None,
        "mistake": cause.mistake if cause else None,
        "fix_signal": fix.signal if fix else None,
        "fix_title": fix.title if fix else None,
        "fix_advice": fix.advice if fix else None,
        "fix_example": fix.example if fix else None,
        "seconds": _seconds(mock),
        "pace": postmortem.delivery.pace if postmortem and postmortem.delivery else None,
        "rubric": made.rubric if made else None,
        "engine": made.engine if made else None,
        "model": made.model if made else None,
        "revision": file.revision,
        "rating": json.dumps(dict(mock.self_rating)) if mock.self_rating else None,
    }


def _question_rows(file: MockFile) -> list[dict[str, Any]]:
    card = file.postmortem.scorecard if file.postmortem else None
    asked = [turn.question for turn in file.mock.turns if not turn.follow_up]
    scores = card.questions if card else ()
    # Readings from before mocks held several questions have the one score.
    scored = [each.overall is not None for each in scores] or [bool(card and card.overall is not None)]
    return [
        {"mock": file.mock.id, "number": number, "question": question, "scored": scored[number - 1 : number] == [True]}
        for number, question in enumerate(asked, 1)
    ]


def _verdict_rows(file: MockFile) -> list[dict[str, Any]]:
    card = file.postmortem.scorecard if file.postmortem else None
    verdicts = {(each.question, each.signal): each for each in (card.verdicts if card else ())}
    return [{"mock": file.mock.id, **_verdict_row(each, file)} for each in verdicts.values()]


def _verdict_row(verdict: Verdict, file: MockFile) -> dict[str, Any]:
    piece = verdict.evidence[0] if verdict.credit and verdict.evidence else None
    return {
        "question": verdict.question,
        "signal": verdict.signal,
        "title": verdict.title,
        "dimension": verdict.dimension,
        "key_point": verdict.key_point,
        "outcome": verdict.outcome.value,
        "punctuality": verdict.punctuality,
        "prompted": verdict.prompted,
        "weight": verdict.weight,
        "credit": verdict.credit,
        "landed": landed(file, piece) if piece else None,
        "follow_up": follow_up_of(file.mock.turns, piece.turn) if piece else None,
        "overruled": verdict.overruled,
    }


def landed(file: MockFile, piece: Evidence) -> float | None:
    """When in the answer of its turn `piece` was said, as a share of that answer's length from 0 to 1.

    Seconds decide, from the first word to the last; without them, characters. None without a transcript.
    """
    transcript = file.answers[piece.turn - 1].transcript if 0 < piece.turn <= len(file.answers) else None
    if transcript is None or not transcript.text:
        return None
    start = piece.match_start if piece.match_start >= 0 else piece.start
    said = transcript.seconds_of(start, piece.end)
    whole = transcript.seconds_of(0, len(transcript.text))
    if said and whole and whole.seconds > 0:
        return min(1.0, max(0.0, (said.start - whole.start) / whole.seconds))
    return min(1.0, max(0.0, start / len(transcript.text)))


def _turn_rows(file: MockFile) -> list[dict[str, Any]]:
    return [
        {"mock": file.mock.id, "turn": number, "text": transcript.text} for number, transcript in _transcripts(file)
    ]


def _transcripts(file: MockFile) -> Iterator[tuple[int, Transcript]]:
    for number, answer in enumerate(file.answers, 1):
        if answer.transcript and answer.transcript.text:
            yield number, answer.transcript


def _seconds(mock: Mock) -> float | None:
    lengths = [turn.end - turn.start for turn in mock.turns if turn.end is not None]
    return sum(lengths) if lengths else None
