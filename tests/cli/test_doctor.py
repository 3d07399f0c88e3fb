"""`mockloop doctor` and `mockloop devices`."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import soundfile

from tests.cli.conftest import ANSWER, Invoke
from tests.microphone import VirtualMicrophone
from tui.cli import doctor_speech, doctor_system
from tui.cli.doctor_check import Status
from tui.errors import AudioInputError
from tui.session.local import LocalServices
from tui.speech.calibration import Measured
from tui.speech.models import place


def no_portaudio() -> Any:
    raise AudioInputError("PortAudio, which reads the microphone, is not installed.", "Install it.")


@pytest.mark.microphone
def test_all_is_well_with_a_microphone(invoke: Invoke, microphone: VirtualMicrophone, own_folders: Path) -> None:
    samples, rate = soundfile.read(ANSWER)
    with microphone.speaking(samples, rate):
        found = invoke("doctor", "--json")
    checks = {check["id"]: check for check in found.json["checks"]}
    assert {check["status"] for check in checks.values()} == {"pass"}, found.out
    assert (found.code, found.json["ok"]) == (0, True)
    assert list(checks) == [
        *("python", "home", "rubrics", "portaudio", "input", "output"),
        *("model", "engine", "terminal", "voice", "openai-whisper"),
    ]
    assert "s for a second of speech" in checks["engine"]["detail"]
    assert not list((own_folders / "home").glob("2*"))


def test_without_portaudio_the_rest_is_still_checked(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.speech.portaudio.sound", no_portaudio)
    monkeypatch.setattr("tui.speech.calibration.speed", lambda *_: Measured(2.0))
    found = invoke("doctor")
    assert found.code == 1
    assert "fail  PortAudio: PortAudio, which reads the microphone, is not installed.\n      Install it." in found.out
    assert "warn  Recognition" in found.out
    assert found.out.rstrip().endswith("1 failed.")


@pytest.mark.parametrize(
    ("engine", "checksum"), [("faster-whisper", "checksum right"), ("openai-whisper", "no known checksum")]
)
def test_only_a_checksum_that_was_verified_is_called_right(tmp_path: Path, engine: str, checksum: str) -> None:
    kept = place("tiny.en", "openai-whisper", tmp_path)
    kept.parent.mkdir(parents=True)
    kept.write_bytes(b"anything")
    check = doctor_speech.model(LocalServices(tmp_path, engine, "tiny.en"))
    assert check.status is Status.PASS
    assert check.detail.startswith(f"tiny.en for {engine}, ")
    assert check.detail.endswith(checksum)


def test_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    check = doctor_system.home(tmp_path / "file" / "home")
    assert check.status is Status.FAIL
    assert check.remedy


def test_home_without_space(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for free, status in ((10, Status.FAIL), (100, Status.WARN), (10_000, Status.PASS)):
        usage = SimpleNamespace(free=free * 1_000_000)
        monkeypatch.setattr("shutil.disk_usage", lambda _, usage=usage: usage)
        assert doctor_system.home(tmp_path / "new").status is status
    assert not (tmp_path / "new").exists()


def test_rubric_of_ones_own_that_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "rubrics" / "signals" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("schema: 1\nid: mine\n")
    check = doctor_system.rubrics(tmp_path)
    assert check.status is Status.WARN
    assert str(file) in check.detail


def test_small_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_system, "is_terminal", lambda stream: stream is sys.stdout)
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setenv("LINES", "30")
    assert doctor_system.terminal().status is Status.WARN
    monkeypatch.setenv("COLUMNS", "80")
    assert doctor_system.terminal().status is Status.PASS


@pytest.mark.microphone
def test_devices_tell_level(invoke: Invoke, microphone: VirtualMicrophone) -> None:
    samples, rate = soundfile.read(ANSWER)
    with microphone.speaking(samples, rate):
        loud = invoke("devices", "--json")
    assert loud.code == 0
    (default,) = [each for each in loud.json if each["is_default"]]
    assert default["level"]["verdict"] in ("ok", "clipping")
    silent = invoke("devices", "--json").json
    assert next(each for each in silent if each["is_default"])["level"]["verdict"] == "silent"
    assert "Nothing is coming in" in invoke("devices", "--all").out


@pytest.mark.microphone
def test_unknown_device_is_told(invoke: Invoke, microphone: VirtualMicrophone) -> None:
    found = invoke("devices", "--device", "zzz")
    assert found.code == 1
    assert 'no microphone "zzz"' in found.error_line


def test_devices_without_portaudio(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.speech.devices.sound", no_portaudio)
    found = invoke("devices")
    assert (found.code, found.out) == (1, "")
    assert found.error_line.endswith("is not installed. Install it.")
