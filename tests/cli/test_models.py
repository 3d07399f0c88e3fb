"""`mockloop models`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Invoke
from tui.speech.calibration import Measured


def test_the_default_model_is_here_and_others_can_be_pulled(invoke: Invoke) -> None:
    found = {(each["engine"], each["name"]): each for each in invoke("models", "--json", "--no-speed").json}
    default = found["faster-whisper", "tiny.en"]
    assert default["here"]
    assert default["megabytes"] > 50
    assert not found["faster-whisper", "base.en"]["here"]
    assert found["faster-whisper", "base.en"]["path"] is None


def test_speed_is_measured_once_and_kept(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr("tui.speech.calibration.speed", lambda *given: asked.append(given[1]) or Measured(0.25))
    for arguments in (("models", "--json"), ("models", "--json"), ("models", "--json", "--no-speed")):
        (default,) = [each for each in invoke(*arguments).json if each["here"]]
        assert (default["real_time_factor"], default["used"]) == (0.25, True)
    assert len(asked) == 1
    invoke("models", "--measure")
    assert len(asked) == 2


def test_a_model_is_pinned_and_let_go(invoke: Invoke, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert invoke("models", "--use", "tiny.en", "--json").json["pinned"]
    assert "tiny.en" in invoke("models", "--use", "auto").out
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tiny.en").mkdir()
    assert invoke("models", "--use", "tiny.en", "--json").json["model"] == "tiny.en"
    missing = invoke("models", "--use", "base.en")
    assert (missing.code, missing.out) == (1, "")
    assert missing.error_line.partition(". ")[0].endswith("`mockloop models --pull base.en` fetches it")
    assert "fetches it, if there is one by that name." in invoke("models", "--use", "huge.en").error_line
    assert invoke("models", "--use", "tiny.en", "--measure").code == 2


def test_a_busy_machine_is_told_and_nothing_is_kept(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.speech.calibration.speed", lambda *_: Measured(0.75, busy=True))
    found = invoke("models").out
    assert "0.75 x (busy)" in found
    assert "measured again next time" in found
    (default,) = [each for each in invoke("models", "--json", "--no-speed").json if each["here"]]
    assert (default["real_time_factor"], default["measured_busy"]) == (None, False)


def test_a_second_model_is_chosen_and_let_go(invoke: Invoke, tmp_path: Path) -> None:
    known = next(each for each in invoke("models", "--json", "--no-speed").json if each["here"])
    other = tmp_path / "other"
    other.symlink_to(known["path"], target_is_directory=True)
    chosen = invoke("models", "--second", str(other), "--json").json
    assert chosen == {"second": {"engine": "faster-whisper", "model": str(other)}}
    assert "heard again with" in invoke("models", "--no-speed").out
    assert "once" in invoke("models", "--second", "off").out
    assert invoke("models", "--second", "tiny.en", "--json").json == {"second": None}
    missing = invoke("models", "--second", "base.en")
    assert (missing.code, missing.out) == (1, "")
    assert "--pull base.en" in missing.error_line
    assert invoke("models", "--second", "off", "--use", "auto").code == 2


def test_table_tells_how_to_pull(invoke: Invoke) -> None:
    found = invoke("models", "--no-speed")
    assert found.out.splitlines()[0].split() == ["NAME", "ENGINE", "SIZE", "SPEED", "USED", "WHERE"]
    assert "mockloop models --pull base.en" in found.out


def test_pull_without_a_network_is_one_line(invoke: Invoke, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    found = invoke("models", "--pull", "base.en")
    assert (found.code, found.out) == (1, "")
    assert "base.en" in found.error_line


def test_pull_of_an_unknown_model(invoke: Invoke) -> None:
    for name in ("no-such-model", "../up", ""):
        found = invoke("models", "--pull", name)
        assert (found.code, found.out) == (2, "")
        assert found.error_line.startswith("mockloop: ")
