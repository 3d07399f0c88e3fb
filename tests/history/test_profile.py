"""Settings are kept, and a damaged file costs no more than the settings."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from tui.errors import StorageError
from tui.history.profile import Profile, load_profile, save_profile


def test_settings_come_back(tmp_path: Path) -> None:
    assert load_profile(tmp_path / "home") == Profile()
    chosen = Profile("USB microphone", 2, "openai-whisper", "base", "auto")
    save_profile(tmp_path / "home", chosen)
    assert load_profile(tmp_path / "home") == chosen


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"device": "x"}', b'{"schema": 1, "device": 4}', b'{"schema": 1, "channel": 0}', b"\xff\x00"],
)
def test_a_damaged_file_is_kept_aside(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "profile.json").write_bytes(content)
    profile = load_profile(tmp_path)
    assert replace(profile, warning="") == Profile()
    (kept,) = tmp_path.glob("profile.damaged-*.json")
    assert kept.read_bytes() == content
    assert kept.name in profile.warning
    save_profile(tmp_path, replace(profile, device="mic"))
    assert load_profile(tmp_path) == Profile("mic")


def test_settings_of_a_newer_mockloop_are_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "profile.json"
    path.write_text('{"schema": 9, "device": {"id": 3}}')
    assert "newer mockloop" in load_profile(tmp_path).warning
    with pytest.raises(StorageError, match="not saved"):
        save_profile(tmp_path, Profile())
    assert json.loads(path.read_text())["schema"] == 9


def test_what_others_keep_in_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "profile.json").write_text('{"schema": 1, "interview_date": "2026-12-24"}')
    save_profile(tmp_path, replace(load_profile(tmp_path), model="base"))
    data = json.loads((tmp_path / "profile.json").read_text())
    assert (data["interview_date"], data["model"]) == ("2026-12-24", "base")
    assert "warning" not in data


def test_text_from_the_file_is_cleaned(tmp_path: Path) -> None:
    (tmp_path / "profile.json").write_text('{"schema": 1, "device": "\\u001b[31mmic"}')
    assert load_profile(tmp_path).device == "mic"
