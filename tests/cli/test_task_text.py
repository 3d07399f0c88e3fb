"""A coding task on the command line."""

from __future__ import annotations

from tui.cli.task_text import task_text
from tui.interview.types import CodeExample, Language, Task


def test_shown_examples_stand_below_the_statement_and_hidden_ones_do_not() -> None:
    examples = (CodeExample("4", "double(2)"), CodeExample("0", "double(0)", hidden=True))
    assert task_text(Task("Write\n`double(n)`.\x1b[2J", examples)) == "Write `double(n)`.\n\n  double(2) = 4"


def test_sql_comes_with_its_tables() -> None:
    task = Task("All.", (CodeExample("[(1,)]"),), Language.SQL, setup="create table t (id);\n")
    assert task_text(task) == "All.\n\ncreate table t (id);\n\n  rows = [(1,)]"
