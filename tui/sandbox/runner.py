"""Run a candidate's code against the examples of a task."""

from __future__ import annotations

import random
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from tui.interview.types import Language, Task
from tui.sandbox.process import CodeProcess
from tui.sandbox.sql_job import is_ordered
from tui.sandbox.types import ExampleRun, Limits, Outcome, Run
from tui.transcript import one_line


def run_examples(
    task: Task,
    code: str,
    limits: Limits | None = None,
    cancel: threading.Event | None = None,
    seed: int | None = None,
    fenced: bool = True,
) -> Run:
    """What the examples of `task`, hidden ones too, make of `code`; blocks for `limits.seconds` and a little at most.

    Python examples give the same as their literal by `==`; the rows of an SQL example may come in any order, unless the
    task's solution puts them into one. Random numbers begin anew from `seed` before each example; without one it is
    new in each run. `fenced=False` leaves the limits to this process's watch, as on systems that have none of their
    own. Setting `cancel` ends the run. Raises MockloopError when no process can be started.
    """
    limits = limits or Limits()
    seed = random.randrange(1 << 31) if seed is None else seed
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="mockloop-run-", ignore_cleanup_errors=True) as folder:
        process = CodeProcess(_job(task, code, limits, seed, fenced), Path(folder).resolve(), limits)
        follower = _Follower(task)
        try:
            while message := process.next_message(cancel):
                follower.take(message)
            if not follower.done:
                follower.broke_off(process.stopped or process.ended_as())
        finally:
            process.close()
    return Run(
        examples=tuple(follower.examples),
        problem=follower.problem,
        output=process.output,
        seed=seed,
        seconds=time.monotonic() - began,
        isolated=follower.isolated,
    )


def not_run(task: Task) -> tuple[ExampleRun, ...]:
    """The examples of `task` before any run."""
    return tuple(
        ExampleRun(number, one_line(example.call), one_line(example.expect), example.hidden, Outcome.NOT_RUN)
        for number, example in enumerate(task.examples, 1)
    )


def _job(task: Task, code: str, limits: Limits, seed: int, fenced: bool) -> dict[str, Any]:
    return {
        "language": task.language.value,
        "setup": task.setup,
        "code": code,
        "examples": [{"call": each.call, "expect": each.expect, "setup": each.setup} for each in task.examples],
        "ordered": task.language is Language.SQL and is_ordered(task.solution),
        "seed": seed,
        "seconds": limits.seconds,
        "megabytes": limits.megabytes,
        "file_megabytes": limits.file_megabytes,
        "fenced": fenced,
    }


class _Follower:
    """Puts together what a run tells."""

    def __init__(self, task: Task) -> None:
        self.examples = list(not_run(task))
        self.problem = ""
        self.isolated = False
        self.done = False
        self._at: int | None = None

    def take(self, message: dict[str, Any]) -> None:
        """Take in one message of the process."""
        match message.get("event"):
            case "ready":
                self.isolated = bool(message.get("isolated"))
            case "problem":
                self.problem = one_line(str(message.get("note", "")))
            case "begin":
                self._at = self._place(message)
            case "end":
                self._end(message)
            case "done":
                self.done = True

    def broke_off(self, sentence: str) -> None:
        """The process ended before it was done."""
        self.problem = sentence
        if self._at is not None:
            self.examples[self._at] = replace(self.examples[self._at], outcome=Outcome.STOPPED, note=sentence)

    def _end(self, message: dict[str, Any]) -> None:
        place, self._at = self._place(message), None
        if place is None:
            return
        self.examples[place] = replace(
            self.examples[place],
            outcome=Outcome(message["outcome"]),
            got=one_line(str(message.get("got", ""))),
            note=one_line(str(message.get("note", ""))),
            seconds=float(message["seconds"]),
        )

    def _place(self, message: dict[str, Any]) -> int | None:
        place = int(message["example"]) - 1
        return place if 0 <= place < len(self.examples) else None
