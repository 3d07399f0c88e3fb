"""A recording that is recognised while it grows, with the real default model in its own process."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from tests.speech.spoken import CANARY, RATE, TERMS, assert_heard, canary, silence
from tui.errors import AudioFileError, ModelError
from tui.speech.resample import to_int16
from tui.speech.transcriber import Transcriber, TranscriptionCancelledError
from tui.speech.wav_file import WavWriter
from tui.transcript import Segment


@pytest.fixture(scope="module")
def transcriber(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Transcriber]:
    shared = Transcriber(home=tmp_path_factory.mktemp("home"))
    yield shared
    shared.close()


@pytest.fixture
def own_transcriber(tmp_path: Path) -> Iterator[Transcriber]:
    """One that a test may damage."""
    own = Transcriber(home=tmp_path / "home")
    yield own
    own.close()


class Growing:
    """A recording on disk that a test lets grow."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = WavWriter(path)

    @property
    def seconds(self) -> float:
        return self._file.frames / RATE

    def add(self, samples: npt.NDArray[np.float32]) -> None:
        """Append `samples` in blocks, as a recorder does."""
        for at in range(0, len(samples), 1600):
            self._file.append(to_int16(samples[at : at + 1600]))

    def close(self) -> None:
        self._file.close()


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Growing]:
    recording = Growing(tmp_path / "answer-1.wav")
    yield recording
    recording.close()


def until(condition: Callable[[], bool], seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "it never came to pass"
        time.sleep(0.02)


def test_segments_come_while_the_recording_grows_and_are_those_of_the_file(
    transcriber: Transcriber, growing: Growing
) -> None:
    segments: list[Segment] = []
    following = transcriber.follow(growing.path, TERMS, segments.append)
    growing.add(np.concatenate((canary(), silence(4), canary()[: 10 * RATE])))
    until(lambda: len(segments) > 0)
    early = tuple(segments)
    growing.add(np.concatenate((canary()[10 * RATE :], silence(1))))
    transcript = following.finish(growing.seconds)
    assert transcript.segments == tuple(segments)
    assert transcript.segments[: len(early)] == early
    assert transcript.text.lower().count("canary") == 2
    assert transcript.audio_seconds == pytest.approx(growing.seconds)
    assert transcript.elapsed_seconds is not None
    assert transcript.elapsed_seconds > 0
    whole = transcriber.transcribe(growing.path, TERMS)
    assert transcript.segments == whole.segments
    assert transcript.voice == whole.voice


def test_a_recording_that_ends_at_once_is_recognised_whole(transcriber: Transcriber, growing: Growing) -> None:
    growing.add(canary())
    assert_heard(transcriber.follow(growing.path, TERMS).finish(growing.seconds))


def test_silence_that_goes_on_growing_says_nothing(transcriber: Transcriber, growing: Growing) -> None:
    following = transcriber.follow(growing.path, TERMS)
    growing.add(silence(20))
    transcript = following.finish(growing.seconds)
    assert transcript.segments == ()
    assert transcript.audio_seconds == pytest.approx(20)


def test_a_recording_that_pauses_goes_on_where_it_was(transcriber: Transcriber, growing: Growing) -> None:
    segments: list[Segment] = []
    following = transcriber.follow(growing.path, TERMS, segments.append)
    growing.add(canary()[: 8 * RATE])
    time.sleep(1.5)
    growing.add(canary()[8 * RATE :])
    assert_heard(following.finish(growing.seconds))


def test_a_process_that_is_killed_is_replaced_and_nothing_is_said_twice(
    own_transcriber: Transcriber, growing: Growing
) -> None:
    segments: list[Segment] = []
    following = own_transcriber.follow(growing.path, TERMS, segments.append)
    growing.add(np.concatenate((canary(), silence(4))))
    until(lambda: len(segments) > 0)
    assert own_transcriber._child is not None
    killed = own_transcriber._child.pid
    os.kill(killed, signal.SIGTERM)
    growing.add(np.concatenate((canary(), silence(4), canary())))
    transcript = following.finish(growing.seconds)
    assert own_transcriber._child.pid != killed
    assert transcript.text.lower().count("canary") == 3
    assert transcript.segments == own_transcriber.transcribe(growing.path, TERMS).segments


def test_a_second_death_is_told_at_the_end_and_the_file_can_be_recognised(
    own_transcriber: Transcriber, growing: Growing
) -> None:
    following = own_transcriber.follow(growing.path, TERMS)
    growing.add(canary())
    killed: set[int] = set()
    for _ in range(2):
        until(lambda: own_transcriber._child is not None and own_transcriber._child.pid not in killed)
        assert own_transcriber._child is not None
        killed.add(own_transcriber._child.pid)
        os.kill(own_transcriber._child.pid, signal.SIGTERM)
    with pytest.raises(ModelError, match="stopped twice"):
        following.finish(growing.seconds)
    assert_heard(own_transcriber.transcribe(growing.path, TERMS))


def test_a_recording_that_is_cancelled_makes_room_for_the_next(transcriber: Transcriber, growing: Growing) -> None:
    following = transcriber.follow(growing.path, TERMS)
    growing.add(np.concatenate([canary()] * 4))
    following.cancel()
    with pytest.raises(TranscriptionCancelledError):
        following.finish(growing.seconds)
    assert_heard(transcriber.transcribe(CANARY, TERMS))


def test_cancelling_frees_whoever_waits_for_the_end(transcriber: Transcriber, growing: Growing) -> None:
    following = transcriber.follow(growing.path, TERMS)
    growing.add(np.concatenate([canary()] * 8))
    cancel = threading.Event()
    with pytest.raises(TranscriptionCancelledError):
        following.finish(growing.seconds, cancel, lambda share, text: cancel.set())


def test_closing_frees_whoever_waits_for_the_end(own_transcriber: Transcriber, growing: Growing) -> None:
    following = own_transcriber.follow(growing.path, TERMS)
    growing.add(canary())
    until(lambda: own_transcriber._child is not None)
    own_transcriber.close()
    with pytest.raises(TranscriptionCancelledError):
        following.finish(growing.seconds)


def test_a_recording_that_is_not_there_is_named(transcriber: Transcriber, tmp_path: Path) -> None:
    following = transcriber.follow(tmp_path / "absent.wav")
    with pytest.raises(AudioFileError, match=r"absent\.wav"):
        following.finish(1.0)
    assert_heard(transcriber.transcribe(CANARY, TERMS))


def test_what_breaks_for_whoever_listens_is_told_at_the_end(own_transcriber: Transcriber, growing: Growing) -> None:
    def broken(segment: Segment) -> None:
        raise RuntimeError("nobody listens")

    following = own_transcriber.follow(growing.path, TERMS, broken)
    growing.add(canary())
    with pytest.raises(RuntimeError, match="nobody listens"):
        following.finish(growing.seconds)
