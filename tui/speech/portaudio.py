"""The sound library, loaded when it is first needed, and the count of streams that hold it open."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, RLock
from typing import Any

from tui.errors import AudioInputError

PATIENCE = 5.0
"""Seconds to wait for the sound system before saying that it does not answer."""

_busy = RLock()
_count_lock = Lock()
_open_streams = 0
_kept_alive: list[Any] = []


def sound() -> Any:
    """The `sounddevice` module. Raises AudioInputError when PortAudio is missing or does not start."""
    with exclusive():
        loaded = sys.modules.get("sounddevice")
        if loaded is None:
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


def stream_opened() -> None:
    """Count a stream as open, so that PortAudio is not restarted under it."""
    global _open_streams
    with _count_lock:
        _open_streams += 1


def stream_closed() -> None:
    """Count a stream as closed."""
    global _open_streams
    with _count_lock:
        _open_streams -= 1


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
