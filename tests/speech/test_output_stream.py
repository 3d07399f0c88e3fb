"""A loudspeaker that does not take the first rate; the rest runs in the tests of playback and of the voice."""

from __future__ import annotations

from typing import Any

import pytest

from tui.speech import output_stream
from tui.speech.output_stream import AudioOutputError, started
from tui.speech.portaudio import close_stream


class PortAudioError(Exception):
    pass


class Stream:
    """A stream that can be made at 22,050 Hz but runs at 48,000 Hz only."""

    def __init__(self, rate: int, takes: int | None) -> None:
        self.rate, self._takes = rate, takes
        self.closed = False

    def start(self) -> None:
        if self.rate != self._takes:
            raise PortAudioError(f"no {self.rate}")

    def abort(self, ignore_errors: bool) -> None:
        pass

    def close(self, ignore_errors: bool) -> None:
        self.closed = True


class Device:
    """Stands for the `sounddevice` module."""

    PortAudioError = PortAudioError

    def __init__(self, takes: int | None) -> None:
        self._takes = takes
        self.streams: list[Stream] = []

    def query_devices(self, kind: str) -> dict[str, float]:
        return {"default_samplerate": 44_100.0}

    def made(self, _: Any, rate: int) -> Stream:
        if rate == 16_000:
            raise ValueError("never heard of it")
        self.streams.append(Stream(rate, self._takes))
        return self.streams[-1]


def device(takes: int | None, monkeypatch: pytest.MonkeyPatch) -> Device:
    found = Device(takes)
    monkeypatch.setattr(output_stream, "sound", lambda: found)
    return found


def test_a_stream_that_does_not_start_is_closed_and_the_next_rate_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    picky = device(48_000, monkeypatch)
    stream, rate = started(22_050, picky.made, "The question")
    assert rate == stream.rate == 48_000
    assert [(each.rate, each.closed) for each in picky.streams] == [(22_050, True), (44_100, True), (48_000, False)]
    close_stream(stream)
    assert stream.closed


def test_a_loudspeaker_that_takes_no_rate_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    broken = device(None, monkeypatch)
    with pytest.raises(AudioOutputError, match=r"The question could not be played \(never heard of it\)"):
        started(16_000, broken.made, "The question")
    assert [(stream.rate, stream.closed) for stream in broken.streams] == [(44_100, True), (48_000, True)]
