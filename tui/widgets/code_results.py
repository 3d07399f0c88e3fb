"""A coding task and the results of its examples, as text."""

from __future__ import annotations

from textual.content import Content

from tui.interview.types import Language, Task
from tui.sandbox.types import ExampleRun, Outcome, Run
from tui.transcript import clean, one_line

MARKS = {
    Outcome.PASSED: ("✓", "$success"),
    Outcome.FAILED: ("✗", "$error"),
    Outcome.ERROR: ("✗", "$error"),
    Outcome.STOPPED: ("✗", "$warning"),
    Outcome.NOT_RUN: ("·", "$foreground-muted"),
}
MOST_OUTPUT_LINES = 40


def task_text(task: Task) -> Content:
    """The statement with its shown examples; for SQL with the tables."""
    # What stands between backticks is code.
    pieces = one_line(task.statement).split("`")
    parts: list[Content | str] = [
        Content.styled(piece, "$secondary") if place % 2 else piece for place, piece in enumerate(pieces)
    ]
    if task.language is Language.SQL:
        parts += ["\n\n", Content.styled(clean(task.setup).strip(), "$foreground-muted")]
    for example in task.examples:
        if example.hidden:
            continue
        call = one_line(example.call)
        parts += ["\n", Content.styled(f"{call}\n  → " if call else "Rows: ", "$secondary"), one_line(example.expect)]
    hidden = sum(example.hidden for example in task.examples)
    if hidden:
        more = f"\n{hidden} more {'example is' if hidden == 1 else 'examples are'} run without being shown."
        parts.append(Content.styled(more, "$foreground-muted"))
    return Content.assemble(*parts)


def run_text(run: Run) -> Content:
    """The results of one run, an example a line, what went wrong below it; hidden examples keep their calls."""
    parts: list[Content] = []
    if run.problem:
        parts.append(Content.styled(run.problem, "$error"))
    if any(example.outcome is not Outcome.NOT_RUN for example in run.examples):
        parts += [_example(example, run.problem) for example in run.examples]
    output = run.output.rstrip()
    if output:
        lines = output.split("\n")
        cut = [f"... ({len(lines) - MOST_OUTPUT_LINES} more lines)"] if len(lines) > MOST_OUTPUT_LINES else []
        printed = "\n".join(["Printed:", *lines[:MOST_OUTPUT_LINES], *cut])
        parts.append(Content.styled(printed, "$foreground-muted"))
    return Content("\n").join(parts)


def _example(example: ExampleRun, problem: str) -> Content:
    mark, colour = MARKS[example.outcome]
    call = "hidden example" if example.hidden else example.call or "rows"
    head = Content.assemble((f"{mark} {example.number} ", colour), call)
    if example.outcome is Outcome.PASSED:
        took = f"  {example.seconds:.2f} s" if example.seconds and example.seconds >= 0.1 else ""
        return Content.assemble(head, (took, "$foreground-muted"))
    below: list[str] = []
    if example.outcome is Outcome.FAILED and not example.hidden:
        below = [f"expected {example.expected}", f"got      {example.got or 'nothing'}"]
    if example.outcome is Outcome.NOT_RUN:
        below = []
    elif example.note and example.note != problem:
        below.append(example.note)
    return Content.assemble(head, *(f"\n    {line}" for line in below))
