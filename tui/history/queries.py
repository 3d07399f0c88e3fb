"""Questions to the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

from tui.history.schema import Damage
from tui.history.types import Focus, MockRow, Stage

FOCUS_MOCKS = 10
"""How many of the last mocks that listed a signal say how often it was missed."""

_NEWEST_FIRST = "ORDER BY instant DESC, id DESC"
_SCORED = "mocks.stage = 'scored' AND mocks.overall IS NOT NULL AND mocks.source != 'demo'"
"""A demonstration says nothing about the person, and an unscored mock nothing at all."""


def rows(connection: sqlite3.Connection, limit: int | None, round_id: str | None) -> list[MockRow]:
    """The newest mocks first, at most `limit` of them, of one round or of all."""
    found = connection.execute(
        "SELECT id, created, round, round_title, question, question_title, stage, overall, unscored, root_cause, "
        f"fix_signal, fix_title, seconds FROM mocks WHERE ? IS NULL OR round = ? {_NEWEST_FIRST} LIMIT ?",
        (round_id, round_id, -1 if limit is None else max(0, limit)),
    )
    return [MockRow(**{**row, "stage": Stage(row["stage"])}) for row in _named(found)]


def ids(connection: sqlite3.Connection) -> list[str]:
    """The ids of all mocks that can be read, newest first."""
    return [row[0] for row in connection.execute(f"SELECT id FROM mocks {_NEWEST_FIRST}")]


def unfinished(connection: sqlite3.Connection) -> list[str]:
    """The ids of the mocks that have no score yet, newest first."""
    return [row[0] for row in connection.execute(f"SELECT id FROM mocks WHERE stage != 'scored' {_NEWEST_FIRST}")]


def before(connection: sqlite3.Connection, instant: float) -> list[str]:
    """The ids of the mocks that began before `instant`, in seconds since the epoch."""
    return [row[0] for row in connection.execute("SELECT id FROM mocks WHERE instant < ?", (instant,))]


def takes(connection: sqlite3.Connection, question: str) -> int:
    """How many times `question` was answered; demonstrations and answers never recorded do not count."""
    found = connection.execute(
        "SELECT count(*) FROM mocks WHERE question = ? AND stage != 'recording' AND source != 'demo'", (question,)
    )
    return int(found.fetchone()[0])


def damages(connection: sqlite3.Connection) -> tuple[Damage, ...]:
    """The folders that cannot be read in full."""
    return tuple(Damage(*row) for row in connection.execute("SELECT id, sentence FROM damaged ORDER BY id"))


def focus(connection: sqlite3.Connection) -> Focus | None:
    """The fix that the last scored mock names, with how often its signal was missed; None when there is none."""
    found = connection.execute(
        "SELECT fix_signal AS signal, fix_title AS title, fix_advice AS advice, fix_example AS example, id AS mock "
        "FROM mocks "
        f"WHERE {_SCORED} AND fix_title IS NOT NULL {_NEWEST_FIRST} LIMIT 1"
    )
    fix = next(_named(found), None)
    if fix is None:
        return None
    outcomes = connection.execute(
        "SELECT verdicts.outcome FROM verdicts JOIN mocks ON mocks.id = verdicts.mock "
        f"WHERE verdicts.signal = ? AND {_SCORED} {_NEWEST_FIRST} LIMIT ?",
        (fix["signal"], FOCUS_MOCKS),
    ).fetchall()
    told = [outcome for (outcome,) in outcomes if outcome != "cant_tell"]
    return Focus(**fix, misses=told.count("missed"), heard_of=len(told))


def _named(found: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)
