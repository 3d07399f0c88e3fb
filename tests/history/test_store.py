"""Mocks are begun, kept, listed and found."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import stat
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tui.errors import StorageError
from tui.history.filters import Wanted
from tui.history.ids import UnknownMockError, is_id
from tui.history.store import History
from tui.history.types import Stage, Turn
from tui.rubric.verdicts import Outcome

from .samples import CODING, QUESTION, ROUND, SETTINGS, postmortem, record, scored, transcript, verdict


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path / "home")


class Clock:
    """Local time that only moves when told."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 18, 30, 5, tzinfo=timezone(timedelta(hours=2)))

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


def test_a_mock_is_on_disk_before_it_is_recorded(history: History) -> None:
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    assert is_id(mock.id)
    assert mock.stage is Stage.RECORDING
    data = json.loads((history.folder(mock.id) / "mock.json").read_text())
    assert (data["schema"], data["stage"], data["round"]) == (1, "recording", "ml-systems")
    assert data["turns"][0]["prompt"] == QUESTION.prompt
    assert history.load(mock.id).mock == mock


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_nobody_else_may_look(history: History) -> None:
    mock = scored(history)
    paths = [history.home, *history.home.rglob("*")]
    assert history.folder(mock.id) in paths
    assert all(
        stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        for path in paths
        if path.suffix != ".wav"
    )


def test_what_was_saved_is_loaded_as_it_was(history: History) -> None:
    mock = scored(history)
    found = history.load(mock.id)
    assert (found.mock.stage, found.mock.turns[0].audio, found.mock.turns[0].end) == (
        Stage.SCORED,
        "answer-1.wav",
        12.0,
    )
    assert found.transcript == transcript()
    assert found.postmortem == postmortem()
    assert found.audio == str(history.folder(mock.id) / "answer-1.wav")


def test_a_second_reading_overwrites_nothing(history: History) -> None:
    mock = scored(history)
    before = {path.name: path.read_bytes() for path in history.folder(mock.id).glob("*.1.json")}
    assert history.save_result(mock.id, [transcript("We canary")], postmortem(fix="metric")) == 2
    folder = history.folder(mock.id)
    assert {path.name: path.read_bytes() for path in folder.glob("*.1.json")} == before
    assert {path.name for path in folder.glob("*.2.json")} == {"transcript-1.2.json", "postmortem.2.json"}
    found = history.load(mock.id)
    assert found.transcript == transcript("We canary")
    assert [row.fix_signal for row in history.rows()] == ["metric"]


def test_a_recording_that_became_flac_is_found(history: History) -> None:
    mock = scored(history)
    (history.folder(mock.id) / "answer-1.wav").rename(history.folder(mock.id) / "answer-1.flac")
    assert history.load(mock.id).audio == str(history.folder(mock.id) / "answer-1.flac")


def test_a_text_has_no_audio_and_no_length(history: History) -> None:
    mock = history.begin(ROUND, None, replace(SETTINGS, source="score"))
    history.recorded(mock.id, None, None)
    history.save_result(mock.id, [replace(transcript(), audio_seconds=None)], postmortem())
    assert history.load(mock.id).audio is None
    assert history.rows()[0].seconds is None


def test_a_recording_must_be_in_the_mocks_own_folder(history: History) -> None:
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    (history.home / "elsewhere.wav").write_bytes(b"x")
    for name in ("../elsewhere.wav", "missing.wav", str(history.home / "elsewhere.wav")):
        with pytest.raises(StorageError):
            history.recorded(mock.id, name, 1.0)


def test_rows_are_newest_first_and_can_be_limited(tmp_path: Path) -> None:
    history = History(tmp_path, Clock())
    mocks = [scored(history), scored(history, round_=CODING), history.begin(ROUND, QUESTION, SETTINGS)]
    assert [row.id for row in history.rows()] == [mock.id for mock in reversed(mocks)]
    assert [row.id for row in history.rows(2)] == [mocks[2].id, mocks[1].id]
    assert [row.id for row in history.rows(10, Wanted(round="coding"))] == [mocks[1].id]
    row = history.rows(1, Wanted(round="coding"))[0]
    assert (row.round_title, row.overall, row.stage, row.seconds) == ("Coding", 50.0, Stage.SCORED, 12.0)
    assert (row.root_cause, row.fix_signal) == ("Weak production thinking", "rollback")
    assert history.last() == mocks[2].id


def test_two_hundred_mocks_are_listed(tmp_path: Path) -> None:
    history = History(tmp_path, Clock())
    first = scored(history)
    content = {path.name: path.read_bytes() for path in history.folder(first.id).iterdir()}
    for number in range(200):
        folder = tmp_path / f"2026-10-01T10-{number // 60:02d}-{number % 60:02d}-ml-systems-aaaa"
        folder.mkdir()
        for name, data in content.items():
            (folder / name).write_bytes(data)
    rows = history.rows()
    assert len(rows) == 201
    assert len({row.id for row in rows}) == 201
    assert all(row.overall == 50.0 for row in rows)
    assert len(history.rows(20)) == 20


def test_takes_count_answers_and_not_demonstrations(history: History) -> None:
    scored(history, source="demo")
    assert scored(history).take == 1
    assert scored(history).take == 2
    assert history.takes(QUESTION.id) == 2
    assert history.takes("other") == 0


def test_the_least_practised_question_comes_first_and_then_the_order_of_the_file(history: History) -> None:
    other = replace(QUESTION, id="other")
    round_ = replace(ROUND, questions=(QUESTION, other))
    assert history.least_practised(round_) == QUESTION
    scored(history)
    assert history.least_practised(round_) == other


def test_focus_is_the_last_fix_with_how_often_it_was_missed(tmp_path: Path) -> None:
    history = History(tmp_path, Clock())
    assert history.focus() is None
    for _ in range(9):
        scored(history)
    scored(history, postmortem(verdict("rollback", Outcome.DEMONSTRATED), fix="tests"))
    scored(history, postmortem(verdict("rollback", Outcome.CANT_TELL), fix=None))
    mock = scored(history)
    scored(history, postmortem(verdict("rollback"), fix="rollback", score=None))
    scored(history, postmortem(verdict("tests"), fix="tests"), source="demo")
    focus = history.focus()
    assert focus is not None
    # The last ten that list it: eight missed, one heard, one that cannot tell.
    assert (focus.signal, focus.mock, focus.misses, focus.heard_of) == ("rollback", mock.id, 8, 9)
    assert (focus.advice, focus.example) == ("Say how you go back.", "We flip the flag.")


def test_a_fix_without_a_signal_is_a_focus_too(history: History) -> None:
    scored(history, postmortem(fix=""))
    focus = history.focus()
    assert focus is not None
    assert (focus.signal, focus.misses, focus.heard_of) == ("", 0, 0)


def test_names_are_resolved(tmp_path: Path) -> None:
    history = History(tmp_path, Clock())
    with pytest.raises(UnknownMockError, match="no mocks yet"):
        history.resolve("last")
    first, second = scored(history), scored(history, round_=CODING)
    assert history.resolve("last") == second.id
    assert history.resolve(first.id) == first.id
    assert history.resolve(first.id[:-6]) == first.id
    assert history.resolve(second.id[-4:]) == second.id
    with pytest.raises(UnknownMockError, match="could be") as many:
        history.resolve("2026-11-22")
    assert first.id in str(many.value)
    with pytest.raises(UnknownMockError, match="Did you mean") as near:
        history.resolve(first.id[:-1] + "!")
    assert first.id in str(near.value)
    assert near.value.exit_code == 2
    with pytest.raises(UnknownMockError, match="There is no mock without a name"):
        history.resolve("")


@pytest.mark.parametrize("name", ["..", ".", "", "/etc", "../home", "profile.json", "a\x1b[31m", "2026", "*"])
def test_a_name_is_never_a_path(history: History, name: str) -> None:
    scored(history)
    if name != "2026":
        with pytest.raises(UnknownMockError) as caught:
            history.resolve(name)
        assert "\x1b" not in str(caught.value)
    for ask in (history.load, history.folder, history.audio_path, history.claim):
        with pytest.raises(UnknownMockError):
            ask(name)
    with pytest.raises(UnknownMockError):
        history.delete([name])
    assert len(history.rows()) == 1


def test_a_link_is_no_mock(history: History, tmp_path: Path) -> None:
    mock = scored(history)
    outside = tmp_path / "outside"
    history.folder(mock.id).rename(outside)
    (history.home / mock.id).symlink_to(outside)
    assert history.rows() == []
    with pytest.raises(UnknownMockError):
        history.delete([mock.id])
    assert (outside / "answer-1.wav").exists()


def test_an_answer_holds_until_a_mock_changes(history: History) -> None:
    first = scored(history)
    asked: list[str] = []

    def ask(connection: sqlite3.Connection) -> int:
        asked.append("")
        return int(connection.execute("SELECT count(*) FROM mocks WHERE stage = 'scored'").fetchone()[0])

    def known() -> tuple[int, int]:
        found = history.answer("scored", ask)
        return found, len(asked)

    assert known() == known() == (1, 1)
    assert history.answer("something else", ask) == 1
    scored(History(history.home))
    assert known() == known() == (2, 3)
    history.rate(first.id, {"ml_systems": 2})
    assert known() == (2, 4)
    shutil.rmtree(history.folder(first.id))
    assert known() == (1, 5)


def test_an_answer_that_fails_is_asked_again(history: History) -> None:
    scored(history)
    with pytest.raises(StorageError):
        history.answer("rows", lambda connection: connection.execute("SELECT nothing"))
    assert history.answer("rows", lambda connection: connection.execute("SELECT 3").fetchone()) == (3,)


def test_an_empty_home_is_not_created_by_looking(history: History) -> None:
    assert (history.rows(), history.unfinished(), history.last(), history.focus()) == ([], [], None, None)
    assert not history.home.exists()


def test_text_is_cleaned_on_the_way_in(history: History) -> None:
    mock = scored(history)
    path = history.folder(mock.id) / "mock.json"
    path.write_text(path.read_text().replace("Rank the home page", "\\u001b[31mRank"))
    assert history.load(mock.id).mock.question_title == "Rank"
    assert history.rows()[0].question_title == "Rank"


def test_the_index_is_a_real_database(history: History) -> None:
    scored(history)
    with sqlite3.connect(history.home / "mockloop.db") as connection:
        found = connection.execute("SELECT signal, outcome FROM verdicts ORDER BY signal").fetchall()
    assert found == [("monitoring", "demonstrated"), ("rollback", "missed")]


def test_a_name_longer_than_any_files_is_told(history: History) -> None:
    mock = scored(history)
    path = history.folder(mock.id) / "mock.json"
    path.write_text(path.read_text().replace("answer-1.wav", "a" * 5000 + ".wav"))
    with pytest.raises(StorageError, match="File name too long"):
        history.load(mock.id)
    assert history.audio_path(mock.id).exists()


def test_a_header_alone_is_no_recording(history: History) -> None:
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    record(history, mock, b"RIFF" + bytes(40))
    assert history.load(mock.id).audio is None


def test_every_turn_keeps_its_audio_and_its_transcript(history: History) -> None:
    mock = history.begin(ROUND, QUESTION, SETTINGS)
    follow_up = Turn(QUESTION.id, "What must not get worse?", None, "follow_up", "guardrail_named", start=2.0)
    assert history.add_turn(mock.id, follow_up) == 2
    for number, end in ((1, 2.0), (2, 5.0)):
        path = history.audio_path(mock.id, number)
        path.write_bytes(bytes(1000))
        history.recorded(mock.id, path.name, end, number)
    history.save_result(mock.id, [transcript("The answer"), transcript("The guardrail")], postmortem())
    found = history.load(mock.id)
    assert [answer.transcript and answer.transcript.text for answer in found.answers] == ["The answer", "The guardrail"]
    assert [Path(answer.audio or "").name for answer in found.answers] == ["answer-1.wav", "answer-2.wav"]
    assert found.answers[1].turn.follow_up
    assert found.answers[1].turn.about == "guardrail_named"
    assert history.rows()[0].seconds == 5.0
