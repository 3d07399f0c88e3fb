"""The sound library, loaded when it is first needed, and the count of streams that hold it open."""

from __future__ import annotations

import atexit
import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import RLock
from typing import Any

from tui.errors import AudioInputError

PATIENCE = 5.0
"""Seconds to wait for the sound system before saying that it does not answer."""

_busy = RLock()
_open_streams: set[Any] = set()
_kept_alive: list[Any] = []


def sound() -> Any:
    """The `sounddevice` module. Raises AudioInputError when PortAudio is missing or does not start."""
    with exclusive():
        if "sounddevice" not in sys.modules:
            _silence_alsa()
        try:
            import sounddevice
        except Exception as problem:
            # sounddevice raises OSError without the library and its own error when the library fails to start.
            if isinstance(problem, OSError) and "not found" in str(problem):
                raise AudioInputError("PortAudio, which reads the microphone, is not installed.", _install()) from None
            raise AudioInputError(
                f"The sound system did not start ({problem}).", "Run `mockloop doctor` to see what is missing."
            ) from None
        # Registered after sounddevice's own handler, and so run before it.
        atexit.unregister(_leave)
        atexit.register(_leave)
        return sounddevice


@contextmanager
def exclusive() -> Iterator[None]:
    """Hold PortAudio alone: opening, closing and listing are not safe from two threads at once.

    Raises AudioInputError when another thread has been stuck in the sound system for PATIENCE seconds.
    """
    if not _busy.acquire(timeout=PATIENCE):
        raise AudioInputError(
            "The sound system does not answer.", "Unplug the microphone and plug it in again, or start mockloop anew."
        )
    try:
        yield
    finally:
        _busy.release()


def stream_opened(stream: Any) -> None:
    """Remember `stream` as open, so that PortAudio is not restarted under it."""
    _open_streams.add(stream)


def close_stream(stream: Any) -> None:
    """Let go of `stream` at once. Takes as long as the driver takes; raises AudioInputError when that is stuck."""
    with exclusive():
        if stream in _open_streams:
            stream.abort(ignore_errors=True)
            stream.close(ignore_errors=True)
            _open_streams.discard(stream)


def _leave() -> None:
    # PortAudio hangs for ever when it is ended while a stream still runs.
    for stream in list(_open_streams):
        with suppress(Exception):
            close_stream(stream)


def refresh() -> bool:
    """Let PortAudio look for devices again; False when a stream is open, because restarting would end it.

    PortAudio lists devices once, when it starts: one that was plugged in later is seen only after this.
    """
    sd = sound()
    with exclusive():
        if _open_streams:
            return False
        with suppress(sd.PortAudioError):
            sd._terminate()
        try:
            sd._initialize()
        except sd.PortAudioError as problem:
            raise AudioInputError(
                f"The sound system did not start again ({problem}).", "Start mockloop anew."
            ) from None
        return True


def _install() -> str:
    system = platform.system()
    if system == "Linux":
        return "Install it: `sudo apt install libportaudio2` (Debian, Ubuntu) or `sudo dnf install portaudio` (Fedora)."
    if system == "Darwin":
        return "Install it: `brew install portaudio`."
    return "Reinstall it: `pip install --force-reinstall sounddevice`."


def _silence_alsa() -> None:
    """Keep ALSA from writing its complaints over the screen; errors still come back as return values."""
    if platform.system() != "Linux":
        return
    import ctypes

    with suppress(OSError, AttributeError):
        handler = ctypes.CFUNCTYPE(None, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p)
        quiet = handler(lambda *_: None)
        ctypes.CDLL("libasound.so.2").snd_lib_error_set_handler(quiet)
        # ALSA keeps the pointer: the function must outlive this call.
        _kept_alive.append(quiet)
