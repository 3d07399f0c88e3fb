"""`mockloop devices`: the microphones there are, and how loud they are just now."""

from __future__ import annotations

import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import click

from tui.cli.context import json_option, services
from tui.cli.output import ProgressLine, print_json, say
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.session.local import LocalServices
    from tui.speech.types import InputDevice

LISTEN_SECONDS = 1.0
"""How long a level is measured."""
POLL_SECONDS = 0.05
SILENCE_DBFS = -119.0
"""A level below this is digital silence: no microphone in a room is that quiet."""
QUIET_DBFS = -50.0
CLIPPING_DBFS = -0.1


@dataclass(frozen=True)
class Hearing:
    """The loudest that an input was while it was listened to, in dBFS, and what that means."""

    rms: float
    peak: float
    verdict: str
    """`ok`, `quiet`, `silent`, `clipping` or `lost`."""
    sentence: str


def listen(services: LocalServices, device: str | None, seconds: float = LISTEN_SECONDS) -> Hearing:
    """How loud the input called `device` (None: the default) is over `seconds`. Raises AudioInputError."""
    from tui.speech.types import Condition

    monitor = services.monitor(device)
    monitor.start()
    try:
        rms = peak = SILENCE_DBFS - 1
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            time.sleep(POLL_SECONDS)
            level = monitor.level
            if level.condition is Condition.LOST:
                return Hearing(rms, peak, "lost", "It went away while it was listened to.")
            rms, peak = max(rms, level.rms), max(peak, level.peak)
    finally:
        monitor.stop()
    return Hearing(round(rms, 1), round(peak, 1), *_judged(rms, peak))


def _judged(rms: float, peak: float) -> tuple[str, str]:
    if peak >= CLIPPING_DBFS:
        return "clipping", "It is clipping: turn its level down."
    if peak <= SILENCE_DBFS:
        return "silent", "Nothing is coming in: is it muted, or the wrong one?"
    if rms < QUIET_DBFS:
        return "quiet", "It is quiet: good when nobody spoke, too quiet when somebody did."
    return "ok", "Sound is coming in."


@click.command()
@click.option("--device", metavar="NAME", help="Listen to this input alone.")
@click.option("--all", "everything", is_flag=True, help="Listen to every input, a second each.")
@json_option
def devices(device: str | None, everything: bool, as_json: bool) -> None:
    """List microphones, and listen to one.

    Measures the level of the one in use over a second: say something.
    """
    from tui.speech.devices import find_input

    facade = services()
    inputs = facade.inputs()
    heard: dict[str, Hearing] = {}
    chosen = inputs if everything else (find_input(device if device else facade.profile.device),)
    with ProgressLine("") as progress:
        for each in chosen:
            progress.line(f"Listening to {one_line(each.name)}: say something ...")
            heard[each.name] = _heard(facade, each)
    if as_json:
        print_json([_data(each, heard.get(each.name)) for each in inputs])
        return
    for each in inputs:
        default = ", default" if each.is_default else ""
        say(f"{each.name}  ({each.host_api}, {each.channels} ch, {each.default_rate:.0f} Hz{default})")
        if hearing := heard.get(each.name):
            level = f"{hearing.rms:.0f} dBFS, peak {hearing.peak:.0f}: " if hearing.verdict != "lost" else ""
            say(f"    {level}{hearing.sentence}")


def _heard(facade: LocalServices, device: InputDevice) -> Hearing:
    from tui.errors import AudioInputError

    try:
        return listen(facade, device.name)
    except AudioInputError as error:
        return Hearing(SILENCE_DBFS - 1, SILENCE_DBFS - 1, "lost", str(error))


def _data(device: InputDevice, hearing: Hearing | None) -> dict[str, Any]:
    return {**asdict(device), "level": asdict(hearing) if hearing else None}
