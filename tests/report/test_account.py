"""What reports know of a mock in the history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.history.real import SETTINGS, add, assessor
from tui.errors import StorageError
from tui.history.store import History
from tui.report.account import account_of


def test_turns_stand_under_their_questions(tmp_path: Path) -> None:
    history = History(tmp_path)
    said = [("", "I rebuilt it."), ("ownership", "I decided on it myself and I own the result."), ("", "Another.")]
    mock = add(history, said, "behavioral")
    (history.folder(mock) / "corrections.json").write_text("{")
    account = account_of(history.load(mock), history.folder(mock))
    assert [[(turn.number, turn.follow_up) for turn in part.turns] for part in account.questions] == [
        [(1, 0), (2, 1)],
        [(3, 0)],
    ]
    assert account.questions[0].turns[1].heard == "heard then: it had to be asked for"
    assert account.revision == 1


def test_a_mock_without_a_score_has_no_account(tmp_path: Path) -> None:
    history = History(tmp_path)
    round_ = assessor().catalogue.rounds["behavioral"]
    mock = history.begin(round_, round_.questions[0], SETTINGS)
    with pytest.raises(StorageError, match="not scored yet"):
        account_of(history.load(mock.id), history.folder(mock.id))
