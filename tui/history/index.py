"""`mockloop.db`: an index over the folders, which can be deleted at any time.

Every use begins by comparing the folders with the index, so whatever a crash, another process or a person did to them
shows at once. Where no index can be written (a read-only home), it is built in memory.
"""

from __future__ import annotations

import contextlib
import json
import os
import sqlite3
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import TypeVar, cast

from tui.errors import StorageError
from tui.history import folders, indexing, schema
from tui.history.atomic import FILE_MODE
from tui.history.locks import Locks
from tui.transcript import one_line

FILE = "mockloop.db"
BUSY_SECONDS = 20.0
"""How long to wait while another process writes to the index."""

_OUTSIDE = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN),
    *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_PERM, sqlite3.SQLITE_NOLFS),
}
"""SQLite's codes for trouble that is not in the file itself: nothing would be gained by rebuilding it."""


T = TypeVar("T")
State = dict[str, str]
"""By mock, its stamp: another state of the folders has another one."""


@dataclass(frozen=True)
class ReindexReport:
    """What a rebuilt index found."""

    mocks: int
    damaged: tuple[schema.Damage, ...]
    """Folders that cannot be read in full, with a sentence each; they are left as they are."""


class Index:
    """The index of one home. Connections are opened for each use, so any thread may use it."""

    def __init__(self, home: Path, locks: Locks) -> None:
        self._home = home
        self._path = home / FILE
        self._locks = locks
        self._checked = False
        self._answering = Lock()
        self._answers: dict[Hashable, tuple[State, object]] = {}

    @contextlib.contextmanager
    def opened(self) -> Iterator[sqlite3.Connection]:
        """A connection to an index that agrees with the folders.

        Raises StorageError when the home is unreadable, or when the block meets trouble in the index.
        """
        with self._opened_at() as (connection, _):
            yield connection

    @contextlib.contextmanager
    def _opened_at(self) -> Iterator[tuple[sqlite3.Connection, State]]:
        """As `opened`, with the state of the folders that the index agrees with."""
        connection, state = self._ready()
        try:
            yield connection, state
        except sqlite3.Error as error:
            self._checked = False
            reason = one_line(str(error))
            remedy = "Check that the folder of the recordings can be written, then run mockloop reindex."
            raise StorageError(f"The index of the history failed: {reason}.", remedy) from error
        finally:
            connection.close()

    def answer(self, about: Hashable, ask: Callable[[sqlite3.Connection], T]) -> T:
        """What `ask` finds, or found before while the folders were as they are now. Raises StorageError."""
        # Who comes while the same is being found waits for that instead of finding it as well.
        with self._opened_at() as (connection, state), self._answering:
            known = self._answers.get(about)
            if known is None or known[0] != state:
                known = self._answers[about] = (state, ask(connection))
        return cast(T, known[1])

    def refresh(self, mock_id: str) -> None:
        """Read one mock again, after its files changed. Raises StorageError."""
        with self.opened() as connection, _transaction(connection):
            indexing.take_in(connection, self._home / mock_id)

    def forget(self, mock_ids: list[str]) -> None:
        """Take mocks out, so that nothing of them is left in the file. Raises StorageError."""
        with self.opened() as connection, _transaction(connection):
            for mock_id in mock_ids:
                schema.forget(connection, mock_id)
            schema.scrub(connection)

    def rebuild(self) -> None:
        """Empty the index and read every folder again. Raises StorageError."""
        # Never by deleting a file that another process may be writing to.
        with self.opened() as connection:
            with _transaction(connection):
                schema.create(connection)
            _sync(connection, self._home)

    def _ready(self) -> tuple[sqlite3.Connection, State]:
        try:
            return self._on_disk()
        except (sqlite3.DatabaseError, OSError) as error:
            damaged = isinstance(error, sqlite3.DatabaseError) and not _is_outside(error)
        if damaged:
            with contextlib.suppress(sqlite3.DatabaseError, OSError, StorageError), self._locks.writing():
                return self._replaced()
        connection = self._prepared(sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False))
        return connection, _sync(connection, self._home)

    def _replaced(self) -> tuple[sqlite3.Connection, State]:
        try:
            # Another process may have replaced it while this one waited.
            return self._on_disk()
        except sqlite3.DatabaseError as error:
            if _is_outside(error):
                raise
        self._discard()
        return self._on_disk()

    def _on_disk(self) -> tuple[sqlite3.Connection, State]:
        if not self._path.exists():
            # SQLite would create it readable by everybody.
            os.close(os.open(self._path, os.O_CREAT | os.O_RDWR, FILE_MODE))
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            self._prepared(connection)
            if not self._checked and connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                raise sqlite3.DatabaseError("damaged")
            state = _sync(connection, self._home)
        except BaseException:
            connection.close()
            self._checked = False
            raise
        self._checked = True
        return connection, state

    def _prepared(self, connection: sqlite3.Connection) -> sqlite3.Connection:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("PRAGMA foreign_keys = ON")
        if _version(connection) != schema.VERSION:
            with _transaction(connection):
                if _version(connection) != schema.VERSION:
                    schema.create(connection)
        return connection

    def _discard(self) -> None:
        for name in (FILE, f"{FILE}-journal", f"{FILE}-wal", f"{FILE}-shm"):
            with contextlib.suppress(FileNotFoundError):
                (self._home / name).unlink()
        self._checked = False


def _is_outside(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF in _OUTSIDE


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sync(connection: sqlite3.Connection, home: Path) -> State:
    """Bring the index into agreement with the folders; returns their state."""
    here = _here(home)
    if here == _known(connection):
        return here
    with _transaction(connection):
        here, known = _here(home), _known(connection)
        gone = known.keys() - here.keys()
        for mock_id in gone:
            schema.forget(connection, mock_id)
        if gone:
            schema.scrub(connection)
        for mock_id in sorted(here):
            if known.get(mock_id) != here[mock_id]:
                indexing.take_in(connection, home / mock_id)
        return here


def _here(home: Path) -> State:
    return {mock_id: folders.stamp(f"{home}{os.sep}{mock_id}") for mock_id in folders.mock_ids(home)}


def _known(connection: sqlite3.Connection) -> State:
    # As one row: for every row, the interpreter changes hands with the thread that paints.
    found = connection.execute(
        "SELECT json_group_object(id, stamp) FROM (SELECT id, stamp FROM mocks UNION SELECT id, stamp FROM damaged)"
    )
    known: State = json.loads(found.fetchone()[0])
    return known
