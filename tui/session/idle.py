"""Work that can wait: done one piece after the other while no mock is going on, and left the moment one begins."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

Job = Callable[[threading.Event], None]
"""Works until it is done or the event is set, and then returns or raises soon."""

LEAVING_SECONDS = 3.0
"""How long closing waits for a job that has been told to stop."""


class Idle:
    """Runs jobs in the background, the first first; one that had to stop begins again from its beginning later."""

    def __init__(self) -> None:
        self._jobs: deque[Job] = deque()
        self._holders: set[object] = set()
        self._stop: threading.Event | None = None
        """Set to make the job that runs stop; None while none runs."""
        self._closed = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None

    def add(self, job: Job) -> None:
        """Do `job` when its turn has come. What it raises is its own affair: it should tell whoever waits for it."""
        with self._changed:
            if self._closed:
                return
            self._jobs.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="idle", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def hold(self, who: object) -> None:
        """Do nothing until `who` lets it go on; returns at once, and what runs stops soon."""
        with self._changed:
            self._holders.add(who)
            if self._stop:
                self._stop.set()

    def go_on(self, who: object) -> None:
        """Take back what `who` asked for; without effect when it asked for nothing."""
        with self._changed:
            self._holders.discard(who)
            self._changed.notify_all()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nothing is done meanwhile."""
        who = object()
        self.hold(who)
        try:
            yield
        finally:
            self.go_on(who)

    def wait(self) -> None:
        """Return when everything is done, or after `close`; an interrupt gets through."""
        with self._changed:
            while self._jobs and not self._closed:
                self._changed.wait(1.0)

    def close(self) -> None:
        """Stop for good; what was not done is left."""
        with self._changed:
            self._closed = True
            self._jobs.clear()
            if self._stop:
                self._stop.set()
            self._changed.notify_all()
        if self._thread and self._thread is not threading.current_thread():
            self._thread.join(LEAVING_SECONDS)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or (self._jobs and not self._holders))
                if self._closed:
                    return
                job, stop = self._jobs[0], threading.Event()
                self._stop = stop
            # A job tells its own failures; one that was stopped may raise anything, and begins again.
            with suppress(Exception):
                job(stop)
            with self._changed:
                self._stop = None
                if self._jobs and not stop.is_set():
                    self._jobs.popleft()
                self._changed.notify_all()
