"""An interrupted mock is offered and finished on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import soundfile

from tests.cli.conftest import ANSWER, Invoke
from tui.cli import interrupted
from tui.history.store import History
from tui.history.types import Stage
from tui.session.local import LocalServices


@pytest.fixture
def left(own_folders: Path) -> str:
    """The id of a mock whose recording was cut off after fifteen seconds."""
    services = LocalServices(own_folders / "home")
    round_ = services.catalogue().rounds["ml-systems"]
    mock = services.history.begin(round_, round_.questions[0], services.settings(None, 60.0, 0.0, "practice"))
    samples, rate = soundfile.read(ANSWER, stop=15 * 16_000)
    soundfile.write(services.history.audio_path(mock.id), samples, rate, subtype="PCM_16")
    services.history.release(mock.id)
    services.close()
    return mock.id


def test_the_last_one_is_finished(invoke: Invoke, left: str, own_folders: Path) -> None:
    done = invoke("practice", "--finish", "last", "--json")
    assert done.code == 0, done.err
    assert done.json["id"] == left
    assert "assuming" in done.json["transcript"]["text"]
    assert History(own_folders / "home").load(left).mock.stage is Stage.SCORED
    again = invoke("practice", "--finish", left)
    assert again.code == 2
    assert f"mockloop show {left}" in again.error_line
    none = invoke("practice", "--finish", "last")
    assert none.code == 2
    assert "No interrupted mock" in none.error_line


def test_a_person_is_asked_and_a_script_is_told(
    left: str, own_folders: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    services = LocalServices(own_folders / "home")
    said: list[str] = []
    interrupted.offer(services, said.append, attended=False)
    assert "mockloop practice --finish last" in said[0]
    monkeypatch.setattr("click.confirm", lambda _: False)
    interrupted.offer(services, said.append, attended=True)
    assert f"--finish {left}" in said[1]
    monkeypatch.setattr("click.confirm", lambda _: True)
    interrupted.offer(services, said.append, attended=True)
    services.close()
    assert f"Kept as {left}" in capsys.readouterr().out
    assert services.unfinished().mocks == ()


def test_a_recording_that_cannot_be_read_is_one_line_and_stays(invoke: Invoke, left: str, own_folders: Path) -> None:
    audio = own_folders / "home" / left / "answer-1.wav"
    shutil.copy(audio, audio.with_suffix(".flac"))
    audio.unlink()
    audio.with_suffix(".flac").write_bytes(b"fLaC" + bytes(5000))
    done = invoke("practice", "--finish", "last")
    assert f"{audio.with_suffix('.flac')} is not audio that can be read" in done.error_line
    assert (done.code, done.out) == (2, "")
    assert audio.with_suffix(".flac").read_bytes() == b"fLaC" + bytes(5000)


def test_the_other_options_do_not_go_with_it(invoke: Invoke) -> None:
    assert invoke("practice", "--finish", "last", "--minutes", "3").code == 2
    assert "--round" in invoke("practice").error_line
