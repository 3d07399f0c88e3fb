from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
import soundfile

from tests.microphone import VirtualMicrophone
from tests.speech.sounds import NOTE_SECONDS, melody, share_of, sounding, tone
from tui.errors import AudioFileError, AudioInputError
from tui.speech.output_stream import AudioOutputError
from tui.speech.playback import LEAD_IN, LEAD_OUT, Player
from tui.speech.portaudio import refresh

NOTES = [400, 400, 400, 400, 1000, 1000, 1500, 1500, 1500, 1500]


@pytest.fixture
def answer(tmp_path: Path) -> Path:
    """A second of 400 Hz, half a second of 1000 Hz, a second of 1500 Hz."""
    path = tmp_path / "answer.flac"
    soundfile.write(path, melody(NOTES), 16_000)
    return path


def wait_until_quiet(player: Player) -> None:
    deadline = time.monotonic() + 10
    while player.playing:
        assert time.monotonic() < deadline, "it plays on and on"
        time.sleep(0.02)


@pytest.mark.microphone
def test_plays_just_those_seconds_with_a_little_around_them(microphone: VirtualMicrophone, answer: Path) -> None:
    player = Player()
    with microphone.hearing() as heard:
        player.play(answer, 4 * NOTE_SECONDS, 6 * NOTE_SECONDS)
        assert player.playing
        wait_until_quiet(player)
        time.sleep(0.3)
    samples = heard()
    start, end = sounding(samples)
    assert end - start == pytest.approx(0.5 + LEAD_IN + LEAD_OUT, abs=0.1)
    assert share_of(samples, 1000) == pytest.approx(0.5 / (end - start), abs=0.08)
    assert share_of(samples, 400) == pytest.approx(LEAD_IN / (end - start), abs=0.08)


@pytest.mark.microphone
def test_stops_at_once_and_another_part_can_be_played(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    soundfile.write(long, tone(500, 60), 16_000)
    player = Player()
    player.play(long, 0.0, None)
    assert player.playing
    player.play(long, 30.0, 59.0)
    assert player.playing
    player.stop()
    player.stop()
    assert not player.playing
    deadline = time.monotonic() + 5
    while not refresh():
        assert time.monotonic() < deadline, "a stream stayed open"
        time.sleep(0.02)


@pytest.mark.microphone
def test_tells_the_second_that_is_heard_also_when_it_plays_faster(
    microphone: VirtualMicrophone, tmp_path: Path
) -> None:
    long = tmp_path / "long.wav"
    soundfile.write(long, tone(500, 60), 16_000)
    player = Player()
    assert player.position is None
    player.play(long, 20.0, 24.0, 1.5)
    heard: list[float] = []
    deadline = time.monotonic() + 20
    while player.playing:
        assert time.monotonic() < deadline, "it plays on and on"
        position = player.position
        heard += [position] if position is not None else []
        time.sleep(0.02)
    assert heard == sorted(heard)
    assert heard[0] == pytest.approx(20.0 - LEAD_IN, abs=0.3)
    assert heard[-1] == pytest.approx(24.0 + LEAD_OUT, abs=0.4)
    assert player.position is None


@pytest.mark.microphone
def test_quitting_does_not_wait_for_the_end(microphone: VirtualMicrophone, tmp_path: Path) -> None:
    long = tmp_path / "long.wav"
    soundfile.write(long, tone(500, 60), 16_000)
    program = (
        "import sys\nfrom pathlib import Path\nfrom tui.speech.playback import Player\n"
        "player = Player()\nplayer.play(Path(sys.argv[1]), 0.0, 60.0)\nprint(player.playing)\n"
    )
    done = subprocess.run([sys.executable, "-c", program, str(long)], capture_output=True, text=True, timeout=20)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True\n", "")


def test_without_loudspeakers_it_is_a_sentence(own_folders: Path, answer: Path) -> None:
    program = (
        "import sys\nfrom pathlib import Path\nfrom tui.errors import AudioInputError\n"
        "from tui.speech.playback import Player\n"
        "try: Player().play(Path(sys.argv[1]), 0.0, 1.0)\n"
        "except AudioInputError as told: print(told.title, told)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(answer)],
        capture_output=True,
        text=True,
        env=os.environ | {"PULSE_SERVER": f"unix:{own_folders}/none", "XDG_RUNTIME_DIR": str(own_folders)},
        timeout=20,
    )
    if not done.stdout and not done.stderr:
        pytest.skip("this machine has a sound card")
    assert done.stdout.startswith("Loudspeaker ")
    assert "Traceback" not in done.stderr


def test_seconds_beyond_the_end_are_a_sentence(answer: Path) -> None:
    with pytest.raises(AudioFileError, match="no sound at"):
        Player().play(answer, 100.0, 101.0)


def test_a_missing_file_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(AudioFileError, match="does not exist"):
        Player().play(tmp_path / "missing.flac", 0.0, 1.0)


def test_its_errors_are_caught_as_those_of_the_sound_system() -> None:
    assert issubclass(AudioOutputError, AudioInputError)
