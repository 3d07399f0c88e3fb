from __future__ import annotations

import builtins
import os
import subprocess
import sys
from typing import Any

import pytest

from tests.microphone import VirtualMicrophone
from tui.errors import AudioInputError
from tui.speech import devices
from tui.speech.devices import find_input, list_inputs


class Hardware:
    """What PortAudio lists on machines that tests cannot have."""

    PortAudioError = RuntimeError

    def __init__(self, names: list[tuple[str, int, int]], apis: list[tuple[str, int]], default: int) -> None:
        """`names`: name, input channels and number of the host API; `apis`: name and default input."""
        self._devices: list[dict[str, Any]] = [
            {"index": i, "name": name, "max_input_channels": channels, "hostapi": api, "default_samplerate": 48_000.0}
            for i, (name, channels, api) in enumerate(names)
        ]
        self._apis = [{"name": name, "default_input_device": index} for name, index in apis]
        self._default = default

    def query_devices(self, kind: str | None = None) -> Any:
        if kind is None:
            return self._devices
        if self._default < 0:
            raise self.PortAudioError("Error querying device -1")
        return self._devices[self._default]

    def query_hostapis(self) -> Any:
        return self._apis


@pytest.fixture
def plug(monkeypatch: pytest.MonkeyPatch) -> Any:
    def put(names: list[tuple[str, int, int]], apis: list[tuple[str, int]], default: int) -> None:
        monkeypatch.setattr(devices, "sound", lambda: Hardware(names, apis, default))

    return put


@pytest.fixture
def linux(plug: Any) -> None:
    plug(
        [
            ("HDA Intel PCH: ALC257 Analog (hw:0,0)", 2, 0),
            ("HDMI 0 (hw:0,3)", 0, 0),
            ("USB Audio: - (hw:1,0)", 1, 0),
            ("USB Audio: - (hw:2,0)", 1, 0),
            ("default", 32, 0),
        ],
        [("ALSA", 4)],
        4,
    )


def test_lists_inputs_alone_with_the_default_first(linux: None) -> None:
    assert [device.name for device in list_inputs()] == [
        "default",
        "HDA Intel PCH: ALC257 Analog",
        "USB Audio: -",
        "USB Audio: - (2)",
    ]
    assert [device.is_default for device in list_inputs()] == [True, False, False, False]


def test_a_name_does_not_depend_on_the_order_of_plugging_in(plug: Any) -> None:
    names = set()
    for card in (1, 3):
        plug([(f"Blue Yeti: USB Audio (hw:{card},0)", 2, 0)], [("ALSA", 0)], 0)
        names.add(find_input(None).name)
    assert names == {"Blue Yeti: USB Audio"}


def test_finds_by_exact_name_then_by_a_part_that_only_one_has(linux: None) -> None:
    assert find_input("USB Audio: - (2)").index == 3
    assert find_input("USB Audio: -").index == 2
    assert find_input("alc257").index == 0
    assert find_input(None).index == 4


def test_a_part_that_several_have_names_them(linux: None) -> None:
    with pytest.raises(AudioInputError) as caught:
        find_input("usb")
    assert "USB Audio: -, USB Audio: - (2)" in str(caught.value)
    assert "ALC257" not in str(caught.value)


def test_an_unknown_name_names_what_is_there(linux: None) -> None:
    with pytest.raises(AudioInputError) as caught:
        find_input("Blue Yeti")
    assert "ALC257" in str(caught.value)


def test_windows_shows_each_microphone_once_under_its_whole_name(plug: Any) -> None:
    plug(
        [
            ("Microphone (Blue Yeti with a ve", 2, 0),
            ("Microphone (Blue Yeti with a very long name)", 2, 1),
            ("Headset", 1, 1),
        ],
        [("MME", 0), ("Windows WASAPI", 2)],
        0,
    )
    assert [device.name for device in list_inputs()] == ["Headset", "Microphone (Blue Yeti with a very long name)"]
    assert find_input(None).name == "Headset"


def test_no_input_at_all_is_a_sentence(plug: Any) -> None:
    plug([("HDMI 0 (hw:0,3)", 0, 0)], [("ALSA", -1)], -1)
    with pytest.raises(AudioInputError, match="No microphone was found"):
        list_inputs()


def test_without_a_default_the_first_input_is_taken(plug: Any) -> None:
    plug([("HDMI 0 (hw:0,3)", 0, 0), ("Line", 2, 0)], [("ALSA", -1)], -1)
    assert find_input(None).name == "Line"


@pytest.mark.parametrize(
    ("problem", "sentence"),
    [
        (OSError("PortAudio library not found"), "PortAudio, which reads the microphone, is not installed"),
        (RuntimeError("Error initializing PortAudio"), "The sound system did not start"),
    ],
)
def test_no_portaudio_is_a_sentence(monkeypatch: pytest.MonkeyPatch, problem: Exception, sentence: str) -> None:
    real = builtins.__import__

    def importing(name: str, *rest: Any, **more: Any) -> Any:
        if name == "sounddevice":
            raise problem
        return real(name, *rest, **more)

    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(builtins, "__import__", importing)
    with pytest.raises(AudioInputError, match=sentence) as caught:
        list_inputs()
    assert caught.value.remedy


def test_without_a_sound_server_or_card_nothing_is_written_over_the_screen(own_folders: Any) -> None:
    program = (
        "from tui.errors import AudioInputError\n"
        "from tui.speech.devices import find_input, refresh\n"
        "from tui.speech.level_monitor import LevelMonitor\n"
        "for attempt in (refresh, lambda: find_input(None), LevelMonitor('nothing of the kind').start):\n"
        "    try: attempt()\n"
        "    except AudioInputError as told: print(told.sentence)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        env=os.environ | {"PULSE_SERVER": f"unix:{own_folders}/none", "XDG_RUNTIME_DIR": str(own_folders)},
        timeout=60,
    )
    assert done.stderr == ""
    assert done.returncode == 0


@pytest.mark.microphone
def test_a_microphone_that_is_there_is_found(microphone: VirtualMicrophone) -> None:
    assert find_input("pulse").channels >= 1
    assert find_input(None).is_default
