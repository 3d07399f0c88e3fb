"""What keeps the process of a candidate's code from doing harm by accident; applied inside that process.

Three fences, each as far as the system has it: limits of the operating system on processor time, memory and files; on
Linux a network namespace without any network; and an audit hook by which Python itself refuses connections, other
processes, and changes to files outside the run's own folder. The hook works everywhere, and it stops slips: an endless
loop, a fork bomb, `shutil.rmtree` on the wrong path. It is no protection against somebody who wants out (`ctypes` is
not fenced): the code is the person's own.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

NEW_USER, NEW_NETWORK = 0x1000_0000, 0x4000_0000
DEATH_SIGNAL = 1
"""PR_SET_PDEATHSIG of prctl(2)."""
OPEN_FILES = 64

_PROCESSES = frozenset(
    "os.exec os.fork os.forkpty os.kill os.killpg os.posix_spawn os.spawn os.startfile os.system pty.spawn "
    "subprocess.Popen webbrowser.open".split()
)
_NETWORK = frozenset("socket.bind socket.connect socket.sendto socket.sendmsg socket.getaddrinfo".split())
_LOOKUPS = frozenset("socket.gethostbyname socket.gethostbyaddr".split())
_CHANGES = frozenset(
    "os.chmod os.chown os.link os.mkdir os.remove os.rename os.rmdir os.symlink os.truncate os.utime "
    "shutil.chown shutil.move shutil.rmtree".split()
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LOOPBACK = ("127.0.0.1", "::1")


class RefusedError(PermissionError):
    """The code tried something that is not possible in an example run; the message is the sentence to show."""


def limit(seconds: float, megabytes: int, file_megabytes: int) -> None:
    """Limit this process: `seconds` and `megabytes` from now on. Does what the system can."""
    try:
        import resource
    except ImportError:  # Windows: the parent watches alone
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    wanted = {
        "RLIMIT_CPU": int(used.ru_utime + used.ru_stime + seconds) + 2,
        "RLIMIT_AS": _address_space() + megabytes * 1_000_000 if sys.platform == "linux" else None,
        "RLIMIT_FSIZE": file_megabytes * 1_000_000,
        "RLIMIT_CORE": 0,
        "RLIMIT_NOFILE": OPEN_FILES,
    }
    for name, value in wanted.items():
        kind = getattr(resource, name, None)
        if kind is not None and value is not None:
            with suppress(OSError, ValueError):
                # Beyond the first limit of processor time comes a signal that tells why, beyond the second an end.
                resource.setrlimit(kind, (value, value + (name == "RLIMIT_CPU")))


def _address_space() -> int:
    """Bytes of address space that the process has now."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - pathlib is one import more
        return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")


def leave_network() -> bool:
    """Move this process into a network namespace of its own, where there is nothing to connect to (Linux).

    Returns whether that was permitted. The process also ends with the one that started it. To be called before any
    thread is started.
    """
    if sys.platform != "linux":
        return False
    import ctypes

    try:
        libc = ctypes.CDLL(None, use_errno=True)
        libc.prctl(DEATH_SIGNAL, 9)
        return not (libc.unshare(NEW_NETWORK) and libc.unshare(NEW_USER | NEW_NETWORK))
    except (OSError, AttributeError):
        return False


def refuse(folder: str) -> None:
    """From now on let Python refuse connections, other processes and changes outside `folder`; there is no way back."""
    inside = _within(folder)

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            path, mode, flags = arguments
            writes = (isinstance(mode, str) and set(mode) & set("wax+")) or (flags or 0) & _WRITING
            if writes and not inside(path):
                raise RefusedError("writing files outside the run's own folder is not possible here")
        elif event in _PROCESSES:
            raise RefusedError("starting or ending processes is not possible here")
        elif event in _LOOKUPS or (event in _NETWORK and not _own_pair(arguments)):
            raise RefusedError("there is no network here")
        elif event in _CHANGES and not all(inside(each) for each in arguments if isinstance(each, (str, bytes))):
            raise RefusedError("changing files outside the run's own folder is not possible here")

    sys.addaudithook(hook)


def _within(folder: str) -> Callable[[object], bool]:
    root = os.path.realpath(folder)

    def inside(path: object) -> bool:
        if isinstance(path, int) or path is None:  # a file that is open already
            return True
        try:
            real = os.path.realpath(os.fsdecode(path))  # type: ignore[arg-type]
        except (TypeError, ValueError):
            return False
        return real == os.devnull or real == root or real.startswith(root + os.sep)

    return inside


def _own_pair(arguments: tuple[Any, ...]) -> bool:
    """Whether this is the pair of sockets that asyncio makes for itself on Windows."""
    address = arguments[1] if len(arguments) > 1 else None
    return sys.platform == "win32" and isinstance(address, tuple) and address[:1] and address[0] in _LOOPBACK
