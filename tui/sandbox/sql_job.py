"""Run the examples of an SQL task on an in-memory database; inside the process of the code."""

from __future__ import annotations

import ast
import itertools
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from tui.sandbox.values import explain, shown

Tell = Callable[[dict[str, Any]], None]
Rows = list[tuple[Any, ...]]

MOST_ROWS = 10_000


def run(job: dict[str, Any], tell: Tell) -> None:
    """Run the query of `job` on the tables of each example, and `tell` what became of each."""
    for number, example in enumerate(job["examples"], 1):
        tell({"event": "begin", "example": number})
        began = time.perf_counter()
        found = _example(job, example)
        tell({"event": "end", "example": number, "seconds": time.perf_counter() - began, **found})


def _example(job: dict[str, Any], example: dict[str, Any]) -> dict[str, Any]:
    expected = [tuple(row) for row in ast.literal_eval(example["expect"].strip())]
    try:
        rows = query(f"{job['setup']}\n;{example.get('setup', '')}", job["code"])
    except sqlite3.Error as error:
        return {"outcome": "error", "note": f"SQLite: {error}."}
    except BaseException as error:
        return {"outcome": "error", "note": explain(error, job["megabytes"])}
    if rows is None:
        return {"outcome": "failed", "note": "The code holds no query that gives rows."}
    if len(rows) > MOST_ROWS:
        return {"outcome": "failed", "got": shown(rows), "note": f"It gave more than {MOST_ROWS:,} rows."}
    passed = rows == expected or (not job["ordered"] and Counter(rows) == Counter(expected))
    return {"outcome": "passed" if passed else "failed", "got": shown(rows), "note": _note(rows, expected, passed)}


def query(setup: str, code: str) -> Rows | None:
    """The rows of the last statement in `code` that gives any, after `setup`; one more than MOST_ROWS at most.

    Raises sqlite3.Error.
    """
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        connection.execute("pragma temp_store = memory")
        connection.executescript(setup)
        connection.set_authorizer(_no_other_files)
        rows: Rows | None = None
        for statement in statements(code):
            cursor = connection.execute(statement)
            if cursor.description is not None:
                rows = cursor.fetchmany(MOST_ROWS + 1)
        return rows
    finally:
        connection.close()


def statements(code: str) -> Iterator[str]:
    """The statements in `code`, each with its semicolon where it has one."""
    start = 0
    for place, character in enumerate(code):
        if character == ";" and sqlite3.complete_statement(code[start : place + 1]):
            yield code[start : place + 1]
            start = place + 1
    if code[start:].strip():
        yield code[start:]


def is_ordered(query: str) -> bool:
    """Whether `query` puts its own rows into an order, outside any parentheses, so that their order counts."""
    outside, depth = "", 0
    for character in query:
        depth += (character == "(") - (character == ")")
        outside += character if not depth else " "
    words = outside.lower().split()
    return any(pair == ("order", "by") for pair in itertools.pairwise(words))


def _no_other_files(action: int, *_: object) -> int:
    return sqlite3.SQLITE_DENY if action in (sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH) else sqlite3.SQLITE_OK


def _note(rows: Rows, expected: Rows, passed: bool) -> str:
    if passed:
        return ""
    if Counter(rows) == Counter(expected):
        return "The rows are right, in another order than was asked for."
    if len(rows) != len(expected):
        return f"Rows expected: {len(expected)}; rows that came: {len(rows)}."
    return ""
