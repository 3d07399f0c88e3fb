"""`signals` on a real history."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Invoke


def test_without_mocks_there_is_the_reliability_alone(invoke: Invoke) -> None:
    rows = invoke("signals", "--json").json
    assert len(rows) >= 20
    assert all(row["personal"] is None for row in rows)
    assert "LAST MOCKS" not in invoke("signals").out


def test_the_figures_are_those_of_the_mocks(invoke: Invoke, text_answer: Path) -> None:
    for _ in range(2):
        saved = invoke("score", text_answer, "--round", "ml-systems", "--save", "--json").json
    outcomes = {each["signal"]: each["outcome"] for each in saved["signals"]}
    rows = {row["id"]: row for row in invoke("signals", "--json").json}
    for signal, outcome in outcomes.items():
        personal = rows[signal]["personal"]
        told = 0 if outcome == "cant_tell" else 2
        assert (personal["missed"]["count"], personal["missed"]["n"]) == (2 if outcome == "missed" else 0, told)
        assert personal["keeps_missing"] == (outcome == "missed")
        assert personal["last_mocks"][-1]["mock"] == saved["id"]
        assert personal["spoken"] is False
    assert rows["complexity"]["personal"] is None
    text = invoke("signals").out
    assert text.startswith("Your answers in 2 written mocks")
    missed = [signal for signal, outcome in outcomes.items() if outcome == "missed"]
    assert missed
    line = next(line for line in text.splitlines() if line.startswith(missed[0]))
    assert line.split()[1:4] == ["2", "of", "2"]
    assert line.endswith("✗✗")
