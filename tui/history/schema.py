"""The tables of the index, and how a mock becomes rows in them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tui.errors import StorageError
from tui.history import folders
from tui.history.types import Mock, Stage
from tui.rubric.verdicts import Postmortem

VERSION = 2
"""Number of this layout; an index with another number is rebuilt from the folders."""

TABLES = """
CREATE TABLE mocks (
    id TEXT PRIMARY KEY, stamp TEXT NOT NULL, created TEXT NOT NULL, instant REAL NOT NULL,
    round TEXT NOT NULL, round_title TEXT NOT NULL, question TEXT NOT NULL, question_title TEXT NOT NULL,
    stage TEXT NOT NULL, source TEXT NOT NULL, overall REAL, unscored TEXT, root_cause TEXT,
    fix_signal TEXT, fix_title TEXT, fix_advice TEXT, fix_example TEXT, seconds REAL
);
CREATE INDEX mocks_by_time ON mocks (instant DESC, id DESC);
CREATE TABLE verdicts (
    mock TEXT NOT NULL REFERENCES mocks (id) ON DELETE CASCADE, question INTEGER NOT NULL, signal TEXT NOT NULL,
    outcome TEXT NOT NULL, punctuality TEXT, prompted INTEGER NOT NULL, weight REAL NOT NULL, credit REAL NOT NULL,
    PRIMARY KEY (mock, question, signal)
);
CREATE INDEX verdicts_by_signal ON verdicts (signal);
CREATE TABLE damaged (id TEXT PRIMARY KEY, stamp TEXT NOT NULL, sentence TEXT NOT NULL);
"""


@dataclass(frozen=True)
class Damage:
    """A mock's folder that cannot be read in full; it is left as it is."""

    id: str
    sentence: str


def create(connection: sqlite3.Connection) -> None:
    """Make the tables anew, whatever was there before; call it inside a transaction."""
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    for (name,) in names.fetchall():
        connection.execute(f'DROP TABLE "{name}"')
    for statement in TABLES.split(";"):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def forget(connection: sqlite3.Connection, mock_id: str) -> None:
    """Take a mock out of the index."""
    connection.execute("DELETE FROM mocks WHERE id = ?", (mock_id,))
    connection.execute("DELETE FROM damaged WHERE id = ?", (mock_id,))


def take_in(connection: sqlite3.Connection, folder: Path) -> None:
    """Read the mock in `folder` and replace what the index knows of it; damage is kept as a row of its own."""
    stamp = folders.stamp(folder)
    forget(connection, folder.name)
    try:
        mock = folders.read_mock(folder)
    except StorageError as error:
        _report(connection, folder.name, stamp, error)
        return
    postmortem = None
    try:
        postmortem = folders.read_postmortem(folder)
    except StorageError as error:
        _report(connection, folder.name, stamp, error)
    _insert(connection, mock, stamp, postmortem)


def _report(connection: sqlite3.Connection, mock_id: str, stamp: str, error: StorageError) -> None:
    connection.execute("INSERT OR REPLACE INTO damaged VALUES (?, ?, ?)", (mock_id, stamp, error.sentence))


def _insert(connection: sqlite3.Connection, mock: Mock, stamp: str, postmortem: Postmortem | None) -> None:
    card = postmortem.scorecard if postmortem else None
    fix = postmortem.fix if postmortem else None
    unscored = card.unscored if card else None
    if postmortem is None and mock.stage is Stage.SCORED:
        unscored = "The reading of this mock is damaged; score it again."
    row = (
        *(mock.id, stamp, mock.created, _instant(mock.created)),
        *(mock.round, mock.round_title, mock.question, mock.question_title),
        *(mock.stage.value, mock.settings.source, card.overall if card else None, unscored),
        postmortem.root_cause.title if postmortem and postmortem.root_cause else None,
        *((fix.signal, fix.title, fix.advice, fix.example) if fix else (None, None, None, None)),
        _seconds(mock),
    )
    connection.execute(f"INSERT INTO mocks VALUES ({', '.join('?' * len(row))})", row)
    verdicts = card.verdicts if card else ()
    connection.executemany(
        "INSERT OR REPLACE INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                *(mock.id, each.question, each.signal),
                *(each.outcome.value, each.punctuality, each.prompted, each.weight, each.credit),
            )
            for each in verdicts
        ],
    )


def _instant(created: str) -> float:
    try:
        return datetime.fromisoformat(created).timestamp()
    except (ValueError, OverflowError, OSError):
        return 0.0


def _seconds(mock: Mock) -> float | None:
    lengths = [turn.end - turn.start for turn in mock.turns if turn.end is not None]
    return sum(lengths) if lengths else None
