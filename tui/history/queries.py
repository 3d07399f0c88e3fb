"""Questions to the index."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import fields
from typing import Any

from tui.history.filters import Where
from tui.history.occasions import COMPARED
from tui.history.schema import Damage
from tui.history.types import Focus, MockRow, Stage

FOCUS_MOCKS = 10
"""How many of the last mocks that listed a signal say how often it was missed."""

NEWEST_FIRST = "ORDER BY instant DESC, id DESC"
ROW = ", ".join(field.name for field in fields(MockRow))
"""The columns of a `MockRow`."""


def rows(connection: sqlite3.Connection, where: Where, limit: int | None) -> list[MockRow]:
    """The mocks that `where` is true of, the newest first, at most `limit` of them."""
    found = connection.execute(
        f"SELECT {ROW} FROM mocks WHERE {where.sql} {NEWEST_FIRST} LIMIT :limit",
        {**where.values, "limit": -1 if limit is None else max(0, limit)},
    )
    return [row(each) for each in named(found)]


def row(values: dict[str, Any]) -> MockRow:
    """A line of the history from the columns in `ROW`."""
    return MockRow(**{**values, "stage": Stage(values["stage"]), "spoken": bool(values["spoken"])})


def ids(connection: sqlite3.Connection) -> list[str]:
    """The ids of all mocks that can be read, newest first."""
    return [row[0] for row in connection.execute(f"SELECT id FROM mocks {NEWEST_FIRST}")]


def unfinished(connection: sqlite3.Connection) -> list[str]:
    """The ids of the mocks that have no score yet, newest first."""
    return [row[0] for row in connection.execute(f"SELECT id FROM mocks WHERE stage != 'scored' {NEWEST_FIRST}")]


def before(connection: sqlite3.Connection, instant: float) -> list[str]:
    """The ids of the mocks that began before `instant`, in seconds since the epoch."""
    return [row[0] for row in connection.execute("SELECT id FROM mocks WHERE instant < ?", (instant,))]


def takes(connection: sqlite3.Connection, question: str) -> int:
    """How many times `question` was answered; demonstrations and answers never recorded do not count."""
    found = connection.execute(
        "SELECT count(*) FROM questions JOIN mocks ON mocks.id = questions.mock "
        "WHERE questions.question = ? AND stage != 'recording' AND source != 'demo'",
        (question,),
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
        f"WHERE {COMPARED} AND fix_title IS NOT NULL {NEWEST_FIRST} LIMIT 1"
    )
    fix = next(named(found), None)
    if fix is None:
        return None
    # A mock of several questions counts once, and as a miss when the signal was missed in any of them.
    outcomes = connection.execute(
        "SELECT max(verdicts.outcome = 'missed'), max(verdicts.outcome != 'cant_tell') "
        "FROM verdicts JOIN mocks ON mocks.id = verdicts.mock "
        f"WHERE verdicts.signal = ? AND {COMPARED} GROUP BY mocks.id {NEWEST_FIRST} LIMIT ?",
        (fix["signal"], FOCUS_MOCKS),
    ).fetchall()
    return Focus(**fix, misses=sum(missed for missed, _ in outcomes), heard_of=sum(told for _, told in outcomes))


def named(found: sqlite3.Cursor) -> Iterator[dict[str, Any]]:
    """The rows of `found` with the names of their columns."""
    names = [column[0] for column in found.description]
    return (dict(zip(names, row, strict=True)) for row in found)
