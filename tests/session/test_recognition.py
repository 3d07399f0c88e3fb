"""What is measured and heard again between mocks, with the real recogniser."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path
from queue import Queue

import pytest

from tests.speech.spoken import CANARY
from tui.history.profile import Profile, load_profile, save_profile
from tui.session.events import Calibrated, Event, Failed, Finished, HeardAgain
from tui.session.local import LocalServices
from tui.session.revising import Revised, Reviser
from tui.speech import calibration
from tui.speech.calibration import Measured
from tui.speech.models import resolve
from tui.speech.types import ModelInfo

PATIENCE = 120.0


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """The default model under another name."""
    info = resolve("tiny.en", "faster-whisper", tmp_path)
    assert info.path
    folder = tmp_path / "other"
    folder.symlink_to(info.path, target_is_directory=True)
    return folder


def recorded(services: LocalServices) -> str:
    """A mock that was interrupted after fifteen seconds of speech."""
    round_ = services.catalogue().rounds["ml-systems"]
    settings = services.settings(None, 60.0, 0.0, "practice")
    mock = services.history.begin(round_, round_.questions[0], settings)
    path = services.history.audio_path(mock.id).with_suffix(".flac")
    shutil.copy(CANARY, path)
    services.history.recorded(mock.id, path.name, 14.85)
    services.history.release(mock.id)
    return mock.id


def until(events: Queue[Event], kind: type[Event]) -> Event:
    while True:
        event = events.get(timeout=PATIENCE)
        assert not isinstance(event, Failed), event
        if isinstance(event, kind):
            return event


def test_a_second_model_hears_a_mock_again_when_no_mock_goes_on(tmp_path: Path, other: Path) -> None:
    services = LocalServices(tmp_path / "home")
    services.set_second(str(other))
    mock, events = recorded(services), Queue[Event]()
    services.recognition.idle.hold("a mock")
    services.finish(mock, events.put)
    finished = until(events, Finished)
    assert isinstance(finished, Finished)
    assert finished.mock.revision == 1
    services.recognition.idle.go_on("a mock")
    heard = until(events, HeardAgain)
    assert isinstance(heard, HeardAgain)
    assert heard.mock == mock
    assert heard.sentence.startswith("Heard again with other: no word differs; ")
    services.close()
    file = LocalServices(tmp_path / "home").history.load(mock)
    assert file.revision == 2
    assert file.postmortem
    assert heard.sentence in file.postmortem.notes
    assert file.postmortem.provenance.model == "other"


def test_leaving_does_not_wait_for_a_second_hearing(
    tmp_path: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = LocalServices(tmp_path / "home")
    services.set_second(str(other))
    mock, events = recorded(services), Queue[Event]()
    began, over, retranscribe = threading.Event(), threading.Event(), Reviser.retranscribe

    def endless(reviser: Reviser, mock_id: str, *, cancel: threading.Event) -> Revised:
        began.set()
        assert cancel.wait(PATIENCE)
        try:
            return retranscribe(reviser, mock_id, cancel=cancel)
        finally:
            over.set()

    monkeypatch.setattr(Reviser, "retranscribe", endless)
    services.finish(mock, events.put)
    assert began.wait(PATIENCE)
    services.close()
    assert over.is_set()
    assert not any(isinstance(event, HeardAgain) for event in events.queue)
    assert LocalServices(tmp_path / "home").history.load(mock).revision == 1


def test_the_model_in_use_and_none_are_no_second_hearing(tmp_path: Path) -> None:
    services = LocalServices(tmp_path)
    assert services.recognition.second is None
    services.set_second("tiny.en")
    assert services.recognition.second is None
    services.set_second("base.en.pt")
    assert services.recognition.second == ("openai-whisper", "base.en.pt")
    (warning,) = services.warnings()
    assert "No second hearing" in warning
    assert "--pull base.en.pt" in warning
    assert load_profile(tmp_path).second == "base.en.pt"


def calibrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, speed: Measured, model: str = "auto") -> list[Event]:
    here = tuple(ModelInfo(name, "faster-whisper", Path("/m") / name, size) for name, size in (("t", 76), ("b", 146)))
    monkeypatch.setattr("tui.speech.models.available", lambda _: here)
    monkeypatch.setattr(calibration, "speed", lambda *_: speed)
    save_profile(tmp_path, Profile(model=model))
    services, told = LocalServices(tmp_path), list[Event]()
    before = services.transcriber()
    services.calibrate(told.append)
    services.calibrate(told.append)
    services.recognition.idle.wait()
    assert (services.transcriber() is before) == (services.recogniser[1] == before.model)
    services.close()
    return told


def test_the_best_model_is_used_once_it_was_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = calibrated(tmp_path, monkeypatch, Measured(0.2))
    assert isinstance(told, Calibrated)
    assert "b keeps up" in told.sentence
    assert LocalServices(tmp_path).recogniser == ("faster-whisper", "b")


def test_a_busy_machine_changes_nothing_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (told,) = calibrated(tmp_path, monkeypatch, Measured(0.2, busy=True))
    assert isinstance(told, Calibrated)
    assert "too busy to tell how fast t and b would be" in told.sentence
    assert LocalServices(tmp_path).recogniser[1] == "tiny.en"


def test_a_pinned_model_is_not_questioned(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert calibrated(tmp_path, monkeypatch, Measured(0.2), model="b") == []
    assert LocalServices(tmp_path).recogniser[1] == "b"
