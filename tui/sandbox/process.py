"""The process of a candidate's code, seen from outside: started bare, watched, and ended with all it started."""

from __future__ import annotations

import json
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tui import locations
from tui.errors import MockloopError
from tui.sandbox.types import Limits
from tui.transcript import clean

START_SECONDS = 30.0
"""How long an interpreter may take to start on a machine that is busy recognising speech."""
WATCH_SECONDS = 0.05
PIECE = 1 << 16
WATCHED_SHARE = 1.25
"""The watch over memory comes after the system's own limit, which leaves Python the time to say on which line."""


class CodeProcess:
    """One started run: `next_message` gives what it tells, None when it has ended or was stopped."""

    def __init__(self, job: dict[str, Any], folder: Path, limits: Limits) -> None:
        """Start the process on `job` in `folder`. Raises MockloopError when no process can be started."""
        self.stopped = ""
        """Why the run was stopped, as a sentence; empty when it was not."""
        self._limits = limits
        self._messages: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._kept = bytearray()
        self._printed = 0
        self._deadline = time.monotonic() + START_SECONDS
        self._ready = False
        try:
            self._process = subprocess.Popen(
                [sys.executable, "-s", "-P", "-u", "-X", "utf8", "-B", "-m", "tui.sandbox.child", str(folder)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                cwd=folder,
                env=_environment(folder, int(job["seed"])),
                **_on_its_own(),
            )
        except OSError as error:
            raise MockloopError(
                "Your code could not be run: no process can be started.", "Free some memory."
            ) from error
        assert self._process.stdin
        assert self._process.stdout
        assert self._process.stderr
        self._threads = [
            threading.Thread(target=self._read_messages, args=(self._process.stdout,), daemon=True),
            threading.Thread(target=self._read_output, args=(self._process.stderr,), daemon=True),
        ]
        for thread in self._threads:
            thread.start()
        with suppress(OSError):
            self._process.stdin.write(json.dumps(job).encode())
            self._process.stdin.close()

    def next_message(self, cancel: threading.Event | None = None) -> dict[str, Any] | None:
        """What the run tells next; None when it has ended, ran into a limit or was cancelled."""
        while True:
            with suppress(queue.Empty):
                message = self._messages.get(timeout=WATCH_SECONDS)
                if message and message.get("event") == "ready":
                    self._ready = True
                    self._deadline = time.monotonic() + self._limits.seconds
                return message
            self.stopped = self._exceeded(cancel)
            if self.stopped:
                return None

    def _exceeded(self, cancel: threading.Event | None) -> str:
        if cancel is not None and cancel.is_set():
            return "The run was cancelled."
        if self._printed > self._limits.output_bytes:
            return f"Stopped: more than {self._limits.output_bytes // 1000:,} kB were printed."
        if _resident_bytes(self._process.pid) > self._limits.megabytes * WATCHED_SHARE * 1_000_000:
            return f"Stopped: more than {self._limits.megabytes} MB of memory were used."
        if time.monotonic() > self._deadline:
            if not self._ready:
                return "The run did not start in time; the machine is too busy."
            return f"Stopped after {self._limits.seconds:g} s: an endless loop, or far too slow."
        return ""

    def close(self) -> int:
        """End the process with everything it has started; returns its exit code."""
        _kill(self._process)
        code = self._process.wait()
        for thread in self._threads:
            thread.join(1.0)
        return code

    def ended_as(self) -> str:
        """Why a run that was not stopped ended before it was done, as a sentence."""
        code = self._process.wait()
        if code == -getattr(signal, "SIGXCPU", 0):
            return f"Stopped after {self._limits.seconds:g} s of processor time: an endless loop, or far too slow."
        if code == -getattr(signal, "SIGSEGV", 0):
            return "Python crashed: the recursion is probably far too deep."
        if code < 0:
            return f"The process was ended by the system (signal {-code}), probably for its memory."
        return "The code ended its own process before all examples were run."

    @property
    def output(self) -> str:
        """What was printed so far, cleaned and shortened."""
        text = clean(bytes(self._kept).decode("utf-8", errors="replace"))
        most = self._limits.kept_characters
        return text if len(text) <= most else f"{text[:most]}\n... (more was printed)"

    def _read_messages(self, source: IO[bytes]) -> None:
        with source:
            for line in source:
                with suppress(ValueError):
                    message = json.loads(line)
                    if isinstance(message, dict):
                        self._messages.put(message)
        self._messages.put(None)

    def _read_output(self, source: IO[bytes]) -> None:
        with source:
            while piece := os.read(source.fileno(), PIECE):
                self._printed += len(piece)
                self._kept += piece[: max(0, 4 * self._limits.kept_characters + 1 - len(self._kept))]


def _environment(folder: Path, seed: int) -> dict[str, str]:
    """Nothing of the person's environment, only what an interpreter needs."""
    home = str(folder)
    bare = {
        "HOME": home,
        "TMPDIR": home,
        "TEMP": home,
        "TMP": home,
        "PYTHONHASHSEED": str(seed),
        # Libraries with a thread for each core reserve more memory than an example needs.
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    root = locations.checkout()
    if root:
        bare["PYTHONPATH"] = str(root)
    if sys.platform == "win32":
        bare["SYSTEMROOT"] = os.environ.get("SYSTEMROOT", r"C:\Windows")
    return bare


def _on_its_own() -> dict[str, Any]:
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW}
    return {"start_new_session": True}


def _resident_bytes(pid: int) -> int:
    """Memory of the process, 0 when it is gone; the limit of the system is not there, or not kept, everywhere."""
    import psutil

    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def _kill(process: subprocess.Popen[bytes]) -> None:
    import psutil

    family: list[psutil.Process] = []
    with suppress(psutil.Error):
        family = psutil.Process(process.pid).children(recursive=True)
    if sys.platform != "win32":
        with suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    with suppress(OSError):
        process.kill()
    for member in family:
        with suppress(psutil.Error):
            member.kill()
