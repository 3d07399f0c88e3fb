"""`mockloop voice`: whether questions are read aloud, and by what."""

from __future__ import annotations

from dataclasses import replace

import click

from tui.cli.context import home, json_option, services
from tui.cli.output import print_json, say

CHOICES = ("off", "auto", "piper", "system")
SAMPLE = "Tell me about a project that you owned from the first idea to production."


@click.command()
@click.argument("choice", type=click.Choice(CHOICES), required=False)
@click.option("--say", "aloud", is_flag=True, help="Read a sentence aloud now.")
@json_option
def voice(choice: str | None, aloud: bool, as_json: bool) -> None:
    """Choose whether questions are read aloud, and by what.

    It is off until you choose: `auto` takes piper where it is installed, else the system's voice. Recording begins only
    when the voice has ended or was stopped.
    """
    from tui.history.profile import save_profile
    from tui.speech.voice_programs import find_program

    profile = services().profile
    wanted = choice or profile.voice
    program = find_program(wanted)
    if choice is not None:
        save_profile(home(), replace(profile, voice=choice))
    name = program.name if program else None
    if as_json:
        print_json({"voice": wanted, "program": name, "choices": list(CHOICES)})
    else:
        say(f"Questions are read aloud by {name}." if name else "Questions are not read aloud.")
    if aloud:
        _speak()


def _speak() -> None:
    """Read the sample aloud by whatever is there, even where questions are not read. Raises VoiceError."""
    from tui.errors import MockloopError
    from tui.speech.voice import Speaker
    from tui.speech.voice_programs import AUTO, OFF, find_program

    wanted = services().profile.voice
    program = find_program(AUTO if wanted == OFF else wanted)
    assert program
    problems: list[MockloopError | None] = []
    speaker = Speaker(program)
    try:
        speaker.speak(SAMPLE, problems.append)
        speaker.wait()
    finally:
        speaker.stop()
    if problems and problems[0]:
        raise problems[0]
