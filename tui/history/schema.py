"""The tables of the index."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

VERSION = 6
"""Number of this layout; an index with another number is rebuilt from the folders."""

STATEMENTS = (
    """CREATE TABLE mocks (
        id TEXT PRIMARY KEY, stamp TEXT NOT NULL, created TEXT NOT NULL, instant REAL NOT NULL,
        round TEXT NOT NULL, round_title TEXT NOT NULL, question TEXT NOT NULL, question_title TEXT NOT NULL,
        stage TEXT NOT NULL, source TEXT NOT NULL, spoken INTEGER NOT NULL, level TEXT NOT NULL, take INTEGER NOT NULL,
        overall REAL, possible REAL, unscored TEXT, root_cause TEXT, mistake TEXT,
        fix_signal TEXT, fix_title TEXT, fix_advice TEXT, fix_example TEXT,
        seconds REAL, pace REAL, rubric TEXT, engine TEXT, model TEXT, revision INTEGER, rating TEXT
    )""",
    "CREATE INDEX mocks_by_time ON mocks (instant DESC, id DESC)",
    """CREATE TABLE questions (
        mock TEXT NOT NULL REFERENCES mocks (id) ON DELETE CASCADE, number INTEGER NOT NULL, question TEXT NOT NULL,
        scored INTEGER NOT NULL, PRIMARY KEY (mock, number)
    )""",
    "CREATE INDEX questions_by_id ON questions (question)",
    """CREATE TABLE verdicts (
        mock TEXT NOT NULL REFERENCES mocks (id) ON DELETE CASCADE, question INTEGER NOT NULL, signal TEXT NOT NULL,
        title TEXT NOT NULL, dimension TEXT NOT NULL, key_point INTEGER NOT NULL,
        outcome TEXT NOT NULL, punctuality TEXT, prompted INTEGER NOT NULL, weight REAL NOT NULL, credit REAL NOT NULL,
        landed REAL, follow_up INTEGER, overruled TEXT, PRIMARY KEY (mock, question, signal)
    )""",
    "CREATE INDEX verdicts_by_signal ON verdicts (signal)",
    # What may be compared of the verdicts, in the order in which it is asked for: thousands are read at once.
    """CREATE TABLE occasions (
        spoken INTEGER NOT NULL, signal TEXT NOT NULL, instant REAL NOT NULL,
        mock TEXT NOT NULL REFERENCES mocks (id) ON DELETE CASCADE, number INTEGER NOT NULL, question TEXT NOT NULL,
        round TEXT NOT NULL, outcome TEXT NOT NULL, punctuality TEXT, prompted INTEGER NOT NULL, weight REAL NOT NULL,
        credit REAL NOT NULL, landed REAL, follow_up INTEGER, possible REAL, overruled TEXT,
        PRIMARY KEY (spoken, signal, instant, mock, number)
    ) WITHOUT ROWID""",
    "CREATE INDEX occasions_by_mock ON occasions (mock)",
    """CREATE TABLE turns (
        id INTEGER PRIMARY KEY, mock TEXT NOT NULL REFERENCES mocks (id) ON DELETE CASCADE, turn INTEGER NOT NULL,
        text TEXT NOT NULL
    )""",
    "CREATE INDEX turns_by_mock ON turns (mock)",
    "CREATE TABLE damaged (id TEXT PRIMARY KEY, stamp TEXT NOT NULL, sentence TEXT NOT NULL)",
    """CREATE VIRTUAL TABLE said USING fts5 (
        text, content = 'turns', content_rowid = 'id', tokenize = 'porter unicode61 remove_diacritics 2'
    )""",
    """CREATE TRIGGER turn_said AFTER INSERT ON turns BEGIN
        INSERT INTO said (rowid, text) VALUES (new.id, new.text);
    END""",
    """CREATE TRIGGER turn_gone AFTER DELETE ON turns BEGIN
        INSERT INTO said (said, rowid, text) VALUES ('delete', old.id, old.text);
    END""",
)


@dataclass(frozen=True)
class Damage:
    """A mock's folder that cannot be read in full; it is left as it is."""

    id: str
    sentence: str


def create(connection: sqlite3.Connection) -> None:
    """Make the tables anew, whatever was there before; call it inside a transaction."""
    # Dropping a table fires its triggers, and a virtual table takes tables of its own with it.
    for what in ("TRIGGER", "VIRTUAL TABLE", "TABLE"):
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE ? AND name NOT LIKE 'sqlite_%'", (f"CREATE {what}%",)
        )
        for (name,) in names.fetchall():
            kind, quoted = what.split()[-1], name.replace('"', '""')
            connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')
    for statement in STATEMENTS:
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {VERSION}")


def forget(connection: sqlite3.Connection, mock_id: str) -> None:
    """Take a mock out of the index."""
    connection.execute("DELETE FROM mocks WHERE id = ?", (mock_id,))
    connection.execute("DELETE FROM damaged WHERE id = ?", (mock_id,))


def scrub(connection: sqlite3.Connection) -> None:
    """Leave nothing of forgotten transcripts: the full-text index keeps deleted words until it is merged."""
    connection.execute("INSERT INTO said (said) VALUES ('optimize')")
