"""Killed processes, torn files, two processes at once, homes that cannot be written."""

from __future__ import annotations

import errno
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from tui.errors import AudioFileError, StorageError
from tui.history import atomic
from tui.history.recover import recover
from tui.history.store import History
from tui.history.types import Stage, Turn
from tui.report.account import Account

from .samples import QUESTION, ROUND, SAMPLES, SETTINGS, postmortem, record, scored, transcript

RECORDER = """
import sys, time
from pathlib import Path
from history.samples import QUESTION, ROUND, SETTINGS, SAMPLES
from tui.history.store import History
history = History(Path(sys.argv[1]))
mock = history.begin(ROUND, QUESTION, SETTINGS)
history.audio_path(mock.id).write_bytes(SAMPLES)
print(mock.id, flush=True)
time.sleep(60)
"""
WRITER = """
import sys
from pathlib import Path
from history.samples import scored
from tui.history.store import History
history = History(Path(sys.argv[1]))
for _ in range(8):
    scored(history)
    history.rows()
    history.unfinished()
"""


def start(script: str, home: Path) -> subprocess.Popen[str]:
    tests = Path(__file__).parents[1]
    path = os.pathsep.join([str(tests), str(tests.parent)])
    return subprocess.Popen(
        [sys.executable, "-c", script, str(home)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    )


def two_seconds(path: Path) -> float:
    assert path.read_bytes() == SAMPLES
    return 2.0


def test_a_mock_of_a_living_process_is_not_offered_and_that_of_a_killed_one_is(tmp_path: Path) -> None:
    history = History(tmp_path)
    process = start(RECORDER, tmp_path)
    try:
        assert process.stdout is not None
        mock_id = process.stdout.readline().strip()
        assert [row.id for row in history.rows()] == [mock_id]
        assert history.unfinished() == []
        assert recover(history, two_seconds).mocks == ()
        assert not history.claim(mock_id)
        with pytest.raises(StorageError, match="Another mockloop is working"):
            history.delete_all()
        assert history.audio_path(mock_id).exists()
    finally:
        process.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    (mock,) = recover(history, two_seconds).mocks
    assert (mock.id, mock.stage, mock.turns[0].audio, mock.turns[0].end) == (
        mock_id,
        Stage.RECORDED,
        "answer-1.wav",
        2.0,
    )
    assert history.claim(mock_id)
    history.save_result(mock_id, [transcript()], postmortem())
    assert history.unfinished() == []
    assert history.rows()[0].overall == 50.0


def test_a_mock_that_was_killed_in_a_later_answer_is_mended_there(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    history.recorded(mock.id, record(history, mock).name, 12.0)
    history.add_turn(mock.id, Turn(QUESTION.id, "How would you go back?", None, "follow_up", "rollback", start=12.0))
    history.audio_path(mock.id, 2).write_bytes(SAMPLES)
    history.release(mock.id)
    mended: list[str] = []

    def repair(path: Path) -> float:
        mended.append(path.name)
        return 2.0

    (found,) = recover(history, repair).mocks
    assert mended == ["answer-2.wav"]
    assert [(turn.audio, turn.end) for turn in found.turns] == [("answer-1.wav", 12.0), ("answer-2.wav", 14.0)]
    assert history.load(mock.id).mock == found
    assert history.claim(mock.id)


def test_one_finisher_at_a_time(tmp_path: Path) -> None:
    first, second = History(tmp_path), History(tmp_path)
    mock = first.begin(ROUND, QUESTION, SETTINGS)
    first.recorded(mock.id, record(first, mock).name, 2.0)
    assert second.unfinished() == []
    assert not second.claim(mock.id)
    first.release(mock.id)
    assert [each.id for each in first.unfinished()] == [mock.id]
    assert second.claim(mock.id)
    assert first.unfinished() == []


def test_what_was_begun_passes_to_one_finisher_of_the_same_process(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    history.recorded(mock.id, record(history, mock).name, 2.0)
    assert history.claim(mock.id)
    assert not history.claim(mock.id)
    history.release(mock.id)
    assert history.claim(mock.id)
    assert not history.claim(mock.id)


def test_a_mock_in_a_folder_that_cannot_be_read_is_left_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    record(history, mock)

    def broken(*_: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "iterdir", broken)
        history.release(mock.id)
    assert [each.id for each in History(tmp_path).unfinished()] == [mock.id]


def test_a_mock_that_is_about_to_be_recorded_here_is_not_swept_away(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    assert recover(history, two_seconds).mocks == ()
    assert history.folder(mock.id).is_dir()
    history.recorded(mock.id, record(history, mock).name, 2.0)
    assert history.claim(mock.id)
    history.drop_empty()
    assert not history.claim(mock.id)


def test_a_mock_that_was_left_without_a_sound_goes(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    record(history, mock, SAMPLES[:44])
    history.release(mock.id)
    assert history.rows() == []
    assert not (tmp_path / mock.id).exists()


def test_a_mock_that_was_killed_before_a_sound_goes(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    assert recover(History(tmp_path), two_seconds).mocks == ()
    assert [row.id for row in history.rows()] == [mock.id]
    shutil.rmtree(tmp_path / ".running")
    assert recover(History(tmp_path), two_seconds).mocks == ()
    assert History(tmp_path).rows() == []


def test_a_recording_beyond_repair_is_reported_and_kept(tmp_path: Path) -> None:
    history = History(tmp_path)
    good, bad = (history.begin(ROUND, QUESTION, SETTINGS) for _ in range(2))
    for mock in (good, bad):
        record(history, mock)
        history.release(mock.id)

    def repair(path: Path) -> float:
        if path.parent.name == bad.id:
            raise AudioFileError("It is not a WAV file.")
        return 2.0

    found = recover(history, repair)
    assert [mock.id for mock in found.mocks] == [good.id]
    assert found.problems == (f"The recording of {bad.id} could not be mended: It is not a WAV file.",)
    assert (tmp_path / bad.id / "answer-1.wav").read_bytes() == SAMPLES


def test_a_flac_whose_name_was_never_noted_is_finished(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    record(history, mock).rename(tmp_path / mock.id / "answer-1.flac")
    history.release(mock.id)
    (found,) = recover(history, two_seconds).mocks
    assert (found.stage, found.turns[0].audio, found.turns[0].end) == (Stage.RECORDED, "answer-1.flac", None)
    history.save_result(mock.id, [transcript()], postmortem())
    assert history.rows()[0].seconds == 12.0


@pytest.mark.parametrize("content", [b"", b'{"schema": 1, "id": "2026', b"[]", b'{"schema": 1}', b"\xff\xfe\x00"])
def test_a_torn_mock_is_survived(tmp_path: Path, content: bytes) -> None:
    history = History(tmp_path)
    torn, good = scored(history), scored(history)
    (tmp_path / torn.id / "mock.json").write_bytes(content)
    assert [row.id for row in history.rows()] == [good.id]
    assert history.focus() is not None
    with pytest.raises(StorageError, match="damaged"):
        history.load(torn.id)
    report = history.reindex()
    assert report.mocks == 1
    assert [damage.id for damage in report.damaged] == [torn.id]
    assert (tmp_path / torn.id / "answer-1.wav").read_bytes() == SAMPLES
    assert history.resolve(torn.id) == torn.id
    assert history.delete([torn.id]) == 1
    assert history.reindex().damaged == ()


def test_a_torn_reading_shows_the_one_before(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = scored(history)
    history.save_result(mock.id, [transcript("New words")], postmortem(fix="tests"))
    (tmp_path / mock.id / "postmortem.2.json").write_bytes(b'{"sche')
    found = history.load(mock.id)
    assert found.postmortem is not None
    assert found.postmortem.fix == postmortem().fix
    assert "newest reading of this mock is damaged" in found.postmortem.notes[-1]
    assert found.transcript == transcript()
    assert history.save_result(mock.id, [transcript()], postmortem()) == 3


def test_a_torn_transcript_does_not_hide_the_postmortem(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = scored(history)
    (tmp_path / mock.id / "transcript-1.1.json").write_bytes(b"{")
    found = history.load(mock.id)
    assert found.transcript is None
    assert found.postmortem is not None
    assert "transcript cannot be shown" in found.postmortem.notes[-1]


def test_a_mock_without_any_readable_reading_is_listed_and_reported(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = scored(history)
    (tmp_path / mock.id / "postmortem.1.json").write_bytes(b"{")
    report = history.reindex()
    assert (report.mocks, [damage.id for damage in report.damaged]) == (1, [mock.id])
    row = history.rows()[0]
    assert (row.overall, row.unscored) == (None, "The reading of this mock is damaged; score it again.")


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_reading_with_what_is_no_number_is_damaged_and_hides_no_other_mock(tmp_path: Path, number: str) -> None:
    history = History(tmp_path)
    bad, good = scored(history), scored(history)
    path = tmp_path / bad.id / "postmortem.1.json"
    path.write_text(re.sub(r'"credit": [\d.]+', f'"credit": {number}', path.read_text()))
    report = history.reindex()
    assert [(damage.id, damage.sentence) for damage in report.damaged] == [
        (bad.id, f"{bad.id}/postmortem.1.json is damaged: it is not JSON.")
    ]
    assert {row.id: row.overall for row in history.rows()} == {bad.id: None, good.id: 50.0}


def test_a_number_beyond_all_measure_is_damage_and_hides_no_other_mock(tmp_path: Path) -> None:
    history = History(tmp_path)
    bad, good = scored(history), scored(history)
    path = tmp_path / bad.id / "postmortem.1.json"
    path.write_text(path.read_text().replace('"question": 1', f'"question": {10**30}'))
    report = history.reindex()
    assert [damage.id for damage in report.damaged] == [bad.id]
    assert "far too large" in report.damaged[0].sentence
    assert [row.id for row in history.rows()] == [good.id]
    found = history.load(bad.id).postmortem
    assert found
    assert [part.number for part in Account(found).questions] == [1, 10**30]


def test_a_file_of_a_newer_mockloop_is_named(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = scored(history)
    path = tmp_path / mock.id / "mock.json"
    path.write_text(path.read_text().replace('"schema": 1', '"schema": 7'))
    with pytest.raises(StorageError, match=r"newer mockloop \(schema 7\).*Update"):
        history.load(mock.id)


@pytest.mark.parametrize("damage", ["missing", "garbage", "torn", "older", "newer", "no tables", "rows lost"])
def test_the_index_comes_back_by_itself(tmp_path: Path, damage: str) -> None:
    mock = scored(History(tmp_path))
    path = tmp_path / "mockloop.db"
    if damage == "missing":
        path.unlink()
    elif damage == "garbage":
        path.write_bytes(b"not a database at all" * 500)
    elif damage == "torn":
        path.write_bytes(path.read_bytes()[:5000])
    else:
        connection = sqlite3.connect(path)
        version = {"older": 0, "newer": 99}.get(damage, 1)
        connection.execute(f"PRAGMA user_version = {version}")
        if damage == "no tables":
            connection.execute("DROP TABLE mocks")
        if damage == "rows lost":
            connection.execute("DELETE FROM mocks")
        connection.commit()
        connection.close()
    history = History(tmp_path)
    assert [row.id for row in history.rows()] == [mock.id]
    assert history.focus() is not None
    with sqlite3.connect(path) as again:
        assert again.execute("SELECT id FROM mocks").fetchall() == [(mock.id,)]


def test_an_index_damaged_while_open_comes_back(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = scored(history)
    (tmp_path / "mockloop.db").write_bytes(b"x" * 9000)
    assert [row.id for row in history.rows()] == [mock.id]


def test_folders_that_come_and_go_by_hand_are_noticed(tmp_path: Path) -> None:
    history = History(tmp_path / "home")
    first, second = scored(history), scored(history)
    (tmp_path / "home" / first.id).rename(tmp_path / first.id)
    assert [row.id for row in history.rows()] == [second.id]
    (tmp_path / first.id).rename(tmp_path / "home" / first.id)
    assert {row.id for row in history.rows()} == {first.id, second.id}


def test_two_processes_write_to_one_home(tmp_path: Path) -> None:
    processes = [start(WRITER, tmp_path) for _ in range(2)]
    assert [process.wait(timeout=120) for process in processes] == [0, 0]
    for process in processes:
        assert process.stdout is not None
        process.stdout.close()
    history = History(tmp_path)
    assert len(history.rows()) == 16
    assert history.reindex().damaged == ()
    assert all(row.overall == 50.0 for row in history.rows())
    connection = sqlite3.connect(tmp_path / "mockloop.db")
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def test_a_file_in_place_of_the_home_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    history = History(tmp_path / "home")
    for ask in (history.rows, history.unfinished, lambda: history.begin(ROUND, QUESTION, SETTINGS)):
        with pytest.raises(StorageError, match="A file is in the way") as caught:
            ask()
        assert caught.value.remedy


def test_a_read_only_home_can_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mock = scored(History(tmp_path))
    (tmp_path / "mockloop.db").unlink()

    def refuse(*_: object, **__: object) -> int:
        raise OSError(errno.EROFS, "Read-only file system")

    monkeypatch.setattr(os, "open", refuse)
    monkeypatch.setattr(Path, "mkdir", refuse)
    history = History(tmp_path)
    assert [row.id for row in history.rows()] == [mock.id]
    assert history.load(mock.id).postmortem is not None
    assert history.unfinished() == []
    with pytest.raises(StorageError, match="read-only") as caught:
        history.begin(ROUND, QUESTION, SETTINGS)
    assert "--home" in caught.value.remedy


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_without_permission_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(StorageError, match="no permission"):
            History(tmp_path).begin(ROUND, QUESTION, SETTINGS)
    finally:
        tmp_path.chmod(0o700)


def test_a_nearly_full_disk_is_said_before_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**9, 10**9 - 5 * 10**6, 5 * 10**6))
    with pytest.raises(StorageError, match="almost full: 5 MB are free"):
        History(tmp_path).begin(ROUND, QUESTION, SETTINGS)
    assert not any(path.is_dir() for path in tmp_path.iterdir())


def test_a_disk_that_fills_up_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    history = History(tmp_path)
    mock = scored(history)
    before = sorted(path.name for path in (tmp_path / mock.id).iterdir())

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(atomic.os, "fsync", full)
        with pytest.raises(StorageError, match="The disk is full"):
            history.save_result(mock.id, [transcript("New")], postmortem())
    assert sorted(path.name for path in (tmp_path / mock.id).iterdir()) == before
    assert history.load(mock.id).transcript == transcript()
