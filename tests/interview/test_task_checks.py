"""What is wrong in a coding task is told with its place."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tui.interview.task_checks import task_problems
from tui.interview.types import CodeExample, Language, Task

GOOD = Task("", (CodeExample("[1, -2.5, None]", " f(1)\n"),), starter="def f(n):", solution="def f(n): return n")
SQL = Task("", (CodeExample("[(1, 'a')]"),), Language.SQL, setup="create table t (id)", solution="select 1")


def test_sound_tasks_have_no_problems() -> None:
    assert list(task_problems(GOOD)) == []
    assert list(task_problems(SQL)) == []


@pytest.mark.parametrize(
    ("task", "place", "words"),
    [
        (replace(GOOD, examples=()), ("examples",), "at least one"),
        (replace(GOOD, solution="def f(n) return"), ("solution",), "is not Python: expected ':'"),
        (replace(GOOD, setup="import"), ("setup",), "is not Python"),
        (replace(GOOD, examples=(CodeExample("len([])", "f(1)"),)), ("examples", 0, "expect"), "a Python literal"),
        # A list is no key: what Python cannot hash is told like everything else that is no literal.
        (replace(GOOD, examples=(CodeExample("{[1]: 2}", "f(1)"),)), ("examples", 0, "expect"), "a Python literal"),
        (replace(GOOD, examples=(CodeExample("1", " "),)), ("examples", 0, "call"), "'call' is missing"),
        (replace(GOOD, examples=(CodeExample("1", "x = 1"),)), ("examples", 0, "call"), "not a Python expression"),
        (replace(SQL, examples=(CodeExample("[1]"),)), ("examples", 0, "expect"), "no list of rows"),
    ],
)
def test_problems_have_a_place(task: Task, place: tuple[object, ...], words: str) -> None:
    ((found, what),) = task_problems(task)
    assert found == place
    assert words in what
