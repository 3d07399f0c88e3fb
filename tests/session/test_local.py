from __future__ import annotations

import threading
from pathlib import Path

import pytest
import soundfile

from tui import locations
from tui.errors import RubricError, StorageError
from tui.history.code import save_code
from tui.history.types import Mock
from tui.interview import load
from tui.interview.assess import Answered
from tui.interview.sitting import short_sitting
from tui.session.local import LocalServices
from tui.transcript import Transcript


def test_rubrics_are_read_again_when_asked(tmp_path: Path) -> None:
    services = LocalServices(tmp_path)
    first = services.catalogue()
    assert services.catalogue() is first
    rounds = tmp_path / "rubrics" / "rounds"
    rounds.mkdir(parents=True)
    (rounds / "mine.yaml").write_text("id: mine\n")
    again = services.catalogue(again=True)
    assert again is not first
    assert "mine.yaml" in again.warnings[0]


def test_rubrics_that_cannot_be_read_again_stay_as_they_were(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    services = LocalServices(tmp_path)
    first, assessor = services.catalogue(), services.assessor()

    def broken(*_: object) -> None:
        raise RubricError("signals.yaml, line 3: `title` is missing.")

    with monkeypatch.context() as patched:
        patched.setattr(load, "load_catalogue", broken)
        with pytest.raises(RubricError):
            services.catalogue(again=True)
        assert services.catalogue() is first
        assert services.assessor() is assessor


def test_a_home_that_cannot_be_written_is_told_before_the_mock_begins(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("in the way")
    services = LocalServices(tmp_path / "home")
    round_ = services.catalogue().rounds["ml-systems"]
    with pytest.raises(StorageError, match="in the way"):
        services.new_session(short_sitting(round_, round_.questions[0]), None)


def test_a_model_that_is_not_here_is_told_before_the_mock_begins(tmp_path: Path) -> None:
    assert LocalServices(tmp_path).warnings() == ()
    (warning,) = LocalServices(tmp_path, model="no-such-model").warnings()
    assert "no-such-model" in warning
    assert "recorded" in warning


def test_closing_does_not_wait_for_rubrics_that_are_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reading, go_on = threading.Event(), threading.Event()

    def slow(*_: object) -> None:
        reading.set()
        go_on.wait(30)

    monkeypatch.setattr(load, "load_catalogue", slow)
    services = LocalServices(tmp_path)
    reader = threading.Thread(target=services.catalogue)
    reader.start()
    assert reading.wait(30)
    closing = threading.Thread(target=services.close)
    closing.start()
    closing.join(10)
    stuck = closing.is_alive()
    go_on.set()
    reader.join()
    assert not stuck


def scored(services: LocalServices) -> Mock:
    """A scored mock with a second of speech that is still a WAV file."""
    round_ = services.catalogue().rounds["ml-systems"]
    settings = services.settings(None, 1.0, 0.0, "practice")
    mock = services.history.begin(round_, round_.questions[0], settings)
    path = speak(services.history.audio_path(mock.id))
    mock = services.history.recorded(mock.id, path.name, 1.0)
    transcript = Transcript.of_text("We roll back.")
    made = services.assessor().assess([Answered(round_.questions[0], transcript)], round_)
    services.history.save_result(mock.id, [transcript], made)
    return mock


def speak(path: Path) -> Path:
    samples, rate = soundfile.read(locations.demo() / "answer.flac", stop=16_000)
    soundfile.write(path, samples, rate, subtype="PCM_16")
    return path


def test_what_an_earlier_run_left_unpacked_is_packed_at_the_next_start(tmp_path: Path) -> None:
    services = LocalServices(tmp_path)
    mock = scored(services)
    assert not services.unfinished().mocks
    services.close()
    assert [path.name for path in services.history.folder(mock.id).glob("answer-*")] == ["answer-1.flac"]
    assert services.history.load(mock.id).mock.turns[0].audio == "answer-1.flac"


@pytest.mark.parametrize("name", ["null", '"../elsewhere.wav"'])
def test_packing_goes_by_the_files_of_the_mock_whatever_its_record_says(tmp_path: Path, name: str) -> None:
    services = LocalServices(tmp_path)
    mock = scored(services)
    outside = speak(tmp_path / "elsewhere.wav")
    record = services.history.folder(mock.id) / "mock.json"
    record.write_text(record.read_text().replace('"answer-1.wav"', name))
    services.finisher().pack(mock.id)
    services.close()
    assert outside.exists()
    assert services.history.load(mock.id).mock.turns[0].audio == "answer-1.flac"
    assert services.history.unpacked() == []


def test_code_without_a_sound_is_kept(tmp_path: Path) -> None:
    services = LocalServices(tmp_path)
    round_ = services.catalogue().rounds["coding"]
    mock = services.history.begin(round_, round_.questions[0], services.settings(None, 1.0, 0.0, "practice"))
    save_code(services.history.folder(mock.id), 1, "python", "def rotate(m): ...")
    services.history.release(mock.id)
    assert services.history.load(mock.id).mock.id == mock.id
    services.unfinished()
    assert services.history.load(mock.id).mock.id == mock.id
    services.close()
