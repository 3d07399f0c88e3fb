"""Each time a signal was listened for, as far as it can be compared.

Only answers that got a score count; demonstrations and key points never do.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple

COMPARED = "mocks.stage = 'scored' AND mocks.overall IS NOT NULL AND mocks.source != 'demo'"


class Occasion(NamedTuple):
    """One signal in the answer to one question, its follow-ups included."""

    signal: str
    mock: str
    """Id of the mock."""
    instant: float
    """When the mock began, in seconds since the epoch."""
    round: str
    """Id."""
    question: str
    """Id; empty where a file was scored without one."""
    outcome: str
    punctuality: str | None
    prompted: bool
    weight: float
    credit: float
    possible: float
    """Weight of everything in the mock that the score is made of."""


_COLUMNS = ", ".join(Occasion._fields)


def keep(connection: sqlite3.Connection, mock: str) -> None:
    """Note the occasions of a mock that has just been taken in."""
    connection.execute(
        "INSERT INTO occasions SELECT mocks.spoken, verdicts.signal, mocks.instant, mocks.id, verdicts.question, "
        "questions.question, mocks.round, verdicts.outcome, verdicts.punctuality, verdicts.prompted, verdicts.weight, "
        "verdicts.credit, verdicts.landed, verdicts.follow_up, mocks.possible, verdicts.overruled "
        "FROM mocks JOIN verdicts ON verdicts.mock = mocks.id "
        "JOIN questions ON questions.mock = mocks.id AND questions.number = verdicts.question "
        f"WHERE mocks.id = ? AND {COMPARED} AND questions.scored AND NOT verdicts.key_point",
        (mock,),
    )


def spoken_or_written(connection: sqlite3.Connection) -> bool:
    """Which mocks count: True for the spoken ones, False for written ones, which count where nothing was spoken.

    A text that was never said aloud is no practice of speaking, so the two are never mixed.
    """
    found = connection.execute(f"SELECT max(spoken) FROM mocks WHERE {COMPARED}").fetchone()[0]
    return found is None or bool(found)


def counted(connection: sqlite3.Connection, spoken: bool) -> int:
    """How many scored mocks are spoken, or written."""
    found = connection.execute(f"SELECT count(*) FROM mocks WHERE {COMPARED} AND spoken = ?", (spoken,))
    return int(found.fetchone()[0])


def rubrics(connection: sqlite3.Connection, spoken: bool) -> int:
    """How many versions of the rubrics scored the mocks that count."""
    found = connection.execute(f"SELECT count(DISTINCT rubric) FROM mocks WHERE {COMPARED} AND spoken = ?", (spoken,))
    return int(found.fetchone()[0])


def latest(connection: sqlite3.Connection, spoken: bool, signal: str, limit: int) -> list[Occasion]:
    """The last `limit` occasions of a signal that could tell, the newest first."""
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM occasions WHERE spoken = ? AND signal = ? AND outcome != 'cant_tell' "
        "ORDER BY instant DESC, mock DESC, number DESC LIMIT ?",
        (spoken, signal, limit),
    )
    return [Occasion._make(row) for row in found]


def last_mocks(connection: sqlite3.Connection, spoken: bool, limit: int) -> list[str]:
    """The ids of the last `limit` mocks that count, the newest first."""
    found = connection.execute(
        f"SELECT id FROM mocks WHERE {COMPARED} AND spoken = ? ORDER BY instant DESC, id DESC LIMIT ?", (spoken, limit)
    )
    return [row[0] for row in found]


def in_mocks(connection: sqlite3.Connection, mocks: Sequence[str]) -> list[Occasion]:
    """The occasions of some mocks, by mock and in the order of the questions."""
    marks = ", ".join("?" * len(mocks))
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM occasions WHERE mock IN ({marks}) ORDER BY instant, mock, number", tuple(mocks)
    )
    return [Occasion._make(row) for row in found]
