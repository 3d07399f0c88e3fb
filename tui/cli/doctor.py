"""`mockloop doctor`: everything the app needs, and what to do about what is missing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import click

from tui.cli import doctor_speech, doctor_system
from tui.cli.context import home, json_option, services
from tui.cli.doctor_check import Check, Status, checked
from tui.cli.failures import FAILED
from tui.cli.output import ProgressLine, print_json, say

COLOURS = {Status.PASS: "green", Status.WARN: "yellow", Status.FAIL: "red"}


@click.command()
@json_option
def doctor(as_json: bool) -> int:
    """Check everything that mockloop needs.

    Exits with 1 when something needed fails.
    """
    found: list[Check] = []
    with ProgressLine("") as progress:
        for check in _checks():
            found.append(check)
            if not as_json:
                progress.clear()
                _print(check)
            progress.line("Checking ...")
    failed = sum(check.status is Status.FAIL for check in found)
    if as_json:
        print_json({"ok": not failed, "checks": [asdict(check) for check in found]})
    else:
        warned = sum(check.status is Status.WARN for check in found)
        say(f"\n{len(found) - failed - warned} passed, {warned} to look at, {failed} failed.")
    return FAILED if failed else 0


def _print(check: Check) -> None:
    mark = click.style(check.status.value, fg=COLOURS[check.status], bold=check.status is not Status.PASS)
    # Styled text goes around `say`, which would clean the colours away.
    click.echo(f"{mark}  ", nl=False)
    say(f"{check.name}: {check.detail}")
    if check.remedy:
        say(f"      {check.remedy}")


def _checks() -> Iterator[Check]:
    facade, folder = services(), home()
    yield checked("python", "Python", doctor_system.python)
    yield checked("home", "Home", lambda: doctor_system.home(folder))
    yield checked("rubrics", "Rubrics", lambda: doctor_system.rubrics(folder))
    sound = checked("portaudio", "PortAudio", doctor_speech.portaudio)
    yield sound
    if sound.status is not Status.FAIL:
        yield checked("input", "Microphone", lambda: doctor_speech.inputs(facade))
        yield checked("output", "Loudspeaker", doctor_speech.output)
    model = checked("model", "Speech model", lambda: doctor_speech.model(facade))
    yield model
    if model.status is not Status.FAIL:
        yield checked("engine", "Recognition", lambda: doctor_speech.engine(facade))
    yield checked("terminal", "Terminal", doctor_system.terminal)
    yield checked("voice", "Voice", lambda: doctor_speech.voice(facade))
    yield checked("openai-whisper", "openai-whisper", doctor_speech.openai_whisper)
