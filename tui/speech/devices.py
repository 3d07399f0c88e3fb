"""The microphones there are, under names that stay the same from start to start."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any

from tui.errors import AudioInputError
from tui.speech.portaudio import exclusive, refresh, sound
from tui.speech.types import InputDevice

__all__ = ["find_input", "list_inputs", "refresh"]

WINDOWS_API = "Windows WASAPI"
"""Windows lists each device once per sound interface; this one has whole names and the least delay."""
_CARD = re.compile(r"\s*\(hw:\d+,\d+\)$")


def list_inputs() -> tuple[InputDevice, ...]:
    """Every input, the system's default first. Raises AudioInputError without PortAudio or without any input.

    Names are unique: of devices that share one, the second is called "name (2)". Call `refresh` first to see what
    was plugged in since the start.
    """
    sd = sound()
    with exclusive():
        devices = [dict(device) for device in sd.query_devices()]
        apis = [dict(api) for api in sd.query_hostapis()]
        default = _default_index(sd)
    inputs = [device for device in devices if device["max_input_channels"] > 0]
    preferred = next((number for number, api in enumerate(apis) if api["name"] == WINDOWS_API), None)
    if any(device["hostapi"] == preferred for device in inputs):
        inputs = [device for device in inputs if device["hostapi"] == preferred]
        default = apis[preferred]["default_input_device"] if preferred is not None else default
    if not inputs:
        raise AudioInputError(
            "No microphone was found.",
            "Plug one in, and allow this terminal to use it in the system's sound and privacy settings.",
        )
    found = [_described(device, apis, default, name) for device, name in zip(inputs, _names(inputs), strict=True)]
    return tuple(sorted(found, key=lambda device: not device.is_default))


def find_input(name: str | None) -> InputDevice:
    """The input called `name`: exactly, or as the only one whose name contains it in any case; None means the default.

    Raises AudioInputError, naming what is there, when none or several fit.
    """
    inputs = list_inputs()
    if name is None:
        return inputs[0]
    for device in inputs:
        if device.name == name:
            return device
    wanted = name.strip().casefold()
    fitting = [device for device in inputs if wanted and wanted in device.name.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    there = ", ".join(device.name for device in (fitting or inputs))
    if fitting:
        raise AudioInputError(f'Several microphones fit "{name}": {there}.', "Give the whole name of one of them.")
    raise AudioInputError(f'There is no microphone "{name}".', f"Plug it in or choose one of these: {there}.")


def _default_index(sd: Any) -> int:
    try:
        return int(sd.query_devices(kind="input")["index"])
    except (sd.PortAudioError, ValueError):
        return -1


def _names(devices: list[dict[str, Any]]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for device in devices:
        # ALSA appends the card's number, which depends on the order of plugging in.
        plain = _CARD.sub("", device["name"].replace("\r", "").replace("\n", " ").strip()) or "Microphone"
        seen[plain] += 1
        names.append(plain if seen[plain] == 1 else f"{plain} ({seen[plain]})")
    return names


def _described(device: dict[str, Any], apis: list[dict[str, Any]], default: int, name: str) -> InputDevice:
    return InputDevice(
        index=device["index"],
        name=name,
        host_api=apis[device["hostapi"]]["name"],
        channels=device["max_input_channels"],
        default_rate=float(device["default_samplerate"]),
        is_default=device["index"] == default,
    )
