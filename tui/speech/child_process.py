"""One running recogniser process, seen from its parent."""

from __future__ import annotations

import os
import queue
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from tui import locations
from tui.errors import MockloopError, ModelError
from tui.speech import messages
from tui.speech.messages import Message

END_SECONDS = 1.0
"""How long a process may take to end by itself before it is killed."""
MOST_LOG_BYTES = 1_000_000


class ChildProcess:
    """A started worker: messages go in by `send`, answers come out of `answers` (None when the process has ended)."""

    def __init__(self, arguments: Sequence[str], home: Path) -> None:
        """Start the worker with these arguments. Raises ModelError when no process can be started."""
        self.answers: queue.Queue[Message | None] = queue.Queue()
        self.load_error: MockloopError | None = None
        self._settled = threading.Event()
        command = [sys.executable, "-P", "-X", "utf8", "-m", "tui.speech.worker", *arguments]
        try:
            with _log(home) as log:
                self._process = subprocess.Popen(
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=log,
                    env=_environment(),
                    **_on_its_own(),
                )
        except OSError as error:
            raise ModelError(
                "The recogniser's process cannot be started.", "Free some memory and try again."
            ) from error
        threading.Thread(target=self._read, name="recogniser", daemon=True).start()

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def wait_loaded(self, timeout: float | None = None) -> bool:
        """Wait until the engine is loaded or failed to; False when that takes longer than `timeout` seconds."""
        return self._settled.wait(timeout)

    def send(self, message: Message) -> None:
        """Give the worker a message; one that has died is noticed by its answers' end."""
        assert self._process.stdin is not None
        with suppress(OSError, ValueError):
            self._process.stdin.write(messages.to_line(message))
            self._process.stdin.flush()

    def stop(self) -> None:
        """End the process, gently at first."""
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as source:
            for line in source:
                message = messages.from_line(line)
                if message is None:
                    continue
                if message["event"] in (messages.LOADED, messages.NOT_LOADED):
                    self.load_error = messages.error_in(message["error"]) if "error" in message else None
                    self._settled.set()
                else:
                    self.answers.put(message)
        self._process.wait()
        self.answers.put(None)
        self._settled.set()


def _log(home: Path) -> IO[bytes]:
    """Where the worker writes what goes wrong: never what was said."""
    path = log_path(home)
    try:
        locations.make_private(path.parent)
        mode = os.O_TRUNC if path.exists() and path.stat().st_size > MOST_LOG_BYTES else os.O_APPEND
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | mode, 0o600), "wb")
    except OSError:
        return open(os.devnull, "wb")  # noqa: PTH123 - the caller closes it


def log_path(home: Path) -> Path:
    """The file with the recogniser's own messages."""
    return home / "logs" / "speech.log"


def _environment() -> dict[str, str]:
    """The parent's environment, with the hub's library kept off the network and this package in reach."""
    environment = {**os.environ, "HF_HUB_OFFLINE": "1", "HF_HUB_DISABLE_TELEMETRY": "1"}
    root = locations.checkout()
    if root:
        known = os.environ.get("PYTHONPATH")
        environment["PYTHONPATH"] = f"{root}{os.pathsep}{known}" if known else str(root)
    return environment


def _on_its_own() -> dict[str, Any]:
    """Keyword arguments that keep the terminal's ctrl-c from the process."""
    if sys.platform == "win32":
        return {
            "creationflags": subprocess.CREATE_NEW_PROCESS_GROUP
            | subprocess.BELOW_NORMAL_PRIORITY_CLASS
            | subprocess.CREATE_NO_WINDOW
        }
    return {"start_new_session": True}
