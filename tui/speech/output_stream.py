"""The loudspeaker as a stream, at the first rate that it takes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tui.errors import AudioInputError
from tui.speech.portaudio import exclusive, sound, stream_opened


class AudioOutputError(AudioInputError):
    """There is nothing to play through, or it failed."""

    title = "Loudspeaker"


def started(rate: int, made: Callable[[Any, int], Any], what: str) -> tuple[Any, int]:
    """A stream that runs, and its rate in hertz: `rate`, or else the device's own or a usual one.

    `made` gets the `sounddevice` module and a rate and gives a stream that was not started. The stream is known as
    open: end it with `close_stream`. Raises AudioOutputError, which says that `what` could not be played.
    """
    try:
        sd = sound()
        with exclusive():
            stream, taken = _first(sd, rate, made, what)
            stream_opened(stream)
    except AudioOutputError:
        raise
    except AudioInputError as problem:
        raise AudioOutputError(problem.sentence, problem.remedy) from None
    return stream, taken


def _first(sd: Any, rate: int, made: Callable[[Any, int], Any], what: str) -> tuple[Any, int]:
    problem: Exception | None = None
    try:
        own = int(sd.query_devices(kind="output")["default_samplerate"])
    except (sd.PortAudioError, ValueError):
        raise _no_output(what, "no loudspeaker or headphones were found") from None
    for wanted in dict.fromkeys((rate, own, 48_000, 44_100)):
        try:
            stream = made(sd, wanted)
        except (sd.PortAudioError, ValueError) as refused:
            problem = problem or refused
            continue
        try:
            stream.start()
        except sd.PortAudioError as refused:
            stream.close(ignore_errors=True)
            problem = problem or refused
            continue
        return stream, wanted
    raise _no_output(what, str(problem))


def _no_output(what: str, why: str) -> AudioOutputError:
    return AudioOutputError(
        f"{what} could not be played ({why}).", "Connect loudspeakers or headphones and check the sound settings."
    )
