"""A coding task as lines of text: what is to be written, with the examples that are shown."""

from __future__ import annotations

from tui.cli.output import paragraph
from tui.interview.types import Language, Task
from tui.transcript import clean, one_line


def task_text(task: Task) -> str:
    """The statement, for SQL with the tables, and the shown examples, one a line."""
    parts = [paragraph(task.statement)]
    if task.language is Language.SQL:
        parts.append(clean(task.setup).strip())
    shown = [example for example in task.examples if not example.hidden]
    parts.append("\n".join(f"  {one_line(each.call or 'rows')} = {one_line(each.expect)}" for each in shown))
    return "\n\n".join(part for part in parts if part.strip())
