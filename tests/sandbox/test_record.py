"""Runs as data, and what a postmortem says about them."""

from __future__ import annotations

import json
from pathlib import Path

from tui.history.code import read_code, save_code
from tui.interview.types import CodeExample, Task
from tui.sandbox.record import MOST_RUNS, RecordedRun, code_notes, results
from tui.sandbox.runner import run_examples

TASK = Task("", (CodeExample("1", "f(1)"), CodeExample("4", "f(2)", hidden=True), CodeExample("0", "f('')")))
WRONG = "def f(n): return n + 0"


def test_runs_are_kept_with_their_code_and_told(tmp_path: Path) -> None:
    runs = [
        RecordedRun(12.34, "def f(", run_examples(TASK, "def f(")),
        RecordedRun(40.0, WRONG, run_examples(TASK, WRONG)),
    ]
    save_code(tmp_path, 1, "python", WRONG, results(TASK, runs))
    kept = read_code(tmp_path, 1)
    assert kept is not None
    assert kept.results is not None
    assert [run["code"] for run in kept.results["runs"]] == ["def f(", WRONG]
    first, hidden, error = code_notes(kept.results)
    assert first == "Code: 1 of 3 examples passed in the last of 2 runs."
    assert hidden == "Example 2 (hidden): f(2) gave 2, expected 4."
    assert error == "Example 3: f(''): Line 1: TypeError: can only concatenate str (not \"int\") to str"


def test_code_that_never_ran_says_why() -> None:
    data = results(TASK, [RecordedRun(1.0, "def f(", run_examples(TASK, "def f("))])
    assert code_notes(data)[0] == "Code: 0 of 3 examples passed in the last of 1 run."
    assert "SyntaxError" in code_notes(data)[1]
    assert "never run" in code_notes(results(TASK, []))[0]


def test_old_runs_make_room_and_are_still_counted() -> None:
    run = run_examples(TASK, WRONG)
    data = results(TASK, [RecordedRun(float(at), str(at), run) for at in range(MOST_RUNS + 20)])
    assert (data["count"], len(data["runs"]), data["runs"][0]["code"]) == (MOST_RUNS + 20, MOST_RUNS, "20")
    json.dumps(data)


def test_damaged_results_say_nothing() -> None:
    assert code_notes({"runs": [{"examples": 3}]}) == ()
    assert code_notes({}) == ()
