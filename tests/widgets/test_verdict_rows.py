from __future__ import annotations

from pathlib import Path

from tests.history import real
from tui.history.store import History
from tui.report.account import account_of
from tui.widgets.verdict_rows import Heading, SignalRow, rows_of


def test_verdicts_stand_by_question_with_key_points_apart(tmp_path: Path) -> None:
    history = History(tmp_path / "home")
    texts = [each["text"] for each in real.labelled() if each["round"] == "ml-systems"][:3]
    mock = real.add(history, [("", texts[0]), ("rollback", texts[1]), ("", texts[2])], "ml-systems")
    account = account_of(history.load(mock), history.folder(mock))
    rows = rows_of(account)
    headings = [row for row in rows if isinstance(row, Heading)]
    first, second = (part.title for part in account.questions)
    assert [row.text for row in headings] == [
        *(f"Question 1: {first}", "Signals", "Key points of this question"),
        *(f"Question 2: {second}", "Signals", "Key points of this question"),
    ]
    assert all(row.right.endswith("of 100") for row in headings if row.main)
    found = [row for row in rows if isinstance(row, SignalRow)]
    told = [row.verdict for row in found if row.first]
    assert len(told) == len(account.postmortem.scorecard.verdicts)
    assert [verdict.question for verdict in told] == sorted(verdict.question for verdict in told)
    quoted = [row for row in found if row.evidence]
    assert {row.label for row in quoted if row.evidence and row.evidence.turn == 2} == {"follow-up 1"}
    assert {row.label for row in quoted if row.evidence and row.evidence.turn != 2} == {""}
