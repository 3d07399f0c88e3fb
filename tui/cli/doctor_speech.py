"""Checks of sound and recognition: PortAudio, inputs, output, model, engines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.cli.doctor_check import Check, Status

if TYPE_CHECKING:
    from tui.session.local import LocalServices

SLOW = 1.0
"""Above this many seconds of work for a second of audio, waiting for a postmortem takes longer than the answer."""


def portaudio() -> Check:
    """Whether PortAudio is here."""
    from tui.speech.portaudio import sound

    return Check("portaudio", "PortAudio", Status.PASS, str(sound().get_portaudio_version()[1]).split(",")[0])


def inputs(services: LocalServices) -> Check:
    """Whether there is a microphone, and whether anything comes in from the one in use."""
    from tui.cli.devices import listen
    from tui.speech.devices import find_input

    there = services.inputs()
    chosen = find_input(services.profile.device)
    hearing = listen(services, chosen.name)
    detail = f"{chosen.name} ({len(there)} in all): {hearing.rms:.0f} dBFS. {hearing.sentence}"
    if hearing.verdict in ("ok", "quiet"):
        return Check("input", "Microphone", Status.PASS, detail)
    remedy = "Look at its switch and the system's sound settings; `mockloop devices --all` listens to every input."
    return Check("input", "Microphone", Status.FAIL if hearing.verdict == "lost" else Status.WARN, detail, remedy)


def output() -> Check:
    """Whether quotes can be played; a mock can do without."""
    from tui.speech.portaudio import exclusive, sound

    sd = sound()
    try:
        with exclusive():
            name = str(sd.query_devices(kind="output")["name"])
    except (sd.PortAudioError, ValueError):
        remedy = "Quotes cannot be played until a loudspeaker or headphones are there."
        return Check("output", "Loudspeaker", Status.WARN, "No output was found.", remedy)
    return Check("output", "Loudspeaker", Status.PASS, name)


def model(services: LocalServices) -> Check:
    """Whether the model in use is here, complete, and what its checksum says."""
    from tui.speech.models import BUNDLE_NOTE, resolve

    engine_name, model_name = services.recogniser
    info = resolve(model_name, engine_name, services.home)
    # Only the model that comes with the installation has a checksum to be held against.
    known = "checksum right" if info.note == BUNDLE_NOTE else "no known checksum"
    return Check(
        "model", "Speech model", Status.PASS, f"{info.name} for {info.engine}, {info.megabytes:.0f} MB, {known}"
    )


def engine(services: LocalServices) -> Check:
    """Whether the engine loads in its process and transcribes, and how fast."""
    from tui.speech.calibration import speed

    engine_name, model_name = services.recogniser
    found = speed(engine_name, model_name, services.home)
    detail = f"{engine_name} takes {found.factor:.2f} s for a second of speech"
    if found.busy:
        detail += "; the machine was busy, by itself it is faster"
    elif found.factor > SLOW:
        return Check("engine", "Recognition", Status.WARN, detail, "Choose a smaller model: see `mockloop models`.")
    return Check("engine", "Recognition", Status.PASS, detail)


def openai_whisper() -> Check:
    """Whether the optional second engine is installed."""
    from tui.speech.openai_whisper_engine import INSTALL, installed

    if installed():
        return Check("openai-whisper", "openai-whisper", Status.PASS, "installed")
    return Check("openai-whisper", "openai-whisper", Status.PASS, f"not installed, not needed; optional: {INSTALL}")


def voice(services: LocalServices) -> Check:
    """What would read questions aloud, and whether it is wanted."""
    from tui.speech.voice_programs import AUTO, OFF, VoiceError, find_program

    wanted = services.profile.voice
    try:
        program = find_program(AUTO if wanted == OFF else wanted)
    except VoiceError as error:
        if wanted == OFF:
            return Check("voice", "Voice", Status.PASS, f"off, and none is installed; optional: {error.remedy}")
        return Check("voice", "Voice", Status.WARN, error.sentence, error.remedy)
    name = program.name if program else "none"
    if wanted == OFF:
        return Check(
            "voice", "Voice", Status.PASS, f"off; {name} is here: `mockloop voice auto` lets it read questions"
        )
    return Check("voice", "Voice", Status.PASS, f"{name} reads questions aloud")
