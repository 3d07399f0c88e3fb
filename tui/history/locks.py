"""Who is working on a mock: locks that the system takes back when their process ends, however it ends.

Each lock is a file in `.running/` in the home. A process that is started while a lock is held must not inherit it:
start children with the `spawn` method.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from tui.errors import StorageError
from tui.history.atomic import FILE_MODE, FOLDER_MODE, explained, make_home

if TYPE_CHECKING:
    from filelock import BaseFileLock

FOLDER = ".running"
WAIT_SECONDS = 20.0
"""How long to wait for another process that is writing; each write takes well under a second."""


class Locks:
    """The locks of one home that this object holds, and whether others hold one."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._held: dict[str, BaseFileLock] = {}
        self._to_hand_over: set[str] = set()
        """Mocks that are held here by somebody who lets the next one take them over."""
        self._threads = RLock()
        self._depth = 0

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """Keep every other thread and process from writing to the home meanwhile. Raises StorageError."""
        with self._threads:
            if self._depth:
                yield
                return
            lock = self._lock("home")
            if not self._acquire(lock, WAIT_SECONDS):
                raise StorageError("Another mockloop keeps writing to the same folder.", "Close it and try again.")
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
                lock.release()

    def claim(self, mock_id: str, hand_over: bool = False) -> bool:
        """Take the lock of a mock; False when anybody has it, here or elsewhere. Raises StorageError.

        With `hand_over` the next claim of this object takes the lock over, once.
        """
        with self.writing():
            if mock_id in self._to_hand_over:
                self._to_hand_over.remove(mock_id)
                return True
            if mock_id in self._held:
                return False
            lock = self._lock(mock_id)
            if not self._acquire(lock, 0.0):
                return False
            self._held[mock_id] = lock
            if hand_over:
                self._to_hand_over.add(mock_id)
            return True

    def release(self, mock_id: str) -> None:
        """Give the lock of a mock back; without effect when it is not held here."""
        with self._threads:
            lock = self._held.pop(mock_id, None)
            self._to_hand_over.discard(mock_id)
            if lock is None:
                return
            with contextlib.suppress(StorageError), self.writing():
                self._unlink(lock)
            lock.release()

    def holds(self, mock_id: str) -> bool:
        """Whether this object holds the lock of a mock."""
        return mock_id in self._held

    def taken(self, mock_id: str) -> bool:
        """Whether anybody holds the lock of a mock. Raises StorageError."""
        if mock_id in self._held:
            return True
        if not self._path(mock_id).exists():
            return False
        with self.writing():
            lock = self._lock(mock_id)
            if not self._acquire(lock, 0.0):
                return True
            self._unlink(lock)
            lock.release()
            return False

    def _unlink(self, lock: BaseFileLock) -> None:
        # Windows refuses while the file is open; an empty file that stays does no harm.
        with contextlib.suppress(OSError):
            Path(lock.lock_file).unlink()

    def _path(self, name: str) -> Path:
        return self._home / FOLDER / f"{name}.lock"

    def _lock(self, name: str) -> BaseFileLock:
        from filelock import FileLock

        make_home(self._home)
        with explained("locking the history", self._home):
            (self._home / FOLDER).mkdir(mode=FOLDER_MODE, exist_ok=True)
        # A mock may be begun and saved on different threads.
        return FileLock(self._path(name), mode=FILE_MODE, thread_local=False)

    def _acquire(self, lock: BaseFileLock, seconds: float) -> bool:
        from filelock import Timeout

        with explained("locking the history", self._home):
            try:
                lock.acquire(timeout=seconds)
            except Timeout:
                return False
        return True
