"""What can be wrong in the coding task of a question."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tui.interview.types import CodeExample, Language, Task
from tui.rubric.shape import Place


def task_problems(task: Task) -> Iterator[tuple[Place, str]]:
    """What is wrong with `task`: the place in it, and what was found and expected."""
    if not task.examples:
        yield ("examples",), "'examples' is empty; expected at least one example run"
    if task.language is Language.PYTHON:
        for key in ("setup", "starter", "solution"):
            wrong = _syntax(getattr(task, key))
            # A starter may stop in the middle of a statement.
            if wrong and key != "starter":
                yield (key,), f"{key!r} is not Python: {wrong}"
    for number, example in enumerate(task.examples):
        for key, what in _example_problems(task.language, example):
            yield ("examples", number, key), what


def _example_problems(language: Language, example: CodeExample) -> Iterator[tuple[str, str]]:
    try:
        expected = ast.literal_eval(example.expect.strip())
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        yield "expect", f"'expect' is {example.expect!r:.60}; expected a Python literal"
        return
    if language is Language.SQL:
        if not (isinstance(expected, list) and all(isinstance(row, (tuple, list)) for row in expected)):
            yield "expect", "'expect' is no list of rows; expected something like [(1, 'a'), (2, 'b')]"
    elif not example.call.strip():
        yield "call", "'call' is missing; expected an expression that uses the candidate's code"
    elif wrong := _syntax(example.call.strip(), "eval"):
        yield "call", f"'call' is not a Python expression: {wrong}"


def _syntax(code: str, mode: str = "exec") -> str:
    """What is wrong with the syntax of `code`, or an empty text."""
    try:
        ast.parse(code, mode=mode)
    except (ValueError, SyntaxError, MemoryError, RecursionError) as error:
        return str(error.msg if isinstance(error, SyntaxError) else error)
    return ""
