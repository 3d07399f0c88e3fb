"""Runs of a candidate's code as data that is kept with the mock, and as sentences for its postmortem."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tui.interview.types import Task
from tui.sandbox.types import Outcome, Run
from tui.transcript import one_line

MOST_RUNS = 100
"""How many runs are kept, the newest."""


@dataclass(frozen=True)
class RecordedRun:
    """One run, with the code it ran."""

    at: float
    """Seconds since the editor was opened."""
    code: str
    run: Run


def results(task: Task, runs: Sequence[RecordedRun]) -> dict[str, Any]:
    """`runs` as JSON data, oldest first; each keeps its code, so that no version that was ever run is lost."""
    kept = [
        {"at": round(each.at, 1), "code": each.code, "passed": each.run.passed, **asdict(each.run)}
        for each in runs[-MOST_RUNS:]
    ]
    return {"language": task.language.value, "count": len(runs), "runs": kept}


def code_notes(data: Mapping[str, Any]) -> tuple[str, ...]:
    """What a postmortem says about the runs in `data`, as `results` made it; nothing where it is damaged."""
    try:
        return _notes(data)
    except (KeyError, TypeError, ValueError, IndexError):
        return ()


def _notes(data: Mapping[str, Any]) -> tuple[str, ...]:
    runs = data["runs"]
    if not runs:
        return ("The examples were never run: run them, and say what you check by hand, before you end an answer.",)
    last = runs[-1]
    examples = last["examples"]
    count, total = int(data["count"]), len(examples)
    lines = [f"Code: {last['passed']} of {total} examples passed in the last of {count} {_plural('run', count)}."]
    if last["problem"]:
        lines.append(one_line(str(last["problem"])))
    for example in examples:
        if example["outcome"] in (Outcome.FAILED, Outcome.ERROR):
            lines.append(_example(example))
    return tuple(lines)


def _example(example: Mapping[str, Any]) -> str:
    name = f"Example {example['number']}{' (hidden)' if example['hidden'] else ''}"
    call = f" {example['call']}" if example["call"] else ""
    if example["outcome"] == Outcome.ERROR:
        return one_line(f"{name}:{call}: {example['note']}")
    return one_line(f"{name}:{call} gave {example['got'] or 'nothing'}, expected {example['expected']}.")


def _plural(noun: str, count: int) -> str:
    return noun if count == 1 else f"{noun}s"
