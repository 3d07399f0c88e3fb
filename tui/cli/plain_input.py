"""What a person does while a plain mock runs: lines from standard input, and signals."""

from __future__ import annotations

import os
import signal
import stat
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum, auto
from types import FrameType


class Key(Enum):
    """Something a person, or a script in their place, asked for."""

    ENTER = auto()
    PAUSE = auto()
    STOP = auto()
    """ctrl-c, or a request to end."""
    END_OF_INPUT = auto()


@dataclass(frozen=True)
class Typed:
    """A line with something in it."""

    text: str


def read_keys(tell: Callable[[Key | Typed], None]) -> None:
    """Call `tell` with every line of standard input, on a thread of its own, and once when it ends.

    An input that has nothing to say (a file, the null device, none at all) is left alone: its end means nothing.
    """
    try:
        descriptor = sys.stdin.fileno()
        mode = os.fstat(descriptor).st_mode
    except (AttributeError, OSError, ValueError):
        return
    if os.isatty(descriptor) or stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode):
        threading.Thread(target=_read, args=(descriptor, tell), name="plain-keys", daemon=True).start()


def _read(descriptor: int, tell: Callable[[Key | Typed], None]) -> None:
    # Not through sys.stdin: a thread that waits in there holds a lock that the interpreter wants when it leaves.
    pending = b""
    while True:
        try:
            data = os.read(descriptor, 4096)
        except OSError:
            data = b""
        if not data:
            tell(Key.END_OF_INPUT)
            return
        *lines, pending = (pending + data).split(b"\n")
        for line in lines:
            text = line.decode("utf-8", "replace").strip()
            tell(Key.PAUSE if text.lower() == "p" else Typed(text) if text else Key.ENTER)


@contextmanager
def signals_told(tell: Callable[[Key], None]) -> Iterator[None]:
    """While the block runs, ctrl-c and a request to end call `tell` instead of ending the program.

    `tell` must be safe to call in the middle of itself.
    """

    def handle(_: int, __: FrameType | None) -> None:
        tell(Key.STOP)

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
