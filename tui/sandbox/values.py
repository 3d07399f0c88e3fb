"""Values as text of bounded length, and exceptions as one sentence; used inside the process of the code."""

from __future__ import annotations

import ast
import linecache
import reprlib
import traceback
from typing import Any

from tui.sandbox.fence import RefusedError

CODE, SETUP = "your code", "the setup"
"""What the candidate's code and the task's own are called in tracebacks."""
LONGEST = 600
"""Characters of a value that are shown."""


def _shortener() -> reprlib.Repr:
    short = reprlib.Repr()
    short.maxlist = short.maxtuple = short.maxset = short.maxfrozenset = short.maxdict = short.maxdeque = 60
    short.maxarray, short.maxlevel = 60, 8
    short.maxstring = short.maxlong = short.maxother = LONGEST
    return short


_SHORT = _shortener()


def shown(value: object) -> str:
    """`value` as Python writes it, shortened. Raises nothing that the value's own `__repr__` raises."""
    try:
        text = _SHORT.repr(value)
    except Exception as error:
        return f"<{type(value).__name__} that cannot be shown: {type(error).__name__}>"
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 3]}..."


def same(got: object, expected: object) -> bool:
    """Whether `got` equals the literal `expected`; arrays are compared as lists."""
    plain: Any = got
    if type(plain).__module__.partition(".")[0] == "numpy" and hasattr(plain, "tolist"):
        plain = plain.tolist()
    return bool(plain == expected)


def near_miss(got: object, expected: object) -> str:
    """What is nearly right about a wrong value, as a sentence; empty when nothing is."""
    if isinstance(got, float) and isinstance(expected, (int, float)) and abs(got - expected) <= 1e-9 * abs(expected):
        return "Only the rounding differs."
    if got is None:
        return "Nothing was returned."
    if isinstance(got, (list, tuple)) and isinstance(expected, (list, tuple)):
        if type(got) is not type(expected) and list(got) == list(expected):
            return f"The content is right, but it is a {type(got).__name__} and not a {type(expected).__name__}."
        if len(got) == len(expected) and all(got.count(each) == expected.count(each) for each in expected[:200]):
            return "The same items are there, in another order."
    return ""


def explain(error: BaseException, megabytes: int) -> str:
    """`error` as one sentence, with the line of the candidate's code that raised it."""
    place = _place(error)
    if isinstance(error, RefusedError) and error.args:
        what = f"{error.args[0]}."
    elif isinstance(error, MemoryError):
        what = f"more than {megabytes} MB of memory were needed."
    elif isinstance(error, RecursionError):
        what = "the recursion is too deep: it does not reach its base case, or needs a loop instead."
    elif isinstance(error, SystemExit):
        what = "the code called exit."
    elif isinstance(error, EOFError):
        what = "there is nothing to read for input()."
    else:
        what = _named(error)
    return f"{place}{what}" if place else f"{what[:1].upper()}{what[1:]}"


def _named(error: BaseException) -> str:
    try:
        text = str(error)[:LONGEST]
    except Exception:
        text = ""
    if isinstance(error, SyntaxError):
        text = error.msg or text
    if isinstance(error, AssertionError) and not text:
        source = _assertion(error)
        return f"this does not hold: {source}" if source else "an assertion does not hold."
    return f"{type(error).__name__}: {text}" if text else f"{type(error).__name__}."


def _assertion(error: BaseException) -> str:
    """The statement that raised `error`, on one line; empty where it is no assertion or its source is not known."""
    frame, line = list(traceback.walk_tb(error.__traceback__))[-1]
    source = "".join(linecache.getlines(frame.f_code.co_filename))
    found = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Assert)]
    around = (node for node in found if node.lineno <= line <= (node.end_lineno or node.lineno))
    return next((" ".join((ast.get_source_segment(source, node) or "").split())[:LONGEST] for node in around), "")


def remember(name: str, source: str) -> None:
    """Let the lines of `source`, which is compiled under `name`, be found again."""
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)


def _place(error: BaseException) -> str:
    if isinstance(error, SyntaxError) and error.filename in (CODE, SETUP):
        return f"Line {error.lineno}: " if error.filename == CODE else "Setup: "
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    lines = [line for _, line in traceback.walk_tb(error.__traceback__)]
    for frame, line in zip(reversed(frames), reversed(lines), strict=True):
        if frame.f_code.co_filename == CODE:
            return f"Line {line}: "
    return ""
