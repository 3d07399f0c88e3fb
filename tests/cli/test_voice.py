"""Choosing a voice on the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke
from tui.cli.voice import CHOICES
from tui.speech import voice_programs
from tui.speech.voice_programs import VoiceProgram


def test_it_is_off_until_chosen_and_kept(invoke: Invoke, own_folders: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voice_programs, "_piper", lambda: VoiceProgram("piper, joe", ("true",)))
    assert invoke("voice").out == "Questions are not read aloud.\n"
    assert invoke("voice", "auto").out == "Questions are read aloud by piper, joe.\n"
    assert invoke("voice", "--json").json["voice"] == "auto"
    profile = own_folders / "home" / "profile.json"
    assert json.loads(profile.read_text())["voice"] == "auto"
    assert invoke("voice", "off").out == "Questions are not read aloud.\n"


def test_what_is_not_installed_is_not_chosen(
    invoke: Invoke, own_folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_programs, "_piper", lambda: None)
    found = invoke("voice", "piper")
    assert found.code == 1
    assert "is not installed" in found.error_line
    assert not (own_folders / "home" / "profile.json").exists()
    assert invoke("voice", "loud").code == 2


def test_the_choices_are_those_of_the_programs() -> None:
    assert CHOICES == voice_programs.CHOICES
