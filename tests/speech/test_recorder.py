from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import soundfile

from tests.microphone import VirtualMicrophone
from tests.speech.sounds import melody, notes_of, read, share_of, sounding, tone
from tui.errors import AudioInputError, StorageError
from tui.speech import recorder as recorder_module
from tui.speech.audio_file import repair
from tui.speech.recorder import Recorder
from tui.speech.resample import ToMono16k
from tui.speech.types import Condition

pytestmark = pytest.mark.microphone

NOTES = [400, 900, 500, 1500, 700, 1100, 600, 2000]


def wait_until(true: Callable[[], object], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def test_keeps_what_was_said_whole_and_in_order(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    microphone.speak(melody(NOTES), 16_000)
    recording = recorder.stop()

    samples = read(recording.path)
    start, end = sounding(samples)
    assert notes_of(samples, len(NOTES)) == NOTES
    assert end - start == pytest.approx(2.0, abs=0.15)
    assert recording.seconds == pytest.approx(len(samples) / 16_000)
    assert (recording.overflows, recording.lost) == (0, None)
    assert recorder.stop() == recording


def test_keeps_the_last_syllable_said_right_before_the_end(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    with microphone.speaking(tone(700, 10), 16_000):
        recorder.start()
        wait_until(lambda: recorder.seconds > 0)
        began, had = time.monotonic(), recorder.seconds
        time.sleep(1.0)
        spoken = time.monotonic() - began
        recording = recorder.stop()
    assert recording.seconds - had == pytest.approx(spoken, abs=0.35)
    assert recording.seconds - had >= spoken - 0.05
    assert share_of(read(recording.path)[-1600:], 700) > 0.9


def test_is_a_valid_file_while_it_grows(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    try:
        wait_until(lambda: recorder.seconds > 0.5)
        known = recorder.seconds
        assert soundfile.info(tmp_path / "answer.wav").duration >= known
        assert recorder.level.condition is Condition.WAITING
        with microphone.speaking(tone(700, 10), 16_000):
            wait_until(lambda: recorder.level.condition is Condition.OK)
            assert -20 < recorder.level.rms < -5
    finally:
        recorder.stop()


def test_leaves_out_what_is_said_during_a_pause(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    microphone.speak(tone(500, 0.6), 16_000)
    time.sleep(0.3)
    recorder.pause()
    before = recorder.seconds
    microphone.speak(tone(1500, 1.2), 16_000)
    time.sleep(0.3)
    assert recorder.seconds == pytest.approx(before, abs=0.15)
    assert recorder.level.condition is Condition.OK
    recorder.resume()
    microphone.speak(tone(900, 0.6), 16_000)
    samples = read(recorder.stop().path)

    assert share_of(samples, 500) == pytest.approx(0.5, abs=0.1)
    assert share_of(samples, 900) == pytest.approx(0.5, abs=0.1)
    assert share_of(samples, 1500) < 0.01


class RefusesSixteenKilohertz:
    """PortAudio's stream on a device that knows its own rate alone; no such device can be had without hardware."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        import sounddevice

        self.opened: list[float] = []
        real = sounddevice.RawInputStream

        def opening(**settings: object) -> object:
            if settings["samplerate"] == 16_000:
                raise sounddevice.PortAudioError("Invalid sample rate")
            self.opened.append(float(str(settings["samplerate"])))
            return real(**settings)

        monkeypatch.setattr(sounddevice, "RawInputStream", opening)


def test_resamples_a_stereo_device_that_refuses_16_khz(
    microphone: VirtualMicrophone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = RefusesSixteenKilohertz(monkeypatch)
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    microphone.speak(melody(NOTES, 44_100), 44_100)
    samples = read(recorder.stop().path)
    start, end = sounding(samples)
    assert device.opened == [44_100]
    assert notes_of(samples, len(NOTES)) == NOTES
    assert end - start == pytest.approx(2.0, abs=0.15)


@pytest.mark.parametrize(("channel", "hertz"), [(1, 500), (2, 1500)])
def test_records_the_chosen_channel(microphone: VirtualMicrophone, tmp_path: Path, channel: int, hertz: int) -> None:
    both = np.stack([tone(500, 1, 44_100), tone(1500, 1, 44_100)], axis=1)
    recorder = Recorder(tmp_path / "answer.wav", channel=channel)
    recorder.start()
    microphone.speak(both, 44_100)
    assert share_of(read(recorder.stop().path), hertz) > 0.95


def test_mixes_both_channels_when_none_is_chosen(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    right_only = np.stack([np.zeros(44_100, np.float32), tone(1500, 1, 44_100)], axis=1)
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    microphone.speak(right_only, 44_100)
    assert share_of(read(recorder.stop().path), 1500) > 0.95


RECORD = """
import sys, time
from pathlib import Path
from tui.speech.recorder import Recorder
recorder = Recorder(Path(sys.argv[1]))
recorder.start()
while not recorder.seconds:
    time.sleep(0.01)
print(time.monotonic() - recorder.seconds, flush=True)
time.sleep(60)
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX")
def test_a_killed_process_loses_at_most_the_last_second(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    with (
        microphone.speaking(tone(600, 20), 16_000),
        subprocess.Popen([sys.executable, "-c", RECORD, str(path)], stdout=subprocess.PIPE, text=True) as child,
    ):
        assert child.stdout is not None
        began = float(child.stdout.readline())
        time.sleep(2.5)
        child.send_signal(signal.SIGKILL)
        killed = time.monotonic()
        child.wait()
    said = killed - began
    assert soundfile.info(path).duration > said - 1.0
    assert repair(path) > said - 1.0
    samples = read(path)
    assert len(samples) / 16_000 == pytest.approx(repair(path))
    assert share_of(samples[-8000:], 600) > 0.95


def test_an_unplugged_microphone_is_told_and_recording_goes_on_when_it_is_back(
    removable_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    removable_microphone.speak(melody(NOTES), 16_000)
    removable_microphone.unplug("mic")
    removable_microphone.unplug("speaker")
    wait_until(lambda: recorder.trouble)
    assert "stopped sending sound" in str(recorder.trouble)
    assert recorder.level.condition is Condition.LOST
    kept = recorder.seconds
    assert notes_of(read(tmp_path / "answer.wav"), len(NOTES)) == NOTES

    removable_microphone.plug("mic")
    wait_until(lambda: recorder.trouble is None)
    removable_microphone.speak(tone(800, 1), 16_000)
    recording = recorder.stop()
    assert recording.lost is None
    assert share_of(read(recording.path)[int(kept * 16_000) :], 800) > 0.9


def test_a_microphone_that_stays_away_leaves_what_was_recorded(
    removable_microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    removable_microphone.speak(melody(NOTES), 16_000)
    removable_microphone.close()
    wait_until(lambda: recorder.trouble)
    recording = recorder.stop()
    assert "stopped sending sound" in str(recording.lost)
    assert notes_of(read(recording.path), len(NOTES)) == NOTES


def test_a_pause_during_which_the_microphone_comes_back_stays_a_pause(
    removable_microphone: VirtualMicrophone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    removable_microphone.speak(tone(500, 0.6), 16_000)
    removable_microphone.unplug("mic")
    removable_microphone.unplug("speaker")
    wait_until(lambda: recorder.trouble)

    def pausing(rate: int) -> ToMono16k:
        """The last thing that happens before the microphone that came back is known."""
        recorder.pause()
        return ToMono16k(rate)

    monkeypatch.setattr(recorder_module, "ToMono16k", pausing)
    removable_microphone.plug("mic")
    wait_until(lambda: recorder.trouble is None)
    removable_microphone.speak(tone(1500, 0.6), 16_000)
    assert share_of(read(recorder.stop().path), 1500) < 0.01


@pytest.mark.parametrize("breaking", ["_sync", "_take"])
def test_a_fault_of_its_own_is_told_and_what_was_recorded_stays(
    microphone: VirtualMicrophone, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, breaking: str
) -> None:
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    microphone.speak(melody(NOTES), 16_000)
    wait_until(lambda: recorder.seconds > 2.0)

    def stumble(*_: object) -> None:
        raise RuntimeError("no more\nnumbers")

    monkeypatch.setattr(recorder, breaking, stumble)
    wait_until(lambda: recorder.trouble)
    assert "broke off" in str(recorder.trouble)
    assert "RuntimeError: no more numbers" in str(recorder.trouble)
    assert recorder.level.condition is Condition.LOST
    recording = recorder.stop()
    assert recording.lost
    assert str(recorder.trouble).startswith(recording.lost)
    samples = read(recording.path)
    assert len(samples) / 16_000 == pytest.approx(recording.seconds)
    assert notes_of(samples, len(NOTES)) == NOTES
    with microphone.speaking(tone(700, 2), 16_000):
        again = Recorder(tmp_path / "again.wav")
        again.start()
        wait_until(lambda: again.seconds > 0.2)
        again.stop()


FILL = """
import json, resource, sys, time
from pathlib import Path
from tui.speech.recorder import Recorder
resource.setrlimit(resource.RLIMIT_FSIZE, (32_045, resource.RLIM_INFINITY))
recorder = Recorder(Path(sys.argv[1]))
recorder.start()
while recorder.missed_seconds < 0.5:
    time.sleep(0.02)
full = {"trouble": recorder.trouble, "seconds": recorder.seconds}
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
while recorder.trouble:
    time.sleep(0.02)
time.sleep(0.5)
recording = recorder.stop()
print(json.dumps(full | {"lost": recording.lost, "all": recording.seconds}))
"""


@pytest.mark.skipif(os.name != "posix", reason="a limit on file sizes is POSIX")
def test_a_full_disk_keeps_what_is_there_and_goes_on_when_there_is_space(
    microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    path = tmp_path / "answer.wav"
    with microphone.speaking(tone(600, 20), 16_000):
        done = subprocess.run([sys.executable, "-c", FILL, str(path)], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert "disk is full" in told["trouble"]
    assert told["seconds"] == pytest.approx(1.0, abs=0.001)
    assert "could not be kept" in told["lost"]
    samples = read(path)
    assert len(samples) / 16_000 == pytest.approx(told["all"])
    assert told["all"] > 1.3
    assert share_of(samples, 600) > 0.9


def test_never_writes_over_a_recording(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    path = tmp_path / "answer.wav"
    path.write_bytes(b"an earlier answer")
    with pytest.raises(StorageError, match="already a recording"):
        Recorder(path).start()
    assert path.read_bytes() == b"an earlier answer"


def test_says_when_the_folder_cannot_be_written(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be written"):
        Recorder(tmp_path / "missing" / "answer.wav").start()


def test_says_which_channels_there_are(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    with pytest.raises(AudioInputError, match="no channel 99"):
        Recorder(tmp_path / "answer.wav", channel=99).start()
    assert not (tmp_path / "answer.wav").exists()


def test_a_busy_interpreter_loses_no_samples(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    """Imports and drawing hold the interpreter for a tenth of a second; the sound system's buffer bridges that."""
    ending = False

    def hog() -> None:
        while not ending:
            sum(range(300_000))

    hogs = [Thread(target=hog) for _ in range(2)]
    recorder = Recorder(tmp_path / "answer.wav")
    recorder.start()
    for thread in hogs:
        thread.start()
    microphone.speak(melody(NOTES), 16_000)
    ending = True
    for thread in hogs:
        thread.join()
    recording = recorder.stop()
    assert recording.overflows == 0
    assert notes_of(read(recording.path), len(NOTES)) == NOTES


LEAVE = """
import sys, time
from pathlib import Path
from tui.speech.level_monitor import LevelMonitor
from tui.speech.recorder import Recorder
recorder = Recorder(Path(sys.argv[1]))
recorder.start()
LevelMonitor().start()
while recorder.seconds < 0.5:
    time.sleep(0.01)
"""


def test_a_program_that_ends_in_the_middle_leaves_at_once_and_keeps_the_answer(
    microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    path = tmp_path / "answer.wav"
    done = subprocess.run([sys.executable, "-c", LEAVE, str(path)], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stderr) == (0, "")
    assert soundfile.info(path).duration >= 0.5
