from __future__ import annotations

import threading
from pathlib import Path

import pytest

from tui.errors import RubricError, StorageError
from tui.interview import load
from tui.interview.sitting import short_sitting
from tui.session.local import LocalServices


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
