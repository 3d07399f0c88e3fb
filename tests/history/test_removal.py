"""Removed mocks are gone, with their audio and every trace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from tui.history import removal
from tui.history.ids import UnknownMockError, is_id
from tui.history.store import History

from .samples import QUESTION, ROUND, SETTINGS, postmortem, record, scored, verdict


def on(day: int) -> datetime:
    return datetime(2026, 11, day, 12, tzinfo=UTC)


def test_a_removed_mock_is_gone_from_disk_and_index(tmp_path: Path) -> None:
    history = History(tmp_path)
    secret = scored(history, postmortem(verdict("confidential_signal"), fix="confidential_signal"))
    kept = scored(history)
    assert b"confidential_signal" in (tmp_path / "mockloop.db").read_bytes()
    assert history.delete([secret.id]) == 1
    assert [row.id for row in history.rows()] == [kept.id]
    assert not (tmp_path / secret.id).exists()
    for path in tmp_path.rglob("*"):
        assert secret.id not in path.name
        if path.is_file():
            assert b"confidential_signal" not in path.read_bytes(), path
            assert secret.id.encode() not in path.read_bytes(), path
    with pytest.raises(UnknownMockError):
        history.load(secret.id)


def test_an_unknown_name_removes_nothing(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = scored(history)
    with pytest.raises(UnknownMockError):
        history.delete([mock.id, "2026-11-22T18-30-05-ml-systems-zzzz"])
    assert (tmp_path / mock.id / "answer-1.wav").exists()


def test_mocks_before_a_day_are_removed(tmp_path: Path) -> None:
    for day in (1, 10, 20):
        scored(History(tmp_path, lambda day=day: on(day)))  # type: ignore[misc]
    history = History(tmp_path)
    assert history.delete_before(date(2026, 11, 10)) == 1
    assert [row.created[:10] for row in history.rows()] == ["2026-11-20", "2026-11-10"]
    assert history.delete_before(date(2026, 11, 1) - timedelta(days=400)) == 0


def test_everything_can_be_removed_and_nothing_else_is(tmp_path: Path) -> None:
    history = History(tmp_path)
    mocks = [scored(history) for _ in range(3)]
    (tmp_path / mocks[0].id / "mock.json").write_bytes(b"torn")
    (tmp_path / "rubrics").mkdir()
    (tmp_path / "rubrics" / "mine.yaml").write_text("id: mine")
    (tmp_path / "README.md").write_text("a note")
    assert history.delete_all() == 3
    assert history.rows() == []
    assert {path.name for path in tmp_path.iterdir()} == {"rubrics", "README.md", "mockloop.db", ".running"}
    assert (tmp_path / "rubrics" / "mine.yaml").exists()


def test_the_mock_being_recorded_here_can_be_dropped(tmp_path: Path) -> None:
    history = History(tmp_path)
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    record(history, mock)
    assert history.delete([mock.id]) == 1
    assert not (tmp_path / mock.id).exists()
    history.release(mock.id)


def test_a_removal_cut_short_is_finished_by_the_next(tmp_path: Path) -> None:
    history = History(tmp_path)
    half, other = scored(history), scored(history)
    (tmp_path / half.id).rename(tmp_path / f".removed-{half.id}")
    assert [row.id for row in history.rows()] == [other.id]
    history.delete([other.id])
    assert not (tmp_path / f".removed-{half.id}").exists()


def test_a_mock_that_another_process_creates_meanwhile_is_no_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    history = History(tmp_path)
    mock, kept = scored(history), scored(history)
    created = tmp_path / kept.id
    created.rename(tmp_path / f".new-{kept.id}")

    def is_finished(name: str) -> bool:
        if name == kept.id and not created.exists():
            (tmp_path / f".new-{kept.id}").rename(created)
        return is_id(name)

    monkeypatch.setattr(removal, "is_id", is_finished)
    assert history.delete([mock.id]) == 1
    assert [row.id for row in history.rows()] == [kept.id]
