"""Code in a plain mock: written in an editor of one's own, run and kept by a line that names its file."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.errors import MockloopError
from tui.sandbox.record import RecordedRun, results
from tui.sandbox.types import Outcome, Run
from tui.transcript import one_line

if TYPE_CHECKING:
    from tui.interview.flow import Ask
    from tui.session.session import Session

MOST_BYTES = 200_000
"""A larger file is no answer to an interview question."""
WORDS = {
    Outcome.PASSED: "passed",
    Outcome.FAILED: "failed",
    Outcome.ERROR: "error",
    Outcome.STOPPED: "stopped",
    Outcome.NOT_RUN: "not run",
}


class PlainCode:
    """Runs the examples on a file when it is named, in the background, and keeps file and results with the mock."""

    def __init__(self, session: Session, say: Callable[[str], None]) -> None:
        """`say` prints a line, from any thread."""
        self._session = session
        self._say = say
        self._began = time.monotonic()
        self._runs: dict[int, list[RecordedRun]] = {}
        """By number of the question."""

    def run(self, ask: Ask, name: str) -> None:
        """Run the examples of the task in `ask` on the file called `name`; returns at once."""
        threading.Thread(target=self._run, args=(ask, name), name="plain-code", daemon=True).start()

    def _run(self, ask: Ask, name: str) -> None:
        from tui.sandbox.runner import run_examples

        task = ask.question.task
        assert task
        try:
            code = _read(Path(name).expanduser())
            done = run_examples(task, code)
            runs = self._runs.setdefault(ask.number, [])
            runs.append(RecordedRun(time.monotonic() - self._began, code, done))
            self._session.keep_code(ask.number, task.language.value, code, results(task, runs))
        except MockloopError as error:
            self._say(str(error))
            return
        for line in run_lines(done):
            self._say(line)


def _read(path: Path) -> str:
    """The code in `path`. Raises MockloopError."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise MockloopError(f"{one_line(path.name)} is too large for code.", "Name the file with your answer.")
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise MockloopError(f"{one_line(path.name)} is not UTF-8 text.", "Name the file with your code.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise MockloopError(f"{one_line(str(path))} cannot be read: {reason}.", "Check the path.") from None


def run_lines(run: Run) -> list[str]:
    """The results of one run as plain lines; hidden examples keep their calls."""
    lines = [one_line(run.problem)] if run.problem else []
    for example in run.examples:
        call = "hidden example" if example.hidden else one_line(example.call) or "rows"
        said = f"  {WORDS[example.outcome]}: {call}"
        if example.outcome is Outcome.FAILED and not example.hidden:
            said += f" gave {one_line(example.got) or 'nothing'}, expected {one_line(example.expected)}"
        elif example.outcome is Outcome.ERROR:
            said += f": {one_line(example.note)}"
        lines.append(said)
    return [*lines, f"{run.passed} of {len(run.examples)} examples passed."]
